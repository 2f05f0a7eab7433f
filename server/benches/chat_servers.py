"""The servers of `okienko bench chat`: each a process of its own on one core; its CPU time and memory."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.errors import Unavailable
from server.settings import PREFIX, Settings

START_SECONDS = 120.0
STOP_SECONDS = 30.0
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the server runs and where the load comes from; None where processes cannot be bound to a core."""

    server: int | None
    load: int | None

    @classmethod
    def found(cls) -> Cores:
        """Return two different cores of those that we may use; the same one if there is one."""
        if not hasattr(os, "sched_setaffinity"):
            return cls(None, None)
        cores = sorted(os.sched_getaffinity(0))
        return cls(cores[-1], cores[0])

    def __str__(self) -> str:
        """Say where."""
        if self.server is None:
            return "processes cannot be bound to a core here: server and load share all cores"
        if self.server == self.load:
            return "there is one core: server and load share it, so its times say little"
        return f"server on core {self.server}, load from core {self.load}"


@contextmanager
def bound_to(core: int | None) -> Iterator[None]:
    """Keep this thread, and the processes that it starts, on a core for the length of the block."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Server:
    """A running server.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        process: What was started.
        probe_at: Unix socket of its probe; None if it has none.
    """

    def __init__(self, port: int, process: subprocess.Popen[bytes], probe_at: Path | None) -> None:
        self.port = port
        self.process = process
        self.probe_at = probe_at

    def cpu_seconds(self) -> float:
        """Return the processor time of all its threads. Source: proc(5)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_kib(self) -> float:
        """Return its memory now. Source: proc(5)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1024

    async def ready(self) -> None:
        """Wait until it listens, and its probe.

        Raises:
            Unavailable: It has ended, or does not listen in time.
        """
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise Unavailable("A server of the benchmark did not start; what it said is above.")
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                if self.probe_at is not None:
                    _, writer = await asyncio.open_unix_connection(str(self.probe_at))
                    writer.close()
                return
            await asyncio.sleep(0.05)
        raise Unavailable(f"A server of the benchmark did not listen within {START_SECONDS:.0f} s.")


class Probing:
    """The line to a server's probe."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, conversation_id: str) -> None:
        """Let the agent write."""
        self._writer.write(json.dumps({"do": "say", "id": conversation_id}).encode() + b"\n")

    async def take(self, ids: Sequence[str]) -> None:
        """Let the agent take conversations."""
        for start in range(0, len(ids), 100):
            await self._ask({"do": "take", "ids": ids[start : start + 100]})

    async def lag(self) -> dict[str, float]:
        """Return by how many milliseconds the event loop was late since the last time: p50, p99, max."""
        return await self._ask({"do": "lag"})

    async def _ask(self, wanted: dict[str, Any]) -> dict[str, Any]:
        self._writer.write(json.dumps(wanted).encode() + b"\n")
        return dict(json.loads(await self._reader.readline()))


@asynccontextmanager
async def probing(server: Server) -> AsyncIterator[Probing | None]:
    """Open the line to a server's probe; None if it has none."""
    if server.probe_at is None:
        yield None
        return
    reader, writer = await asyncio.open_unix_connection(str(server.probe_at))
    try:
        yield Probing(reader, writer)
    finally:
        writer.close()


@asynccontextmanager
async def served(
    command: Sequence[str], port: int, cores: Cores, environment: dict[str, str], **more: Any
) -> AsyncIterator[Server]:
    """Run a server on its core until the end of the block. Raises as `Server.ready`.

    Args:
        command: What is run.
        port: Where it will listen.
        cores: Its core is bound before it starts, so that all its threads are.
        environment: All of it.
        more: `probe_at` and `cwd`.
    """
    with bound_to(cores.server):
        process = subprocess.Popen(  # noqa: S603, ASYNC220 - ourselves, or what the bench has installed
            command,
            env=environment,
            cwd=more.get("cwd", ROOT),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    try:
        server = Server(port, process, more.get("probe_at"))
        await server.ready()
        yield server
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@asynccontextmanager
async def our_kind(kind: str, settings: Settings, shop: Path, cores: Cores) -> AsyncIterator[Server]:
    """Run `chat_entry`: ``ours`` on a copy of a shop, or ``bare``."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="okienko-bench-") as folder:
        data = Path(folder) / "data"
        if kind == "ours":
            await asyncio.to_thread(shutil.copytree, shop, data)
        probe_at = Path(folder) / "probe"
        command = [sys.executable, "-m", "server.benches.chat_entry", kind, str(probe_at)]
        environment = environment_of(settings, data, port)
        async with served(command, port, cores, environment, probe_at=probe_at) as server:
            yield server


def make_shop(settings: Settings, folder: Path) -> None:
    """Load the demo shop into a folder.

    Raises:
        Unavailable: It could not be loaded; says why.
    """
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "demo", "load"],
        env=environment_of(settings, folder, settings.port),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Unavailable(f"The demo shop for the benchmark could not be loaded: {last}")


def environment_of(settings: Settings, data: Path, port: int) -> dict[str, str]:
    """Return this process's environment with the benchmark's shop: SQLite, no model, no mail, no limits."""
    own = {
        "DATA_DIR": str(data),
        "MODELS_DIR": str(settings.models_dir),
        "EMBEDDING_MODEL": settings.embedding_model,
        "PORT": str(port),
        "MESSAGES_PER_MINUTE": "0",
        "SESSIONS_PER_MINUTE": "0",
        "SOCKETS_PER_ADDRESS": "0",
        "SOCKETS": "0",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return clean | {f"{PREFIX}{name}": value for name, value in own.items()}


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
