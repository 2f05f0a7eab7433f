"""Giving back in the chat: what was received is confirmed, and the customer's own last day is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from assistant.brief import Brief, Outcome, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, say
from assistant.turn import take_turn
from customer.model import Order, OrderStatus
from customer.proof import Guest
from customer.request import CustomerRequest, RequestKind
from foundation.language import Language
from tests.assistant.fakes import FakeFinder, FakeOrders, order, passage, retrieval

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ME = Guest("chat", "visitor")
HOW = retrieval(passage("Zwrot odeślij na adres sklepu.", title="Jak odesłać zwrot"), confidence=0.9)
# 7 November is a Saturday; fourteen days later, the 21st, too: the end moves to Monday the 23rd.
BOOTS = replace(
    order(status=OrderStatus.DELIVERED, delivered_at=datetime(2026, 11, 7, 9, tzinfo=UTC)), expected_on=None
)
OLD = replace(BOOTS, number="AB-0500", delivered_at=datetime(2026, 3, 2, 9, tzinfo=UTC))


@dataclass
class FakeBook:
    """Holds what was received in the chat."""

    requests: list[CustomerRequest] = field(default_factory=list)

    async def of_conversation(self, conversation_id: str) -> list[CustomerRequest]:
        assert conversation_id == ME.conversation_id
        return self.requests

    async def of_customer(self, customer_id: str) -> list[CustomerRequest]:
        return [request for request in self.requests if request.customer_id == customer_id]


def received(**fields: object) -> CustomerRequest:
    kept = CustomerRequest(
        number="ZW-2026-00017",
        kind=RequestKind.WITHDRAWAL,
        conversation_id="chat",
        cid="c",
        words="Odstępuję od umowy",
        received_at=datetime(2026, 11, 20, 9, 12, tzinfo=UTC),
        due_at=datetime(2026, 12, 5, tzinfo=UTC),
        language=Language.PL,
    )
    return replace(kept, **fields)  # type: ignore[arg-type]


async def told(
    *messages: str,
    book: FakeBook | None = None,
    orders: tuple[Order, ...] = (),
    customer_id: str | None = None,
    history: tuple[Utterance, ...] = (),
    shop_days: int | None = None,
) -> TurnResult:
    return await take_turn(
        Brief(messages, Language.PL, NOW, history, customer_id=customer_id, guest=ME),
        finder=FakeFinder(HOW),
        orders=FakeOrders(orders),
        writer=ExtractiveWriter(),
        requests=book or FakeBook(),
        shop_days=shop_days,
        can_send=True,
    )


async def test_a_withdrawal_is_confirmed_with_its_time_and_number() -> None:
    result = await told(
        "Odstępuję od umowy, zamówienie AB-1001.", book=FakeBook([received(receipt_id="<m>")])
    )
    assert "20 listopada 2026 o 10:12" in result.answer
    assert "ZW-2026-00017" in result.answer
    assert say(Phrase.RECEIPT_MAILED, Language.PL)[0] in result.answer
    assert result.outcome is Outcome.ANSWERED
    assert not result.dropped


async def test_without_an_address_one_is_asked_for() -> None:
    result = await told("odstepuje od umowy", book=FakeBook([received()]))
    assert result.answer.endswith(say(Phrase.RECEIPT_WHERE, Language.PL)[0])
    history = (Utterance("shopper", "odstepuje od umowy"), Utterance("assistant", result.answer))
    given = await told("anna@example.com", book=FakeBook([received(receipt_id="<m>")]), history=history)
    assert given.sentences == say(Phrase.RECEIPT_MAILED, Language.PL)


async def test_what_a_person_looks_at_is_said_so() -> None:
    result = await told("Odstępuję od umowy.", book=FakeBook([received(doubts=("after_last_day",))]))
    assert say(Phrase.WITHDRAWAL_LOOKED_AT, Language.PL)[0] in result.answer


async def test_a_question_about_withdrawing_is_no_statement() -> None:
    result = await told("czy mogę odstąpić od umowy?", book=FakeBook([received()]))
    assert "ZW-2026-00017" not in result.answer


async def test_a_wish_gets_the_statement_as_a_button() -> None:
    result = await told("chcę odstąpić od umowy")
    assert result.suggestions[0].send == "Odstępuję od umowy."


@pytest.mark.parametrize(
    "question", ["do kiedy mogę zwrócić buty?", "chcę zwrócić buty", "zdążę jeszcze oddać moje buty?"]
)
async def test_the_last_day_is_the_customers_own(question: str) -> None:
    result = await told(question, orders=(BOOTS, OLD), customer_id="anna")
    assert "23 listopada 2026" in result.answer
    assert "w sobotę, 21 listopada 2026" in result.answer
    assert "AB-1001" in result.answer
    assert "AB-0500" not in result.answer
    assert not result.dropped


async def test_an_order_whose_time_is_over_is_not_refused() -> None:
    result = await told("do kiedy mogę zwrócić zamówienie AB-0500?", orders=(BOOTS, OLD), customer_id="anna")
    assert "16 marca 2026" in result.answer
    assert "mimo to" in result.answer


async def test_the_shops_own_window_is_told_with_the_laws() -> None:
    result = await told("do kiedy mogę zwrócić buty?", orders=(BOOTS,), customer_id="anna", shop_days=30)
    assert "7 grudnia 2026" in result.answer
    assert "23 listopada 2026" in result.answer


async def test_a_guest_hears_the_article_only() -> None:
    result = await told("do kiedy mogę zwrócić buty?", orders=(BOOTS,))
    assert "listopada" not in result.answer


async def test_general_questions_stay_general() -> None:
    result = await told("jak odesłać zwrot?", orders=(BOOTS,), customer_id="anna")
    assert result.answer == "Zwrot odeślij na adres sklepu."
