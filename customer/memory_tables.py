"""The table of what customers asked to have remembered."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from foundation.database import UtcDateTime, metadata

memories = Table(
    "customer_memories",
    metadata,
    Column("customer_id", String(200), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("value", Text, nullable=False),
    # Where and when it was said: whoever asks how we know is told.
    Column("conversation_id", String(36), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
)
