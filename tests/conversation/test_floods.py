"""A flood costs itself: limits by visitor, address and shop, of open lines, and of how fast one is heard."""

from __future__ import annotations

import asyncio
import json
import math
import statistics
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from conversation.line import FRAMES_A_SECOND
from conversation.socket import SLOWED_SECONDS
from tests.conversation.conftest import Client, Room, Server, hello

OTHER = "127.0.0.2"
"""A second address of this machine."""


def send(body: str = "hi") -> dict[str, str]:
    return {"type": "send", "cid": str(uuid4()), "body": body}


async def sent(client: Client, count: int) -> list[str]:
    """Send messages one after the other; return what they were answered with."""
    answers = []
    for _ in range(count):
        frame = send()
        await client.send(frame)
        while (answer := await client.next()).get("cid") != frame["cid"] or answer["type"] == "msg":
            pass
        answers.append(str(answer["type"]))
    return answers


async def test_an_address_has_so_many_messages_whoever_sends_them(server: Server) -> None:
    server.room.intake._address_messages_per_minute = 5
    sessions = [await server.session() for _ in range(3)]
    async with server.chat(sessions[0]) as one, server.chat(sessions[1]) as other:
        assert await sent(one, 3) + await sent(other, 3) == ["ack"] * 5 + ["nack"]
    async with server.chat(sessions[2], address=OTHER) as elsewhere:
        assert await sent(elsewhere, 2) == ["ack"] * 2


async def test_messages_by_post_count_for_their_address_too(server: Server) -> None:
    server.room.intake._address_messages_per_minute = 1
    session = await server.session()
    kinds = []
    for _ in range(2):
        post = {"conversation_id": session["conversation_id"], "frame": send()}
        reply = await server.http.post(
            "/v1/messages", json=post, headers={"Authorization": f"Bearer {session['token']}"}
        )
        (answer,) = reply.json()["frames"]
        kinds.append(answer["type"])
    assert kinds == ["ack", "nack"]
    assert 1 <= answer["retry_after"] <= 60


async def test_what_is_refused_to_a_visitor_takes_nothing_from_address_and_shop(server: Server) -> None:
    intake = server.room.intake
    intake._messages_per_minute, intake._address_messages_per_minute = 3, 5
    intake._shop_messages_per_minute = 7
    sessions = [await server.session() for _ in range(4)]
    async with server.chat(sessions[0]) as flooder:
        for _ in range(10):
            await flooder.send(send())
        nack = await flooder.until("nack")
        assert nack["code"] == "rate_limited"
    async with server.chat(sessions[1]) as neighbour:
        assert await sent(neighbour, 3) == ["ack"] * 2 + ["nack"]  # five of this address
    async with server.chat(sessions[2], address=OTHER) as elsewhere:
        assert await sent(elsewhere, 3) == ["ack"] * 2 + ["nack"]  # seven of the shop


async def test_an_address_may_have_so_many_sockets_open(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.room.lines._per_address = 2
    session = await server.session()
    async with server.chat(session) as one:
        await one.until("welcome")
        async with server.chat(session) as other, server.socket() as third:
            await other.until("welcome")
            with pytest.raises(websockets.ConnectionClosed):
                await third.next()  # not even an error: the session is good
            assert third.line.close_code == 1013
            async with server.chat(session, address=OTHER) as elsewhere:
                await elsewhere.until("welcome")
        async with AsyncExitStack() as lines:
            # The line that was closed makes room, as soon as the server has seen it close.
            async with asyncio.timeout(10):
                while True:
                    again = await lines.enter_async_context(server.socket())
                    with suppress(websockets.ConnectionClosed):
                        await again.send(hello(session))
                        await again.until("welcome")
                        break
    assert caplog.text.count("OKIENKO_TRUSTED_PROXIES") == 1


async def test_a_process_holds_so_many_sockets_in_all(server: Server) -> None:
    server.room.lines._in_all = 1
    session = await server.session()
    async with server.chat(session) as one:
        await one.until("welcome")
        async with server.socket(address=OTHER) as other:
            assert await other.close_code() == 1013
        await one.send(send())
        await one.until("ack")


async def test_a_socket_that_says_nothing_counts_until_it_is_closed(server: Server) -> None:
    server.room.lines._per_address = 1
    session = await server.session()
    async with server.socket(), server.socket() as other:
        assert await other.close_code() == 1013
        with pytest.raises(websockets.ConnectionClosed):
            await other.send(hello(session))


def polled(server: Server, session: dict[str, Any], wait: float, since: int = 2) -> Any:
    query = {"conversation_id": session["conversation_id"], "since": since, "wait": wait}
    return server.http.get(
        "/v1/events", params=query, headers={"Authorization": f"Bearer {session['token']}"}, timeout=30
    )


async def test_waiting_polls_count_as_sockets_do(server: Server) -> None:
    server.room.lines._per_address = 1
    session = await server.session()
    first = asyncio.create_task(polled(server, session, 20))
    while not server.room.lines.count:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.01)
    refused = await polled(server, session, 20)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert (await polled(server, session, 0)).status_code == 200  # who does not wait needs no room
    server.room.hub.wake(session["conversation_id"])
    assert (await first).json()["frames"] == []
    assert server.room.lines.count == 0


