"""What the log says of each conversation, one row each: everything that is counted is counted from these.

Moments are fetched as pairs and subtracted in Python, since databases do not agree on how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Kind, Status
from conversation.tables import conversations, events
from feedback.filters import (
    ASKED_FOR_PERSON,
    BY_AGENT,
    BY_ASSISTANT,
    BY_SHOPPER,
    OUTCOME,
    REPLIED,
    SAID,
    chosen,
    of_kind,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A conversation in figures.

    Attributes:
        asked: Messages of the shopper.
        replied: Replies of the assistant, whatever their outcome; `answered` and `abstained` are among them.
        agent_said: Messages of people of the shop.
        asked_at: The shopper's first message.
        first_reply_at: The first message of the assistant or an agent after it.
        requested_at: When a person was first asked for.
        person_at: The first message of an agent after that.
        resolved_at: The newest time it was resolved, if it still is.
    """

    id: str
    began_at: datetime
    language: str
    status: str
    asked: int
    replied: int
    answered: int
    abstained: int
    agent_said: int
    asked_at: datetime | None
    first_reply_at: datetime | None
    requested_at: datetime | None
    person_at: datetime | None
    resolved_at: datetime | None

    @property
    def with_person(self) -> bool:
        """Whether a person was asked for, or spoke."""
        return self.requested_at is not None or self.agent_said > 0

    @property
    def resolved(self) -> bool:
        """Whether it is resolved now."""
        return self.status == Status.RESOLVED.value


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that a rating was asked for, and the answer that stands (None: none was given)."""

    conversation_id: str
    request_seq: int
    began_at: datetime
    served_kind: str
    served_id: str
    served_name: str
    score: int | None
    comment: str


async def facts(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> list[Fact]:
    """Return the facts of the conversations that are meant, oldest first."""
    counts = _counts(conditions)
    c, n = conversations.c, counts.c
    query = (
        select(
            c.id,
            c.created_at,
            c.language,
            c.status,
            n.asked,
            n.replied,
            n.answered,
            n.abstained,
            n.agent_said,
            n.asked_at,
            _first_after(n.asked_position, and_(SAID, or_(BY_ASSISTANT, BY_AGENT))),
            n.requested_at,
            _first_after(n.requested_position, and_(SAID, BY_AGENT)),
            case((c.status == Status.RESOLVED.value, n.resolved_at)),
        )
        .join(counts, n.conversation_id == c.id)
        .order_by(c.created_at, c.id)
    )
    rows: Sequence[Any] = (await connection.execute(query)).all()
    return [Fact(*row) for row in rows]


async def asked_ratings(connection: AsyncConnection, conditions: list[ColumnElement[bool]]) -> list[Asked]:
    """Return every time a rating was asked for in the conversations that are meant, oldest first."""
    content = events.c.content
    given = await connection.execute(
        select(
            events.c.conversation_id,
            content["request_seq"].as_integer(),
            content["score"].as_integer(),
            content["comment"].as_string(),
        )
        .where(events.c.kind == Kind.RATING.value, events.c.conversation_id.in_(chosen(conditions)))
        .order_by(events.c.conversation_id, events.c.position)
    )
    # A later rating stands in the place of the earlier one.
    standing = {(row[0], row[1]): (row[2], row[3] or "") for row in given}
    served = content["served"]
    asked = await connection.execute(
        select(
            events.c.conversation_id,
            events.c.seq,
            conversations.c.created_at,
            served["kind"].as_string(),
            served["id"].as_string(),
            served["name"].as_string(),
        )
        .join(conversations, conversations.c.id == events.c.conversation_id)
        .where(events.c.kind == Kind.RATING_REQUESTED.value, *conditions)
        .order_by(events.c.ts, events.c.conversation_id, events.c.position)
    )
    return [
        Asked(
            row[0],
            row[1],
            row[2],
            row[3] or "",
            row[4] or "",
            row[5] or "",
            *standing.get(row[:2], (None, "")),
        )
        for row in asked
    ]


async def reasons(
    connection: AsyncConnection, conditions: list[ColumnElement[bool]]
) -> list[tuple[str, int]]:
    """Return why a person was asked for and in how many conversations, the most frequent first."""
    reason = events.c.content["reason"].as_string()
    many = func.count(events.c.conversation_id.distinct())
    query = (
        select(reason, many)
        .where(ASKED_FOR_PERSON, events.c.conversation_id.in_(chosen(conditions)))
        .group_by(reason)
        .order_by(many.desc(), reason)
    )
    return [(row[0] or "", row[1]) for row in await connection.execute(query)]


def _counts(conditions: list[ColumnElement[bool]]) -> CTE:
    def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0)).label(name)

    asked, e = and_(SAID, BY_SHOPPER), events.c
    resolved = and_(
        of_kind(events, Kind.STATUS_CHANGED), e.content["to"].as_string() == Status.RESOLVED.value
    )
    return (
        select(
            e.conversation_id,
            number(asked, "asked"),
            number(REPLIED, "replied"),
            number(and_(REPLIED, OUTCOME == "answered"), "answered"),
            number(and_(REPLIED, OUTCOME == "abstained"), "abstained"),
            number(and_(SAID, BY_AGENT), "agent_said"),
            func.min(case((asked, e.position))).label("asked_position"),
            func.min(case((ASKED_FOR_PERSON, e.position))).label("requested_position"),
            func.min(case((asked, e.ts))).label("asked_at"),
            func.min(case((ASKED_FOR_PERSON, e.ts))).label("requested_at"),
            func.max(case((resolved, e.ts))).label("resolved_at"),
        )
        .where(e.conversation_id.in_(chosen(conditions)))
        .group_by(e.conversation_id)
        .cte("counts")
    )


def _first_after(start: ColumnElement[int], condition: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    """Return the moment of a conversation's first event after a position; none after an unknown position."""
    return (
        select(func.min(events.c.ts))
        .where(events.c.conversation_id == conversations.c.id, events.c.position > start, condition)
        .scalar_subquery()
    )
