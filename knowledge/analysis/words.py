"""Words of a text as they are compared everywhere: lower case, folded. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a base and a mark.
_UNDECOMPOSED = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae"}
_TOKEN = re.compile(
    r"\d+(?=(?:h|godz|dni|min|zł|zl|pln|eur|usd|kg|cm|mm|ml|szt|hrs?|days?)\b)|[^\W_]+(?:[’'][^\W_]+)?"
)
_APOSTROPHE = re.compile(r"[’'](?:s|ll|re|ve|d|m|t|em)?$")


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, ``ł`` included: ``Żółć`` → ``zolc``."""
    if text.isascii():
        return text.lower()  # the same, sooner: most words, and all that was folded before
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each letter folds to, found when it is met first. No letter folds otherwise beside another."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        folded = "".join(_UNDECOMPOSED.get(c, c) for c in letter if not unicodedata.combining(c))
        if len(self) < _LETTERS:
            self[code] = folded
        return folded


_LETTERS = 4096
_FOLDED = _Folded()


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text`, lower-cased, diacritics kept, English ``'s`` cut off."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    words: list[str] = _TOKEN.findall(composed)
    if "'" in composed or "’" in composed:
        words = [_APOSTROPHE.sub("", word) for word in words]
    return words
