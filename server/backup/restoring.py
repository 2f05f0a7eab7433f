"""`okienko restore`: checks an archive whole, fills a database with it, and only then puts it in place."""

from __future__ import annotations

import contextlib
import errno
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, inspect, table
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.sealing import broken_seals
from foundation.clock import Clock, SystemClock
from foundation.database import Database
from foundation.errors import Conflict, InvalidInput, NotFound, Unavailable
from server.backup import switching
from server.backup.archive import Archive, opened, sync_folder
from server.backup.making import OnStep
from server.backup.manifest import SECRETS, Manifest
from server.backup.postgres_tables import count_on, emptied, epoch_in
from server.backup.rows import load
from server.backup.settling import Settled, settle
from server.migrate import newest_revision, upgrade
from server.settings import Settings

SPARE_BYTES = 64 * 1024 * 1024
"""Left free on the disk beyond what is unpacked."""
_ROOM = 3
"""A table takes up to so many times the room of its lines: indexes, and the write-ahead log beside it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a restore is to be done.

    Attributes:
        replace: Put aside what is there.
        send_mail: Send what waited when the backup was made.
        accept_broken_seals: Restore even a log that was changed.
    """

    replace: bool = False
    send_mail: bool = False
    accept_broken_seals: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: Where what was there before is; None where nothing was.
        broken: How many conversations have a broken seal; only where that was accepted.
    """

    manifest: Manifest
    settled: Settled
    aside: Path | None
    broken: int
    seconds: float


async def restore(
    settings: Settings,
    path: Path,
    wishes: Wishes,
    *,
    clock: Clock | None = None,
    on_step: OnStep = lambda _what, _done, _of: None,
) -> Restored:
    """Put an archive in the place of a shop.

    Raises:
        InvalidInput: The archive is broken, or of a newer version; nothing was changed.
        Conflict: There is a shop already, or a seal in the archive is broken; nothing was changed.
        Unavailable: The shop is in use, or the disk is full; nothing was changed.
    """
    began, now, data_dir = time.monotonic(), (clock or SystemClock()).now(), settings.data_dir
    with _disk_said(data_dir), opened(path) as archive, switching.reserved(data_dir):
        _refuse(settings, archive.manifest, wishes)
        _check(archive, on_step)
        switching.clear_staging(data_dir)
        staging = data_dir / switching.STAGING
        aside = f"{switching.ASIDE}{now:%Y%m%dT%H%M%SZ}"
        try:
            staging.mkdir(mode=0o700)
            new = _unpack(archive, staging, on_step)
            if settings.database_url is None:
                settled, broken = await _into_file(staging, archive, now, wishes, on_step)
                new = (switching.DATABASE[0], *new)
                switch = switching.plan(
                    data_dir, new, aside=aside, log_epoch=settled.log_epoch, in_files=True
                )
                switching.begin(data_dir, switch)
            else:
                async with emptied(settings, aside, replace=wishes.replace) as connection:
                    settled, broken = await fill(connection, archive, now, wishes, on_step)
                    switch = switching.plan(
                        data_dir, new, aside=aside, log_epoch=settled.log_epoch, in_files=False
                    )
                    # Before the commit: killed in between, the journal tells by its epoch which way it went.
                    switching.begin(data_dir, switch)
        except BaseException:
            # Whether a commit that failed has come about is for --finish to say: it asks the database.
            if switching.begun(data_dir) is None:
                switching.clear_staging(data_dir)
            raise
        switching.finish(data_dir, switch)
    return Restored(
        archive.manifest,
        settled,
        data_dir / switch.aside if switch.old else None,
        broken,
        time.monotonic() - began,
    )


async def _into_file(
    staging: Path, archive: Archive, now: datetime, wishes: Wishes, on_step: OnStep
) -> tuple[Settled, int]:
    """Fill a new database file beside the old one."""
    database = Database.in_folder(staging)
    try:
        async with database.transaction() as connection:
            filled = await fill(connection, archive, now, wishes, on_step)
        await database.empty_change_log()
    finally:
        await database.close()
    for left in switching.DATABASE[1:]:
        (staging / left).unlink(missing_ok=True)
    sync_folder(staging)
    return filled


async def finish_restore(settings: Settings) -> Path | None:
    """End a restore that was cut short while its files were put in place; return where the old ones are.

    Raises:
        NotFound: None was; or it had not come so far, and everything is as it was before.
        Unavailable: The folder is in use.
    """
    data_dir = settings.data_dir
    with _disk_said(data_dir), switching.reserved(data_dir):
        switch = switching.begun(data_dir)
        if switch is None:
            raise NotFound(f"No restore into {data_dir} was cut short. There is nothing to finish.")
        if not switch.in_files and await epoch_in(settings) != switch.log_epoch:
            switching.give_up(data_dir)
            raise NotFound("That restore had not reached the database. Everything is as it was before it.")
        switching.finish(data_dir, switch)
        return data_dir / switch.aside if switch.old else None


async def fill(
    connection: AsyncConnection, archive: Archive, now: datetime, wishes: Wishes, on_step: OnStep
) -> tuple[Settled, int]:
    """Fill an empty database from a checked archive, in one transaction; return how many seals are broken.

    Raises:
        InvalidInput: The rows are not those of the schema that the archive names.
        Conflict: A seal is broken, and that was not accepted.
    """
    manifest = archive.manifest
    await connection.run_sync(upgrade, manifest.revision)
    columns = await connection.run_sync(_columns)
    unknown = sorted(set(manifest.rows) - set(columns))
    if unknown:
        raise InvalidInput(f"This backup has a table that its version did not have: {unknown[0]}.")
    for name in reversed(manifest.rows):  # what migrations have put in
        await connection.execute(delete(table(name)))
    count = _counter("rows", sum(manifest.rows.values()), on_step)
    for name, rows in manifest.rows.items():
        try:
            done = await load(connection, name, archive.lines(f"database/{name}.jsonl"), columns[name], count)
        except OperationalError:
            raise  # the disk, not the backup
        except SQLAlchemyError as error:
            raise InvalidInput(
                f"The rows of {name} in this backup do not fit into the database ({_first_line(error)})."
            ) from error
        if done != rows:
            raise InvalidInput(f"This backup has {done} rows of {name} instead of {rows}; it is broken.")
    if connection.dialect.name == "postgresql":
        await count_on(connection, columns)
    await connection.run_sync(upgrade)
    settled = await settle(connection, now, send_mail=wishes.send_mail)
    broken = await broken_seals(connection, _counter("seals", manifest.rows.get("events", 0), on_step))
    if broken and not wishes.accept_broken_seals:
        first = broken[0]
        raise Conflict(
            f"The log in this backup was changed: {len(broken)} conversations have a broken seal, the first "
            f"is {first.conversation_id} at position {first.position}. Nothing was restored. Take another "
            "backup, or restore it as it is with --accept-broken-seals."
        )
    return settled, len(broken)


def _columns(connection: Connection) -> dict[str, set[str]]:
    look = inspect(connection)
    names = [name for name in look.get_table_names() if name != "alembic_version"]
    return {name: {one["name"] for one in look.get_columns(name)} for name in names}


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]


def _refuse(settings: Settings, manifest: Manifest, wishes: Wishes) -> None:
    """Say why nothing can be restored here, before anything is read at length."""
    data_dir, in_files = settings.data_dir, settings.database_url is None
    if (data_dir / switching.JOURNAL).exists():
        raise Unavailable("A restore was cut short before. Finish it first: okienko restore --finish")
    if manifest.revision > newest_revision():
        raise InvalidInput(
            f"This backup was made by Okienko {manifest.okienko}, which is newer than this one. "
            "Install that version to restore it."
        )
    if switching.holds_a_shop(data_dir, in_files=in_files) and not wishes.replace:
        raise Conflict(
            f"There is a shop in {data_dir}. Restore into an empty folder, or put it aside with --replace."
        )
    rows = sum(one.bytes for one in manifest.members if one.name.startswith("database/"))
    needed = manifest.unpacked_bytes + rows * (_ROOM - 1 if in_files else -1) + SPARE_BYTES
    if shutil.disk_usage(data_dir).free < needed:
        raise Unavailable(
            f"The disk of {data_dir} has no room for this backup: it may take {needed // 2**20} MiB. "
            "Nothing was changed."
        )


def _check(archive: Archive, on_step: OnStep) -> None:
    archive.check(_counter("hashes", archive.manifest.unpacked_bytes, on_step))


def _unpack(archive: Archive, staging: Path, on_step: OnStep) -> tuple[str, ...]:
    """Write the files of an archive; return the names at the top of the folder."""
    files = [one.name for one in archive.manifest.members if one.name.startswith("files/")]
    folders = set()
    for number, name in enumerate(files, 1):
        to = staging / name.removeprefix("files/")
        if to.parent not in folders:
            to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            folders.add(to.parent)
        archive.unpack(name, to, mode=0o600 if to.name in SECRETS else 0o644)
        on_step("files", number, len(files))
    for folder in folders:
        sync_folder(folder)
    return tuple(sorted({name.split("/")[1] for name in files}))


def _counter(what: str, total: int, on_step: OnStep) -> Callable[[int], None]:
    done = said = 0

    def count(more: int) -> None:
        nonlocal done, said
        done += more
        if done - said >= total // 100 or done >= total:
            said = done
            on_step(what, done, total)

    return count


@contextlib.contextmanager
def _disk_said(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Unavailable(
                f"The disk of {data_dir} is full: make room on it. The shop is as it was before."
            ) from error
        raise Unavailable(f"{data_dir} cannot be written ({error.strerror or error}).") from error
