"""What a sitemap lists. Pure: bytes in, addresses out.

Source: https://www.sitemaps.org/protocol.html. Declarations of entities are refused, so that no XML of a few
lines becomes gigabytes; packed sitemaps are unpacked up to a limit.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from knowledge.web.addresses import PageRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_ADDRESSES = 50_000
"""Source: the protocol; what stands beyond is left out."""
_MAX_ADDRESS_CHARS = 4000
_START_BYTES = 4000
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of a sitemap as they stand there: pages, or further sitemaps."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def looks_like_sitemap(content: bytes) -> bool:
    """Tell whether content begins like a sitemap, packed or not."""
    start = content[:_START_BYTES]
    if start.startswith(b"\x1f\x8b"):
        try:
            start = zlib.decompressobj(47).decompress(start, _START_BYTES)
        except zlib.error:
            return False
    return b"<urlset" in start or b"<sitemapindex" in start


def parse_sitemap(content: bytes) -> Sitemap:
    """Read a sitemap or an index of sitemaps, of XML in any encoding, or gzip of it.

    Raises:
        PageRefused: It is no sitemap, no sound XML, declares a document type, or is too large.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except _Enough:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise PageRefused("bad_xml", line=getattr(error, "lineno", 1)) from error
    if reader.root not in ("urlset", "sitemapindex"):
        raise PageRefused("no_sitemap")
    found = tuple(dict.fromkeys(reader.found))
    return Sitemap(found, ()) if reader.root == "urlset" else Sitemap((), found)


def _unpacked(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(47)
    try:
        plain = unpacker.decompress(content, MAX_BYTES + 1)
    except zlib.error as error:
        raise PageRefused("sent_damaged") from error
    if len(plain) > MAX_BYTES:
        raise PageRefused("page_too_large", limit=MAX_BYTES // 1024 // 1024)
    if not unpacker.eof:
        raise PageRefused("sent_damaged")
    return plain


class _Enough(Exception):
    """No more addresses are taken."""


@dataclass(slots=True)
class _Reader:
    """Takes the text of each ``loc`` that stands directly in a ``url`` or ``sitemap``."""

    found: list[str] = field(default_factory=list)
    root: str = ""
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator=" "))

    def __post_init__(self) -> None:
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say

    def _refuse_doctype(self, *_: object) -> None:
        raise PageRefused("xml_doctype")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2].lower()
        self.root = self.root or name
        if len(self.path) == _MAX_DEPTH:
            raise PageRefused("bad_xml", line=self.parser.CurrentLineNumber)
        self.path.append(name)
        self.text.clear()

    def _say(self, text: str) -> None:
        if self._in_address() and sum(map(len, self.text)) < _MAX_ADDRESS_CHARS:
            self.text.append(text)

    def _end(self, _name: str) -> None:
        if self._in_address() and (address := "".join(self.text).strip()):
            self.found.append(address)
            if len(self.found) == MAX_ADDRESSES:
                raise _Enough
        self.path.pop()

    def _in_address(self) -> bool:
        # Pictures and videos of a page have an address of their own deeper down.
        return len(self.path) == 3 and self.path[2] == "loc" and self.path[1] in ("url", "sitemap")
