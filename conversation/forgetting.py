"""What of old conversations is to be forgotten: found here, erased by `erasing.py`, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.erasing import (
    ErasedConversations,
    bare_record,
    erase_conversations,
    forget_turns,
    lock_conversations,
)
from conversation.events import Kind, Status
from conversation.tables import conversations, events, turns
from conversation.turn_statements import CANCELLED, DONE


def _silent(before: datetime) -> ColumnElement[bool]:
    """Resolved, without a word since, and not erased: its last event would say so."""
    erased = exists(
        select(events.c.position).where(
            events.c.conversation_id == conversations.c.id,
            events.c.position == conversations.c.head_position,
            events.c.kind == Kind.REDACTED.value,
        )
    )
    return and_(conversations.c.status == Status.RESOLVED.value, conversations.c.updated_at < before, ~erased)


async def find_silent(connection: AsyncConnection, before: datetime, limit: int) -> list[str]:
    """Return resolved conversations that nobody has touched since a moment, the oldest first."""
    query = (
        select(conversations.c.id).where(_silent(before)).order_by(conversations.c.updated_at).limit(limit)
    )
    return [str(one) for one in await connection.scalars(query)]


async def count_silent(connection: AsyncConnection, before: datetime) -> int:
    """Return how many `find_silent` would find."""
    counted = select(func.count()).select_from(conversations).where(_silent(before))
    return int((await connection.execute(counted)).scalar_one())


async def erase_silent(
    connection: AsyncConnection, ids: Sequence[str], before: datetime, now: datetime
) -> ErasedConversations:
    """Erase those of some conversations that still are silent, in the caller's transaction."""
    await lock_conversations(connection, ids)
    still = select(conversations.c.id).where(conversations.c.id.in_(ids), _silent(before))
    return await erase_conversations(connection, [str(one) for one in await connection.scalars(still)], now)


async def find_turns(
    connection: AsyncConnection, after: tuple[datetime, str] | None, before: datetime, limit: int
) -> tuple[list[str], tuple[datetime, str] | None]:
    """Return ended turns with words in them, and the last turn looked at; None when there are no more.

    Args:
        connection: Of any transaction.
        after: The last turn of an earlier look, as its moment and its id; None: from the first one on.
        before: Only turns that began before it.
        limit: How many are looked at.
    """
    query: Any = select(turns).where(turns.c.state.in_([DONE, CANCELLED]), turns.c.created_at < before)
    if after is not None:
        moment, last = after
        query = query.where(
            or_(turns.c.created_at > moment, and_(turns.c.created_at == moment, turns.c.id > last))
        )
    rows = (await connection.execute(query.order_by(turns.c.created_at, turns.c.id).limit(limit))).all()
    worded = [
        row.id for row in rows if row.shown or row.error or row.record not in (None, bare_record(row.record))
    ]
    return worded, ((rows[-1].created_at, rows[-1].id) if rows else None)


async def forget_words(connection: AsyncConnection, ids: Sequence[str]) -> None:
    """Take what was said, read and judged out of turns; figures stay."""
    await forget_turns(connection, turns.c.id.in_(ids))
