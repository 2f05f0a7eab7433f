"""`okienko serve --workers`: several real processes behind one port, ended, replaced and orphaned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.knowledge.chroma_server import ChromaServer
from tests.postgres import bare_postgres_url
from tests.redis_server import OwnRedis
from tests.server.conftest import ROOT, ServerProcess, environment, okienko

SECONDS = 90
SECRET = "a secret of thirty-two characters or more"
QUESTION = "Ile kosztuje dostawa do paczkomatu?"


@dataclass
class Shop:
    """A demo shop in PostgreSQL, its server, and what it shares."""

    server: ServerProcess
    settings: dict[str, str]
    redis: OwnRedis

    def start(self, workers: int) -> None:
        """Start it with so many processes, and wait until all of them serve."""
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "server.cli",
                "serve",
                "--port",
                str(self.server.port),
                "--workers",
                str(workers),
            ],
            cwd=ROOT,
            env=environment(self.server.data_dir, **self.settings),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.server.process = process
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            if "Okienko is open" in line:
                return
            said.append(line)
        raise AssertionError(f"it ended with {process.wait()}: {''.join(said)}")

    @property
    def workers(self) -> set[int]:
        """Process ids of those who serve."""
        assert self.server.process is not None
        return children(self.server.process.pid)

    async def ask(self) -> str:
        """Open a chat, ask, and return the assistant's reply; each request is a new connection."""
        until = time.monotonic() + SECONDS
        async with httpx.AsyncClient(
            base_url=self.server.base, timeout=30, limits=httpx.Limits(max_keepalive_connections=0)
        ) as http:
            opened = await http.post("/v1/session", json={"site_key": "demo", "locale": "pl"})
            session = opened.raise_for_status().json()
            headers = {"authorization": f"Bearer {session['token']}"}
            frame = {"type": "send", "cid": str(uuid4()), "body": QUESTION}
            place = {"conversation_id": session["conversation_id"]}
            sent = await http.post("/v1/messages", json=place | {"frame": frame}, headers=headers)
            sent.raise_for_status()
            seq = session["head"]
            while time.monotonic() < until:
                asked = place | {"since": seq, "wait": 5}
                polled = (await http.get("/v1/events", params=asked, headers=headers)).raise_for_status()
                for frame in polled.json()["frames"]:
                    seq = max(seq, frame.get("seq", 0))
                    if frame["type"] == "msg" and frame["author"]["kind"] == "assistant":
                        return str(frame["body"])
        raise AssertionError("no reply came")


def children(pid: int) -> set[int]:
    """Return the processes that a process has started and that run."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, _, rest = status.read_text().rpartition(")")
            state, parent = rest.split()[:2]
            if int(parent) == pid and state != "Z":
                found.add(int(status.parent.name))
    return found


def wait_until(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until, what
        os.sched_yield()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    redis, chroma = OwnRedis(), ChromaServer(tmp_path / "chroma")
    async with bare_postgres_url() as url:
        redis.start()
        chroma.start()
        settings = {
            "OKIENKO_DATABASE_URL": url,
            "OKIENKO_REDIS_URL": redis.url,
            "OKIENKO_CHROMA_URL": chroma.url,
            "OKIENKO_SECRET": SECRET,
        }
        data = tmp_path / "data"
        loaded = okienko(data, "demo", "load", **settings)
        assert loaded.returncode == 0, loaded.stderr
        found = Shop(ServerProcess(data), settings, redis)
        yield found
        if found.server.process is not None:
            with suppress(ProcessLookupError):
                found.server.process.kill()
            found.server.process.wait()
            assert found.server.process.stdout is not None
            found.server.process.stdout.close()
        chroma.stop()
        redis.stop()


async def test_one_that_is_killed_is_replaced_and_the_chat_goes_on(shop: Shop) -> None:
    shop.start(2)
    first = shop.workers
    assert len(first) == 2
    assert "paczkomat" in (await shop.ask()).lower()
    gone = first.pop()
    os.kill(gone, signal.SIGKILL)
    assert "paczkomat" in (await shop.ask()).lower()
    wait_until(lambda: len(shop.workers - {gone}) == 2, "nobody took the place of the one that was killed")
    assert "paczkomat" in (await shop.ask()).lower()
    assert shop.server.process is not None
    shop.server.process.send_signal(signal.SIGTERM)
    assert shop.server.process.wait(SECONDS) == 0


async def test_all_are_replaced_one_by_one_and_end_when_left_alone(shop: Shop) -> None:
    shop.start(2)
    before = shop.workers
    assert shop.server.process is not None
    shop.server.process.send_signal(signal.SIGHUP)
    asked = 0
    until = time.monotonic() + SECONDS
    while shop.workers & before:
        assert time.monotonic() < until, "they are not replaced"
        assert "paczkomat" in (await shop.ask()).lower()
        asked += 1
    assert asked > 0
    now = shop.workers
    assert len(now) == 2
    shop.server.process.kill()
    shop.server.process.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in now), "orphans serve on")


def test_without_what_they_share_they_are_refused_with_a_sentence(tmp_path: Path) -> None:
    done = okienko(tmp_path, "serve", "--workers", "2")
    assert done.returncode == 2
    for name in ("OKIENKO_DATABASE_URL", "OKIENKO_REDIS_URL", "OKIENKO_CHROMA_URL"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr
