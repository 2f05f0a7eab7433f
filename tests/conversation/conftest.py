"""A chat room with fakes at its ports, and a real server in front of it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
import websockets
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import append
from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Event, Kind
from conversation.frames import QuickReply
from conversation.hub import InProcessHub
from conversation.intake import Intake
from conversation.log import Conversation, Log
from conversation.news import News
from conversation.open_lines import OpenLines
from conversation.polling import ChatHttp
from conversation.ports import Opening, Person, ShopperAction
from conversation.session import Sessions, ShopFront
from conversation.socket import ChatSockets
from conversation.turns import Turns
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import InvalidInput, OkienkoError, Unauthenticated
from foundation.language import Language
from foundation.limits import RateLimiter
from foundation.tokens import TokenSigner

ORIGIN = "https://shop.example"


class NamedDoorkeeper:
    """Believes tokens of the form ``for:<customer>:<name>``."""

    async def identify(self, identity_token: str) -> Person:
        kind, _, rest = identity_token.partition(":")
        if kind != "for":
            raise Unauthenticated("forged")
        customer, _, name = rest.partition(":")
        return Person(customer, name)

    async def opening(self, language: Language, person: Person | None, visitor_id: str) -> Opening:
        return Opening(
            disclosure=f"disclosure in {language}",
            greeting=f"hello {person.name if person else 'guest'}",
            suggestions=[QuickReply(label="Returns", send="How do I return?")],
        )


class OneAction:
    """Knows `ask_human` and `leave_email`; remembers what it was given to take in."""

    def __init__(self) -> None:
        self.received: list[str] = []

    async def act_within(self, connection: AsyncConnection, action: ShopperAction, now: datetime) -> None:
        if action.name == "leave_email" and "@" not in str(action.value.get("email")):
            raise InvalidInput("No address.")
        if action.name not in ("ask_human", "leave_email"):
            raise InvalidInput("No such action.")
        asked = Draft(Kind.HANDOFF_REQUESTED, action.shopper, {"reason": action.name}, cid=action.cid)
        noted = Draft(Kind.MESSAGE, ASSISTANT, {"body": "noted"}, generated=True)
        for draft in (asked, noted):
            await append(connection, action.conversation_id, draft, now)

    def heeds(self, body: str) -> bool:
        return body.startswith("I ")

    async def received_within(self, connection: AsyncConnection, message: Event, now: datetime) -> None:
        self.received.append(str(message.content["body"]))

    async def reopen_within(self, connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
        """Nothing is ever closed here."""


class Room:
    """Everything of the conversation room, on one database."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database, self.clock = database, clock
        self.actions = OneAction()
        self.log, self.turns, self.hub = Log(database, clock), Turns(database, clock), InProcessHub()
        secret = "s" * 48
        self.sessions = Sessions(
            log=self.log,
            doorkeeper=NamedDoorkeeper(),
            session_signer=TokenSigner(secret, purpose="session", clock=clock),
            resume_signer=TokenSigner(secret, purpose="resume", clock=clock),
            front=ShopFront("key", "Shop", "Okienko", (Language.PL, Language.EN)),
            clock=clock,
        )
        self.limiter, self.lines = RateLimiter(), OpenLines()
        self.intake = Intake(
            log=self.log, hub=self.hub, actions=self.actions, limiter=self.limiter, messages_per_minute=20
        )

        def origin_allowed(origin: str | None, host: str) -> bool:
            return origin in (None, ORIGIN)

        self.sockets = ChatSockets(
            database=database,
            log=self.log,
            hub=self.hub,
            sessions=self.sessions,
            intake=self.intake,
            clock=clock,
            origin_allowed=origin_allowed,
            lines=self.lines,
        )
        self.http = ChatHttp(
            log=self.log,
            hub=self.hub,
            sessions=self.sessions,
            intake=self.intake,
            limiter=self.limiter,
            sessions_per_minute=50,
            origin_allowed=origin_allowed,
            lines=self.lines,
        )

    async def begin(self) -> Conversation:
        return await self.log.open(
            visitor_id=str(uuid4()),
            language=Language.PL,
            opening=[Draft(Kind.DISCLOSURE, SYSTEM, {"text": "AI"})],
        )

    async def say(self, conversation: Conversation, body: str, cid: str | None = None) -> str:
        cid = cid or str(uuid4())
        author = Author(AuthorKind.SHOPPER, conversation.visitor_id)
        await self.log.receive(conversation.id, Draft(Kind.MESSAGE, author, {"body": body}, cid=cid))
        return cid

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.exception_handler(OkienkoError)
        async def said(_request: Request, error: OkienkoError) -> JSONResponse:
            return JSONResponse({"code": error.code, "message": error.message}, error.status)

        app.include_router(self.sockets.router())
        app.include_router(self.http.router())
        return app


