"""Where articles, their passages, the vectors of those and the library's states are kept."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from foundation.database import UtcDateTime, metadata

articles_table = Table(
    "articles",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("language", String(2), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("source", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    Column("published_in", Integer, nullable=False, server_default="0"),
    Column("retired_in", Integer),
    Column("confirmed_at", UtcDateTime),
)

passages_table = Table(
    "passages",
    metadata,
    Column("article_id", String(200), primary_key=True),
    Column("article_version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("embedded_hash", String(64), nullable=False),
    ForeignKeyConstraint(
        ["article_id", "article_version"], ["articles.id", "articles.version"], ondelete="CASCADE"
    ),
    Index("ix_passages_embedded_hash", "embedded_hash"),
)

# By text, not by passage: two models' vectors live side by side during a switch, and no text is embedded
# twice.
vectors_table = Table(
    "passage_vectors",
    metadata,
    Column("embedded_hash", String(64), primary_key=True),
    Column("embedder_id", String(500), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

states_table = Table(
    "knowledge_states",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("embedder_id", String(500), nullable=False),
    Column("changed_by", Text, nullable=False),
)

MANY = 400
"""Values in one ``IN (…)``: SQLite allows a limited number."""
