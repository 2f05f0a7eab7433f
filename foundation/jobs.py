"""Work that is done once in a while by one of any number of processes: who does it now, and when it was done.

A lease in the database says who. Whoever dies with it leaves it to run out, and another process begins again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Column, String, Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata

LEASE = timedelta(minutes=10)

table = Table(
    "jobs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("held_by", String(36)),
    Column("lease_until", UtcDateTime),
    Column("done_at", UtcDateTime),
    # How far it came, for work that goes on where the last one stopped.
    Column("reached", UtcDateTime),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job in this process's hands; `reached` is how far the last one came."""

    name: str
    held_by: str
    reached: datetime | None


class Jobs:
    """The jobs of one shop."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def claim(self, name: str, *, since: datetime) -> Job | None:
        """Take a job that was not done since a moment; None if it was, or if somebody is at it."""
        now, mine = self._clock.now(), str(uuid4())
        due = or_(table.c.done_at.is_(None), table.c.done_at < since)
        async with self._database.reading() as connection:
            known = select(table.c.name).where(table.c.name == name)
            is_new = await connection.scalar(known) is None
            if not is_new and await connection.scalar(known.where(due)) is None:
                return None
        # A lease that ends far ahead was given before the clock was set back.
        free = or_(
            table.c.lease_until.is_(None), table.c.lease_until < now, table.c.lease_until > now + 2 * LEASE
        )
        async with self._database.transaction() as connection:
            if is_new:
                insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
                await connection.execute(insert(table).values(name=name).on_conflict_do_nothing())
            taken = await connection.execute(
                update(table)
                .where(table.c.name == name, due, free)
                .values(held_by=mine, lease_until=now + LEASE)
            )
            if not taken.rowcount:
                return None
            return Job(
                name, mine, await connection.scalar(select(table.c.reached).where(table.c.name == name))
            )

    async def keep(self, job: Job) -> bool:
        """Take the lease anew; return whether it was still ours. To be called more often than a `LEASE`."""
        return await self._set(job, lease_until=self._clock.now() + LEASE)

    async def done(self, job: Job, *, reached: datetime | None = None) -> None:
        """Note that it is done, and how far it came; nothing if it went to another process meanwhile."""
        now = self._clock.now()
        await self._set(job, held_by=None, lease_until=None, done_at=now, reached=reached or job.reached)

    async def _set(self, job: Job, **values: object) -> bool:
        mine = (table.c.name == job.name) & (table.c.held_by == job.held_by)
        async with self._database.transaction() as connection:
            return bool((await connection.execute(update(table).where(mine).values(values))).rowcount)
