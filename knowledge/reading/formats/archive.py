"""Looks into a ZIP before anything opens it: Word and Excel files are ZIPs, and so are bombs."""

from __future__ import annotations

import io
import zipfile

from knowledge.reading.kinds import MB, Kind
from knowledge.remarks import Refused

MAX_UNPACKED_MB = 150
MAX_PARTS = 5_000
_MAX_RATIO = 250
_SMALL_BYTES = 10 * MB  # below this a high ratio is an empty table, not a bomb


def check_archive(content: bytes, needed: str, kind: Kind) -> None:
    """Refuse an archive that is too much to unpack, or not of its kind.

    Args:
        content: The file.
        needed: A part that every file of this kind has.
        kind: What its name says it is.

    Raises:
        Refused: It is a bomb, has a password, is damaged, or is another kind of archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError) as error:
        raise Refused("damaged", named=kind.value) from error
    if len(parts) > MAX_PARTS:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_MB * MB or unpacked > max(_SMALL_BYTES, _MAX_RATIO * len(content)):
        raise Refused("bomb", limit=min(MAX_UNPACKED_MB, max(_SMALL_BYTES, _MAX_RATIO * len(content)) // MB))
    if needed not in {part.filename.lstrip("/") for part in parts}:
        raise Refused("other_content", named=kind.value, found="ZIP")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
