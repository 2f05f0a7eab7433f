"""The tables of the customer room."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Column, Date, Dialect, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.types import TypeDecorator

from foundation.database import UtcDateTime, metadata


class Money(TypeDecorator[Decimal]):
    """An exact amount on every database; SQLite's own numbers are floating-point."""

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the digits out."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the digits."""
        return None if value is None else Decimal(value)


customers = Table(
    "customers",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False),
    Column("language", String(2), nullable=False),
)

orders = Table(
    "orders",
    metadata,
    # number without case, spaces and dashes: what people's spellings have in common
    Column("key", String(64), primary_key=True),
    Column("number", Text, nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("status", String(32), nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    Column("total", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("payment_method", Text, nullable=False),
    Column("carrier", Text, nullable=False),
    Column("parcel_number", Text, nullable=False),
    Column("pickup_point", Text, nullable=False),
    Column("shipped_at", UtcDateTime),
    Column("expected_on", Date),
    Column("delivered_at", UtcDateTime),
    Column("invoice_number", Text, nullable=False),
    Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at"),
)

order_items = Table(
    "order_items",
    metadata,
    Column("order_key", ForeignKey("orders.key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", Money, nullable=False),
)
