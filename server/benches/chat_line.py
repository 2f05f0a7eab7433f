"""One WebSocket of the load generator, and what it says to Okienko and to the bare handler.

The line is the library's protocol without its tasks: thousands of them, and every frame read on one core,
must cost less than the servers that are measured.
"""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

OPEN_SECONDS = 60.0
"""So long a server that is busy may take to let somebody in."""


class Lost(Exception):
    """A question has no answer: the line broke, or the server refused it."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from a question to the first and the last part of its answer; whether that names a source."""

    first: float
    last: float
    cited: bool = False


class Line(asyncio.Protocol):
    """A WebSocket whose texts go to a function.

    Args:
        session: Hears every text, and that the line is lost.
        url: Where to.
    """

    def __init__(self, session: Session, url: str) -> None:
        self._session = session
        self._protocol = ClientProtocol(parse_uri(url), max_size=None)
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast(asyncio.Transport, transport)
        self._protocol.send_request(self._protocol.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Hear whatever is whole."""
        self._protocol.receive_data(data)
        self._flush()
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._session.connected()
            elif isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.CONT):
                self._parts.append(bytes(event.data))
                if event.fin:
                    whole, self._parts = b"".join(self._parts), []
                    self._session.heard(whole.decode())

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the session."""
        self._session.lost("the line was cut")

    def send(self, text: str) -> None:
        """Send a text."""
        self._protocol.send_text(text.encode())
        self._flush()

    def close(self) -> None:
        """Cut it."""
        if self._transport is not None:
            self._transport.abort()

    def _flush(self) -> None:
        assert self._transport
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)


class Session(ABC):
    """Somebody who chats: one line, one question at a time.

    Args:
        url: Of the server's socket.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._line: Line | None = None
        self._open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reply: asyncio.Future[Took] | None = None
        self._sent = self._first = 0.0
        self.broken = False

    async def open(self) -> None:
        """Open the line, to the point where a question may be asked.

        Raises:
            Lost: The server does not let us in.
            TimeoutError: It does not answer.
        """
        address = parse_uri(self._url)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(OPEN_SECONDS):
            line = self._line = Line(self, self._url)
            await loop.create_connection(lambda: line, address.host, address.port)
            await self._open

    async def ask(self, text: str) -> Took:
        """Ask, and wait for the whole answer.

        Raises:
            Lost: There is none.
        """
        return await self.told(lambda: self.put(text))

    async def told(self, act: Callable[[], None]) -> Took:
        """Do what makes the server say something here, and wait for all of it. Raises as `ask`."""
        if self.broken:
            raise Lost("the line was cut before")
        self._reply = asyncio.get_running_loop().create_future()
        self._first, self._sent = 0.0, time.perf_counter()
        act()
        return await self._reply

    def close(self) -> None:
        """Leave."""
        self.broken = True
        if self._line is not None:
            self._line.close()

    # What a kind of server has of its own

    def connected(self) -> None:
        """Hear that the WebSocket is open: with it the session is, unless a server wants more."""
        self.opened()

    @abstractmethod
    def put(self, text: str) -> None:
        """Send a question."""

    @abstractmethod
    def heard(self, text: str) -> None:
        """Take what the server said."""

    # What it calls

    def send(self, text: str) -> None:
        """Send a text as it is."""
        assert self._line
        self._line.send(text)

    def opened(self) -> None:
        """Say that questions may be asked."""
        if not self._open.done():
            self._open.set_result(None)

    def token(self) -> None:
        """Say that a part of the answer is here."""
        if not self._first:
            self._first = time.perf_counter()

    def whole(self, *, cited: bool = False) -> None:
        """Say that the answer is whole."""
        self.token()
        if self._reply is not None and not self._reply.done():
            now = time.perf_counter()
            self._reply.set_result(Took(self._first - self._sent, now - self._sent, cited))

    def lost(self, why: str) -> None:
        """Say that no answer will come any more."""
        self.broken = True
        for waiting in (self._open, self._reply):
            if waiting is not None and not waiting.done():
                waiting.set_exception(Lost(why))


class BareSession(Session):
    """Somebody who chats with the bare handler."""

    def put(self, text: str) -> None:
        """Send a question."""
        self.send(json.dumps({"type": "send", "body": text}))

    def heard(self, text: str) -> None:
        """Count the tokens; the last one is marked."""
        frame = json.loads(text)
        if frame["type"] == "msg":
            self.whole()
        else:
            self.token()


class ShopperSession(Session):
    """Somebody who chats with Okienko, as the widget does.

    Args:
        url: Of the server's socket.
        session: What `POST /v1/session` gave.
    """

    def __init__(self, url: str, session: dict[str, Any]) -> None:
        super().__init__(url)
        self._session = session
        self._asked, self._cid = "", ""
        self.conversation_id = str(session["conversation_id"])
        self.returned = 0

    def connected(self) -> None:
        """Say who we are."""
        given = self._session
        hello = {"type": "hello", "v": 1, "since": given["head"], "log_epoch": given["log_epoch"]}
        self.send(json.dumps(hello | {name: given[name] for name in ("token", "conversation_id")}))

    def put(self, text: str) -> None:
        """Send a message."""
        self._asked, self._cid = text, str(uuid4())
        self.send(json.dumps({"type": "send", "cid": self._cid, "body": text}))

    def heard(self, text: str) -> None:
        """Take a frame; the assistant's reply to our message ends it, as an agent's message does."""
        frame = json.loads(text)
        match frame["type"]:
            case "welcome":
                self.opened()
            case "delta":
                self.token()
            case "msg":
                kind = frame["author"]["kind"]
                if kind == "agent" or (kind == "assistant" and frame.get("cid") == f"r:{self._cid}"):
                    self.whole(cited=bool(frame.get("citations")))
            case "event":
                self._status(frame)
            case "nack" | "error" | "bye":
                self.lost(str(frame.get("message") or frame.get("reason")))

    def _status(self, frame: dict[str, Any]) -> None:
        """Go back to the assistant where a person was called: nobody is at the desk of a benchmark."""
        if frame["kind"] != "status_changed" or frame["content"].get("to") != "open":
            return
        if frame["content"].get("by") == "agent":
            return
        self.returned += 1
        back = {"type": "action", "cid": str(uuid4()), "name": "back_to_assistant"}
        self.send(json.dumps(back))
        if self._reply is not None and not self._reply.done():
            # Asked while a person had been called: the assistant has not heard it.
            self.put(self._asked)
