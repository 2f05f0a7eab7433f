"""The database: durable settings, aware times, snapshots, one writer at a time."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import StatementError

from foundation.database import Database, UtcDateTime
from foundation.errors import Unavailable

own = MetaData()
moments = Table("moments", own, Column("id", Integer, primary_key=True), Column("ts", UtcDateTime))


@pytest.fixture
async def moments_database(database: Database) -> Database:
    async with database.transaction() as connection:
        await connection.run_sync(own.create_all)
    return database


async def test_commits_are_durable(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path / "as-it-serves")
    async with database.reading() as connection:
        found = [
            (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one()
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.close()
    assert found == ["wal", 2, 1]


async def test_a_moment_comes_back_aware_and_in_utc(moments_database: Database) -> None:
    warsaw = timezone(timedelta(hours=1))
    async with moments_database.transaction() as connection:
        await connection.execute(insert(moments).values(id=1, ts=datetime(2026, 1, 1, 12, tzinfo=warsaw)))
    async with moments_database.reading() as connection:
        found = (await connection.execute(select(moments.c.ts))).scalar_one()
    assert found == datetime(2026, 1, 1, 11, tzinfo=UTC)
    assert found.tzinfo is UTC


async def test_a_naive_moment_is_refused(moments_database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with moments_database.transaction() as connection:
            await connection.execute(insert(moments).values(id=1, ts=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_an_exception_rolls_back(moments_database: Database) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012 - leaving the block is what is tested
        async with moments_database.transaction() as connection:
            await connection.execute(insert(moments).values(id=1))
            raise RuntimeError
    async with moments_database.reading() as connection:
        assert (await connection.execute(select(moments))).all() == []


async def test_a_reader_keeps_its_snapshot_while_others_write(moments_database: Database) -> None:
    async with moments_database.reading() as reader:
        assert (await reader.execute(select(moments))).all() == []
        async with moments_database.transaction() as writer:
            await writer.execute(insert(moments).values(id=1))
        assert (await reader.execute(select(moments))).all() == []
    async with moments_database.reading() as reader:
        assert len((await reader.execute(select(moments))).all()) == 1


async def test_writers_of_two_processes_wait_for_each_other(moments_database: Database) -> None:
    other = Database(moments_database.url)

    async def write(database: Database, first: int) -> None:
        for number in range(first, first + 20):
            async with database.transaction() as connection:
                await connection.execute(insert(moments).values(id=number))

    await asyncio.gather(write(moments_database, 0), write(other, 100))
    async with moments_database.reading() as reader:
        assert len((await reader.execute(select(moments))).all()) == 40
    await other.close()


async def test_an_outage_is_a_sentence_that_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "okienko.db").mkdir()
    database = Database.in_folder(tmp_path)
    with pytest.raises(Unavailable, match="owner and the rights"):
        async with database.reading():
            pass
    await database.close()
    # A connection that could not be opened is still being taken down by aiosqlite's own thread.
    for thread in threading.enumerate():
        if "connection_worker" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_errors_do_not_repeat_what_was_to_be_stored(moments_database: Database) -> None:
    with pytest.raises(StatementError) as caught:
        async with moments_database.transaction() as connection:
            await connection.execute(text("INSERT INTO moments (id) VALUES (:a)"), {"a": {"secret"}})
    assert "secret" not in str(caught.value)


async def test_a_transaction_in_one_go_says_what_its_work_found(moments_database: Database) -> None:
    def write(connection: Connection) -> int:
        connection.execute(insert(moments), [{"id": 1}, {"id": 2}])
        return connection.execute(select(func.count(moments.c.id))).scalar_one()

    def fail(connection: Connection) -> None:
        connection.execute(insert(moments).values(id=3))
        raise LookupError

    assert await moments_database.write(write) == 2
    with pytest.raises(LookupError):
        await moments_database.write(fail)
    found = await moments_database.read(lambda connection: connection.execute(select(moments.c.id)).all())
    assert found == [(1,), (2,)]


async def test_both_ways_of_writing_take_turns(moments_database: Database) -> None:
    newest = select(func.coalesce(func.max(moments.c.id), 0))

    def at_once(connection: Connection) -> None:
        connection.execute(insert(moments).values(id=connection.execute(newest).scalar_one() + 1))

    async def by_steps() -> None:
        async with moments_database.transaction(alone="ids") as connection:
            before = (await connection.execute(newest)).scalar_one()
            await asyncio.sleep(0)
            await connection.execute(insert(moments).values(id=before + 1))

    await asyncio.gather(
        *(moments_database.write(at_once, alone="ids") for _ in range(10)), *(by_steps() for _ in range(10))
    )
    found = await moments_database.read(lambda connection: connection.execute(select(moments.c.id)).all())
    assert sorted(found) == [(number,) for number in range(1, 21)]
