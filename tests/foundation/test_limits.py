"""Rate limits count by key and say when to come back."""

import asyncio
import time

import pytest

from foundation.errors import RateLimited
from foundation.limits import RateLimiter, _Memory, address_key, counted_address


async def test_one_too_many_is_refused_with_a_time_to_wait() -> None:
    limiter = RateLimiter()
    for _ in range(3):
        await limiter.hit("message", "v1", per_minute=3)
    with pytest.raises(RateLimited) as refused:
        await limiter.hit("message", "v1", per_minute=3)
    assert 1 <= refused.value.retry_after_seconds <= 60


async def cost(limiter: RateLimiter, keys: int) -> float:
    """Return the processor's time for a count when so many others have been counted."""
    for number in range(keys):
        await limiter.hit("message", f"v{number}", per_minute=1000)
    began = time.process_time()
    for number in range(500):
        await limiter.hit("message", f"v{number % keys}", per_minute=1000)
        await asyncio.sleep(0)
    return time.process_time() - began


async def test_a_count_costs_the_same_however_many_others_are_counted() -> None:
    few, many = await cost(RateLimiter(), 10), await cost(RateLimiter(), 20_000)
    print(f"{few * 2000:.0f} µs with 10 keys, {many * 2000:.0f} µs with 20 000")
    assert many < 20 * few


async def test_what_has_expired_is_forgotten() -> None:
    memory = _Memory()
    for number in range(1000):
        await memory.incr(f"old{number}", 0)
    memory._sweep_at = 0
    assert await memory.incr("new", 60) == 1
    assert await memory.incr("new", 60) == 2
    assert (len(memory.storage), len(memory.expirations), len(memory.locks)) == (1, 1, 0)


async def test_keys_and_kinds_count_apart() -> None:
    limiter = RateLimiter()
    for what, key in (("message", "v1"), ("message", "v2"), ("session", "v1")):
        await limiter.hit(what, key, per_minute=1)


async def test_zero_means_no_limit() -> None:
    limiter = RateLimiter()
    for _ in range(100):
        await limiter.hit("message", "v1", per_minute=0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("unknown", "unknown", True),
    ],
)
def test_addresses_that_one_person_has_count_as_one(one: str, other: str, same: bool) -> None:
    assert (counted_address(one) == counted_address(other)) is same
    assert (address_key("s", one) == address_key("s", other)) is same


def test_what_stands_for_an_address_does_not_name_it_and_needs_the_secret() -> None:
    key = address_key("s", "192.0.2.7")
    assert len(key) == 32
    assert key != address_key("t", "192.0.2.7")
    assert address_key("s", "") == ""
