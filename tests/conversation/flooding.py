"""Someone who floods a server, in their own process: ``python flooding.py PORT ADDRESS``, sessions on stdin.

Prints a line when the server has told it to slow down for the first time; goes on until it is killed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from typing import Any
from uuid import uuid4

import websockets


async def flood(port: int, address: str, session: dict[str, Any], slowed: asyncio.Event) -> None:
    hello = {"type": "hello", "v": 1, "log_epoch": "", "since": 2}
    hello |= {name: session[name] for name in ("token", "conversation_id")}
    while True:
        with suppress(websockets.WebSocketException, OSError):
            async with websockets.connect(
                f"ws://127.0.0.1:{port}/v1/chat",
                local_addr=(address, 0),
                ping_interval=None,
                close_timeout=0.1,
            ) as line:
                await line.send(json.dumps(hello))
                reading = asyncio.create_task(read(line, slowed))
                try:
                    while True:
                        frame = {"type": "send", "cid": str(uuid4()), "body": "x" * 1000}
                        await line.send(json.dumps(frame))
                        await asyncio.sleep(0)
                finally:
                    reading.cancel()
        # Refused: a flood that never rests would measure this process, not the server.
        await asyncio.sleep(0.1)


async def read(line: websockets.ClientConnection, slowed: asyncio.Event) -> None:
    with suppress(websockets.ConnectionClosed):
        async for text in line:
            if json.loads(text)["type"] == "nack":
                slowed.set()


async def main() -> None:
    port, address = int(sys.argv[1]), sys.argv[2]
    slowed = asyncio.Event()
    async with asyncio.TaskGroup() as floods:
        for session in json.loads(sys.stdin.read()):
            floods.create_task(flood(port, address, session, slowed))
        await slowed.wait()
        print("slowed down", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
