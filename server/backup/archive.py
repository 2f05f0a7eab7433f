"""The archive's file: a ZIP that is written straight through and read only after every hash was checked.

Nothing is unpacked by a name that the archive chooses freely: `manifest.py` knows the only shapes there are.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from foundation.errors import InvalidInput, Unavailable
from server.backup.manifest import MAX_BYTES, NAME, Manifest, Member

CHUNK = 1024 * 1024
MAX_LINE_BYTES = 64 * 1024 * 1024
LEVEL = 3
"""Of compression: level 6 is a tenth smaller and takes twice as long."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class ArchiveWriter:
    """Writes members one after the other. Use `writing`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: list[Member] = []

    @contextmanager
    def member(self, name: str, *, compress: bool = True) -> Iterator[Callable[[bytes], None]]:
        """Open a member; what the block writes is hashed as it goes."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, length = hashlib.sha256(), 0

        with self._archive.open(info, "w", force_zip64=True) as file:

            def write(part: bytes) -> None:
                nonlocal length
                file.write(part)
                digest.update(part)
                length += len(part)

            yield write
        self.members.append(Member(name, length, digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest; last, because only now everything is known."""
        self._archive.writestr(zipfile.ZipInfo(NAME), manifest.as_json(), zipfile.ZIP_DEFLATED)


@contextmanager
def writing(path: Path) -> Iterator[ArchiveWriter]:
    """Write an archive that is there whole or not at all, readable by its owner only.

    Raises:
        Unavailable: It cannot be written there.
    """
    try:
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", compresslevel=LEVEL) as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        Path(draft).unlink(missing_ok=True)


def _cannot(path: Path, error: OSError) -> Unavailable:
    if error.errno == errno.ENOSPC:
        return Unavailable(f"The disk of {path.parent} is full: make room on it. Nothing was written.")
    return Unavailable(f"{path} cannot be written ({error.strerror or error}). Name another place.")


class Archive:
    """An archive to be restored: `check` it, then read it. Use `opened`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        with self._said():
            self.manifest = Manifest.parse(self._read(NAME, MAX_BYTES))
            names = sorted(archive.namelist())
        if names != sorted([NAME, *(member.name for member in self.manifest.members)]):
            raise InvalidInput(f"{path} holds other files than its list names; it is not used.")

    def check(self, on_bytes: Callable[[int], None] = lambda _count: None) -> None:
        """Read every member and compare its length and hash; nothing is written.

        Raises:
            InvalidInput: One is not what the manifest says.
        """
        for member in self.manifest.members:
            digest, length = hashlib.sha256(), 0
            with self._said(), self._archive.open(member.name) as file:
                # One byte more than it may have: what goes on for ever is not read for ever.
                while part := file.read(min(CHUNK, member.bytes - length + 1)):
                    digest.update(part)
                    length += len(part)
                    on_bytes(len(part))
                    if length > member.bytes:
                        break
            if length != member.bytes or digest.hexdigest() != member.sha256:
                raise InvalidInput(
                    f"{self._path} is broken: {member.name} is not what was written. Take another backup."
                )

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member that was checked."""
        with self._said(), self._archive.open(name) as file:
            while line := cast(BinaryIO, file).readline(MAX_LINE_BYTES):
                yield line

    def unpack(self, name: str, to: Path, *, mode: int = 0o600) -> None:
        """Write a member that was checked into a new file."""
        with self._said(), self._archive.open(name) as file:
            descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(descriptor, "wb") as into:
                while part := file.read(CHUNK):
                    into.write(part)
                into.flush()
                os.fsync(into.fileno())

    def _read(self, name: str, most: int) -> bytes:
        try:
            with self._archive.open(name) as file:
                text = file.read(most + 1)
        except KeyError as error:
            raise InvalidInput(f"{self._path} is no backup of Okienko.") from error
        if len(text) > most:
            raise InvalidInput(f"{self._path} is broken: its list of contents has no end.")
        return text

    @contextmanager
    def _said(self) -> Iterator[None]:
        with _broken(self._path):
            yield


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive for reading.

    Raises:
        InvalidInput: It is none, or a broken one.
        Unavailable: The file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Unavailable(f"{path} cannot be read ({error.strerror}).") from error
    with file:
        with _broken(path):
            archive = zipfile.ZipFile(file)
        with archive:
            yield Archive(path, archive)


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise InvalidInput(f"{path} is no backup of Okienko, or it is broken ({error}).") from error


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
