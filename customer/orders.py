"""Customers and orders in SQL: the `OrderSource` of a shop that imports its orders.

Every question about an order names its customer, and the customer stands in the same WHERE as the
number: there is no way to ask for "the order 10457" of whoever owns it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.batch import ImportBatch, Saved
from customer.model import Customer, Order, OrderItem, OrderStatus
from customer.number import order_key
from customer.tables import customers, order_items, orders
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.language import Language

_KEYS_PER_QUERY = 500  # well under every database's limit on bound values

T = TypeVar("T")


class SqlOrders:
    """Customers and orders in the one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def customer(self, customer_id: str) -> Customer | None:
        """Return the customer's record, or None."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(customers).where(customers.c.id == customer_id))
            row = found.mappings().one_or_none()
        return None if row is None else _customer(row)

    async def orders_of(self, customer_id: str) -> Sequence[Order]:
        """Return this customer's orders, newest first; empty when there are none."""
        async with self._database.reading() as connection:
            found = await _load(connection, orders.c.customer_id == customer_id)
        return sorted(found, key=lambda order: (order.placed_at, order.number), reverse=True)

    async def order(self, customer_id: str, number: str) -> Order | None:
        """Return this customer's order of that number; None if there is none *or it is another's*.

        Numbers are compared by `order_key`: without case, spaces, dashes and a leading ``#``.
        """
        key = order_key(number)
        if not key:
            return None
        own = (orders.c.customer_id == customer_id) & (orders.c.key == key)
        async with self._database.reading() as connection:
            found = await _load(connection, own)
        return found[0] if found else None

    async def count(self) -> int:
        """Return how many orders are stored."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(orders))).scalar_one()

    @staticmethod
    async def records(connection: AsyncConnection, customer_id: str, email: str) -> list[Customer]:
        """Return the records of an id or of an e-mail address, in the caller's transaction."""
        by_email = (func.lower(customers.c.email) == email.lower()) & (customers.c.email != "")
        whose = (customers.c.id == customer_id) | by_email
        found = await connection.execute(select(customers).where(whose).order_by(customers.c.id))
        return [_customer(row) for row in found.mappings()]

    @staticmethod
    async def erase_customer(connection: AsyncConnection, customer_id: str) -> int:
        """Delete a customer's record and orders in the caller's transaction; return how many orders."""
        own = orders.c.customer_id == customer_id
        keys = select(orders.c.key).where(own)
        await connection.execute(delete(order_items).where(order_items.c.order_key.in_(keys)))
        done = await connection.execute(delete(orders).where(own))
        await connection.execute(delete(customers).where(customers.c.id == customer_id))
        return done.rowcount

    async def save(self, batch: ImportBatch, *, complete: bool = False) -> Saved:
        """Insert what is new, update what differs, leave the rest alone; saving twice changes nothing.

        An empty name or e-mail, and a language that was only assumed, never overwrite a known one.

        Args:
            batch: What to save.
            complete: The batch holds *all* orders of its customers: others of theirs are removed.

        Raises:
            InvalidInput: Two orders have one number, or an order's customer is neither in the batch
                nor stored.
        """
        by_key = _by_key(batch.orders)
        async with self._database.transaction(alone="orders") as connection:
            changed_customers = await _save_customers(connection, batch)
            await _require_customers(connection, batch)
            stored = await _stored(connection, by_key)
            new = {key: order for key, order in by_key.items() if key not in stored}
            differing = {
                key: order for key, order in by_key.items() if key in stored and stored[key] != order
            }
            await _write(connection, new, differing)
            removed = await _remove_others(connection, batch, by_key) if complete else 0
        changed = len(new) + len(differing)
        return Saved(changed_customers, changed, len(by_key) - changed, removed)


def _by_key(batch_orders: Sequence[Order]) -> dict[str, Order]:
    by_key: dict[str, Order] = {}
    for order in batch_orders:
        key = order_key(order.number)
        if not key:
            raise InvalidInput(f"“{order.number[:80]}” cannot be an order number: give it letters or digits.")
        if key in by_key:
            raise InvalidInput(f"The order number {order.number} comes twice: keep one of the two orders.")
        by_key[key] = order
    return by_key


async def _save_customers(connection: AsyncConnection, batch: ImportBatch) -> int:
    given = {customer.id: customer for customer in batch.customers}
    stored: dict[str, Customer] = {}
    for ids in _chunks(given):
        found = await connection.execute(select(customers).where(customers.c.id.in_(ids)))
        stored |= {row["id"]: _customer(row) for row in found.mappings()}
    new = [customer for customer in given.values() if customer.id not in stored]
    if new:
        await connection.execute(insert(customers), [_customer_row(customer) for customer in new])
    merged = [_merge(known, given[known.id], batch.assumed_language) for known in stored.values()]
    differing = [customer for customer in merged if customer != stored[customer.id]]
    for customer in differing:
        row = update(customers).where(customers.c.id == customer.id)
        await connection.execute(row.values(_customer_row(customer)))
    return len(new) + len(differing)


