"""Reads articles and their history from the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.language import Language
from knowledge.articles import Article, ArticleVersion, PublishedArticle, Reason
from knowledge.passage import Passage
from knowledge.store.tables import MANY, articles_table, passages_table, states_table


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of an article; `content_hash` is None if it is retired."""

    version: int
    content_hash: str | None


async def newest_versions(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Newest]:
    """Return the newest version of each known article by its id."""
    found: dict[str, Newest] = {}
    wanted = sorted(set(ids))
    columns = articles_table.c
    for start in range(0, len(wanted), MANY):
        rows = await connection.execute(
            select(columns.id, columns.version, columns.content_hash, columns.retired_at)
            .where(columns.id.in_(wanted[start : start + MANY]))
            .order_by(columns.version)
        )
        for row in rows:
            found[row.id] = Newest(row.version, None if row.retired_at else row.content_hash)
    return found


async def current_articles(connection: AsyncConnection) -> list[PublishedArticle]:
    """Return all current articles by id."""
    return await _listed(connection, _with_counts().where(articles_table.c.retired_at.is_(None)))


async def retired_articles(connection: AsyncConnection) -> list[PublishedArticle]:
    """Return the newest version of each article that is not current, by id."""
    newest = (
        select(articles_table.c.id, func.max(articles_table.c.version).label("version"))
        .group_by(articles_table.c.id)
        .subquery()
    )
    query = (
        _with_counts()
        .join(newest, (newest.c.id == articles_table.c.id) & (newest.c.version == articles_table.c.version))
        .where(articles_table.c.retired_at.is_not(None))
    )
    return await _listed(connection, query)


async def articles_in(connection: AsyncConnection, state: int) -> list[PublishedArticle]:
    """Return the articles that were current in a state of the library, by id."""
    columns = articles_table.c
    still = columns.retired_in.is_(None) | (columns.retired_in > state)
    return await _listed(connection, _with_counts().where(columns.published_in <= state).where(still))


async def article_version(
    connection: AsyncConnection, article_id: str, version: int | None = None
) -> PublishedArticle | None:
    """Return a version of an article, retired or not; without `version` the current one. None if unknown."""
    query = _with_counts().where(articles_table.c.id == article_id)
    if version is None:
        query = query.where(articles_table.c.retired_at.is_(None))
    else:
        query = query.where(articles_table.c.version == version)
    found = await _listed(connection, query)
    return found[0] if found else None


async def history(connection: AsyncConnection, article_id: str) -> list[ArticleVersion]:
    """Return all versions of an article, newest first; none if it is unknown."""
    columns = articles_table.c
    rows = await connection.execute(
        select(
            columns.version,
            columns.title,
            columns.published_at,
            columns.retired_at,
            columns.published_in,
            columns.retired_in,
            columns.valid_from,
            columns.valid_until,
            states_table.c.reason,
            states_table.c.changed_by,
        )
        .join_from(articles_table, states_table, states_table.c.number == columns.published_in, isouter=True)
        .where(columns.id == article_id)
        .order_by(columns.version.desc())
    )
    return [
        ArticleVersion(
            version=row.version,
            title=row.title,
            published_at=row.published_at,
            retired_at=row.retired_at,
            state=row.published_in,
            retired_in=row.retired_in,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            reason=Reason(row.reason or Reason.PUBLISHED),
            changed_by=row.changed_by or "",
        )
        for row in rows
    ]


async def passage_by_id(
    connection: AsyncConnection, passage_id: str, version: int | None = None
) -> Passage | None:
    """Return one passage of the current version, or of `version` even if it is retired; None if unknown."""
    article_id, _, number = passage_id.rpartition("#")
    if not article_id or not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    query = passages_with_articles().where(
        passages_table.c.article_id == article_id, passages_table.c.number == int(number)
    )
    if version is None:
        query = query.where(articles_table.c.retired_at.is_(None))
    else:
        query = query.where(articles_table.c.version == version)
    row = (await connection.execute(query)).first()
    return passage_of(row) if row else None


async def current_passages(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Return the rows of all current passages, for `passage_of`, by article and number."""
    query = (
        passages_with_articles()
        .where(articles_table.c.retired_at.is_(None))
        .order_by(passages_table.c.article_id, passages_table.c.number)
    )
    found: Sequence[Row[Any]] = (await connection.execute(query)).all()
    return found


def passages_with_articles() -> Select[Any]:
    """Return a query of passages with what they need of their articles."""
    a = articles_table.c
    return select(passages_table, a.language, a.title, a.questions, a.valid_from, a.valid_until).join_from(
        passages_table,
        articles_table,
        (a.id == passages_table.c.article_id) & (a.version == passages_table.c.article_version),
    )


def passage_of(row: Row[Any]) -> Passage:
    """Return the passage in a row of `passages_with_articles`."""
    return Passage(
        id=f"{row.article_id}#{row.number}",
        article_id=row.article_id,
        article_version=row.article_version,
        title=row.title,
        heading=row.heading,
        text=row.text,
        language=Language(row.language),
        questions=tuple(row.questions),
    )


def _with_counts() -> Select[Any]:
    counted = (
        select(passages_table.c.article_id, passages_table.c.article_version, func.count().label("passages"))
        .group_by(passages_table.c.article_id, passages_table.c.article_version)
        .subquery()
    )
    return select(articles_table, func.coalesce(counted.c.passages, 0).label("passages")).outerjoin(
        counted,
        (counted.c.article_id == articles_table.c.id)
        & (counted.c.article_version == articles_table.c.version),
    )


async def _listed(connection: AsyncConnection, query: Select[Any]) -> list[PublishedArticle]:
    rows = await connection.execute(query.order_by(articles_table.c.id))
    return [_published(row) for row in rows]


def _published(row: Row[Any]) -> PublishedArticle:
    article = Article(
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
    return PublishedArticle(
        article,
        row.version,
        row.published_at,
        row.passages,
        row.confirmed_at or row.published_at,
        row.published_in,
        row.retired_at,
    )
