"""The library's states, numbered: which there were, and the next one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.articles import KnowledgeState, Reason
from knowledge.store.tables import articles_table, states_table


async def latest(connection: AsyncConnection) -> KnowledgeState | None:
    """Return the state that the library is in; None before the first publication."""
    row = (
        await connection.execute(select(states_table).order_by(states_table.c.number.desc()).limit(1))
    ).first()
    if row is None:
        return None
    return KnowledgeState(
        row.number, row.published_at, Reason(row.reason), row.embedder_id, changed_by=row.changed_by
    )


async def add(
    connection: AsyncConnection, reason: Reason, embedder_id: str, now: datetime, changed_by: str
) -> int:
    """Begin the next state in this transaction; return its number.

    Raises:
        IntegrityError: Another transaction took the number at the same time; begin again.
    """
    before = await connection.scalar(select(func.coalesce(func.max(states_table.c.number), 0)))
    number = int(before or 0) + 1
    await connection.execute(
        insert(states_table).values(
            number=number,
            published_at=now,
            reason=reason.value,
            embedder_id=embedder_id,
            changed_by=changed_by,
        )
    )
    return number


async def listed(connection: AsyncConnection) -> list[KnowledgeState]:
    """Return all states with what came and went, newest first."""
    counts = []
    for column in (articles_table.c.published_in, articles_table.c.retired_in):
        rows = await connection.execute(select(column, func.count()).group_by(column))
        counts.append({row[0]: row[1] for row in rows})
    came, went = counts
    rows = await connection.execute(select(states_table).order_by(states_table.c.number.desc()))
    return [
        KnowledgeState(
            row.number,
            row.published_at,
            Reason(row.reason),
            row.embedder_id,
            changed_by=row.changed_by,
            came=came.get(row.number, 0),
            went=went.get(row.number, 0),
        )
        for row in rows
    ]
