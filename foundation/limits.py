"""How often someone may do something. The home of the `limits` library.

Counts live in this process's memory, or in Redis, where all processes count together. A Redis that does not
answer makes nobody wait and lifts no limit: this process counts alone until it answers again.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from foundation.errors import RateLimited, Unavailable
from foundation.measures import Counter

if TYPE_CHECKING:
    from foundation.redis_server import RedisServer

logger = logging.getLogger("okienko.limits")

REDIS_SECONDS = 0.1
"""The longest that a count waits for Redis, or for its turn to ask."""
ASKED_AT_ONCE = 8
MEND_SECONDS = 1.0
SWEEP_SECONDS = 10.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0

_REFUSED = Counter(
    "rate_limited",
    "What was refused because it came too often.",
    what=("message", "address-message", "shop-message", "session", "hello", "seen", "form"),
)


def counted_address(address: str) -> str:
    """Return as what a network address counts: an IPv6 one as its network of 64 bits.

    Who has one address of such a network has them all. What is no address (a socket of this machine) counts
    as itself.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(mapped if mapped.version == 4 else ipaddress.ip_network((int(mapped) >> 64 << 64, 64)))


def address_key(secret: str, address: str) -> str:
    """Return what stands for a network address where it is counted and kept: a keyed hash, 32 hex digits.

    It is the same for all addresses that count as one; nothing gives nothing.
    """
    if not address:
        return ""
    counted = counted_address(address).encode("utf-8", "replace")
    return hmac.new(secret.encode(), b"address:" + counted, hashlib.sha256).hexdigest()[:32]


class _Memory(MemoryStorage):
    """The library's memory, which looks at every key at every count; this one does so now and then."""

    _sweep_at = 0.0

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            for old in [old for old, until in self.expirations.items() if until <= now]:
                await self.clear(old)
        await self.get(key)  # which forgets it if it has expired
        self.storage[key] += amount
        self.expirations.setdefault(key, now + expiry)
        return self.storage[key]


class RateLimiter:
    """Counts by key over a sliding minute or hour.

    Args:
        redis: Where all processes count together; None: each counts alone, in its memory.
        prefix: What the keys of a shop begin with there, and no other shop's.
    """

    def __init__(self, redis: RedisServer | None = None, prefix: str = "okienko") -> None:
        self._alone = SlidingWindowCounterRateLimiter(_Memory())
        self._together = None if redis is None else _Together(redis, prefix)

    @property
    def together(self) -> bool:
        """Whether all processes count together now."""
        return self._together is not None and self._together.answers

    async def close(self) -> None:
        """Ask Redis no more."""
        if self._together is not None:
            await self._together.close()

    async def hit(self, what: str, key: str, *, per_minute: int) -> None:
        """Count one more `what` of `key`.

        Args:
            what: The kind of thing counted, e.g. ``message``.
            key: Who does it, e.g. a visitor's id or an address.
            per_minute: How many are allowed in any minute; 0 means no limit.

        Raises:
            RateLimited: It is one too many; says when to come back.
        """
        if per_minute <= 0:
            return
        refused_until = await self._refused_until(RateLimitItemPerMinute(per_minute), what, key)
        if refused_until is None:
            return
        _REFUSED.add(what=what)
        raise RateLimited(
            "That was a lot in a short time. Please wait a moment and try again.",
            retry_after_seconds=min(60, math.ceil(refused_until - time.time())),
        )

    async def allows(self, what: str, key: str, *, per_hour: int) -> bool:
        """Count one more `what` of `key`, for what is left out, not refused; False: it is one too many."""
        return await self._refused_until(RateLimitItemPerHour(per_hour), what, key) is None

    async def _refused_until(self, item: RateLimitItem, what: str, key: str) -> float | None:
        if self._together is not None and self._together.answers:
            with suppress(Unavailable):
                async with self._together.asked() as limiter:
                    return await _refused_until(limiter, item, what, key)
        return await _refused_until(self._alone, item, what, key)


async def _refused_until(
    limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, what: str, key: str
) -> float | None:
    """Count one more; if it is one too many return when there is room again, in Unix seconds."""
    if await limiter.hit(item, what, key):
        return None
    return (await limiter.get_window_stats(item, what, key)).reset_time


class _Together:
    """Counts in Redis, as long as it answers in time."""

    def __init__(self, redis: RedisServer, prefix: str) -> None:
        self._storage = RedisStorage(
            f"async+{redis.url}",
            wrap_exceptions=True,
            implementation="redispy",
            key_prefix=prefix,
            connection_pool=redis.pool,  # type: ignore[arg-type]
        )
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._turns = asyncio.Semaphore(ASKED_AT_ONCE)
        self._mending: asyncio.Task[None] | None = None
        self.answers = True

    @asynccontextmanager
    async def asked(self) -> AsyncIterator[SlidingWindowCounterRateLimiter]:
        """Ask in the block; raises Unavailable where no answer comes in time."""
        try:
            # Who waits here for too long says nothing about Redis: too many ask at once.
            async with asyncio.timeout(REDIS_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Unavailable("Too many counts at once.") from error
        try:
            if not self.answers:
                raise Unavailable("Redis does not answer.")
            async with asyncio.timeout(REDIS_SECONDS):
                yield self._limiter
        except (StorageError, OSError) as error:
            if self.answers:
                self.answers = False
                self._mending = asyncio.create_task(self._mend())
            raise Unavailable("Redis does not answer.") from error
        finally:
            self._turns.release()

    async def close(self) -> None:
        if self._mending is not None:
            self._mending.cancel()
            await asyncio.gather(self._mending, return_exceptions=True)

    async def _mend(self) -> None:
        """Ask until it answers; the first time at once, for perhaps only we were slow."""
        pause = FIRST_PAUSE_SECONDS
        if await self._checked():
            return
        logger.warning("Redis does not answer: until it does, each process counts limits alone.")
        while not await self._checked():
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
        logger.warning("Redis answers again: limits are counted over all processes.")

    async def _checked(self) -> bool:
        with suppress(StorageError, OSError):
            async with asyncio.timeout(MEND_SECONDS):
                self.answers = await self._storage.check()
        return self.answers
