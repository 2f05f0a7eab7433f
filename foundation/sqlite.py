"""SQLite behind SQLAlchemy with one trip to a thread for a transaction, or for a statement.

`Trips` carries a whole transaction to a thread, where it runs without asyncio: what every message does goes
this way (`docs/decisions/0034-one-trip-a-transaction.md`).

What awaits between its statements goes statement by statement, by a dialect of our own: SQLAlchemy's makes
four trips of one (cursor, execute, fetch, close), and one more each for BEGIN and for a rollback that has
nothing to undo (`docs/decisions/0029-one-trip-a-statement.md`).
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, NamedTuple, cast

from sqlalchemy import URL, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.util.concurrency import await_

from foundation.errors import Unavailable

DRIVER = "okienko"
"""In a URL: ``sqlite+okienko:///path``."""


class _Outcome(NamedTuple):
    """What is left of a cursor that the driver's thread has read to its end and closed."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[Any] = ()

    def close(self) -> None:
        """Do nothing: the thread has closed it."""


def _run(
    connection: sqlite3.Connection, begin: str, work: Callable[[sqlite3.Cursor], sqlite3.Cursor]
) -> _Outcome:
    """Begin if that is still to be done, do the work, read it all. In the driver's thread."""
    cursor = connection.cursor()
    try:
        if begin:
            cursor.execute(begin)
        work(cursor)
        rows = cursor.fetchall() if cursor.description else ()
        return _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


class _Cursor(aiosqlite.AsyncAdapt_aiosqlite_cursor):
    """A cursor that visits the driver's thread once, when it executes."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:
        return _Outcome()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._visit(lambda cursor: cursor.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._visit(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _visit(self, work: Callable[[sqlite3.Cursor], sqlite3.Cursor]) -> None:
        adapted = cast("_Connection", self._adapt_connection)
        driver = cast(Any, self._connection)
        # Two statements of one connection at once would share a transaction without knowing.
        async with adapted._execute_mutex:
            outcome = await driver._execute(_run, driver._conn, adapted.pop_begin(), work)
        self._cursor = outcome
        self._rows = deque(outcome.rows)


class _Connection(aiosqlite.AsyncAdapt_aiosqlite_connection):
    """A connection whose transaction begins with its first statement."""

    __slots__ = ("_begin",)
    _cursor_cls = _Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin = ""

    def begin_with(self, statement: str) -> None:
        """Run `statement` just before the next one, in the same trip."""
        self._begin = statement

    def pop_begin(self) -> str:
        """Return what is to run first, once."""
        begin, self._begin = self._begin, ""
        return begin

    def cursor(self, server_side: bool = False) -> Any:
        """Return a cursor; one that reads bit by bit begins the transaction itself."""
        if server_side and (begin := self.pop_begin()):
            self.execute(begin)
        return super().cursor(server_side)

    def commit(self) -> None:
        """Commit, if anything has begun."""
        self.pop_begin()
        if cast(Any, self._connection).in_transaction:
            super().commit()

    def rollback(self) -> None:
        """Roll back, if anything has begun."""
        self.pop_begin()
        # The pool rolls back each connection that comes home; most have ended what they began.
        if self._connection._connection and cast(Any, self._connection).in_transaction:
            super().rollback()


class _Driver(aiosqlite.AsyncAdapt_aiosqlite_dbapi):
    """The module that SQLAlchemy takes for the driver."""

    def connect(self, *arg: Any, **kw: Any) -> aiosqlite.AsyncAdapt_aiosqlite_connection:
        """Open a connection with a thread of its own."""
        connection = self.aiosqlite.connect(*arg, **kw)
        connection._thread.daemon = True
        return _Connection(self, await_(connection))


class OkienkoDialect(aiosqlite.SQLiteDialect_aiosqlite):
    """SQLAlchemy's dialect for aiosqlite, with `_Connection` for its connections."""

    driver = DRIVER
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> aiosqlite.AsyncAdapt_aiosqlite_dbapi:
        """Return the driver."""
        return _Driver(__import__("aiosqlite"), sqlite3)


def begin_with(connection: DBAPIConnection | None, statement: str) -> None:
    """Have a connection's transaction begin with `statement`, when its first statement comes."""
    cast(_Connection, connection).begin_with(statement)


registry.register(f"sqlite.{DRIVER}", __name__, OkienkoDialect.__name__)


_FULL = 2  # SQLite's number for synchronous=FULL

READERS = 3
"""So many threads read at once at most; a trip is a fraction of a millisecond."""

TOGETHER = 64
"""So many writes share a commit at most: who comes first waits for the last one's statements."""

