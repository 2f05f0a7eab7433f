"""Polish and English words: folding, tokens, stems, character n-grams, typos. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from foundation.language import Language
from knowledge.language import detect_language, third_language
from knowledge.stopwords import ENGLISH, POLISH
from knowledge.words import fold, tokens

__all__ = [
    "Vocabulary",
    "begun",
    "content_stems",
    "detect_language",
    "edit_distance",
    "fold",
    "grams",
    "is_stopword",
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


@lru_cache(maxsize=4)
def _stemmer(language: Language) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("polish" if language is Language.PL else "english")


@lru_cache(maxsize=65536)
def stem(token: str, language: Language) -> str:
    """Return the folded Snowball stem of a lower-case word: the key under which its forms meet."""
    return fold(_stemmer(language).stemWord(token))


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
    letters meet where stems do not. A word with digits has no other form.
    """
    words = (fold(token) for token in tokens(text) if not is_stopword(token, language))
    return [word[:_BEGINNING_CHARS] if word.isalpha() else word for word in words]


class Vocabulary:
    """The words of a corpus, to which the words of a question are brought back.

    A shopper writes *butow* or *paczkomt*; the corpus knows *butów* and *paczkomat*.

    Args:
        texts: The corpus; or its words with how often each occurs.
        language: Of the corpus.
    """

    def __init__(self, texts: Iterable[str] | Mapping[str, int], language: Language) -> None:
        self.language = language
        counts: Mapping[str, int] = (
            texts
            if isinstance(texts, Mapping)
            else Counter(token for text in texts for token in tokens(text))
        )
        self._counts = counts
        self._by_fold: dict[str, str] = {}
        for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            self._by_fold.setdefault(fold(word), word)
        self._stems = {stem(word, language) for word in counts}
        # Asked for twice at least: to embed a question as it was meant, and to search by its words.
        self._nearest = lru_cache(maxsize=512)(self._find_nearest)
        self._by_trigram: dict[str, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            if len(folded) >= 3 and folded.isalpha():
                for trigram in set(_trigrams(folded)):
                    self._by_trigram[trigram].append(folded)

    def __len__(self) -> int:
        return len(self._counts)

    def knows(self, token: str) -> bool:
        """Tell whether the corpus has this word, or another form of it, diacritics aside."""
        return fold(token) in self._by_fold or stem(token, self.language) in self._stems

    def restore(self, token: str) -> str:
        """Return the corpus word that `token` most likely stands for, or `token` itself.

        First as written, then with diacritics restored (the more frequent word wins), then, for a word the
        corpus does not have in any form that the stemmer knows, one that differs in its Polish ending only,
        then the nearest by edit distance: 1 from 4 letters on, 2 from 8 on.
        """
        if token in self._counts:
            return token
        folded = fold(token)
        if folded in self._by_fold:
            return self._by_fold[folded]
        if stem(token, self.language) in self._stems or not folded.isalpha():
            return token
        return self._nearest(folded) or token

    def _find_nearest(self, folded: str) -> str | None:
        allowed = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
        if not allowed:
            return None
        shared: Counter[str] = Counter()
        for trigram in set(_trigrams(folded)):
            shared.update(self._by_trigram.get(trigram, ()))
        best: tuple[int, int, str] | None = None
        for candidate, _ in shared.most_common(40):
            if len(candidate) < 4:
                continue
            if self.language is Language.PL and _differ_in_ending(folded, candidate):
                distance = 0
            else:
                distance = edit_distance(folded, candidate, allowed)
            if distance <= allowed:
                word = self._by_fold[candidate]
                key = (distance, -self._counts[word], word)
                best = key if best is None else min(best, key)
        return best[2] if best else None

    def stems(self, text: str) -> list[str]:
        """Return the stems of the restored words of `text`, in order."""
        return [stem(self.restore(token), self.language) for token in tokens(text)]


# Case and person endings, folded; *kubków* and *kubki* have no stem in common for the stemmer.
_ENDINGS = """
a e i y u o ow om ach ami em ie ej ego emu ym im ych ich ymi imi mi iom iach iami iem ia iu ow owi owie cie
my sz ja ja esz emy eja aja uje uja l la lo li ly c
"""
_POLISH_ENDINGS = frozenset(["", *_ENDINGS.split()])


def _differ_in_ending(first: str, second: str) -> bool:
    """Tell whether two folded words share four letters or more and go on with Polish endings only."""
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 4 and first[shared:] in _POLISH_ENDINGS and second[shared:] in _POLISH_ENDINGS


def _trigrams(word: str) -> list[str]:
    padded = f"  {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


_SLIP_CHARS = 5


def slip_mended(word: str, restored: str) -> str:
    """Return `restored` if it is `word` but for one slip of the finger, else `word`.

    A slip leaves the first letter alone: two neighbours swapped (*zwort*), one letter missed, doubled or hit
    beside (*zwrott*), in a word of five letters or more, diacritics aside.
    """
    first, second = fold(word), fold(restored)
    slipped = (
        first != second
        and min(len(first), len(second)) >= _SLIP_CHARS - 1
        and max(len(first), len(second)) >= _SLIP_CHARS
        and first[0] == second[0]
        and edit_distance(first, second, 1) <= 1
    )
    return restored if slipped else word


def edit_distance(first: str, second: str, limit: int) -> int:
    """Return the number of edits between two words, or ``limit + 1`` if there are more.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string alignment).
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    # What both begin and end with is no edit; of candidates for a word that is most of it.
    start, ends = 0, min(len(first), len(second))
    while start < ends and first[start] == second[start]:
        start += 1
    end = 0
    while end < ends - start and first[-1 - end] == second[-1 - end]:
        end += 1
    first, second = first[start : len(first) - end], second[start : len(second) - end]
    if not first or not second:
        return len(first) + len(second)
    before: Sequence[int] = ()
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        previous, row = row, [i] + [0] * len(second)
        for j, b in enumerate(second, 1):
            row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
        before = previous
    return min(row[-1], limit + 1)
