"""The WebSocket edge of a chat, `/v1/chat`.

Open to anyone who holds a session token, from an allowed Origin. The token comes in the first frame, never
in the URL. Whatever a client sends, it gets frames back: errors are `error` frames and a close code, never
a traceback.

Close codes: 4400 malformed frame, 4401 not (or no longer) authenticated, 4403 foreign Origin,
4408 no hello in time, 4410 the conversation was erased, 1009 frame too large, 1001 the server stops,
1013 try again later. A client that does not read is dropped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from conversation.feed import Feed
from conversation.frames import PROTOCOL_VERSION, Bye, Error, Hello, Nack, Welcome
from conversation.hub import Hub, Subscription
from conversation.intake import Intake
from conversation.line import Gone, Line
from conversation.log import Conversation, Log
from conversation.open_lines import NoRoom, OpenLines
from conversation.parsing import parse_frame
from conversation.session import Sessions, Visitor
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import (
    Erased,
    Forbidden,
    InvalidInput,
    NotFound,
    OkienkoError,
    RateLimited,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from foundation.limits import counted_address
from foundation.logs import now_about
from foundation.measures import Gauge

logger = logging.getLogger("okienko.conversation")

HELLO_SECONDS = 10
FAREWELL_SECONDS = 2
SLOWED_SECONDS = 0.5
"""How long whoever was told to slow down is not listened to: a flood waits on its own side."""

_OPEN = Gauge("sockets", "Chat sockets that are open.")

CLOSE_CODES: dict[type[OkienkoError], int] = {
    TooLarge: 1009,
    InvalidInput: 4400,
    Unauthenticated: 4401,
    Forbidden: 4403,
    NotFound: 4401,
    RateLimited: 1013,
    Unavailable: 1013,
}


class ChatSockets:
    """Serves chat sockets: one reader and one sender task for each."""

    def __init__(
        self,
        *,
        database: Database,
        log: Log,
        hub: Hub,
        sessions: Sessions,
        intake: Intake,
        clock: Clock,
        origin_allowed: Callable[[str | None, str], bool],
        lines: OpenLines | None = None,
        address_key: Callable[[str], str] = counted_address,
    ) -> None:
        self._database = database
        self._log = log
        self._hub = hub
        self._sessions = sessions
        self._intake = intake
        self._clock = clock
        self._origin_allowed = origin_allowed
        self._lines = lines or OpenLines()
        self._address_key = address_key
        self._stopping = False
        self._nobody = asyncio.Event()
        self._nobody.set()
        self.open_count = 0

    def router(self) -> APIRouter:
        """Return the route of the socket."""
        router = APIRouter()
        router.add_api_websocket_route("/v1/chat", self.serve)
        return router

    async def stop(self) -> None:
        """Tell every client to come back elsewhere, and close; return when all have gone, or soon."""
        self._stopping = True
        self._hub.wake_all()
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._nobody.wait()

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one socket to its end."""
        await websocket.accept()
        line = Line(websocket)
        self.open_count += 1
        self._nobody.clear()
        try:
            host = websocket.headers.get("host", "")
            if not self._origin_allowed(websocket.headers.get("origin"), host):
                raise Forbidden(
                    "This page may not open the chat. Add its address to OKIENKO_ALLOWED_ORIGINS."
                )
            address = self._address_key(websocket.client.host if websocket.client else "")
            await self._lines.come(address)
            with self._lines.hold(address):
                await self._chat(line, address)
        except NoRoom:
            # Without an error: the client's session is good, only the line is one too many.
            await line.close(None, 1013)
        except Erased:
            await line.close(Bye(reason="erased"), 4410)
        except OkienkoError as error:
            code = next((c for kind, c in CLOSE_CODES.items() if isinstance(error, kind)), 1011)
            await line.close(Error(code=error.code, message=error.message, fatal=True), code)
        except (WebSocketDisconnect, Gone):
            logger.debug("a client left")
        except Exception:
            logger.exception("a chat socket failed")
            await line.close(Error(code="error", message="Something went wrong here.", fatal=True), 1011)
        finally:
            self.open_count -= 1
            if self.open_count == 0:
                self._nobody.set()

    async def _chat(self, line: Line, address: str) -> None:
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = parse_frame(await line.receive())
        except TimeoutError:
            await line.close(Error(code="timeout", message="No hello came in time.", fatal=True), 4408)
            return
        if not isinstance(hello, Hello):
            raise Unauthenticated("The first frame must be a hello with a token.")
        chat = _Chat(line, address, *await self._admit(hello))
        now_about(conversation=chat.conversation.id)
        with _OPEN.one_more(), self._hub.listen(chat.conversation.id) as subscription:
            await self._welcome(chat, hello)
            tasks = [
                asyncio.create_task(self._read(chat, subscription)),
                asyncio.create_task(self._send(chat, subscription)),
            ]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _admit(self, hello: Hello) -> tuple[Visitor, Conversation]:
        if hello.v != PROTOCOL_VERSION:
            raise InvalidInput(f"This server speaks version {PROTOCOL_VERSION}. Reload the page.")
        return await self._sessions.admit(hello.token, hello.conversation_id)

    async def _welcome(self, chat: _Chat, hello: Hello) -> None:
        epoch, head = await self._log.epoch(), chat.conversation.head
        reset = (bool(hello.log_epoch) and hello.log_epoch != epoch) or hello.since > head
        status = chat.conversation.status.value
        await chat.line.send(Welcome(log_epoch=epoch, head=head, status=status, reset=reset))
        since = 0 if reset else hello.since
        chat.feed = Feed(self._database, chat.conversation.id, since, visitor_id=chat.visitor.id)

    async def _read(self, chat: _Chat, subscription: Subscription) -> None:
        while True:
            frame = parse_frame(await chat.line.receive())
            if isinstance(frame, Hello):
                # The client saw a hole, or renews its token: start again from what it has.
                visitor, conversation = await self._admit(frame)
                if conversation.id != chat.conversation.id:
                    raise Unauthenticated("A socket serves one conversation. Open another one.")
                await self._intake.take(visitor, conversation, frame, address=chat.address)
                chat.visitor, chat.conversation = visitor, conversation
                await self._welcome(chat, frame)
                subscription.wake()
                continue
            if self._seconds_left(chat) <= 0:
                raise Unauthenticated("The session expired. Open it again.")
            answer = await self._intake.take(chat.visitor, chat.conversation, frame, address=chat.address)
            if answer is not None:
                await chat.line.send(answer)
            if isinstance(answer, Nack) and answer.code == "rate_limited":
                await asyncio.sleep(SLOWED_SECONDS)

    async def _send(self, chat: _Chat, subscription: Subscription) -> None:
        while not self._stopping:
            feed = chat.feed
            if feed is not None:
                for frame in await feed.next():
                    await chat.line.send(frame)
            left_seconds = self._seconds_left(chat)
            if left_seconds <= 0:
                await chat.line.close(Bye(reason="expired"), 4401)
                return
            await subscription.wait(min(self._hub.look_anyway_seconds, left_seconds))
        await chat.line.close(Bye(reason="shutdown"), 1001)

    def _seconds_left(self, chat: _Chat) -> float:
        return chat.visitor.expires_at - self._clock.now().timestamp()


@dataclass(slots=True)
class _Chat:
    """What a socket is about; a new hello replaces visitor (a fresher token) and feed."""

    line: Line
    address: str
    visitor: Visitor
    conversation: Conversation
    feed: Feed | None = None
