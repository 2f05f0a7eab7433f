"""Photos that come with complaints: looked at by their first bytes, kept under random names.

Nobody here decodes a picture. What a photo is called and what it claims to be does not count; what it tells
besides the picture is taken out before it is kept (`photo_metadata.py`).
"""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
from collections.abc import Container, Iterable
from datetime import datetime
from pathlib import Path

from foundation.errors import NotFound, Unavailable

MAX_PHOTO_BYTES = 8 * 1024 * 1024
MAX_PHOTOS = 5
KEEP_FREE_BYTES = 1024 * 1024 * 1024
"""With less than this left on the disk no photo is kept: the shop's database needs it more."""

MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "heic": "image/heic"}
_REFERENCE = re.compile(rf"[0-9a-f]{{32}}/[0-9a-f]{{32}}\.({'|'.join(MEDIA_TYPES)})")
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}


def kind_of(content: bytes) -> str | None:
    """Return ``jpg``, ``png``, ``webp`` or ``heic`` by the first bytes; None for anything else.

    Sources: ITU-T T.81, B.1.1.3; W3C PNG, 5.2; RFC 9649, 2.4; ISO/IEC 23008-12, 10.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "heic"
    return None


class Photos:
    """The photos of one shop.

    Args:
        folder: Made when the first photo comes.
        keep_free: See `KEEP_FREE_BYTES`.
    """

    def __init__(self, folder: Path, *, keep_free: int = KEEP_FREE_BYTES) -> None:
        self._folder, self._keep_free = folder, keep_free

    @staticmethod
    def new_batch() -> str:
        """Return the folder's name for the photos of one request."""
        return secrets.token_hex(16)

    @staticmethod
    def is_reference(text: str) -> bool:
        """Return whether a photo may be referred to by this text."""
        return _REFERENCE.fullmatch(text) is not None

    async def keep(self, batch: str, kind: str, content: bytes) -> str:
        """Write a photo; return what it is referred to by.

        Raises:
            Unavailable: It cannot be written, or the disk is nearly full.
        """
        reference = f"{batch}/{secrets.token_hex(16)}.{kind}"
        try:
            await asyncio.to_thread(self._write, reference, content)
        except OSError as error:
            raise Unavailable(f"Photos cannot be kept now ({error.strerror}).") from error
        return reference

    def _write(self, reference: str, content: bytes) -> None:
        path = self._folder / reference
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(path.parent).free < self._keep_free + len(content):
            raise Unavailable("Photos cannot be kept now: the disk is nearly full.")
        path.write_bytes(content)

    async def discard(self, batch: str) -> None:
        """Delete what was kept for a request that did not come about."""
        folder = self._folder / batch
        if folder.exists():
            await asyncio.to_thread(shutil.rmtree, folder)

    async def erase(self, references: Iterable[str]) -> None:
        """Delete photos, and the folder of their request once it is empty; what is gone already is no error.

        Raises:
            Unavailable: One cannot be deleted; says which.
        """
        for reference in references:
            if _REFERENCE.fullmatch(reference):
                try:
                    await asyncio.to_thread(self._delete, self._folder / reference)
                except OSError as error:
                    raise Unavailable(
                        f"The photo {self._folder / reference} cannot be deleted ({error.strerror}): "
                        "delete it yourself."
                    ) from error

    @staticmethod
    def _delete(path: Path) -> None:
        path.unlink(missing_ok=True)
        if path.parent.exists() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    async def strays(self, known: Container[str], before: datetime) -> list[str]:
        """Return photos that no request knows and that were kept before a moment.

        A process that died between keeping a photo and its request has left them, or between erasing a
        request and its photos.
        """
        return await asyncio.to_thread(self._strays, known, before.timestamp())

    def _strays(self, known: Container[str], before: float) -> list[str]:
        found = ((f"{path.parent.name}/{path.name}", path) for path in sorted(self._folder.glob("*/*")))
        return [
            reference
            for reference, path in found
            if self.is_reference(reference) and reference not in known and path.stat().st_mtime < before
        ]

    async def read(self, reference: str) -> tuple[bytes, str]:
        """Return a photo's bytes and its kind.

        Raises:
            NotFound: There is no such photo.
        """
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise NotFound("There is no such photo.")
        try:
            return await asyncio.to_thread((self._folder / reference).read_bytes), found[1]
        except FileNotFoundError as error:
            raise NotFound("There is no such photo any more.") from error
