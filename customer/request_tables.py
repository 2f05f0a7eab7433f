"""The tables of withdrawals and complaints. Only `customer/requests.py` writes them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text, UniqueConstraint

from foundation.database import UtcDateTime, metadata

requests = Table(
    "customer_requests",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("conversation_id", String(36), nullable=False),
    Column("cid", String(80), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("handled_by", String(200)),
    Column("settled_at", UtcDateTime),
    # What erasing a person deletes:
    Column("customer_id", String(200), index=True),
    Column("order_number", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("language", String(2), nullable=False),
    Column("email", String(254)),
    Column("receipt_id", String(320)),
    UniqueConstraint("conversation_id", "cid"),
)

counters = Table(
    "request_counters",
    metadata,
    Column("series", String(8), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
