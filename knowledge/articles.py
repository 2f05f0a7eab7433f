"""The shop's articles: what they are, and where they are kept, every published state of them.

The database is the truth; every index is built from it. An article is current while its newest version has
no `retired_at`. Passages belong to one version and carry their vectors, so that an index can be rebuilt
without the model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.database import UtcDateTime, metadata
from foundation.language import Language
from knowledge.passage import Passage

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
    Column("embedder_id", String(200), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["article_id", "article_version"], ["articles.id", "articles.version"], ondelete="CASCADE"
    ),
    Index("ix_passages_embedded", "embedded_hash", "embedder_id"),
)

_MANY = 400  # values in one IN (…): SQLite allows a limited number


@dataclass(frozen=True, slots=True)
class Article:
    """A help article in one language.

    Attributes:
        id: Stable over versions, e.g. ``pl/odstapienie-od-umowy``.
        body: Plain text with structure: headings as ``## Heading`` lines, list items as ``- item`` lines,
            paragraphs parted by empty lines. What a reader makes of Markdown or HTML.
        questions: Other words in which customers ask for this.
        valid_from: The first day on which it is true, or None for always. A date of the shop's zone.
        valid_until: The last such day, or None.
        source: Where it was read from; for people, not part of the content.
    """

    id: str
    language: Language
    title: str
    body: str
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""

    @property
    def content_hash(self) -> str:
        """The sha256 of all that a reader could notice; equal content, equal hash."""
        content = [
            self.language,
            self.title,
            self.body,
            self.tags,
            self.questions,
            self.valid_from and self.valid_from.isoformat(),
            self.valid_until and self.valid_until.isoformat(),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PublishedArticle:
    """A current article with its version and the number of its passages."""

    article: Article
    version: int
    published_at: datetime
    passages: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the index needs it.

    Attributes:
        embedded_hash: The sha256 of the text that was embedded.
        vector: float32, (d,), L2-normalised.
    """

    passage: Passage
    valid_from: date | None
    valid_until: date | None
    embedded_hash: str
    embedder_id: str
    vector: NDArray[np.float32]

    @property
    def key(self) -> str:
        """The id of this state of the passage: another version has another key."""
        return f"{self.passage.article_id}@{self.passage.article_version}#{self.number}"

    @property
    def number(self) -> int:
        """Its place in the article, from 1."""
        return int(self.passage.id.rpartition("#")[2])


async def current_versions(
    connection: AsyncConnection, ids: Iterable[str]
) -> dict[str, tuple[int, str | None]]:
    """Return the newest version of each known article, with its content hash, or None if it is retired."""
    found: dict[str, tuple[int, str | None]] = {}
    wanted = sorted(set(ids))
    columns = articles_table.c
    for start in range(0, len(wanted), _MANY):
        rows = await connection.execute(
            select(columns.id, columns.version, columns.content_hash, columns.retired_at)
            .where(columns.id.in_(wanted[start : start + _MANY]))
            .order_by(columns.version)
        )
        for row in rows:
            found[row.id] = (row.version, None if row.retired_at else row.content_hash)
    return found


async def insert_article(connection: AsyncConnection, article: Article, version: int, now: datetime) -> None:
    """Store `article` as `version` and retire the version before it."""
    await retire(connection, [article.id], now)
    await connection.execute(
        insert(articles_table).values(
            id=article.id,
            version=version,
            language=article.language.value,
            title=article.title,
            body=article.body,
            tags=list(article.tags),
            questions=list(article.questions),
            valid_from=article.valid_from,
            valid_until=article.valid_until,
            source=article.source,
            content_hash=article.content_hash,
            published_at=now,
        )
    )


async def insert_passages(connection: AsyncConnection, passages: Sequence[StoredPassage]) -> None:
    """Store passages of articles that `insert_article` stored."""
    rows = [
        {
            "article_id": stored.passage.article_id,
            "article_version": stored.passage.article_version,
            "number": stored.number,
            "heading": stored.passage.heading,
            "text": stored.passage.text,
            "embedded_hash": stored.embedded_hash,
            "embedder_id": stored.embedder_id,
            "vector": stored.vector.astype("<f4").tobytes(),
        }
        for stored in passages
    ]
    if rows:
        await connection.execute(insert(passages_table), rows)


async def retire(connection: AsyncConnection, ids: Iterable[str], now: datetime) -> int:
    """Take articles out of use; their versions stay readable. Returns how many were current."""
    wanted = sorted(set(ids))
    retired = 0
    for start in range(0, len(wanted), _MANY):
        result = await connection.execute(
            update(articles_table)
            .where(articles_table.c.id.in_(wanted[start : start + _MANY]))
            .where(articles_table.c.retired_at.is_(None))
            .values(retired_at=now)
        )
        retired += result.rowcount
    return retired


