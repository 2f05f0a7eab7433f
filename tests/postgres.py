"""A real Postgres on loopback, for tests: each gets a database of its own, dropped afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from foundation.database import Database, metadata
from tests.lacking import lacking

SERVER = "127.0.0.1:5432"
USER = "postgres"


@asynccontextmanager
async def bare_postgres_url() -> AsyncIterator[str]:
    """Make a database with nothing in it; yields its URL, and drops it."""
    url, name = f"postgresql+asyncpg://{USER}@{SERVER}", f"okienko_test_{uuid4().hex}"
    server = create_async_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
    try:
        async with server.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
    except (OSError, SQLAlchemyError) as error:
        await server.dispose()
        lacking(
            "postgres", f"no Postgres at {SERVER} lets {USER} make a database without a password: {error}"
        )
    try:
        yield f"{url}/{name}"
    finally:
        async with server.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await server.dispose()


@asynccontextmanager
async def two_processes() -> AsyncIterator[tuple[Database, Database]]:
    """Make an empty database as `postgres_database`, and open it twice: what two processes have of it."""
    async with bare_postgres_url() as url:
        one, other = Database(url), Database(url)
        try:
            async with one.transaction() as connection:
                await connection.run_sync(metadata.create_all)
            yield one, other
        finally:
            await one.close()
            await other.close()


async def until_held_up(database: Database, *tasks: asyncio.Task[Any]) -> None:
    """Wait until each of the tasks waits for a lock in this database, or is done."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(20), database.engine.connect() as connection:
        while sum(not task.done() for task in tasks) > (await connection.execute(waiting)).scalar_one():
            # Else the view is as it was when the transaction looked first.
            await connection.rollback()


@asynccontextmanager
async def postgres_database() -> AsyncIterator[Database]:
    """Make an empty database with every table that the imported rooms have declared."""
    async with bare_postgres_url() as url:
        opened = Database(url)
        try:
            async with opened.transaction() as connection:
                await connection.run_sync(metadata.create_all)
            yield opened
        finally:
            await opened.close()
