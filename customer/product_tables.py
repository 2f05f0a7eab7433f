"""The tables of the catalogue, and of what is bought together."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text

from customer.tables import Money
from foundation.database import metadata

products = Table(
    "products",
    metadata,
    Column("sku", String(100), primary_key=True),
    Column("name", Text, nullable=False),
    Column("price", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("category", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("available", Boolean, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("goes_with", JSON, nullable=False),
    Column("name_en", Text, nullable=False, server_default=""),
    Column("description_en", Text, nullable=False, server_default=""),
)

product_pairs = Table(
    "product_pairs",
    metadata,
    # Counted anew by each import; both directions of a pair have a row. No customer can be told from it.
    Column("sku", String(100), primary_key=True),
    Column("other", String(100), primary_key=True),
    Column("orders", Integer, nullable=False),
)
