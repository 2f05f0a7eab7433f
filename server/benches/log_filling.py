"""A log of any size, written in bulk into the tables: conversations of ten events, every seal right."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from conversation.events import ASSISTANT, GENESIS, Author, AuthorKind, Draft, Kind, content_digest, seal
from conversation.tables import conversations, events, turns
from foundation.database import Database

EVENTS_EACH = 10
_BATCH = 500
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = ("zwrot", "paczka", "dostawa", "rozmiar", "buty", "order", "return", "delivery", "jutro", "proszę")


@dataclass(slots=True)
class _Rows:
    """What is inserted at once."""

    conversations: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)


async def fill(database: Database, number: int, progress: Callable[[int], None] = lambda _n: None) -> None:
    """Write conversations with `number` events in all, and the turns that answered them.

    Args:
        database: Migrated and empty.
        number: How many events.
        progress: Called with how many there are now.
    """
    done = 0
    for rows in _batches(number):
        async with database.transaction() as connection:
            await connection.execute(insert(conversations), rows.conversations)
            await connection.execute(insert(events), rows.events)
            if rows.turns:
                await connection.execute(insert(turns), rows.turns)
        done += len(rows.events)
        progress(done)
    if database.engine.dialect.name == "postgresql":
        async with database.transaction() as connection:
            # As autovacuum does of itself, some time after so many rows.
            await connection.execute(text("ANALYZE"))


def id_of(conversation: int) -> str:
    """Return the id of a conversation by its number from 0. Ids are spread, as random ones are."""
    return str(UUID(int=random.Random(conversation).getrandbits(128), version=4))  # noqa: S311 - no secret


def _batches(number: int) -> Iterator[_Rows]:
    rows, each = _Rows(), 0
    while number > 0:
        _add(rows, each, min(EVENTS_EACH, number))
        number, each = number - EVENTS_EACH, each + 1
        if each % _BATCH == 0:
            yield rows
            rows = _Rows()
    if rows.conversations:
        yield rows


def _add(rows: _Rows, number: int, length: int) -> None:
    """Add a conversation: messages of the shopper and of the assistant in turn."""
    identifier, previous = id_of(number), GENESIS
    dice = random.Random(f"words {number}")  # noqa: S311 - no secret, but the same every time
    shopper = Author(AuthorKind.SHOPPER, f"visitor-{number}")
    began = _FIRST + timedelta(seconds=number)
    for position in range(1, length + 1):
        asks = position % 2 == 1
        now = began + timedelta(seconds=20 * position)
        body = " ".join(dice.choices(_WORDS, k=dice.randint(4, 12) if asks else dice.randint(20, 50)))
        cid = f"{identifier[:23]}{position}" if asks else f"r:{identifier[:23]}{position - 1}"
        draft = Draft(
            Kind.MESSAGE, shopper if asks else ASSISTANT, {"body": body}, cid=cid, generated=not asks
        )
        salt = secrets.token_hex(16)
        digest = content_digest(salt, draft.author, draft.content)
        previous = seal(
            previous,
            conversation_id=identifier,
            position=position,
            draft=draft,
            seq=position,
            ts=now,
            digest=digest,
        )
        rows.events.append(
            {
                "conversation_id": identifier,
                "position": position,
                "audience": draft.audience.value,
                "seq": position,
                "kind": draft.kind.value,
                "author_kind": draft.author.kind.value,
                "cid": cid,
                "generated": draft.generated,
                "ts": now,
                "author_id": draft.author.id,
                "author_name": "",
                "content": dict(draft.content),
                "salt": salt,
                "digest": digest,
                "hash": previous,
            }
        )
        if asks:
            rows.turns.append(_turn(identifier, cid, position, now))
    rows.conversations.append(
        {
            "id": identifier,
            "visitor_id": shopper.id,
            "language": "pl",
            "status": "pending",
            "owner_epoch": 0,
            "head_position": length,
            "head_shopper": length,
            "head_staff": 0,
            "head_hash": previous,
            "answered_seq": length,
            "seen_seq": length,
            "created_at": began,
            "updated_at": began,
        }
    )


def _turn(conversation_id: str, cid: str, upto_seq: int, now: datetime) -> dict[str, Any]:
    return {
        "id": cid,
        "conversation_id": conversation_id,
        "state": "done",
        "owner_epoch": 0,
        "upto_seq": upto_seq,
        "reply_cid": f"r:{cid}",
        "attempts": 1,
        "shown": [],
        "record": {"outcome": "answered"},
        "created_at": now,
        "finished_at": now,
    }
