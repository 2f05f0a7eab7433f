"""How many sockets and waiting polls this process holds open, by address and in all, and how often one comes.

Counted in memory and not between processes: what is open ends with its process, and costs that one alone.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.errors import RateLimited
from foundation.limits import RateLimiter

logger = logging.getLogger("okienko.conversation")

AGAIN_SECONDS = 10


class NoRoom(RateLimited):
    """As many lines are open as may be."""


class OpenLines:
    """Makes room for lines, and refuses those that are too many.

    Args:
        per_address: How many one address may have; 0: no limit.
        in_all: How many there may be; 0: no limit.
        comings_per_minute: How often an address may open a socket or ask over HTTP; 0: no limit.
    """

    def __init__(self, *, per_address: int = 0, in_all: int = 0, comings_per_minute: int = 0) -> None:
        self._per_address, self._in_all = per_address, in_all
        self._comings_per_minute, self._comings = comings_per_minute, RateLimiter()
        self._open: Counter[str] = Counter()
        self._told: set[str] = set()

    @property
    def count(self) -> int:
        """How many are open."""
        return self._open.total()

    async def come(self, address: str) -> None:
        """Count that somebody comes, before anything is asked of the database.

        Raises:
            NoRoom: They come too often.
        """
        try:
            await self._comings.hit("coming", address, per_minute=self._comings_per_minute)
        except RateLimited as error:
            raise NoRoom(error.message, retry_after_seconds=error.retry_after_seconds) from error

    @contextmanager
    def hold(self, address: str) -> Iterator[None]:
        """Hold a line open for the length of the block.

        Args:
            address: What stands for where it comes from.

        Raises:
            NoRoom: It is one too many.
        """
        if self._in_all and self.count >= self._in_all:
            self._tell("all", "As many sockets are open as OKIENKO_SOCKETS allows; more are turned away.")
            raise NoRoom("Too many chats are open. Try again soon.", retry_after_seconds=AGAIN_SECONDS)
        if self._per_address and self._open[address] >= self._per_address:
            self._tell(
                "address",
                "One address has as many sockets open as OKIENKO_SOCKETS_PER_ADDRESS allows. If a proxy "
                "stands before this server, name it in OKIENKO_TRUSTED_PROXIES: else all have its address.",
            )
            raise NoRoom("Too many chats are open here. Try again soon.", retry_after_seconds=AGAIN_SECONDS)
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _tell(self, what: str, sentence: str) -> None:
        if what not in self._told:  # once: a flood must not fill the log
            self._told.add(what)
            logger.warning(sentence)
