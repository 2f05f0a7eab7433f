"""Polish and English words: folding, tokens, stems, character n-grams, typos. Pure."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from foundation.language import Language
from knowledge.analysis.language import detect_language, third_language
from knowledge.analysis.slips import any_within, differ_in_ending, edit_distance, one_edit_away, slip_mended
from knowledge.analysis.stopwords import ENGLISH, POLISH
from knowledge.analysis.units import unit_of
from knowledge.analysis.words import fold, tokens

__all__ = [
    "Vocabulary",
    "begun",
    "content_stems",
    "detect_language",
    "edit_distance",
    "fold",
    "grams",
    "is_stopword",
    "slip_mended",
    "stem",
    "stems",
    "third_language",
    "tokens",
]

GRAM_CHARS = 4


def grams(text: str) -> list[str]:
    """Return the folded character 4-grams of `text`, word boundaries as single spaces.

    They run across words, so that the order of neighbouring words counts a little.
    """
    line = f" {' '.join(fold(token) for token in tokens(text))} "
    return [line[i : i + GRAM_CHARS] for i in range(max(0, len(line) - GRAM_CHARS + 1))]


def is_stopword(token: str, language: Language) -> bool:
    """Tell whether `token` (diacritics optional) is a function word, which says nothing of the topic."""
    return fold(token) in _FOLDED_STOPWORDS[language]


_FOLDED_STOPWORDS = {
    Language.PL: frozenset(map(fold, POLISH)),
    Language.EN: frozenset(map(fold, ENGLISH)),
}


class _Stemmers(threading.local):
    """The stemmers of a thread: while one works on a word it is in no state for another."""

    def __init__(self) -> None:
        self._of: dict[Language, Any] = {}

    def stem(self, token: str, language: Language) -> str:
        if (stemmer := self._of.get(language)) is None:
            import snowballstemmer

            name = "polish" if language is Language.PL else "english"
            stemmer = self._of[language] = snowballstemmer.stemmer(name)
        return str(stemmer.stemWord(token))


_STEMMERS = _Stemmers()


@lru_cache(maxsize=65536)
def stem(token: str, language: Language) -> str:
    """Return the folded Snowball stem of a lower-case word: the key under which its forms meet.

    Units meet in one key however they are written (`knowledge.analysis.units`).
    """
    return unit_of(token, language) or fold(_STEMMERS.stem(token, language))


def stems(text: str, language: Language) -> list[str]:
    """Return the stems of all words of `text`, in order."""
    return [stem(token, language) for token in tokens(text)]


def content_stems(text: str, language: Language) -> list[str]:
    """Return the stems of the words of `text` that are not function words, in order."""
    return [stem(token, language) for token in tokens(text) if not is_stopword(token, language)]


_BEGINNING_CHARS = 5


def begun(text: str, language: Language) -> list[str]:
    """Return the folded beginnings of the words of `text` that are not function words, in order.

    Polish words change at their ends, and verbs from asking to answering (*zapłacę*, *zapłacisz*): five
    letters meet where stems do not. A word with digits has no other form; units are as in `stem`.
    """
    words = (token for token in tokens(text) if not is_stopword(token, language))
    return [unit_of(word, language) or _beginning(fold(word)) for word in words]


def _beginning(folded: str) -> str:
    return folded[:_BEGINNING_CHARS] if folded.isalpha() else folded


# Shorter words are not mended; from so many letters on, two edits are. Stems and parts of words that are
# shorter tell nothing.
_LEAST_MENDED, _TWICE_MENDED = 4, 8
LEAST_STEM, _LEAST_PART = 3, 4
_FEW = 4000
"""A vocabulary of so many words is looked through as quickly as an index of it is made."""


class Vocabulary:
    """The words of a corpus, to which the words of a question are brought back.

    A shopper writes *butow* or *paczkomt*; the corpus knows *butów* and *paczkomat*.

    Args:
        texts: The corpus; or its words with how often each occurs.
        language: Of the corpus.
        stems: Of those words, where they are known.
    """

    def __init__(
        self,
        texts: Iterable[str] | Mapping[str, int],
        language: Language,
        stems: Iterable[str] | None = None,
    ) -> None:
        self.language = language
        counts: Mapping[str, int] = (
            texts
            if isinstance(texts, Mapping)
            else Counter(token for text in texts for token in tokens(text))
        )
        self._counts = counts
        self._by_fold: dict[str, str] = {}
        # The most frequent first, equals by the alphabet.
        for word in sorted(sorted(counts), key=counts.__getitem__, reverse=True):
            self._by_fold.setdefault(fold(word), word)
        self._stems = set(stems) if stems is not None else {stem(word, language) for word in counts}
        # Asked for twice at least: to embed a question as it was meant, and to search by its words.
        self._nearest = lru_cache(maxsize=512)(self._find_nearest)

    def ready(self) -> Vocabulary:
        """Return this, with all made that the first word it does not know would else wait for."""
        assert self._by_trigram is not None
        return self

    @cached_property
    def _by_trigram(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            if len(folded) >= 3 and folded.isalpha():
                for trigram in set(_trigrams(folded)):
                    found[trigram].append(folded)
        return found

    @property
    def _is_indexed(self) -> bool:
        """Whether words are sought by their trigrams, not one after the other."""
        return "_by_trigram" in self.__dict__ or len(self._by_fold) > _FEW

    def __len__(self) -> int:
        return len(self._counts)

    def knows(self, token: str) -> bool:
        """Tell whether the corpus has this word, or another form of it, diacritics aside."""
        return fold(token) in self._by_fold or self._has_stem_of(token)

    def _has_stem_of(self, token: str) -> bool:
        key = stem(token, self.language)
        return len(key) >= LEAST_STEM and key in self._stems

    def restore(self, token: str) -> str:
        """Return the corpus word that `token` most likely stands for, or `token` itself.

        First as written, then with diacritics restored (the more frequent word wins), then, for a word the
        corpus does not have in any form that the stemmer knows, one that differs in its Polish ending only,
        then the nearest by edit distance: 1 from 4 letters on, 2 from 8 on. A function word counts as one of
        the corpus there.
        """
        if token in self._counts:
            return token
        folded = fold(token)
        if folded in self._by_fold:
            return self._by_fold[folded]
        if self._has_stem_of(token) or not folded.isalpha() or is_stopword(token, self.language):
            return token
        return self._nearest(folded) or token

    def _find_nearest(self, folded: str) -> str | None:
        """Return the best of: another ending, one edit, two edits; the more frequent one among equals.

        Of few words, those that share the most trigrams are sought only if one of all would do.
        """
        if len(folded) < _LEAST_MENDED:
            return None
        few = not self._is_indexed
        if self.language is Language.PL:
            alike = [word for word in self._by_fold if word.startswith(folded[:4])] if few else None
            if alike is None or any(differ_in_ending(folded, word) for word in alike):
                near = self._sharing_trigrams(folded)
                endings = [word for word in near if differ_in_ending(folded, word)]
                if endings:
                    return self._most_frequent(endings)
        one = frozenset(one_edit_away(folded))
        close = [word for word in one if word in self._by_fold and _may_be_meant(folded, word)]
        if close:
            return self._most_frequent(close)
        # A slip in a function word tells nothing new, but as an unknown word it would count for much.
        function = [word for word in _FOLDED_STOPWORDS[self.language] & one if _may_be_meant(folded, word)]
        if function:
            return min(function)
        if len(folded) < _TWICE_MENDED or (few and not any_within(2, folded, self._by_fold)):
            return None
        close = [word for word in self._sharing_trigrams(folded) if edit_distance(folded, word, 2) <= 2]
        return self._most_frequent(close) if close else None

    def _sharing_trigrams(self, folded: str) -> list[str]:
        """Return the words of the corpus, folded, that share the most trigrams with a word."""
        shared: Counter[str] = Counter()
        wanted = sorted(set(_trigrams(folded)))
        if self._is_indexed:
            for trigram in wanted:
                shared.update(self._by_trigram.get(trigram, ()))
        else:
            # Of a few passages' words, asked for once: an index would take longer than looking at each.
            for word in self._by_fold:
                if len(word) >= 3 and word.isalpha():
                    number = len(_trigram_set(word).intersection(wanted))
                    if number:
                        shared[word] = number
        return [word for word, _ in shared.most_common(40) if len(word) >= _LEAST_MENDED]

    def _most_frequent(self, folded: Iterable[str]) -> str:
        words = (self._by_fold[each] for each in folded)
        return min(words, key=lambda word: (-self._counts[word], word))

    def read(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """Return the words of a question, each with the corpus word that it stands for (`restore`).

        A word that the corpus writes as one is joined (*paczko mat*, *e mail*), one that it knows only as two
        is parted (*zwrotbutów*).
        """
        found: list[tuple[str, str]] = []
        rest = list(words)
        while rest:
            joined = "".join(rest[:2])
            if len(rest) > 1 and self._is_one_word(rest[0], rest[1], fold(joined)):
                found.append((joined, self._by_fold[fold(joined)]))
                del rest[:2]
                continue
            found += [(part, self.restore(part)) for part in self._parts(rest.pop(0))]
        return found

    def _is_one_word(self, first: str, second: str, joined: str) -> bool:
        apart = self.knows(first) and self.knows(second)
        return not apart and joined.isalpha() and joined in self._by_fold

    def _parts(self, word: str) -> tuple[str, ...]:
        folded = fold(word)
        if len(folded) != len(word) or not folded.isalpha() or self.restore(word) != word or self.knows(word):
            return (word,)
        places = range(_LEAST_PART, len(word) - _LEAST_PART + 1)
        good = [at for at in places if folded[:at] in self._by_fold and folded[at:] in self._by_fold]
        if not good:
            return (word,)
        # The more even, the likelier.
        at = min(good, key=lambda at: abs(len(word) - 2 * at))
        return word[:at], word[at:]

    def stems(self, text: str) -> list[str]:
        """Return the stems of the restored words of `text`, in order."""
        return [stem(self.restore(token), self.language) for token in tokens(text)]


def _may_be_meant(folded: str, other: str) -> bool:
    """Tell whether a word may be a slip of another, one edit away.

    Of words of four letters too many are right that differ in one (*site*, *size*): swapped letters only.
    """
    if len(other) < _LEAST_MENDED:
        return False
    return max(len(folded), len(other)) > _LEAST_MENDED or sorted(folded) == sorted(other)


@lru_cache(maxsize=16384)
def _trigram_set(word: str) -> frozenset[str]:
    """Return the trigrams of a word of articles, which are looked at for question after question."""
    return frozenset(_trigrams(word))


def _trigrams(word: str) -> list[str]:
    padded = f"  {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
