"""`okienko backup`: one archive of the shop as it is at one moment, while it goes on being served."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.tables import log_state
from foundation.clock import Clock, SystemClock
from foundation.database import Database, metadata
from foundation.errors import InvalidInput, Unavailable
from handoff.photos import Photos
from server.backup.archive import CHUNK, ArchiveWriter, writing
from server.backup.manifest import SECRETS, SMALL_FILES, Manifest
from server.backup.rows import dumped
from server.backup.switching import UPLOADS, in_use
from server.migrate import newest_revision, revision_of
from server.settings import Settings

ENDING = ".zip"
OnStep = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished archive."""

    path: Path
    manifest: Manifest
    photos: int
    seconds: float


async def make_backup(
    settings: Settings,
    to: Path,
    *,
    with_secrets: bool = False,
    clock: Clock | None = None,
    on_step: OnStep = lambda _what, _done, _of: None,
) -> Made:
    """Write an archive of the shop into a new file, or into a folder under a name with the moment.

    Raises:
        InvalidInput: The file is there already.
        Unavailable: There is no shop, its schema is another version's, or the file cannot be written.
    """
    began, now = time.monotonic(), (clock or SystemClock()).now()
    async with _shop(settings) as (database, connection):
        path = _path(to, now)
        revision = await connection.run_sync(revision_of)
        if revision is None:
            raise Unavailable("There is no shop in this database. Check OKIENKO_DATABASE_URL.")
        if revision != newest_revision():
            raise Unavailable(
                "The database is of another version of Okienko than this one. Make the backup with the "
                "version that has served it, or let this one bring it up to date first: okienko doctor"
            )
        with writing(path) as archive:
            rows = await _dump(connection, archive, on_step)
            photos = _keep_files(settings.data_dir, archive, with_secrets=with_secrets, on_step=on_step)
            manifest = Manifest(
                okienko=version("okienko"),
                revision=revision,
                made_at=now.isoformat(timespec="seconds"),
                database=database.engine.dialect.name,
                log_epoch=str(await connection.scalar(select(log_state.c.epoch)) or ""),
                secrets=any(one.name.removeprefix("files/") in SECRETS for one in archive.members),
                rows=rows,
                members=tuple(archive.members),
            )
            archive.finish(manifest)
    return Made(path, manifest, photos, time.monotonic() - began)


def prune(folder: Path, keep: int, now: datetime) -> list[Path]:
    """Delete the oldest archives in a folder but the newest `keep`; return what was deleted.

    Only files named as `okienko backup` names them are looked at; their names tell their age. Halves of an
    archive that a process died with go after a day.
    """
    for half in folder.glob(f".okienko-*{ENDING}.*.part"):
        if half.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            half.unlink()
    found = sorted(folder.glob(f"okienko-[0-9]*T[0-9]*Z{ENDING}"))
    gone = found[:-keep]
    for path in gone:
        path.unlink()
    return gone


def _path(to: Path, now: datetime) -> Path:
    path = to / f"okienko-{now:%Y%m%dT%H%M%SZ}{ENDING}" if to.is_dir() else to
    if path.exists():
        raise InvalidInput(f"{path} is there already. Name a new file, or a folder.")
    return path


@asynccontextmanager
async def _shop(settings: Settings) -> AsyncIterator[tuple[Database, AsyncConnection]]:
    """Open the shop as it is: a backup brings no schema up to date."""
    # Every room declares its tables when it is imported; the application imports them all.
    import server.app  # noqa: F401

    url = settings.database_url
    if url is None and not (settings.data_dir / "okienko.db").exists():
        raise Unavailable(f"There is no shop in {settings.data_dir}. Set OKIENKO_DATA_DIR to its folder.")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with in_use(settings.data_dir):
        database = Database(url.get_secret_value()) if url else Database.in_folder(settings.data_dir)
        try:
            async with database.reading() as connection:
                yield database, connection
        finally:
            await database.close()


async def _dump(connection: AsyncConnection, archive: ArchiveWriter, on_step: OnStep) -> dict[str, int]:
    tables = metadata.sorted_tables
    counts = {
        of.name: int((await connection.execute(select(func.count()).select_from(of))).scalar_one())
        for of in tables
    }
    total, done = sum(counts.values()), 0
    for of in tables:
        with archive.member(f"database/{of.name}.jsonl") as write:
            columns_said = False
            async for line in dumped(connection, of):
                write(line)
                done += columns_said
                columns_said = True
                if done % 1000 == 0:
                    on_step("rows", done, total)
    on_step("rows", total, total)
    return counts


def _keep_files(data_dir: Path, archive: ArchiveWriter, *, with_secrets: bool, on_step: OnStep) -> int:
    """Write the shop's files; return how many of them are photos."""
    for name in SMALL_FILES + (SECRETS if with_secrets else ()):
        _keep(archive, f"files/{name}", data_dir / name, compress=True)
    photos = sorted((data_dir / UPLOADS).glob("*/*"))
    kept = 0
    for number, path in enumerate(photos, 1):
        reference = f"{path.parent.name}/{path.name}"
        if Photos.is_reference(reference):
            # A photo that was erased since the list was made is not there any more, and should not be.
            kept += _keep(archive, f"files/{UPLOADS}/{reference}", path, compress=False)
        on_step("photos", number, len(photos))
    return kept


def _keep(archive: ArchiveWriter, name: str, path: Path, *, compress: bool) -> bool:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unavailable(f"{path} cannot be read ({error.strerror}).") from error
    with file, archive.member(name, compress=compress) as write:
        while part := file.read(CHUNK):
            write(part)
    return True
