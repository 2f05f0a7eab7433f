"""What is forgotten by itself: old conversations, what turns had read, mails, settled requests.

Every night one process does it, a few rows in a transaction. What stays, and why, is told in
docs/operating.md. Source: GDPR (RODO), art. 5(1)(e).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.forgetting import count_silent, erase_silent, find_silent, find_turns, forget_words
from customer.request_desk import RequestDesk
from foundation.clock import SHOP_ZONE, Clock
from foundation.database import Database
from foundation.errors import OkienkoError
from foundation.jobs import LEASE, Job, Jobs
from foundation.outbox import count_letters, erase_letters, forget_letters
from handoff.photos import Photos
from server.settings import Settings

logger = logging.getLogger("okienko.retention")

NAME = "retention"
AT_NIGHT = time(3, 0, tzinfo=SHOP_ZONE)
LOOK_SECONDS = 60.0
BATCH = 10
"""Conversations in one transaction; whoever writes meanwhile waits for no more than these."""
PAUSE_SECONDS = 0.1
"""Between two transactions: another process that waits for SQLite's one writer looks again as often."""
_ROWS = 500
STRAY_AFTER = timedelta(days=1)
"""A photo waits for its request only as long as a form is being sent."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long things are kept; None: for ever.

    Attributes:
        conversations: After the last word in a resolved one; mails as long after they were left.
        turn_records: What a turn has read and judged, after it began.
        requests: After a request was settled.
    """

    conversations: timedelta | None = None
    turn_records: timedelta | None = None
    requests: timedelta | None = None

    @classmethod
    def of(cls, settings: Settings) -> Keeping:
        """Return what the settings say."""

        def days(count: int | None) -> timedelta | None:
            return None if count is None else timedelta(days=count)

        return cls(
            days(settings.keep_conversations_days),
            days(settings.keep_turn_records_days),
            days(settings.keep_requests_days),
        )


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many of each are forgotten, or would be."""

    conversations: int = 0
    turn_records: int = 0
    letters: int = 0
    requests: int = 0
    stray_photos: int = 0


StillMine = Callable[[], Awaitable[bool]]


async def _always() -> bool:
    return True


class Retention:
    """Forgets what one shop no longer keeps.

    Args:
        database: Of the shop.
        photos: Of its complaints.
        clock: What time it is.
        keeping: How long.
        pause_seconds: See `PAUSE_SECONDS`.
    """

    def __init__(
        self,
        database: Database,
        photos: Photos,
        clock: Clock,
        keeping: Keeping,
        *,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._database, self._photos, self._clock, self._keeping = database, photos, clock, keeping
        self._pause_seconds = pause_seconds
        self._jobs = Jobs(database, clock)

    async def run(self) -> None:
        """Forget every night, until cancelled; of any number of processes one does it."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.forget_if_due()
            except (OkienkoError, SQLAlchemyError):
                logger.exception("old things could not be forgotten; it is tried again")

    async def forget_if_due(self) -> Forgotten | None:
        """Forget if that was not done since last night; None if it was, or if another process is at it."""
        job = await self._jobs.claim(NAME, since=last_night(self._clock.now()))
        if job is None:
            return None

        kept_at = self._clock.now()

        async def still_mine() -> bool:
            nonlocal kept_at
            if self._clock.now() - kept_at < LEASE / 4:
                return True
            kept_at = self._clock.now()
            return await self._jobs.keep(job)

        forgotten = await self.forget(job, still_mine)
        await self._jobs.done(job, reached=self._before(self._keeping.turn_records))
        if forgotten != Forgotten():
            logger.info("forgotten: %s", forgotten)
        return forgotten

    async def look(self) -> Forgotten:
        """Return how much would be forgotten now; nothing is changed."""
        keeping, found = self._keeping, Forgotten()
        async with self._database.reading() as connection:
            if (before := self._before(keeping.conversations)) is not None:
                letters = await count_letters(connection, before, besides=RequestDesk.receipts())
                found = replace(found, conversations=await count_silent(connection, before), letters=letters)
            if (before := self._before(keeping.requests)) is not None:
                found = replace(found, requests=len(await RequestDesk.find_old(connection, before)))
            if (before := self._before(keeping.turn_records)) is not None:
                worded, reached = await find_turns(connection, None, before, _ROWS)
                count = len(worded)
                while reached is not None:
                    worded, reached = await find_turns(connection, reached, before, _ROWS)
                    count += len(worded)
                found = replace(found, turn_records=count)
        return replace(found, stray_photos=len(await self._strays()))

    async def forget(self, job: Job | None = None, still_mine: StillMine = _always) -> Forgotten:
        """Forget what is too old, a few rows in a transaction.

        Args:
            job: Where the last one came to; None: begin with the oldest.
            still_mine: Asked between transactions; stops when it says no.
        """
        keeping, done = self._keeping, Forgotten()
        if (before := self._before(keeping.conversations)) is not None:
            done = replace(done, conversations=await self._conversations(before, still_mine))
            done = replace(done, letters=await self._letters(before, still_mine))
        if (before := self._before(keeping.requests)) is not None:
            done = replace(done, requests=await self._requests(before, still_mine))
        if (before := self._before(keeping.turn_records)) is not None:
            reached = job.reached if job else None
            done = replace(done, turn_records=await self._turns(reached, before, still_mine))
        strays = await self._strays()
        await self._photos.erase(strays)
        await self._database.empty_change_log()
        return replace(done, stray_photos=len(strays))

    def _before(self, kept: timedelta | None) -> datetime | None:
        return None if kept is None else self._clock.now() - kept

    async def _conversations(self, before: datetime, still_mine: StillMine) -> int:
        erased = 0
        while await still_mine():
            async with self._database.reading() as connection:
                found = await find_silent(connection, before, BATCH)
            if not found:
                break
            async with self._database.transaction() as connection:
                await self._database.overwrite_deleted(connection)
                erased += (await erase_silent(connection, found, before, self._clock.now())).conversations
            await asyncio.sleep(self._pause_seconds)
        return erased

    async def _letters(self, before: datetime, still_mine: StillMine) -> int:
        deleted = 0
        while await still_mine():
            async with self._database.transaction() as connection:
                await self._database.overwrite_deleted(connection)
                kept = RequestDesk.receipts()
                some = await forget_letters(connection, before, besides=kept, limit=_ROWS)
            deleted += some
            if not some:
                break
            await asyncio.sleep(self._pause_seconds)
        return deleted

    async def _requests(self, before: datetime, still_mine: StillMine) -> int:
        erased = 0
        while await still_mine():
            async with self._database.transaction() as connection:
                found = await RequestDesk.find_old(connection, before, BATCH)
                if not found:
                    break
                await self._database.overwrite_deleted(connection)
                gone = await RequestDesk.erase_numbers(connection, found)
                await erase_letters(connection, to=(), ids=gone.receipts)
            # After the commit: a photo of a request that is still there must be, too.
            await self._photos.erase(gone.photos)
            erased += len(gone.erased)
            await asyncio.sleep(self._pause_seconds)
        return erased

    async def _turns(self, since: datetime | None, before: datetime, still_mine: StillMine) -> int:
        forgotten = 0
        reached = None if since is None else (since, "")
        while await still_mine():
            async with self._database.reading() as connection:
                worded, reached = await find_turns(connection, reached, before, _ROWS)
            for start in range(0, len(worded), BATCH):
                async with self._database.transaction() as connection:
                    await self._forget_words(connection, worded[start : start + BATCH])
                await asyncio.sleep(self._pause_seconds)
            forgotten += len(worded)
            if reached is None:
                break
        return forgotten

    async def _forget_words(self, connection: AsyncConnection, ids: list[str]) -> None:
        await self._database.overwrite_deleted(connection)
        await forget_words(connection, ids)

    async def _strays(self) -> list[str]:
        async with self._database.reading() as connection:
            known = await RequestDesk.photos(connection)
        return await self._photos.strays(known, self._clock.now() - STRAY_AFTER)


def last_night(now: datetime) -> datetime:
    """Return the newest moment not after `now` at which it was three in the morning in the shop's zone."""
    here = now.astimezone(SHOP_ZONE)
    tonight = datetime.combine(here.date(), AT_NIGHT)
    return tonight if tonight <= now else datetime.combine(here.date() - timedelta(days=1), AT_NIGHT)
