"""Orders in words, Polish and English: dates, statuses, one order and several. Pure.

Only what the record says is said: a status is told, never explained further than the record goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assistant import phrases
from assistant.evidence import Evidence
from assistant.order_amounts import day_words, money
from assistant.order_aspects import aspects_of
from assistant.order_choice import OPEN, names_item
from assistant.order_details import tell_parts
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.writer import DraftSentence
from customer.model import Order, OrderStanding, OrderStatus
from foundation.clock import SHOP_ZONE
from foundation.language import Language
from foundation.style import Style

PL, EN = Language.PL, Language.EN

_ON_WEEKDAY_PL = (
    "w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"
)  # fmt: skip
_FOR_WEEKDAY_PL = (
    "na poniedziałek", "na wtorek", "na środę", "na czwartek", "na piątek", "na sobotę", "na niedzielę"
)  # fmt: skip
_WEEKDAY_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OPENINGS = {2: Phrase.TWO_OPEN, 3: Phrase.THREE_OPEN}

_STATUS = {
    OrderStatus.AWAITING_PAYMENT: {PL: "czeka na płatność", EN: "is waiting for payment"},
    OrderStatus.PAID: {PL: "jest opłacone i czeka na spakowanie", EN: "is paid and waiting to be packed"},
    OrderStatus.PACKING: {PL: "jest właśnie pakowane", EN: "is being packed"},
    OrderStatus.SHIPPED: {PL: "paczka jest w drodze", EN: "the parcel is on its way"},
    OrderStatus.READY_FOR_PICKUP: {PL: "paczka czeka na odbiór", EN: "the parcel is ready to be collected"},
    OrderStatus.DELIVERED: {PL: "paczka została dostarczona", EN: "the parcel has been delivered"},
    OrderStatus.CANCELLED: {PL: "zostało anulowane", EN: "is cancelled"},
    OrderStatus.RETURNED: {PL: "zostało zwrócone do sklepu", EN: "has been returned to the shop"},
    OrderStatus.REFUNDED: {PL: "pieniądze zostały zwrócone", EN: "the money has been refunded"},
}
_ABOUT_PARCEL = frozenset(
    {OrderStatus.SHIPPED, OrderStatus.READY_FOR_PICKUP, OrderStatus.DELIVERED, OrderStatus.REFUNDED}
)
"""Statuses whose words have a subject of their own, so that a colon stands before them in Polish."""


def tell(
    evidence: Sequence[Evidence],
    language: Language,
    now: datetime,
    question: str = "",
    style: Style = Style.INFORMAL,
) -> list[DraftSentence]:
    """Return sentences that tell how orders stand, or of them what the question asks about.

    None when there is no order among `evidence`.
    """
    standings = [(e, e.standing) for e in evidence if e.standing is not None]
    if standings:
        return [
            DraftSentence(_standing(standing, language, first=n == 0), (source.id,))
            for n, (source, standing) in enumerate(standings)
        ]
    told = [(e, e.order) for e in evidence if e.order is not None]
    today = now.astimezone(SHOP_ZONE).date()
    aspects = aspects_of(simplify(question))
    if told and aspects:
        parts = tell_parts(told, aspects, lambda item: names_item(question, item), language, today)
        if any(sentence.evidence for sentence in parts):
            return parts
    if len(told) == 1:
        source, order = told[0]
        return _one(order, source.id, language, today)
    if not told:
        return []
    waiting = all(order.status in OPEN for _, order in told)
    opening = _OPENINGS.get(len(told), Phrase.NEWEST_OPEN) if waiting else Phrase.THESE_ORDERS
    lines = [DraftSentence(s) for s in phrases.say(opening, language, style)]
    for source, order in told:
        day = "" if order.status is not OrderStatus.SHIPPED else _expectation(order, language, today)
        line = "\n- " + _line(order, language, today) + (f"; {day}" if day else "") + "."
        lines.append(DraftSentence(line, (source.id,)))
    return lines


def _one(order: Order, source: str, language: Language, today: date) -> list[DraftSentence]:
    told = [DraftSentence(_line(order, language, today) + ".", (source,))]
    expected = _expectation(order, language, today)
    if expected:
        told.append(DraftSentence(expected[0].upper() + expected[1:] + ".", (source,)))
        if order.expected_on is not None and order.expected_on < today:
            told += [DraftSentence(s) for s in phrases.say(Phrase.LATE_PARCEL, language)]
    return told


def status_words(status: OrderStatus, language: Language) -> str:
    """Return a status as it is said of an order."""
    return _STATUS[status][language]


def _standing(standing: OrderStanding, language: Language, *, first: bool) -> str:
    colon = ":" if standing.status in _ABOUT_PARCEL else ""
    name = "Zamówienie" if language is PL else "Order"
    opening = "" if first else "\n"
    return f"{opening}{name} {standing.number}{colon} {_STATUS[standing.status][language]}."


def _line(order: Order, language: Language, today: date) -> str:
    placed = day_words(order.placed_at.astimezone(SHOP_ZONE).date(), language, today)
    goods = f" ({_goods(order, language)})" if order.items else ""
    details = _details(order, language, today)
    colon = ":" if order.status in _ABOUT_PARCEL else ""
    status = _STATUS[order.status][language]
    if language is PL:
        return f"Zamówienie {order.number} z {placed}{goods}{colon} {status}{details}"
    return f"Order {order.number} from {placed}{goods}{colon} {status}{details}"


def _details(order: Order, language: Language, today: date) -> str:
    polish = language is PL
    if order.status is OrderStatus.AWAITING_PAYMENT:
        method = f", {order.payment_method}" if order.payment_method else ""
        return f" ({money(order.total, order.currency, language)}{method})"
    if order.status is OrderStatus.DELIVERED and order.delivered_at is not None:
        day = order.delivered_at.astimezone(SHOP_ZONE).date()
        on = _ON_WEEKDAY_PL[day.weekday()] if polish else f"on {_WEEKDAY_EN[day.weekday()]}"
        return f" {on} {day_words(day, language, today)}"
    if order.status not in (OrderStatus.SHIPPED, OrderStatus.READY_FOR_PICKUP):
        return ""
    where = [order.carrier] if order.carrier else []
    if order.pickup_point:
        where.append(order.pickup_point)
    if order.parcel_number:
        where.append(f"{'numer przesyłki' if polish else 'parcel number'} {order.parcel_number}")
    return f" ({', '.join(where)})" if where else ""


def _expectation(order: Order, language: Language, today: date) -> str:
    day = order.expected_on
    if day is None or order.status not in (OrderStatus.PAID, OrderStatus.PACKING, OrderStatus.SHIPPED):
        return ""
    on = day_words(day, language, today)
    if language is PL:
        planned = "dostawa była przewidziana" if day < today else "dostawa jest przewidziana"
        return f"{planned} {_FOR_WEEKDAY_PL[day.weekday()]} {on}"
    planned = "delivery was expected on" if day < today else "delivery is expected on"
    return f"{planned} {_WEEKDAY_EN[day.weekday()]} {on}"


def _goods(order: Order, language: Language) -> str:
    first = order.items[0].name
    if len(order.items) == 1:
        return first
    return f"{first} i inne" if language is PL else f"{first} and more"
