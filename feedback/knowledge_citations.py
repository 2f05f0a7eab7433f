"""Where articles were cited, and how those conversations were rated: read from the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

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

    async def counts(self, since: datetime) -> dict[str, Cited]:
        """Return the figures of every article that was cited since then, by its id."""
        times: dict[str, int] = defaultdict(int)
        met: dict[str, dict[str, int | None]] = defaultdict(dict)
        for row in await self._replies(since):
            for article_id in {str(one.get("article_id")) for one in row.citations or ()}:
                times[article_id] += 1
                met[article_id][row.conversation_id] = row.score
        return {article_id: _cited(times[article_id], scores) for article_id, scores in met.items()}

    async def of(self, article_id: str, since: datetime) -> Uses:
        """Return where one article was cited since then, newest first."""
        found = [
            (row, [one for one in row.citations or () if one.get("article_id") == article_id])
            for row in await self._replies(since)
        ]
        found = [(row, ours) for row, ours in found if ours]
        scores = {row.conversation_id: row.score for row, _ in found}
        asked = await self._questions([row for row, _ in found[: 4 * SHOWN]])
        newest = tuple(_citation(row, ours, asked) for row, ours in found[: 4 * SHOWN])
        return Uses(_cited(len(found), scores), newest[:SHOWN], _led(newest))

    async def _replies(self, since: datetime) -> Sequence[Any]:
        e = events.c
        query = (
            select(
                e.conversation_id,
                e.position,
                e.ts,
                e.content["citations"].label("citations"),
                conversations.c.language,
                conversations.c.score,
            )
            .join(conversations, conversations.c.id == e.conversation_id)
            .where(e.ts >= since, REPLIED, func.coalesce(OUTCOME, "answered") == "answered")
            .order_by(e.ts.desc(), e.conversation_id)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).all()

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


def _cited(times: int, scores: Mapping[str, int | None]) -> Cited:
    given = [score for score in scores.values() if score is not None]
    return Cited(times, len(scores), len(given), sum(score >= SATISFIED for score in given))


def _citation(row: Any, ours: Sequence[Mapping[str, Any]], asked: Mapping[tuple[str, int], str]) -> Citation:
    return Citation(
        conversation_id=row.conversation_id,
        at=row.ts,
        language=row.language,
        question=asked.get((row.conversation_id, row.position), ""),
        quotes=tuple(dict.fromkeys(str(one.get("quote", "")) for one in ours)),
        version=int(ours[0].get("article_version") or 0),
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