def _merge(known: Customer, given: Customer, assumed_language: frozenset[str]) -> Customer:
    return Customer(
        id=known.id,
        name=given.name or known.name,
        email=given.email or known.email,
        language=known.language if given.id in assumed_language else given.language,
    )


async def _require_customers(connection: AsyncConnection, batch: ImportBatch) -> None:
    missing = {order.customer_id for order in batch.orders} - {customer.id for customer in batch.customers}
    for ids in _chunks(missing):
        found = await connection.execute(select(customers.c.id).where(customers.c.id.in_(ids)))
        missing = missing - set(found.scalars())
    if missing:
        raise InvalidInput(f"No record of the customer {min(missing)}: import customers with their orders.")


async def _stored(connection: AsyncConnection, keys: Iterable[str]) -> dict[str, Order]:
    stored: dict[str, Order] = {}
    for chunk in _chunks(keys):
        for order in await _load(connection, orders.c.key.in_(chunk)):
            stored[order_key(order.number)] = order
    return stored


async def _write(
    connection: AsyncConnection, new: Mapping[str, Order], differing: Mapping[str, Order]
) -> None:
    if new:
        await connection.execute(insert(orders), [_order_row(key, order) for key, order in new.items()])
    for key, order in differing.items():
        await connection.execute(update(orders).where(orders.c.key == key).values(_order_row(key, order)))
        await connection.execute(delete(order_items).where(order_items.c.order_key == key))
    rows = [row for key, order in {**new, **differing}.items() for row in _item_rows(key, order)]
    if rows:
        await connection.execute(insert(order_items), rows)


async def _remove_others(connection: AsyncConnection, batch: ImportBatch, keep: Mapping[str, Order]) -> int:
    stale: list[str] = []
    for ids in _chunks({customer.id for customer in batch.customers}):
        found = await connection.execute(select(orders.c.key).where(orders.c.customer_id.in_(ids)))
        stale += [key for key in found.scalars() if key not in keep]
    for keys in _chunks(stale):
        await connection.execute(delete(order_items).where(order_items.c.order_key.in_(keys)))
        await connection.execute(delete(orders).where(orders.c.key.in_(keys)))
    return len(stale)


async def _load(connection: AsyncConnection, condition: ColumnElement[bool]) -> list[Order]:
    rows = (await connection.execute(select(orders).where(condition))).mappings().all()
    if not rows:
        return []
    keys = select(orders.c.key).where(condition)
    found = await connection.execute(
        select(order_items)
        .where(order_items.c.order_key.in_(keys))
        .order_by(order_items.c.order_key, order_items.c.position)
    )
    items: defaultdict[str, list[OrderItem]] = defaultdict(list)
    for item in found.mappings():
        items[item["order_key"]].append(_item(item))
    return [_order(row, items[row["key"]]) for row in rows]


def _customer(row: RowMapping) -> Customer:
    return Customer(row["id"], row["name"], row["email"], Language(row["language"]))


def _customer_row(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "name": customer.name,
        "email": customer.email,
        "language": customer.language.value,
    }


# Columns that hold a field of an order as it is, under the field's name.
_PLAIN_COLUMNS = tuple(field.name for field in fields(Order) if field.name not in ("status", "items"))
_ITEM_COLUMNS = ("sku", "name", "variant", "quantity", "unit_price")


def _order(row: RowMapping, items: Iterable[OrderItem]) -> Order:
    plain = {name: row[name] for name in _PLAIN_COLUMNS}
    return Order(status=OrderStatus(row["status"]), items=tuple(items), **plain)


def _order_row(key: str, order: Order) -> dict[str, Any]:
    plain = {name: getattr(order, name) for name in _PLAIN_COLUMNS}
    return {"key": key, "status": order.status.value, **plain}


def _item(row: RowMapping) -> OrderItem:
    return OrderItem(**{name: row[name] for name in _ITEM_COLUMNS})


def _item_rows(key: str, order: Order) -> list[dict[str, Any]]:
    return [
        {"order_key": key, "position": position, **{name: getattr(item, name) for name in _ITEM_COLUMNS}}
        for position, item in enumerate(order.items)
    ]


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    everything = list(values)
    for start in range(0, len(everything), _KEYS_PER_QUERY):
        yield everything[start : start + _KEYS_PER_QUERY]
