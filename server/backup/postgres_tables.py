"""A restore into PostgreSQL: the old tables go into another schema, in one transaction with the new ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from sqlalchemy import inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.tables import log_state
from foundation.database import Database, metadata
from foundation.errors import Conflict, Unavailable
from server.settings import Settings

# Of our own role: of others' sessions a server may not tell. Source: PostgreSQL, 28.2.3, pg_stat_activity.
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND usename = current_user AND pid <> pg_backend_pid()"
)


@asynccontextmanager
async def emptied(settings: Settings, aside: str, *, replace: bool) -> AsyncIterator[AsyncConnection]:
    """Open a transaction on the shop's database in which none of our tables is there any more.

    They are in the schema `aside` once it is committed, with hyphens as underscores.

    Raises:
        Conflict: There are tables, and nobody wished to replace them.
        Unavailable: Somebody else has the database open.
    """
    assert settings.database_url is not None
    database = Database(settings.database_url.get_secret_value())
    try:
        async with database.transaction(alone="schema") as connection:
            tables = await connection.run_sync(_ours)
            if tables and not replace:
                raise Conflict(
                    "There is a shop in this database. Restore into an empty one, or put it aside with "
                    "--replace."
                )
            others = (await connection.execute(_OTHERS)).scalar_one()
            if tables and others:
                raise Unavailable(
                    f"The database is in use by {others} connections. Stop every server and command that "
                    "uses it, then run this again."
                )
            if tables:
                await _put_aside(connection, tables, aside.replace("-", "_").lower())
            yield connection
    finally:
        await database.close()


def _ours(connection: Connection) -> list[str]:
    there = set(inspect(connection).get_table_names())
    return sorted(there & {*metadata.tables, "alembic_version"})


async def _put_aside(connection: AsyncConnection, tables: Iterable[str], schema: str) -> None:
    quote = connection.dialect.identifier_preparer.quote
    await connection.execute(text(f"CREATE SCHEMA {quote(schema)}"))
    for name in tables:
        # Indexes and counters go along.
        await connection.execute(text(f"ALTER TABLE {quote(name)} SET SCHEMA {quote(schema)}"))


async def count_on(connection: AsyncConnection, columns: dict[str, set[str]]) -> None:
    """Have counters go on after the rows that were brought their numbers along."""
    quote = connection.dialect.identifier_preparer.quote
    for name in columns:
        if "id" not in columns[name]:
            continue
        asked = {"of": quote(name)}
        counter = await connection.scalar(text("SELECT pg_get_serial_sequence(:of, 'id')"), asked)
        if counter is not None:
            highest = f"SELECT coalesce(max(id), 0) + 1 FROM {quote(name)}"  # noqa: S608 - a table of ours
            await connection.execute(
                text(f"SELECT setval(:counter, ({highest}), false)"), {"counter": counter}
            )


async def epoch_in(settings: Settings) -> str:
    """Return the log's epoch in the shop's database; empty if it has none."""
    assert settings.database_url is not None
    database = Database(settings.database_url.get_secret_value())
    try:
        async with database.reading() as connection:
            if not await connection.run_sync(_ours):
                return ""
            return str(await connection.scalar(select(log_state.c.epoch)) or "")
    finally:
        await database.close()
