"""How far each member of staff has read each conversation: what the desk marks as unread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Integer, String, Table, delete, func, insert, select

from conversation.events import AuthorKind, Kind
from conversation.tables import events
from foundation.database import Database, metadata

desk_seen = Table(
    "desk_seen",
    metadata,
    Column("conversation_id", String(36), primary_key=True),
    Column("staff_id", String(36), primary_key=True),
    Column("position", Integer, nullable=False),
)


class Seen:
    """Remembers and tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark(self, conversation_id: str, staff_id: str, position: int) -> bool:
        """Remember that everything up to a position was on the screen; return whether that is news."""
        mine = (desk_seen.c.conversation_id == conversation_id) & (desk_seen.c.staff_id == staff_id)
        known = select(desk_seen.c.position).where(mine, desk_seen.c.position >= position)
        async with self._database.reading() as connection:
            if await connection.scalar(known) is not None:
                return False
        async with self._database.transaction(alone=f"seen {conversation_id} {staff_id}") as connection:
            # Another window of theirs may be further by now.
            if await connection.scalar(known) is not None:
                return False
            await connection.execute(delete(desk_seen).where(mine))
            await connection.execute(
                insert(desk_seen).values(
                    conversation_id=conversation_id, staff_id=staff_id, position=position
                )
            )
        return True

    async def unread(self, conversation_ids: Sequence[str], staff_id: str) -> frozenset[str]:
        """Return those in which the shopper has written something that this person has not had open."""
        if not conversation_ids:
            return frozenset()
        newest = (
            select(events.c.conversation_id, func.max(events.c.position).label("position"))
            .where(
                events.c.conversation_id.in_(conversation_ids),
                events.c.kind == Kind.MESSAGE.value,
                events.c.author_kind == AuthorKind.SHOPPER.value,
            )
            .group_by(events.c.conversation_id)
            .subquery()
        )
        query = (
            select(newest.c.conversation_id)
            .outerjoin(
                desk_seen,
                (desk_seen.c.conversation_id == newest.c.conversation_id)
                & (desk_seen.c.staff_id == staff_id),
            )
            .where(newest.c.position > func.coalesce(desk_seen.c.position, 0))
        )
        async with self._database.reading() as connection:
            return frozenset((await connection.scalars(query)).all())
