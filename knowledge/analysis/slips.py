"""How far apart two spellings are: endings, slips of the finger, edits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.analysis.words import fold

# Case and person endings, folded; *kubków* and *kubki* have no stem in common for the stemmer.
_ENDINGS = """
a e i y u o ow om ach ami em ie ej ego emu ym im ych ich ymi imi mi iom iach iami iem ia iu ow owi owie cie
my sz ja ja esz emy eja aja uje uja l la lo li ly c
"""
_POLISH_ENDINGS = frozenset(["", *_ENDINGS.split()])


def differ_in_ending(first: str, second: str) -> bool:
    """Tell whether two folded words share four letters or more and go on with Polish endings only."""
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 4 and first[shared:] in _POLISH_ENDINGS and second[shared:] in _POLISH_ENDINGS


_SLIP_CHARS = 5


def slip_mended(word: str, restored: str) -> str:
    """Return `restored` if it is `word` but for one slip of the finger, else `word`.

    A slip leaves the first letter alone: two neighbours swapped (*zwort*), one letter missed, doubled or hit
    beside (*zwrott*), in a word of five letters or more, diacritics aside.
    """
    first, second = fold(word), fold(restored)
    slipped = (
        first != second
        and min(len(first), len(second)) >= _SLIP_CHARS - 1
        and max(len(first), len(second)) >= _SLIP_CHARS
        and first[0] == second[0]
        and edit_distance(first, second, 1) <= 1
    )
    return restored if slipped else word


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    frozenset((letter, other))
    for row, keys in enumerate(_KEYS)
    for at, letter in enumerate(keys)
    for other in keys[at + 1 : at + 2] + "".join(_KEYS[row + 1 : row + 2])[max(0, at - 1) : at + 1]
)
# Written so by who writes as they hear: *zwrucić*, *pszelew*, *delivary*.
_HEARD = frozenset(map(frozenset, ("uó", "sr", "iy", "ea", "ei")))


def slip_meant(word: str, restored: str) -> str:
    """Return what `slip_mended` does, but for a letter replaced by one that no finger or ear takes for it.

    *Strun* is no *stron* and *papież* no *papier*: words of their own, which the articles lack.
    """
    meant = slip_mended(word, restored)
    first, second = fold(word), fold(meant)
    if first == second or len(first) != len(second):
        return meant
    changed = [at for at, letter in enumerate(first) if letter != second[at]]
    at = changed[0]
    near = (
        len(changed) > 1
        or frozenset((first[at], second[at])) in _BESIDE | _HEARD
        or frozenset((word[at : at + 1], meant[at : at + 1])) in _HEARD
    )
    return meant if near else word


def edit_distance(first: str, second: str, limit: int) -> int:
    """Return the number of edits between two words, or ``limit + 1`` if there are more.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string alignment).
    """
    return OSA.distance(first, second, score_cutoff=limit)


def any_within(limit: int, word: str, others: Iterable[str]) -> bool:
    """Tell whether one of many words is at most so many edits away."""
    return process.extractOne(word, list(others), scorer=OSA.distance, score_cutoff=limit) is not None


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_edit_away(word: str) -> Iterator[str]:
    """Yield every spelling one edit away from a folded word, some of them twice; the word itself too.

    Source: Norvig, How to Write a Spelling Corrector, 2007.
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
