"""Lines of a page's text, with where they stand and how large they are, into headings and paragraphs. Pure.

A PDF knows no paragraphs: they are told by gaps, sizes and bullets. In doubt a line is text, never a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from knowledge.reading.formats.outline import Block

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_LIGATURES |= {0xA0: " ", 0x2007: " ", 0x202F: " ", 0x2010: "-", 0x2011: "-"}
_LIGATURES |= {0x7F: "•", 0xF0B7: "•", 0xF0A7: "•"}  # as fonts of symbols number it
_BULLET = re.compile(r"[•·▪◦‣●○■□–-]\s+(?=\S)")
_LONE_BULLET = re.compile(r"[•·▪◦‣●○■□–-]|\d{1,2}[.)]")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-zA-Z])[.)]\s+(?=\S)")
_PAGE_NUMBER = re.compile(
    r"(?:strona|str\.?|page|p\.?)?\W{0,3}(?:\d{1,4}(?:\s*(?:/|z|of|-|–)\s*\d{1,4})?|[ivxlc]{1,7})\W{0,3}",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){5,}\s*(?:\d+|[ivxlc]+)$")  # a line of a table of contents
_SECTION = re.compile(
    r"(?:§\s*\d+[a-z]?\.?|(?:Rozdział|Chapter|Section|Dział)\s+[\dIVXLC]+\.?)(?:\s+.{1,80})?"
)
_HYPHEN = re.compile(r"\w[-\u00ad]$")
_MANY_PAGES = 6
_EDGE = 0.1  # of the page's height, above and below, where headers and footers stand
_MARGIN = 0.06  # the same, where no text stands
_SMALLER = 0.9
_HEADING_CHARS = 120
_LARGER = 1.12  # than the text: a heading
_WIDER = 1.3  # than the usual distance of lines: another paragraph
_SHORT = 0.75  # of the longest line, and a full stop: the last of its paragraph
_SHORTER = 0.5  # the same without a full stop


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        top: How far from the page's lower edge, as a share of its height: 0 to 1.
        gap: How far below the line before it, in points; 0 for the first, negative if it is above it.
        size: Of its letters, in points.
        bold: Most of it is.
        page: From 0.
    """

    text: str
    top: float
    gap: float
    size: float
    bold: bool
    page: int


def without_margins(lines: Sequence[Line], pages: int) -> list[Line]:
    """Return lines without page numbers, headers and footers: what pages repeat, or what is set smaller."""
    body = _body_size(lines)
    places = {(_key(line.text), line.page) for line in lines if _at_edge(line)}
    seen = Counter(key for key, _ in places)
    often = 2 if pages < _MANY_PAGES else 3

    def belongs(line: Line) -> bool:
        repeated = pages > 1 and seen[_key(line.text)] >= often
        outside = _at_edge(line, _MARGIN) and line.size < _SMALLER * body
        margin = _at_edge(line) and (repeated or outside or _PAGE_NUMBER.fullmatch(line.text))
        return not (margin or _LEADER.search(line.text))

    return [line for line in lines if belongs(line)]


def blocks_of(lines: Sequence[Line], chapters: Iterable[tuple[int, str]] = ()) -> tuple[str, list[Block]]:
    """Return the title of a document, "" if none stands out, and its text.

    Args:
        lines: Of all its pages, in order, margins left out.
        chapters: Its bookmarks: page and title. Where they stand in the text are its highest headings.
    """
    lines = [replace(line, text=line.text.translate(_LIGATURES).strip()) for line in lines]
    lines = _bulleted([line for line in lines if line.text])
    body = _body_size(lines)
    usual = _usual_gap(lines, body)
    longest = max((len(line.text) for line in lines if line.size <= body * _LARGER), default=0)
    sizes = _heading_sizes(lines, body)
    marked = _marked(lines, chapters)
    groups: list[list[Line]] = []
    for before, line in pairwise([None, *lines]):
        assert line is not None
        if before is None or _parts(before, line, usual, longest, body):
            groups.append([line])
        else:
            groups[-1].append(line)
    blocks = [_block(group, sizes, body, marked) for group in groups]
    return _titled(blocks, groups)


