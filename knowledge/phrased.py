"""How near a question is to the titles, headings and phrasings that an owner wrote. Pure: numpy only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.lexical import Scores
from knowledge.postings import Postings, weighted
from knowledge.synonyms import Synonyms, bundled
from knowledge.text import grams, is_stopword, stem, tokens

# How much a word's stem and its families count beside its four-letter pieces, of which it has five or so.
_STEM, _FAMILY = 2.0, 3.0


class Phrases:
    """Short texts that each belong to a row, compared with a question by the cosine of their tf-idf terms.

    Args:
        texts: The phrases.
        rows: To which row each one belongs.
        size: Number of rows.
        language: Of the phrases.
        synonyms: What stands for what; the bundled words if None.
    """

    def __init__(
        self,
        texts: Sequence[str],
        rows: Sequence[int],
        size: int,
        language: Language,
        synonyms: Synonyms | None = None,
    ) -> None:
        self._language = language
        self._synonyms = synonyms or bundled()
        self._size = size
        # By row, so that the best of a row's phrases is the best of neighbours.
        by_row = sorted(zip(rows, texts, strict=True))
        self._rows, self._first = np.unique(
            np.array([row for row, _ in by_row], dtype=np.int64), return_index=True
        )
        self._postings = weighted(phrase_terms(text, language, self._synonyms) for _, text in by_row)
        having = self._postings.sizes
        self._idf = np.log(1 + len(texts) / np.maximum(having, 1))
        self._unseen = math.log(1 + len(texts))
        self._postings = self._normed(self._postings, having)

    def _normed(self, postings: Postings, having: NDArray[np.int64]) -> Postings:
        """Weigh each term by its rarity, and bring each phrase to length 1."""
        weights = postings.values * np.repeat(self._idf, having)
        squares = np.bincount(postings.rows, weights=weights**2, minlength=postings.lengths.size)
        norms = np.sqrt(np.where(squares > 0, squares, 1.0))
        return replace(postings, values=(weights / norms[postings.rows]).astype(np.float32))

    def scores(self, question: str) -> Scores:
        """Return by row how near its nearest phrase is: float32, (size,), 0 to 1."""
        best = np.zeros(self._size, dtype=np.float32)
        if not self._rows.size:
            return best
        terms = phrase_terms(question, self._language, self._synonyms)
        weights = {term: times * self._weight(term) for term, times in terms.items()}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        near = self._postings.sums({term: weight / norm for term, weight in weights.items()})
        best[self._rows] = np.maximum.reduceat(near, self._first)
        return best

    def _weight(self, term: str) -> float:
        number = self._postings.terms.get(term)
        return self._unseen if number is None else float(self._idf[number])


def phrase_terms(text: str, language: Language, synonyms: Synonyms) -> Mapping[str, float]:
    """Return what a phrase is compared by, with how much each counts."""
    terms: Counter[str] = Counter()
    words = tokens(text)
    for gram in grams(" ".join(words)):
        terms[gram] += 1
    found: dict[str, float] = dict(terms)
    for word in words:
        if is_stopword(word, language):
            continue
        found[f"={stem(word, language)}"] = _STEM
        for family in synonyms.families_of(word, language):
            found[f"#{family}"] = _FAMILY
    return found
