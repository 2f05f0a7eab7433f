"""Shows a reply in the making while the turn goes on: each sentence is stored before anyone sees it.

The turn does not wait for the database. What is still unstored when the turn has its whole reply is not
shown at all: the reply itself, which is written next, says it.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from conversation.hub import Hub
from conversation.turns import ClaimedTurn, ReplyInMaking, Turns


class Showing:
    """Stores the sentences of one turn, in order, one transaction at a time; use it as a context.

    Leaving it waits for the transaction that runs.

    Raises:
        TurnOutdated: From `show`, or on leaving: as from `Turns.show`.
        TurnLost: The same.
    """

    def __init__(self, turns: Turns, hub: Hub, turn: ClaimedTurn) -> None:
        self._turns, self._hub, self._turn = turns, hub, turn
        self._said = list(turn.shown)
        self._storing: asyncio.Task[None] | None = None
        self._over = False

    async def show(self, sentence: str) -> None:
        """Have a sentence shown as soon as it is stored."""
        self._said.append(sentence)
        if self._storing is not None and self._storing.done():
            self._storing.result()
            self._storing = None
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())

    async def _store(self) -> None:
        stored = 0
        while stored < len(self._said) and not self._over:
            stored = len(self._said)
            shown = tuple(self._said[:stored])
            await self._turns.show(self._turn, shown)
            self._hub.wake(self._turn.conversation_id, ReplyInMaking(self._turn.reply_cid, shown))

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Store nothing more; wait for what is being stored."""
        self._over = True
        if self._storing is None:
            return
        if error is None:
            await self._storing
            return
        # What ended the turn counts, not what became of a sentence of it.
        self._storing.cancel()
        await asyncio.gather(self._storing, return_exceptions=True)
