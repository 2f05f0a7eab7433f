"""BM25 over any kind of terms, in memory, built once for a corpus. Pure: numpy only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Bm25:
    """An inverted index whose postings hold finished BM25 weights, so that a search only adds.

    Source: Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009; idf as in
    Lucene, ``ln(1 + (N − n + ½) / (n + ½))``, which is never negative.

    Attributes:
        size: Number of documents.
    """

    def __init__(self, documents: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.75) -> None:
        self.size = len(documents)
        lengths = np.array([len(d) for d in documents], dtype=np.float32)
        mean = float(lengths.mean()) if self.size and lengths.any() else 1.0
        self._norms = k1 * (1 - b + b * lengths / mean)
        self._gain = k1 + 1
        rows: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        for row, document in enumerate(documents):
            for term, count in Counter(document).items():
                rows.setdefault(term, []).append(row)
                counts.setdefault(term, []).append(count)
        self._postings: dict[str, tuple[NDArray[np.int32], Scores]] = {}
        self._idf: dict[str, float] = {}
        for term, where in rows.items():
            self._idf[term] = idf = float(np.log1p((self.size - len(where) + 0.5) / (len(where) + 0.5)))
            at = np.array(where, dtype=np.int32)
            times = np.array(counts[term], dtype=np.float32)
            weights = idf * times * self._gain / (times + self._norms[at])
            self._postings[term] = (at, weights.astype(np.float32))
        #: What a term that no document has weighs: as much as the rarest there is, in one document.
        self.unseen_idf = float(np.log1p((max(self.size, 1) - 0.5) / 1.5))

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    def idf(self, term: str) -> float:
        """Return the weight of `term`; of one that no document has, `unseen_idf`."""
        return self._idf.get(term, self.unseen_idf)

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return the score of each document: float32, (size,), ≥ 0; a repeated term counts again."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, times in Counter(terms).items():
            posting = self._postings.get(term)
            if posting is not None:
                total[posting[0]] += times * posting[1]
        return total

    def ceiling(self, terms: Sequence[str]) -> float:
        """Return the score that no document can exceed: every term endlessly often."""
        return sum(self.idf(term) for term in terms) * self._gain
