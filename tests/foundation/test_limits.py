"""Rate limits count by key and say when to come back."""

import pytest

from foundation.errors import RateLimited
from foundation.limits import RateLimiter


async def test_one_too_many_is_refused_with_a_time_to_wait() -> None:
    limiter = RateLimiter()
    for _ in range(3):
        await limiter.hit("message", "v1", per_minute=3)
    with pytest.raises(RateLimited) as refused:
        await limiter.hit("message", "v1", per_minute=3)
    assert 1 <= refused.value.retry_after_seconds <= 60


async def test_keys_and_kinds_count_apart() -> None:
    limiter = RateLimiter()
    for what, key in (("message", "v1"), ("message", "v2"), ("session", "v1")):
        await limiter.hit(what, key, per_minute=1)


async def test_zero_means_no_limit() -> None:
    limiter = RateLimiter()
    for _ in range(100):
        await limiter.hit("message", "v1", per_minute=0)
