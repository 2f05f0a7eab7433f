"""BM25 over any kind of terms, in memory, built once for a corpus. Pure: numpy only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.terms import Documents
from knowledge.retrieval.postings import Arrays, Postings, counted

Scores = NDArray[np.float32]


class Bm25:
    """An inverted index whose postings hold finished BM25 weights, so that a search only adds.

    Source: Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009; idf as in
    Lucene, ``ln(1 + (N − n + ½) / (n + ½))``, which is never negative.

    Args:
        documents: The terms of each.
        k1: How slowly a repeated term stops counting.
        b: How much a long document is held back, 0 to 1.

    Attributes:
        size: Number of documents.
    """

    def __init__(
        self, documents: Documents | Iterable[Sequence[str]], *, k1: float = 1.2, b: float = 0.75
    ) -> None:
        postings = counted(documents)
        self._take(postings, k1)
        lengths, having = postings.lengths, postings.sizes
        mean = float(lengths.mean()) if self.size and lengths.any() else 1.0
        norms = k1 * (1 - b + b * lengths / mean)
        times = postings.values
        weights = times * np.float32(self._gain) / (times + norms[postings.rows])
        weights *= np.repeat(self._idf.astype(np.float32), having)
        self._postings = replace(postings, values=weights.astype(np.float32, copy=False))

    def _take(self, postings: Postings, k1: float) -> None:
        self._postings = postings
        self.size: int = int(postings.lengths.size)
        self._gain: float = k1 + 1
        having = postings.sizes
        self._idf: NDArray[np.float64] = np.log1p((self.size - having + 0.5) / (having + 0.5))
        #: What a term that no document has weighs: as much as the rarest there is, in one document.
        self.unseen_idf = float(np.log1p((max(self.size, 1) - 0.5) / 1.5))

    def arrays(self) -> Arrays:
        """Return all of it but `k1` as arrays that `of` reads."""
        return self._postings.arrays()

    @classmethod
    def of(cls, arrays: Arrays, *, k1: float = 1.2) -> Bm25:
        """Return what `arrays` has told.

        Raises:
            ValueError: They do not fit one another.
            KeyError: One is missing.
        """
        made = cls.__new__(cls)
        made._take(Postings.read(arrays), k1)
        return made

    @property
    def terms(self) -> Iterable[str]:
        """All terms that documents have."""
        return self._postings.terms.keys()

    def __contains__(self, term: str) -> bool:
        return term in self._postings.terms

    def has(self, term: str, row: int) -> bool:
        """Tell whether a document has `term`."""
        return self._postings.has(term, row)

    def idf(self, term: str) -> float:
        """Return the weight of `term`; of one that no document has, `unseen_idf`."""
        number = self._postings.terms.get(term)
        return self.unseen_idf if number is None else float(self._idf[number])

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return the score of each document: float32, (size,), ≥ 0; a repeated term counts again."""
        return self._postings.sums(Counter(terms))

    def ceiling(self, terms: Sequence[str]) -> float:
        """Return the score that no document can exceed: every term endlessly often."""
        return sum(self.idf(term) for term in terms) * self._gain
