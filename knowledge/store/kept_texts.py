"""What was read of texts, kept in a file of the data folder, so that a start reads only what is new.

The file may be deleted at any time. It is taken only if it is whole and was made by this very code; else the
texts are read again. Nothing in it is run.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.store import array_file

_log = logging.getLogger(__name__)

FILE = "texts.cache"

# So many texts in a hundred must be new for all to be written again.
_WORTH_PERCENT = 2

Known = Mapping[Language, KnownTexts]


class KeptTexts:
    """The file. Losing it, or being unable to write it, costs time only.

    Args:
        path: Where it is.
        made_by: Tells apart what different code has read.
    """

    def __init__(self, path: Path, made_by: str = "") -> None:
        self._path = path
        self._made_by = made_by or this_code()
        self._unwritten = 0
        self._seen: Known = {}

    @property
    def folder(self) -> Path:
        """Where the file is."""
        return self._path.parent

    def load(self) -> dict[Language, KnownTexts]:
        """Return what was read of each language's texts; nothing if there is no file that is good."""
        try:
            found = array_file.read(self._path, self._made_by)
            return {Language(code): KnownTexts.of(Language(code), told) for code, told in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.info("%s is not used, all articles are read again: %s", self._path, error)
            return {}

    def keep(self, known: Known) -> None:
        """Write it if enough is new since it was written; call it after each build, with what that knows."""
        # A language in which nothing has changed is the very one of the build before, and was counted then.
        fresh = (each for language, each in known.items() if self._seen.get(language) is not each)
        self._unwritten += sum(each.read for each in fresh)
        self._seen = dict(known)
        if self._unwritten * 100 <= _WORTH_PERCENT * sum(map(len, known.values())):
            return
        told = {language.value: each.arrays() for language, each in known.items()}
        try:
            array_file.write(self._path, self._made_by, told)
        except OSError as error:
            _log.warning("%s cannot be written, so the next start takes longer: %s", self._path, error)
        self._unwritten = 0


@cache
def this_code() -> str:
    """Return a digest of all that decides what is read of a text: our code, the stemmer, Unicode."""
    room = Path(__file__).parents[1]
    seen = hashlib.blake2b(digest_size=16)
    for path in sorted([*(room / "analysis").glob("*.py"), room / "retrieval" / "forms.py"]):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    told = (version("snowballstemmer"), unicodedata.unidata_version, sys.version)
    seen.update("\0".join(told).encode())
    return seen.hexdigest()
