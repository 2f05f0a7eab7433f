"""How often someone may do something. The home of the `limits` library."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import time

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from foundation.errors import RateLimited


def address_key(secret: str, address: str) -> str:
    """Return what stands for a network address where it is counted and kept: a keyed hash, 32 hex digits.

    An IPv6 address counts by its network of 64 bits: who has one of them has them all. What is no address
    (a socket of this machine) counts as itself; nothing gives nothing.
    """
    if not address:
        return ""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        counted = address
    else:
        mapped = getattr(found, "ipv4_mapped", None) or found
        counted = str(mapped if mapped.version == 4 else ipaddress.ip_network((int(mapped) >> 64 << 64, 64)))
    digest = hmac.new(secret.encode(), b"address:" + counted.encode("utf-8", "replace"), hashlib.sha256)
    return digest.hexdigest()[:32]


class RateLimiter:
    """Counts by key over a sliding minute or hour, in this process's memory."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

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
        item = RateLimitItemPerMinute(per_minute)
        if await self._limiter.hit(item, what, key):
            return
        stats = await self._limiter.get_window_stats(item, what, key)
        wait_seconds = math.ceil(stats.reset_time - time.time())
        raise RateLimited(
            "That was a lot in a short time. Please wait a moment and try again.",
            retry_after_seconds=min(60, wait_seconds),
        )

    async def allows(self, what: str, key: str, *, per_hour: int) -> bool:
        """Count one more `what` of `key`, for what is left out, not refused; False: it is one too many."""
        return await self._limiter.hit(RateLimitItemPerHour(per_hour), what, key)
