"""A real Postgres on loopback, for tests: each gets a database of its own, dropped afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from foundation.database import Database, metadata
from tests.lacking import lacking

SERVER = "127.0.0.1:5432"
USER = "postgres"


@asynccontextmanager
async def postgres_database() -> AsyncIterator[Database]:
    """Make an empty database with every table that the imported rooms have declared."""
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
    opened = Database(f"{url}/{name}")
    try:
        async with opened.transaction() as connection:
            await connection.run_sync(metadata.create_all)
        yield opened
    finally:
        await opened.close()
        async with server.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await server.dispose()
