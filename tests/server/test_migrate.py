"""Migrations: the schema they make is the schema the rooms declare; a second start changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Connection

import customer.request_tables  # noqa: F401 - withdrawals and complaints
import foundation.outbox  # the table that mail waits in
import foundation.spending  # noqa: F401 - what models may cost
import knowledge.sources.tables  # noqa: F401 - what is read again by a command
import server.app  # noqa: F401 - imports every room, and so declares every table
from foundation.database import Database, metadata
from foundation.errors import Unavailable
from server.migrate import migrate


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": False})
    return list(compare_metadata(context, metadata))


async def test_migrations_make_what_the_rooms_declare(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    await migrate(database)
    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []
    await migrate(database)
    await database.close()


async def test_a_database_of_a_newer_okienko_is_left_alone(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    await migrate(database)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="newer version"):
        await migrate(database)
    await database.close()
