"""What is put aside passes no limit, however many ask at once, on SQLite and on Postgres."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.spending import KEPT, LimitReached, Spending, Wish
from tests.postgres import postgres_database


@pytest.fixture(params=["sqlite", "postgres"])
async def spending(
    request: pytest.FixtureRequest, database: Database, clock: SettableClock
) -> AsyncIterator[Spending]:
    """Pots in either database."""
    if request.param == "sqlite":
        yield Spending(database, clock)
        return
    async with postgres_database() as opened:
        yield Spending(opened, clock)


async def test_what_does_not_fit_is_refused_and_names_its_pot(spending: Spending) -> None:
    await spending.put_aside([Wish("a", 60, 100)])
    with pytest.raises(LimitReached) as refused:
        await spending.put_aside([Wish("a", 41, 100)])
    assert refused.value.pot == "a"
    await spending.put_aside([Wish("a", 40, 100)])
    assert await spending.spent("a") == 100


async def test_all_wishes_are_counted_or_none(spending: Spending) -> None:
    with pytest.raises(LimitReached):
        await spending.put_aside([Wish("a", 10, 100), Wish("z", 10, 5)])
    assert await spending.spent("a") == await spending.spent("z") == 0


async def test_what_was_not_used_is_given_back(spending: Spending) -> None:
    await spending.put_aside([Wish("a", 90, 100), Wish("b", 90, 100)])
    await spending.correct({"a": -80, "b": 30})
    assert (await spending.spent("a"), await spending.spent("b")) == (10, 120)
    with pytest.raises(LimitReached):
        await spending.put_aside([Wish("b", 0, 100)])


async def test_many_at_once_pass_no_limit(spending: Spending) -> None:
    async def ask(n: int) -> bool:
        pots = [Wish("day", 7, 100), Wish(f"c{n % 3}", 7, 50)]
        try:
            await spending.put_aside(pots if n % 2 else reversed(pots))
        except LimitReached:
            return False
        return True

    granted = await asyncio.gather(*(ask(n) for n in range(60)))
    assert sum(granted) == 100 // 7
    assert await spending.spent("day") == 7 * (100 // 7)


async def test_amounts_beyond_32_bits_fit(spending: Spending) -> None:
    await spending.put_aside([Wish("a", 10**12, 10**13)])
    assert await spending.spent("a") == 10**12


async def test_pots_that_nobody_touches_are_forgotten(spending: Spending, clock: SettableClock) -> None:
    await spending.put_aside([Wish("old", 5, 10)])
    clock.advance(KEPT / 2)
    await spending.put_aside([Wish("kept", 5, 10)])
    clock.advance(KEPT / 2 + timedelta(seconds=1))
    await spending.put_aside([Wish("new", 5, 10)])
    assert (await spending.spent("old"), await spending.spent("kept")) == (0, 5)
