"""Where sources, their pages and proposals are kept."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from foundation.database import UtcDateTime, metadata

sources_table = Table(
    "knowledge_sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("address", String(2000), nullable=False),
    Column("options", JSON, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("problem", JSON(none_as_null=True)),
    UniqueConstraint("address"),
    # An id that a person knows is never given to another source.
    sqlite_autoincrement=True,
)

source_pages_table = Table(
    "knowledge_source_pages",
    metadata,
    Column("source_id", ForeignKey("knowledge_sources.id", ondelete="CASCADE"), primary_key=True),
    Column("address", String(2000), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_hash", String(64), nullable=False),
    Column("articles", JSON, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("problem", JSON(none_as_null=True)),
)

proposals_table = Table(
    "knowledge_proposals",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("content", JSON, nullable=False),
)
