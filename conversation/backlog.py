"""How many turns wait to be taken, and for how long: a look at the whole shop, for those who watch it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from conversation.tables import turns
from conversation.turn_statements import WAITING
from foundation.clock import Clock
from foundation.database import Database


@dataclass(frozen=True, slots=True)
class Backlog:
    """Turns that nobody has taken yet: how many, and the age in seconds of the oldest; 0 without any."""

    turns: int
    oldest_seconds: float


async def read_backlog(database: Database, clock: Clock) -> Backlog:
    """Return what waits now."""
    waiting = select(func.count(), func.min(turns.c.created_at)).where(turns.c.state == WAITING)
    async with database.reading() as connection:
        count, oldest = (await connection.execute(waiting)).one()
    age = 0.0 if oldest is None else (clock.now() - oldest).total_seconds()
    return Backlog(int(count), max(0.0, age))
