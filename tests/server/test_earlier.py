"""A customer comes back, through sessions, log and worker: what was before is theirs, until forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from customer.batch import ImportBatch
from customer.model import Customer, OrderStatus
from feedback.earlier_conversations import EarlierConversations
from foundation.language import Language
from server.chatting import START, HouseChat, open_chat
from server.settings import load_settings
from tests.assistant.fakes import order

ANNA = Customer("anna", "Anna Nowak", "anna@example.com", Language.PL)
PIOTR = Customer("piotr", "Piotr Lis", "piotr@example.com", Language.PL)
BOOTS = replace(
    order(status=OrderStatus.DELIVERED, placed=START - timedelta(days=5), expected_on=None),
    delivered_at=START - timedelta(days=2),
)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[HouseChat]:
    settings = load_settings().model_copy(update={"data_dir": tmp_path})
    async with open_chat(settings, ImportBatch((ANNA, PIOTR), (BOOTS,))) as opened:
        yield opened


async def say(chat: HouseChat, *turns: str, who: str | None = "anna", locale: str = "pl") -> list[str]:
    return await chat.converse(turns, address="192.0.2.1", customer_id=who, locale=locale)


async def test_a_customer_comes_back(chat: HouseChat) -> None:
    await say(chat, "gdzie jest moje zamówienie?", "Odstępuję od umowy, zamówienie AB-1001")
    chat.clock.advance(timedelta(days=3))
    asked, told, whence = await say(
        chat, "pisałam ostatnio w sprawie zwrotu", "Tak, korzystaj", "skąd to wiesz?"
    )
    assert "tylko za Twoją zgodą" in asked
    assert "3 marca" not in asked
    assert "Ostatnio, 3 marca 2026, chodziło o" in told
    assert "(zamówienie AB-1001)" in told
    assert "Odstąpienie od umowy ZW-2026-00001 z 3 marca 2026: przyjęte" in told
    assert "To z Twojej rozmowy z 3 marca 2026." in whence
    (own,) = await say(chat, "what about my return?", locale="en")
    assert "Withdrawal from the contract ZW-2026-00001 of 3 March 2026: received" in own
    assert "The money is due by 17 March 2026" in own


async def test_nobody_else_hears_of_it(chat: HouseChat) -> None:
    await say(chat, "gdzie jest moje zamówienie?", "Odstępuję od umowy, zamówienie AB-1001")
    chat.clock.advance(timedelta(days=3))
    questions = ("o czym ostatnio rozmawialiśmy?", "tak", "co z moim zwrotem?", "co z ZW-2026-00001?")
    for who in ("piotr", None):
        answers = "\n".join(await say(chat, *questions, who=who))
        assert "AB-1001" not in answers
        assert "marca" not in answers
        assert "przyjęte" not in answers


async def test_forgetting_holds_in_the_next_conversation(chat: HouseChat) -> None:
    await say(chat, "gdzie jest moje zamówienie?")
    chat.clock.advance(timedelta(days=1))
    await say(chat, "o czym ostatnio rozmawialiśmy?", "tak", "zapomnij")
    chat.clock.advance(timedelta(days=1))
    await say(chat, "gdzie jest moje zamówienie AB-1001?")
    chat.clock.advance(timedelta(days=1))
    asked, told = await say(chat, "o czym ostatnio rozmawialiśmy?", "tak")
    assert "Czy mam to robić" in asked
    assert "Ostatnio, 5 marca 2026, chodziło o status zamówienia" in told
    (again,) = await say(chat, "co pisałam 3 marca?")
    assert "3 marca" not in again


async def test_what_the_log_holds_of_a_customer(chat: HouseChat) -> None:
    book = EarlierConversations(chat.house.database)
    assert await book.of("anna") == []
    await say(chat, "gdzie jest moje zamówienie?", "dziękuję")
    chat.clock.advance(timedelta(days=1))
    await say(chat, "faktura?")
    await say(chat)  # opened, and nothing was said
    newest, first = await book.of("anna")
    assert (first.subjects, first.orders) == (("order_status",), ("AB-1001",))
    # What was not answered is not held up to anybody as what it was about.
    assert (newest.subjects, newest.orders) == ((), ())
    assert first.began_at == START
    assert (first.score, first.with_agent, first.articles) == (None, False, ())
    assert list(await book.of("anna", besides=newest.id)) == [first]
    assert list(await book.of("anna", since=START)) == [newest]
    assert await book.of("piotr") == []
