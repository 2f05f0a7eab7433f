"""The demo shop's customers and orders, from one seed, dated relative to a given day.

Every draw is made before a date is looked at, so the same customer has the same goods and the same
place in the numbering whatever the day; only dates move. An order is planned by its dispatch: `age` counts
working days back, 0 being the next dispatch that has not happened yet.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from customer.batch import ImportBatch
from customer.model import Order, OrderItem, OrderStatus
from customer.workdays import next_working_day, shift_working_days
from foundation.clock import SHOP_ZONE
from server.demo import catalogue
from server.demo.catalogue import Delivery, Product
from server.demo.people import ANNA, EMMA, KUBA, MALGORZATA, PIOTR, demo_customers, foreign_ids

__all__ = ["demo_batch", "demo_customers", "demo_orders"]

_SEED = 14_2026
_FIRST_SERIAL = 10_211
_UNSENT = frozenset(
    {OrderStatus.AWAITING_PAYMENT, OrderStatus.PAID, OrderStatus.PACKING, OrderStatus.CANCELLED}
)
_RECEIVED = frozenset({OrderStatus.DELIVERED, OrderStatus.RETURNED, OrderStatus.REFUNDED})

# status: (weight, youngest and oldest dispatch in working days)
_STATUSES = {
    OrderStatus.AWAITING_PAYMENT: (6, 0, 4),
    OrderStatus.PAID: (5, 0, 0),
    OrderStatus.PACKING: (5, 0, 0),
    OrderStatus.SHIPPED: (10, 1, 2),
    OrderStatus.READY_FOR_PICKUP: (7, 1, 1),
    OrderStatus.DELIVERED: (50, 6, 75),
    OrderStatus.CANCELLED: (6, 7, 50),
    OrderStatus.RETURNED: (4, 10, 30),
    OrderStatus.REFUNDED: (7, 16, 60),
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """An order without dates.

    Attributes:
        age: Its dispatch: working days before today; 0 is the coming one.
        evening_before: Placed in the evening before that day, else in its morning.
        minute: Within the evening or the morning.
        travel: Working days from dispatch to the door.
    """

    customer_id: str
    status: OrderStatus
    age: int
    evening_before: bool
    minute: int
    delivery: Delivery
    items: tuple[OrderItem, ...]
    payment: str
    pickup_point: str
    parcel_number: str
    travel: int
    dispatch_minute: int
    arrival_minute: int
    invoiced: bool


def demo_orders(today: date) -> tuple[Order, ...]:
    """Return all orders as they stand on `today`, oldest first.

    Args:
        today: A day of the shop's zone; every moment in an order lies before its end, what has
            happened already (placing, dispatch, delivery) before its beginning.
    """
    return tuple(_dated(plan, serial, today) for serial, plan in _numbered_plans())


def demo_batch(today: date) -> ImportBatch:
    """Return customers and orders ready to be saved (as the complete orders of these customers)."""
    return ImportBatch(customers=demo_customers(), orders=demo_orders(today))


def _numbered_plans() -> list[tuple[int, _Plan]]:
    draw = random.Random(_SEED)  # noqa: S311 - sample data, no secret
    plans = _featured_plans(draw) + _other_plans(draw)
    plans.sort(key=lambda plan: (-plan.age, not plan.evening_before, plan.minute))
    numbered, serial = [], _FIRST_SERIAL
    for plan in plans:
        numbered.append((serial, plan))
        serial += draw.choice((1, 1, 2, 3))
    return numbered


def _featured_plans(draw: random.Random) -> list[_Plan]:
    """Plan the orders that the demo page's one-line descriptions promise."""
    turnia, kalosze, brzeg, schronisko, halny, mgla, watra = (
        _product(sku) for sku in ("TUR", "KAL", "BRZ", "SCH", "HAL", "MGL", "WAT")
    )
    locker, courier, dpd = catalogue.LOCKER, catalogue.INPOST_COURIER, catalogue.DPD_COURIER
    return [
        _plan(draw, ANNA, OrderStatus.READY_FOR_PICKUP, 1, locker, (_item(turnia, "39"),), "BLIK"),
        _plan(draw, ANNA, OrderStatus.DELIVERED, 24, locker, (_item(mgla, "M"), _item(watra)), "BLIK"),
        _plan(draw, PIOTR, OrderStatus.SHIPPED, 1, courier, (_item(halny, "L"),), "Karta"),
        _plan(draw, PIOTR, OrderStatus.SHIPPED, 2, dpd, (_item(kalosze, "44"),), catalogue.CASH_ON_DELIVERY),
        _plan(draw, PIOTR, OrderStatus.DELIVERED, 41, courier, (_item(brzeg, "43"),), "Przelewy24"),
        _plan(
            draw,
            MALGORZATA,
            OrderStatus.AWAITING_PAYMENT,
            0,
            locker,
            (_item(schronisko, "38"), _item(watra)),
            catalogue.BANK_TRANSFER,
        ),
        replace(
            _plan(draw, EMMA, OrderStatus.DELIVERED, 9, catalogue.ABROAD, (_item(brzeg, "40"),), "Karta"),
            travel=4,  # at the door a working week ago
        ),
    ]


