"""Bring the database's schema up to date when a process starts. The home of alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from foundation.database import Database
from foundation.errors import Unavailable

MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(database: Database) -> None:
    """Apply the migrations that are missing; a quick look when there are none.

    Raises:
        Unavailable: The file is no database, or was written by a newer Okienko.
    """
    try:
        if await schema_is_current(database):
            return
        # Others that start meanwhile wait until it is done, however long that takes.
        patient = Database(database.url, patient=True)
        try:
            async with patient.transaction(alone="schema") as connection:
                if await connection.run_sync(revision_of) != newest_revision():
                    await connection.run_sync(upgrade)
        finally:
            await patient.close()
    except DatabaseError as error:
        raise Unavailable(
            f"The database cannot be used ({error.orig}). Restore it from a backup, or choose another folder "
            "with OKIENKO_DATA_DIR."
        ) from error


async def schema_is_current(database: Database) -> bool:
    """Return whether the database has the schema of this version, neither an older nor a newer one.

    Raises:
        Unavailable: It does not answer.
    """
    async with database.reading() as connection:
        return await connection.run_sync(revision_of) == newest_revision()


def newest_revision() -> str:
    """Return the newest migration's id without importing alembic (0.3 s): files are numbered from 0001."""
    return max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("0*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the schema's revision; None in a database without one."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing up to a revision, in the caller's transaction.

    Raises:
        Unavailable: The schema is of a revision that this Okienko does not know.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise Unavailable(
            "The database was written by a newer version of Okienko. Install that version, or choose another "
            "folder with OKIENKO_DATA_DIR."
        ) from error
