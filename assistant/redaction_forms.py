"""The forms that Polish gives a name: Anna, Annie, panną Anną; Marek, Marka. Pure; over plain text.

A form is read as a stem and an ending; a name knows its stems and the endings that its kind of name takes. No
form is generated, so a surname that nobody has met is recognised like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.redaction_name_words import ENGLISH
from assistant.redaction_view import plain
from customer.names import KNOWN


def _words(text: str) -> list[str]:
    return text.split()


_ADJECTIVE = frozenset(_words("i y a e o iego ego iemu emu im ym iej ej ich ych imi ymi ie"))
_IN_A = frozenset(_words("a ia y i ii e ie o io u iu om ami ach"))
_CONSONANT = frozenset(
    ["", *_words("a ia owi iowi em iem u iu e ie y i owie iowie ow iow om iom ami iami ach owa owej owna s")]
)
_ENDINGS = tuple(sorted(_ADJECTIVE | _IN_A | _CONSONANT, key=len))
_FLEETING = (("iec", "c"), ("ec", "c"), ("iek", "k"), ("ek", "k"), ("iel", "l"), ("el", "l"), ("iol", "l"))
_MORE_FLEETING = (
    ("ien", "n"),
    ("en", "n"),
    ("er", "r"),
    ("ab", "eb"),
    ("iel", "l"),
    ("ciol", "cl"),
    ("cien", "tn"),
)
_HARDENED = {"e": (("c", "k"), ("dz", "g"), ("rz", "r"), ("sz", "ch")), "ie": (("dz", "d"), ("c", "t"))}


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name.

    Attributes:
        base: As it is given back.
        stems: What its forms begin with, plain and lower-case.
        endings: What they may end with.
    """

    base: str
    stems: frozenset[str]
    endings: frozenset[str]


def part(word: str, *, inflected: bool = False) -> NamePart:
    """Return a name's word with its stems.

    Args:
        word: The word.
        inflected: It may stand in any case ("rozmawiałam z Janem Kowalskim").
    """
    low = plain(word).lower()
    stems, endings = _nominative(low)
    if inflected:
        for stem, ending in readings(low):
            if len(stem) > 2 and ending:
                stems |= {stem}
        endings |= _ADJECTIVE | _IN_A | _CONSONANT
    return NamePart(word, stems, endings)


def readings(low: str) -> Iterator[tuple[str, str]]:
    """Yield the stem and ending that a plain lower-case word may be made of."""
    for ending in _ENDINGS:
        if ending and not low.endswith(ending):
            continue
        stem = low[: len(low) - len(ending)]
        if len(stem) < 2:
            continue
        yield stem, ending
        for soft, hard in _HARDENED.get(ending, ()):
            if stem.endswith(soft):
                yield stem[: -len(soft)] + hard, ending


def first_name(word: str) -> str:
    """Return the first name of which a word is a form, in the nominative; empty if it is none."""
    return _first_name(plain(word).lower())


@lru_cache(maxsize=4096)
def _first_name(low: str) -> str:
    known = _first_names()
    if low in known:
        return known[low][0].base
    for stem, ending in readings(low):
        for one in known.get(stem, ()):
            if stem in one.stems and ending in one.endings:
                return one.base
    return ""


@lru_cache(maxsize=1)
def _first_names() -> dict[str, list[NamePart]]:
    """Return first names by whole word and by stem."""
    found: dict[str, list[NamePart]] = {}
    for name in [*sorted(KNOWN), *sorted(ENGLISH)]:
        one = part(name)
        if name not in KNOWN:
            one = NamePart(name, frozenset({name.lower()}), frozenset({""}))
        for key in sorted(one.stems | {plain(name).lower()}):
            found.setdefault(key, []).append(one)
    for low, name in (("mai", "Maja"), ("kai", "Kaja")):
        found[low] = [part(name)]
    return found


def _nominative(low: str) -> tuple[frozenset[str], frozenset[str]]:
    if low.endswith(("ski", "cki", "dzki", "ska", "cka", "dzka", "y", "i", "e")):
        return frozenset({low[:-1]}), _ADJECTIVE
    if low.endswith(("a", "o")):
        stem = low[:-1]
        soft = {stem[:-1]} if stem.endswith("i") and len(stem) > 2 else set()
        return frozenset({stem, *soft}), _IN_A | (_CONSONANT if low.endswith("o") else frozenset())
    stems = {low}
    for long, short in (*_FLEETING, *_MORE_FLEETING):
        if low.endswith(long) and len(low) - len(long) >= 2:
            stems.add(low[: -len(long)] + short)
    return frozenset(stems), _CONSONANT
