"""What is read of a text once and kept: words, stems, letters. Pure.

Passages come back question after question.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from foundation.language import Language
from knowledge.analysis.text import GRAM_CHARS, content_stems, grams, stem
from knowledge.analysis.words import fold, tokens

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


@lru_cache(maxsize=_TEXTS)
def content_of(text: str, language: Language) -> frozenset[str]:
    """Return the stems of the words of a text that are not function words."""
    return frozenset(content_stems(text, language))


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
