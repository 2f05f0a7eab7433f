"""A server that is told to stop: turned away from first, then finished with what it has begun, then gone."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets

from tests.server.chatter import Shopper
from tests.server.conftest import ServerProcess

QUESTION = "Ile mam dni na zwrot?"


class Stoppable(ServerProcess):
    """A server that is told to stop by SIGTERM."""

    def tell(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    async def code(self, seconds: float) -> int:
        """Return its exit code, which must come in time."""
        assert self.process is not None
        return await asyncio.to_thread(self.process.wait, seconds)


@pytest.fixture
def servers() -> Iterator[list[Stoppable]]:
    """Servers that end with the test."""
    started: list[Stoppable] = []
    yield started
    for server in started:
        server.stop()


def started(servers: list[Stoppable], data: Path, **settings: str) -> Stoppable:
    server = Stoppable(data, OKIENKO_MESSAGES_PER_MINUTE="0", **settings)
    servers.append(server)
    server.start()
    return server


async def test_while_it_drains_it_is_not_ready_but_serves(demo_data: Path, servers: list[Stoppable]) -> None:
    server = started(servers, demo_data, OKIENKO_DRAIN_SECONDS="4")
    shopper = Shopper(server.base)
    await shopper.open()
    async with httpx.AsyncClient(base_url=server.base, timeout=30) as http:
        assert (await http.get("/readyz")).status_code == 200
        server.tell()
        async with asyncio.timeout(3):
            while (reply := await http.get("/readyz")).status_code == 200:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        assert reply.json()["parts"] == {"server": "it is stopping"}
        assert reply.headers["connection"] == "close"
        assert "14 dni" in await shopper.ask(QUESTION)
        polled = {"conversation_id": shopper.session["conversation_id"], "since": shopper.since, "wait": 25}
        head = {"Authorization": f"Bearer {shopper.session['token']}"}
        poll = asyncio.create_task(http.get("/v1/events", params=polled, headers=head))
        assert (await shopper.until("bye"))["reason"] == "shutdown"
        assert (await poll).status_code == 200
    assert await server.code(20) == 0


async def test_the_second_signal_ends_it_at_once(demo_data: Path, servers: list[Stoppable]) -> None:
    server = started(servers, demo_data, OKIENKO_DRAIN_SECONDS="300")
    shopper = Shopper(server.base)
    await shopper.open()
    await shopper.until("welcome")
    server.tell()
    async with httpx.AsyncClient(base_url=server.base, timeout=30) as http:
        async with asyncio.timeout(3):
            while (await http.get("/readyz")).status_code == 200:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
    server.tell()
    await server.code(60)  # not 300


class Restless(Shopper):
    """Writes all the time, keeps what is not acknowledged, and comes back whenever the line breaks."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.outbox: dict[str, str] = {}
        self.acked: dict[str, int] = {}
        self.came_back = -1
        self.goodbyes = 0

    async def live(self) -> None:
        while True:
            try:
                await self.open()
                self.came_back += 1
                for cid, body in list(self.outbox.items()):
                    await self.write(body, cid)
                while True:
                    body = f"{QUESTION} ({len(self.acked) + len(self.outbox)})"
                    cid = await self.write(body)
                    self.outbox[cid] = body
                    self.acked[cid] = (await self.until("ack", cid=cid))["seq"]
                    del self.outbox[cid]
                    await self.until("msg", cid=f"r:{cid}")
            except (OSError, AssertionError, httpx.HTTPError, websockets.WebSocketException):
                self.goodbyes += self.last.get("type") == "bye"
                self.outbox = {cid: body for cid, body in self.outbox.items() if cid not in self.acked}
                await asyncio.sleep(0.05)


async def test_a_second_server_takes_the_port_over_and_nothing_is_lost(
    demo_data: Path, servers: list[Stoppable]
) -> None:
    first = started(servers, demo_data, OKIENKO_REUSE_PORT="true")
    shoppers = [Restless(first.base) for _ in range(4)]
    lives = [asyncio.create_task(shopper.live()) for shopper in shoppers]
    async with asyncio.timeout(120):
        while not all(shopper.acked for shopper in shoppers):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        second = Stoppable(demo_data, OKIENKO_REUSE_PORT="true", OKIENKO_MESSAGES_PER_MINUTE="0")
        second.port, second.base = first.port, first.base
        await asyncio.to_thread(second.start)
        servers.append(second)
        first.tell()
        assert await first.code(30) == 0
        before = {id(shopper): len(shopper.acked) for shopper in shoppers}
        while not all(len(shopper.acked) > before[id(shopper)] + 1 for shopper in shoppers):
            assert not [life for life in lives if life.done()]
            await asyncio.sleep(0.02)
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    for shopper in shoppers:
        assert shopper.came_back >= 1
        await shopper.close()
        await shopper.open()
        head = shopper.session["head"]
        while shopper.since < head:
            await shopper.until("msg") if shopper.since < head else None
        await shopper.close()
        seqs = [frame["seq"] for frame in shopper.log]
        assert seqs == list(range(1, len(seqs) + 1))
        mine = {
            f["cid"]: f["seq"] for f in shopper.log if f["type"] == "msg" and f["author"]["kind"] == "shopper"
        }
        assert shopper.acked.items() <= mine.items()
        replies = [f["cid"] for f in shopper.log if f.get("cid", "").startswith("r:")]
        assert len(replies) == len(set(replies))
    assert sum(shopper.goodbyes for shopper in shoppers) >= 1


def test_ctrl_c_stops_it_as_well(demo_data: Path) -> None:
    server = Stoppable(demo_data)
    server.start()
    assert server.stop() == 0


def test_a_port_that_is_taken_stays_taken_without_the_setting(
    demo_data: Path, servers: list[Stoppable]
) -> None:
    first = started(servers, demo_data, OKIENKO_REUSE_PORT="true")
    second = Stoppable(demo_data)
    second.port, second.stderr = first.port, subprocess.DEVNULL
    with pytest.raises(AssertionError, match="the server ended with code 2"):
        second.start()
