"""A job is one process's at a time, is done once, and outlives whoever dies with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.jobs import LEASE, Jobs
from tests.postgres import postgres_database


@pytest.fixture(params=["sqlite", "postgres"])
async def jobs(
    request: pytest.FixtureRequest, database: Database, clock: SettableClock
) -> AsyncIterator[Jobs]:
    if request.param == "sqlite":
        yield Jobs(database, clock)
        return
    async with postgres_database() as opened:
        yield Jobs(opened, clock)


async def test_of_many_that_look_at_once_one_gets_it(jobs: Jobs, clock: SettableClock) -> None:
    for _ in range(3):
        claimed = await asyncio.gather(*(jobs.claim("night", since=clock.now()) for _ in range(5)))
        (job,) = [one for one in claimed if one is not None]
        clock.advance(timedelta(seconds=1))
        await jobs.done(job)
        assert await jobs.claim("night", since=clock.now()) is None
        clock.advance(timedelta(days=1))


async def test_who_dies_leaves_it_to_the_next_and_says_nothing_more(jobs: Jobs, clock: SettableClock) -> None:
    dead = await jobs.claim("night", since=clock.now())
    assert dead is not None
    clock.advance(LEASE - timedelta(seconds=1))
    assert await jobs.keep(dead)
    clock.advance(LEASE - timedelta(seconds=1))
    assert await jobs.claim("night", since=clock.now()) is None
    clock.advance(timedelta(seconds=2))
    alive = await jobs.claim("night", since=clock.now())
    assert alive is not None
    assert not await jobs.keep(dead)
    await jobs.done(dead)
    assert await jobs.keep(alive)


async def test_a_clock_that_was_set_back_holds_nobody_up(jobs: Jobs, clock: SettableClock) -> None:
    assert await jobs.claim("night", since=clock.now()) is not None
    clock.advance(-timedelta(days=30))
    assert await jobs.claim("night", since=clock.now()) is not None


async def test_how_far_it_came_is_there_the_next_time(jobs: Jobs, clock: SettableClock) -> None:
    job = await jobs.claim("night", since=clock.now())
    assert job is not None
    assert job.reached is None
    await jobs.done(job, reached=clock.now())
    clock.advance(timedelta(days=1))
    again = await jobs.claim("night", since=clock.now())
    assert again is not None
    assert again.reached == clock.now() - timedelta(days=1)
