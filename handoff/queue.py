"""The queue: which conversations wait for a person, which are whose. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Audience, AuthorKind, Kind, Status
from conversation.tables import conversations, events
from foundation.database import Database
from foundation.language import Language

EXCERPT_CHARS = 120


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the desk's list.

    Attributes:
        shopper: The customer's name as the shop gave it; empty for a guest.
        reason: Why a person was last asked for; empty if never.
        waiting_since: Set while nobody has it.
        excerpt: The newest message of anybody but the chat itself, cut to `EXCERPT_CHARS`.
        excerpt_by: Who wrote it: ``shopper``, ``assistant`` or ``agent``; empty while nobody has.
        unanswered: Whether the shopper has had the last word.
    """

    conversation_id: str
    status: Status
    shopper: str
    customer_id: str | None
    language: Language
    reason: str
    waiting_since: datetime | None
    updated_at: datetime
    excerpt: str
    excerpt_by: str
    unanswered: bool
    owner_id: str | None
    owner: str
    email: str | None


class Queue:
    """Lists of conversations, for desks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, limit: int = 200) -> list[QueueRow]:
        """Return those that wait for a person, longest waiting first."""
        return await self._rows(_waits(), conversations.c.waiting_since, limit)

    async def mine(self, agent_id: str, limit: int = 200) -> list[QueueRow]:
        """Return those that an agent has, newest change first."""
        return await self._rows(
            conversations.c.owner_id == agent_id, conversations.c.updated_at.desc(), limit
        )

    async def all(self, limit: int = 200) -> list[QueueRow]:
        """Return the newest conversations of any status, newest change first."""
        return await self._rows(conversations.c.head_shopper > 0, conversations.c.updated_at.desc(), limit)

    async def row(self, conversation_id: str) -> QueueRow | None:
        """Return one conversation's line; None if there is no such conversation."""
        rows = await self._rows(conversations.c.id == conversation_id, conversations.c.id, 1)
        return rows[0] if rows else None

    async def counts(self, agent_id: str) -> tuple[int, int]:
        """Return how many wait, and how many are the agent's."""
        async with self._database.reading() as connection:
            waiting = await connection.scalar(select(func.count()).where(_waits()))
            mine = await connection.scalar(select(func.count()).where(conversations.c.owner_id == agent_id))
        return int(waiting or 0), int(mine or 0)

    async def place(self, conversation_id: str) -> int | None:
        """Return the place in the queue from 1; None for a conversation that does not wait."""
        async with self._database.reading() as connection:
            return await place_of(connection, conversation_id)

    async def _rows(
        self, condition: ColumnElement[bool], order: ColumnElement[Any] | Any, limit: int
    ) -> list[QueueRow]:
        async with self._database.reading() as connection:
            query = select(conversations).where(condition).order_by(order, conversations.c.id).limit(limit)
            found = (await connection.execute(query)).mappings().all()
            ids = [row["id"] for row in found]
            said = await _newest(connection, ids, (Kind.MESSAGE, Kind.INTERRUPTED))
            joined = await _newest(connection, ids, (Kind.AGENT_JOINED,))
            known = await _newest(connection, ids, (Kind.CUSTOMER_IDENTIFIED,))
        return [_row(row, said, joined, known) for row in found]


async def place_of(connection: AsyncConnection, conversation_id: str) -> int | None:
    """Return the place in the queue, as `Queue.place`, inside the caller's transaction."""
    since = await connection.scalar(
        select(conversations.c.waiting_since).where(conversations.c.id == conversation_id, _waits())
    )
    if since is None:
        return None
    ahead = await connection.scalar(
        select(func.count()).where(_waits(), conversations.c.waiting_since < since)
    )
    return int(ahead or 0) + 1


def _waits() -> ColumnElement[bool]:
    return (conversations.c.status == Status.OPEN.value) & conversations.c.waiting_since.is_not(None)


async def _newest(
    connection: AsyncConnection, ids: list[str], kinds: tuple[Kind, ...]
) -> dict[str, RowMapping]:
    """Return the newest event of some kinds of each conversation, by its id."""
    if not ids:
        return {}
    newest = (
        select(events.c.conversation_id, func.max(events.c.position).label("position"))
        .where(events.c.conversation_id.in_(ids), events.c.kind.in_([kind.value for kind in kinds]))
        .where(events.c.audience == Audience.SHOPPER.value)
        # What the chat itself says is no news to anybody at the desk.
        .where((events.c.kind != Kind.MESSAGE.value) | (events.c.author_kind != AuthorKind.SYSTEM.value))
        .group_by(events.c.conversation_id)
        .subquery()
    )
    rows = await connection.execute(
        select(events).join(
            newest,
            (events.c.conversation_id == newest.c.conversation_id) & (events.c.position == newest.c.position),
        )
    )
    return {row["conversation_id"]: row for row in rows.mappings()}


def _row(
    row: RowMapping,
    said: Mapping[str, RowMapping],
    joined: Mapping[str, RowMapping],
    known: Mapping[str, RowMapping],
) -> QueueRow:
    last = said.get(row["id"])
    body = " ".join(str(_content(last).get("body", "")).split())
    return QueueRow(
        conversation_id=row["id"],
        status=Status(row["status"]),
        shopper=str(_content(known.get(row["id"])).get("name", "")),
        customer_id=row["customer_id"],
        language=Language(row["language"]),
        reason=row["handoff_reason"] or "",
        waiting_since=row["waiting_since"],
        updated_at=row["updated_at"],
        excerpt=body if len(body) <= EXCERPT_CHARS else body[: EXCERPT_CHARS - 1] + "…",
        excerpt_by=last["author_kind"] if last else "",
        unanswered=last is not None and last["author_kind"] == AuthorKind.SHOPPER.value,
        owner_id=row["owner_id"],
        owner=str(_content(joined.get(row["id"])).get("name", "")) if row["owner_id"] else "",
        email=row["email"],
    )


def _content(row: RowMapping | None) -> Mapping[str, Any]:
    return (row["content"] or {}) if row is not None else {}
