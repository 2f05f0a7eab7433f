"""Servers that are wrong on purpose, one way each. The harness must catch every one of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conversation.entries import Appended
from conversation.events import Draft, Event
from conversation.log import AfterMessage, Log
from conversation.turns import ClaimedTurn, Finished, TurnLost, Turns
from foundation.language import Language
from server.house import House

COMMIT_SECONDS = 0.05


class NoDedupe(Log):
    """Writes a message that it has already once more."""

    async def receive(self, conversation_id: str, draft: Draft, **more: Any) -> Appended:
        done = await super().receive(conversation_id, draft, **more)
        if done.duplicate:
            twin = replace(draft, cid=str(uuid4()))
            await super().receive(conversation_id, twin, **more)
        return done


class AckBeforeCommit(Log):
    """Says that a message is stored while it is still being committed."""

    async def receive(
        self, conversation_id: str, draft: Draft, *, after: AfterMessage | None = None, **more: Any
    ) -> Appended:
        early: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()

        async def written(connection: AsyncConnection, event: Event, now: datetime) -> None:
            if after is not None:
                await after(connection, event, now)
            early.set_result(Appended(event, duplicate=False))
            await asyncio.sleep(COMMIT_SECONDS)

        storing = asyncio.create_task(super().receive(conversation_id, draft, after=written, **more))
        await asyncio.wait({storing, early}, return_when=asyncio.FIRST_COMPLETED)
        return early.result() if early.done() else await storing


class IgnoresLease(Turns):
    """Says its reply although another worker has got the turn, or has answered already."""

    async def finish(
        self,
        turn: ClaimedTurn,
        reply: Draft | None,
        *,
        record: Mapping[str, Any],
        language: Language | None = None,
        and_then: Callable[[AsyncConnection, str, datetime], Awaitable[None]] | None = None,
    ) -> Finished:
        try:
            return await super().finish(turn, reply, record=record, language=language, and_then=and_then)
        except TurnLost:
            assert reply is not None
            again = replace(reply, cid=f"{reply.cid}:again")
            (said,) = await Log(self._database, self._clock).append(turn.conversation_id, [again])
            return Finished(said.event, more=False)


class NoResume:
    """Stands before the application and forgets what a client holds: who comes back begins at the end."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/v1/events":
            query = dict(parse_qsl(scope["query_string"].decode()))
            if query.get("since", "0") != "0":
                query["since"] = str(await self._head(query["conversation_id"]))
            scope = {**scope, "query_string": urlencode(query).encode()}

        async def forgetful() -> Message:
            message = await receive()
            frame = json.loads(message["text"]) if message.get("text") else {}
            if frame.get("since"):
                frame["since"] = await self._head(frame["conversation_id"])
                message["text"] = json.dumps(frame)
            return message

        await self._app(scope, forgetful if scope["type"] == "websocket" else receive, send)

    async def _head(self, conversation_id: str) -> int:
        return (await self._log.conversation(conversation_id)).head


VARIANTS = {
    "no-dedupe": {"doubled"},
    "ack-before-commit": {"lost"},
    "no-resume": {"hole", "stuck", "behind"},
    "ignores-lease": {"answered_twice"},
}
"""By which findings of `tests/faults/run.py` each must be caught; one of them is enough."""


def broken(house: House, variant: str) -> House:
    """Return the house with the part exchanged that `variant` names; ``no-resume`` is not in the house."""
    if variant == "no-dedupe":
        return replace(house, log=NoDedupe(house.database, house.clock))
    if variant == "ack-before-commit":
        return replace(house, log=AckBeforeCommit(house.database, house.clock))
    if variant == "ignores-lease":
        return replace(house, turns=IgnoresLease(house.database, house.clock))
    return house
