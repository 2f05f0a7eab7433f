"""A shop's file of orders → customers and orders. Reads the file, stores nothing.

What is broken is named and left out; the rest is imported. An order is whole or left out: one that
lacks its broken row would show a customer the wrong goods.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from customer.batch import ImportBatch, ImportProblem
from customer.cells import (
    read_currency,
    read_day,
    read_email,
    read_moment,
    read_money,
    read_quantity,
    read_status,
    read_text,
)
from customer.columns import REQUIRED_ITEM_COLUMNS, REQUIRED_ORDER_COLUMNS
from customer.drafts import Draft, DraftItem, Drafts, drafts_from_csv, drafts_from_json
from customer.model import Customer, Order, OrderItem
from customer.number import order_key
from customer.shop_file import read_shop_file
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput
from foundation.language import Language

MAX_ID_CHARS = 200

_READERS = {".csv": drafts_from_csv, ".json": drafts_from_json}
_DEFAULT_CURRENCY = "PLN"


def read_orders(path: Path, *, default_language: Language = Language.PL) -> ImportBatch:
    """Return what a ``.csv`` or ``.json`` file of orders holds (``docs/orders.md`` tells the columns).

    Args:
        path: UTF-8, with or without a byte-order mark; at most `customer.shop_file.MAX_FILE_BYTES`.
        default_language: Of customers whose language the file does not tell.

    Raises:
        InvalidInput: There is no such file, it is neither format, or lacks required columns.
        TooLarge: It has more than `customer.shop_file.MAX_FILE_BYTES`.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InvalidInput(f"{path.name} is neither .csv nor .json: export the orders as one of them.")
    return _batch(reader(read_shop_file(path)), default_language)


def _batch(drafts: Drafts, default_language: Language) -> ImportBatch:
    people = _People(default_language)
    orders: dict[str, Order] = {}
    problems = list(drafts.problems)
    for record in drafts.customers:
        try:
            people.add(record.columns)
        except InvalidInput as error:
            problems.append(ImportProblem(record.place, f"{error.message} This customer is left out."))
    for draft in drafts.orders:
        if draft.broken:
            continue
        try:
            order = _order(draft)
            if order_key(order.number) in orders:
                raise InvalidInput(f"the number {order.number} has been used above.")
            people.add(draft.columns)
            orders[order_key(order.number)] = order
        except InvalidInput as error:
            place = error.place if isinstance(error, _BrokenItem) else draft.place
            number = draft.columns.get("order_number", "")[:80] or "without a number"
            problems.append(ImportProblem(place, f"{error.message} Order {number} is left out."))
    return ImportBatch(
        customers=tuple(people.customers.values()),
        orders=tuple(orders.values()),
        problems=tuple(sorted(problems, key=_position)),
        notes=tuple(drafts.notes),
        assumed_language=frozenset(people.customers.keys() - people.language_told),
    )


def _position(problem: ImportProblem) -> tuple[bool, list[int]]:
    """Order problems as the file is, customers before orders."""
    return problem.place.startswith("orders"), [int(digits) for digits in re.findall("[0-9]+", problem.place)]


class _BrokenItem(InvalidInput):
    """An item that cannot be read, with its place."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


class _People:
    """Records of customers, put together from all that names them."""

    def __init__(self, default_language: Language) -> None:
        self.default_language = default_language
        self.customers: dict[str, Customer] = {}
        self.language_told: set[str] = set()

    def add(self, columns: Mapping[str, str]) -> None:
        """Add what these columns tell; what they leave empty stays as it was."""
        identifier = _customer_id(columns)
        name = read_text(columns.get("customer_name", ""), "customer_name")
        email = read_email(columns.get("customer_email", ""))
        locale = columns.get("customer_language", "")
        known = self.customers.get(identifier)
        language = known.language if known else self.default_language
        if locale:
            self.language_told.add(identifier)
            # who is written to in a language that we do not speak rather reads English
            language = Language.from_locale(locale, Language.EN)
        self.customers[identifier] = Customer(
            identifier,
            name or (known.name if known else ""),
            email or (known.email if known else ""),
            language,
        )


def _customer_id(columns: Mapping[str, str]) -> str:
    identifier = read_text(columns.get("customer_id", ""), "customer_id")
    if not 0 < len(identifier) <= MAX_ID_CHARS:
        raise InvalidInput(f"customer_id must have 1 to {MAX_ID_CHARS} characters.")
    return identifier


def _order(draft: Draft) -> Order:
    columns = draft.columns
    _require(columns, REQUIRED_ORDER_COLUMNS)
    if not draft.items:
        raise InvalidInput("the order has no items.")
    number = read_text(columns["order_number"], "order_number")
    if not order_key(number):
        raise InvalidInput(f"order_number “{number[:80]}” is no number of an order.")
    order = Order(
        number=number,
        customer_id=_customer_id(columns),
        status=read_status(columns["status"]),
        placed_at=read_moment(columns["placed_at"], "placed_at"),
        items=tuple(_item(item) for item in draft.items),
        total=read_money(columns["total"], "total"),
        currency=read_currency(columns.get("currency") or _DEFAULT_CURRENCY),
        payment_method=_plain(columns, "payment_method"),
        carrier=_plain(columns, "carrier"),
        parcel_number=_plain(columns, "parcel_number"),
        pickup_point=_plain(columns, "pickup_point"),
        shipped_at=_moment_or_none(columns, "shipped_at"),
        expected_on=read_day(columns["expected_on"], "expected_on") if columns.get("expected_on") else None,
        delivered_at=_moment_or_none(columns, "delivered_at"),
        invoice_number=_plain(columns, "invoice_number"),
    )
    _check_sequence(order)
    return order


def _item(item: DraftItem) -> OrderItem:
    columns = item.columns
    try:
        _require(columns, REQUIRED_ITEM_COLUMNS)
        return OrderItem(
            sku=_plain(columns, "sku"),
            name=read_text(columns["item_name"], "item_name"),
            quantity=read_quantity(columns["quantity"]),
            unit_price=read_money(columns["unit_price"], "unit_price"),
            variant=_plain(columns, "variant"),
        )
    except InvalidInput as error:
        raise _BrokenItem(item.place, error.message) from error


def _require(columns: Mapping[str, str], names: tuple[str, ...]) -> None:
    if missing := [name for name in names if not columns.get(name)]:
        raise InvalidInput(f"{', '.join(missing)} must not be empty.")


def _plain(columns: Mapping[str, str], name: str) -> str:
    return read_text(columns.get(name, ""), name)


def _moment_or_none(columns: Mapping[str, str], name: str) -> datetime | None:
    return read_moment(columns[name], name) if columns.get(name) else None


def _check_sequence(order: Order) -> None:
    """Refuse what cannot have happened: deadlines are counted from these days.

    Days are compared, not moments, since a file may tell one with a time and another without.
    """
    happened = [
        (name, moment.astimezone(SHOP_ZONE).date())
        for name, moment in (
            ("placed_at", order.placed_at),
            ("shipped_at", order.shipped_at),
            ("delivered_at", order.delivered_at),
        )
        if moment is not None
    ]
    for (earlier, first), (later, second) in pairwise(happened):
        if second < first:
            raise InvalidInput(f"{later} ({second}) is before {earlier} ({first}).")
