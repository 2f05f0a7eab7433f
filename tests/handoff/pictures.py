"""Small photos of every kind, with and without what a camera writes into them."""

from __future__ import annotations

import io
import struct

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = b"50.061947N 19.936856E"
WAY_UP = 6


def photo(kind: str, *, place: bool = False, way_up: int = 1) -> bytes:
    """Return a photo as our shop keeps it, or with its place in it as a phone sends it."""
    if kind == "heic":
        return _heic(PLACE if place else bytes(len(PLACE)))
    picture = Image.new("RGB", (9, 7))
    picture.putdata([(x * 20 % 256, x * 7 % 256, x % 256) for x in range(63)])
    exif, out = Image.Exif(), io.BytesIO()
    if way_up != 1:
        exif[0x0112] = way_up
    if place:
        exif[0x010E] = PLACE.decode()
    text = PngInfo()
    if place:
        text.add_text("Comment", PLACE.decode())
        text.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    given = {"exif": exif.tobytes()} if len(exif) else {}
    if kind == "jpg":
        comment = {"comment": PLACE} if place else {}
        picture.save(out, "JPEG", progressive=True, **given, **comment)
        # A film behind the picture, as phones with moving photos have it.
        return out.getvalue() + (b"ftypmp42" + PLACE if place else b"")
    if kind == "png":
        picture.save(out, "PNG", pnginfo=text, **given)
        return out.getvalue() + (PLACE if place else b"")
    # Always an extended file: encoders write a plain one where there is nothing more.
    picture.save(out, "WEBP", lossless=True, icc_profile=b"profile", **given)
    return out.getvalue() + (PLACE if place else b"")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _heic(exif: bytes) -> bytes:
    """Return the boxes of a HEIC file with a picture (item 1) and Exif data (item 2)."""
    picture = b"\x01\x02\x03\x04picture"

    def meta(start: int) -> bytes:
        items = b"".join(
            _box(b"infe", struct.pack(">IHH4s", 0x02000000, number, 0, kind) + b"\0")
            for number, kind in ((1, b"hvc1"), (2, b"Exif"))
        )
        places = b"".join(
            struct.pack(">HHHII", number, 0, 1, begin, size)
            for number, begin, size in ((1, start, len(picture)), (2, start + len(picture), len(exif)))
        )
        return _box(
            b"meta",
            bytes(4)
            + _box(b"iinf", bytes(4) + struct.pack(">H", 2) + items)
            + _box(b"iloc", bytes(4) + b"\x44\x00" + struct.pack(">H", 2) + places),
        )

    head = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + _box(b"mdat", picture + exif)
