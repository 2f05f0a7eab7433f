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
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from conversation.feed import Feed, Shown
from conversation.frames import (
    PROTOCOL_VERSION,
    Bye,
    ClientFrame,
    Delta,
    Error,
    Hello,
    Msg,
    Nack,
    Retract,
    Welcome,
)
from conversation.hub import SOCKETS, Hub
from conversation.intake import Intake
from conversation.line import Gone, Line
from conversation.log import Conversation, Log
from conversation.news import News
from conversation.open_lines import NoRoom, OpenLines
from conversation.parsing import parse_frame
from conversation.rounds import Standing, being_answered, standing
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
NEWS_AT_ONCE = 8
"""So much news waits for a client that takes its time; of more, the database tells."""
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
    """Serves chat sockets: one task for each, one more while it is shown something, and one for all."""

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
        self._chats: set[_Chat] = set()
        self._round: asyncio.Task[None] | None = None
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
        chat = await self._begin(line, address)
        now_about(conversation=chat.conversation.id)
        with _OPEN.one_more(), self._hub.listen(chat.conversation.id) as subscription:
            chat.context, chat.reader = copy_context(), asyncio.current_task()
            subscription.call(partial(self._look, chat))
            self._chats.add(chat)
            self._go_round_while_anybody_is_here()
            self._look(chat)
            try:
                await self._read(chat)
            except asyncio.CancelledError:
                if not chat.cancelled_itself():
                    raise
                assert chat.ended is not None
                raise chat.ended from None
            finally:
                chat.reader = None
                self._chats.discard(chat)
                self._go_round_while_anybody_is_here()
                await chat.be_silent()

    async def _begin(self, line: Line, address: str) -> _Chat:
        """Hear the hello, and welcome who may come in."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = parse_frame(await line.receive())
        except TimeoutError:
            await line.close(Error(code="timeout", message="No hello came in time.", fatal=True), 4408)
            raise Gone from None
        if not isinstance(hello, Hello):
            raise Unauthenticated("The first frame must be a hello with a token.")
        visitor, conversation = await self._admit(hello)
        return _Chat(line, address, visitor, conversation, await self._welcome(line, conversation, hello))

    async def _admit(self, hello: Hello) -> tuple[Visitor, Conversation]:
        if hello.v != PROTOCOL_VERSION:
            raise InvalidInput(f"This server speaks version {PROTOCOL_VERSION}. Reload the page.")
        return await self._sessions.admit(hello.token, hello.conversation_id)

    async def _welcome(self, line: Line, conversation: Conversation, hello: Hello) -> Feed:
        epoch, head = await self._log.epoch(), conversation.head
        reset = (bool(hello.log_epoch) and hello.log_epoch != epoch) or hello.since > head
        await line.send(Welcome(log_epoch=epoch, head=head, status=conversation.status.value, reset=reset))
        since = 0 if reset else hello.since
        return Feed(self._database, conversation.id, since, visitor_id=conversation.visitor_id)

    async def _read(self, chat: _Chat) -> None:
        while True:
            # Nothing of a frame is kept while the next one is waited for: most of the time nothing comes.
            await self._take(chat, parse_frame(await chat.line.receive()))

    async def _take(self, chat: _Chat, frame: ClientFrame) -> None:
        if isinstance(frame, Hello):
            # The client saw a hole, or renews its token: start again from what it has.
            visitor, conversation = await self._admit(frame)
            if conversation.id != chat.conversation.id:
                raise Unauthenticated("A socket serves one conversation. Open another one.")
            await self._intake.take(visitor, conversation, frame, address=chat.address)
            chat.visitor, chat.conversation = visitor, conversation
            chat.feed = await self._welcome(chat.line, conversation, frame)
            self._look(chat)
            return
        if self._seconds_left(chat) <= 0:
            raise Unauthenticated("The session expired. Open it again.")
        answer = await self._intake.take(chat.visitor, chat.conversation, frame, address=chat.address)
        if answer is not None:
            await chat.line.send(answer)
        if isinstance(answer, Nack) and answer.code == "rate_limited":
            await asyncio.sleep(SLOWED_SECONDS)

    def _look(self, chat: _Chat, news: News | None = None) -> None:
        """Show a client what is new, by the news if they say it all; whoever is at it already goes on."""
        chat.hear(news)
        if chat.sender is None and chat.ended is None:
            chat.sender = asyncio.create_task(self._show(chat), context=chat.context)

    async def _show(self, chat: _Chat) -> None:
        try:
            while chat.look_again or chat.news:
                if self._stopping:
                    await chat.line.close(Bye(reason="shutdown"), 1001)
                    raise Gone
                for frame in await chat.whats_new():
                    await chat.line.send(frame)
                    chat.note(frame)
                if self._seconds_left(chat) <= 0:
                    await chat.line.close(Bye(reason="expired"), 4401)
                    raise Gone
        except Exception as error:  # noqa: BLE001 - the reader raises it
            chat.end(error)
        finally:
            chat.sender = None

    def _go_round_while_anybody_is_here(self) -> None:
        if self._chats and self._round is None:
            # Of nobody's socket: nothing that is logged there is about one.
            self._round = asyncio.create_task(self._go_round(), context=Context())
        elif not self._chats and self._round is not None:
            self._round.cancel()
            self._round = None

    async def _go_round(self) -> None:
        """Look for all sockets now and then: wake-ups may be lost, and tokens expire."""
        with self._hub.listen(SOCKETS) as subscription:
            while True:
                await subscription.wait(self._hub.look_anyway_seconds)
                try:
                    await self._find_news()
                except Exception as error:
                    if not isinstance(error, Unavailable):
                        logger.exception("a look at all chats failed")
                    # Each finds out for itself, and says so.
                    for chat in list(self._chats):
                        self._look(chat)

    async def _find_news(self) -> None:
        moment, answered = self._clock.now().timestamp(), await being_answered(self._database)
        chats: dict[str, list[_Chat]] = {}
        for chat in self._chats:
            chats.setdefault(chat.conversation.id, []).append(chat)
        async for page in standing(self._database, list(chats)):
            for conversation_id, now in page.items():
                for chat in chats[conversation_id]:
                    expired = chat.visitor.expires_at <= moment
                    if expired or conversation_id in answered or not chat.shows(now):
                        self._look(chat)

    def _seconds_left(self, chat: _Chat) -> float:
        return chat.visitor.expires_at - self._clock.now().timestamp()


@dataclass(slots=True, eq=False)
class _Chat:
    """What a socket is about; a new hello replaces visitor (a fresher token) and feed.

    There are thousands, most of them idle: the socket's own task reads, and another one lives only while
    there is something to show.
    """

    line: Line
    address: str
    visitor: Visitor
    conversation: Conversation
    feed: Feed
    reply_id: str = ""
    look_again: bool = False
    news: tuple[News, ...] = ()
    context: Context | None = None
    reader: asyncio.Task[None] | None = None
    sender: asyncio.Task[None] | None = None
    ended: Exception | None = None

    def hear(self, news: News | None) -> None:
        """Remember a wake-up; without news, or with too many, there is a look to be taken."""
        if news is None or self.look_again or len(self.news) >= NEWS_AT_ONCE:
            self.look_again, self.news = True, ()
        else:
            self.news += (news,)

    async def whats_new(self) -> Sequence[Shown]:
        """Return what is new to the client. Raises as `Feed.next`."""
        if not self.look_again:
            news, self.news = self.news, ()
            frames, whole = self.feed.follow(news)
            self.look_again = self.look_again or not whole
            return frames
        self.look_again, self.news = False, ()
        frames = await self.feed.next()
        if self.news:
            # They came meanwhile: who can tell whether what we saw is older?
            self.look_again, self.news = True, ()
        return frames

    def note(self, frame: Shown) -> None:
        """Remember which reply is in the making on the client's screen."""
        if isinstance(frame, Delta):
            self.reply_id = frame.reply_id
        elif isinstance(frame, Retract) or (isinstance(frame, Msg) and frame.cid == self.reply_id):
            self.reply_id = ""

    def shows(self, now: Standing | None) -> bool:
        """Return whether the client has all that there is to show; None: the conversation is gone."""
        return now == (self.visitor.id, self.feed.seq) and not self.reply_id

    def end(self, error: Exception) -> None:
        """End the socket, whatever its reader waits for; it raises the first error."""
        if self.ended is None:
            self.ended = error
            if self.reader is not None:
                self.reader.cancel()

    def cancelled_itself(self) -> bool:
        """Return whether the reader is cancelled by `end` alone, not by who stops this process."""
        return self.ended is not None and self.reader is not None and self.reader.uncancel() == 0

    async def be_silent(self) -> None:
        """Stop showing, for good."""
        self.ended = self.ended or Gone()
        if (sender := self.sender) is not None:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)
