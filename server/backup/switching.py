"""One shop's files put in place of another's: renames with a journal, so that a kill leaves no half of each.

While the journal lies in the folder nothing opens it: `okienko restore --finish` ends what was begun. A lock
keeps a restore and everything else that uses the folder apart; the system lets go of it when a process dies.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from foundation.errors import Unavailable
from server.backup.archive import sync_folder
from server.backup.manifest import SECRETS, SMALL_FILES

LOCK, JOURNAL, STAGING, ASIDE = "in-use.lock", "restore.json", "restoring", "before-restore-"
DATABASE = ("okienko.db", "okienko.db-wal", "okienko.db-shm")
UPLOADS = "uploads"
MADE_ANEW = ("chroma", "texts.cache", "fields.cache", "sentences.cache")
"""What the server makes again from the database: in no archive, and not kept for another state of it."""

_KEPT = (*DATABASE, UPLOADS, *SMALL_FILES)


@dataclass(frozen=True, slots=True)
class Switch:
    """What is to be moved: `old` names into the folder `aside`, then `new` ones out of `STAGING`.

    Attributes:
        log_epoch: Of the log that was restored.
        in_files: Whether the database is one of the files. Otherwise the switch holds only if the database
            has this epoch: its transaction may never have been committed.
    """

    aside: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    log_epoch: str
    in_files: bool


@contextmanager
def in_use(data_dir: Path) -> Iterator[None]:
    """Keep restores away from a folder while it is used; any number may use it.

    Raises:
        Unavailable: A restore runs in it, or was cut short.
    """
    with _lock(data_dir, exclusive=False):
        if (data_dir / JOURNAL).exists():
            raise Unavailable(
                f"A restore into {data_dir} was cut short. Finish it first: okienko restore --finish"
            )
        yield


@contextmanager
def reserved(data_dir: Path) -> Iterator[None]:
    """Keep everybody else away from a folder.

    Raises:
        Unavailable: Somebody uses it.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with _lock(data_dir, exclusive=True):
        yield


@contextmanager
def _lock(data_dir: Path, *, exclusive: bool) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there it is up to people.
        yield
        return
    descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                f"{data_dir} is in use. Stop okienko serve and other okienko commands, then run this again."
                if exclusive
                else f"A backup is being restored into {data_dir}. Try again when that is done."
            ) from None
        yield
    finally:
        os.close(descriptor)


def holds_a_shop(data_dir: Path, *, in_files: bool) -> bool:
    """Return whether anything is in a folder that a restore would put aside."""
    names = _KEPT if in_files else tuple(name for name in _KEPT if name not in DATABASE)
    return any((data_dir / name).exists() for name in names)


def plan(data_dir: Path, new: tuple[str, ...], *, aside: str, log_epoch: str, in_files: bool) -> Switch:
    """Return the switch from what lies in a folder to what is staged in it.

    Keys stay where they are, unless the archive brings its own: browsers hold tokens that they signed.
    """
    going = (*_KEPT, *MADE_ANEW, *(name for name in SECRETS if name in new))
    if not in_files:
        going = tuple(name for name in going if name not in DATABASE)
    old = tuple(name for name in going if (data_dir / name).exists())
    free = next(name for name in _numbered(aside) if not (data_dir / name).exists())
    return Switch(free, old, new, log_epoch, in_files)


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name}-{number}"


def begin(data_dir: Path, switch: Switch) -> None:
    """Write the journal. From here on the folder is opened by nobody until `finish`."""
    draft = data_dir / f"{JOURNAL}.part"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(switch), file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(data_dir / JOURNAL)
    sync_folder(data_dir)


def begun(data_dir: Path) -> Switch | None:
    """Return the switch that was cut short in a folder, if one was.

    Raises:
        Unavailable: The journal cannot be read.
    """
    path = data_dir / JOURNAL
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Switch(
            said["aside"], tuple(said["old"]), tuple(said["new"]), said["log_epoch"], said["in_files"]
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(
            f"{path} cannot be read. What was there before is in {data_dir}/{ASIDE}…: put it back by hand, "
            f"and delete {path}."
        ) from error


def finish(data_dir: Path, switch: Switch) -> None:
    """Carry a switch out, or to its end; any number of times does the same."""
    staging, aside = data_dir / STAGING, data_dir / switch.aside
    if switch.old:
        aside.mkdir(exist_ok=True, mode=0o700)
    for name in switch.old:
        # A name that lies aside was moved before the cut: what lies here now is the new one.
        if (data_dir / name).exists() and not (aside / name).exists():
            (data_dir / name).rename(aside / name)
    for name in switch.new:
        if (staging / name).exists():
            (staging / name).rename(data_dir / name)
    sync_folder(data_dir)
    (data_dir / JOURNAL).unlink()
    clear_staging(data_dir)
    sync_folder(data_dir)


def give_up(data_dir: Path) -> None:
    """Drop a switch that has moved nothing yet."""
    (data_dir / JOURNAL).unlink(missing_ok=True)
    clear_staging(data_dir)


def clear_staging(data_dir: Path) -> None:
    """Delete what a restore that never came to its switch has left."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(data_dir / STAGING)
