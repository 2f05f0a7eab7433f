"""How much of something was used, in the database: put aside before, settled after, never past a limit.

What is put aside counts at once, so that no two processes together pass a limit that each of them would keep.
Who dies in between has used all that was put aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import BigInteger, Column, String, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.errors import OkienkoError

KEPT = timedelta(days=90)
"""Pots that nobody touched for so long are forgotten."""

table = Table(
    "spending",
    metadata,
    Column("pot", String(160), primary_key=True),
    Column("amount", BigInteger, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False, index=True),
)


class LimitReached(OkienkoError):
    """What was asked for does not fit into a pot any more; nothing was put aside.

    Attributes:
        pot: Which one.
    """

    code = "limit_reached"
    status = 429

    def __init__(self, pot: str) -> None:
        super().__init__(f"The limit of {pot} is reached.")
        self.pot = pot


@dataclass(frozen=True, slots=True)
class Wish:
    """An amount to be put aside in a pot that may hold `limit` in all."""

    pot: str
    amount: int
    limit: int


class Spending:
    """Pots of whole numbers, each with a name."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put_aside(self, wishes: Iterable[Wish]) -> None:
        """Count all of the wishes, or none.

        Raises:
            LimitReached: One does not fit.
        """
        # In one order everywhere: two that wait for each other's pots would wait for ever.
        wanted = sorted(wishes, key=lambda wish: wish.pot)
        if not wanted:
            return
        async with self._database.transaction() as connection:
            for wish in wanted:
                if await self._open(connection, wish.pot):
                    await self._forget_old(connection)
                counted = await connection.execute(
                    update(table)
                    .where(table.c.pot == wish.pot, table.c.amount + wish.amount <= wish.limit)
                    .values(amount=table.c.amount + wish.amount, touched_at=self._clock.now())
                )
                if counted.rowcount == 0:
                    raise LimitReached(wish.pot)

    async def correct(self, by: Mapping[str, int]) -> None:
        """Add to pots what was used beyond what was put aside; below zero: give back what was not used."""
        changes = {pot: change for pot, change in sorted(by.items()) if change}
        if not changes:
            return
        async with self._database.transaction() as connection:
            for pot, change in changes.items():
                await connection.execute(
                    update(table).where(table.c.pot == pot).values(amount=table.c.amount + change)
                )

    async def spent(self, pot: str) -> int:
        """Return what a pot holds."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(table.c.amount).where(table.c.pot == pot)) or 0

    async def _open(self, connection: AsyncConnection, pot: str) -> bool:
        """Make sure that there is such a pot; return whether it is new."""
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        row = {"pot": pot, "amount": 0, "touched_at": self._clock.now()}
        made = await connection.execute(insert(table).values(row).on_conflict_do_nothing())
        return made.rowcount == 1

    async def _forget_old(self, connection: AsyncConnection) -> None:
        await connection.execute(delete(table).where(table.c.touched_at < self._clock.now() - KEPT))
