"""What customers asked to have remembered, in SQL: kept with where and when it was said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.memory import Remembered
from customer.memory_tables import memories
from foundation.clock import Clock
from foundation.database import Database

HeldWith = Callable[[AsyncConnection, str, str], Awaitable[bool]]
"""Returns, and holds it for the transaction, whether a conversation is with a customer: its id, theirs."""


class Memories:
    """The `MemoryBook` in the one database.

    Args:
        database: Where they are kept.
        clock: When it was said.
        held_with: Asked before anything is kept: who was erased meanwhile is remembered by nothing. None:
            whoever keeps has made sure.
    """

    def __init__(self, database: Database, clock: Clock, held_with: HeldWith | None = None) -> None:
        self._database, self._clock, self._held_with = database, clock, held_with

    async def of(self, customer_id: str) -> Sequence[Remembered]:
        """Return what is kept of a customer, by kind."""
        own = select(memories).where(memories.c.customer_id == customer_id).order_by(memories.c.kind)
        async with self._database.reading() as connection:
            found = await connection.execute(own)
            return [
                Remembered(row["kind"], row["value"], row["conversation_id"], row["said_at"])
                for row in found.mappings()
            ]

    async def keep(self, customer_id: str, said: Mapping[str, str], *, conversation_id: str) -> None:
        """Keep values by kind; a newer one takes the place of the one before, the same one stays as it is."""
        now = self._clock.now()
        known = {kept.kind: kept.value for kept in await self.of(customer_id)}
        new = {kind: value for kind, value in said.items() if known.get(kind) != value}
        async with self._database.transaction(alone=f"memories {customer_id}") as connection:
            if self._held_with and not await self._held_with(connection, conversation_id, customer_id):
                return
            for kind, value in new.items():
                one = (memories.c.customer_id == customer_id) & (memories.c.kind == kind)
                await connection.execute(delete(memories).where(one))
                await connection.execute(
                    insert(memories).values(
                        customer_id=customer_id,
                        kind=kind,
                        value=value,
                        conversation_id=conversation_id,
                        said_at=now,
                    )
                )

    async def forget(self, customer_id: str) -> None:
        """Delete all that is kept of a customer."""
        async with self._database.transaction() as connection:
            await self.erase_customer(connection, customer_id)

    async def export_customer(self, customer_id: str) -> list[dict[str, Any]]:
        """Return what is kept of a customer here; JSON types only."""
        return [
            {
                "kind": kept.kind,
                "value": kept.value,
                "conversation_id": kept.conversation_id,
                "said_at": kept.said_at.isoformat(),
            }
            for kept in await self.of(customer_id)
        ]

    async def erase_customer(self, connection: AsyncConnection, customer_id: str) -> int:
        """Delete what is kept of a customer, in the caller's transaction; return how many things."""
        done = await connection.execute(delete(memories).where(memories.c.customer_id == customer_id))
        return done.rowcount
