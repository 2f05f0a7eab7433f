"""A retail shop's records in the form of tau2-bench → customers and orders of ours.

Source of the form: sierra-research/tau2-bench, domain retail (MIT): ``orders.json`` and ``users.json`` by id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from customer.batch import ImportBatch
from customer.model import Customer, Order, OrderItem, OrderStatus
from foundation.errors import InvalidInput
from foundation.language import Language

STATUSES: Mapping[str, OrderStatus] = {
    "pending": OrderStatus.PAID,
    "processed": OrderStatus.PACKING,
    "delivered": OrderStatus.DELIVERED,
    "cancelled": OrderStatus.CANCELLED,
}
"""There, every order is paid when it is placed; a processed one can be changed no more."""

PLACED = datetime(2026, 1, 1, tzinfo=UTC)
"""The records tell no dates."""


def load_records(folder: Path) -> ImportBatch:
    """Read ``orders.json`` and ``users.json`` of a folder.

    Raises:
        InvalidInput: A file is missing, is no JSON object, or a record lacks what an order needs.
    """
    users, orders = _objects(folder / "users.json"), _objects(folder / "orders.json")
    try:
        return ImportBatch(
            customers=tuple(_customer(user) for user in users.values()),
            orders=tuple(_order(order) for order in orders.values()),
        )
    except (KeyError, TypeError, ArithmeticError) as error:
        raise InvalidInput(f"A record in {folder} lacks a field or has a wrong one: {error}") from error


def status_of(theirs: str) -> OrderStatus:
    """Return our status for one of theirs; what they put behind it in brackets does not count.

    Raises:
        InvalidInput: It is none of theirs.
    """
    found = STATUSES.get(theirs.partition("(")[0].strip())
    if found is None:
        raise InvalidInput(f"{theirs!r} is no status of these records: {', '.join(STATUSES)}.")
    return found


def _objects(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidInput(f"{path} is not a JSON object of records by id.")
    return found


def _customer(user: Mapping[str, Any]) -> Customer:
    name = f"{user['name']['first_name']} {user['name']['last_name']}"
    return Customer(user["user_id"], name, user["email"], Language.EN)


def _order(order: Mapping[str, Any]) -> Order:
    items = tuple(
        OrderItem(
            str(item["item_id"]),
            item["name"],
            1,
            Decimal(str(item["price"])),
            ", ".join(map(str, item.get("options", {}).values())),
        )
        for item in order["items"]
    )
    parcels = [number for sent in order.get("fulfillments", []) for number in sent.get("tracking_id", [])]
    return Order(
        number=order["order_id"],
        customer_id=order["user_id"],
        status=status_of(order["status"]),
        placed_at=PLACED,
        items=items,
        total=sum((item.unit_price for item in items), Decimal(0)),
        currency="USD",
        parcel_number=parcels[0] if parcels else "",
    )
