"""`okienko evals answers`: messages through the whole turn of the demo shop, opened in a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.brief import Brief, TurnResult
from customer.products import SqlProducts
from evals.answers import AnswerReport, Half, answer_cases, run_answers
from foundation.clock import SettableClock
from foundation.language import Language
from knowledge.reading.readers import read
from server.demo.goods import demo_products
from server.demo.run import ARTICLES
from server.demo.shop import demo_batch
from server.house import House, open_house
from server.settings import Settings

_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""A day on which all of the demo's articles are valid."""


@asynccontextmanager
async def open_demo(settings: Settings) -> AsyncIterator[House]:
    """Open the demo shop without a model that words answers; the shop's own data is left alone."""
    with tempfile.TemporaryDirectory(prefix="okienko-answers-") as folder:
        own = settings.apart(Path(folder))
        async with open_house(own, SettableClock(_NOW)) as house:
            await house.orders.save(demo_batch(_NOW.date()))
            products = SqlProducts(house.database)
            await products.save(demo_products(), complete=True)
            await products.count_together()
            await house.library.publish(read([ARTICLES]).articles)
            yield house


async def answer_all(settings: Settings, half: Half | None) -> AnswerReport:
    """Ask the demo shop every message of a half, or of both."""
    cases = [case for language in Language for case in answer_cases(language)]
    async with open_demo(settings) as house:
        titles = {row.article.id: row.article.title for row in await house.library.articles()}

        async def say(message: str, language: Language) -> TurnResult:
            return await house.take_turn(Brief((message,), language, house.clock.now()))

        return await run_answers([c for c in cases if half in (None, c.half)], say, titles)
