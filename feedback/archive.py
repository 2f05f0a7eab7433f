"""The list of past and present conversations, filtered and searched, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Kind
from conversation.tables import conversations, events
from feedback.facts import Fact, facts
from feedback.filters import BY_AGENT, BY_SHOPPER, SAID, Filter, Outcome, chosen, within
from feedback.period import Period
from foundation.database import Database

PAGE_ROWS = 50
EXCERPT_CHARS = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list. `agents`: the people who wrote, by name; `question`: how it began."""

    fact: Fact
    score: int | None
    agents: tuple[str, ...]
    question: str

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What may be said of how it went, as the filter means it."""
        fact = self.fact
        held = {
            Outcome.CONTAINED: fact.resolved and not fact.with_person,
            Outcome.HANDED_OFF: fact.with_person,
            Outcome.UNANSWERED: fact.abstained > 0 and fact.agent_said == 0,
            Outcome.OPEN: not fact.resolved,
        }
        return tuple(outcome for outcome, holds in held.items() if holds)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `first` to `first + len(rows) - 1` of `total`, newest first; `number` counts from 1."""

    rows: tuple[Row, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_ROWS))

    @property
    def first(self) -> int:
        """The number of the page's first row, counted from 1; 0 when there are none."""
        return (self.number - 1) * PAGE_ROWS + 1 if self.rows else 0


class Archive:
    """Finds conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, wanted: Filter, number: int = 1) -> Page:
        """Return a page of the conversations that are meant; a number past the end gives the last page."""
        conditions = wanted.conditions()
        async with self._database.reading() as connection:
            # The ids are found once: a text search is dear, and everything else is by id.
            found = await _ids(connection, conditions)
            pages = max(1, -(-len(found) // PAGE_ROWS))
            number = min(max(1, number), pages)
            shown = found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
            rows = await _rows(connection, [conversations.c.id.in_(shown)])
        return Page(rows, number, len(found))

    async def rows(self, wanted: Filter) -> tuple[Row, ...]:
        """Return all conversations that are meant, newest first."""
        async with self._database.reading() as connection:
            return await _rows(connection, wanted.conditions())

    async def agents(self, period: Period) -> list[tuple[str, str]]:
        """Return the people who wrote in these days' conversations: id and newest name, by name."""
        query = (
            select(events.c.author_id, events.c.author_name, func.max(events.c.ts))
            .where(BY_AGENT, SAID, events.c.author_id.is_not(None))
            .where(events.c.conversation_id.in_(chosen(within(period))))
            .group_by(events.c.author_id, events.c.author_name)
            .order_by(func.max(events.c.ts))
        )
        async with self._database.reading() as connection:
            named = {row[0]: row[1] or row[0] for row in await connection.execute(query)}
        return sorted(named.items(), key=lambda pair: pair[1].casefold())


async def _ids(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> list[str]:
    query = chosen(conditions).order_by(conversations.c.created_at.desc(), conversations.c.id.desc())
    return [str(found) for found in await connection.scalars(query)]


async def _rows(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> tuple[Row, ...]:
    found = await facts(connection, conditions)
    questions = await _questions(connection, conditions)
    agents = await _agents(connection, conditions)
    scores = await connection.execute(select(conversations.c.id, conversations.c.score).where(*conditions))
    score_of = {row[0]: row[1] for row in scores}
    return tuple(
        Row(fact, score_of.get(fact.id), tuple(agents.get(fact.id, ())), questions.get(fact.id, ""))
        for fact in reversed(found)
    )


async def _questions(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> dict[str, str]:
    first = (
        select(events.c.conversation_id, func.min(events.c.position).label("position"))
        .where(SAID, BY_SHOPPER, events.c.conversation_id.in_(chosen(conditions)))
        .group_by(events.c.conversation_id)
        .subquery("first")
    )
    query = select(events.c.conversation_id, events.c.content["body"].as_string()).join(
        first,
        and_(
            first.c.conversation_id == events.c.conversation_id,
            first.c.position == events.c.position,
            events.c.kind == Kind.MESSAGE.value,
        ),
    )
    return {row[0]: excerpt(row[1] or "") for row in await connection.execute(query)}


async def _agents(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> dict[str, list[str]]:
    query = (
        select(events.c.conversation_id, events.c.author_name, func.min(events.c.position))
        .where(SAID, BY_AGENT, events.c.conversation_id.in_(chosen(conditions)))
        .group_by(events.c.conversation_id, events.c.author_id, events.c.author_name)
        .order_by(func.min(events.c.position))
    )
    names: dict[str, list[str]] = {}
    for conversation_id, name, _ in await connection.execute(query):
        names.setdefault(conversation_id, []).append(name or "")
    return names


def excerpt(text: str, chars: int = EXCERPT_CHARS) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= chars else line[: chars - 1].rstrip() + "…"
