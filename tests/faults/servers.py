"""The servers of a run, on ports of their own; killed, stopped, frozen and started again."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from server.settings import Settings
from tests.server.conftest import ROOT, environment
from tests.server.guard import guard

OPEN_SECONDS = 120


class Stable:
    """The process that forks servers; see `tests/faults/stable.py`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.stable"],
            cwd=ROOT,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order; return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it, and what it has started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Server:
    """One server process at a time, always on the same port."""

    def __init__(self, stable: Stable, folder: Path, data: Path, variant: str, **settings: str) -> None:
        self._stable = stable
        # Bound as long as this lives, never listening: nobody else is given the port between two servers.
        kept = socket.socket()
        weakref.finalize(self, kept.close)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        self.port = int(kept.getsockname()[1])
        unlimited = {
            f"OKIENKO_{name.upper()}": "0" for name in Settings.model_fields if name.endswith("_per_minute")
        }
        models = {name: value for name, value in os.environ.items() if name == "OKIENKO_MODELS_DIR"}
        self.said = folder / f"server-{self.port}.log"
        self._order = {
            "environment": environment(data, OKIENKO_PORT=str(self.port), **unlimited, **models, **settings),
            "said": str(self.said),
            "clock": str(folder / "clock"),
            "variant": variant,
        }
        self.pid = 0

    def start(self) -> None:
        """Fork it; `opened` waits until it listens."""
        assert not self.pid
        self.pid = self._stable.ask({"start": self._order})["pid"]
        guard().watch(self.pid)

    async def opened(self) -> None:
        """Return as soon as it takes connections.

        Raises:
            AssertionError: It has ended instead, or takes none for long.
        """
        async with asyncio.timeout(OPEN_SECONDS):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    self.must_live()
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    with suppress(OSError):
                        await writer.wait_closed()
                    return

    async def serving(self) -> None:
        """Return as soon as it answers: it takes connections before it has opened its house.

        Raises:
            AssertionError: As from `opened`.
        """
        async with asyncio.timeout(OPEN_SECONDS), httpx.AsyncClient() as http:
            while True:
                self.must_live()
                with suppress(httpx.HTTPError):
                    (await http.get(f"http://127.0.0.1:{self.port}/healthz", timeout=1)).raise_for_status()
                    return
                await asyncio.sleep(0.02)

    def must_live(self) -> None:
        """Make sure that it has not ended by itself."""
        code = self._ended()
        assert code is None, f"a server ended by itself with {code}: {self.said.read_text()[-2000:]}"

    def _ended(self) -> int | None:
        """Return the code it ended with; None while it lives, or if there is none."""
        if not self.pid:
            return None
        code: int | None = self._stable.ask({"wait": self.pid, "options": os.WNOHANG})["code"]
        if code is not None:
            guard().forget(self.pid)
            self.pid = 0
        return code

    def send(self, number: int) -> None:
        """Send it a signal."""
        assert self.pid, "there is no server to be told"
        os.kill(self.pid, number)

    async def end(self, number: int = signal.SIGKILL) -> int:
        """End it by a signal, frozen or not; return its exit code. May be cancelled and called again."""
        self.send(number)
        self.send(signal.SIGCONT)
        while True:
            code = self._ended()
            if code is not None:
                return code
            await asyncio.sleep(0.005)

    def limit_files(self, size: int) -> None:
        """Let no write reach beyond so many bytes of any file; negative: no limit.

        That is a disk without room as the process sees it: part of a write succeeds, the rest does not.
        """
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
