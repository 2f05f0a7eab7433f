"""Several processes on one shop, with a real Redis between them that is killed and comes back."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from conversation.hub import EVERYTHING, LIBRARY
from conversation.redis_hub import RedisHub
from foundation.errors import RateLimited
from foundation.language import Language
from knowledge.articles import Article
from server.house import House, open_house
from server.settings import load_settings
from tests.redis_server import OwnRedis
from tests.server.conftest import ServerProcess, okienko

NEW = Article("pl/nowosc", Language.PL, "Karty podarunkowe", "Karta podarunkowa jest ważna przez rok.")
SOON_SECONDS = 3.0
"""Sooner than a socket that is not woken looks anyway, five seconds, and with room for a busy machine."""


@asynccontextmanager
async def processes(data_dir: Path, redis: OwnRedis, **settings: str) -> AsyncIterator[list[ServerProcess]]:
    """Two servers of one shop."""
    servers = [ServerProcess(data_dir, OKIENKO_REDIS_URL=redis.url, **settings) for _ in range(2)]
    started: list[ServerProcess] = []
    try:
        for server in servers:
            await asyncio.to_thread(server.start)
            started.append(server)
        yield servers
    finally:
        for server in started:
            await asyncio.to_thread(server.kill)


class Visitor:
    """A shopper who reads at one process and writes to another."""

    def __init__(self, reads_at: ServerProcess, writes_to: ServerProcess, http: httpx.AsyncClient) -> None:
        self.reads_at, self.writes_to, self.http = reads_at, writes_to, http
        self.session: dict[str, Any] = {}

    async def open(self) -> None:
        reply = await self.http.post(
            f"{self.reads_at.base}/v1/session", json={"site_key": "demo", "locale": "pl"}
        )
        self.session = reply.raise_for_status().json()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[websockets.ClientConnection]:
        url = self.reads_at.base.replace("http", "ws") + "/v1/chat"
        async with websockets.connect(url, ping_interval=None) as line:
            hello = {"type": "hello", "v": 1, "since": self.session["head"], "log_epoch": ""}
            hello |= {name: self.session[name] for name in ("token", "conversation_id")}
            await line.send(json.dumps(hello))
            yield line

    async def write(self, body: str) -> dict[str, Any]:
        frame = {"type": "send", "cid": str(uuid4()), "body": body}
        reply = await self.http.post(
            f"{self.writes_to.base}/v1/messages",
            json={"conversation_id": self.session["conversation_id"], "frame": frame},
            headers={"Authorization": f"Bearer {self.session['token']}"},
        )
        (answer,) = reply.raise_for_status().json()["frames"]
        return dict(answer)

    async def seconds_until_answered(
        self, line: websockets.ClientConnection, body: str
    ) -> tuple[float, float]:
        """Write, and return when the message and the assistant's reply came to the other process's socket."""
        began = time.monotonic()
        cid = (await self.write(body))["cid"]
        shown = 0.0
        async with asyncio.timeout(30):
            async for text in line:
                frame = json.loads(text)
                if frame.get("cid") == cid:
                    shown = time.monotonic() - began
                elif frame.get("cid") == f"r:{cid}":
                    return shown, time.monotonic() - began
        raise AssertionError("the line ended")


async def test_a_chat_over_two_processes_goes_on_when_redis_is_killed_and_heals(
    demo_data: Path, redis: OwnRedis
) -> None:
    async with processes(demo_data, redis) as (one, other), httpx.AsyncClient(timeout=30) as http:
        visitor = Visitor(one, other, http)
        await visitor.open()
        async with visitor.reading() as line:
            await visitor.seconds_until_answered(line, "ile mam dni na zwrot?")
            woken = [await visitor.seconds_until_answered(line, "Ile kosztuje dostawa?") for _ in range(3)]
            redis.stop()
            polled = [await visitor.seconds_until_answered(line, "jak zapłacić?") for _ in range(3)]
            await asyncio.to_thread(redis.start)
            healed = (99.0, 99.0)
            async with asyncio.timeout(30):
                while healed[0] > 0.5:  # not yet: a look a second takes half a second or more
                    healed = await visitor.seconds_until_answered(line, "Jak długo idzie paczka?")
    for name, times in {"woken": woken, "redis killed": polled, "healed": [healed]}.items():
        print(name, [f"message {shown:.2f} s, reply {replied:.2f} s" for shown, replied in times])
    assert max(shown for shown, _ in woken) < SOON_SECONDS


async def test_a_limit_holds_over_both_processes(demo_data: Path, redis: OwnRedis) -> None:
    async with (
        processes(demo_data, redis, OKIENKO_MESSAGES_PER_MINUTE="6") as (one, other),
        httpx.AsyncClient(timeout=30) as http,
    ):
        visitor = Visitor(one, other, http)
        await visitor.open()
        answers = []
        for number in range(10):
            visitor.writes_to = (one, other)[number % 2]
            answers.append((await visitor.write(f"halo {number}"))["type"])
    assert answers == ["ack"] * 6 + ["nack"] * 4


@asynccontextmanager
async def house(data_dir: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setenv("OKIENKO_DATA_DIR", str(data_dir))
    monkeypatch.setenv("OKIENKO_REDIS_URL", url)
    async with open_house(load_settings()) as opened:
        assert isinstance(opened.hub, RedisHub)
        async with asyncio.timeout(20):
            while not opened.hub.joined:  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.01)
        yield opened


async def test_changed_articles_and_ended_sessions_reach_the_other_process_at_once(
    demo_data: Path, redis: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        house(demo_data, redis.url, monkeypatch) as one,
        house(demo_data, redis.url, monkeypatch) as other,
    ):
        with other.hub.listen(LIBRARY) as changed, other.hub.listen("any") as anything:
            await changed.wait(0)
            await anything.wait(0)
            await one.library.publish([NEW])
            assert await changed.wait(20)
            assert await other.library.refresh()
            assert other.library.state == one.library.state
            one.hub.wake(EVERYTHING)
            assert await anything.wait(20)
        await one.limiter.hit("message", "v", per_minute=1)
        with pytest.raises(RateLimited):
            await other.limiter.hit("message", "v", per_minute=1)
        assert one.address_key("192.0.2.7") == other.address_key("192.0.2.7")


def test_the_doctor_asks_redis_and_keeps_its_password_to_itself(demo_data: Path, redis: OwnRedis) -> None:
    url = redis.url.replace("redis://", "redis://someone:hush-hush@")
    wrong = okienko(demo_data, "doctor", OKIENKO_REDIS_URL=url)
    assert "redis     Redis does not answer" in wrong.stdout
    assert "hush-hush" not in wrong.stdout + wrong.stderr
    right = okienko(demo_data, "doctor", OKIENKO_REDIS_URL=redis.url)
    assert "redis     answers" in right.stdout
