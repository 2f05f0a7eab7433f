"""Erases what people said in conversations; the chain of seals stays whole.

Content, author and salt go; what remains is that something was said, when, and by which kind of author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import append, locked
from conversation.events import SYSTEM, Audience, AuthorKind, Draft, Kind, Status
from conversation.tables import conversations, events, turns
from conversation.turn_statements import CANCELLED, RUNNING, WAITING
from foundation.errors import NotFound

_MANY = 500
"""So many ids stand in one statement; databases limit that."""

_OF_PEOPLE = (
    Kind.MESSAGE,
    Kind.NOTE,
    Kind.INTERRUPTED,
    Kind.RATING,
    Kind.CUSTOMER_IDENTIFIED,
    Kind.WITHDRAWAL_RECEIVED,
    Kind.COMPLAINT_RECEIVED,
)
"""What may hold personal data of a shopper, whoever wrote it. Who of the shop had the conversation stays."""

_KEPT_OF_TURNS = ("outcome", "intent", "subject", "language", "confidence", "stage_ms", "library_state")


@dataclass(frozen=True, slots=True)
class ErasedConversations:
    """How many conversations, and how many of their events that were not erased before."""

    conversations: int = 0
    events: int = 0


async def find_conversations(
    connection: AsyncConnection, *, customers: Sequence[str] = (), emails: Sequence[str] = ()
) -> list[str]:
    """Return the ids of the conversations of customers, and of guests who left one of these addresses."""
    guest = conversations.c.customer_id.is_(None)
    left = func.lower(conversations.c.email).in_([email.lower() for email in emails])
    found = await connection.scalars(
        select(conversations.c.id)
        .where(or_(conversations.c.customer_id.in_(customers), guest & left))
        .order_by(conversations.c.created_at, conversations.c.id)
    )
    return [str(one) for one in found]


async def lock_conversations(connection: AsyncConnection, ids: Sequence[str]) -> None:
    """Hold conversations for the caller's transaction: what is being written in one is waited for."""
    # In one order everywhere: two that wait for each other's conversations would wait for ever.
    for one in sorted(ids):
        await locked(connection, one)


async def held_with(connection: AsyncConnection, conversation_id: str, customer_id: str) -> bool:
    """Return whether there is such a conversation with a customer still; it is held for the transaction."""
    try:
        row = await locked(connection, conversation_id)
    except NotFound:
        return False
    return bool(row["customer_id"] == customer_id)


async def erase_conversations(
    connection: AsyncConnection, ids: Sequence[str], now: datetime
) -> ErasedConversations:
    """Erase conversations in the caller's transaction: whatever is in the making ends, and they are resolved.

    Figures stay: language, times, what a turn was about, the score. Nobody can go on with such a
    conversation: it belongs to no visitor any more.
    """
    await lock_conversations(connection, ids)
    erased = 0
    for some in _parts(ids):
        personal = or_(
            events.c.author_kind == AuthorKind.SHOPPER.value,
            events.c.kind.in_([kind.value for kind in _OF_PEOPLE]),
        )
        done = await connection.execute(
            update(events)
            .where(events.c.conversation_id.in_(some), personal, events.c.salt.is_not(None))
            .values(author_id=None, author_name=None, content=null(), salt=None)
        )
        erased += done.rowcount
        await _erase_turns(connection, some, now)
    for one in ids:
        await append(connection, one, Draft(Kind.REDACTED, SYSTEM, {}, Audience.STAFF), now)
        nobody = {
            "visitor_id": str(uuid4()),
            "customer_id": None,
            "email": None,
            "address_key": None,
            "owner_id": None,
            "waiting_since": None,
            "status": Status.RESOLVED.value,
            "resolved_at": func.coalesce(conversations.c.resolved_at, now),
            "owner_epoch": conversations.c.owner_epoch + 1,
        }
        await connection.execute(update(conversations).where(conversations.c.id == one).values(nobody))
    return ErasedConversations(len(ids), erased)


async def _erase_turns(connection: AsyncConnection, ids: Sequence[str], now: datetime) -> None:
    of_these = turns.c.conversation_id.in_(ids)
    await connection.execute(
        update(turns)
        .where(of_these, turns.c.state.in_([WAITING, RUNNING]))
        .values(state=CANCELLED, finished_at=now)
    )
    await forget_turns(connection, of_these)


async def forget_turns(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Take what was said, read and judged out of turns, in the caller's transaction; figures stay."""
    rows = (await connection.execute(select(turns.c.id, turns.c.record).where(which))).all()
    for row in rows:
        bare: dict[str, Any] = {"shown": [], "record": bare_record(row.record), "error": None}
        await connection.execute(update(turns).where(turns.c.id == row.id).values(bare))


def bare_record(record: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what of a turn's record is a figure."""
    before = record or {}
    return {name: before[name] for name in _KEPT_OF_TURNS if name in before}


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]
