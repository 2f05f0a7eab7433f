"""Which kind of file something is, by its name and by its first bytes, and how large it may be. Pure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from knowledge.remarks import Refused

MB = 1024 * 1024
MAX_TEXT_MB = 2
MAX_FILE_MB = 20
MAX_PAGE_MB = 5
PAGE_MEDIA_TYPE = "text/x-web-page"
"""Of HTML that was fetched: only its main text is read."""


class Kind(StrEnum):
    """A format that can be read; the value is how people call it."""

    MARKDOWN = "Markdown"
    TEXT = "plain text"
    HTML = "HTML"
    PAGE = "a page of the web"
    CSV = "CSV"
    XLSX = "Excel (.xlsx)"
    PDF = "PDF"
    DOCX = "Word (.docx)"
    SITEMAP = "a sitemap"


SUFFIXES = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".csv": Kind.CSV,
    ".xlsx": Kind.XLSX,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
}
_MEDIA_TYPES = {
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "text/plain": Kind.TEXT,
    "text/html": Kind.HTML,
    PAGE_MEDIA_TYPE: Kind.PAGE,
    "application/xhtml+xml": Kind.HTML,
    "text/csv": Kind.CSV,
    "application/csv": Kind.CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Kind.XLSX,
    "application/pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
}
_OFFICE = frozenset({Kind.XLSX, Kind.DOCX})
_TEXT = frozenset({Kind.MARKDOWN, Kind.TEXT, Kind.HTML, Kind.PAGE, Kind.CSV})

_ARCHIVES = {b"\x1f\x8b": "gzip", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR", b"PK\x03\x04": "ZIP"}
_SIGNS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x7fELF": "a program",
}


def kind_of(name: str, media_type: str = "") -> Kind:
    """Return the kind that a file says it is: by its suffix, else by its media type.

    A browser tells the media type of an upload by the suffix anyway, and often wrongly (CSV as Excel).

    Raises:
        Refused: None that can be read.
    """
    suffix = PurePath(name).suffix.lower()
    kind = SUFFIXES.get(suffix) or _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower())
    if kind is None:
        if suffix in (".zip", ".gz", ".7z", ".rar", ".tgz"):
            raise Refused("archive", found=suffix)
        if suffix in (".doc", ".xls"):
            raise Refused("old_office", named=f"{suffix}x")
        raise Refused("unknown_kind")
    return kind


def max_bytes(kind: Kind) -> int:
    """Return how large a file of this kind may be."""
    if kind is Kind.PAGE:
        return MAX_PAGE_MB * MB
    return (MAX_TEXT_MB if kind in _TEXT else MAX_FILE_MB) * MB


def check_size(kind: Kind, size: int) -> None:
    """Refuse a file of `size` bytes that is too large for its kind.

    Raises:
        Refused: It is.
    """
    if size > max_bytes(kind):
        if kind in (Kind.MARKDOWN, Kind.TEXT, Kind.HTML):
            raise Refused("too_large_text", limit=MAX_TEXT_MB)
        raise Refused("too_large", limit=max_bytes(kind) // MB)


def check_content(kind: Kind, content: bytes) -> None:
    """Refuse content that is evidently not of the kind that its name says.

    Raises:
        Refused: It is another kind, or empty.
    """
    if not content.strip(b" \t\r\n\0"):
        raise Refused("empty")
    found = _found(content)
    if kind in _OFFICE and found == "an old Office file":
        # Word and Excel wrap a file with a password in the old format.
        raise Refused("old_office", named=kind.value)
    if kind in _OFFICE and found == "ZIP":
        return
    if kind is Kind.PDF and found == "PDF":
        return
    if kind not in _TEXT and not found:
        raise Refused("damaged", named=kind.value)
    if found:
        raise Refused("other_content", named=kind.value, found=found)


def _found(content: bytes) -> str:
    """Return what the first bytes show, "" if nothing."""
    for sign, what in {**_ARCHIVES, **_SIGNS}.items():
        if content.startswith(sign):
            return what
    return "PDF" if _is_pdf(content) else ""


def _is_pdf(content: bytes) -> bool:
    """Source: PDF 1.7, annex H.3.4.1: the header may stand anywhere in the first 1024 bytes."""
    start = content[:1024]
    return start.lstrip().startswith(b"%PDF-") or (b"%PDF-" in start and b"endobj" in content)