Ended = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be done in a writing transaction.

    Attributes:
        work: What is done.
        durable: Whether the commit waits for the disk.
        arrival: Gets what `work` returns, or the error; whoever cancels it before has the work rolled back.
    """

    work: Callable[[Connection], Any]
    durable: bool
    arrival: asyncio.Future[Any]


class _Became(NamedTuple):
    """What became of a piece of work."""

    found: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Trip:
    """A transaction on its way: the thread hears of cancelled arrivals, nobody else touches its work."""

    parts: Sequence[Write]
    loop: asyncio.AbstractEventLoop
    ended: Ended

    @property
    def durable(self) -> bool:
        """Whether any part of it must outlive a power cut."""
        return any(part.durable for part in self.parts)

    def end(self, became: Sequence[_Became]) -> None:
        """Hand over what became of it. In the event loop."""
        self.ended()
        for part, (found, error) in zip(self.parts, became, strict=True):
            if part.arrival.done():
                continue
            if error is None:
                part.arrival.set_result(found)
            elif isinstance(error, StopIteration):
                # A future refuses it, and whoever comes after it here would wait for ever.
                part.arrival.set_exception(RuntimeError("the work raised StopIteration"))
            else:
                part.arrival.set_exception(error)


class _GivenUp(Exception):
    """Nobody waits for the work any more: it is not committed."""


class Trips:
    """Whole transactions of one file, each in one trip to a thread that has a connection to itself.

    Args:
        url: Of the file.
        tune: Sets up each connection of the driver.
    """

    def __init__(self, url: URL, tune: Callable[[Any], None]) -> None:
        # Threads keep their connections: a pool would only take them back and give them out again.
        self.engine = create_engine(
            url.set(drivername="sqlite+pysqlite"), hide_parameters=True, poolclass=NullPool
        )
        event.listen(self.engine, "connect", lambda connection, _record: tune(connection))
        event.listen(self.engine, "begin", _begin_at_once)
        self._writer = _Lane(self, "BEGIN IMMEDIATE", most=1)
        self._readers = _Lane(self, "BEGIN", most=READERS)

    def read(self, work: Callable[[Connection], Any]) -> asyncio.Future[Any]:
        """Run `work` on one snapshot; to be awaited."""
        arrival = asyncio.get_running_loop().create_future()
        self._readers.send([Write(work, True, arrival)])
        return arrival

    def write(self, writes: Sequence[Write], *, ended: Ended) -> None:
        """Do up to `TOGETHER` pieces of work in one transaction, and commit it; their arrivals tell.

        One that fails, or that nobody waits for any more when its work is done, is rolled back alone; the
        commit itself fails for all.

        Args:
            writes: What is done; only one transaction at a time may be on its way.
            ended: Called in the event loop when nothing of it is under way any more, whoever was cancelled.

        Raises:
            Unavailable: There is no thread for it; nothing is under way.
        """
        self._writer.send(writes, ended)

    async def close(self) -> None:
        """Wait for what is on its way, and close every connection."""
        for thread in (*self._writer.leave(), *self._readers.leave()):
            await asyncio.to_thread(thread.join)


class _Lane:
    """Threads that take trips in turn, started as they are needed."""

    def __init__(self, trips: Trips, begin: str, most: int) -> None:
        self._trips, self._begin, self._most = trips, begin, most
        self._waiting: SimpleQueue[_Trip | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._under_way = 0

    def send(self, parts: Sequence[Write], ended: Ended | None = None) -> None:
        def arrived() -> None:
            self._under_way -= 1
            if ended is not None:
                ended()

        trip = _Trip(parts, asyncio.get_running_loop(), arrived)
        if len(self._threads) < min(self._under_way + 1, self._most):
            self._start()
        self._under_way += 1
        self._waiting.put(trip)

    def _start(self) -> None:
        thread = threading.Thread(target=self._serve, name="okienko-sqlite", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            # Those that are there take it in turn.
            if not self._threads:
                why = "The database cannot be used now: the system starts no more threads."
                raise Unavailable(why) from error
        else:
            self._threads.append(thread)

    def leave(self) -> list[threading.Thread]:
        """Let the threads end once they have done what waits; return them."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._waiting.put(None)
        return threads

    def _serve(self) -> None:
        kept: dict[bool, Connection] = {}
        while (trip := self._waiting.get()) is not None:
            durable = trip.durable
            try:
                if durable not in kept:
                    kept[durable] = self._connect(durable)
                became = _carry_out(kept[durable], trip.parts)
            except BaseException as raised:  # noqa: BLE001 - whoever waits for it gets it, whatever it is
                became = [_Became(error=raised)] * len(trip.parts)
                if durable in kept and not _still_good(kept[durable]):
                    del kept[durable]
            # A loop that was closed has nobody who waits.
            with suppress(RuntimeError):
                trip.loop.call_soon_threadsafe(trip.end, became)
            del trip, became
        for connection in kept.values():
            connection.close()

    def _connect(self, durable: bool) -> Connection:
        connection = self._trips.engine.connect().execution_options(okienko_begin=self._begin)
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        if not durable and driver.execute("PRAGMA synchronous").fetchone() == (_FULL,):
            driver.execute("PRAGMA synchronous=NORMAL")
        return connection


def _carry_out(connection: Connection, parts: Sequence[Write]) -> list[_Became]:
    """Do all parts in one transaction; what one of several raises undoes that one alone."""
    with connection.begin():
        if len(parts) == 1:
            return [_Became(_do(connection, parts[0]))]
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        return [_do_apart(connection, driver, part) for part in parts]


def _do(connection: Connection, part: Write) -> Any:
    found = None if part.arrival.cancelled() else part.work(connection)
    if part.arrival.cancelled():
        raise _GivenUp
    return found


def _do_apart(connection: Connection, driver: sqlite3.Connection, part: Write) -> _Became:
    driver.execute("SAVEPOINT part")
    try:
        became = _Became(_do(connection, part))
    except BaseException as error:
        if not driver.in_transaction:
            # A full disk and the like end the whole transaction: nothing of the others is left, either.
            raise
        driver.execute("ROLLBACK TO part")
        became = _Became(error=error)
    driver.execute("RELEASE part")
    return became


def _still_good(connection: Connection) -> bool:
    """Return whether a connection on which something failed may be used again; else let go of it."""
    with suppress(SQLAlchemyError, sqlite3.Error):
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        if not connection.in_transaction() and not driver.in_transaction:
            return True
        connection.invalidate()
        connection.close()
    return False


def _begin_at_once(connection: Connection) -> None:
    begin = connection.get_execution_options()["okienko_begin"]
    try:
        cast(sqlite3.Connection, connection.connection.dbapi_connection).execute(begin)
    except sqlite3.Error as error:
        raise OperationalError(begin, None, error) from error
