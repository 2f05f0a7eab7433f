"""Which of a customer's orders a question is about. Pure but for the port that it asks.

Every order comes from the customer that the session proved. Another customer's number finds the same as a
number that does not exist: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.goods import groups_of
from assistant.plain import simplify
from assistant.understanding import Understanding
from customer.model import Order, OrderItem, OrderSource, OrderStatus
from customer.number import order_key
from foundation.language import Language
from knowledge.analysis.text import is_stopword, stem

OPEN = frozenset(
    {
        OrderStatus.AWAITING_PAYMENT,
        OrderStatus.PAID,
        OrderStatus.PACKING,
        OrderStatus.SHIPPED,
        OrderStatus.READY_FOR_PICKUP,
    }
)
"""Statuses of an order that a customer still waits for."""

GIVEN_BACK = frozenset({OrderStatus.RETURNED, OrderStatus.REFUNDED})

MAX_ORDERS = 4
"""More than these are not told in one answer; the newest go first."""

_BOTH = re.compile(r"\b(?:oba|obu|obydwa|obydwie|obydwu|obie|dwa (?:ostatnie|zamowienia)|both|two orders)\b")
_ALL = re.compile(r"\b(?:wszystki\w+|all) (?:of )?(?:\w+ )?(?:zamowieni\w*|paczk\w*|orders|parcels)\b")
_LAST = re.compile(r"\b(?:ostatni\w*|najnowsz\w+|last|latest|newest|most recent)\b")
"""Which of several is meant. Read on `simplify`'s text."""

_MIN_KEY = 3
"""A shorter number stands in too many texts by chance."""

_MIN_ENDING = 4
"""So many last digits of an order number are enough for the customer's own orders."""


class Found(StrEnum):
    """How the search ended."""

    ORDERS = "orders"
    NO_ORDERS = "no_orders"
    NO_SUCH_NUMBER = "no_such_number"
    NO_SUCH_ITEM = "no_such_item"


@dataclass(frozen=True, slots=True)
class Choice:
    """The orders to tell of, newest first; empty unless `found` is `Found.ORDERS`.

    Attributes:
        by_item: Chosen by goods that the question names.
    """

    found: Found
    orders: tuple[Order, ...] = ()
    by_item: bool = False

    @property
    def any_open(self) -> bool:
        """Whether one of them is still waited for."""
        return any(order.status in OPEN for order in self.orders)

    @property
    def any_given_back(self) -> bool:
        """Whether one of them came back or was refunded."""
        return any(order.status in GIVEN_BACK for order in self.orders)


async def choose(heard: Understanding, customer_id: str, source: OrderSource) -> Choice:
    """Choose by number, else by an item that is named, else what is still open, else the newest."""
    orders = sorted(await source.orders_of(customer_id), key=lambda order: order.placed_at, reverse=True)
    spelt = [order for order in orders if _is_spelt_in(heard.text, order.number)]
    if spelt:
        return Choice(Found.ORDERS, tuple(spelt[:MAX_ORDERS]))
    if heard.order_numbers:
        return await _by_number(heard.order_numbers, orders, customer_id, source)
    if not orders:
        return Choice(Found.NO_ORDERS)
    if heard.about_refund:
        given_back = [order for order in orders if order.status in GIVEN_BACK]
        if given_back:
            return Choice(Found.ORDERS, tuple(given_back[:1]))
    plain = simplify(heard.text)
    if _BOTH.search(plain):
        return Choice(Found.ORDERS, tuple(_open_first(orders)[:2]))
    if _ALL.search(plain):
        return Choice(Found.ORDERS, tuple(orders[:MAX_ORDERS]))
    named = _by_item(heard.question, orders)
    if named is not None:
        return (
            Choice(Found.ORDERS, tuple(_open_first(named)[:1]), by_item=True)
            if named
            else Choice(Found.NO_SUCH_ITEM)
        )
    if _LAST.search(plain) or not heard.about_status:
        return Choice(Found.ORDERS, tuple(orders[:1]))
    still_open = [order for order in orders if order.status in OPEN]
    return Choice(Found.ORDERS, tuple(still_open[:MAX_ORDERS] or orders[:1]))


async def _by_number(
    numbers: Sequence[str], orders: Sequence[Order], customer_id: str, source: OrderSource
) -> Choice:
    chosen: dict[str, Order] = {}
    for number in numbers:
        wanted = order_key(number)
        order = next((o for o in orders if wanted in (order_key(o.number), order_key(o.parcel_number))), None)
        if order is None:
            order = await source.order(customer_id, number)
        if order is None and wanted.isdigit() and len(wanted) >= _MIN_ENDING:
            endings = [o for o in orders if order_key(o.number).endswith(wanted)]
            order = endings[0] if len(endings) == 1 else None
        if order is not None:
            chosen.setdefault(order.number, order)
    if not chosen:
        return Choice(Found.NO_SUCH_NUMBER)
    return Choice(Found.ORDERS, tuple(list(chosen.values())[:MAX_ORDERS]))


def _is_spelt_in(text: str, number: str) -> bool:
    """Return whether an order number stands in a text, however its parts are spaced."""
    key = order_key(number)
    if len(key) < _MIN_KEY or not any(c.isdigit() for c in key):
        return False
    spaced = r"[\W_]{0,2}".join(map(re.escape, key))
    return re.search(rf"(?<![^\W_]){spaced}(?![^\W_])", text.casefold()) is not None


def names_item(question: str, item: OrderItem) -> bool:
    """Return whether a question names an item, by its name or by what kind of goods it is."""
    words = simplify(question).split()
    keys = _keys(words) | {f"goods:{n}" for n in groups_of(words, wider=True)}
    return bool(keys & _keys(simplify(item.name).split()))


def _by_item(question: str, orders: Sequence[Order]) -> list[Order] | None:
    """Return the orders with an item that the question names; None if it names no goods at all."""
    words = simplify(question).split()
    goods = groups_of(words, wider=True)
    keys = _keys(words) | {f"goods:{n}" for n in goods}
    by_name = [order for order in orders if keys & _item_keys(order)]
    if by_name:
        return by_name
    return [] if goods else None


def _item_keys(order: Order) -> frozenset[str]:
    return _keys(simplify(" ".join(item.name for item in order.items)).split())


def _keys(words: Sequence[str]) -> frozenset[str]:
    """Return what two words must share to name the same goods: a group of goods, or a stem."""
    keys = {f"goods:{n}" for n in groups_of(words, wider=False)}
    for word in words:
        if len(word) >= 4 and not any(is_stopword(word, language) for language in Language):
            keys |= {f"{language}:{stem(word, language)}" for language in Language}
    return frozenset(keys)


def _open_first(orders: Sequence[Order]) -> list[Order]:
    return sorted(orders, key=lambda order: order.status not in OPEN)
