"""Which documents have a term, and how much of it, in three arrays. Pure: numpy only.

A dictionary of small arrays or lists costs more for their heads than for what is in them: here a term is a
number, and what its documents are lies between two places of one array.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.known_texts import letters, lines
from knowledge.analysis.terms import Documents, numbered_terms

Arrays = Mapping[str, NDArray[Any]]
"""What a part of a search is made of, by name."""

# Documents that are sorted at once: as many as keep the working memory small beside the result.
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents by term.

    Attributes:
        terms: The number of each term.
        starts: int64, (terms + 1,): where a term's documents begin; they end where the next one's begin.
        rows: int32, (postings,): the documents of each term, ascending.
        values: float32, (postings,): how much of the term each one has.
        lengths: float32, (documents,): the sum of each document's values.
    """

    terms: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    values: NDArray[np.float32]
    lengths: NDArray[np.float32]
    # For single looks, which through numpy take longer than the look itself.
    _places: memoryview = field(init=False, repr=False, compare=False)
    _documents: memoryview = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", self.starts.data)
        object.__setattr__(self, "_documents", self.rows.data)

    def arrays(self) -> Arrays:
        """Return all of it as arrays that `read` takes."""
        return {
            "terms": letters(sorted(self.terms, key=self.terms.__getitem__)),
            "starts": self.starts,
            "rows": self.rows,
            "values": self.values,
            "lengths": self.lengths,
        }

    @classmethod
    def read(cls, arrays: Arrays) -> Postings:
        """Return what `arrays` has told.

        Raises:
            ValueError: They do not fit one another.
            KeyError: One is missing.
        """
        terms = {term: number for number, term in enumerate(lines(arrays["terms"]))}
        starts, rows, values, lengths = (arrays[name] for name in ("starts", "rows", "values", "lengths"))
        fit = starts.size == len(terms) + 1 and starts[0] == 0 and starts[-1] == rows.size == values.size
        if not fit or rows.min(initial=0) < 0 or rows.max(initial=-1) >= lengths.size:
            raise ValueError("postings do not fit their terms")
        return cls(terms, starts, rows, values, lengths)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many documents have each term: int64, (terms,)."""
        return np.diff(self.starts)

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]] | None:
        """Return rows and values of a term; None if no document has it."""
        number = self.terms.get(term)
        if number is None:
            return None
        place = slice(self._places[number], self._places[number + 1])
        return self.rows[place], self.values[place]

    def has(self, term: str, row: int) -> bool:
        """Tell whether a document has a term."""
        number = self.terms.get(term)
        if number is None:
            return False
        end = self._places[number + 1]
        at = bisect_left(self._documents, row, self._places[number], end)
        return at < end and self._documents[at] == row

    def sums(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return for each document the weighted sum of the terms' values: float32, (documents,)."""
        known, terms, places = [], self.terms, self._places
        for term, weight in weights.items():
            number = terms.get(term)
            if number is not None:
                known.append((weight, slice(places[number], places[number + 1])))
        if not known:
            return np.zeros(self.lengths.size, dtype=np.float32)
        rows = np.concatenate([self.rows[place] for _, place in known])
        sizes = [place.stop - place.start for _, place in known]
        weighed = np.repeat(np.array([weight for weight, _ in known], dtype=np.float32), sizes)
        values = weighed * np.concatenate([self.values[place] for _, place in known])
        return np.bincount(rows, weights=values, minlength=self.lengths.size).astype(np.float32)


def parts(name: str, arrays: Arrays) -> Arrays:
    """Return arrays under the name of what they are a part of; `part` takes them out."""
    return {f"{name}/{each}": array for each, array in arrays.items()}


def part(name: str, arrays: Arrays) -> Arrays:
    """Return those arrays that are a part of what has this name."""
    start = f"{name}/"
    return {each.removeprefix(start): array for each, array in arrays.items() if each.startswith(start)}


def counted(documents: Documents | Iterable[Sequence[str]]) -> Postings:
    """Return the postings of documents whose values are how often they have a term."""
    numbered = documents if isinstance(documents, Documents) else numbered_terms(documents)
    ends = np.cumsum(numbered.sizes)
    blocks: list[Block] = []
    for first in range(0, numbered.sizes.size, _BLOCK):
        sizes = numbered.sizes[first : first + _BLOCK]
        start = ends[first] - sizes[0]
        flat = numbered.flat[start : start + sizes.sum()].astype(np.int64)
        rows = np.repeat(np.arange(first, first + sizes.size, dtype=np.int64), sizes)
        pairs, counts = np.unique((flat << 32) | rows, return_counts=True)
        blocks.append((pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32), counts.astype(np.float32)))
    return _joined(numbered.terms, blocks, numbered.sizes.astype(np.float32))


Block = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]
"""Terms, rows and values, sorted by term and then by row."""


def _joined(terms: Mapping[str, int], blocks: list[Block], lengths: NDArray[np.float32]) -> Postings:
    """Put each block's part of a term behind the part of the block before."""
    sizes = np.zeros(len(terms), dtype=np.int64)
    for numbers, _, _ in blocks:
        sizes += np.bincount(numbers, minlength=len(terms))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    rows = np.empty(int(starts[-1]), dtype=np.int32)
    values = np.empty(int(starts[-1]), dtype=np.float32)
    free = starts[:-1].copy()
    while blocks:
        numbers, block_rows, block_values = blocks.pop(0)
        sizes = np.bincount(numbers, minlength=len(terms))
        within = np.arange(numbers.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = free[numbers] + within
        rows[places], values[places] = block_rows, block_values
        free += sizes
    return Postings(terms, starts, rows, values, lengths)
