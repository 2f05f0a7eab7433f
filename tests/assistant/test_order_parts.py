"""Parts of an order: what is asked about is told, from the record, and nothing else of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assistant.brief import Brief, Intent, TurnResult
from assistant.phrases import Phrase, say
from assistant.understanding import understand
from customer.model import Order, OrderItem, OrderStatus
from foundation.language import Language
from tests.assistant.fakes import NOW, FakeFinder, FakeOrders, ask, order, passage, retrieval

BOOTS = OrderItem("b", "Buty trekkingowe „Turnia”", 1, Decimal("459.00"), "42")
SOCKS = OrderItem("s", "Skarpety z merynosów", 2, Decimal("49.90"), "L")
NEW = replace(
    order(),
    items=(BOOTS, SOCKS),
    total=Decimal("571.79"),
    pickup_point="WAW117M, ul. Prosta 5",
    shipped_at=datetime(2026, 11, 13, 12, tzinfo=UTC),
    invoice_number="FV/2026/88",
)
OLD = replace(
    order("AB-0900", OrderStatus.DELIVERED, placed=datetime(2026, 3, 2, 9, tzinfo=UTC), items=("Kubek",)),
    delivered_at=datetime(2026, 3, 5, 15, tzinfo=UTC),
    carrier="Kurier",
    parcel_number="00000000900",
    payment_method="",
)
GENERAL = retrieval(passage("Paczki doręcza InPost i kurier.", title="Dostawa"), confidence=0.9)


async def told(
    *messages: str, language: Language = Language.PL, orders: tuple[Order, ...] = (NEW, OLD)
) -> TurnResult:
    return await ask(
        *messages,
        orders=FakeOrders(orders),
        finder=FakeFinder(GENERAL),
        brief={"customer_id": "anna", "language": language},
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "co zamówiłam ostatnio?",
            "Zamówienie AB-1001: Buty trekkingowe „Turnia” (42), 2 × Skarpety z merynosów (L).",
        ),
        ("co jest w zamówieniu AB-0900", "Zamówienie AB-0900: Kubek."),
        ("ile zapłaciłem za buty", "Buty trekkingowe „Turnia”: 459,00 zł."),
        ("ile kosztowało moje ostatnie zamówienie?", "Kwota zamówienia AB-1001: 571,79 zł."),
        ("jakim kurierem idzie moja paczka", "Przewoźnik zamówienia AB-1001: InPost Paczkomat."),
        (
            "podaj numer przesyłki",
            "Numer przesyłki zamówienia AB-1001: 620123456789012345678901 (InPost Paczkomat).",
        ),
        ("gdzie mam odebrać paczkę?", "Punkt odbioru zamówienia AB-1001: WAW117M, ul. Prosta 5."),
        ("czym zapłaciłam za zamówienie", "Metoda płatności zamówienia AB-1001: BLIK."),
        ("jaki mam numer faktury", "Numer faktury do zamówienia AB-1001: FV/2026/88."),
        ("kiedy złożyłem zamówienie?", "Data złożenia zamówienia AB-1001: 12 listopada."),
        ("kiedy wyslaliscie moja paczke", "Paczka z zamówienia AB-1001 została wysłana 13 listopada."),
        (
            "kiedy dostałem paczkę z zamówienia AB-0900",
            "Paczka z zamówienia AB-0900 została dostarczona 5 marca.",
        ),
        ("jaki rozmiar butów zamówiłem", "Zamówienie AB-1001: Buty trekkingowe „Turnia” – 42."),
    ],
)
async def test_what_is_asked_is_told(question: str, answer: str) -> None:
    result = await told(question)
    assert result.answer == answer
    assert not result.dropped


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "what did I order last time?",
            "Order AB-1001: Buty trekkingowe „Turnia” (42), 2 × Skarpety z merynosów (L).",
        ),
        ("how much did I pay for my last order", "The total of order AB-1001 is PLN 571.79."),
        ("which courier has my parcel?", "Courier of order AB-1001: InPost Paczkomat."),
        ("what's my invoice number", "Invoice number of order AB-1001: FV/2026/88."),
        ("when did I place my order?", "Order AB-1001 was placed on 12 November."),
        ("when was my order AB-0900 delivered?", "Order AB-0900 was delivered on 5 March."),
    ],
)
async def test_in_english_too(question: str, answer: str) -> None:
    result = await told(question, language=Language.EN)
    assert result.answer == answer
    assert not result.dropped


async def test_two_things_asked_are_both_told() -> None:
    result = await told("jaki mam numer faktury i ile kosztowało moje zamówienie?")
    assert "FV/2026/88" in result.answer
    assert "571,79 zł" in result.answer


async def test_what_the_record_lacks_is_said_so() -> None:
    result = await told("czym zapłaciłam za zamówienie AB-0900")
    missing = say(Phrase.NOT_IN_RECORD, Language.PL)[0]
    assert "AB-0900" in result.answer or result.answer == missing
    assert "BLIK" not in result.answer


@pytest.mark.parametrize("question", ["gdzie są oba moje zamówienia", "where are both my orders?"])
async def test_both(question: str) -> None:
    result = await told(question)
    assert "AB-1001" in result.answer
    assert "AB-0900" in result.answer


@pytest.mark.parametrize(
    "question",
    [
        "jakim kurierem wysyłacie paczki?",
        "ile płacę za dostawę?",
        "how much do I pay for delivery?",
        "gdzie znajdę numer przesyłki?",
        "kto dostarcza paczki?",
        "jak zapłacić za zamówienie",
        "when do you ship orders?",
        "jakie produkty macie",
        "how can I find my invoice?",
    ],
)
def test_general_questions_are_for_the_articles(question: str) -> None:
    heard = understand(
        Brief((question,), Language.PL, NOW), lambda text, prior, spoken: prior, lambda text: False
    )
    assert heard.intent is Intent.QUESTION


async def test_a_guest_hears_nothing_of_it() -> None:
    result = await ask("ile zapłaciłam za moje zamówienie AB-1001", orders=FakeOrders((NEW,)))
    assert result.intent is Intent.ORDER_STATUS
    assert "571" not in result.answer
