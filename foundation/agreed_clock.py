"""The time on which all machines of a shop agree: their database's, if it is a server of its own.

Leases are moments that one machine writes and another compares with its own. Two clocks half a minute apart
would take each other's turns for ever.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from foundation.clock import Clock, SystemClock
from foundation.database import Database
from foundation.errors import OkienkoError

logger = logging.getLogger("okienko.clock")

LOOK_SECONDS = 60.0
SMALL = timedelta(seconds=0.5)
"""No more than what a look costs on a slow line: such a difference is left as it is."""
WORTH_TELLING = timedelta(seconds=5)


class AgreedClock:
    """A machine's clock, set by the database's.

    Args:
        database: Says what time it is there.
        own: The machine's.
    """

    def __init__(self, database: Database, own: Clock) -> None:
        self._database, self._own = database, own
        self._behind = timedelta(0)

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        return self._own.now() + self._behind

    async def agree(self) -> None:
        """Look how late it is there.

        Raises:
            Unavailable: The database does not answer; the clock goes on as it was.
        """
        asked_at = self._own.now()
        there = await self._database.now()
        answered_at = self._own.now()
        # What took so long says little of when it was answered.
        if there is None or answered_at - asked_at > 4 * SMALL:
            return
        behind = there - (asked_at + (answered_at - asked_at) / 2)
        behind = behind if abs(behind) > SMALL else timedelta(0)
        if abs(behind) > WORTH_TELLING and abs(behind - self._behind) > WORTH_TELLING:
            logger.warning(
                "this machine's clock is %.0f s %s that of the database, which counts: set both by NTP",
                abs(behind).total_seconds(),
                "behind" if behind > timedelta(0) else "ahead of",
            )
        self._behind = behind

    async def run(self) -> None:
        """Look again and again, until cancelled: clocks drift, and are set."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.agree()
            except OkienkoError as error:
                logger.debug("the clock goes on as it was: %s", error.message)


@asynccontextmanager
async def agreed_clock(database: Database) -> AsyncIterator[Clock]:
    """Yield the clock of everybody who has this database open."""
    clock = AgreedClock(database, SystemClock())
    await clock.agree()
    looking = asyncio.create_task(clock.run())
    try:
        yield clock
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
