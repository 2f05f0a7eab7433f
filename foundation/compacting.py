"""Makes a database small and its plans good again, outside of any transaction."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass

from sqlalchemy import text

from foundation.database import Database, metadata
from foundation.errors import Unavailable

_SQLITE = (
    # The database is written anew beside itself: on the disk, not in memory as other sorting is.
    "PRAGMA temp_store = FILE",
    "VACUUM",
    "ANALYZE",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True)
class Compacted:
    """How large the database was and is, in bytes, and how long it took."""

    before_bytes: int
    after_bytes: int
    seconds: float


async def compact(database: Database) -> Compacted:
    """Give the room of deleted rows back and count rows for the planner.

    SQLite lets nobody write meanwhile and needs as much room again; Postgres lets everybody go on.

    Raises:
        Unavailable: The disk is full, or others hold the database too long; nothing is lost.
    """
    began = time.monotonic()
    before = await _size(database)
    if database.engine.dialect.name == "sqlite":
        await _compact_sqlite(database)
    else:
        # Tables of others in the same database are none of our business.
        quoted = database.engine.dialect.identifier_preparer.quote
        async with database.engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for name in metadata.tables:
                await alone.execute(text(f"VACUUM (ANALYZE) {quoted(name)}"))
    return Compacted(before, await _size(database), time.monotonic() - began)


async def _compact_sqlite(database: Database) -> None:
    async with database.engine.connect() as connection:
        # Below SQLAlchemy, which would begin a transaction: this runs in none.
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        try:
            for statement in _SQLITE:
                await (await driver.execute(statement)).close()
        except sqlite3.OperationalError as error:
            raise Unavailable(
                f"The database could not be made smaller ({error}). It needs as much free room again, "
                "and a moment in which nobody writes: stop the server, or try again later. Nothing is lost."
            ) from error


async def _size(database: Database) -> int:
    if database.engine.dialect.name == "sqlite":
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        query = "SELECT pg_database_size(current_database())"
    async with database.reading() as connection:
        return int((await connection.execute(text(query))).scalar_one())
