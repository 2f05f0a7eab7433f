"""Where articles were cited, and how those conversations were rated: read from the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, and_, column, func, select, true
from sqlalchemy.sql.selectable import TableValuedAlias

from conversation.events import AuthorKind, Kind
from conversation.tables import conversations, events
from feedback.filters import OUTCOME, REPLIED, of_kind
from feedback.gaps import same
from feedback.ratings import SATISFIED
from foundation.database import Database

CITED_DAYS = 90
"""How far back citations are counted."""
SHOWN = 50
QUESTIONS_SHOWN = 20
LOOKED_AT = 200
"""The newest citations, whose questions are told."""


@dataclass(frozen=True, slots=True)
class Cited:
    """How often an article was cited.

    Attributes:
        times: Replies that cited it.
        conversations: Conversations in which one did.
        rated: Those of them that were rated; `good`: with 4 or 5.
    """

    times: int = 0
    conversations: int = 0
    rated: int = 0
    good: int = 0

    @property
    def csat(self) -> float | None:
        """Share of 4 and 5 among the ratings, 0 to 1; None where nobody rated."""
        return self.good / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class Citation:
    """One reply that cited an article. `quotes`: the words quoted from it, each once."""

    conversation_id: str
    at: datetime
    language: str
    question: str
    quotes: tuple[str, ...]
    version: int
    score: int | None


@dataclass(frozen=True, slots=True)
class Led:
    """A question that led to an article, `count` times; the newest wording."""

    question: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Uses:
    """Where one article was cited: the figures, the newest citations, and what was asked."""

    cited: Cited
    newest: tuple[Citation, ...]
    questions: tuple[Led, ...]


class Citations:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[object, Mapping[str, Cited]] = (None, {})

    async def counts(self, since: datetime) -> Mapping[str, Cited]:
        """Return the figures of every article that was cited since then, by its id.

        Whoever sorts, filters and turns pages is not made to wait for the same count: it is made again when
        anything was added to any conversation, or another day has come.
        """
        c = conversations.c
        query = select(
            func.count(),
            func.sum(c.head_position),
            func.max(c.updated_at),
            func.sum(c.score),
            func.count(c.score),
        )
        async with self._database.reading() as connection:
            heads = tuple((await connection.execute(query)).one())
        seen = (since.date(), *heads)
        if seen != self._counted[0]:
            self._counted = seen, await self._count(since)
        return self._counted[1]

    async def _count(self, since: datetime) -> dict[str, Cited]:
        cited, (article_id, *_) = self._cited()
        e, score = events.c, conversations.c.score
        query = (
            self._joined(cited, [article_id, e.conversation_id, score, func.count(e.position.distinct())])
            .where(*_answered(since))
            .group_by(article_id, e.conversation_id, score)
        )
        times: dict[str, int] = defaultdict(int)
        scores: dict[str, dict[str, int | None]] = defaultdict(dict)
        async with self._database.reading() as connection:
            for of, conversation_id, given, number in await connection.execute(query):
                times[of] += number
                scores[of][conversation_id] = given
        return {of: _figures(times[of], given) for of, given in scores.items()}

    async def of(self, article_id: str, since: datetime) -> Uses:
        """Return where one article was cited since then, newest first."""
        cited, (of, version, quote) = self._cited()
        e, c = events.c, conversations.c
        columns = [e.conversation_id, e.position, e.ts, c.language, c.score]
        query = (
            self._joined(cited, [*columns, version.label("version"), quote.label("quote")])
            .where(of == article_id, *_answered(since))
            .order_by(e.ts.desc(), e.conversation_id, e.position.desc())
        )
        replies: dict[tuple[str, int], list[Any]] = defaultdict(list)
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                replies[row.conversation_id, row.position].append(row)
        scores = {rows[0].conversation_id: rows[0].score for rows in replies.values()}
        looked_at = list(replies.values())[:LOOKED_AT]
        asked = await self._questions([rows[0] for rows in looked_at])
        newest = tuple(_citation(rows, asked) for rows in looked_at)
        return Uses(_figures(len(replies), scores), newest[:SHOWN], _led(newest))

    def _cited(self) -> tuple[TableValuedAlias, list[ColumnElement[Any]]]:
        """Return the citations of a reply as a table, and its columns: article, version, quote."""
        if self._database.engine.dialect.name == "sqlite":
            each = func.json_each(events.c.content, "$.citations")
        else:
            each = func.json_array_elements(events.c.content["citations"])
        cited = each.table_valued(column("value", JSON))
        value = cited.c.value
        names = (
            value["article_id"].as_string(),
            value["article_version"].as_integer(),
            value["quote"].as_string(),
        )
        return cited, list(names)

    def _joined(self, cited: TableValuedAlias, columns: list[ColumnElement[Any]]) -> Select[Any]:
        """Return a select over replies, each with its conversation and its citations."""
        held = conversations.c.id == events.c.conversation_id
        return select(*columns).select_from(events.join(conversations, held).join(cited, true()))

    async def _questions(self, rows: Sequence[Any]) -> Mapping[tuple[str, int], str]:
        """Return what each reply answered: the shopper's newest message before it."""
        e = events.c
        query = (
            select(e.conversation_id, e.position, e.content["body"].as_string())
            .where(
                e.conversation_id.in_({row.conversation_id for row in rows}),
                and_(of_kind(events, Kind.MESSAGE), e.author_kind == AuthorKind.SHOPPER.value),
            )
            .order_by(e.conversation_id, e.position)
        )
        said: dict[str, list[tuple[int, str]]] = defaultdict(list)
        async with self._database.reading() as connection:
            for conversation_id, position, body in await connection.execute(query):
                said[conversation_id].append((position, body or ""))
        return {
            (row.conversation_id, row.position): next(
                (body for at, body in reversed(said[row.conversation_id]) if at < row.position), ""
            )
            for row in rows
        }


def _answered(since: datetime) -> list[ColumnElement[bool]]:
    return [events.c.ts >= since, REPLIED, func.coalesce(OUTCOME, "answered") == "answered"]


def _figures(times: int, scores: Mapping[str, int | None]) -> Cited:
    given = [score for score in scores.values() if score is not None]
    return Cited(times, len(scores), len(given), sum(score >= SATISFIED for score in given))


def _citation(rows: Sequence[Any], asked: Mapping[tuple[str, int], str]) -> Citation:
    row = rows[0]
    return Citation(
        conversation_id=row.conversation_id,
        at=row.ts,
        language=row.language,
        question=asked.get((row.conversation_id, row.position), ""),
        quotes=tuple(dict.fromkeys(str(each.quote or "") for each in rows)),
        version=int(row.version or 0),
        score=row.score,
    )


def _led(citations: Sequence[Citation]) -> tuple[Led, ...]:
    """Return the questions once each, the most frequent first."""
    groups: dict[str, list[Citation]] = defaultdict(list)
    for one in citations:
        if one.question:
            groups[same(one.question)].append(one)
    led = [Led(ones[0].question, ones[0].language, len(ones)) for ones in groups.values()]
    return tuple(sorted(led, key=lambda one: -one.count)[:QUESTIONS_SHOWN])