async def test_an_address_comes_so_often_whatever_it_comes_for(server: Server) -> None:
    session = await server.session()
    server.room.lines._comings_per_minute = 4
    assert [(await polled(server, session, 0)).status_code for _ in range(2)] == [200, 200]
    async with server.chat(session) as client:
        await client.until("welcome")
    post = {"conversation_id": session["conversation_id"], "frame": send()}
    head = {"Authorization": f"Bearer {session['token']}"}
    assert (await server.http.post("/v1/messages", json=post, headers=head)).status_code == 200
    assert (await server.http.post("/v1/messages", json=post, headers=head)).status_code == 429
    assert (await polled(server, session, 0)).status_code == 429
    async with server.socket() as refused:
        assert await refused.close_code() == 1013
    async with server.chat(session, address=OTHER) as elsewhere:
        await elsewhere.until("welcome")


async def test_without_a_wake_up_sockets_and_polls_look_as_often_as_the_hub_says(
    deaf: Room, server: Server
) -> None:
    session = await server.session()
    conversation = await deaf.log.conversation(session["conversation_id"])
    async with server.chat(session, since=2) as client:
        await client.until("welcome")
        poll = asyncio.create_task(polled(server, session, 20))
        while not deaf.hub.listened_to(conversation.id) or not deaf.lines.count > 1:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        began = time.monotonic()
        cid = await deaf.say(conversation, "hi")
        assert (await client.until("msg"))["cid"] == cid
        assert [frame["cid"] for frame in (await poll).json()["frames"]] == [cid]
        assert time.monotonic() - began < 4, "sooner than the five seconds of a hub that hears"


async def test_who_was_told_to_slow_down_is_heard_again_only_later(server: Server) -> None:
    server.room.intake._messages_per_minute = 1
    session = await server.session()
    async with server.chat(session) as client:
        began = time.monotonic()
        for _ in range(4):
            await client.send(send())
        for _ in range(3):
            await client.until("nack")
        assert time.monotonic() - began >= 2 * SLOWED_SECONDS


async def test_no_socket_is_heard_faster_than_people_write(server: Server) -> None:
    session = await server.session()
    async with server.chat(session, since=2) as client:
        await client.until("welcome")
        began = time.monotonic()
        for _ in range(2 * FRAMES_A_SECOND):
            await client.send({"type": "typing"})
        await client.send(send())
        await client.until("ack")
        assert time.monotonic() - began >= 1


@asynccontextmanager
async def flood(server: Server, sessions: list[dict[str, Any]]) -> AsyncIterator[None]:
    """Let a process flood the server from the other address; entered once it was told to slow down."""
    script = Path(__file__).with_name("flooding.py")
    flooder = await asyncio.create_subprocess_exec(
        sys.executable, script, str(server.port), OTHER, stdin=PIPE, stdout=PIPE
    )
    assert flooder.stdin
    assert flooder.stdout
    try:
        flooder.stdin.write(json.dumps(sessions).encode())
        flooder.stdin.close()
        async with asyncio.timeout(30):
            assert await flooder.stdout.readline() == b"slowed down\n"
        yield
    finally:
        flooder.kill()
        await flooder.communicate()


async def waits(client: Client) -> list[float]:
    """Return how many milliseconds each of some messages waits for its ack."""
    found = []
    for _ in range(50):
        began = time.monotonic()
        assert await sent(client, 1) == ["ack"]
        found.append((time.monotonic() - began) * 1000)
    return found


async def test_a_flood_from_one_address_does_not_slow_another_visitor(server: Server) -> None:
    intake, lines = server.room.intake, server.room.lines
    intake._messages_per_minute, intake._address_messages_per_minute = 0, 100
    lines._per_address = 20
    flooders = [await server.session() for _ in range(40)]
    session = await server.session()
    async with server.chat(session, since=2) as client:
        await client.until("welcome")
        quiet = await waits(client)
        began = time.monotonic()
        async with flood(server, flooders):
            loud = await waits(client)
        minutes = (time.monotonic() - began) / 60
    heads = [(await server.room.log.conversation(one["conversation_id"])).head for one in flooders]
    stored = sum(heads) - 2 * len(flooders)
    print(f"ack p50: {statistics.median(quiet):.1f} ms, in a flood {statistics.median(loud):.1f} ms")
    # The window slides: what has left it while the flood went on makes room.
    assert 0 < stored <= 100 + math.ceil(100 * minutes)
    assert statistics.median(loud) < 5 * statistics.median(quiet) + 50


async def test_every_body_is_bounded(server: Server) -> None:
    async def endless() -> Any:
        for _ in range(4096):
            yield b"x" * 65_536

    for path in ("/v1/session", "/v1/messages"):
        with suppress(httpx.TransportError):  # it may hang up while we still send
            reply = await server.http.post(path, content=endless())
            assert reply.status_code == 413
