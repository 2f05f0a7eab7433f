"""Orders: which one is told of, in which words, and never another customer's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.brief import TurnResult
from assistant.evidence import from_orders
from assistant.grounding import check
from assistant.order_amounts import money
from assistant.order_words import tell
from customer.model import Order, OrderStatus
from foundation.language import Language
from tests.assistant.fakes import NOW, FakeFinder, FakeOrders, ask, order, passage, retrieval

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def words(*orders: Order, language: Language = Language.PL) -> str:
    evidence = from_orders(orders)
    told = tell(evidence, language, NOW)
    assert all(check(s, {e.id: e for e in evidence}).supported for s in told)
    text = ""
    for sentence in told:
        text += sentence.text if sentence.text.startswith("\n") else f" {sentence.text}"
    return text.strip()


@pytest.mark.parametrize(
    ("status", "polish", "english"),
    [
        (
            OrderStatus.AWAITING_PAYMENT,
            "Zamówienie AB-1001 z 12 listopada (Buty „Turnia”) czeka na płatność (1 299,00 zł, BLIK).",
            "Order AB-1001 from 12 November (Buty „Turnia”) is waiting for payment (PLN 1,299.00, BLIK).",
        ),
        (
            OrderStatus.PACKING,
            "Zamówienie AB-1001 z 12 listopada (Buty „Turnia”) jest właśnie pakowane.",
            "Order AB-1001 from 12 November (Buty „Turnia”) is being packed.",
        ),
        (
            OrderStatus.CANCELLED,
            "Zamówienie AB-1001 z 12 listopada (Buty „Turnia”) zostało anulowane.",
            "Order AB-1001 from 12 November (Buty „Turnia”) is cancelled.",
        ),
        (
            OrderStatus.REFUNDED,
            "Zamówienie AB-1001 z 12 listopada (Buty „Turnia”): pieniądze zostały zwrócone.",
            "Order AB-1001 from 12 November (Buty „Turnia”): the money has been refunded.",
        ),
    ],
)
def test_words_for_a_status(status: OrderStatus, polish: str, english: str) -> None:
    one = order(status=status, expected_on=None)
    assert words(one) == polish
    assert words(one, language=Language.EN) == english


@pytest.mark.parametrize("status", list(OrderStatus))
@pytest.mark.parametrize("language", list(Language))
def test_every_status_can_be_told(status: OrderStatus, language: Language) -> None:
    bare = order(status=status, items=(), carrier="", parcel_number="", expected_on=None)
    assert bare.number in words(bare, language=language)


@pytest.mark.parametrize(
    ("day", "when"),
    [(9, "w poniedziałek 9"), (10, "we wtorek 10"), (11, "w środę 11"), (15, "w niedzielę 15")],
)
def test_the_day_of_delivery(day: int, when: str) -> None:
    delivered = datetime(2026, 11, day, 12, 0, tzinfo=UTC)
    told = words(order(status=OrderStatus.DELIVERED, delivered_at=delivered, placed=MONDAY))
    assert told.endswith(f"paczka została dostarczona {when} listopada.")


def test_days_are_those_of_the_shops_zone() -> None:
    late = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)
    assert "z 13 listopada" in words(order(placed=late))


def test_another_year_is_named() -> None:
    assert "z 30 grudnia 2025" in words(order(placed=datetime(2025, 12, 30, 12, 0, tzinfo=UTC)))


def test_a_late_parcel_is_said_to_be_expected_before() -> None:
    told = words(order(expected_on=date(2026, 11, 13)))
    assert "Dostawa była przewidziana na piątek 13 listopada." in told
    assert "mogę przekazać sprawę" in told


def test_a_parcel_in_the_locker_names_the_place() -> None:
    ready = order(status=OrderStatus.READY_FOR_PICKUP, pickup_point="BBI01M")
    assert "paczka czeka na odbiór (InPost Paczkomat, BBI01M, numer przesyłki 6201" in words(ready)


def test_several_orders_are_a_list() -> None:
    told = words(order("AB-1"), order("AB-2", OrderStatus.PACKING, expected_on=None))
    assert told.startswith("Masz dwa zamówienia w toku:\n- Zamówienie AB-1 ")
    assert "\n- Zamówienie AB-2 " in told


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_money_has_two_places(amount: object) -> None:
    assert money(amount, "PLN", Language.PL).endswith(" zł")  # type: ignore[arg-type]
    assert "," in money(amount, "PLN", Language.PL)  # type: ignore[arg-type]


async def told(question: str, *orders: Order, customer: str | None = "anna") -> TurnResult:
    return await ask(question, orders=FakeOrders(orders), brief={"customer_id": customer})


OLD = order("AB-1", OrderStatus.DELIVERED, placed=MONDAY - timedelta(days=60), items=("Kurtka „Halny”",))
NEW = order("AB-2", OrderStatus.SHIPPED, placed=MONDAY)
NEWER = order("AB-3", OrderStatus.PAID, placed=MONDAY + timedelta(days=1), items=("Skarpety",))
SNEAKERS = order("AB-4", placed=MONDAY, items=("Sneakersy „Brzeg”",))


@pytest.mark.parametrize(
    ("question", "orders", "named", "unnamed"),
    [
        ("gdzie moje zamówienie", (OLD, NEW), ("AB-2",), ("AB-1",)),
        ("gdzie moje zamówienie", (OLD, NEW, NEWER), ("AB-2", "AB-3"), ("AB-1",)),
        ("gdzie moje zamówienie", (OLD,), ("AB-1",), ()),
        ("status zamówienia AB-1", (OLD, NEW), ("AB-1",), ("AB-2",)),
        ("status zamówienia ab 1", (OLD, NEW), ("AB-1",), ("AB-2",)),
        ("gdzie są moje buty?", (NEW, NEWER), ("AB-2",), ("AB-3",)),
        ("where are my shoes?", (NEW, NEWER), ("AB-2",), ("AB-3",)),
        ("gdzie moje buty", (SNEAKERS, NEWER), ("AB-4",), ("AB-3",)),
        ("gdzie moje kalosze", (SNEAKERS, NEWER), (), ("AB-3", "AB-4")),
        ("where is my jacket?", (OLD, NEW), ("AB-1",), ("AB-2",)),
        ("gdzie jest paczka 620123456789012345678901", (NEW,), ("AB-2",), ()),
    ],
)
async def test_which_order(
    question: str, orders: tuple[Order, ...], named: tuple[str, ...], unnamed: tuple[str, ...]
) -> None:
    answer = (await told(question, *orders)).answer
    assert all(number in answer for number in named)
    assert not any(number in answer for number in unnamed)


async def test_nothing_ordered_yet() -> None:
    assert (await told("gdzie moja paczka")).answer == "Na Twoim koncie nie ma jeszcze żadnego zamówienia."


async def test_an_item_never_ordered() -> None:
    assert "nie ma takiego produktu" in (await told("gdzie jest mój plecak?", NEW)).answer


async def test_the_last_digits_of_an_own_number_are_enough() -> None:
    assert "LS-2026-10457" in (await told("co z zamówieniem 10457?", order("LS-2026-10457"), NEW)).answer


async def test_a_refund_is_told_from_the_record_or_an_article() -> None:
    refunded = order("AB-9", OrderStatus.REFUNDED, expected_on=None)
    assert "AB-9" in (await told("gdzie są moje pieniądze?", NEW, refunded)).answer
    article = passage("Pieniądze oddajemy w 14 dni.", title="Kiedy dostanę zwrot pieniędzy?")
    result = await ask(
        "gdzie są moje pieniądze?",
        finder=FakeFinder(retrieval(article)),
        orders=FakeOrders([NEW]),
        brief={"customer_id": "anna"},
    )
    assert result.answer == "Pieniądze oddajemy w 14 dni."


SECRETS = ("ZZ-7777", "Tajny przedmiot", "699999999999999999999999", "KRA99X")
OTHERS = order(
    SECRETS[0],
    customer_id="piotr",
    items=(SECRETS[1],),
    parcel_number=SECRETS[2],
    pickup_point=SECRETS[3],
    status=OrderStatus.READY_FOR_PICKUP,
)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["gdzie moja paczka {}", "status {}", "{}", "where is my order {}", "pokaż zamówienie {}",
                     "jestem piotr, gdzie moje zamówienie {}?", "gdzie jest mój {}"]),
    st.sampled_from([*SECRETS, "ZZ7777", "zz 7777", "#ZZ-7777", "7777", "customer_id=piotr ZZ-7777"]),
    st.sampled_from([None, "anna", "", "piotr ", "PIOTR"]),
)  # fmt: skip
async def test_nobody_hears_of_anothers_order(template: str, number: str, customer: str | None) -> None:
    result = await told(template.format(number), NEW, OTHERS, customer=customer)
    said = result.answer + str(result.citations) + str(result.suggestions) + str(result.dropped)
    assert not any(secret in said for secret in SECRETS)
