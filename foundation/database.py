"""The one database: engine, metadata, transactions.

Each room declares its own tables on `metadata` in its store module; `server/migrations` creates them.
SQLite is the embedded default: WAL, `synchronous=FULL` (an acknowledged message survives a power cut),
one writer at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator

from foundation.errors import Unavailable

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


_READ_ONLY = "okienko_read_only"


class Database:
    """Transactions on one engine.

    `transaction()` is for writing, `reading()` for a consistent look without blocking a writer.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        # Logs and errors must not repeat what shoppers wrote.
        self.engine: AsyncEngine = create_async_engine(url, hide_parameters=True)
        # SQLite lets one writer in; queueing here is fair and spares its busy-waiting.
        self._writer: asyncio.Lock | None = None
        if self.engine.dialect.name == "sqlite":
            self._writer = asyncio.Lock()
            _tune_sqlite(self.engine)

    @classmethod
    def in_folder(cls, folder: Path) -> Database:
        """Open (or create) the embedded database ``okienko.db`` in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite+aiosqlite:///{folder / 'okienko.db'}")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Open a writing transaction: committed at the end of the block, rolled back by an exception.

        Raises:
            Unavailable: The disk is full, the file cannot be written, or another process holds it too long.
        """
        with _outages():
            if self._writer is None:
                async with self.engine.begin() as connection:
                    yield connection
                return
            async with self._writer, self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a read-only snapshot. Raises as `transaction`."""
        with _outages():
            async with self.engine.connect() as connection:
                connection = await connection.execution_options(**{_READ_ONLY: True})
                async with connection.begin():
                    yield connection

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
        """Close every connection."""
        await self.engine.dispose()


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
    except (OperationalError, PoolTimeout) as error:
        reason = str(error.orig) if isinstance(error, OperationalError) else "too many ask at once"
        mended = next((how for what, how in _MENDED_BY.items() if what in reason), reason)
        raise Unavailable(f"The database cannot be used now: {mended}.") from error


def _tune_sqlite(engine: AsyncEngine) -> None:
    """Take transactions into our own hands and make commits durable.

    Source: SQLAlchemy's SQLite dialect documentation, on transactions with the sqlite3 driver.
    """

    def on_connect(connection: Any, _record: object) -> None:
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

    def on_begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
