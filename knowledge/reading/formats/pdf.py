"""PDF. The home of pypdf."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from knowledge.reading.draft import Parsed, Said
from knowledge.reading.formats.outline import drafts_of
from knowledge.reading.formats.pdf_lines import Line, blocks_of, without_margins
from knowledge.remarks import Refused

_INVISIBLE = 3  # text render mode: neither filled nor stroked (PDF 1.7, 9.3.6)
_TINY_POINTS = 1.5
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINTS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE"})
_WHITE = {b"g": [1], b"rg": [1, 1, 1], b"k": [0, 0, 0, 0], b"sc": [1, 1, 1], b"scn": [1, 1, 1]}
_MAX_CHAPTERS = 1_000


def parse(content: bytes, name: str) -> Parsed:
    """Read one article, or of a long document one a chapter.

    Raises:
        Refused: It has a password, or no text.
    """
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise Refused("encrypted")
    pages = [_Page(number) for number in range(len(reader.pages))]
    for page, source in zip(pages, reader.pages, strict=True):
        page.read(source)
    lines = [line for page in pages for line in page.lines()]
    if not lines:
        raise Refused("scan")
    title, blocks = blocks_of(without_margins(lines, len(pages)), _chapters(reader))
    drafts = drafts_of(title or _own_title(reader, lines), blocks)
    if not drafts:
        raise Refused("scan")
    return Parsed(tuple(drafts), notes=tuple(_notes(pages)))


def _opens(reader: Any) -> bool:
    """Tell whether anybody may read it: many files only forbid to be changed."""
    try:
        return bool(reader.decrypt(""))
    except NotImplementedError:
        return False  # a lock that is in no standard


def _notes(pages: Sequence[_Page]) -> Iterator[Said]:
    blank = sum(page.is_scan for page in pages)
    hidden = sum(page.hidden for page in pages)
    if blank:
        yield Said("pages_without_text", {"count": blank})
    if hidden:
        yield Said("hidden", {"count": hidden})


def _own_title(reader: Any, lines: Sequence[Line]) -> str:
    """Return the title that the file names, if it is one: many name a template or a program."""
    title = " ".join(str((reader.metadata or {}).get("/Title") or "").split())
    start = " ".join(line.text for line in lines[:20]).casefold()
    return title if len(title) > 3 and title.casefold() in start else ""


def _chapters(reader: Any) -> list[tuple[int, str]]:
    """Return page and title of the highest bookmarks; of a single one, those below it."""
    from pypdf.errors import PyPdfError

    try:
        entries = reader.outline
        top = [entry for entry in entries if not isinstance(entry, list)]
        if len(top) == 1:
            entries = next((entry for entry in entries if isinstance(entry, list)), [])
            top = [entry for entry in entries if not isinstance(entry, list)]
        found = [
            (reader.get_destination_page_number(entry), str(entry.title)) for entry in top[:_MAX_CHAPTERS]
        ]
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError):
        return []  # bookmarks are a convenience: the text is there without them
    return [(page, title) for page, title in found if page is not None]


class _Run(NamedTuple):
    """Text that one operator shows: how high on the page, how large, whether it is drawn, and in white."""

    text: str
    y: float
    size: float
    bold: bool
    invisible: bool
    white: bool


class _Page:
    """Collects what a page shows: pypdf tells of each operator, and then of each run of text."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.hidden = 0
        self.is_scan = False
        self._height = 1.0
        self._bottom = 0.0
        self._state = self._shown = (0, False)  # how text is drawn, and whether in white
        self._states: list[tuple[int, bool]] = []
        self._painted = False  # something may lie behind white text
        self._runs: list[_Run] = []

    def read(self, page: Any) -> None:
        """Take the text of a page."""
        box = page.mediabox
        self._height, self._bottom = float(box.height) or 1.0, float(box.bottom)
        page.extract_text(visitor_operand_before=self._operator, visitor_text=self._text)
        self.is_scan = not any(run[0].strip() for run in self._runs) and bool(
            "/XObject" in (page.get("/Resources") or {})
        )

    def _operator(self, operator: bytes, operands: Sequence[Any], cm: object, tm: object) -> None:
        mode, white = self._state
        if operator == b"Tr" and operands:
            self._state = (int(operands[0]), white)
        elif operator in _WHITE:
            self._state = (
                mode,
                [float(value) for value in operands if _is_number(value)] == _WHITE[operator],
            )
        elif operator == b"q":
            self._states.append(self._state)
        elif operator == b"Q" and self._states:
            self._state = self._states.pop()
        elif operator in _SHOWS:
            self._shown = self._state
        elif operator in _PAINTS and not white:
            self._painted = True

    def _text(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if not text:
            return
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        name = str((font or {}).get("/BaseFont", ""))
        bold = any(word in name for word in ("Bold", "Black", "Heavy", "Semibold", "Demi"))
        mode, white = self._shown
        self._runs.append(_Run(text, y, abs(size * scale), bold, mode == _INVISIBLE, white))

    def lines(self) -> Iterator[Line]:
        """Yield the lines that can be seen, from above."""
        # All invisible is the layer of a scan whose text was recognised; some is text that hides.
        layer = all(run.invisible for run in self._runs if run.text.strip())
        before = None
        for runs in self._broken():
            solid = [run for run in runs if run.text.strip()]
            seen = [run for run in solid if self._seen(run, layer)]
            self.hidden += len(seen) < len(solid)
            if not seen:
                continue
            text = " ".join("".join(run.text for run in runs if run in seen or not run.text.strip()).split())
            largest = max(seen, key=lambda run: len(run.text))
            bold = sum(len(run.text) for run in seen if run.bold) * 2 > sum(len(run.text) for run in seen)
            gap = 0.0 if before is None else before - seen[0].y
            yield Line(text, self._top(seen[0]), gap, largest.size, bold, self.number)
            before = seen[0].y

    def _seen(self, run: _Run, layer: bool) -> bool:
        if run.white and not self._painted:
            return False
        return (layer or not run.invisible) and run.size >= _TINY_POINTS and -0.02 <= self._top(run) <= 1.02

    def _top(self, run: _Run) -> float:
        return (run.y - self._bottom) / self._height

    def _broken(self) -> Iterator[list[_Run]]:
        """Yield the runs of each line."""
        line: list[_Run] = []
        for run in self._runs:
            first, *more = run.text.split("\n")
            line.append(run._replace(text=first))
            for part in more:
                yield line
                line = [run._replace(text=part)]
        yield line


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)