class Server:
    """A room served over real sockets on this machine."""

    def __init__(self, room: Room, port: int) -> None:
        self.room, self.port = room, port
        self.http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")

    async def session(self, **fields: Any) -> dict[str, Any]:
        reply = await self.http.post("/v1/session", json={"site_key": "key", **fields})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    @asynccontextmanager
    async def socket(
        self, origin: str | None = ORIGIN, address: str = "127.0.0.1", **options: Any
    ) -> AsyncIterator[Client]:
        url = f"ws://127.0.0.1:{self.port}/v1/chat"
        # No pings: on a busy machine an answer to one may be later than the client is willing to wait.
        options |= {"origin": origin, "max_size": None, "ping_interval": None, "local_addr": (address, 0)}
        async with websockets.connect(url, **options) as line:
            yield Client(line)

    @asynccontextmanager
    async def chat(
        self, session: dict[str, Any], since: int = 0, epoch: str = "", **socket: Any
    ) -> AsyncIterator[Client]:
        async with self.socket(**socket) as client:
            await client.send(hello(session, since, epoch))
            yield client


def hello(session: dict[str, Any], since: int = 0, epoch: str = "") -> dict[str, Any]:
    return {
        "type": "hello",
        "v": 1,
        "token": session["token"],
        "conversation_id": session["conversation_id"],
        "log_epoch": epoch,
        "since": since,
    }


class Client:
    """A socket that speaks frames."""

    def __init__(self, line: websockets.ClientConnection) -> None:
        self.line = line

    async def send(self, frame: dict[str, Any]) -> None:
        await self.line.send(json.dumps(frame))

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(20):
            return dict(json.loads(await self.line.recv()))

    async def until(self, type_: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of a type and with these fields, passing over others."""
        while True:
            frame = await self.next()
            if frame["type"] == type_ and all(frame.get(name) == value for name, value in fields.items()):
                return frame

    async def close_code(self) -> int | None:
        """Read to the end and return the close code."""
        with suppress(websockets.ConnectionClosed):
            while True:
                await self.next()
        return self.line.close_code


class _Announced(uvicorn.Server):
    """uvicorn, which says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.listening.set()


@pytest.fixture
def room(database: Database, clock: SettableClock) -> Room:
    return Room(database, clock)


@pytest.fixture
async def server(room: Room) -> AsyncIterator[Server]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            room.app(), ws="websockets-sansio", log_level="error", ws_max_size=2**18, lifespan="off"
        )
        running = _Announced(config)
        task = asyncio.create_task(running.serve(sockets=[listener]))
        served = Server(room, port)
        async with asyncio.timeout(20):
            await running.listening.wait()
        yield served
        await served.http.aclose()
        await room.sockets.stop()
        running.should_exit = True
        await task


class Deaf(InProcessHub):
    """A hub whose wake-ups are all lost, and which knows it."""

    look_anyway_seconds = 0.05

    def wake(self, topic: str, news: News | None = None) -> None:
        """Nobody hears it."""


@pytest.fixture
def deaf(room: Room) -> Room:
    hub = Deaf()
    for part in (room.intake, room.sockets, room.http):
        part._hub = hub
    room.hub = hub
    return room
