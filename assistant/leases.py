"""Keeps what a living worker has: leases are short, so that what a dead one had is answered soon."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from conversation.turns import ClaimedTurn, Turns
from foundation.errors import OkienkoError

logger = logging.getLogger("okienko.assistant")

LONGEST_SECONDS = 90.0
"""A turn that has not ended by then hangs: whoever claims it next does better, or calls a person."""


@dataclass(slots=True, eq=False)
class _UnderWay:
    turn: ClaimedTurn
    since: float
    renewed: float


class Leases:
    """Renews the leases of one worker's turns, all in one go, once one of them has been under way for long.

    Args:
        turns: Renews them.
        renew_seconds: How old a lease gets; a third of it if not given.
        now: Seconds that nobody sets back.
    """

    def __init__(
        self,
        turns: Turns,
        renew_seconds: float | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._turns = turns
        self._renew_seconds = renew_seconds or turns.lease.total_seconds() / 3
        self._now = now
        self._under_way: list[_UnderWay] = []

    def __bool__(self) -> bool:
        """Whether a turn is under way."""
        return bool(self._under_way)

    @contextmanager
    def kept(self, turn: ClaimedTurn) -> Iterator[None]:
        """Have the lease of a turn renewed for the length of the block, while `run` runs."""
        now = self._now()
        mine = _UnderWay(turn, now, now)
        self._under_way.append(mine)
        try:
            yield
        finally:
            self._under_way.remove(mine)

    async def run(self) -> None:
        """Renew what has to be renewed, until cancelled."""
        while True:
            await asyncio.sleep(self._renew_seconds / 2)
            await self.renew_old()

    async def renew_old(self) -> None:
        """Renew every lease if one of them is old, but none of a turn that hangs."""
        now = self._now()
        held = [one for one in self._under_way if now - one.since < LONGEST_SECONDS]
        if any(now - one.renewed >= self._renew_seconds for one in held):
            await self._renew(held, now)

    async def _renew(self, held: list[_UnderWay], now: float) -> None:
        try:
            async with asyncio.timeout(self._renew_seconds):
                await self._turns.renew([one.turn for one in held])
        except (OkienkoError, TimeoutError) as error:
            # Whoever reaches the database meanwhile may take them: what we say then is not written.
            logger.info("leases could not be renewed: %s", error or "it took too long")
        except Exception:
            logger.exception("leases could not be renewed")
        else:
            for one in held:
                one.renewed = now
