"""What is read of a text once and kept: words, stems, letters. Pure.

Passages come back question after question.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from assistant.kept import Itself
from foundation.language import Language
from knowledge.analysis.text import GRAM_CHARS, content_stems, grams, stem
from knowledge.analysis.words import fold, tokens
from knowledge.passage import Passage

_TEXTS = 1 << 14


@lru_cache(maxsize=_TEXTS)
def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words in order, lower-cased."""
    return tuple(tokens(text))


@lru_cache(maxsize=_TEXTS)
def stems_of(text: str, language: Language) -> tuple[str, ...]:
    """Return the stems of a text's words, in order."""
    return tuple(stem(word, language) for word in words_of(text))


@lru_cache(maxsize=_TEXTS)
def stem_set(text: str, language: Language) -> frozenset[str]:
    """Return the stems of a text."""
    return frozenset(stems_of(text, language))


_WITHOUT = re.compile(r"\b(?:bez|without) \w+", re.IGNORECASE)
"""What is said of a thing without something is not said of one with it."""


def says_without(text: str) -> bool:
    """Return whether a text speaks of a thing without something."""
    return _WITHOUT.search(text) is not None


@lru_cache(maxsize=_TEXTS)
def stems_there(text: str, language: Language) -> frozenset[str]:
    """Return the stems of a text, but for what it speaks of as missing."""
    return stem_set(_WITHOUT.sub(" ", text), language) if says_without(text) else stem_set(text, language)


@lru_cache(maxsize=_TEXTS)
def content_of(text: str, language: Language) -> frozenset[str]:
    """Return the stems of the words of a text that are not function words."""
    return frozenset(content_stems(text, language))


@dataclass(frozen=True, slots=True)
class Read:
    """All of a passage, read: its text, title, heading and phrasings.

    Attributes:
        words: Its words, lower-cased.
        folded: The same without diacritics.
        stems: Theirs.
        there: Of what it does not speak of as missing.
    """

    words: frozenset[str]
    folded: frozenset[str]
    stems: frozenset[str]
    there: frozenset[str]


def read(passage: Passage, language: Language) -> Read:
    """Return a passage, read once."""
    return _read(Itself(passage), language)


@lru_cache(maxsize=1 << 12)
def _read(passage: Itself[Passage], language: Language) -> Read:
    parts = parts_of(passage.of)
    words = frozenset().union(*map(words_of, parts))
    return Read(
        words,
        frozenset(map(fold, words)),
        frozenset().union(*(stem_set(part, language) for part in parts)),
        frozenset().union(*(stems_there(part, language) for part in parts)),
    )


def parts_of(passage: Passage) -> tuple[str, ...]:
    """Return all that is written of a passage."""
    return (passage.title, passage.heading, passage.text, *passage.questions)


@lru_cache(maxsize=_TEXTS)
def line_of(text: str) -> str:
    """Return a text's folded words on one line with a space before and after: its `grams` are its pieces."""
    return f" {' '.join(map(fold, words_of(text)))} "


def number_of_grams(line: str) -> int:
    """Return how many `grams` a line of `line_of` has."""
    return max(0, len(line) - GRAM_CHARS + 1)


class Letters:
    """The `grams` of a question, to be looked for in other texts.

    Attributes:
        total: How many there are.
    """

    def __init__(self, text: str) -> None:
        counted = Counter(grams(text))
        self.total = counted.total()
        self._once = [gram for gram, number in counted.items() if number == 1]
        self._often = [(gram, number) for gram, number in counted.items() if number > 1]

    def shared_with(self, line: str) -> int:
        """Return how many of them a line of `line_of` has, each as often as both have it."""
        once = sum(map(line.__contains__, self._once))
        return once + sum(_times(line, gram, number) for gram, number in self._often)


def _times(line: str, gram: str, most: int) -> int:
    found, place = 0, line.find(gram)
    while place >= 0 and found < most:
        found, place = found + 1, line.find(gram, place + 1)
    return found
