"""A shop with a model: settings reach the writer, the command line answers with it, the doctor tries it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Intent
from assistant.evidence import from_orders, from_passages
from assistant.extractive import ExtractiveWriter
from assistant.llm_writer import LlmWriter
from assistant.writer import WritingBrief, WritingRecord
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.passage import RankedPassage
from server.settings import Settings
from server.writing import llm_writer, shows_key, try_models
from tests.assistant import openai_server as ms
from tests.assistant.fakes import NOW, order, passage
from tests.assistant.openai_server import ModelServer
from tests.server.conftest import okienko

RETURNS = passage("Na zwrot masz 14 dni. Pytania: pomoc@sklep.example.")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server of models that does what it is told."""
    with ModelServer() as started:
        started.will(ms.says("Na zwrot masz 14 dni. [E1]", tokens=(1000, 10)))
        yield started


class Shop:
    """A shop's writer, made anew from settings for each question."""

    def __init__(self, server: ModelServer, database: Database, clock: SettableClock) -> None:
        self.server, self._database, self._clock = server, database, clock
        self._open: list[LlmWriter] = []

    async def answer(self, question: str = "Ile dni?", /, **settings: Any) -> WritingRecord:
        """Write an answer; return how it was written."""
        made = llm_writer(
            Settings(**{"llm_model": "main", "llm_base_url": self.server.base_url} | settings),
            self._database,
            self._clock,
            instead=ExtractiveWriter(),
        )
        assert made is not None
        self._open.append(made)
        evidence = (*from_passages([RankedPassage(RETURNS, 1.0)]), *from_orders([order("LS-2026-10457")]))
        draft = WritingBrief(question, Language.PL, Intent.QUESTION, evidence, NOW, conversation_id="c1")
        async for _ in made.write(draft):
            pass
        return draft.record

    async def close(self) -> None:
        for writer in self._open:
            await writer.close()


@pytest.fixture
async def shop(server: ModelServer, database: Database, clock: SettableClock) -> AsyncIterator[Shop]:
    """A shop with a model."""
    made = Shop(server, database, clock)
    yield made
    await made.close()


def test_without_a_model_there_is_no_such_writer(database: Database, clock: SettableClock) -> None:
    assert llm_writer(Settings(), database, clock, instead=ExtractiveWriter()) is None


async def test_settings_reach_the_writer(shop: Shop) -> None:
    record = await shop.answer(
        llm_api_key="sk-1",
        llm_max_tokens=321,
        llm_price_read=Decimal("0.5"),
        llm_price_written=Decimal(100),
    )
    (asked,) = shop.server.asked
    assert asked.headers["authorization"] == "Bearer sk-1"
    assert asked.body["max_tokens"] == 321
    assert record.cost == Decimal("0.0015")


async def test_the_second_model_has_its_own_price(shop: Shop) -> None:
    shop.server.will(ms.refuses(404), model="main")
    prices = {"llm_price_read": 1, "llm_price_written": 1}
    other = {"llm_fallback_price_read": 7, "llm_fallback_price_written": 0}
    record = await shop.answer(llm_fallback_model="other", **prices, **other)
    assert (record.model, record.cost) == ("other", Decimal("0.007"))
    record = await shop.answer(llm_fallback_model="other", **prices)
    assert record.cost == Decimal("0.00101")


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"llm_day_tokens": 900}, "cap_day_tokens"),
        ({"llm_conversation_tokens": 900}, "cap_conversation_tokens"),
        ({"llm_day_money": Decimal("0.0001")}, "cap_day_money"),
        ({"llm_conversation_money": Decimal("0.0001")}, "cap_conversation_money"),
    ],
)
async def test_each_limit_is_a_hard_stop(shop: Shop, limits: dict[str, Any], why: str) -> None:
    record = await shop.answer(llm_price_read=1, llm_price_written=1, **limits)
    assert (record.writer, record.why) == ("extractive", why)
    assert shop.server.asked == []


async def test_zero_is_no_limit(shop: Shop) -> None:
    record = await shop.answer(llm_day_tokens=0, llm_conversation_tokens=0)
    assert record.writer == "llm"


async def test_personal_data_stays_here_and_numbers_of_orders_do_not(shop: Shop) -> None:
    await shop.answer("Nazywam się Jan Wesołowski, jan.w@poczta.example. Gdzie jest LS-2026-10457?")
    prompt = shop.server.asked[0].prompt
    for hidden in ("Wesołowski", "jan.w@poczta.example"):
        assert hidden not in prompt
    for shown in ("LS-2026-10457", "pomoc@sklep.example", "620123456789012345678901", "⟦"):
        assert shown in prompt


async def test_each_model_is_asked_for_a_word(server: ModelServer) -> None:
    server.will(ms.refuses(404), model="other")
    settings = Settings(llm_model="main", llm_base_url=server.base_url, llm_fallback_model="other")
    main, other = await try_models(settings)
    assert (main.model, main.problem) == ("main", "")
    assert main.ms > 0
    assert "there is no such model" in other.problem


@pytest.mark.parametrize(
    ("url", "key", "shown"),
    [
        ("http://models.example/v1", "sk-1", True),
        ("https://models.example/v1", "sk-1", False),
        ("http://127.0.0.1:11434/v1", "sk-1", False),
        ("http://models.example/v1", None, False),
    ],
)
def test_a_key_in_the_clear_is_noticed(url: str, key: str | None, shown: bool) -> None:
    assert shows_key(Settings(llm_base_url=url, llm_api_key=key)) is shown


def test_the_command_line_answers_with_the_model_and_the_doctor_tries_it(
    demo_data: Path, server: ModelServer
) -> None:
    where = {"OKIENKO_LLM_MODEL": "main", "OKIENKO_LLM_BASE_URL": server.base_url}
    server.will(ms.obeys())  # our own instruction: it repeats the evidence
    done = okienko(demo_data, "ask", "ile mam dni na zwrot?", "--json", **where)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["answer"] == server.asked[0].data[1]
    assert said["outcome"] == "answered"
    assert said["citations"][0]["quote"] in said["answer"]
    server.will(ms.refuses(401))
    done = okienko(demo_data, "doctor", OKIENKO_LLM_API_KEY="sk-secret", **where)
    assert done.returncode == 1
    assert "main: the key was refused" in done.stdout
    assert "sk-secret" not in done.stdout + done.stderr
