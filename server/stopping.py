"""How a server stops: turned away from first, then finished with what it has begun, then gone.

The first signal stops it in order, the second at once. The order: `/readyz` says no; for `drain_seconds`
all goes on; the port is given up; turns under way are finished; sockets are told to come back, and long polls
answered; what is left of turns is given back. Who comes back meets another process, or the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from assistant.worker import Worker
from server.operation import Operation

logger = logging.getLogger("okienko.server")

FINISH_SECONDS = 5.0
"""Turns under way have so long to come to their end; most take milliseconds."""


class GracefulServer(uvicorn.Server):
    """uvicorn, which says where to look once it listens, and stops in the order above.

    Args:
        config: uvicorn's.
        operation: Is told that the server stops.
        worker: Finishes its turns.
        say_where: Called once it listens.
        say_goodbye: Tells sockets and long polls to come back; returns when they have gone, or soon.
        drain_seconds: How long it serves on after the signal.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        operation: Operation,
        *,
        worker: Worker,
        say_where: Callable[[], None],
        say_goodbye: Callable[[], Awaitable[None]],
        drain_seconds: float,
    ) -> None:
        super().__init__(config)
        self._operation = operation
        self._worker = worker
        self._say_where = say_where
        self._say_goodbye = say_goodbye
        self._drain_seconds = drain_seconds
        self._forced = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets=sockets)
        if self.started:
            self._say_where()

    def stop(self) -> None:
        """Do as at the first signal."""
        self.should_exit = True
        self._operation.stopping = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop at the first signal, at once at the second; the third finds nobody who listens."""
        if self.should_exit:
            self.force_exit = True
            signal.signal(sig, signal.SIG_DFL)
            self._loop.call_soon_threadsafe(self._forced.set)
        self.stop()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Listen to signals; having stopped as told is no failure, so none is raised again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {sig: signal.signal(sig, self.handle_exit) for sig in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop in order."""
        self._operation.stopping = True
        if self._drain_seconds:
            logger.info("told to stop: serving on for %s seconds", self._drain_seconds)
            await self._unless_forced(asyncio.sleep(self._drain_seconds))
        # Before any farewell: who is told to come back must not come back to us.
        for server in self.servers:
            server.close()
        await self._unless_forced(self._worker.leave_off(FINISH_SECONDS))
        await self._unless_forced(self._goodbye())
        await super().shutdown(sockets=sockets)

    async def _goodbye(self) -> None:
        await self._say_goodbye()

    async def _unless_forced(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it, but drop it when the second signal comes."""
        tasks = [asyncio.ensure_future(work), asyncio.ensure_future(self._forced.wait())]
        done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for task in done:
            task.result()
