"""What the processes of a shop share, wake-ups and counts: through Redis where it is set, else each its own.

The client of Redis is imported only then: a start need not pay for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from conversation.hub import Hub, InProcessHub
from foundation.limits import RateLimiter
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Shared:
    """Wakes whoever waits, and counts who does how much."""

    hub: Hub
    limiter: RateLimiter


@asynccontextmanager
async def open_shared(settings: Settings) -> AsyncIterator[Shared]:
    """Open what processes share. A Redis that is out of reach is no error: it is looked for all the time."""
    if settings.redis_url is None:
        yield Shared(InProcessHub(), RateLimiter())
        return

    from conversation.redis_hub import RedisHub
    from foundation.redis_server import RedisServer

    redis = RedisServer(settings.redis_url.get_secret_value())
    ours = f"okienko:{settings.site_key}"
    hub, limiter = RedisHub(redis, f"{ours}:wake"), RateLimiter(redis, f"{ours}:limit")
    carrying = asyncio.create_task(hub.run())
    try:
        yield Shared(hub, limiter)
    finally:
        await hub.stop(carrying)
        await limiter.close()
        await redis.close()
