"""A demo shop loaded once, and real server processes on copies of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import MadeOnce
from tests.server.guard import guard

ROOT = Path(__file__).parent.parent.parent


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Return this process's environment with a shop's settings, and none but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OKIENKO_")}
    return clean | {"OKIENKO_DATA_DIR": str(data_dir)} | settings


def okienko(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *arguments],
        cwd=ROOT,
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


class ServerProcess:
    """`okienko serve` in a process of its own; may be killed and started again on the same port.

    Attributes:
        stderr: Where what it logs goes; as for `subprocess.Popen`.
        module: What is run; takes the command ``serve`` as ours does.
        options: Further options of it.
    """

    stderr: int | None = None
    module = "server.cli"
    options: tuple[str, ...] = ()

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.settings = settings
        # Bound for as long as this object lives, and never listening: the server may take the port again and
        # again, and nobody else on this machine is given it in between.
        kept = socket.socket()
        weakref.finalize(self, kept.close)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        self.port = int(kept.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"
        self.data_dir = data_dir
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it says that it is open."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, "serve", *self.options, "--port", str(self.port)],
            cwd=ROOT,
            env=environment(self.data_dir, **self.settings),
            stdout=subprocess.PIPE,
            stderr=self.stderr,
            text=True,
        )
        guard().watch(self.process.pid)
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            if "Okienko is open" in line:
                return
            said.append(line)
        self.process.stdout.close()
        raise AssertionError(f"the server ended with code {self.process.wait()}: {''.join(said)}")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        guard().forget(self.process.pid)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def stop(self) -> int:
        """Stop it as Ctrl-C does; return the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        guard().forget(self.process.pid)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def get(self, path: str) -> tuple[int, str, dict[str, str]]:
        """Fetch a page: status, body, headers."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=30) as reply:
                return reply.status, reply.read().decode(), dict(reply.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)


@pytest.fixture(scope="session")
def loaded_demo(made_once: MadeOnce) -> Path:
    """A data folder with the demo shop; not to be written."""

    def load(folder: Path) -> None:
        done = okienko(folder, "demo", "load")
        assert done.returncode == 0, done.stderr

    return made_once("demo", load)


@pytest.fixture
def demo_data(loaded_demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo shop's data folder for one test."""
    return Path(shutil.copytree(loaded_demo, tmp_path / "data"))


@pytest.fixture
def serve(demo_data: Path) -> Iterator[Callable[[], ServerProcess]]:
    """Start servers of the demo shop; they end with the test."""
    started: list[ServerProcess] = []

    def start() -> ServerProcess:
        server = ServerProcess(demo_data)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        assert server.process is not None
        if server.process.poll() is None:
            server.stop()
