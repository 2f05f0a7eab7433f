"""A real Redis server on loopback, for tests: on a free port, without a file, ended by its pid."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import subprocess
import time
import weakref

from tests.lacking import lacking
from tests.server.guard import guard

START_SECONDS = 20


class OwnRedis:
    """Starts when asked to; may be stopped, frozen, and started again on the same port, empty."""

    def __init__(self) -> None:
        kept = socket.socket()
        # Bound as long as this object lives: nobody else is given the port while the server is away.
        weakref.finalize(self, kept.close)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        self.port: int = kept.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = shutil.which("redis-server")
        if command is None:
            lacking("redis", "there is no Redis server: install redis-server")
        self._process = subprocess.Popen(
            [command, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        guard().watch(self._process.pid)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    line.sendall(b"PING\r\n")
                    if line.recv(64).startswith(b"+PONG"):
                        return
            except OSError:
                pass
            try:
                self._process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                continue
        self.stop()
        lacking("redis", f"redis-server did not answer on port {self.port}")

    def stop(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            guard().forget(self._process.pid)
            self._process = None

    def freeze(self) -> None:
        """Let it hold its lines and answer nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    async def restart(self) -> None:
        self.stop()
        await asyncio.to_thread(self.start)
