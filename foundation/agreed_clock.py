"""The time on which all machines of a shop agree: their database's, if it is a server of its own.

Leases are moments that one machine writes and another compares with its own. Two clocks half a minute apart
would take each other's turns for ever.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from foundation.clock import Clock, SystemClock
from foundation.database import Database
from foundation.errors import OkienkoError

logger = logging.getLogger("okienko.clock")

LOOK_SECONDS = 60.0
SET_SECONDS = 1.0
"""So soon it is noticed that somebody has set the machine's clock, or that the machine stood still."""
SMALL = timedelta(seconds=0.5)
"""No more than what a look costs on a slow line: such a difference is left as it is."""
WORTH_TELLING = timedelta(seconds=5)


class AgreedClock:
    """A machine's clock, set by the database's.

    Args:
        database: Says what time it is there.
        own: The machine's.
        steady: Seconds that nobody sets.
    """

    def __init__(self, database: Database, own: Clock, steady: Callable[[], float] = time.monotonic) -> None:
        self._database, self._own, self._steady = database, own, steady
        self._behind = timedelta(0)
        self._looked_at = own.now(), steady()

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        return self._own.now() + self._behind

    @property
    def was_set(self) -> bool:
        """Whether the machine's clock has been set since it was last looked what time it is there."""
        moment, steady = self._looked_at
        return abs(self._own.now() - moment - timedelta(seconds=self._steady() - steady)) > SMALL

    async def agree(self) -> None:
        """Look how late it is there.

        Raises:
            Unavailable: The database does not answer; the clock goes on as it was.
        """
        asked_at = self._own.now()
        there = await self._database.now()
        answered_at = self._own.now()
        # What took so long says little of when it was answered.
        if there is not None and answered_at - asked_at > 4 * SMALL:
            return
        self._looked_at = answered_at, self._steady()
        if there is None:
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
            await self._until_it_is_time()
            try:
                await self.agree()
            except OkienkoError as error:
                logger.debug("the clock goes on as it was: %s", error.message)

    async def _until_it_is_time(self) -> None:
        for _ in range(round(LOOK_SECONDS / SET_SECONDS)):
            await asyncio.sleep(SET_SECONDS)
            if self.was_set:
                return


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
