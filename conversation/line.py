"""One socket: whole frames in, whole frames out, one at a time. Bounded in time and pace."""

from __future__ import annotations

import asyncio
import logging

from fastapi import WebSocket, WebSocketDisconnect
from pydantic import BaseModel

from foundation.errors import InvalidInput

logger = logging.getLogger("okienko.conversation")

SLOW_SECONDS = 10
FRAMES_A_SECOND = 100
"""More than a person or a widget sends. What comes faster waits, on the sender's side in the end."""


class Gone(Exception):
    """The client no longer reads."""


class Line:
    """A socket that speaks frames.

    What was sent and not yet taken is bounded: the server waits until there is room before the next frame.
    """

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._lock = asyncio.Lock()
        self._second, self._received = 0.0, 0

    async def receive(self) -> str:
        """Return the next frame's text.

        Raises:
            InvalidInput: It is binary.
            WebSocketDisconnect: The client left.
        """
        await self._keep_pace()
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        if text is None:
            raise InvalidInput("Frames are text, as JSON.")
        return str(text)

    async def send(self, frame: BaseModel) -> None:
        """Send a frame.

        Raises:
            Gone: The client left, or has not taken what came before for `SLOW_SECONDS`.
        """
        text = frame.model_dump_json(exclude_none=True)
        try:
            async with self._lock, asyncio.timeout(SLOW_SECONDS):
                await self._websocket.send_text(text)
        except (TimeoutError, RuntimeError, WebSocketDisconnect) as error:
            raise Gone from error

    async def close(self, last: BaseModel | None, code: int) -> None:
        """Send a last frame if there is one, and close; a client that left already is no error."""
        try:
            if last is not None:
                await self.send(last)
            async with asyncio.timeout(SLOW_SECONDS):
                await self._websocket.close(code)
        except (Gone, TimeoutError, RuntimeError, WebSocketDisconnect):
            logger.debug("a client left before it was closed")

    async def _keep_pace(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._second >= 1:
            self._second, self._received = now, 0
        self._received += 1
        if self._received > FRAMES_A_SECOND:
            await asyncio.sleep(self._second + 1 - now)
