"""Several serving processes on one machine behind one port: starts them, starts them anew, ends them.

SIGTERM or Ctrl-C ends all, gently; a second one at once. SIGHUP replaces one after another: the new one
serves before the old one says goodbye.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from foundation.errors import Unavailable
from server.house import open_house
from server.serving import BACKLOG, listening_socket, say_where
from server.settings import Settings

logger = logging.getLogger("okienko.server")

READY_SECONDS = 120.0
FAREWELL_SECONDS = 20.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
LIVES_SECONDS = 10.0
"""One that ends sooner has not come to serve: the next one waits longer."""


async def supervise(settings: Settings, workers: int) -> None:
    """Serve with so many processes until a signal.

    Raises:
        Misconfigured: They have nothing to share.
        Unavailable: The port is taken, the house cannot be opened, or no process comes to serve.
    """
    settings.check_workers(workers)
    # Until there is somebody to replace: unheard, it would end us.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with listening_socket(settings) as listener:
        listener.listen(BACKLOG)
        # Once, before they all do it: the schema, the model, the index; what is wrong is said once.
        async with open_house(settings):
            pass
        command = (
            *(sys.executable, "-m", "server.cli", "serve"),
            *("--host", settings.host, "--port", str(settings.port)),
        )
        supervisor = Supervisor(
            command,
            listener,
            say_where=lambda: say_where(settings),
            farewell_seconds=settings.drain_seconds + FAREWELL_SECONDS,
        )
        await supervisor.run(workers)


@dataclass(eq=False, slots=True)
class _Worker:
    """One process, and the line by which it says that it serves and learns that we are gone."""

    process: asyncio.subprocess.Process
    line: socket.socket
    started_at: float
    serves: asyncio.Task[bool]
    leaving: bool = False

    def leave(self) -> None:
        """Ask it to end."""
        if not self.leaving and self.process.returncode is None:
            self.process.terminate()
        self.leaving = True


class Supervisor:
    """Keeps so many processes serving.

    Args:
        command: Starts one; it is given ``--inherit`` besides (`server.serving.Inherited`).
        listener: The bound socket.
        say_where: Called once all serve.
        farewell_seconds: Who has not ended so long after it was asked to is killed.
    """

    def __init__(
        self,
        command: Sequence[str],
        listener: socket.socket,
        *,
        say_where: Callable[[], None],
        farewell_seconds: float,
    ) -> None:
        self._command, self._listener = command, listener
        self._say_where, self._farewell_seconds = say_where, farewell_seconds
        self._wanted = 0
        self._loop = asyncio.get_running_loop()
        self._workers: dict[_Worker, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self._pause_seconds = FIRST_PAUSE_SECONDS
        self._replacing: asyncio.Task[None] | None = None
        self._replace_again = False
        self._trouble: Unavailable | None = None

    @property
    def pids(self) -> set[int]:
        """Process ids of those that are to stay."""
        return {worker.process.pid for worker in self._staying}

    @property
    def settled(self) -> bool:
        """Whether nobody is being replaced, ends, or waits to be started anew."""
        replacing = self._replacing is not None and not self._replacing.done()
        return not replacing and len(self._workers) == len(self._staying)

    @property
    def _staying(self) -> list[_Worker]:
        return [one for one in self._workers if one.process.returncode is None and not one.leaving]

    async def run(self, workers: int) -> None:
        """Serve with so many until a signal.

        Raises:
            Unavailable: No process comes to serve.
        """
        self._wanted = workers
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self._stop)
        self._loop.add_signal_handler(signal.SIGHUP, self._replace)
        first = [await self._start() for _ in range(workers)]
        said = asyncio.create_task(self._say_when_all_serve(first))
        try:
            await self._stopping.wait()
        finally:
            for task in (said, self._replacing):
                if task is not None:
                    task.cancel()
            await self._end_all()
        if self._trouble is not None:
            raise self._trouble

    async def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            inherited = (self._listener.fileno(), theirs.fileno())
            process = await asyncio.create_subprocess_exec(
                *self._command,
                *("--inherit", ",".join(map(str, inherited))),
                pass_fds=inherited,
                # A Ctrl-C at the terminal is for us; we pass it on once.
                start_new_session=True,
            )
        worker = _Worker(process, ours, self._loop.time(), asyncio.create_task(self._hears(ours)))
        self._workers[worker] = asyncio.create_task(self._watch(worker))
        return worker

    async def _hears(self, line: socket.socket) -> bool:
        """Return whether a process says that it serves; False when it ends first, or takes too long."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                return bool(await self._loop.sock_recv(line, 1))
        except (TimeoutError, OSError):
            return False

    async def _watch(self, worker: _Worker) -> None:
        """Wait for a process to end; start another if it was not asked to."""
        code = await worker.process.wait()
        served = await worker.serves
        worker.line.close()
        if not worker.leaving and self._lacks_one:
            await self._start_again(code, served, self._loop.time() - worker.started_at)
        self._workers.pop(worker, None)

    async def _start_again(self, code: int, served: bool, lived_seconds: float) -> None:
        if not served and self._pause_seconds >= LONGEST_PAUSE_SECONDS:
            self._trouble = Unavailable(
                f"No process comes to serve (the last one ended with {code}): see what it said above."
            )
            self._stopping.set()
            return
        pause_seconds = (
            FIRST_PAUSE_SECONDS if served and lived_seconds > LIVES_SECONDS else self._pause_seconds
        )
        self._pause_seconds = min(2 * pause_seconds, LONGEST_PAUSE_SECONDS)
        logger.error("a serving process ended with %d; another starts in %.0f s", code, pause_seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause_seconds):
                await self._stopping.wait()
        # Meanwhile a new one may have come to replace it.
        if self._lacks_one:
            await self._start()

    @property
    def _lacks_one(self) -> bool:
        return not self._stopping.is_set() and len(self._staying) < self._wanted

    async def _say_when_all_serve(self, first: list[_Worker]) -> None:
        if all(await asyncio.gather(*(asyncio.shield(worker.serves) for worker in first))):
            self._say_where()

    def _stop(self) -> None:
        if self._stopping.is_set():
            for worker in self._workers:
                if worker.process.returncode is None:
                    worker.process.kill()
        self._stopping.set()

    def _replace(self) -> None:
        self._replace_again = True
        if self._replacing is None or self._replacing.done():
            self._replacing = asyncio.create_task(self._replace_all())

    async def _replace_all(self) -> None:
        while self._replace_again:
            self._replace_again = False
            await self._replace_each(self._staying)

    async def _replace_each(self, olds: Sequence[_Worker]) -> None:
        for old in olds:
            if old not in self._staying:
                continue  # it has ended by itself: what is started in its place is new
            new = await self._start()
            if not await asyncio.shield(new.serves):
                logger.error("a new process does not come to serve; the old ones go on")
                new.leave()
                if self._lacks_one:
                    await self._start()
                return
            old.leave()
            if (watching := self._workers.get(old)) is not None:
                await asyncio.wait([watching], timeout=self._farewell_seconds)

    async def _end_all(self) -> None:
        for worker in self._workers:
            worker.leave()
        if self._workers:
            await asyncio.wait(self._workers.values(), timeout=self._farewell_seconds)
        for worker, watching in list(self._workers.items()):
            worker.process.kill()
            await watching
