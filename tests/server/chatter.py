"""A shopper for tests of the whole server: asks at the socket, and may come back with what it holds."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import websockets

PATIENCE_SECONDS = 30


@dataclass
class Shopper:
    """One conversation. `log` is what was shown of it, `said` what ended the last socket."""

    base: str
    session: dict[str, Any] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    line: websockets.ClientConnection | None = None

    @property
    def since(self) -> int:
        return max((frame["seq"] for frame in self.log), default=0)

    async def open(self, **request: str) -> None:
        """Open a session and a socket, or come back to the conversation."""
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as http:
            wanted = {"site_key": "demo", "locale": "pl", "resume": self.session.get("resume", "")} | request
            reply = await http.post(f"{self.base}/v1/session", json=wanted)
        self.session = reply.raise_for_status().json()
        self.line = await websockets.connect(self.base.replace("http", "ws") + "/v1/chat")
        hello = {"type": "hello", "v": 1, "since": self.since, "log_epoch": ""}
        await self.send(hello | {name: self.session[name] for name in ("token", "conversation_id")})

    async def send(self, frame: dict[str, Any]) -> None:
        assert self.line is not None
        await self.line.send(json.dumps(frame))

    async def write(self, body: str, cid: str | None = None) -> str:
        """Send a message; return its cid."""
        cid = cid or str(uuid4())
        await self.send({"type": "send", "cid": cid, "body": body})
        return cid

    async def until(self, frame_type: str, **fields: Any) -> dict[str, Any]:
        """Read on to a frame of this type with these fields."""
        assert self.line is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for text in self.line:
                frame = self.last = json.loads(text)
                if frame["type"] in ("msg", "event") and frame["seq"] > self.since:
                    self.log.append(frame)
                if frame["type"] == frame_type and all(
                    frame.get(name) == value for name, value in fields.items()
                ):
                    return dict(frame)
        raise AssertionError(f"the socket closed ({self.line.close_code}) before a {frame_type}: {self.last}")

    async def ask(self, body: str) -> str:
        """Send a message; return the assistant's answer to it."""
        cid = await self.write(body)
        return str((await self.until("msg", cid=f"r:{cid}"))["body"])

    async def close(self) -> None:
        if self.line is not None:
            await self.line.close()
