"""What was read of texts, kept in a file of the data folder, so that a start reads only what is new.

The file may be deleted at any time. It is taken only if it is whole and was made by this very code; else the
texts are read again. Nothing in it is run.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts

_log = logging.getLogger(__name__)

FILE = "texts.cache"

_MAGIC = b"okienko texts 1\n"
_DIGEST_BYTES = 32
_TYPES: Mapping[str, np.dtype[Any]] = {"u1": np.dtype("u1"), "<i4": np.dtype("<i4")}

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

    def load(self) -> dict[Language, KnownTexts]:
        """Return what was read of each language's texts; nothing if there is no file that is good."""
        try:
            return _parsed(self._path.read_bytes(), self._made_by)
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
        making = self._path.with_name(f"{self._path.name}.making")
        try:
            making.write_bytes(_written(known, self._made_by))
            # Whoever is killed before this leaves the file as it was. What is torn is told by its digest.
            making.replace(self._path)
        except OSError as error:
            _log.warning("%s cannot be written, so the next start takes longer: %s", self._path, error)
        self._unwritten = 0


def _written(known: Known, made_by: str) -> bytes:
    arrays, told = [], []
    for language, each in known.items():
        for name, array in each.arrays().items():
            kind = "u1" if array.dtype == np.uint8 else "<i4"
            told.append((language.value, name, kind, array.size))
            arrays.append(array.astype(_TYPES[kind], copy=False).tobytes())
    head = json.dumps({"made_by": made_by, "arrays": told}).encode() + b"\n"
    body = b"".join([head, *arrays])
    return _MAGIC + _digest(body) + body


def _parsed(data: bytes, made_by: str) -> dict[Language, KnownTexts]:
    """Return what `_written` has written.

    Raises:
        ValueError: It is not whole, or of another version.
    """
    start = len(_MAGIC) + _DIGEST_BYTES
    body = data[start:]
    if not data.startswith(_MAGIC) or data[len(_MAGIC) : start] != _digest(body):
        raise ValueError("it is damaged")
    head, _, rest = body.partition(b"\n")
    told = json.loads(head)
    if told["made_by"] != made_by:
        raise ValueError("another version of Okienko has made it")
    found: dict[Language, dict[str, NDArray[Any]]] = {}
    at = 0
    for code, name, kind, size in told["arrays"]:
        array = np.frombuffer(rest, _TYPES[kind], size, at)
        found.setdefault(Language(code), {})[name] = array
        at += array.nbytes
    return {language: KnownTexts.of(language, arrays) for language, arrays in found.items()}


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


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