def _bulleted(lines: Sequence[Line]) -> list[Line]:
    """Put a bullet that was drawn apart in front of its item."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and _LONE_BULLET.fullmatch(last.text) and abs(line.gap) < line.size / 2:
            found[-1] = replace(line, text=f"{last.text} {line.text}", gap=last.gap + line.gap)
        else:
            found.append(line)
    return found


def _titled(blocks: list[Block], groups: Sequence[Sequence[Line]]) -> tuple[str, list[Block]]:
    """Take the first heading for the title if it is the largest and not just the first of its kind."""
    if not blocks or not blocks[0].level or groups[0][0].page:
        return "", _merged(blocks)
    largest = max(line.size for group in groups for line in group)
    alone = sum(block.level == blocks[0].level for block in blocks) == 1
    followed = len(blocks) > 1 and blocks[1].level > 0
    if groups[0][0].size < largest - 0.5 or not (alone or followed):
        return "", _merged(blocks)
    return blocks[0].text, _merged(blocks[1:])


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Join paragraphs that a page break cut in two."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            last
            and not last.level
            and not block.level
            and not block.item
            and _unfinished(last.text, block.text)
        ):
            found[-1] = replace(last, text=_join(last.text, block.text))
        else:
            found.append(block)
    return found


def _unfinished(text: str, following: str) -> bool:
    return text[-1:] not in ".!?:;…" and following[:1].islower()


def _body_size(lines: Sequence[Line]) -> float:
    """Return the size of most letters."""
    chars: Counter[float] = Counter()
    for line in lines:
        chars[round(line.size * 2) / 2] += len(line.text)
    return chars.most_common(1)[0][0] if chars else 0.0


def _usual_gap(lines: Sequence[Line], body: float) -> float:
    """Return the usual distance of two lines of text."""
    gaps = [line.gap for line in lines if 0 < line.gap < 3 * body and abs(line.size - body) < 1]
    # Not the median: in a document of short paragraphs every other gap is one between paragraphs.
    return min(median(gaps), sorted(gaps)[len(gaps) // 4] * 1.05) if gaps else body * 1.2


def _heading_sizes(lines: Sequence[Line], body: float) -> list[float]:
    """Return the sizes of headings, the largest first."""
    sizes = {round(line.size) for line in lines if line.size > body * _LARGER and _like_heading(line.text)}
    return sorted(map(float, sizes), reverse=True)


def _like_heading(text: str) -> bool:
    return len(text) <= _HEADING_CHARS and text[-1:] not in ".,;" and any(c.isalpha() for c in text)


def _level(group: Sequence[Line], text: str, sizes: Sequence[float], body: float) -> int:
    """Return the level of a group of lines as a heading, 2 being the highest; 0 if it is text."""
    if len(group) > 3 or not any(c.isalpha() for c in text) or len(text) > _HEADING_CHARS:
        return 0
    first = group[0]
    if first.size > body * _LARGER and _like_heading(text):
        return 2 + min(2, sizes.index(round(first.size)) if round(first.size) in sizes else 2)
    if _SECTION.fullmatch(text) and text[-1:] not in ",;":
        return 2 + min(3, len(sizes))
    if all(line.bold for line in group) and _like_heading(text) and len(group) <= 2 and text[-1:] != ":":
        return 2 + min(3, len(sizes))
    return 0


def _marked(lines: Sequence[Line], chapters: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return (page, text) of the lines at which the bookmarks begin; none unless most were found."""
    wanted = [(page, _letters(title)) for page, title in chapters if _letters(title)]
    found = {
        (line.page, line.text)
        for line in lines
        for page, title in wanted
        if line.page in (page, page + 1)
        and (title.startswith(_letters(line.text)) and len(_letters(line.text)) > 3)
    }
    return found if len(wanted) > 1 and len(found) * 2 >= len(wanted) else set()


def _block(group: Sequence[Line], sizes: Sequence[float], body: float, marked: set[tuple[int, str]]) -> Block:
    text = group[0].text
    for line in group[1:]:
        text = _join(text, line.text)
    if (group[0].page, group[0].text) in marked and len(text) <= 2 * _HEADING_CHARS:
        return Block(text, 1)
    bullet = _BULLET.match(text)
    if bullet:
        return Block(f"- {text[bullet.end() :]}", item="bullet")
    level = _level(group, text, sizes, body)
    return Block(text, level, item="number" if not level and _NUMBER.match(text) else "")


def _parts(before: Line, line: Line, usual: float, longest: int, body: float) -> bool:
    """Tell whether a new paragraph begins at `line`."""
    if _BULLET.match(line.text) or _NUMBER.match(line.text) or _SECTION.fullmatch(line.text):
        return True
    if abs(before.size - line.size) > 0.06 * body or before.bold != line.bold:
        return True
    if before.page != line.page or line.gap < 0 or line.gap > _WIDER * usual * max(1.0, line.size / body):
        return not (_HYPHEN.search(before.text) and line.text[:1].islower())
    filled = len(before.text) / longest if longest else 1.0
    ended = filled < (_SHORT if before.text[-1:] in ".!?:;" else _SHORTER)
    return ended and not line.text[:1].islower()


def _join(text: str, following: str) -> str:
    """Join two lines; a word that was parted at the end of a line becomes whole, ``e-mail`` stays itself."""
    if not _HYPHEN.search(text):
        return f"{text} {following}"
    parted = text[-3:-1].isalpha() and following[:1].islower()
    return f"{text[:-1]}{following}" if parted else f"{text}{following}"


def _at_edge(line: Line, edge: float = _EDGE) -> bool:
    return line.top < edge or line.top > 1 - edge


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text).strip()


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
