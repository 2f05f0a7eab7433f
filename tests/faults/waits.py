"""Whoever waits long for an answer: what became of their turns meanwhile, so that a finding can say it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, select

from conversation.tables import conversations, turns
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import OkienkoError

LONG_SECONDS = 3.0
LOOK_SECONDS = 0.25
TURNS_TOLD = 3


class Waiting(Protocol):
    """Somebody who may wait for an answer."""

    @property
    def waits_seconds(self) -> float:
        """For how long by now; 0 if for nothing."""
        ...

    @property
    def waits_in(self) -> str:
        """The id of the conversation."""
        ...

    def note(self, what: str) -> None:
        """Remember what happened, for as long as the wait goes on."""
        ...


class Waits:
    """Looks at the turns of those who wait long, and notes for each what has changed.

    Args:
        database: The shop's.
        clock: That by which leases end.
        waiting: All who may wait.
    """

    def __init__(self, database: Database, clock: Clock, waiting: Sequence[Waiting]) -> None:
        self._database, self._clock, self._waiting = database, clock, waiting
        self._known: dict[Waiting, str] = {}

    async def look_on(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for one in self._waiting:
                if one.waits_seconds < LONG_SECONDS:
                    self._known.pop(one, None)
                else:
                    await self._look(one)

    async def _look(self, one: Waiting) -> None:
        conversation = one.waits_in
        try:
            found = await self._database.read(lambda connection: self._read(connection, conversation))
        except OkienkoError:
            found = "the database does not answer"
        if self._known.get(one) != found:
            self._known[one] = found
            one.note(found)

    def _read(self, connection: Connection, conversation_id: str) -> str:
        state = connection.execute(
            select(
                *(conversations.c[name] for name in ("status", "owner_epoch", "head_shopper", "answered_seq"))
            ).where(conversations.c.id == conversation_id)
        ).one()
        newest = connection.execute(
            select(turns)
            .where(turns.c.conversation_id == conversation_id)
            .order_by(turns.c.created_at.desc())
            .limit(TURNS_TOLD)
        ).all()
        told = (
            f"{state.status}, epoch {state.owner_epoch}, head {state.head_shopper}, "
            f"answered {state.answered_seq}"
        )
        return "; ".join([told, *(self._told(turn) for turn in newest if turn.finished_at is None)])

    def _told(self, turn: Any) -> str:
        """Return one turn as words; whole seconds of its lease would make each look another one."""
        lease = "none"
        if turn.lease_until is not None:
            lease = "over" if turn.lease_until < self._clock.now() else "held"
            if lease == "held":
                lease = f"held until {turn.lease_until:%H:%M:%S}"
        return (
            f"turn {turn.id[:8]} {turn.state} upto {turn.upto_seq}, epoch {turn.owner_epoch}, "
            f"by {(turn.claimed_by or 'nobody')[:8]}, attempts {turn.attempts}, "
            f"{len(turn.shown)} shown, lease {lease}, error {turn.error}"
        )
