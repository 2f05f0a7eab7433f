"""The seal: what it covers, and what erasing leaves whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conversation.events import GENESIS, Author, AuthorKind, Draft, Kind, content_digest, seal

TS = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
AUTHOR = Author(AuthorKind.SHOPPER, "v1", "Anna")


def sealed(**changed: object) -> str:
    given: dict[str, object] = {
        "conversation_id": "c",
        "position": 1,
        "draft": Draft(Kind.MESSAGE, AUTHOR, {"body": "x"}, cid="1"),
        "seq": 1,
        "ts": TS,
        "digest": "d",
    }
    return seal(GENESIS, **(given | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"conversation_id": "other"},
        {"position": 2},
        {"seq": 2},
        {"digest": "e"},
        {"ts": TS.replace(microsecond=679)},
        {"draft": Draft(Kind.NOTE, AUTHOR, {"body": "x"}, cid="1")},
        {"draft": Draft(Kind.MESSAGE, Author(AuthorKind.AGENT, "v1"), {"body": "x"}, cid="1")},
        {"draft": Draft(Kind.MESSAGE, AUTHOR, {"body": "x"}, cid="2")},
        {"draft": Draft(Kind.MESSAGE, AUTHOR, {"body": "x"}, cid="1", generated=True)},
    ],
)
def test_every_part_of_the_metadata_changes_the_seal(changed: dict[str, object]) -> None:
    assert sealed(**changed) != sealed()


def test_the_seal_does_not_need_the_content_itself() -> None:
    other = Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER), {}, cid="1")
    assert sealed(draft=other) == sealed()


def test_the_digest_is_salted_and_covers_name_and_content() -> None:
    content = {"body": "Zażółć 🎉"}
    known = content_digest("salt", AUTHOR, content)
    assert known == content_digest("salt", AUTHOR, dict(content))
    assert known != content_digest("pepper", AUTHOR, content)
    assert known != content_digest("salt", Author(AuthorKind.SHOPPER, "v1", "Ewa"), content)
    assert known != content_digest("salt", AUTHOR, {"body": "zażółć 🎉"})
