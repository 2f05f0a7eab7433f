"""A customer's earlier conversations, read from the log: what they were about, and how they were rated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import AuthorKind, Kind
from conversation.tables import conversations, events, turns
from feedback.earlier import EarlierConversation
from foundation.database import Database

MOST = 10
"""So many conversations are looked at."""

_ORDER = "order:"
"""What an order's evidence id begins with."""

_NO_SUBJECT = frozenset({"", "other", "person", "buying", "contact", "review"})
"""Subjects that are told by too general words to be held up to somebody later."""


class EarlierConversations:
    """The `EarlierBook` over the log of this shop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(
        self, customer_id: str, *, besides: str = "", since: datetime | None = None
    ) -> Sequence[EarlierConversation]:
        """See `EarlierBook`. A conversation in which the customer said nothing is none."""
        said = select(events.c.conversation_id).where(
            events.c.conversation_id == conversations.c.id,
            events.c.kind == Kind.MESSAGE.value,
            events.c.author_kind == AuthorKind.SHOPPER.value,
            events.c.salt.is_not(None),
        )
        own = (
            select(conversations.c.id, conversations.c.created_at, conversations.c.score)
            .where(conversations.c.customer_id == customer_id, conversations.c.id != besides, said.exists())
            .order_by(conversations.c.created_at.desc(), conversations.c.id.desc())
            .limit(MOST)
        )
        if since is not None:
            own = own.where(conversations.c.created_at > since)
        async with self._database.reading() as connection:
            rows = (await connection.execute(own)).all()
            subjects = await _subjects(connection, [row.id for row in rows])
            told = await _told(connection, [row.id for row in rows])
        return [
            EarlierConversation(
                id=row.id,
                began_at=row.created_at,
                subjects=subjects.get(row.id, ()),
                orders=_once(told[row.id].orders),
                articles=_once(told[row.id].articles),
                with_agent=told[row.id].with_agent,
                score=row.score,
            )
            for row in rows
        ]


class _Told:
    def __init__(self) -> None:
        self.orders: list[str] = []
        self.articles: list[str] = []
        self.with_agent = False


async def _subjects(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    subject, outcome = turns.c.record["subject"].as_string(), turns.c.record["outcome"].as_string()
    found = await connection.execute(
        select(turns.c.conversation_id, subject)
        .where(turns.c.conversation_id.in_(ids), func.coalesce(outcome, "") != "abstained")
        .order_by(turns.c.created_at)
    )
    counts = defaultdict[str, Counter[str]](Counter)
    for conversation_id, code in found:
        if (code or "") not in _NO_SUBJECT:
            counts[conversation_id][code] += 1
    return {key: tuple(code for code, _ in counted.most_common()) for key, counted in counts.items()}


async def _told(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, _Told]:
    speakers = (AuthorKind.ASSISTANT.value, AuthorKind.AGENT.value)
    found = await connection.execute(
        select(events.c.conversation_id, events.c.author_kind, events.c.content)
        .where(
            events.c.conversation_id.in_(ids),
            events.c.kind == Kind.MESSAGE.value,
            events.c.author_kind.in_(speakers),
        )
        .order_by(events.c.conversation_id, events.c.position)
    )
    told = defaultdict[str, _Told](_Told)
    for conversation_id, author, content in found:
        one = told[conversation_id]
        if author == AuthorKind.AGENT.value:
            one.with_agent = True
            continue
        content = content or {}
        one.articles += [cited["title"] for cited in content.get("citations", ()) if cited.get("title")]
        one.orders += [
            source.removeprefix(_ORDER) for source in content.get("sources", ()) if source.startswith(_ORDER)
        ]
    return told


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
