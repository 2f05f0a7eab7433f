"""Secrets of the shop that nobody has set: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from foundation.errors import Unavailable


def kept_secret(folder: Path, name: str) -> str:
    """Return the secret kept as `name` in `folder`; make it if there is none.

    Raises:
        Unavailable: The file cannot be read or written.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        raise Unavailable(
            f"The folder {folder} cannot be written ({error.strerror}). Set OKIENKO_DATA_DIR to one that can."
        ) from error


def _make(path: Path) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        # Linking a finished file: of two processes that start at once one wins, and both read the same.
        os.link(draft, path)
    Path(draft).unlink()
