"""What an owner is about to publish: kept until it is published, whichever process is asked next.

A draft holds whole articles, each with the version that it was made from, so that nothing is published over
what somebody else has published meanwhile.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Integer, RowMapping, String, Table, Text, delete, insert, select, update

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.errors import Conflict, NotFound, TooLarge
from foundation.language import Language
from foundation.staff import Staff
from knowledge.articles import Article
from knowledge.remarks import Remark as Said

MAX_DRAFT_BYTES = 32 * 1024 * 1024
KEPT = 10
"""Drafts of one owner that are kept; the oldest go first."""
KEPT_FOR = timedelta(days=7)
DEAD_AFTER = timedelta(seconds=30)
"""A publication that has not been heard of for so long has died with its process."""

drafts_table = Table(
    "article_drafts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner_id", String(36), nullable=False, index=True),
    Column("origin", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
)


class State(StrEnum):
    """Where a draft is."""

    OPEN = "open"
    PUBLISHING = "publishing"
    PUBLISHED = "published"


class Origin(StrEnum):
    """How it was made."""

    EDIT = "edit"
    UPLOAD = "upload"
    SOURCES = "sources"
    """Sources were read again; the changes are kept as a proposal of `knowledge.sources.syncing`."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """An article to be published. `base`: the version that it was made from, 0 where there was none."""

    article: Article
    base: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a file that was read: it was left out (`problem`), or something of it was.

    Attributes:
        said: The sentence by language.
    """

    problem: bool
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be published.

    Attributes:
        asks: Of `SOURCES`: what is to be read (``ids``, or ``url`` and how), as JSON.
        proposal: Id of what was found there; empty if nothing changes.
        read: Whether the sources have been read.
        done: Passages that are embedded (or pages that are read), of `total`.
        problem: Why the newest try to publish it failed: an error's code or ``interrupted``; or empty.
        touched_at: When it was last heard of.
    """

    id: str
    owner_id: str
    origin: Origin
    proposed: tuple[Proposed, ...]
    remarks: tuple[Remark, ...]
    asks: Mapping[str, Any]
    proposal: str
    read: bool
    state: State
    done: int
    total: int
    problem: str
    made_at: datetime
    touched_at: datetime


class Drafts:
    """Keeps them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def save(
        self,
        owner: Staff,
        origin: Origin,
        proposed: Sequence[Proposed] = (),
        remarks: Sequence[Remark] = (),
        asks: Mapping[str, Any] | None = None,
    ) -> str:
        """Keep a new draft and return its id.

        Raises:
            TooLarge: It has more than `MAX_DRAFT_BYTES`.
        """
        content = {
            "articles": [{"base": one.base, **_as_json(one.article)} for one in proposed],
            "remarks": _remarks_as_json(remarks),
            "asks": dict(asks or {}),
        }
        if len(json.dumps(content)) > MAX_DRAFT_BYTES:
            raise TooLarge(f"Publish at most {MAX_DRAFT_BYTES // (1024 * 1024)} MB of articles at once.")
        draft_id, now = str(uuid.uuid4()), self._clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(
                insert(drafts_table).values(
                    id=draft_id,
                    owner_id=owner.id,
                    origin=origin.value,
                    content=content,
                    state=State.OPEN.value,
                    done=0,
                    total=0,
                    problem="",
                    made_at=now,
                    touched_at=now,
                )
            )
            c = drafts_table.c
            kept = select(c.id).where(c.owner_id == owner.id).order_by(c.made_at.desc()).limit(KEPT)
            await connection.execute(
                delete(drafts_table).where(
                    (c.made_at < now - KEPT_FOR) | ((c.owner_id == owner.id) & c.id.not_in(kept)),
                    c.id != draft_id,
                    c.state != State.PUBLISHING.value,
                )
            )
        return draft_id

    async def read(self, draft_id: str, owner: Staff) -> Draft:
        """Return an owner's draft.

        Raises:
            NotFound: There is none of that id, or it is another owner's.
        """
        query = select(drafts_table).where(drafts_table.c.id == draft_id, drafts_table.c.owner_id == owner.id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise NotFound("There is no such draft any more.")
        return self._draft(row)

    async def open_of(self, owner: Staff) -> list[Draft]:
        """Return what an owner has not published yet, newest first."""
        c = drafts_table.c
        query = (
            select(drafts_table)
            .where(c.owner_id == owner.id, c.state != State.PUBLISHED.value)
            .order_by(c.made_at.desc())
        )
        async with self._database.reading() as connection:
            return [self._draft(row) for row in (await connection.execute(query)).mappings()]

    async def discard(self, draft_id: str, owner: Staff) -> None:
        """Throw a draft away; one that is being published, or is gone, stays as it is."""
        c = drafts_table.c
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(drafts_table).where(
                    c.id == draft_id, c.owner_id == owner.id, c.state != State.PUBLISHING.value
                )
            )

    async def claim(self, draft_id: str, owner: Staff) -> Draft:
        """Mark a draft as being published, and return it. One at a time in the whole shop.

        Raises:
            Conflict: Another one is being published, or this one was published already.
            NotFound: There is no such draft.
        """
        now, c = self._clock.now(), drafts_table.c
        async with self._database.transaction(alone="publishing") as connection:
            busy = select(c.id).where(
                c.state == State.PUBLISHING.value, c.touched_at > now - DEAD_AFTER, c.id != draft_id
            )
            if (await connection.execute(busy)).first() is not None:
                raise Conflict("Other articles are being published now. Try again in a moment.")
            free = (c.state == State.OPEN.value) | (
                (c.state == State.PUBLISHING.value) & (c.touched_at <= now - DEAD_AFTER)
            )
            claimed = await connection.execute(
                update(drafts_table)
                .where(c.id == draft_id, c.owner_id == owner.id, free)
                .values(state=State.PUBLISHING.value, touched_at=now, done=0, total=0, problem="")
            )
        draft = await self.read(draft_id, owner)
        if not claimed.rowcount:
            raise Conflict("This has been published already.")
        return draft

    async def touch(self, draft_id: str, done: int, total: int) -> None:
        """Say that a draft is still being published, and how far it is."""
        await self._set(draft_id, done=done, total=total)

    async def release(self, draft_id: str, problem: str) -> None:
        """Say that a draft could not be published, and why (a code); it can be tried again."""
        await self._set(draft_id, state=State.OPEN.value, problem=problem)

    async def found(self, draft: Draft, proposal: str, remarks: Sequence[Remark]) -> None:
        """Keep what reading the sources of a draft has found; it can be published then."""
        content = {"articles": [], "asks": dict(draft.asks), "proposal": proposal, "read": True}
        content["remarks"] = _remarks_as_json(remarks)
        await self._set(draft.id, content=content, state=State.OPEN.value, problem="", done=0, total=0)

    async def finish(self, draft_id: str) -> None:
        """Say that a draft is published."""
        await self._set(draft_id, state=State.PUBLISHED.value, problem="")

    async def _set(self, draft_id: str, **values: Any) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                update(drafts_table)
                .where(drafts_table.c.id == draft_id)
                .values(touched_at=self._clock.now(), **values)
            )

    def _draft(self, row: RowMapping) -> Draft:
        state = State(row["state"])
        if state is State.PUBLISHING and row["touched_at"] <= self._clock.now() - DEAD_AFTER:
            state = State.OPEN
        content = row["content"]
        return Draft(
            id=row["id"],
            owner_id=row["owner_id"],
            origin=Origin(row["origin"]),
            proposed=tuple(Proposed(_from_json(one), int(one["base"])) for one in content["articles"]),
            remarks=tuple(Remark(*one) for one in content["remarks"]),
            asks=content.get("asks", {}),
            proposal=content.get("proposal", ""),
            read=content.get("read", False),
            state=state,
            done=row["done"],
            total=row["total"],
            problem=row["problem"],
            made_at=row["made_at"],
            touched_at=row["touched_at"],
        )


def _remarks_as_json(remarks: Sequence[Remark]) -> list[list[Any]]:
    return [[one.problem, dict(one.said)] for one in remarks]


def remarks_of(*, problems: Sequence[Said] = (), notes: Sequence[Said] = ()) -> list[Remark]:
    """Return what a reader said, in every language."""
    return [
        Remark(problem, {each.value: one.say(each) for each in Language})
        for problem, said in ((True, problems), (False, notes))
        for one in said
    ]


def _as_json(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "language": article.language.value,
        "title": article.title,
        "body": article.body,
        "tags": list(article.tags),
        "questions": list(article.questions),
        "valid_from": article.valid_from and article.valid_from.isoformat(),
        "valid_until": article.valid_until and article.valid_until.isoformat(),
        "source": article.source,
    }


def _from_json(given: Mapping[str, Any]) -> Article:
    return Article(
        id=given["id"],
        language=Language(given["language"]),
        title=given["title"],
        body=given["body"],
        tags=tuple(given["tags"]),
        questions=tuple(given["questions"]),
        valid_from=date.fromisoformat(given["valid_from"]) if given["valid_from"] else None,
        valid_until=date.fromisoformat(given["valid_until"]) if given["valid_until"] else None,
        source=given["source"],
    )
