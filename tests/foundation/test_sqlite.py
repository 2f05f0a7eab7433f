"""Our dialect for SQLite: transactions begin with their first statement, and nothing of a cursor is lost."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from types import NoneType
from typing import Any, Self

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from foundation.database import Database
from foundation.errors import Unavailable
from foundation.sqlite import TOGETHER

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


def put(name: str) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        connection.execute(insert(things).values(name=name))

    return work


def names(connection: Connection) -> list[str]:
    return list(connection.execute(select(things.c.name).order_by(things.c.id)).scalars())


class Gate:
    """Work that goes no further until it may."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def write(self, connection: Connection) -> None:
        connection.execute(insert(things).values(name="behind the gate"))
        self.wait(connection)

    def wait(self, _connection: Connection) -> None:
        self.reached.set()
        assert self.open.wait(20)


async def test_a_transaction_in_one_go_is_written_or_not_at_all(shelf: Database) -> None:
    await shelf.write(put("a"))

    def fail(connection: Connection) -> None:
        put("b")(connection)
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await shelf.write(fail)
    with pytest.raises(IntegrityError):
        await shelf.write(lambda connection: connection.execute(insert(things), [{"id": 1, "name": "c"}]))
    with pytest.raises(Unavailable):
        await shelf.read(lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    await shelf.write(put("d"))
    assert await shelf.read(names) == ["a", "d"]


async def test_whoever_is_cancelled_has_it_rolled_back_and_keeps_the_next_one_waiting(
    shelf: Database,
) -> None:
    gate = Gate()
    given_up = asyncio.create_task(shelf.write(gate.write))
    await asyncio.to_thread(gate.reached.wait)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    after = [asyncio.create_task(shelf.write(put("b"))), asyncio.create_task(_write_by_steps(shelf, "c"))]
    await asyncio.sleep(0)
    assert await shelf.read(names) == []
    gate.open.set()
    await asyncio.gather(*after)
    assert sorted(await shelf.read(names)) == ["b", "c"]


async def _write_by_steps(shelf: Database, name: str) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(name=name))
        await asyncio.sleep(0)
        await connection.execute(select(things.c.id))


async def test_whoever_is_cancelled_while_they_queue_writes_nothing(shelf: Database) -> None:
    gate = Gate()
    first = asyncio.create_task(shelf.write(gate.wait))
    await asyncio.to_thread(gate.reached.wait)
    queueing = asyncio.create_task(shelf.write(put("a")))
    await asyncio.sleep(0)
    queueing.cancel()
    gate.open.set()
    await first
    await shelf.write(put("b"))
    assert await shelf.read(names) == ["b"]


