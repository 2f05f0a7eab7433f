"""A shopper's text as plain words: folded, without punctuation, keywords mended. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import lexicon
from knowledge.analysis.text import edit_distance
from knowledge.analysis.words import fold

MENDED_FROM_CHARS, SWAPPED_FROM_CHARS = 6, 5
"""Shorter words have too many neighbours one letter away (idzie, gdzie); swapped letters are told sooner."""

APOSTROPHES = re.compile(r"['’`´]")
_NOT_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=4096)
def simplify(text: str) -> str:
    """Return folded words with single spaces, keywords misspelt by one letter mended."""
    bare = APOSTROPHES.sub("", text)
    return " ".join(_mend(word) for word in _NOT_WORDS.sub(" ", fold(bare)).replace("_", " ").split())


def has_topic(question: str) -> bool:
    """Return whether a question names a topic of its own ("a ile to kosztuje?" does not)."""
    words = [w for w in simplify(question).split() if w not in lexicon.EMPTY_CONTENT and len(w) > 1]
    return bool(words)


_KNOWN = frozenset(lexicon.KEYWORDS)


@lru_cache(maxsize=8192)
def _mend(word: str) -> str:
    if len(word) < SWAPPED_FROM_CHARS or word in _KNOWN or not word.isalpha():
        return word
    near = [k for k in lexicon.KEYWORDS if abs(len(k) - len(word)) <= 1 and edit_distance(word, k, 1) <= 1]
    if len(word) < MENDED_FROM_CHARS:
        near = [k for k in near if sorted(k) == sorted(word)]
    # A form that only differs in its ending is another form of the word, not a mistake.
    near = [k for k in near if word[: len(k) - 1] != k[:-1] and word[:-1] != k]
    return near[0] if near else word
