"""SQLite behind SQLAlchemy with one trip to the driver's thread a statement.

SQLAlchemy's own dialect makes four: cursor, execute, fetch, close, and one more each for BEGIN and for a
rollback that has nothing to undo. A chat's turn has some sixty statements, and the trips cost more than
SQLite itself does (`docs/decisions/0028-one-trip-a-statement.md`).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.util.concurrency import await_

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