def _other_plans(draw: random.Random) -> list[_Plan]:
    featured = {ANNA, PIOTR, MALGORZATA, EMMA, KUBA}
    plans = []
    for customer in demo_customers():
        if customer.id in featured:
            continue
        for _ in range(draw.choices((0, 1, 2, 3, 4, 5, 7), (2, 10, 20, 26, 22, 14, 6))[0]):
            plans.append(_random_plan(draw, customer.id, abroad=customer.id in foreign_ids()))
    return plans


def _random_plan(draw: random.Random, customer_id: str, *, abroad: bool) -> _Plan:
    weights = [weight for weight, _, _ in _STATUSES.values()]
    status = draw.choices(tuple(_STATUSES), weights)[0]
    _, youngest, oldest = _STATUSES[status]
    age = draw.randint(youngest, oldest)
    if status is OrderStatus.DELIVERED and draw.random() < 0.06:
        card = _item(draw.choice(catalogue.GIFT_CARDS))
        payment = draw.choice(catalogue.ONLINE_PAYMENTS)
        return _plan(draw, customer_id, status, age, catalogue.NO_DELIVERY, (card,), payment)
    delivery = catalogue.ABROAD if abroad else _home_delivery(draw, status)
    if status is OrderStatus.READY_FOR_PICKUP and not delivery.points:
        status = OrderStatus.SHIPPED  # a courier waits nowhere
    return _plan(draw, customer_id, status, age, delivery, _basket(draw), _payment(draw, status, delivery))


def _home_delivery(draw: random.Random, status: OrderStatus) -> Delivery:
    weighted = zip(catalogue.HOME_DELIVERIES, catalogue.HOME_DELIVERY_WEIGHTS, strict=True)
    fitting = [(way, weight) for way, weight in weighted if _fits(way, status)]
    return draw.choices([way for way, _ in fitting], [weight for _, weight in fitting])[0]


def _fits(delivery: Delivery, status: OrderStatus) -> bool:
    if status is OrderStatus.READY_FOR_PICKUP:
        return bool(delivery.points)
    return status is not OrderStatus.SHIPPED or delivery.parcel_digits > 0


def _payment(draw: random.Random, status: OrderStatus, delivery: Delivery) -> str:
    if status in {OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELLED}:
        return draw.choice((catalogue.BANK_TRANSFER, catalogue.BANK_TRANSFER, "BLIK", "Przelewy24"))
    # cash on delivery is never "paid" before the door
    if delivery.cash_on_delivery and status is not OrderStatus.PAID and draw.random() < 0.3:
        return catalogue.CASH_ON_DELIVERY
    weights = (40, 18, 18, 6, 8, 10)
    return draw.choices(catalogue.ONLINE_PAYMENTS, weights)[0]


def _basket(draw: random.Random) -> tuple[OrderItem, ...]:
    chosen = draw.sample(catalogue.PRODUCTS, draw.choices((1, 2, 3), (60, 30, 10))[0])
    return tuple(
        _item(product, draw.choice(product.sizes) if product.sizes else "", _quantity(draw, product))
        for product in chosen
    )


def _quantity(draw: random.Random, product: Product) -> int:
    return draw.choice((1, 1, 2)) if product.price < 100 else 1


def _item(product: Product, size: str = "", quantity: int = 1) -> OrderItem:
    sku = f"{product.sku}-{size.replace('–', '')}" if size else product.sku
    return OrderItem(sku, product.name, quantity, product.price, f"rozmiar {size}" if size else "")


