"""Sockets that nobody reads, or that nobody is behind any more, are let go of, with all that was kept."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from server.socket_protocol import SocketProtocol

PATIENCE_SECONDS = 20


@asynccontextmanager
async def served(app: Any, **options: Any) -> AsyncIterator[tuple[uvicorn.Server, int]]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings: dict[str, Any] = {"ws": SocketProtocol, "lifespan": "off", "log_config": None} | options
        server = uvicorn.Server(uvicorn.Config(app, ws_per_message_deflate=False, **settings))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield server, listener.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            await task


async def opened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a WebSocket by hand: one that reads and answers nothing of itself."""
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader, writer = await asyncio.open_connection(sock=line, limit=1024)
    key = base64.b64encode(os.urandom(16)).decode()
    asked = (
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    )
    writer.write("\r\n".join(("GET / HTTP/1.1", "Host: x", *asked, "", "")).encode())
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def none_left(server: uvicorn.Server) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while server.server_state.connections:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.02)


async def test_what_is_kept_for_a_client_that_does_not_read_is_bounded_and_let_go_of() -> None:
    sent: list[int] = []
    ended = asyncio.Event()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            while True:
                async with asyncio.timeout(0.5):  # as a slow client's line is given up
                    await send({"type": "websocket.send", "text": "x" * 65_536})
                sent.append(65_536)
        except TimeoutError:
            ended.set()

    async with served(app) as (server, port):
        _, writer = await opened(port)
        kept = 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not ended.is_set():
                for line in server.server_state.connections:
                    kept = max(kept, line.transport.get_write_buffer_size())
                await asyncio.sleep(0.01)
        await none_left(server)
        writer.transport.abort()
    assert 0 < kept <= 3 * 65_536
    assert sum(sent) < 64 * 2**20


async def test_a_client_that_answers_no_ping_is_gone() -> None:
    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async with served(app, ws_ping_interval=0.1, ws_ping_timeout=0.1) as (server, port):
        _, writer = await opened(port)
        await none_left(server)
        writer.transport.abort()


@pytest.mark.parametrize("answers", [True, False])
async def test_a_client_that_does_not_answer_the_close_is_not_read_for_long(answers: bool) -> None:
    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1013})

    async with served(app) as (server, port):
        _, writer = await opened(port)
        if answers:
            writer.write(b"\x88\x82\x00\x00\x00\x00\x03\xf5")
        began = asyncio.get_running_loop().time()
        await none_left(server)
        took = asyncio.get_running_loop().time() - began
        writer.transport.abort()
    assert took < 6, "uvicorn alone waits ten seconds"
