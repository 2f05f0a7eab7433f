"""Checks the seals of every conversation in one pass, inside a caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import event_of
from conversation.events import GENESIS, Draft, content_digest, seal
from conversation.tables import conversations, events

_BATCH = 500


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """The first event of a conversation whose seal does not hold, or that is missing or too many."""

    conversation_id: str
    position: int


async def broken_seals(
    connection: AsyncConnection, on_events: Callable[[int], None] = lambda _count: None
) -> list[BrokenSeal]:
    """Return every conversation whose chain is broken, with where; empty when all are whole.

    Content of erased events is gone and is not checked; their place in the chain is. Events of a conversation
    that is not there count as broken at the first.

    Args:
        connection: Of the transaction.
        on_events: Told how many events more were looked at.
    """
    rows = await connection.execute(select(conversations.c.id, conversations.c.head_hash))
    heads = {str(row.id): str(row.head_hash) for row in rows}
    found: list[BrokenSeal] = []
    chain = _Chain("")
    ordered = select(events).order_by(events.c.conversation_id, events.c.position)
    async for row in (await connection.stream(ordered.execution_options(yield_per=_BATCH))).mappings():
        if row["conversation_id"] != chain.conversation_id:
            found += chain.ended(heads)
            chain = _Chain(row["conversation_id"])
        chain.take(row)
        on_events(1)
    found += chain.ended(heads)
    # What is left has no event at all.
    return found + [BrokenSeal(one, 1) for one, head in heads.items() if head != GENESIS]


class _Chain:
    """One conversation's events, as far as they were seen."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self._previous, self._expected = GENESIS, 1
        self._broken: int | None = None

    def take(self, row: RowMapping) -> None:
        if self._broken is not None:
            return
        if row["position"] != self._expected or not seal_holds(row, self._previous):
            self._broken = self._expected
        self._previous, self._expected = row["hash"], self._expected + 1

    def ended(self, heads: dict[str, str]) -> list[BrokenSeal]:
        if not self.conversation_id:
            return []
        head = heads.pop(self.conversation_id, None)
        if head is None:
            self._broken = 1
        elif self._broken is None and head != self._previous:
            self._broken = self._expected
        return [] if self._broken is None else [BrokenSeal(self.conversation_id, self._broken)]


def seal_holds(row: RowMapping, previous: str) -> bool:
    """Return whether an event is what its seal says, after the hash before it."""
    event = event_of(row)
    if not event.erased and content_digest(row["salt"], event.author, row["content"]) != row["digest"]:
        return False
    draft = Draft(event.kind, event.author, event.content, event.audience, event.cid, event.generated)
    expected: str = seal(
        previous,
        conversation_id=event.conversation_id,
        position=event.position,
        draft=draft,
        seq=event.seq,
        ts=event.ts,
        digest=row["digest"],
    )
    return bool(row["hash"] == expected)
