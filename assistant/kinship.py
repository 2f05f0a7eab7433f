"""Which stems stand for one another: forms that a stemmer keeps apart, and words of one meaning. Pure.

"zwrot" and "zwrócić" share their beginning; "kasa" and "pieniądze" are one family of
`knowledge.analysis.synonyms`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def kin(wanted: str, there: frozenset[str], language: Language, synonyms: Synonyms) -> float:
    """Return how far a stem, which is not among `there`, is stood for by one of them: 0 to 1."""
    folk = _folk(there, language, synonyms)
    if any(_share_beginning(wanted, other) for other in folk.by_beginning.get(wanted[:_FAMILY_CHARS], ())):
        return _FAMILY
    return 0.0 if folk.families.isdisjoint(synonyms.families_of(wanted, language)) else _SYNONYM


@dataclass(frozen=True, slots=True)
class _Folk:
    """The stems of a text: by their beginning, and which families are among them."""

    by_beginning: Mapping[str, Sequence[str]]
    families: frozenset[int]


@lru_cache(maxsize=1 << 14)
def _folk(stems: frozenset[str], language: Language, synonyms: Synonyms) -> _Folk:
    by_beginning: defaultdict[str, list[str]] = defaultdict(list)
    for one in stems:
        by_beginning[one[:_FAMILY_CHARS]].append(one)
    families = (synonyms.families_of(one, language) for one in stems)
    return _Folk(dict(by_beginning), frozenset().union(*families))


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
