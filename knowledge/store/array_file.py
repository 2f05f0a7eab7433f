"""Named arrays in a file that may be lost: told by digests, put in place whole. Nothing in it is run.

After a line of its own the file has a head, in JSON, with the head's digest before it: who made it, and of
each part its arrays, its length and its digest. Then come the parts. Each is read by itself, so that one can
be given up while another is in use.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

_MAGIC = b"okienko arrays 1\n"
_DIGEST_BYTES = 32
_LENGTH = struct.Struct("<Q")
_TYPES = {code: np.dtype(code) for code in ("|u1", "<i4", "<i8", "<f4")}
# An array begins at a multiple of its items' length.
_ALIGNED = 8


def write(path: Path, made_by: str, parts: Mapping[str, Arrays]) -> None:
    """Put a file in place of what is there.

    Raises:
        OSError: It cannot be written; what is there stays.
    """
    stored = {name: [_stored(array) for array in arrays.values()] for name, arrays in parts.items()}
    told = [
        {
            "name": name,
            "arrays": [
                (each, array.dtype.str, array.size) for each, array in zip(parts[name], arrays, strict=True)
            ],
            "length": sum(len(piece) for piece in _pieces(arrays)),
            "digest": _digest(_pieces(arrays)).hex(),
        }
        for name, arrays in stored.items()
    ]
    head = json.dumps({"made_by": made_by, "parts": told}).encode()
    making = path.with_name(f"{path.name}.making")
    with making.open("wb") as file:
        file.write(_MAGIC + _LENGTH.pack(len(head)) + _digest([head]) + head)
        for arrays in stored.values():
            for piece in _pieces(arrays):
                file.write(piece)
    # Whoever is killed before this leaves the file as it was. What is torn is told by its digests.
    making.replace(path)


def read(
    path: Path, made_by: str, wanted: Container[str] | None = None
) -> dict[str, dict[str, NDArray[Any]]]:
    """Return the parts of a file, or those that are wanted. The arrays cannot be changed.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not whole, or was made by something else.
    """
    with path.open("rb") as file:
        head = _head(file)
        if head["made_by"] != made_by:
            raise ValueError("another version of Okienko has made it")
        left = path.stat().st_size - file.tell()
        if left != sum(part["length"] for part in head["parts"]):
            raise ValueError("it is damaged")
        found = {}
        for part in head["parts"]:
            if wanted is not None and part["name"] not in wanted:
                file.seek(part["length"], 1)
                continue
            data = file.read(part["length"])
            if _digest([data]).hex() != part["digest"]:
                raise ValueError("it is damaged")
            found[part["name"]] = _arrays(data, part["arrays"])
    return found


def _head(file: IO[bytes]) -> dict[str, Any]:
    start = file.read(len(_MAGIC) + _LENGTH.size + _DIGEST_BYTES)
    length, digest = start[len(_MAGIC) : -_DIGEST_BYTES], start[-_DIGEST_BYTES:]
    if not start.startswith(_MAGIC) or len(length) != _LENGTH.size:
        raise ValueError("it is damaged")
    (size,) = _LENGTH.unpack(length)
    # A damaged length may be any number: no more is read than a head could have.
    head = file.read(min(size, 1 << 24))
    if _digest([head]) != digest:
        raise ValueError("it is damaged")
    return dict(json.loads(head))


def _stored(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _pieces(arrays: Iterable[NDArray[Any]]) -> Iterator[memoryview]:
    """Yield the bytes of arrays, each filled up so that the next one begins where it may."""
    for array in arrays:
        yield array.view(np.uint8).data if array.size else memoryview(b"")
        yield memoryview(bytes(-array.nbytes % _ALIGNED))


def _arrays(data: bytes, told: Iterable[tuple[str, str, int]]) -> dict[str, NDArray[Any]]:
    found, at = {}, 0
    for name, code, size in told:
        array = np.frombuffer(data, _TYPES[code], size, at)
        found[name] = array.astype(array.dtype.newbyteorder("="), copy=False)
        at += array.nbytes + -array.nbytes % _ALIGNED
    return found


def _digest(pieces: Iterable[bytes | memoryview]) -> bytes:
    seen = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for piece in pieces:
        seen.update(piece)
    return seen.digest()