class Behind:
    """Holds a database's writer, so that whoever writes meanwhile waits; counts the commits after it."""

    def __init__(self, shelf: Database) -> None:
        self._shelf, self._gate, self.commits = shelf, Gate(), 0

    async def __aenter__(self) -> Self:
        """Hold the writer."""
        self._holding = asyncio.create_task(self._shelf.write(self._gate.wait))
        await asyncio.to_thread(self._gate.reached.wait)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let the writer go on."""
        await asyncio.sleep(0)
        self._gate.open.set()
        await self._holding
        assert self._shelf.trips
        event.listen(self._shelf.trips.engine, "commit", self._count)

    def _count(self, _connection: Connection) -> None:
        self.commits += 1


async def test_writes_that_wait_share_a_commit(shelf: Database) -> None:
    async with Behind(shelf) as behind:
        waiting = [asyncio.create_task(shelf.write(put(name))) for name in "abcdefgh"]
    await asyncio.gather(*waiting)
    assert await shelf.read(names) == list("abcdefgh")
    # The commit of what they waited for, one of theirs, and the reader's.
    assert behind.commits <= 3


async def test_what_fails_among_others_is_rolled_back_alone(shelf: Database) -> None:
    def fail(connection: Connection) -> None:
        put("half")(connection)
        raise LookupError("no")

    def twice(connection: Connection) -> None:
        connection.execute(insert(things), [{"id": 77, "name": "once"}])
        connection.execute(insert(things), [{"id": 77, "name": "twice"}])

    async with Behind(shelf):
        works = (put("a"), fail, put("b"), twice, put("c"))
        waiting = [asyncio.create_task(shelf.write(work)) for work in works]
    became = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in became] == [NoneType, LookupError, NoneType, IntegrityError, NoneType]
    assert await shelf.read(names) == ["a", "b", "c"]


async def test_whoever_is_cancelled_among_others_is_rolled_back_alone(shelf: Database) -> None:
    tasks: list[asyncio.Task[None]] = []
    gone = threading.Event()

    def cancel_the_writer(connection: Connection) -> None:
        put("given up")(connection)
        tasks[1].get_loop().call_soon_threadsafe(tasks[1].cancel)
        assert gone.wait(20)

    async with Behind(shelf):
        for work in (put("a"), cancel_the_writer, put("b")):
            tasks.append(asyncio.create_task(shelf.write(work)))
        tasks[1].add_done_callback(lambda _: gone.set())
    became = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in became] == [NoneType, asyncio.CancelledError, NoneType]
    assert await shelf.read(names) == ["a", "b"]


async def test_on_a_full_disk_everybody_is_told_what_became_of_theirs(shelf: Database) -> None:
    def keep_small(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")

    await shelf.write(keep_small)
    async with Behind(shelf):
        texts = [letter * 3000 for letter in "abcdef"]
        waiting = [asyncio.create_task(shelf.write(put(text))) for text in texts]
    became = await asyncio.gather(*waiting, return_exceptions=True)
    refused = [each for each in became if each is not None]
    assert refused
    assert all(isinstance(each, Unavailable) and "disk is full" in each.message for each in refused)
    kept = [text for text, each in zip(texts, became, strict=True) if each is None]
    assert await shelf.read(names) == kept


async def test_who_is_cancelled_before_their_turn_leaves_the_others_theirs(shelf: Database) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(name="by steps"))
        waiting = [asyncio.create_task(shelf.write(put(name))) for name in "abc"]
        await asyncio.sleep(0)
        waiting[0].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await shelf.read(names) == ["by steps", "b", "c"]


async def test_many_who_give_up_at_once_leave_the_one_who_waits_behind_them_its_turn(shelf: Database) -> None:
    assert shelf._writer
    free = asyncio.Event()

    async def write_when_free(name: str) -> None:
        await free.wait()
        await shelf.write(put(name))

    many = [asyncio.create_task(write_when_free(str(n))) for n in range(TOGETHER + 1)]
    await shelf._writer.acquire()
    by_steps = asyncio.create_task(_write_by_steps(shelf, "by steps"))
    await asyncio.sleep(0)
    free.set()
    shelf._writer.release()
    # All of them find it free, though it is given to who writes by steps.
    await asyncio.sleep(0)
    for each in many[:-1]:
        each.cancel()
    async with asyncio.timeout(20):
        await asyncio.gather(by_steps, *many, return_exceptions=True)
    assert await shelf.read(names) == ["by steps", str(TOGETHER)]


@pytest.mark.parametrize("begun", [False, True])
async def test_what_a_loop_that_ends_cancels_keeps_nobody_who_still_writes_waiting(
    shelf: Database, begun: bool
) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(name="by steps"))
        others = asyncio.all_tasks()
        last = asyncio.create_task(shelf.write(put("last words")))
        await asyncio.sleep(0)
        if begun:
            await asyncio.sleep(0)
        for each in asyncio.all_tasks() - others - {last}:
            each.cancel()
    async with asyncio.timeout(20):
        await last
        await shelf.write(put("and more"))
    assert await shelf.read(names) == ["by steps", "last words", "and more"]


async def test_an_error_that_no_future_takes_keeps_nobody_waiting(shelf: Database) -> None:
    def stop(connection: Connection) -> None:
        put("half")(connection)
        next(iter(()))

    async with Behind(shelf):
        waiting = [asyncio.create_task(shelf.write(work)) for work in (put("a"), stop, put("b"))]
    async with asyncio.timeout(20):
        became = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in became] == [NoneType, RuntimeError, NoneType]
    assert await shelf.read(names) == ["a", "b"]


async def test_who_gets_no_thread_is_told_and_may_come_again(shelf: Database) -> None:
    before = threading.stack_size(2**47)  # more than a process can address
    try:
        for doing in (shelf.write(put("a")), shelf.read(names)):
            async with asyncio.timeout(20):
                with pytest.raises(Unavailable, match="no more threads"):
                    await doing
    finally:
        threading.stack_size(before)
    async with asyncio.timeout(20):
        await shelf.write(put("b"))
    assert await shelf.read(names) == ["b"]


async def test_a_read_that_takes_long_keeps_no_other_waiting(shelf: Database) -> None:
    gate = Gate()
    slow = asyncio.create_task(shelf.read(gate.wait))
    await asyncio.to_thread(gate.reached.wait)
    await shelf.write(put("a"))
    assert await shelf.read(names) == ["a"]
    gate.open.set()
    await slow


async def test_more_reads_than_threads_are_all_answered(shelf: Database) -> None:
    await shelf.write(put("a"))
    assert await asyncio.gather(*(shelf.read(names) for _ in range(40))) == [["a"]] * 40


async def test_who_cannot_begin_in_one_go_is_told_and_may_come_again(shelf: Database) -> None:
    await shelf.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=0"))
    with closing(outsider(shelf)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="another process"):
            await shelf.write(put("a"))
        other.execute("ROLLBACK")
    await shelf.write(put("b"))
    assert await shelf.read(names) == ["b"]


async def test_a_connection_that_broke_is_replaced(shelf: Database) -> None:
    def lose(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.close()
        put("a")(connection)

    for _ in range(2):
        with pytest.raises((StatementError, sqlite3.Error, Unavailable)):
            await shelf.write(lose)
    await shelf.write(put("b"))
    assert await shelf.read(names) == ["b"]


async def test_closing_waits_for_what_is_under_way(tmp_path: Path) -> None:
    shelf = Database.in_folder(tmp_path)
    await shelf.write(own.create_all)
    gate = Gate()
    writing = asyncio.create_task(shelf.write(gate.write))
    await asyncio.to_thread(gate.reached.wait)
    closing_it = asyncio.create_task(shelf.close())
    await asyncio.sleep(0)
    assert not closing_it.done()
    gate.open.set()
    await asyncio.gather(writing, closing_it)
    assert not [thread for thread in threading.enumerate() if thread.name == "okienko-sqlite"]
    with closing(sqlite3.connect(tmp_path / "okienko.db")) as found:
        assert found.execute("SELECT name FROM things").fetchall() == [("behind the gate",)]


async def test_what_commits_in_one_go_is_durable(tmp_path: Path) -> None:
    shelf = Database.in_folder(tmp_path)
    pragmas = ("journal_mode", "synchronous", "foreign_keys")

    def found(connection: Connection) -> list[Any]:
        return [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in pragmas]

    assert await shelf.write(found) == await shelf.read(found) == ["wal", 2, 1]
    assert await shelf.write(found, durable=False) == ["wal", 1, 1]
    await shelf.close()
