"""Words that stand for one another: a shopper's *kasa* is an article's *pieniądze*. Never changed once made.

They widen what is found and picked, and tell what a shop is asked about at all: trivia has few of these
words. They never support a claim: `assistant.grounding` knows nothing of them. The bundled ones are in
``knowledge/analysis/lists``; a shop's own file is read by `knowledge.analysis.shop_words`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from foundation.language import Language
from knowledge.analysis.synonym_lines import BEGINNING_CHARS, EMPTY, BadLine, Group, Lists, Pair, read_lines
from knowledge.analysis.words import fold

_FOLDER = Path(__file__).parent / "lists"

#: A beginning is followed by so many letters at most.
_ENDING_CHARS = 7
_KEPT = 65536


class Synonyms:
    """Groups of words, and pairs of Polish and English ones.

    Attributes:
        digest: Tells the words of two shops apart; the same for the same words.
    """

    def __init__(self, lists: Lists, digest: str) -> None:
        self._lists = lists
        self.digest = digest
        self._lookups = {language: _lookup(lists.groups[language]) for language in Language}
        self._found: dict[tuple[str, Language], frozenset[int]] = {}

    @property
    def groups(self) -> Mapping[Language, tuple[Group, ...]]:
        """By language; a family's number is its place."""
        return self._lists.groups

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What is said in Polish so, and in English so; for `knowledge.analysis.bilingual`."""
        return self._lists.pairs

    @property
    def problems(self) -> tuple[BadLine, ...]:
        """Lines of the shop's own file that were left out."""
        return self._lists.problems

    def families_of(self, word: str, language: Language) -> frozenset[int]:
        """Return the families that a word of any form belongs to, by their numbers; mostly none."""
        found = self._found.get((word, language))
        if found is None:
            found = self._look_up(fold(word), language)
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[word, language] = found
        return found

    def with_lines(self, text: str) -> Synonyms:
        """Return these with a shop's own lines; bad lines are left out and named in `problems`."""
        digest = hashlib.sha256(f"{self.digest}\n{text}".encode()).hexdigest()
        return Synonyms(read_lines(text, self._lists), digest)

    def left_out(self, problem: BadLine) -> Synonyms:
        """Return these, with a file named that could not be used at all."""
        return Synonyms(replace(self._lists, problems=(*self.problems, problem)), self.digest)

    def _look_up(self, folded: str, language: Language) -> frozenset[int]:
        whole, start = self._lookups[language]
        found = set(whole.get(folded, ()))
        for chars in range(max(BEGINNING_CHARS, len(folded) - _ENDING_CHARS), len(folded) + 1):
            found |= start.get(folded[:chars], frozenset())
        return frozenset(found)


@lru_cache(maxsize=1)
def bundled() -> Synonyms:
    """Return the words that every shop begins with."""
    lists, digest = EMPTY, hashlib.sha256()
    for name, only in _BUNDLED.items():
        text = (_FOLDER / name).read_text(encoding="utf-8")
        lists = read_lines(text, lists, only)
        digest.update(text.encode())
    return Synonyms(lists, digest.hexdigest())


_BUNDLED = {
    "pl.txt": Language.PL,
    "en.txt": Language.EN,
    "bilingual.txt": None,
}


def _lookup(groups: Iterable[Group]) -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    """Return families by whole word, and by beginning."""
    whole: dict[str, set[int]] = {}
    start: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for word in group.words:
            (whole if word.whole else start).setdefault(word.letters, set()).add(number)
    return (
        {word: frozenset(numbers) for word, numbers in whole.items()},
        {word: frozenset(numbers) for word, numbers in start.items()},
    )
