"""What a client's frame does, whichever way it came (socket or HTTP)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Author, AuthorKind, Draft, Kind
from conversation.frames import (
    MAX_BODY_CHARS,
    Ack,
    Action,
    AskHuman,
    ClientFrame,
    Hello,
    Nack,
    Rate,
    Seen,
    Send,
    TypingNow,
)
from conversation.hub import DESK, TURNS, Hub
from conversation.log import Conversation, Log
from conversation.ports import Actions, ShopperAction
from conversation.session import Visitor
from conversation.texts import refusal
from foundation.errors import Conflict, InvalidInput, NotFound, RateLimited, Unavailable
from foundation.limits import RateLimiter
from foundation.measures import Counter
from foundation.style import Style
from foundation.tracing import span

logger = logging.getLogger("okienko.conversation")

SEEN_PER_MINUTE = 120
HELLOS_PER_MINUTE = 60

_RECEIVED = Counter(
    "received",
    "What shoppers sent and was acknowledged; what is sent again counts again.",
    kind=("message", "action"),
)
_REFUSED = Counter(
    "nacks",
    "What shoppers sent and was refused, by the code they were given.",
    code=("rate_limited", "conflict", "invalid", "unavailable", "empty", "too_long"),
)


class Intake:
    """Writes what shoppers send to the log, and wakes those who wait for it."""

    def __init__(
        self,
        *,
        log: Log,
        hub: Hub,
        actions: Actions,
        limiter: RateLimiter,
        messages_per_minute: int,
        address_messages_per_minute: int = 0,
        shop_messages_per_minute: int = 0,
        style: Style = Style.INFORMAL,
    ) -> None:
        self._log = log
        self._hub = hub
        self._actions = actions
        self._limiter = limiter
        self._messages_per_minute = messages_per_minute
        self._address_messages_per_minute = address_messages_per_minute
        self._shop_messages_per_minute = shop_messages_per_minute
        self._style = style

    async def take(
        self, visitor: Visitor, conversation: Conversation, frame: ClientFrame, *, address: str = ""
    ) -> Ack | Nack | None:
        """Do what a frame asks; the ack follows the commit. None for frames that get no answer.

        The visitor may write only to the conversation of their own token, which `conversation` must be.
        `address` stands for where the frame comes from; empty where it comes from no network.

        Raises:
            Erased: The conversation has been erased; nothing is written.
            RateLimited: A client begins anew all the time.
        """
        if isinstance(frame, Hello):
            await self._limiter.hit("hello", visitor.id, per_minute=HELLOS_PER_MINUTE)
            return None
        if isinstance(frame, Seen):
            await self._seen(visitor, conversation, frame.seq)
            return None
        if isinstance(frame, TypingNow):
            return None
        answer = await self._answer(visitor, conversation, frame, address)
        if isinstance(answer, Nack):
            _REFUSED.add(code=answer.code)
        else:
            _RECEIVED.add(kind="message" if isinstance(frame, Send) else "action")
        return answer

    async def _answer(
        self,
        visitor: Visitor,
        conversation: Conversation,
        frame: Send | AskHuman | Action | Rate,
        address: str,
    ) -> Ack | Nack:
        cid = str(frame.cid)
        language = conversation.language
        try:
            await self._count(visitor, address)
            if isinstance(frame, Send):
                return await self._message(visitor, conversation, cid, frame.body)
            return await self._action(conversation, visitor, cid, frame)
        except RateLimited as error:
            seconds = error.retry_after_seconds
            text = refusal("rate_limited", language, self._style, seconds=seconds)
            return Nack(cid=cid, code="rate_limited", message=text, retry_after=seconds)
        except Conflict:
            return Nack(cid=cid, code="conflict", message=refusal("conflict", language, self._style))
        except (InvalidInput, NotFound) as error:
            return Nack(cid=cid, code="invalid", message=error.message)
        except Unavailable as error:
            # Disk full, locked for too long: the client keeps the message and sends it again.
            logger.error("a message could not be stored. %s", error.message)
            return Nack(
                cid=cid,
                code="unavailable",
                message=refusal("unavailable", language, self._style),
                retry_after=2,
            )

    async def _count(self, visitor: Visitor, address: str) -> None:
        """Count a message for visitor, address and shop; what is refused costs those further on nothing."""
        await self._limiter.hit("message", visitor.id, per_minute=self._messages_per_minute)
        if address:
            limit = self._address_messages_per_minute
            await self._limiter.hit("address-message", address, per_minute=limit)
        await self._limiter.hit("shop-message", "all", per_minute=self._shop_messages_per_minute)

    async def _seen(self, visitor: Visitor, conversation: Conversation, seq: int) -> None:
        try:
            await self._limiter.hit("seen", visitor.id, per_minute=SEEN_PER_MINUTE)
            await self._log.mark_seen(conversation.id, seq)
        except (RateLimited, Unavailable) as error:
            # The next one says it again; a chat must not end for it.
            logger.debug("what was seen is not remembered: %s", error.message)

    async def _message(self, visitor: Visitor, conversation: Conversation, cid: str, body: str) -> Ack | Nack:
        if not body.strip():
            return Nack(cid=cid, code="empty", message=refusal("empty", conversation.language, self._style))
        if len(body) > MAX_BODY_CHARS:
            text = refusal("too_long", conversation.language, self._style, limit=MAX_BODY_CHARS)
            return Nack(cid=cid, code="too_long", message=text)
        author = Author(AuthorKind.SHOPPER, visitor.id)
        draft = Draft(Kind.MESSAGE, author, {"body": body}, cid=cid)
        # Most messages state nothing, and are written in one go.
        heeded = self._actions.heeds(body)
        with span("message", own=(conversation.id, cid), conversation=conversation.id):
            appended = await self._log.receive(
                conversation.id,
                draft,
                visitor_id=visitor.id,
                before=self._actions.reopen_within,
                after=self._actions.received_within if heeded else None,
            )
        # With what may come after it, it is one of several events: those who show them look.
        self._hub.wake(conversation.id, None if appended.duplicate or heeded else appended.event)
        for topic in (TURNS, DESK):
            self._hub.wake(topic)
        return Ack(cid=cid, seq=appended.event.seq)

    async def _action(
        self, conversation: Conversation, visitor: Visitor, cid: str, frame: AskHuman | Action | Rate
    ) -> Ack:
        name, value = _named(frame)
        shopper = Author(AuthorKind.SHOPPER, visitor.id)
        action = ShopperAction(conversation.id, conversation.language, shopper, cid, name, value)

        async def act(connection: AsyncConnection, _conversation_id: str, now: datetime) -> None:
            await self._actions.act_within(connection, action, now)

        seq = await self._log.act(conversation.id, cid, act, visitor_id=visitor.id)
        for topic in (conversation.id, TURNS, DESK):
            self._hub.wake(topic)
        return Ack(cid=cid, seq=seq)


def _named(frame: AskHuman | Action | Rate) -> tuple[str, Mapping[str, Any]]:
    if isinstance(frame, AskHuman):
        return "ask_human", {}
    if isinstance(frame, Rate):
        return "rate", frame.model_dump(exclude={"type", "cid"})
    return frame.name, frame.value
