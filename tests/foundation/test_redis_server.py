"""The line to Redis ends when its task is told to end."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from foundation.redis_server import heeding_cancellation


async def test_a_cancellation_that_a_library_swallows_is_heeded_at_the_end_of_the_block() -> None:
    begun = asyncio.Event()

    async def speak_for_ever() -> None:
        while True:
            with heeding_cancellation(), contextlib.suppress(asyncio.CancelledError):
                begun.set()
                await asyncio.Event().wait()

    task = asyncio.create_task(speak_for_ever())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(10):
            await task


async def test_a_time_limit_that_ends_inside_is_no_cancellation() -> None:
    with heeding_cancellation(), pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.Event().wait()
    with heeding_cancellation(), contextlib.suppress(asyncio.CancelledError, TimeoutError):
        async with asyncio.timeout(0):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
