"""Which stems stand for one another: forms that a stemmer keeps apart, and words of one meaning. Pure.

"zwrot" and "zwrócić" share their beginning; "kasa" and "pieniądze" are one family of
`knowledge.analysis.synonyms`.
"""

from __future__ import annotations

from collections.abc import Collection
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


def kin(wanted: str, there: Collection[str], language: Language, synonyms: Synonyms) -> float:
    """Return how far a stem, which is not among `there`, is stood for by one of them: 0 to 1."""
    return max((_akin(wanted, other, language, synonyms) for other in there), default=0.0)


@lru_cache(maxsize=1 << 17)
def _akin(wanted: str, other: str, language: Language, synonyms: Synonyms) -> float:
    if _share_beginning(wanted, other):
        return _FAMILY
    shared = synonyms.families_of(wanted, language) & synonyms.families_of(other, language)
    return _SYNONYM if shared else 0.0


def _share_beginning(first: str, second: str) -> bool:
    """Return whether two stems share most of their beginning."""
    common = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    common = min(len(first), len(second)) if common is None else common
    return common >= max(_FAMILY_CHARS, 0.75 * max(len(first), len(second)))


@lru_cache(maxsize=4)
def vague_stems(language: Language) -> frozenset[str]:
    """Return the stems of words that say little of a topic."""
    return frozenset(stem(word, language) for word in lexicon.VAGUE_WORDS)
