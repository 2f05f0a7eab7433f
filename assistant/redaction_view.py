"""A text as patterns want to see it, and the way back to the text as it was written. Pure.

Letters lose their diacritics, exotic digits, dashes and spaces become plain ones, and what cannot be seen
(zero-width characters, combining marks) is left out, so that none of these hides a number.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MASK = "\ufffc"
"""Stands where something was found already: no pattern matches it."""


class Kind(StrEnum):
    """What a placeholder stands for."""

    PERSON = "PERSON"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    PESEL = "PESEL"
    NIP = "NIP"
    REGON = "REGON"
    ACCOUNT = "ACCOUNT"
    CARD = "CARD"
    DOCUMENT = "DOCUMENT"
    BIRTHDATE = "BIRTHDATE"
    LINK = "LINK"
    IP = "IP"
    CODE = "CODE"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a view.

    Attributes:
        start: Of the part, in `View.plain`.
        kind: What it is; None for what must stay as it is.
        value: What its placeholder stands for, if not simply the text found.
    """

    start: int
    end: int
    kind: Kind | None
    value: str = ""


class View:
    """One text, seen plainly. What was found is masked, so the first finder that sees something has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        seen: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(text):
            shown = character if character < "\x7f" else _seen(character)
            if shown:
                seen.append(shown)
                self._places.append(place)
        self.plain = "".join(seen)
        self.found: list[tuple[int, int, Found]] = []

    def original(self, start: int, end: int) -> str:
        """Return a part of the view as it was written."""
        return self.text[self._places[start] : self._places[end - 1] + 1]

    def hide(self, spans: Iterable[tuple[int, int]], kind: Kind) -> None:
        """Take parts of the *text*, in order, whatever the view shows of them."""
        parts: list[str] = []
        done = 0
        for start, end in spans:
            first, last = bisect_left(self._places, start), bisect_left(self._places, end)
            parts += (self.plain[done:first], MASK * (last - first))
            done = last
            self.found.append((start, end, Found(first, last, kind)))
        self.plain = "".join((*parts, self.plain[done:]))

    def take(self, found: Iterable[Found]) -> None:
        """Mask what was found and remember it; what overlaps something already found is left."""
        parts: list[str] = []
        done = 0
        for one in sorted(found, key=lambda f: (f.start, -f.end)):
            if one.start < done or one.end <= one.start or MASK in self.plain[one.start : one.end]:
                continue
            parts += (self.plain[done : one.start], MASK * (one.end - one.start))
            done = one.end
            self.found.append((self._places[one.start], self._places[one.end - 1] + 1, one))
        self.plain = "".join((*parts, self.plain[done:]))


def plain(text: str) -> str:
    """Return a text as a view shows it."""
    return View(text).plain


def compact(text: str) -> str:
    """Return the letters and digits of a text, in lower case and plain: what two spellings have in common."""
    return "".join(c for c in plain(text).lower() if c.isalnum())


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return ""
    if category == "Zs":
        return " "
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if character in "łŁ":
        return "l" if character == "ł" else "L"
    if character in "’‘`´":
        return "'"
    # Compatibility forms of one character (full width), then the letter under its mark; ligatures stay.
    form = unicodedata.normalize("NFKC", character)
    base = unicodedata.normalize("NFD", form)[0]
    return base if len(form) == 1 and base.isprintable() else character
