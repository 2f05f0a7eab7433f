"""How near a question is to the titles, headings and phrasings that an owner wrote. Pure: numpy only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.analysis.synonyms import Synonyms, bundled
from knowledge.analysis.text import grams, is_stopword, stem, tokens
from knowledge.retrieval.lexical import Scores
from knowledge.retrieval.postings import Arrays, Postings, counted, part, parts

# How much a word's four-letter pieces count, of which it has five or so, its stem and its families; pieces
# (0) as often as they occur, the others once.
_COUNTS = (0.0, 2.0, 3.0)


class Phrases:
    """Short texts that each belong to a row, compared with a question by the cosine of their tf-idf terms.

    Args:
        texts: The phrases.
        rows: To which row each one belongs.
        size: Number of rows.
        language: Of the phrases.
        synonyms: What stands for what; the bundled words if None.
        known: What was read before.
    """

    def __init__(
        self,
        texts: Sequence[str],
        rows: Sequence[int],
        size: int,
        language: Language,
        synonyms: Synonyms | None = None,
        known: KnownTexts | None = None,
    ) -> None:
        known = known or KnownTexts(language)
        self._language = language
        self._synonyms = synonyms or bundled()
        self._size = size
        # By row, so that the best of a row's phrases is the best of neighbours.
        by_row = sorted(zip(rows, texts, strict=True))
        self._rows, self._first = np.unique(
            np.array([row for row, _ in by_row], dtype=np.int64), return_index=True
        )
        words = known.words([text] for _, text in by_row)
        kinds = (
            words.grams(),
            words.by(lambda word: self._stems(word, known.stem)),
            words.by(self._families),
        )
        self._kinds = self._normed([counted(kind) for kind in kinds])

    def arrays(self) -> Arrays:
        """Return all of it as arrays that `of` reads."""
        told = {"rows": self._rows, "first": self._first}
        for number, kind in enumerate(self._kinds):
            told.update(parts(str(number), kind.postings.arrays()))
        return told

    @classmethod
    def of(cls, arrays: Arrays, size: int, language: Language, synonyms: Synonyms) -> Phrases:
        """Return what `arrays` has told.

        Raises:
            ValueError: They do not fit one another.
            KeyError: One is missing.
        """
        made = cls.__new__(cls)
        made._language, made._synonyms, made._size = language, synonyms, size
        made._rows, made._first = arrays["rows"], arrays["first"]
        if made._rows.size != made._first.size or made._rows.max(initial=-1) >= size:
            raise ValueError("phrases are of other rows")
        read = [Postings.read(part(str(number), arrays)) for number in range(len(_COUNTS))]
        made._kinds = [Kind(postings, _rarity(postings)) for postings in read]
        return made

    def _stems(self, word: str, stemmed: Callable[[str], str] | None = None) -> list[str]:
        if is_stopword(word, self._language):
            return []
        return [stemmed(word) if stemmed is not None else stem(word, self._language)]

    def _families(self, word: str) -> list[str]:
        if is_stopword(word, self._language):
            return []
        return list(map(str, self._synonyms.families_of(word, self._language)))

    def _normed(self, kinds: Sequence[Postings]) -> list[Kind]:
        """Weigh each term by its rarity, and bring each phrase to length 1."""
        number = kinds[0].lengths.size
        squares, weighed = np.zeros(number), []
        for postings, counts in zip(kinds, _COUNTS, strict=True):
            rarity = _rarity(postings)
            times = np.float32(counts) if counts else postings.values
            values = times * np.repeat(rarity, postings.sizes)
            squares += np.bincount(postings.rows, weights=values**2, minlength=number)
            weighed.append((postings, values, rarity))
        norms = np.sqrt(np.where(squares > 0, squares, 1.0))
        return [
            Kind(replace(postings, values=(values / norms[postings.rows]).astype(np.float32)), rarity)
            for postings, values, rarity in weighed
        ]

    def scores(self, question: str) -> Scores:
        """Return by row how near its nearest phrase is: float32, (size,), 0 to 1."""
        best = np.zeros(self._size, dtype=np.float32)
        if not self._rows.size:
            return best
        words = tokens(question)
        asked: tuple[Counter[str], ...] = (
            Counter(grams(" ".join(words))),
            Counter(term for word in words for term in self._stems(word)),
            Counter(term for word in words for term in self._families(word)),
        )
        squares, near = 0.0, np.zeros(self._kinds[0].postings.lengths.size, dtype=np.float32)
        for kind, terms, counts in zip(self._kinds, asked, _COUNTS, strict=True):
            weights = {term: (counts or times) * kind.weight(term) for term, times in terms.items()}
            squares += sum(weight**2 for weight in weights.values())
            near += kind.postings.sums(weights)
        best[self._rows] = np.maximum.reduceat(near, self._first) / np.float32(math.sqrt(squares) or 1.0)
        return best


def _rarity(postings: Postings) -> NDArray[np.float64]:
    return np.log(1 + postings.lengths.size / np.maximum(postings.sizes, 1))


@dataclass(frozen=True, slots=True)
class Kind:
    """Terms of one kind.

    Attributes:
        postings: The phrases that have each, with its weight there.
        rarity: Of each term: ln(1 + phrases ÷ those that have it).
    """

    postings: Postings
    rarity: NDArray[np.float64]

    def weight(self, term: str) -> float:
        """Return the rarity of a term; of one that no phrase has, the greatest."""
        number = self.postings.terms.get(term)
        if number is None:
            return math.log(1 + self.postings.lengths.size)
        return float(self.rarity[number])
