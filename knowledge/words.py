"""Words of a text as they are compared everywhere: lower case, folded. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base and a mark.
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae"})
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_APOSTROPHE = re.compile(r"[’'](?:s|ll|re|ve|d|m|t|em)?$")


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, ``ł`` included: ``Żółć`` → ``zolc``."""
    if text.isascii():
        return text.lower()  # the same, sooner: most words, and all that was folded before
    return _folded_word(text) if len(text) <= _WORD_CHARS else _folded(text)


def _folded(text: str) -> str:
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    return bare.translate(_UNDECOMPOSED)


_WORD_CHARS = 24
_folded_word = lru_cache(maxsize=32768)(_folded)  # the same words come up in every passage


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text`, lower-cased, diacritics kept, English ``'s`` cut off."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    words: list[str] = _TOKEN.findall(composed)
    if "'" in composed or "’" in composed:
        words = [_APOSTROPHE.sub("", word) for word in words]
    return words
