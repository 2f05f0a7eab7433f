"""A real Chroma server on loopback, for tests: `chroma run` in a folder, on a free port, ended by its pid."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.lacking import lacking

START_SECONDS = 30


class ChromaServer:
    """Starts when asked to; may be stopped and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = Path(sys.executable).with_name("chroma")
        if not command.exists():
            lacking("chroma", f"there is no Chroma server: {command} is missing")
        self._process = subprocess.Popen(
            [command, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._runs():
            try:
                urlopen(f"{self.url}/api/v2/heartbeat", timeout=1).close()
            except (URLError, OSError):
                continue
            return
        self.stop()
        lacking("chroma", f"chroma run did not answer on port {self.port}")

    def _runs(self) -> bool:
        """Give the process a moment; tell whether it is still there."""
        assert self._process
        try:
            self._process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            return True
        return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Stop, and lose everything that was stored."""
        self.stop()
        shutil.rmtree(self.folder)
