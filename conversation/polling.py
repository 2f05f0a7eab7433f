"""The HTTP edge of a chat: sessions, and the same protocol by long-polling where sockets are broken.

`POST /v1/session` is open to anyone with the shop's site key, from an allowed Origin, limited by address.
`POST /v1/messages` and `GET /v1/events` are for whoever holds a session token (Authorization: Bearer).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request

from conversation.events import Event
from conversation.feed import PAGE
from conversation.frames import (
    MAX_FRAME_BYTES,
    EventsReply,
    PostReply,
    Seq,
    SessionReply,
    view,
)
from conversation.hub import Hub, Subscription
from conversation.intake import Intake
from conversation.log import Conversation, Log, check_visitor
from conversation.open_lines import OpenLines
from conversation.parsing import parse_post, parse_session
from conversation.session import Sessions, Visitor
from foundation.bodies import read_body
from foundation.errors import Forbidden, Unauthenticated
from foundation.limits import RateLimiter, counted_address
from foundation.logs import now_about
from foundation.measures import Gauge

MAX_WAIT_SECONDS = 25
BODY_SECONDS = 10

_POLLS = Gauge("long_polls", "Long polls of shoppers that are open.")


class ChatHttp:
    """Serves the HTTP side of the wire protocol."""

    def __init__(
        self,
        *,
        log: Log,
        hub: Hub,
        sessions: Sessions,
        intake: Intake,
        limiter: RateLimiter,
        sessions_per_minute: int,
        origin_allowed: Callable[[str | None, str], bool],
        lines: OpenLines | None = None,
        address_key: Callable[[str], str] = counted_address,
    ) -> None:
        self._log = log
        self._hub = hub
        self._sessions = sessions
        self._intake = intake
        self._limiter = limiter
        self._sessions_per_minute = sessions_per_minute
        self._origin_allowed = origin_allowed
        self._lines = lines or OpenLines()
        self._address_key = address_key

    def router(self) -> APIRouter:
        """Return the three routes."""
        router = APIRouter(prefix="/v1")
        router.add_api_route("/session", self.session, methods=["POST"])
        router.add_api_route("/messages", self.messages, methods=["POST"])
        router.add_api_route("/events", self.events, methods=["GET"])
        return router

    async def session(self, request: Request) -> SessionReply:
        """Open or resume a session: the body is a `SessionRequest`."""
        if not self._origin_allowed(request.headers.get("origin"), request.headers.get("host", "")):
            raise Forbidden("This page may not open the chat. Add its address to OKIENKO_ALLOWED_ORIGINS.")
        address = _address(request)
        await self._limiter.hit("session", self._address_key(address), per_minute=self._sessions_per_minute)
        return await self._sessions.open(parse_session(await _body(request)), address=address)

    async def messages(self, request: Request, authorization: Annotated[str, Header()] = "") -> PostReply:
        """Take one frame: the body is a `PostMessage`."""
        address = self._address_key(_address(request))
        await self._lines.come(address)
        post = parse_post(await _body(request))
        visitor, conversation = await self._admit(authorization, post.conversation_id)
        answer = await self._intake.take(visitor, conversation, post.frame, address=address)
        return PostReply(frames=[] if answer is None else [answer])

    async def events(
        self,
        request: Request,
        conversation_id: Annotated[str, Query(max_length=64)],
        since: Annotated[Seq, Query()] = 0,
        wait: Annotated[float, Query(ge=0, le=MAX_WAIT_SECONDS)] = 0,
        authorization: Annotated[str, Header()] = "",
    ) -> EventsReply:
        """Return the log after `since`; wait up to `wait` seconds for something to come."""
        address = self._address_key(_address(request))
        await self._lines.come(address)
        visitor, conversation = await self._admit(authorization, conversation_id)
        with _POLLS.one_more(), self._hub.listen(conversation.id) as subscription:
            found = await self._log.since(conversation.id, since, limit=PAGE)
            if not found and wait > 0:
                with self._lines.hold(address):
                    found = await self._wait_for(conversation.id, since, wait, subscription)
        conversation = await self._log.conversation(conversation.id)
        check_visitor(conversation.visitor_id, visitor.id)  # it may have been erased meanwhile
        return EventsReply(
            log_epoch=await self._log.epoch(),
            head=conversation.head,
            status=conversation.status.value,
            frames=[view(event) for event in found],
        )

    async def _wait_for(
        self, conversation_id: str, since: int, wait: float, subscription: Subscription
    ) -> list[Event]:
        until = time.monotonic() + wait
        while True:
            left_seconds = until - time.monotonic()
            woken = await subscription.wait(max(0.0, min(left_seconds, self._hub.look_anyway_seconds)))
            found = await self._log.since(conversation_id, since, limit=PAGE)
            # Woken with nothing to show: also how polls end when the server stops.
            if found or woken or time.monotonic() >= until:
                return found

    async def _admit(self, authorization: str, conversation_id: str) -> tuple[Visitor, Conversation]:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("Send the session token in the Authorization header.")
        visitor, conversation = await self._sessions.admit(token, conversation_id)
        now_about(conversation=conversation.id)
        return visitor, conversation


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


async def _body(request: Request) -> bytes:
    return await read_body(request, most=MAX_FRAME_BYTES, seconds=BODY_SECONDS)
