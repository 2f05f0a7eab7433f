"""Which stems stand for one another: forms that a stemmer keeps apart, and words of one meaning. Pure.

"zwrot" and "zwrócić" share their beginning; "kasa" and "pieniądze" are one family of
`knowledge.analysis.synonyms`.
"""

from __future__ import annotations

import math
from functools import lru_cache

from assistant import lexicon
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import stem

_FAMILY = 0.7
"""What a word counts that only shares its beginning with one of the question: "zwrot" for "zwrócić"."""
_FAMILY_CHARS = 4
_SYNONYM = 0.6
"""What a word counts that stands for one of the question: "pieniądze" for "kasa"."""


class Kindred:
    """How far the stems of a question are in texts, or stood for by theirs.

    Each stem of the texts is compared with the question's once, however many texts have it.

    Args:
        wanted: The question's stems.
    """

    def __init__(self, wanted: frozenset[str], language: Language, synonyms: Synonyms) -> None:
        self._wanted = wanted
        self._language = language
        self._synonyms = synonyms
        self._families = {one: synonyms.families_of(one, language) for one in wanted}
        self._met: set[str] = set()
        self._begin_alike: dict[str, set[str]] = {one: set() for one in wanted}
        self._mean_alike: dict[str, set[str]] = {one: set() for one in wanted}

    def found_in(self, there: frozenset[str]) -> dict[str, float]:
        """Return which of the question's stems a text has: 1 as it is, less where others stand for it."""
        if not there <= self._met:
            self._meet(there - self._met)
        found = dict.fromkeys(self._wanted & there, 1.0)
        for one in self._wanted - there:
            if not there.isdisjoint(self._begin_alike[one]):
                found[one] = _FAMILY
            elif not there.isdisjoint(self._mean_alike[one]):
                found[one] = _SYNONYM
        return found

    def _meet(self, new: frozenset[str]) -> None:
        self._met |= new
        for other in new:
            families = self._synonyms.families_of(other, self._language)
            for one in self._wanted:
                if one[:_FAMILY_CHARS] == other[:_FAMILY_CHARS] and _share_beginning(one, other):
                    self._begin_alike[one].add(other)
                if families and not families.isdisjoint(self._families[one]):
                    self._mean_alike[one].add(other)


def _share_beginning(first: str, second: str) -> bool:
    """Return whether two stems share most of their beginning."""
    most = max(_FAMILY_CHARS, math.ceil(0.75 * max(len(first), len(second))))
    return min(len(first), len(second)) >= most and first[:most] == second[:most]


@lru_cache(maxsize=4)
def vague_stems(language: Language) -> frozenset[str]:
    """Return the stems of words that say little of a topic."""
    return frozenset(stem(word, language) for word in lexicon.VAGUE_WORDS)


@lru_cache(maxsize=4)
def parcel_stems(language: Language) -> frozenset[str]:
    """Return the stems of words for whatever is sent."""
    return frozenset(stem(word, language) for word in lexicon.PARCEL_WORDS)
