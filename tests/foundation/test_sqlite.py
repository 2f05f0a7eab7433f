"""Our dialect for SQLite: transactions begin with their first statement, and nothing of a cursor is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError

from foundation.database import Database
from foundation.errors import Unavailable

own = MetaData()
things = Table("things", own, Column("id", Integer, primary_key=True), Column("name", String, nullable=False))


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database.in_folder(tmp_path)
    async with database.transaction() as connection:
        await connection.run_sync(own.create_all)
    yield database
    await database.close()


def outsider(database: Database) -> sqlite3.Connection:
    """Return a connection that is none of ours, in autocommit."""
    return sqlite3.connect(database.engine.url.database or "", isolation_level=None, timeout=0)


async def test_rows_counts_and_keys_come_back(shelf: Database) -> None:
    async with shelf.transaction() as connection:
        made = await connection.execute(insert(things).values(name="a"))
        assert made.inserted_primary_key == (1,)
        await connection.execute(insert(things), [{"name": "b"}, {"name": "c"}])
        changed = await connection.execute(update(things).where(things.c.id > 1).values(name="d"))
        assert changed.rowcount == 2
        several = await connection.execute(
            update(things).where(things.c.id == bindparam("which")),
            [{"which": 1, "name": "x"}, {"which": 2, "name": "y"}],
        )
        assert several.rowcount == 2
        given = await connection.execute(insert(things).values(name="z").returning(things.c.id))
        assert given.scalar_one() == 4
    async with shelf.reading() as connection:
        rows = (await connection.execute(select(things).order_by(things.c.id))).mappings().all()
        assert [dict(row) for row in rows] == [
            {"id": n, "name": name} for n, name in enumerate("xydz", start=1)
        ]
        assert (await connection.execute(select(things).where(things.c.id > 9))).all() == []
        assert (await connection.execute(select(things).limit(2))).fetchmany(1) == [(1, "x")]


async def test_reading_bit_by_bit_is_part_of_the_transaction(shelf: Database) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things), [{"name": str(n)} for n in range(5)])
    async with shelf.reading() as reader:
        streamed = await reader.stream(select(things.c.id))
        async with shelf.transaction() as writer:
            await writer.execute(insert(things).values(name="late"))
        assert [row.id async for row in streamed] == [1, 2, 3, 4, 5]
        assert len((await reader.execute(select(things))).all()) == 5


async def test_a_transaction_that_writes_keeps_others_out_from_its_first_statement(shelf: Database) -> None:
    other = outsider(shelf)
    async with shelf.transaction() as connection:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        await connection.execute(select(things))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


async def test_a_failed_statement_leaves_nothing_open(shelf: Database) -> None:
    with pytest.raises(IntegrityError):  # noqa: PT012 - leaving the block is what is tested
        async with shelf.transaction() as connection:
            await connection.execute(insert(things).values(id=1, name="a"))
            await connection.execute(insert(things).values(id=1, name="b"))
    with pytest.raises(Unavailable):
        async with shelf.transaction() as connection:
            await connection.execute(text("SELECT * FROM nowhere"))
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(id=1, name="c"))
    async with shelf.reading() as connection:
        assert (await connection.execute(select(things.c.name))).scalars().all() == ["c"]


async def test_who_cannot_begin_is_told_and_may_come_again(shelf: Database, tmp_path: Path) -> None:
    other = outsider(shelf)
    async with shelf.reading() as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout=0")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="another process"):
        async with shelf.transaction() as connection:
            await connection.execute(insert(things).values(name="a"))
    other.execute("ROLLBACK")
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(name="b"))
    async with shelf.reading() as connection:
        assert (await connection.execute(select(things.c.name))).scalars().all() == ["b"]
    other.close()


async def test_a_statement_is_one_trip_and_an_empty_transaction_none(shelf: Database) -> None:
    said: list[str] = []

    async with shelf.reading() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.set_trace_callback(said.append)
    async with shelf.reading():
        pass
    assert said == []
    async with shelf.reading() as connection:
        await connection.execute(select(things.c.id))
    begun, asked, ended = said
    assert begun == "BEGIN"
    assert asked.startswith("SELECT things.id")
    assert ended == "COMMIT"


def test_the_driver_is_ours_whatever_the_url_asks_for(tmp_path: Path) -> None:
    for url in ("sqlite://", f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"):
        assert Database(url).engine.dialect.driver == "okienko"


async def test_a_dead_connection_is_an_error_not_a_silence(shelf: Database) -> None:
    async with shelf.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.close()
        with pytest.raises(OperationalError, match=r"(?i)connection"):
            await connection.execute(select(things))
        await connection.invalidate()
