"""Takes out of a photo what is no picture: where and when it was taken, with what, notes, previews. Pure.

No picture is decoded: the file is walked by its own structure, parts that are known to be needed to show it
are kept, everything else is left out. What cannot be walked is refused.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass


class Unreadable(ValueError):
    """The file does not have the structure that its first bytes promise."""


def without_metadata(kind: str, content: bytes) -> bytes | None:
    """Return a photo without metadata; None if its structure is broken.

    The way up of a JPEG is kept, by one Exif entry that holds nothing else.

    Args:
        kind: As `photos.kind_of` tells it.
        content: The file.
    """
    try:
        return _WALKS[kind](content)
    except (Unreadable, struct.error, IndexError):
        return None


# JPEG. Source: ITU-T T.81, annex B; Exif 2.32 (CIPA DC-008), 4.5 and 4.6.

_SOI, _EOI, _SOS, _APP0, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xEF, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_NEXT_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
"""In a scan: neither a stuffed byte nor a restart."""
_KEPT_SEGMENTS = ((_APP0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_ORIENTATION = 0x0112


def _jpeg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise Unreadable
    kept: list[bytes] = []
    way_up, place, scanned = 1, 2, False
    while place < len(content):
        if content[place] != 0xFF:
            raise Unreadable
        while content[place] == 0xFF:
            place += 1
        marker, place = content[place], place + 1
        if marker == _EOI:
            break
        if marker in _ALONE:
            continue
        size = int.from_bytes(content[place : place + 2])
        if size < 2 or place + size > len(content):
            raise Unreadable
        segment = content[place : place + size]
        place += size
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            way_up = _way_up(segment[8:]) or way_up
        if (not _APP0 <= marker <= _APP15 and marker != _COM) or _is_kept(marker, segment):
            kept.append(bytes((0xFF, marker)) + segment)
        if marker == _SOS:
            found = _NEXT_MARKER.search(content, place)
            end = found.start() if found else len(content)
            kept.append(content[place:end])
            place, scanned = end, True
    if not scanned:
        raise Unreadable
    upright = [] if way_up == 1 else [_exif_of(way_up)]
    return b"".join((b"\xff\xd8", *upright, *kept, b"\xff\xd9"))


def _is_kept(marker: int, segment: bytes) -> bool:
    return any(marker == kept and segment[2:].startswith(name) for kept, name in _KEPT_SEGMENTS)


def _way_up(tiff: bytes) -> int | None:
    """Return the orientation, 1 to 8, of Exif data; None where there is none that can be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(entries):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else None
    except struct.error:
        return None
    return None


def _exif_of(way_up: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, way_up, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + 6 + len(tiff)) + b"Exif\0\0" + tiff


# PNG. Source: W3C PNG (third edition), 5 and 11.

_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def _png(content: bytes) -> bytes:
    kept, place = [content[:8]], 8
    while place < len(content):
        (size,) = struct.unpack_from(">I", content, place)
        name, end = content[place + 4 : place + 8], place + 12 + size
        if end > len(content):
            raise Unreadable
        if name in _KEPT_CHUNKS:
            kept.append(content[place:end])
        if name == b"IEND":
            return b"".join(kept)
        place = end
    raise Unreadable


# WebP. Source: RFC 9649, 2.

_KEPT_RIFF = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0b0000_1100


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    end = min(8 + size, len(content))
    kept, place, pictured = [], 12, False
    while place + 8 <= end:
        name = content[place : place + 4]
        (size,) = struct.unpack_from("<I", content, place + 4)
        after = place + 8 + size + size % 2
        if place + 8 + size > len(content):
            raise Unreadable
        chunk = content[place:after].ljust(after - place, b"\0")
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_EXIF_AND_XMP,)) + chunk[9:]
        if name in _KEPT_RIFF:
            kept.append(chunk)
        pictured = pictured or name in (b"VP8 ", b"VP8L", b"ANMF")
        place = after
    if not pictured:
        raise Unreadable
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# HEIC. Source: ISO/IEC 14496-12, 4.2 and 8.11; ISO/IEC 23008-12, annex A (Exif and XMP are items).

_METADATA_ITEMS = frozenset((b"Exif", b"mime", b"uri "))


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int
    """Of its content, without the header."""


def _heic(content: bytes) -> bytes:
    """Return the same file with metadata overwritten by zeros: positions in it are absolute, and stay."""
    clean = bytearray(content)
    boxes = list(_boxes(content, 0, len(content)))
    meta = next((box for box in boxes if box.kind == b"meta"), None)
    if meta is None:
        raise Unreadable
    for box in boxes:
        if box.kind in (b"uuid", b"free", b"skip", b"udta"):
            _zero(clean, box.start, box.end)
    inner = {box.kind: box for box in _boxes(content, meta.start + 4, meta.end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise Unreadable
    items = set(_metadata_items(content, inner[b"iinf"]))
    data = inner.get(b"idat")
    for item, in_idat, start, size in _extents(content, inner[b"iloc"]):
        if item in items:
            begin = start + (data.start if in_idat and data else 0)
            _zero(clean, begin, begin + size if size else len(clean))
    return bytes(clean)


def _zero(clean: bytearray, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(clean):
        raise Unreadable
    clean[start:end] = bytes(end - start)


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        size, kind = struct.unpack_from(">I4s", content, start)
        header = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start + 8)
            header = 16
        size = size or end - start
        if size < header or start + size > end:
            raise Unreadable
        yield _Box(kind, start + header, start + size)
        start += size


def _metadata_items(content: bytes, iinf: _Box) -> Iterator[int]:
    first = iinf.start + (6 if content[iinf.start] == 0 else 8)
    for box in _boxes(content, first, iinf.end):
        version = content[box.start]
        if box.kind != b"infe" or version < 2:
            raise Unreadable
        layout = ">HH4s" if version == 2 else ">IH4s"
        item, _, kind = struct.unpack_from(layout, content, box.start + 4)
        if kind in _METADATA_ITEMS:
            yield item


def _extents(content: bytes, iloc: _Box) -> Iterator[tuple[int, bool, int, int]]:
    """Yield an item's id, whether its place is counted within ``idat``, where it is, and how long."""
    version, place = content[iloc.start], iloc.start + 4
    sizes = content[place], content[place + 1]
    offset, length, base, index = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15
    place += 2

    def number(size: int) -> int:
        nonlocal place
        if place + size > iloc.end:
            raise Unreadable
        place += size
        return int.from_bytes(content[place - size : place])

    wide = 4 if version == 2 else 2
    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        begins = number(base)
        for _ in range(number(2)):
            number(index if version in (1, 2) else 0)
            start = begins + number(offset)
            yield item, method == 1, start, number(length)


_WALKS = {"jpg": _jpeg, "png": _png, "webp": _webp, "heic": _heic}
