"""The catalogue in SQL, and which products are bought together, counted over the order records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update

from customer.model import OrderStatus
from customer.product import Product, Together
from customer.product_tables import product_pairs, products
from customer.tables import order_items, orders
from foundation.database import Database
from foundation.errors import InvalidInput

MIN_TOGETHER = 3
"""Fewer customers who bought both say nothing, and might tell of one of them."""

MAX_BASKET = 60
"""An order of more products is a wholesaler's: it says nothing of what goes together."""

_BOUGHT = [s.value for s in OrderStatus if s not in (OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELLED)]


class SqlProducts:
    """The catalogue in the one database; the `ProductSource` of a shop that imports its products."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Sequence[Product]:
        """Return the whole catalogue, by name."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(products).order_by(products.c.name, products.c.sku))
            return [_product(row) for row in found.mappings()]

    async def bought_with(self, skus: Collection[str]) -> Sequence[Together]:
        """Return what was bought with these products, the most often first; rare pairs are not told."""
        wanted = sorted(skus)[:500]  # well under every database's limit on bound values
        pairs = select(product_pairs).where(product_pairs.c.sku.in_(wanted))
        async with self._database.reading() as connection:
            found = await connection.execute(
                pairs.order_by(product_pairs.c.orders.desc(), product_pairs.c.other, product_pairs.c.sku)
            )
            return [Together(row["sku"], row["other"], row["orders"]) for row in found.mappings()]

    async def save(self, given: Iterable[Product], *, complete: bool = False) -> tuple[int, int]:
        """Insert what is new, update what differs; saving twice changes nothing.

        Args:
            given: The products.
            complete: They are the whole catalogue: others are removed.

        Returns:
            How many are new or differ, and how many were stored exactly so.

        Raises:
            InvalidInput: Two products have one sku.
        """
        by_sku: dict[str, Product] = {}
        for product in given:
            if product.sku in by_sku:
                raise InvalidInput(f"The sku {product.sku} comes twice: keep one of the two products.")
            by_sku[product.sku] = product
        async with self._database.transaction(alone="products") as connection:
            found = await connection.execute(select(products))
            stored = {row["sku"]: _product(row) for row in found.mappings()}
            new = [_row(product) for sku, product in by_sku.items() if sku not in stored]
            differing = [p for sku, p in by_sku.items() if sku in stored and stored[sku] != p]
            if new:
                await connection.execute(insert(products), new)
            for product in differing:
                await connection.execute(
                    update(products).where(products.c.sku == product.sku).values(_row(product))
                )
            if complete:
                for sku in stored.keys() - by_sku.keys():
                    await connection.execute(delete(products).where(products.c.sku == sku))
        changed = len(new) + len(differing)
        return changed, len(by_sku) - changed

    async def count_together(self) -> int:
        """Count over all order records what is bought together; return how many pairs are kept.

        Called after each import. Unpaid and cancelled orders do not count.
        """
        known = _Known(await self.all())
        bought = (
            select(order_items.c.order_key, orders.c.customer_id, order_items.c.sku, order_items.c.name)
            .join(orders, orders.c.key == order_items.c.order_key)
            .where(orders.c.status.in_(_BOUGHT))
        )
        baskets: dict[tuple[str, str], set[str]] = defaultdict(set)
        async with self._database.reading() as connection:
            for key, customer_id, sku, name in await connection.execute(bought):
                if (found := known.sku_of(sku, name)) is not None:
                    baskets[key, customer_id].add(found)
        counts = _counted(baskets)
        async with self._database.transaction(alone="products") as connection:
            await connection.execute(delete(product_pairs))
            rows = [{"sku": a, "other": b, "orders": count} for (a, b), count in sorted(counts.items())]
            if rows:
                await connection.execute(insert(product_pairs), rows)
        return len(counts) // 2

    async def count(self) -> int:
        """Return how many products are stored."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(products))).scalar_one()


class _Known:
    """Which product an order's item is."""

    def __init__(self, catalogue: Iterable[Product]) -> None:
        self._skus: set[str] = set()
        self._by_name: dict[str, str] = {}
        for product in catalogue:
            self._skus.add(product.sku)
            self._by_name.setdefault(product.name.casefold(), product.sku)

    def sku_of(self, sku: str, name: str) -> str | None:
        """Return the product's sku; an item's own may be that of its size."""
        return sku if sku in self._skus else self._by_name.get(name.casefold())


def _counted(baskets: Mapping[tuple[str, str], set[str]]) -> Mapping[tuple[str, str], int]:
    """Return in how many orders two products are, where `MIN_TOGETHER` customers bought both."""
    counts, customers = Counter[tuple[str, str]](), defaultdict[tuple[str, str], set[str]](set)
    for (_, customer_id), skus in baskets.items():
        if len(skus) > MAX_BASKET:
            continue
        for pair in permutations(sorted(skus), 2):
            counts[pair] += 1
            customers[pair].add(customer_id)
    return {pair: count for pair, count in counts.items() if len(customers[pair]) >= MIN_TOGETHER}


def _row(product: Product) -> dict[str, Any]:
    return {
        "sku": product.sku,
        "name": product.name,
        "price": product.price,
        "currency": product.currency,
        "category": product.category,
        "description": product.description,
        "url": product.url,
        "available": product.available,
        "attributes": {name: list(values) for name, values in product.attributes.items()},
        "goes_with": list(product.goes_with),
        "name_en": product.name_en,
        "description_en": product.description_en,
    }


def _product(row: RowMapping) -> Product:
    fields = dict(row)
    fields["attributes"] = {name: tuple(values) for name, values in row["attributes"].items()}
    fields["goes_with"] = tuple(row["goes_with"])
    return Product(**fields)
