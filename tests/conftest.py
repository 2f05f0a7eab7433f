"""What every room's tests share: a real database, a clock that is set, folders made once for a run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from foundation.clock import SettableClock
from foundation.database import Database, metadata
from tests.postgres import postgres_database
from tests.redis_server import OwnRedis

WORKER_GIGABYTES = 1.5
MOST_WORKERS = 8

MadeOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Let ``-n auto`` take no more processes than this machine has cores and memory for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return max(1, min(cores, int(gigabytes / WORKER_GIGABYTES), MOST_WORKERS))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Makes a folder once for all processes of a run: the first that needs it fills it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder, half_made = place / f"once-{name}", place / f"once-{name}.half-made"
        with (place / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                shutil.rmtree(half_made, ignore_errors=True)
                half_made.mkdir()
                fill(half_made)
                half_made.rename(folder)
        return folder

    return make


@pytest.fixture
def clock() -> SettableClock:
    """A Tuesday at noon in Warsaw."""
    return SettableClock(datetime(2026, 11, 17, 11, 0, tzinfo=UTC))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with every table that the imported rooms have declared.

    ``TEST_DATABASE=postgres`` takes PostgreSQL for it.
    """
    if os.environ.get("TEST_DATABASE") == "postgres":
        async with postgres_database() as opened:
            yield opened
        return
    opened = Database.in_folder(tmp_path / "data")
    assert opened.trips is not None
    for engine in (opened.engine.sync_engine, opened.trips.engine):
        event.listen(engine, "connect", _wait_for_no_disk)
    async with opened.transaction() as connection:
        await connection.run_sync(metadata.create_all)
    yield opened
    await opened.close()


def _wait_for_no_disk(connection: DBAPIConnection, _record: object) -> None:
    """Leave it to the system when to write: tests that share this fixture cut no power."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    """A Redis of the test's own."""
    server = OwnRedis()
    server.start()
    yield server
    server.stop()
