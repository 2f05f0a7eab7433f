"""The pilot switches: who gets answers from the assistant. For an owner who tests before trusting.

Read from the database with every claim of a turn, so that the kill switch works at once, in every process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Integer, String, Table, delete, insert, select

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.errors import InvalidInput

pilot_table = Table(
    "pilot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("share_percent", Integer, nullable=False),
    Column("changed_by", String(200), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)


class Mode(StrEnum):
    """What the assistant may do."""

    OFF = "off"
    SUGGEST = "suggest"
    SHARE = "share"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PilotState:
    """The switches as they stand. `share_percent`: of visitors, 0 to 100, matters in mode `share` only."""

    mode: Mode = Mode.ALL
    share_percent: int = 100
    changed_by: str = ""
    changed_at: datetime | None = None

    def for_visitor(self, visitor_id: str) -> Mode:
        """Return `OFF`, `SUGGEST` or `ALL` for a visitor: the same one as long as the switches stay."""
        if self.mode is not Mode.SHARE:
            return self.mode
        bucket = int.from_bytes(hashlib.sha256(visitor_id.encode()).digest()[:8], "big") % 100
        return Mode.ALL if bucket < self.share_percent else Mode.OFF


class Pilot:
    """Keeps the switches in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def state(self) -> PilotState:
        """Return the switches; the assistant answers all until an owner says otherwise."""
        return await self._database.read(read_switches)

    async def set(self, mode: Mode, *, share_percent: int = 100, by: str) -> PilotState:
        """Set the switches; `by` is the name of whoever does it.

        Raises:
            InvalidInput: The share is no percentage.
        """
        if not 0 <= share_percent <= 100:
            raise InvalidInput("The share of visitors is a number from 0 to 100.")
        async with self._database.transaction(alone="pilot") as connection:
            await connection.execute(delete(pilot_table))
            await connection.execute(
                insert(pilot_table).values(
                    id=1,
                    mode=mode.value,
                    share_percent=share_percent,
                    changed_by=by,
                    changed_at=self._clock.now(),
                )
            )
        return await self.state()


# Built once: every turn asks.
_STATE = select(pilot_table)


def read_switches(connection: Connection) -> PilotState:
    """Read as `Pilot.state` inside the caller's transaction."""
    row = connection.execute(_STATE).one_or_none()
    if row is None:
        return PilotState()
    return PilotState(Mode(row.mode), row.share_percent, row.changed_by, row.changed_at)
