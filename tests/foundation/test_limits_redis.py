"""Limits over a real Redis: two processes count together, and a Redis that is gone lifts no limit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from foundation.errors import RateLimited
from foundation.limits import RateLimiter
from foundation.redis_server import RedisServer
from tests.redis_server import OwnRedis


@asynccontextmanager
async def limiter_of(url: str, prefix: str = "okienko:shop") -> AsyncIterator[RateLimiter]:
    """A limiter as a process of its own has it."""
    server = RedisServer(url)
    limiter = RateLimiter(server, prefix)
    yield limiter
    await limiter.close()
    await server.close()


async def passed(limiter: RateLimiter, count: int, per_minute: int, key: str = "v1") -> int:
    """Return how many of `count` hits were allowed."""
    done = 0
    for _ in range(count):
        try:
            await limiter.hit("message", key, per_minute=per_minute)
            done += 1
        except RateLimited:
            continue
    return done


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the limiter tells nobody
            await asyncio.sleep(0.01)


async def test_two_processes_count_together(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as one, limiter_of(redis.url) as other:
        assert await passed(one, 6, 10) + await passed(other, 6, 10) == 10
        assert [await limiter.allows("receipt", "a", per_hour=1) for limiter in (one, other)] == [True, False]


async def test_who_is_refused_is_told_when_to_come_back(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as limiter:
        await limiter.hit("message", "v1", per_minute=1)
        with pytest.raises(RateLimited) as refused:
            await limiter.hit("message", "v1", per_minute=1)
    assert 1 <= refused.value.retry_after_seconds <= 60


async def test_shops_on_one_redis_count_apart(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as one, limiter_of(redis.url, "okienko:other") as other:
        assert (await passed(one, 6, 5), await passed(other, 6, 5)) == (5, 5)


async def test_a_redis_that_was_killed_makes_nobody_wait_and_lifts_no_limit(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as limiter:
        assert await passed(limiter, 3, 10) == 3
        redis.stop()
        began = time.monotonic()
        assert await passed(limiter, 50, 10) == 10
        assert time.monotonic() - began < 2, "each of them waited"
        assert not limiter.together
        await asyncio.to_thread(redis.start)
        await until(lambda: limiter.together)
        # It forgot, and knows its scripts no more.
        assert await passed(limiter, 12, 10) == 10


async def test_a_frozen_redis_costs_one_short_wait_and_is_found_again(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as limiter:
        assert await passed(limiter, 1, 10) == 1
        redis.freeze()
        waits = []
        for _ in range(5):
            began = time.monotonic()
            await limiter.hit("message", "v2", per_minute=10)
            waits.append(time.monotonic() - began)
        assert max(waits) < 1
        assert sum(waits[1:]) < waits[0], "only the first one waited"
        redis.thaw()
        await until(lambda: limiter.together)
        assert await passed(limiter, 20, 10, "v3") == 10


async def test_many_at_once_do_not_make_a_living_redis_look_dead(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as limiter:
        await asyncio.gather(*(limiter.hit("message", f"v{n % 50}", per_minute=1000) for n in range(2000)))
        assert limiter.together


async def test_keys_hold_no_more_than_they_are_given_and_expire(redis: OwnRedis) -> None:
    async with limiter_of(redis.url) as limiter:
        await limiter.hit("message", "v1", per_minute=10)
        reader, writer = await asyncio.open_connection("127.0.0.1", redis.port)
        writer.write(b"KEYS *\r\n")
        async with asyncio.timeout(5):
            count = int((await reader.readline())[1:])
            keys = [(await reader.readline(), await reader.readline())[1].strip() for _ in range(count)]
        assert keys
        for key in keys:
            assert key.startswith(b"okienko:shop:")
            writer.write(b"TTL " + key + b"\r\n")
            assert 0 < int((await reader.readline())[1:]) <= 120
        writer.close()
        await writer.wait_closed()
