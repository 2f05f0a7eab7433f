"""The stores of a run with several servers: a Redis and a Postgres of its own, killed and started again."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.faults.run import Plan
from tests.lacking import lacking
from tests.redis_server import OwnRedis
from tests.server.guard import guard

START_SECONDS = 60
NOBODY = ("postgres", "nobody")
"""Whom to be for Postgres, which refuses to be root."""


class OwnPostgres:
    """A cluster in a folder of its own on a free port; may be stopped in two ways and started again."""

    def __init__(self) -> None:
        kept = socket.socket()
        weakref.finalize(self, kept.close)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        self.port: int = kept.getsockname()[1]
        self.url = f"postgresql+asyncpg://okienko@127.0.0.1:{self.port}/okienko"
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="okienko-postgres-"))
        self._user = _unprivileged()
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._process: subprocess.Popen[bytes] | None = None

    async def make(self) -> None:
        """Make the cluster, start it, and make an empty database in it."""
        made = await asyncio.to_thread(self._initialise)
        if made.returncode != 0:
            lacking("postgres", f"initdb failed: {made.stderr}")
        await self.start()
        await self._say("CREATE DATABASE okienko")

    def _initialise(self) -> subprocess.CompletedProcess[str]:
        options = ["-U", "okienko", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        return subprocess.run(
            [self._programs / "initdb", "-D", self._folder / "data", *options],
            user=self._user,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )

    async def start(self) -> None:
        """Start it and wait until it answers."""
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200")
        program = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), "-p", str(self.port)]
        await asyncio.to_thread(self._spawn, [*program, *(f"--{setting}" for setting in settings)])
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                await self._say("SELECT 1")
            except (OSError, SQLAlchemyError):
                assert time.monotonic() < until, (self._folder / "log").read_text()[-2000:]
                await asyncio.sleep(0.05)
            else:
                return

    def _spawn(self, command: list[str]) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, user=self._user, cwd=self._folder, stdout=log, stderr=log
            )
        guard().watch(self._process.pid)

    async def _say(self, statement: str) -> None:
        server = create_async_engine(
            self.url.removesuffix("okienko") + "postgres", isolation_level="AUTOCOMMIT"
        )
        try:
            async with server.connect() as connection:
                await connection.execute(text(statement))
        finally:
            await server.dispose()

    async def stop(self, *, immediate: bool) -> None:
        """Stop it: as after a crash, to be recovered from its log; or cutting everybody off in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
            await asyncio.to_thread(self._process.wait)
            guard().forget(self._process.pid)
            self._process = None

    async def close(self) -> None:
        """End it and remove what it kept."""
        await self.stop(immediate=True)
        shutil.rmtree(self._folder, ignore_errors=True)


class Stores:
    """What the servers of a run share besides the data folder; with SQLite nothing."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.redis: OwnRedis | None = None
        self.postgres: OwnPostgres | None = None

    async def restart_redis(self, gone_seconds: float) -> None:
        """Kill Redis, and start it again after a while, empty."""
        assert self.redis
        self.redis.stop()
        await asyncio.sleep(gone_seconds)
        await asyncio.to_thread(self.redis.start)

    async def restart_postgres(self, *, immediate: bool) -> None:
        """Restart Postgres, as an operator does or as after a crash."""
        assert self.postgres
        await self.postgres.stop(immediate=immediate)
        await self.postgres.start()


@asynccontextmanager
async def open_stores(plan: Plan) -> AsyncIterator[Stores]:
    """Start the stores that a plan wants; they end with the block. Skips where a program is missing."""
    stores = Stores()
    try:
        if plan.redis:
            stores.redis = OwnRedis()
            await asyncio.to_thread(stores.redis.start)
            stores.settings["OKIENKO_REDIS_URL"] = stores.redis.url
        if plan.postgres:
            stores.postgres = OwnPostgres()
            await stores.postgres.make()
            stores.settings["OKIENKO_DATABASE_URL"] = stores.postgres.url
            stores.settings["OKIENKO_SECRET"] = "one for all processes, of tests only"
        yield stores
    finally:
        if stores.redis is not None:
            stores.redis.stop()
        if stores.postgres is not None:
            await stores.postgres.close()


def _programs() -> Path:
    """Return the folder of Postgres's programs, the newest there is."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.rjust(4))
    if found is None and not folders:
        lacking("postgres", "there is no Postgres to start: install postgresql")
    return Path(found).parent if found else folders[-1]


def _unprivileged() -> str | None:
    """Return whom Postgres is to run as if we are root; None if we are not."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in NOBODY if name in known)
