"""Finished fields in a file of the data folder, so that a start after which nothing has changed builds none.

The file may be deleted at any time. What is in it is taken only for the very passages and synonyms that it
was built of, by this very code; else it is built.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Container
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.retrieval.side import Kept
from knowledge.retrieval.snapshot import Snapshot
from knowledge.store import array_file, kept_texts

_log = logging.getLogger(__name__)

FILE = "fields.cache"

#: Of fewer passages, fields are built in less time than it is worth a file.
WORTH = 1000


class KeptFields:
    """The file. Losing it, or being unable to write it, costs time only.

    Args:
        path: Where it is.
        made_by: Tells apart what different code has built.
        worth: It is written if fields of so many passages are not in it.
    """

    def __init__(self, path: Path, made_by: str = "", *, worth: int = WORTH) -> None:
        self._path = path
        self._made_by = made_by or this_code()
        self._worth = worth
        self._there: frozenset[str] = frozenset()

    def load(self, wanted: Container[str] | None = None) -> Kept:
        """Return what is kept, by digest; nothing if there is no file that is good."""
        try:
            found = array_file.read(self._path, self._made_by, wanted)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.info("%s is not used, what is searched is built anew: %s", self._path, error)
            return {}
        self._there = frozenset(found)
        return found

    def keep(self, snapshot: Snapshot) -> None:
        """Write what a snapshot has, if enough of it is not in the file."""
        lacking = (side for side in snapshot.every_side if side.digest not in self._there)
        if sum(len(side.passages) for side in lacking) < self._worth:
            return
        told = {side.digest: side.fields.arrays() for side in snapshot.every_side if side.passages}
        try:
            array_file.write(self._path, self._made_by, told)
        except OSError as error:
            _log.warning("%s cannot be written, so the next start takes longer: %s", self._path, error)
        self._there = frozenset(told)


@cache
def this_code() -> str:
    """Return a digest of all that decides what fields are built of passages."""
    room = Path(__file__).parents[1]
    seen = hashlib.blake2b(digest_size=16)
    for path in sorted([*(room / "retrieval").glob("*.py"), room / "split.py", room / "passage.py"]):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    seen.update(f"{kept_texts.this_code()}\0{np.__version__}".encode())
    return seen.hexdigest()
