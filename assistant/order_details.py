"""Parts of an order in words: its goods, courier, price… Polish and English. Pure.

A part that the record does not have is said to be missing, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from assistant import phrases
from assistant.evidence import Evidence
from assistant.order_amounts import day_words, money
from assistant.order_aspects import Aspect
from assistant.phrases import Phrase
from assistant.writer import DraftSentence
from customer.model import Order, OrderItem, OrderStatus
from foundation.clock import SHOP_ZONE
from foundation.language import Language

PL, EN = Language.PL, Language.EN


def tell_parts(
    told: Sequence[tuple[Evidence, Order]],
    aspects: frozenset[Aspect],
    named: Callable[[OrderItem], bool],
    language: Language,
    today: date,
) -> list[DraftSentence]:
    """Return sentences that tell the parts asked about, an order after the other.

    Args:
        told: The orders, each with its evidence.
        aspects: What is asked about; not empty.
        named: Whether the question names this item: then its own price and variant are told.
        language: Of the answer.
        today: In the shop's zone.
    """
    sentences: list[DraftSentence] = []
    missing = False
    for source, order in told:
        for aspect in Aspect:
            if aspect not in aspects:
                continue
            said = _TELL[aspect](order, [i for i in order.items if named(i)], language, today)
            missing = missing or not said
            opening = "\n" if sentences and said and len(told) > 1 else ""
            sentences += [
                DraftSentence(f"{opening if n == 0 else ''}{line}", (source.id,))
                for n, line in enumerate(said)
            ]
    if missing:
        sentences += [DraftSentence(s) for s in phrases.say(Phrase.NOT_IN_RECORD, language)]
    return sentences


def _items(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if not order.items:
        return []
    goods = ", ".join(_item(item) for item in order.items)
    return [f"Zamówienie {order.number}: {goods}." if language is PL else f"Order {order.number}: {goods}."]


def _variant(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    items = [i for i in (named or order.items) if i.variant]
    goods = ", ".join(f"{i.name} – {i.variant}" for i in items)
    if not items:
        return []
    return [f"Zamówienie {order.number}: {goods}." if language is PL else f"Order {order.number}: {goods}."]


def _price(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if named and len(named) < len(order.items):
        each = [f"{i.quantity} × {i.name}: {money(i.unit_price, order.currency, language)}" for i in named]
        goods = ", ".join(each)
        if all(i.quantity == 1 for i in named):
            goods = ", ".join(f"{i.name}: {money(i.unit_price, order.currency, language)}" for i in named)
        return [f"{goods}."]
    total = money(order.total, order.currency, language)
    if language is PL:
        return [f"Kwota zamówienia {order.number}: {total}."]
    return [f"The total of order {order.number} is {total}."]


def _carrier(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if not order.carrier:
        return []
    name = "Przewoźnik zamówienia" if language is PL else "Courier of order"
    return [f"{name} {order.number}: {order.carrier}."]


def _parcel(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if not order.parcel_number:
        return []
    where = f" ({order.carrier})" if order.carrier else ""
    name = "Numer przesyłki zamówienia" if language is PL else "Parcel number of order"
    return [f"{name} {order.number}: {order.parcel_number}{where}."]


def _pickup(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if not order.pickup_point:
        return []
    name = "Punkt odbioru zamówienia" if language is PL else "Pickup point of order"
    return [f"{name} {order.number}: {order.pickup_point}."]


def _payment(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    method = order.payment_method
    waiting = order.status is OrderStatus.AWAITING_PAYMENT
    if language is PL:
        told = [f"Zamówienie {order.number} czeka na płatność."] if waiting else []
        return told + ([f"Metoda płatności zamówienia {order.number}: {method}."] if method else [])
    told = [f"Order {order.number} is waiting for payment."] if waiting else []
    return told + ([f"Payment method of order {order.number}: {method}."] if method else [])


def _invoice(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
    if not order.invoice_number:
        return []
    name = "Numer faktury do zamówienia" if language is PL else "Invoice number of order"
    return [f"{name} {order.number}: {order.invoice_number}."]


def _dated(
    moment: Callable[[Order], datetime | None], polish: str, english: str
) -> Callable[[Order, Sequence[OrderItem], Language, date], list[str]]:
    def tell(order: Order, named: Sequence[OrderItem], language: Language, today: date) -> list[str]:
        at = moment(order)
        if at is None:
            return []
        day = day_words(at.astimezone(SHOP_ZONE).date(), language, today)
        return [(polish if language is PL else english).format(number=order.number, day=day)]

    return tell


_TELL: Mapping[Aspect, Callable[[Order, Sequence[OrderItem], Language, date], list[str]]] = {
    Aspect.ITEMS: _items,
    Aspect.VARIANT: _variant,
    Aspect.PRICE: _price,
    Aspect.CARRIER: _carrier,
    Aspect.PARCEL: _parcel,
    Aspect.PICKUP: _pickup,
    Aspect.PAYMENT: _payment,
    Aspect.INVOICE: _invoice,
    Aspect.PLACED: _dated(
        lambda o: o.placed_at,
        "Data złożenia zamówienia {number}: {day}.",
        "Order {number} was placed on {day}.",
    ),
    Aspect.SHIPPED: _dated(
        lambda o: o.shipped_at,
        "Paczka z zamówienia {number} została wysłana {day}.",
        "Order {number} was shipped on {day}.",
    ),
    Aspect.DELIVERED: _dated(
        lambda o: o.delivered_at,
        "Paczka z zamówienia {number} została dostarczona {day}.",
        "Order {number} was delivered on {day}.",
    ),
}


def _item(item: OrderItem) -> str:
    count = f"{item.quantity} × " if item.quantity != 1 else ""
    return f"{count}{item.name}" + (f" ({item.variant})" if item.variant else "")
