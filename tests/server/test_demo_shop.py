"""The demo shop: the same on every day, and true on each."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from customer.model import Order, OrderStatus
from customer.number import order_key
from customer.orders import SqlOrders
from customer.profile import greeting_name
from customer.workdays import is_working_day, shift_working_days
from foundation.database import Database
from foundation.language import Language
from server.demo import catalogue
from server.demo.people import ANNA, EMMA, KUBA, MALGORZATA, PIOTR, featured_customers, foreign_ids
from server.demo.shop import demo_batch, demo_customers, demo_orders

WARSAW = ZoneInfo("Europe/Warsaw")
TUESDAY = date(2026, 11, 17)
UNSENT = {OrderStatus.AWAITING_PAYMENT, OrderStatus.PAID, OrderStatus.PACKING, OrderStatus.CANCELLED}
RECEIVED = {OrderStatus.DELIVERED, OrderStatus.RETURNED, OrderStatus.REFUNDED}

every_kind_of_day = pytest.mark.parametrize(
    "today",
    [
        TUESDAY,
        date(2026, 11, 16),  # Monday
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        date(2026, 11, 11),  # holiday in mid-week
        date(2026, 12, 26),  # third free day in a row
        date(2027, 1, 4),  # orders of two years
        date(2027, 3, 29),  # Easter Monday, the day after the clocks change
    ],
    ids=str,
)


def orders_of(customer_id: str, today: date = TUESDAY) -> list[Order]:
    return [order for order in demo_orders(today) if order.customer_id == customer_id]


def day(moment: datetime) -> date:
    return moment.astimezone(WARSAW).date()


def delivery(order: Order) -> catalogue.Delivery:
    ways = (*catalogue.HOME_DELIVERIES, catalogue.ABROAD, catalogue.NO_DELIVERY)
    return next(way for way in ways if way.carrier == order.carrier)


def test_there_are_enough_of_all() -> None:
    customers, orders = demo_customers(), demo_orders(TUESDAY)
    assert len(customers) >= 45
    assert len(orders) >= 140
    assert Counter(order.status for order in orders).keys() == set(OrderStatus)
    assert {order.carrier for order in orders} >= {way.carrier for way in catalogue.HOME_DELIVERIES}
    assert len({order.customer_id for order in orders}) < len(customers)  # some never bought


def test_customers_are_invented_and_distinct() -> None:
    customers = demo_customers()
    assert [customer.id for customer in customers] == [f"c-{1001 + index}" for index in range(len(customers))]
    assert len({customer.name for customer in customers}) == len(customers)
    assert len({customer.email for customer in customers}) == len(customers)
    assert all(customer.email.endswith("@example.com") and customer.email.isascii() for customer in customers)
    polish = [customer for customer in customers if customer.language is Language.PL]
    assert all(greeting_name(customer, Language.PL) for customer in polish)
    assert {customer.id for customer in customers if customer.language is Language.EN} == foreign_ids()


def test_only_dates_depend_on_the_day() -> None:
    random.seed(1)
    first = demo_orders(TUESDAY)
    random.seed(2)
    assert demo_orders(TUESDAY) == first
    later = demo_orders(TUESDAY + timedelta(days=1))
    for one, other in zip(first, later, strict=True):
        assert (one.number, one.customer_id, one.items, one.total) == (
            other.number, other.customer_id, other.items, other.total,
        )  # fmt: skip


@every_kind_of_day
def test_numbers_follow_time_and_name_the_year(today: date) -> None:
    orders = demo_orders(today)
    assert len({order_key(order.number) for order in orders}) == len(orders)
    assert [order.placed_at for order in orders] == sorted(order.placed_at for order in orders)
    serials = [int(order.number.split("-")[2]) for order in orders]
    assert serials == sorted(serials)
    assert all(order.number.startswith(f"LS-{day(order.placed_at).year}-") for order in orders)


@every_kind_of_day
def test_what_has_happened_lies_before_today(today: date) -> None:
    midnight = datetime.combine(today, time(), WARSAW).astimezone(UTC)
    for order in demo_orders(today):
        assert order.placed_at < midnight
        assert order.shipped_at is None or order.placed_at < order.shipped_at < midnight
        assert order.delivered_at is None or order.placed_at < order.delivered_at < midnight
        if order.shipped_at and order.delivered_at:
            assert order.shipped_at < order.delivered_at


@every_kind_of_day
def test_facts_agree_with_the_status(today: date) -> None:
    for order in demo_orders(today):
        way = delivery(order)
        sent = order.status not in UNSENT and way.parcel_digits > 0
        assert bool(order.parcel_number) == bool(order.shipped_at) == bool(order.expected_on) == sent
        assert len(order.parcel_number) == (way.parcel_digits if sent else 0)
        assert bool(order.delivered_at) == (order.status in RECEIVED)
        assert bool(order.pickup_point) == bool(way.points)
        assert way.points or order.status is not OrderStatus.READY_FOR_PICKUP
        assert not (order.invoice_number and order.status in UNSENT)


@every_kind_of_day
def test_parcels_leave_and_arrive_as_the_shop_promises(today: date) -> None:
    for order in demo_orders(today):
        if order.shipped_at is None or order.expected_on is None:
            continue
        sent = day(order.shipped_at)
        assert is_working_day(sent)
        # paid by 13:00 on a working day leaves the same day, else on the next one
        placed = order.placed_at.astimezone(WARSAW)
        in_time = is_working_day(placed.date()) and placed.hour < 13
        assert sent >= (placed.date() if in_time else shift_working_days(placed.date(), 1))
        slowest = 5 if delivery(order).abroad else 2
        if order.status is OrderStatus.READY_FOR_PICKUP:
            assert order.expected_on == today  # the 48 hours in the locker have not passed
        else:
            assert order.expected_on == shift_working_days(sent, slowest)
        if order.status is OrderStatus.SHIPPED:
            assert order.expected_on >= today
        if order.delivered_at:
            assert day(order.delivered_at) <= order.expected_on
            assert is_working_day(day(order.delivered_at))


@every_kind_of_day
def test_an_unpaid_order_waits_five_working_days(today: date) -> None:
    for order in demo_orders(today):
        last = shift_working_days(day(order.placed_at), 5)
        if order.status is OrderStatus.AWAITING_PAYMENT:
            assert today <= last
        if order.status is OrderStatus.CANCELLED:
            assert last < today


def test_totals_add_up() -> None:
    for order in demo_orders(TUESDAY):
        goods = sum((item.unit_price * item.quantity for item in order.items), Decimal(0))
        way = delivery(order)
        sending = Decimal(0) if goods >= 249 and not way.abroad else way.price
        cash = order.payment_method == catalogue.CASH_ON_DELIVERY
        assert order.total == goods + sending + (5 if cash else 0)
        assert not cash or (way.cash_on_delivery and order.total <= 1500)
        assert not (cash and order.status is OrderStatus.PAID)
        assert order.currency == "PLN"


@every_kind_of_day
def test_the_featured_customers_are_as_described(today: date) -> None:
    assert [person.customer_id for person in featured_customers()] == [ANNA, PIOTR, MALGORZATA, EMMA, KUBA]
    assert all(person.description.keys() == set(Language) for person in featured_customers())

    (waiting,) = [o for o in orders_of(ANNA, today) if o.status is OrderStatus.READY_FOR_PICKUP]
    assert (waiting.carrier, waiting.expected_on) == ("InPost Paczkomat 24/7", today)
    on_the_way = [o for o in orders_of(PIOTR, today) if o.status is OrderStatus.SHIPPED]
    assert len(on_the_way) == 2
    (unpaid,) = orders_of(MALGORZATA, today)
    assert unpaid.status is OrderStatus.AWAITING_PAYMENT
    (delivered,) = orders_of(EMMA, today)
    assert delivered.delivered_at
    assert 5 <= (today - day(delivered.delivered_at)).days <= 14
    assert orders_of(KUBA, today) == []


def test_shipped_yesterday_expected_tomorrow() -> None:
    newest = orders_of(PIOTR)[-1]
    assert newest.shipped_at
    assert day(newest.shipped_at) == TUESDAY - timedelta(days=1)
    assert newest.expected_on == TUESDAY + timedelta(days=1)


async def test_nobody_gets_anothers_order(database: Database) -> None:
    orders = SqlOrders(database)
    batch = demo_batch(TUESDAY)
    await orders.save(batch, complete=True)
    for customer in batch.customers:
        own = await orders.orders_of(customer.id)
        assert list(own) == [o for o in reversed(batch.orders) if o.customer_id == customer.id]
        typed = [order.number.lower().replace("-", " ") for order in batch.orders]
        got = await asyncio.gather(*(orders.order(customer.id, number) for number in typed))
        assert got == [order if order.customer_id == customer.id else None for order in batch.orders]


async def test_loading_on_another_day_leaves_no_stale_order(database: Database) -> None:
    orders = SqlOrders(database)
    for today in (date(2026, 12, 30), date(2027, 1, 20), TUESDAY):
        batch = demo_batch(today)
        await orders.save(batch, complete=True)
        assert await orders.count() == len(batch.orders)
        assert (await orders.save(batch, complete=True)).unchanged == len(batch.orders)