def _product(sku: str) -> Product:
    return next(product for product in catalogue.PRODUCTS if product.sku == sku)


def _plan(
    draw: random.Random,
    customer_id: str,
    status: OrderStatus,
    age: int,
    delivery: Delivery,
    items: tuple[OrderItem, ...],
    payment: str,
) -> _Plan:
    """Complete a plan; draws the same number of times whatever the arguments' values."""
    point = draw.choice(delivery.points or ("",))
    digits = "".join(draw.choices("0123456789", k=24))[: delivery.parcel_digits]
    return _Plan(
        customer_id=customer_id,
        status=status,
        age=age,
        evening_before=draw.random() < 0.4 or age == 0,  # this morning may lie ahead still
        minute=draw.randrange(340),
        delivery=delivery,
        items=items,
        payment=payment,
        pickup_point=point,
        parcel_number=digits,
        travel=draw.randint(3, 5) if delivery.abroad else draw.randint(1, 2),
        dispatch_minute=draw.randrange(170),
        arrival_minute=draw.randrange(400),
        invoiced=draw.random() < 0.2,
    )


def _dated(plan: _Plan, serial: int, today: date) -> Order:
    dispatch = shift_working_days(today, -plan.age) if plan.age else next_working_day(today)
    placed_at = _placed_at(plan, dispatch, today)
    sent = plan.status not in _UNSENT and plan.delivery.parcel_digits > 0
    items_total = sum((item.unit_price * item.quantity for item in plan.items), Decimal(0))
    return Order(
        number=f"LS-{placed_at.astimezone(SHOP_ZONE).year}-{serial}",
        customer_id=plan.customer_id,
        status=plan.status,
        placed_at=placed_at,
        items=plan.items,
        total=items_total + _delivery_cost(plan, items_total),
        currency=catalogue.CURRENCY,
        payment_method=plan.payment,
        carrier=plan.delivery.carrier,
        parcel_number=plan.parcel_number if sent else "",
        pickup_point=plan.pickup_point,
        shipped_at=_moment(dispatch, 14 * 60 + plan.dispatch_minute) if sent else None,
        expected_on=_expected_on(plan, dispatch, today) if sent else None,
        delivered_at=_delivered_at(plan, dispatch, placed_at),
        invoice_number=_invoice_number(plan, serial, dispatch),
    )


def _placed_at(plan: _Plan, dispatch: date, today: date) -> datetime:
    if not plan.evening_before:
        return _moment(dispatch, 7 * 60 + plan.minute)  # by 13:00, so it leaves the same day
    day = today if plan.age == 0 else dispatch
    return _moment(day - timedelta(days=1), 17 * 60 + plan.minute)


def _expected_on(plan: _Plan, dispatch: date, today: date) -> date:
    if plan.status is OrderStatus.READY_FOR_PICKUP:
        return today
    slowest = 5 if plan.delivery.abroad else 2
    return shift_working_days(dispatch, slowest)


def _delivered_at(plan: _Plan, dispatch: date, placed_at: datetime) -> datetime | None:
    if plan.status not in _RECEIVED:
        return None
    if plan.delivery is catalogue.NO_DELIVERY:
        return placed_at + timedelta(minutes=2)
    # within office hours, which suits a courier and a visit in the shop alike
    return _moment(shift_working_days(dispatch, plan.travel), 9 * 60 + 30 + plan.arrival_minute)


def _delivery_cost(plan: _Plan, items_total: Decimal) -> Decimal:
    free = items_total >= catalogue.FREE_DELIVERY_FROM and not plan.delivery.abroad
    fee = catalogue.CASH_ON_DELIVERY_FEE if plan.payment == catalogue.CASH_ON_DELIVERY else Decimal(0)
    return (Decimal(0) if free else plan.delivery.price) + fee


def _invoice_number(plan: _Plan, serial: int, dispatch: date) -> str:
    if not plan.invoiced or plan.status in _UNSENT:
        return ""
    return f"FV/{dispatch:%Y/%m}/{serial}"


def _moment(day: date, minute: int) -> datetime:
    """Return the moment in UTC of a minute of the shop's day."""
    local = datetime.combine(day, time(minute // 60, minute % 60), SHOP_ZONE)
    return local.astimezone(UTC)
