"""What the desk shows of one conversation: who it is with, their orders and past chats, what happened so far.

Reads only. The log is the truth; this is a view of it for one pair of eyes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import event_of
from conversation.events import AuthorKind, Event, Kind
from conversation.frames import EventFrame, Msg, view
from conversation.tables import conversations, events, turns
from customer.model import Customer, Order, OrderSource
from foundation.database import Database
from foundation.errors import NotFound
from handoff.queue import Queue, QueueRow
from handoff.summary import Summary, summarise

MAX_ORDERS = 5
MAX_PAST = 8
MAX_FRAMES = 300
_QUESTION_CHARS = 90


@dataclass(frozen=True, slots=True)
class PastChat:
    """An earlier (or later) conversation of the same customer.

    Attributes:
        outcome: ``assistant`` (resolved without a person), ``person`` (resolved after one was called),
            ``open`` (waits for or is with a person), ``running`` (the assistant answers).
        score: The rating, 1 to 5; None if none was given.
    """

    conversation_id: str
    began_at: datetime
    outcome: str
    score: int | None
    question: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One conversation as an agent needs it. `customer` is None for a guest."""

    row: QueueRow
    place: int | None
    customer: Customer | None
    orders: Sequence[Order]
    more_orders: int
    past: Sequence[PastChat]
    summary: Summary
    head: int


class CaseFiles:
    """Finds what belongs to a conversation."""

    def __init__(self, database: Database, queue: Queue, orders: OrderSource) -> None:
        self._database = database
        self._queue = queue
        self._orders = orders

    async def open(self, conversation_id: str) -> CaseFile:
        """Return a conversation's file.

        Raises:
            NotFound: There is no such conversation.
        """
        row = await self._queue.row(conversation_id)
        if row is None:
            raise NotFound("There is no such conversation.")
        customer, owned = None, []
        if row.customer_id is not None:
            customer = await self._orders.customer(row.customer_id)
            owned = list(await self._orders.orders_of(row.customer_id))
        async with self._database.reading() as connection:
            log = await _log(connection, conversation_id, 0)
            intent = await _first_intent(connection, conversation_id)
            past = await _past(connection, row.customer_id, conversation_id)
        numbers = [order.number for order in owned]
        return CaseFile(
            row=row,
            place=await self._queue.place(conversation_id),
            customer=customer,
            orders=owned[:MAX_ORDERS],
            more_orders=max(0, len(owned) - MAX_ORDERS),
            past=past,
            summary=summarise(log, intent=intent, own_orders=numbers, email=row.email or ""),
            head=log[-1].position if log else 0,
        )

    async def frames_since(self, conversation_id: str, position: int) -> list[Msg | EventFrame]:
        """Return both audiences' events after a position, in order, as frames whose `seq` is the position.

        At most `MAX_FRAMES`; ask again from the last one's.
        """
        async with self._database.reading() as connection:
            found = await _log(connection, conversation_id, position, limit=MAX_FRAMES)
        return [_frame(event) for event in found]


def _frame(event: Event) -> Msg | EventFrame:
    frame = view(event)
    # The buttons under a message are the shopper's to tap.
    return (
        frame.model_copy(update={"seq": event.position, "quick_replies": []})
        if isinstance(frame, Msg)
        else frame.model_copy(update={"seq": event.position})
    )


async def _log(
    connection: AsyncConnection, conversation_id: str, position: int, *, limit: int | None = None
) -> list[Event]:
    rows = await connection.execute(
        select(events)
        .where(events.c.conversation_id == conversation_id, events.c.position > position)
        .order_by(events.c.position)
        .limit(limit)
    )
    return [event_of(row) for row in rows.mappings()]


async def _first_intent(connection: AsyncConnection, conversation_id: str) -> str:
    record = await connection.scalar(
        select(turns.c.record)
        .where(turns.c.conversation_id == conversation_id, turns.c.record.is_not(None))
        .order_by(turns.c.created_at)
        .limit(1)
    )
    return str(record.get("intent", "")) if isinstance(record, dict) else ""


async def _past(connection: AsyncConnection, customer_id: str | None, besides: str) -> list[PastChat]:
    if customer_id is None:
        return []
    rows = (
        (
            await connection.execute(
                select(conversations)
                .where(conversations.c.customer_id == customer_id, conversations.c.id != besides)
                .order_by(conversations.c.created_at.desc())
                .limit(MAX_PAST)
            )
        )
        .mappings()
        .all()
    )
    asked = await _first_questions(connection, [row["id"] for row in rows])
    return [
        PastChat(
            conversation_id=row["id"],
            began_at=row["created_at"],
            outcome=_outcome(row["status"], row["handed_off_at"]),
            score=row["score"],
            question=asked.get(row["id"], ""),
        )
        for row in rows
    ]


def _outcome(status: str, handed_off_at: datetime | None) -> str:
    if status == "resolved":
        return "assistant" if handed_off_at is None else "person"
    return "running" if status == "pending" else "open"


async def _first_questions(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, str]:
    first = (
        select(events.c.conversation_id, func.min(events.c.position).label("position"))
        .where(
            events.c.conversation_id.in_(ids),
            events.c.kind == Kind.MESSAGE.value,
            events.c.author_kind == AuthorKind.SHOPPER.value,
        )
        .group_by(events.c.conversation_id)
        .subquery()
    )
    rows = await connection.execute(
        select(events.c.conversation_id, events.c.content).join(
            first,
            (events.c.conversation_id == first.c.conversation_id) & (events.c.position == first.c.position),
        )
    )
    questions = {}
    for conversation_id, content in rows:
        body = " ".join(str((content or {}).get("body", "")).split())
        questions[conversation_id] = (
            body if len(body) <= _QUESTION_CHARS else body[: _QUESTION_CHARS - 1] + "…"
        )
    return questions
