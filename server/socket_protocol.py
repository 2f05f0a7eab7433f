"""How uvicorn speaks WebSocket here: a line that is over does not stay."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CLOSED_SECONDS = 2.0
"""How long a client may take to answer that the socket closes; all that it sends meanwhile must be read."""


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own, which otherwise waits for a client that does not read before it lets go."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a new connection."""
        super().connection_made(transport)
        self.close_timeout = CLOSED_SECONDS

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """Let go of a line whose end nobody waits to read."""
        super().on_task_complete(task)
        if not self.writable.is_set():
            # Closing sends what is left first, and this client does not take it.
            self.transport.abort()
