"""Where Chroma's folders are: one for each embedding model, so that one is built while another serves."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import shutil
from pathlib import Path

_log = logging.getLogger(__name__)


def folder_of(root: Path, embedder_id: str) -> Path:
    """Return the folder of an embedder's vectors below `root`, whether it is there or not."""
    return root / f"of-{hashlib.sha256(embedder_id.encode()).hexdigest()[:16]}"


def sweep(root: Path, keep: Path) -> None:
    """Delete what is below `root` but `keep`, unless a process has it: other models', and earlier builds."""
    if not root.is_dir():
        return
    others = [entry for entry in root.iterdir() if entry != keep]
    for folder in (entry for entry in others if entry.name.startswith("of-")):
        _delete_if_free(folder / "lock", [folder])
    # Until there was a folder for each model, `root` itself was the only one.
    _delete_if_free(root / "lock", [entry for entry in others if not entry.name.startswith("of-")])


def _delete_if_free(lock: Path, entries: list[Path]) -> None:
    try:
        with lock.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for entry in entries:
                shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else _unlink(entry)
    except FileNotFoundError:
        return  # nothing that Chroma ever had
    except OSError as error:
        _log.debug("%s stays: %s", lock.parent, error.strerror)


def _unlink(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
