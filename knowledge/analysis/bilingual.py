"""A question put into the shop's other language, word for word, by the pairs of `analysis.synonyms`. Pure.

No translation for people: it is only searched with. *ile idzie paczka na słowację* becomes *how much take
parcel slovakia*, which is near to what an English article says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.language import Language
from knowledge.analysis.synonym_lines import Word
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import is_stopword
from knowledge.analysis.words import fold, tokens

_KEY_CHARS = 2
# A part of words that are read together is a beginning only if it is longer.
_FIXED_CHARS = 3
# How many letters may follow a beginning: few after a short one, which begins many a word.
_ENDING_CHARS, _SHORT_CHARS, _SHORT_ENDING_CHARS = 7, 4, 3


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in the words of the other language.

    Attributes:
        text: In the question's order; a word that no pair has stays as it is, a function word is left out.
        known: How many of the words that tell of a topic a pair has; numbers are not counted.
        left: Those that none has: names, and what we have no word for.
    """

    text: str
    known: int
    left: tuple[str, ...]

    def said(self, knows: Callable[[str], bool]) -> str:
        """Return the text without the words that stayed behind, but for those that the other side knows."""
        gone = {word for word in self.left if not knows(word)}
        return " ".join(word for word in self.text.split() if word not in gone)

    def share(self, knows: Callable[[str], bool]) -> float:
        """Return how much was put over, 0 to 1; a word that the other side's texts have needs no putting."""
        named = sum(map(knows, self.left))
        total = self.known + len(self.left)
        return (self.known + named) / total if total else float(bool(self.text))


@dataclass(frozen=True, slots=True)
class _Entry:
    parts: tuple[str, ...]
    whole: bool
    means: str

    def fits(self, words: Sequence[str]) -> bool:
        """Tell whether the words, as many as the parts, are these."""
        return all(self._is(part, word) for part, word in zip(self.parts, words, strict=True))

    def _is(self, part: str, word: str) -> bool:
        if self.whole or (len(self.parts) > 1 and len(part) <= _FIXED_CHARS):
            return part == word
        ending = _SHORT_ENDING_CHARS if len(part) <= _SHORT_CHARS else _ENDING_CHARS
        return word.startswith(part) and len(word) - len(part) <= ending


def translated(question: str, language: Language, synonyms: Synonyms) -> Translation:
    """Return a question of `language` in words of the other one."""
    entries, longest = _entries(synonyms, language)
    words = tokens(question)
    folded = [fold(word) for word in words]
    said: list[str] = []
    left: list[str] = []
    known = 0
    at = 0
    while at < len(words):
        entry = _best(entries, folded[at : at + longest])
        length = len(entry.parts) if entry else 1
        telling = sum(
            not is_stopword(word, language) and not word.isdigit() for word in words[at : at + length]
        )
        if entry is not None:
            known += telling
            said.append(entry.means)
        elif telling:
            left.append(words[at])
            said.append(words[at])
        elif words[at].isdigit():
            said.append(words[at])
        at += length
    return Translation(" ".join(said), known, tuple(left))


def _best(entries: Mapping[str, Sequence[_Entry]], words: Sequence[str]) -> _Entry | None:
    """Return the entry that takes the most words, and of those the most letters; None if none fits."""
    fitting = (
        entry
        for entry in entries.get(words[0][:_KEY_CHARS], ())
        if len(entry.parts) <= len(words) and entry.fits(words[: len(entry.parts)])
    )
    return max(fitting, key=lambda e: (len(e.parts), sum(map(len, e.parts)), e.whole), default=None)


@lru_cache(maxsize=8)
def _entries(synonyms: Synonyms, language: Language) -> tuple[Mapping[str, Sequence[_Entry]], int]:
    """Return the entries by their first letters, and how many words the longest takes."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    longest = 1
    for pair in synonyms.pairs:
        means = _spoken(pair.side(language.other)[0])
        for word in pair.side(language):
            parts = tuple(word.letters.replace("-", "_").split("_"))
            longest = max(longest, len(parts))
            found[parts[0][:_KEY_CHARS]].append(_Entry(parts, word.whole, means))
    return found, longest


def _spoken(word: Word) -> str:
    return word.spelled.replace("_", " ")
