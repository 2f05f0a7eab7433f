"""A server killed at random moments under several clients: nothing lost, nothing doubled, all answered once.

The long form: ``FAULT_ROUNDS=120 pytest tests/server/test_faults.py``; ``FAULT_SEED`` gives other moments.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import websockets

from tests.server.conftest import ServerProcess

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "4"))
SEED = int(os.environ.get("FAULT_SEED", "20"))
QUESTIONS = ("ile mam dni na zwrot?", "Ile kosztuje dostawa?", "how much is delivery?", "jak zapłacić?")
BROKEN = (OSError, httpx.HTTPError, websockets.WebSocketException)


@dataclass
class Shopper:
    """A client as the widget is one: keeps what is not acknowledged, sends it again, in order."""

    name: str
    base: str
    dice: random.Random
    session: dict[str, Any] = field(default_factory=dict)
    outbox: dict[str, str] = field(default_factory=dict)
    acked: dict[str, int] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    resume: str = ""
    good_until: float = 0.0
    connected: int = 0
    chapters: list[tuple[list[dict[str, Any]], dict[str, int]]] = field(default_factory=list)

    @property
    def with_person(self) -> bool:
        """Whether the assistant has handed over: after that it owes no answer."""
        return any(frame["content"]["to"] != "pending" for frame in self.log if is_status(frame))

    @property
    def caught_up(self) -> bool:
        return not self.outbox and max(self.acked.values(), default=0) <= self.last

    @property
    def last(self) -> int:
        return self.log[-1]["seq"] if self.log else 0

    def write(self) -> str:
        cid = str(UUID(int=self.dice.getrandbits(128), version=4))
        self.outbox[cid] = (
            f"{QUESTIONS[ord(self.name) % len(QUESTIONS)]} ({self.name} {len(self.acked) + len(self.outbox)})"
        )
        return cid

    def take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "ack":
            self.outbox.pop(frame["cid"], None)
            assert self.acked.setdefault(frame["cid"], frame["seq"]) == frame["seq"]
        elif frame["type"] in ("msg", "event"):
            assert frame["seq"] == self.last + 1, f"{self.name}: {frame['seq']} after {self.last}"
            self.log.append(frame)
        assert frame["type"] not in ("nack", "error"), frame

    async def open(self, http: httpx.AsyncClient) -> None:
        if self.with_person and self.caught_up:
            self.chapters.append((self.log, self.acked))
            self.log, self.acked, self.session, self.resume = [], {}, {}, ""
        if time.monotonic() > self.good_until:
            self.session = {}
        if not self.session:
            wanted = {"site_key": "demo", "locale": "pl", "resume": self.resume}
            reply = await http.post(self.base + "/v1/session", json=wanted)
            self.session = reply.raise_for_status().json()
            self.resume, self.good_until = self.session["resume"], time.monotonic() + 300
        self.connected += 1

    async def chat(self, http: httpx.AsyncClient) -> None:
        """Chat until the line breaks."""
        await self.open(http)
        async with websockets.connect(self.base.replace("http", "ws") + "/v1/chat", open_timeout=5) as line:
            hello = {"type": "hello", "v": 1, "since": self.last, "log_epoch": ""}
            hello |= {name: self.session[name] for name in ("token", "conversation_id")}
            await line.send(json.dumps(hello))
            for cid in list(self.outbox):
                await line.send(self.sent(cid))
            writing = asyncio.create_task(self.keep_writing(line))
            try:
                async for frame in line:
                    self.take(json.loads(frame))
            finally:
                writing.cancel()

    async def keep_writing(self, line: websockets.ClientConnection) -> None:
        while not self.with_person:
            await asyncio.sleep(self.dice.uniform(0.05, 0.3))
            await line.send(self.sent(self.write()))

    def sent(self, cid: str) -> str:
        return json.dumps({"type": "send", "cid": cid, "body": self.outbox[cid]})

    async def poll(self, http: httpx.AsyncClient) -> None:
        """Chat over HTTP until the server is gone."""
        await self.open(http)
        head = {"Authorization": f"Bearer {self.session['token']}"}
        conversation = self.session["conversation_id"]
        while True:
            await self.look(http, wait=self.dice.uniform(0, 0.3))
            if not self.with_person:
                self.write()
            for cid in list(self.outbox):
                frame = {"type": "send", "cid": cid, "body": self.outbox[cid]}
                post = {"conversation_id": conversation, "frame": frame}
                reply = await http.post(self.base + "/v1/messages", headers=head, json=post)
                for frame in reply.raise_for_status().json()["frames"]:
                    self.take(frame)

    async def look(self, http: httpx.AsyncClient, wait: float = 0) -> None:
        head = {"Authorization": f"Bearer {self.session['token']}"}
        query = {"conversation_id": self.session["conversation_id"], "since": self.last, "wait": wait}
        reply = await http.get(self.base + "/v1/events", headers=head, params=query)
        for frame in reply.raise_for_status().json()["frames"]:
            self.take(frame)

    async def live(self, how: Callable[[httpx.AsyncClient], Any]) -> None:
        """Chat, and come back whenever the line breaks."""
        async with httpx.AsyncClient(timeout=10) as http:
            while True:
                with suppress(*BROKEN):
                    await how(http)
                await asyncio.sleep(0.05)


async def killed_again_and_again(server: ServerProcess, shoppers: list[Shopper], dice: random.Random) -> None:
    chats = [
        asyncio.create_task(shopper.live(shopper.poll if number % 3 == 2 else shopper.chat))
        for number, shopper in enumerate(shoppers)
    ]
    try:
        for _ in range(ROUNDS):
            await asyncio.to_thread(server.start)
            await asyncio.sleep(dice.uniform(0.05, 1.8))
            broken = [chat for chat in chats if chat.done()]
            assert not broken, broken[0].exception()
            await asyncio.to_thread(server.kill)
    finally:
        for chat in chats:
            chat.cancel()
        await asyncio.gather(*chats, return_exceptions=True)


async def settled(shopper: Shopper) -> None:
    """Send what is left, then read on until the last message is answered."""
    async with httpx.AsyncClient(timeout=10) as http:
        await shopper.open(http)
        polling = asyncio.create_task(shopper.poll(http))
        while shopper.outbox or not shopper.acked:
            await asyncio.sleep(0.02)
            assert not polling.done(), polling.exception()
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        async with asyncio.timeout(20):
            while not shopper.caught_up or not (
                shopper.with_person or answered_up_to(shopper.log) == max(shopper.acked.values())
            ):
                for cid in list(shopper.outbox):
                    frame = {"type": "send", "cid": cid, "body": shopper.outbox[cid]}
                    head = {"Authorization": f"Bearer {shopper.session['token']}"}
                    post = {"conversation_id": shopper.session["conversation_id"], "frame": frame}
                    reply = await http.post(shopper.base + "/v1/messages", headers=head, json=post)
                    shopper.take(reply.raise_for_status().json()["frames"][0])
                await shopper.look(http, wait=0.5)


def is_status(frame: dict[str, Any]) -> bool:
    return bool(frame["type"] == "event" and frame["kind"] == "status_changed")


def said_by(log: list[dict[str, Any]], author: str) -> list[dict[str, Any]]:
    return [frame for frame in log if frame["type"] == "msg" and frame["author"]["kind"] == author]


def answered_up_to(log: list[dict[str, Any]]) -> int:
    """Check that replies answer one stretch of messages after another; return where the last one ends."""
    seqs = {frame["cid"]: frame["seq"] for frame in said_by(log, "shopper")}
    ends = [seqs[frame["cid"].removeprefix("r:")] for frame in said_by(log, "assistant")[1:]]
    assert ends == sorted(set(ends)), f"a message was answered twice: {ends}"
    return ends[-1] if ends else 0


def test_random_kills_lose_and_double_nothing(demo_data: Path) -> None:
    dice = random.Random(SEED)
    server = ServerProcess(demo_data, OKIENKO_MESSAGES_PER_MINUTE="0")
    shoppers = [Shopper(name, server.base, random.Random(f"{SEED}{name}")) for name in "abcdef"]

    async def story() -> None:
        await killed_again_and_again(server, shoppers, dice)
        await asyncio.to_thread(server.start)
        await asyncio.gather(*(settled(shopper) for shopper in shoppers))

    try:
        asyncio.run(story())
    finally:
        server.stop()
    chapters = [chapter for one in shoppers for chapter in [*one.chapters, (one.log, one.acked)]]
    for log, acked in chapters:
        mine = [(frame["cid"], frame["seq"]) for frame in said_by(log, "shopper")]
        assert len(mine) == len(dict(mine)), "a message is there twice"
        assert dict(mine) == acked
        answered_up_to(log)
    with closing(sqlite3.connect(demo_data / "okienko.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute(
            "SELECT count(*) FROM turns WHERE state IN ('waiting', 'running')"
        ).fetchone() == (0,)
    # It was a story worth telling: many messages, and lines that broke.
    replies = sum(len(said_by(log, "assistant")) - 1 for log, _ in chapters)
    print(f"{ROUNDS} kills, {sum(len(acked) for _, acked in chapters)} messages, {replies} replies")
    assert sum(len(acked) for _, acked in chapters) > 2 * ROUNDS
    assert replies >= len(shoppers)
    assert sum(shopper.connected for shopper in shoppers) > len(shoppers) + ROUNDS
