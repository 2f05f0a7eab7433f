"""What `okienko bench chat` runs in the server's process: Okienko as served, or a bare handler; and a probe.

The probe is a Unix socket with a JSON object a line. `lag` returns how late the event loop was since it was
last asked; with Okienko, `take` makes an agent take conversations and `say` lets the agent write in one. What
an agent writes goes the desk's way from `Ownership` on: the desk's page is not in it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from handoff.ownership import Agent, Ownership
from server.arenas import share_arenas
from server.house import open_house
from server.serving import listening_socket, new_event_loop, serve_house
from server.settings import load_settings

TOKENS = 60
PROBE_SECONDS = 0.01

_AGENT = Agent("bench", "Bench")


class Probe:
    """Answers the load generator beside the server, in its event loop.

    Args:
        ownership: Of the house that is served; None for a server without conversations.
    """

    def __init__(self, ownership: Ownership | None = None) -> None:
        self._ownership = ownership
        self._late_ms: list[float] = []
        self._saying: set[asyncio.Task[None]] = set()

    async def run(self, path: str) -> None:
        """Serve at a Unix socket until cancelled."""
        async with await asyncio.start_unix_server(self._serve, path):
            await self._watch()

    async def _watch(self) -> None:
        while True:
            wanted = time.perf_counter() + PROBE_SECONDS
            await asyncio.sleep(PROBE_SECONDS)
            self._late_ms.append(max(0.0, time.perf_counter() - wanted) * 1000)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            wanted = json.loads(line)
            answer = await self._do(wanted)
            if answer is not None:
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def _do(self, wanted: dict[str, Any]) -> dict[str, Any] | None:
        if wanted["do"] == "say":
            task = asyncio.create_task(self._say(wanted["id"]))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)
            return None
        if wanted["do"] == "take":
            assert self._ownership
            for conversation_id in wanted["ids"]:
                await self._ownership.take(conversation_id, _AGENT)
            return {"taken": len(wanted["ids"])}
        late, self._late_ms = sorted(self._late_ms) or [0.0], []
        return {"p50": late[len(late) // 2], "p99": late[int(0.99 * len(late))], "max": late[-1]}

    async def _say(self, conversation_id: str) -> None:
        assert self._ownership
        await self._ownership.reply(conversation_id, _AGENT, "Już patrzę, chwileczkę.", str(uuid4()))


def bare_app() -> FastAPI:
    """Return a handler that streams a reply of `TOKENS` tokens to every text, and nothing else."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.websocket("/v1/chat")
    async def chat(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                json.loads(await websocket.receive_text())
                for number in range(TOKENS):
                    await websocket.send_text(json.dumps({"type": "delta", "n": number, "text": "token "}))
                await websocket.send_text(json.dumps({"type": "msg", "body": "token " * TOKENS}))
        except WebSocketDisconnect:
            return

    return app


async def serve_ours(probe_at: str) -> None:
    """Serve the shop of the settings, as `okienko serve` does, with the probe beside it."""
    share_arenas()
    settings = load_settings()
    with listening_socket(settings) as listener:
        async with open_house(settings) as house:
            await house.warm_up()
            probe = asyncio.create_task(Probe(house.ownership).run(probe_at))
            try:
                await serve_house(house, listener)
            finally:
                probe.cancel()


async def serve_bare(probe_at: str) -> None:
    """Serve the bare handler on the same loop and the same WebSocket implementation."""
    settings = load_settings()
    config = uvicorn.Config(
        bare_app(), ws="websockets-sansio", ws_per_message_deflate=False, access_log=False, log_config=None
    )
    with listening_socket(settings) as listener:
        probe = asyncio.create_task(Probe().run(probe_at))
        try:
            await uvicorn.Server(config).serve(sockets=[listener])
        finally:
            probe.cancel()


def main(kind: str, probe_at: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    serving = {"ours": serve_ours, "bare": serve_bare}[kind]
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serving(probe_at))


if __name__ == "__main__":
    main(*sys.argv[1:])