@dataclass(frozen=True, slots=True)
class State:
    """Tells whether anything was published or taken back: how many versions, and the newest changes."""

    versions: int
    retired: int
    published_at: datetime | None
    retired_at: datetime | None


async def state(connection: AsyncConnection) -> State:
    """Return the published state, for comparing with a later one."""
    query = select(
        func.count(),
        func.count(articles_table.c.retired_at),
        func.max(articles_table.c.published_at),
        func.max(articles_table.c.retired_at),
    )
    return State(*(await connection.execute(query)).one())


async def current_articles(connection: AsyncConnection) -> list[PublishedArticle]:
    """Return all current articles by id."""
    counted = (
        select(passages_table.c.article_id, passages_table.c.article_version, func.count().label("passages"))
        .group_by(passages_table.c.article_id, passages_table.c.article_version)
        .subquery()
    )
    rows = await connection.execute(
        select(articles_table, func.coalesce(counted.c.passages, 0).label("passages"))
        .outerjoin(
            counted,
            (counted.c.article_id == articles_table.c.id)
            & (counted.c.article_version == articles_table.c.version),
        )
        .where(articles_table.c.retired_at.is_(None))
        .order_by(articles_table.c.id)
    )
    return [PublishedArticle(_article(row), row.version, row.published_at, row.passages) for row in rows]


async def current_passages(connection: AsyncConnection) -> list[StoredPassage]:
    """Return the passages of all current articles, with their vectors, by article and number."""
    rows = await connection.execute(
        _joined()
        .where(articles_table.c.retired_at.is_(None))
        .order_by(passages_table.c.article_id, passages_table.c.number)
    )
    return [_stored(row) for row in rows]


async def passage_by_id(
    connection: AsyncConnection, passage_id: str, version: int | None = None
) -> Passage | None:
    """Return one passage of the current version, or of `version` even if it is retired; None if unknown."""
    article_id, _, number = passage_id.rpartition("#")
    if not article_id or not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    query = _joined().where(passages_table.c.article_id == article_id, passages_table.c.number == int(number))
    if version is None:
        query = query.where(articles_table.c.retired_at.is_(None))
    else:
        query = query.where(articles_table.c.version == version)
    row = (await connection.execute(query)).first()
    return _stored(row).passage if row else None


async def known_vectors(
    connection: AsyncConnection, hashes: Iterable[str], embedder_id: str
) -> dict[str, NDArray[np.float32]]:
    """Return the vectors that are stored already for texts of these hashes, by hash."""
    found: dict[str, NDArray[np.float32]] = {}
    wanted = sorted(set(hashes))
    columns = passages_table.c
    for start in range(0, len(wanted), _MANY):
        rows = await connection.execute(
            select(columns.embedded_hash, columns.vector)
            .where(columns.embedded_hash.in_(wanted[start : start + _MANY]))
            .where(columns.embedder_id == embedder_id)
        )
        for row in rows:
            found[row.embedded_hash] = np.frombuffer(row.vector, dtype="<f4").astype(np.float32)
    return found


async def update_vectors(
    connection: AsyncConnection, vectors: Mapping[str, NDArray[np.float32]], embedder_id: str
) -> None:
    """Replace the vectors of all passages whose text has one of these hashes."""
    for embedded_hash, vector in vectors.items():
        await connection.execute(
            update(passages_table)
            .where(passages_table.c.embedded_hash == embedded_hash)
            .values(vector=vector.astype("<f4").tobytes(), embedder_id=embedder_id)
        )


def _joined() -> Select[Any]:
    a = articles_table.c
    return select(passages_table, a.language, a.title, a.questions, a.valid_from, a.valid_until).join_from(
        passages_table,
        articles_table,
        (a.id == passages_table.c.article_id) & (a.version == passages_table.c.article_version),
    )


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        language=Language(row.language),
        title=row.title,
        body=row.body,
        tags=tuple(row.tags),
        questions=tuple(row.questions),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
    )


def _stored(row: Row[Any]) -> StoredPassage:
    passage = Passage(
        id=f"{row.article_id}#{row.number}",
        article_id=row.article_id,
        article_version=row.article_version,
        title=row.title,
        heading=row.heading,
        text=row.text,
        language=Language(row.language),
        questions=tuple(row.questions),
    )
    vector = np.frombuffer(row.vector, dtype="<f4").astype(np.float32)
    return StoredPassage(passage, row.valid_from, row.valid_until, row.embedded_hash, row.embedder_id, vector)
