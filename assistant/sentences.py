"""Text into sentences and list items, Polish and English. Pure; every piece is a literal part of the text.

A full stop ends a sentence only if what follows may begin one and what precedes is no abbreviation, number
or initial: "art. 27 ust. 1", "ok. 3 dni", "31.12.2026 r. kończy się…", "ul. Bukowa 14".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS = _words(
    """
    art ust pkt lit par poz nr nry np tzn tzw tj itd itp m.in min max ok ul al pl os św im tel
    fax godz ds dr mgr inż prof hab gen płk por zob cd ww wg str tab rys zm woj pow gm r w sp z
    o.o s.a ltd inc co vs etc e.g i.e eg ie no approx st ave mr mrs ms jr sr fig vol mon tue wed
    thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec sek szt kg cm mm zł gr pn
    wt śr czw pt sob niedz stron dot dz.u dz u późn jw br
    """
)
_MAY_END = _words("itd itp etc o.o s.a zł gr r szt kg cm mm godz sek ltd inc br min")
"""Abbreviations that often close a sentence: the next word decides."""

_STOP = re.compile(r"[.!?…]+[)\]”\"'»’]*(?=\s|$)")
_ITEM = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+")
_OPENS = re.compile(r"[\s(\[„“\"'«‘]*([A-ZĄĆĘŁŃÓŚŹŻ0-9])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a list item.

    Attributes:
        text: A literal part of the source, without a list mark.
        item: Whether it is a list item.
        line: The number of its line in the source, from 0.
    """

    text: str
    item: bool
    line: int


@lru_cache(maxsize=1 << 12)
def pieces(text: str) -> tuple[Piece, ...]:
    """Return the sentences and list items of `text` in order; empty lines are left out."""
    found: list[Piece] = []
    for number, line in enumerate(text.split("\n")):
        mark = _ITEM.match(line)
        if mark:
            body = line[mark.end() :].strip()
            if body:
                found.append(Piece(body, True, number))
        else:
            found += [Piece(sentence, False, number) for sentence in sentences(line)]
    return tuple(found)


def said_alone(text: str) -> tuple[str, ...]:
    """Return the texts of `pieces`: what each sentence's vector is made of."""
    return tuple(piece.text for piece in pieces(text))


def sentences(line: str) -> list[str]:
    """Return the sentences of one line."""
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(line):
        if _ends(line, start, stop):
            found.append(line[start : stop.end()].strip())
            start = stop.end()
    found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def bare(line: str) -> str:
    """Return a line without its list mark, spaces squeezed."""
    return " ".join(_ITEM.sub("", line).split())


def _ends(line: str, start: int, stop: re.Match[str]) -> bool:
    rest = line[stop.end() :]
    if not rest.strip():
        return True
    opens = _OPENS.match(rest)
    if opens is None:
        return False
    if stop[0][0] != ".":
        return True
    word = re.search(r"[^\s(„“\"'/]*$", line[start : stop.start()])
    last = (word[0] if word else "").casefold().rstrip(".")
    if re.fullmatch(r"[a-ząćęłńóśźż]", last) and last not in ("r", "h") and line[stop.start() - 1].isupper():
        return False  # an initial: "J. Kowalski"
    if last in _ABBREVIATIONS:
        return last in _MAY_END and not opens[1].isdigit()
    # A single number that opens the line counts: "1. Wybierz…".
    return not (last.isdigit() and len(last) <= 2 and start + len(last) >= stop.start() - 1)
