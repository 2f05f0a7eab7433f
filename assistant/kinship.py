"""Which stems stand for one another: forms that a stemmer keeps apart, and words of one meaning. Pure.

"zwrot" and "zwrócić" share their beginning; "kasa" and "pieniądze" are one family of
`knowledge.analysis.synonyms`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lexicon
from assistant.kept import Itself
from assistant.reading import read
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import stem
from knowledge.passage import Passage

_FAMILY = 0.7
"""What a word counts that only shares its beginning with one of the question: "zwrot" for "zwrócić"."""
_FAMILY_CHARS = 4
_SYNONYM = 0.6
"""What a word counts that stands for one of the question: "pieniądze" for "kasa"."""


@dataclass(frozen=True, slots=True)
class Stems:
    """Stems of texts, ready to be compared with a question's.

    Attributes:
        every: All of them.
        by_beginning: By their first letters.
        by_family: By the families of synonyms that they belong to.
    """

    every: frozenset[str]
    by_beginning: Mapping[str, Sequence[str]]
    by_family: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, every: frozenset[str], language: Language, synonyms: Synonyms) -> Stems:
        """Look the stems up."""
        by_beginning: dict[str, list[str]] = {}
        by_family: dict[int, list[str]] = {}
        for one in every:
            by_beginning.setdefault(one[:_FAMILY_CHARS], []).append(one)
            for family in synonyms.families_of(one, language):
                by_family.setdefault(family, []).append(one)
        return cls(every, by_beginning, by_family)


def stems_of_passage(passage: Passage, language: Language, synonyms: Synonyms) -> Stems:
    """Return the stems of all that is written of a passage, looked up once."""
    return _stems_of_passage(Itself(passage), language, synonyms)


@lru_cache(maxsize=1 << 12)
def _stems_of_passage(passage: Itself[Passage], language: Language, synonyms: Synonyms) -> Stems:
    return Stems.of(read(passage.of, language).stems, language, synonyms)


class Kindred:
    """How far the stems of a question are in texts, or stood for by theirs.

    Each stem of the texts is compared with the question's once, however many texts have it.

    Args:
        wanted: The question's stems.
    """

    def __init__(self, wanted: frozenset[str], language: Language, synonyms: Synonyms) -> None:
        self._language = language
        self._synonyms = synonyms
        self._beginning: dict[str, list[str]] = {}
        self._of_family: dict[int, list[str]] = {}
        for one in wanted:
            self._beginning.setdefault(one[:_FAMILY_CHARS], []).append(one)
            for family in synonyms.families_of(one, language):
                self._of_family.setdefault(family, []).append(one)
        self._met: set[str] = set()
        #: By stem of the texts, which of the question's it stands for and what it counts then.
        self._stands_for: dict[str, dict[str, float]] = {one: {one: 1.0} for one in wanted}

    def found_in(self, there: frozenset[str]) -> dict[str, float]:
        """Return which of the question's stems a text has: 1 as it is, less where others stand for it."""
        if not there <= self._met:
            self._meet(there - self._met)
        found: dict[str, float] = {}
        for other in self._stands_for.keys() & there:
            for one, counts in self._stands_for[other].items():
                if counts > found.get(one, 0.0):
                    found[one] = counts
        return found

    def meet(self, texts: Stems) -> None:
        """Learn of all stems of some texts at once, which is sooner than when each of the texts comes."""
        self._met |= texts.every
        for beginning, ones in self._beginning.items():
            for other in texts.by_beginning.get(beginning, ()):
                for one in ones:
                    if _share_beginning(one, other):
                        self._count(other, one, _FAMILY)
        for family, ones in self._of_family.items():
            for other in texts.by_family.get(family, ()):
                for one in ones:
                    self._count(other, one, _SYNONYM)

    def _count(self, other: str, one: str, counts: float) -> None:
        stands_for = self._stands_for.setdefault(other, {})
        if counts > stands_for.get(one, 0.0):
            stands_for[one] = counts

    def _meet(self, new: frozenset[str]) -> None:
        self.meet(Stems.of(new, self._language, self._synonyms))


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
