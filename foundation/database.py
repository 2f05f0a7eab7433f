"""The one database: engine, metadata, transactions.

Each room declares its own tables on `metadata` in its store module; `server/migrations` creates them.
SQLite is the embedded default: WAL, `synchronous=FULL` (an acknowledged message survives a power cut),
one writer at a time. With PostgreSQL (`foundation/postgres.py`) rows are locked instead.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socket import gaierror
from typing import Any, TypeVar

from sqlalchemy import URL, DateTime, Dialect, MetaData, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator

from foundation import postgres
from foundation.errors import Unavailable
from foundation.measures import Histogram
from foundation.sqlite import DRIVER, TOGETHER, Trips, Write, begin_with

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment, on every database (SQLite itself forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


T = TypeVar("T")

_READ_ONLY = "okienko_read_only"
# A lock of the server that ends with the transaction. Source: PostgreSQL, 9.28.10, Advisory Lock Functions.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
_TRANSACTIONS = Histogram(
    "transaction_seconds",
    "Transactions of the database, waiting for their turn included.",
    kind=("write", "read"),
)


class Database:
    """Transactions on one database.

    `transaction()` is for writing, `reading()` for a consistent look without blocking a writer. `write()` and
    `read()` are the same for what is done often and awaits nothing in between: they cost a fifth of it.
    """

    def __init__(self, url: str, *, patient: bool = False) -> None:
        """Open nothing yet.

        Args:
            url: Of SQLite or PostgreSQL.
            patient: Let a statement, and whoever waits for others, take as long as it takes.
        """
        self.url = url
        made = _with_our_driver(url)
        options = postgres.engine_options(patient=patient) if made.drivername == postgres.DRIVER else {}
        # Logs and errors must not repeat what shoppers wrote.
        self.engine: AsyncEngine = create_async_engine(made, hide_parameters=True, **options)
        # SQLite lets one writer in; queueing here is fair and spares its busy-waiting.
        self._writer: asyncio.Lock | None = None
        self._waiting: deque[Write] = deque()
        self._writing: asyncio.Task[None] | None = None
        self.trips: Trips | None = None
        if self.engine.dialect.name == "sqlite":
            self._writer = asyncio.Lock()
            _tune_sqlite(self.engine)
            self.trips = Trips(made, _tune_connection)
        else:
            postgres.tune(self.engine)

    @classmethod
    def in_folder(cls, folder: Path) -> Database:
        """Open (or create) the embedded database ``okienko.db`` in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{folder / 'okienko.db'}")

    @asynccontextmanager
    async def transaction(self, alone: str = "") -> AsyncIterator[AsyncConnection]:
        """Open a writing transaction: committed at the end of the block, rolled back by an exception.

        Args:
            alone: Where many may write at once, wait for others that have named the same, in any process:
                for what is read and then written, and has no row of its own to lock.

        Raises:
            Unavailable: The disk is full, the file cannot be written, or others hold it too long.
        """
        with _TRANSACTIONS.time(kind="write"), _outages():
            if self._writer is None:
                async with self.engine.begin() as connection:
                    if alone:
                        await connection.execute(_ALONE, {"what": f"okienko:{alone}"})
                    yield connection
                return
            async with self._writer, self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a read-only snapshot: one moment, however many statements. Raises as `transaction`."""
        options = postgres.read_consistently() if self._writer is None else {_READ_ONLY: True}
        with _TRANSACTIONS.time(kind="read"), _outages():
            async with self.engine.connect() as connection:
                connection = await connection.execution_options(**options)
                async with connection.begin():
                    yield connection

    async def write(self, work: Callable[[Connection], T], *, alone: str = "", durable: bool = True) -> T:
        """Do `work` in a writing transaction of its own, in one go; return what it returns.

        Args:
            work: Has a plain connection and waits for nothing else: with SQLite it runs in a thread. If it
                raises, or whoever awaits this is cancelled before it has done so, its part is rolled back.
                With SQLite, what waits for its turn shares a commit.
            alone: As for `transaction`.
            durable: Whether it must outlive a power cut. If not, SQLite commits without waiting for the disk:
                for what only matters while this machine runs. A process that is killed loses nothing.

        Raises:
            Unavailable: As from `transaction`.
        """
        if self._writer is None or self.trips is None:
            async with self.transaction(alone) as connection:
                return await connection.run_sync(work)
        with _TRANSACTIONS.time(kind="write"), _outages():
            arrival = asyncio.get_running_loop().create_future()
            self._waiting.append(Write(work, durable, arrival))
            try:
                if not self._writer.locked() and self._writing is None:
                    await self._send(self._writer, self.trips)
                elif self._writing is None:
                    self._send_soon(self._writer, self.trips)
                found: T = await arrival
            except asyncio.CancelledError:
                # Whoever sends it later leaves it out.
                arrival.cancel()
                raise
        return found

    def _send_soon(self, writer: asyncio.Lock, trips: Trips) -> None:
        """Send what waits once it can be: all of it shares a commit."""

        def ended(_task: asyncio.Task[None]) -> None:
            self._writing = None
            # A loop that ends cancels it, perhaps before those whose last words wait here.
            if any(not write.arrival.done() for write in self._waiting):
                self._send_soon(writer, trips)

        self._writing = asyncio.create_task(self._send_all(writer, trips))
        self._writing.add_done_callback(ended)

    async def _send_all(self, writer: asyncio.Lock, trips: Trips) -> None:
        while self._waiting:
            await self._send(writer, trips)

    async def _send(self, writer: asyncio.Lock, trips: Trips) -> None:
        await writer.acquire()
        writes: list[Write] = []
        while self._waiting and len(writes) < TOGETHER:
            # Whoever gave up must not take the place of one who waits, and has perhaps no other sender.
            if not (write := self._waiting.popleft()).arrival.done():
                writes.append(write)
        if not writes:
            writer.release()
            return
        try:
            # The next writer's turn comes when the thread is done, whoever is cancelled before.
            trips.write(writes, ended=writer.release)
        except Unavailable as error:
            writer.release()
            for write in writes:
                write.arrival.set_exception(error)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` on a read-only snapshot, in one go, as `write`; raises as `transaction`."""
        if self.trips is None:
            async with self.reading() as connection:
                return await connection.run_sync(work)
        with _TRANSACTIONS.time(kind="read"), _outages():
            found: T = await self.trips.read(work)
        return found

    @property
    def place(self) -> str:
        """Where it is, for people: a file, or a server and a name; no password."""
        url = self.engine.url
        return (
            str(Path(url.database or "").resolve())
            if self._writer is not None
            else f"{url.host}/{url.database}"
        )

    async def now(self) -> datetime | None:
        """Return what time it is there, aware; None: a file has no clock. Raises as `transaction`."""
        if self._writer is not None:
            return None
        async with self.reading() as connection:
            found: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return found

    async def damage(self) -> str:
        """Return what SQLite finds wrong with its file; nothing if it is whole, or others look after it."""
        if self._writer is None:
            return ""
        async with self.reading() as connection:
            found = str(await connection.scalar(text("PRAGMA quick_check(1)")))
        return "" if found == "ok" else found

    async def overwrite_deleted(self, connection: AsyncConnection) -> None:
        """Have what a transaction deletes from SQLite's file overwritten; other databases do their own.

        After the commit, `empty_change_log`.
        """
        if self._writer is not None:
            await connection.exec_driver_sql("PRAGMA secure_delete = ON")

    async def empty_change_log(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log, as far as no reader still needs it."""
        if self._writer is None:
            return
        async with self._writer, self.engine.connect() as connection:
            # Below SQLAlchemy, which would begin a transaction: a checkpoint runs in none.
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await (await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def close(self) -> None:
        """Close every connection, once what is under way is done."""
        if self.trips is not None:
            await self.trips.close()
        await self.engine.dispose()


def _with_our_driver(url: str) -> URL:
    """Return the URL with our driver where it names SQLite, whichever driver it asks for."""
    made = make_url(url)
    sqlite = made.get_backend_name() == "sqlite"
    return made.set(drivername=f"sqlite+{DRIVER}") if sqlite else postgres.url_of(url)


_MENDED_BY = {
    "is locked": "another process holds it: try again in a moment",
    "is full": "its disk is full: make room on it",
    "readonly": "it may not be written: check the owner and the rights of the data folder",
    "unable to open": "its file cannot be opened: check the owner and the rights of the data folder",
}


@contextmanager
def _outages() -> Iterator[None]:
    """Say in a sentence why the database is out of reach."""
    try:
        yield
    except DBAPIError as error:
        why = _sqlite_advice(error) if isinstance(error, OperationalError) else postgres.advice(error)
        if why is None:
            raise
        raise Unavailable(f"The database cannot be used now: {why}.") from error
    except PoolTimeout as error:
        raise Unavailable("The database cannot be used now: too many ask at once.") from error
    except (ConnectionError, gaierror, TimeoutError) as error:
        # asyncpg lets these through as they are.
        raise Unavailable(
            "The database cannot be used now: its server cannot be reached: check that it runs and "
            "OKIENKO_DATABASE_URL."
        ) from error


def _sqlite_advice(error: OperationalError) -> str:
    reason = str(error.orig)
    return next((how for what, how in _MENDED_BY.items() if what in reason), reason)


def _tune_sqlite(engine: AsyncEngine) -> None:
    """Take transactions into our own hands and make commits durable.

    Source: SQLAlchemy's SQLite dialect documentation, on transactions with the sqlite3 driver.
    """

    def on_begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        begin_with(connection.connection.dbapi_connection, "BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", lambda connection, _record: _tune_connection(connection))
    event.listen(engine.sync_engine, "begin", on_begin)


def _tune_connection(connection: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
