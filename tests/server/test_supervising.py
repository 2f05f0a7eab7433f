"""The supervisor alone, with real processes that do nothing but say that they serve."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from foundation.errors import Unavailable
from server.serving import listening_socket
from server.settings import Settings
from server.supervising import Supervisor
from tests.server.conftest import ROOT, environment

SECONDS = 60
OKIENKO = (sys.executable, "-m", "server.cli")
SERVES = """
import os, signal, socket, sys
if os.path.exists(sys.argv[1]):
    sys.exit(3)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
socket.socket(fileno=int(sys.argv[-1].split(",")[1])).send(b"1")
signal.pause()
"""


@asynccontextmanager
async def supervised(broken: Path, workers: int = 2) -> AsyncIterator[Supervisor]:
    """Keep so many processes until the block ends; while there is a file `broken`, none comes to serve."""
    all_serve = asyncio.Event()
    with socket.socket() as listener:
        command = (sys.executable, "-S", "-c", SERVES, str(broken))
        supervisor = Supervisor(command, listener, say_where=all_serve.set, farewell_seconds=SECONDS)
        running = asyncio.create_task(supervisor.run(workers))
        try:
            async with asyncio.timeout(SECONDS):
                await all_serve.wait()
            yield supervisor
            assert not running.done()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await running
    assert not supervisor.pids


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a real process has to start or end for it."""
    loop = asyncio.get_running_loop()
    seen = asyncio.Event()

    def look() -> None:
        if holds():
            seen.set()
        else:
            loop.call_later(0.01, look)

    look()
    async with asyncio.timeout(SECONDS):
        await seen.wait()


async def test_one_that_dies_while_all_are_replaced_is_not_replaced_twice(tmp_path: Path) -> None:
    async with supervised(tmp_path / "broken") as supervisor:
        before = supervisor.pids
        os.kill(min(before), signal.SIGKILL)
        await until(lambda: min(before) not in supervisor.pids)
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: not before & supervisor.pids and supervisor.settled)
        assert len(supervisor.pids) == 2


async def test_new_ones_that_do_not_come_to_serve_leave_the_old_ones_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    async with supervised(broken) as supervisor:
        before = supervisor.pids
        broken.touch()
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGHUP)
            await asyncio.sleep(0)
            await until(lambda: supervisor.settled)
            assert supervisor.pids == before
        broken.unlink()
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: not before & supervisor.pids and supervisor.settled)
        assert len(supervisor.pids) == 2


async def test_told_again_while_replacing_it_replaces_also_what_is_new(tmp_path: Path) -> None:
    async with supervised(tmp_path / "broken") as supervisor:
        before = supervisor.pids
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: bool(supervisor.pids - before))
        known = supervisor.pids
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: not known & supervisor.pids and supervisor.settled)
        assert len(supervisor.pids) == 2


def test_of_two_that_start_at_once_on_one_port_the_second_is_told(unused_tcp_port: int) -> None:
    settings = Settings(_env_file=None, port=unused_tcp_port)
    with listening_socket(settings), pytest.raises(Unavailable, match="is busy"):
        listening_socket(settings)


def test_told_to_replace_before_anybody_serves_it_goes_on_to_start(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
        process = subprocess.Popen(
            [*OKIENKO, "serve", "--workers", "2", "--port", str(unused_tcp_port)],
            cwd=ROOT,
            env=environment(
                tmp_path,
                OKIENKO_DATABASE_URL=database,
                OKIENKO_REDIS_URL="redis://127.0.0.1:1/0",
                OKIENKO_CHROMA_URL="http://127.0.0.1:1",
                OKIENKO_SECRET="a secret of thirty-two characters or more",
            ),
            stderr=subprocess.PIPE,
            text=True,
        )
        silent.settimeout(SECONDS)
        asked, _ = silent.accept()
        process.send_signal(signal.SIGHUP)
        asked.close()
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode > 0
    assert "cannot be reached" in said
