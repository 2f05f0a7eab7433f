"""How near a question is to the titles, headings and phrasings that an owner wrote. Pure: numpy only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.lexical import Scores
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
        self._rows = np.array(rows, dtype=np.int64)
        self._size = size
        documents = [phrase_terms(text, language, self._synonyms) for text in texts]
        having = Counter(term for document in documents for term in document)
        self._idf = {term: math.log(1 + len(texts) / count) for term, count in having.items()}
        self._unseen = math.log(1 + len(texts))
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, document in enumerate(documents):
            weights = {term: times * self._idf[term] for term, times in document.items()}
            norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                postings.setdefault(term, []).append((number, weight / norm))
        self._postings: dict[str, tuple[NDArray[np.int64], Scores]] = {
            term: (
                np.array([number for number, _ in where], dtype=np.int64),
                np.array([weight for _, weight in where], dtype=np.float32),
            )
            for term, where in postings.items()
        }

    def scores(self, question: str) -> Scores:
        """Return by row how near its nearest phrase is: float32, (size,), 0 to 1."""
        best = np.zeros(self._size, dtype=np.float32)
        if not self._rows.size:
            return best
        terms = phrase_terms(question, self._language, self._synonyms)
        weights = {term: times * self._idf.get(term, self._unseen) for term, times in terms.items()}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        near = np.zeros(self._rows.size, dtype=np.float32)
        for term, weight in weights.items():
            posting = self._postings.get(term)
            if posting is not None:
                near[posting[0]] += np.float32(weight / norm) * posting[1]
        np.maximum.at(best, self._rows, near)
        return best


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
