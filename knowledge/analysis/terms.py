"""A corpus read once: its words as numbers, from which every field takes its terms. Pure: numpy only.

A corpus of a million words has some ten thousand different ones. What a word's stem is, or which families it
belongs to, is asked once for each of them; the rest is done by numbers.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.text import GRAM_CHARS
from knowledge.analysis.words import fold, tokens

_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents whose terms are numbers.

    Attributes:
        terms: The number of each term.
        flat: int32: the terms of all documents, one after the other.
        sizes: int64, (documents,): how many terms each one has.
    """

    terms: Mapping[str, int]
    flat: NDArray[np.int32]
    sizes: NDArray[np.int64]


def numbered_terms(documents: Iterable[Sequence[str]]) -> Documents:
    """Number the terms of documents, which may be made one by one; none is kept."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # a term that was not met yet gets the next number
    flat, sizes = array("i"), array("l")
    for document in documents:
        flat.extend(map(numbers.__getitem__, document))
        sizes.append(len(document))
    terms = np.frombuffer(flat, dtype=np.int32) if flat else np.empty(0, dtype=np.int32)
    return Documents(dict(numbers), terms, np.array(sizes, dtype=np.int64))


class Words:
    """The words of texts, in order.

    Args:
        texts: May be made one by one, none is kept.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._take(numbered_terms(map(tokens, texts)))

    @classmethod
    def of(cls, read: Documents) -> Words:
        """Return words that were read already; the terms of `read` are words."""
        words = cls.__new__(cls)
        words._take(read)
        return words

    def _take(self, read: Documents) -> None:
        self.words = list(read.terms)
        self._flat, self._sizes = read.flat, read.sizes

    def counts(self) -> dict[str, int]:
        """Return how often each word occurs, in the order in which they were met."""
        times = np.bincount(self._flat, minlength=len(self.words))
        return dict(zip(self.words, times.tolist(), strict=True))

    def by(self, terms_of: Callable[[str], Sequence[str]]) -> Documents:
        """Return the documents with each word replaced by its terms: one, several or none."""
        numbers: dict[str, int] = {}
        found = [[numbers.setdefault(term, len(numbers)) for term in terms_of(word)] for word in self.words]
        each = np.array([len(terms) for terms in found], dtype=np.int64)
        joined = np.array([number for terms in found for number in terms], dtype=np.int32)
        flat = joined[_spread(np.cumsum(each) - each, each, self._flat)]
        return Documents(numbers, flat, _sums(each[self._flat], self._sizes))

    def grams(self) -> Documents:
        """Return the documents' character n-grams, as `knowledge.analysis.text.grams` makes them of each."""
        spelt = [f"{fold(word)} " for word in self.words]
        each = np.array([len(word) for word in spelt], dtype=np.int64)
        letters, codes = np.unique(_code_points(f" {''.join(spelt)}"), return_inverse=True)
        space, codes = codes[0], codes[1:]
        starts = np.cumsum(each) - each
        # A gram is two pairs of letters; pairs run on within a word, or begin a document.
        firsts = np.unique(codes[starts])
        pairs = np.unique(
            np.concatenate([space * letters.size + firsts, codes[:-1] * letters.size + codes[1:]])
        )
        numbers = _Numbers(pairs, letters.size**2)
        found, sizes = [], []
        # In blocks, for there are as many grams as letters.
        for flat, words in self._blocks():
            chars = _sums(each[flat], words)
            # Each document is a line that begins with a space; every word ends with one.
            line = np.insert(codes[_spread(starts, each, flat)], np.cumsum(chars) - chars, space)
            paired = numbers.of(line[:-1] * letters.size + line[1:])
            grams, number = _grams(paired, chars + 1, pairs.size)
            found.append(grams)
            sizes.append(number)
        different = _different(found, pairs.size**2)
        gram_numbers = _Numbers(different, pairs.size**2)
        flat = np.concatenate([*(gram_numbers.of(grams) for grams in found), np.empty(0, np.int32)])
        before, after = np.divmod(different, max(1, pairs.size))
        alphabet = [chr(letter) for letter in letters.tolist()]
        both = [
            alphabet[one] + alphabet[two] for one, two in zip(*np.divmod(pairs, letters.size), strict=True)
        ]
        terms = {
            both[one] + both[two]: number
            for number, (one, two) in enumerate(zip(before.tolist(), after.tolist(), strict=True))
        }
        return Documents(terms, flat, np.concatenate([*sizes, np.empty(0, np.int64)]))

    def _blocks(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        """Yield the words of some documents, and how many each of them has."""
        ends = np.cumsum(self._sizes)
        for first in range(0, self._sizes.size, _BLOCK):
            sizes = self._sizes[first : first + _BLOCK]
            start = ends[first] - sizes[0]
            yield self._flat[start : start + sizes.sum()], sizes


# So large a table of numbers is worth its memory; beyond it they are searched for.
_TABLE = 1 << 22


class _Numbers:
    """Numbers for different keys, by their order.

    Args:
        keys: Ascending, each once.
        end: All of them are below it.
    """

    def __init__(self, keys: NDArray[np.int64], end: int) -> None:
        self._keys = keys
        self._table: NDArray[np.int32] | None = None
        if end <= _TABLE:
            self._table = np.zeros(max(1, end), dtype=np.int32)
            self._table[keys] = np.arange(keys.size, dtype=np.int32)

    def of(self, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the number of each of these keys."""
        if self._table is not None:
            return self._table[keys]
        return np.searchsorted(self._keys, keys).astype(np.int32)


def _different(found: Sequence[NDArray[np.int64]], end: int) -> NDArray[np.int64]:
    """Return the different ones of numbers below `end`, ascending."""
    if end > _TABLE:
        return np.unique(np.concatenate([*map(np.unique, found), np.empty(0, np.int64)]))
    met = np.zeros(end, dtype=np.bool_)
    for numbers in found:
        met[numbers] = True
    return np.flatnonzero(met)


def _grams(
    paired: NDArray[np.int32], chars: NDArray[np.int64], base: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the n-grams of lines of letters, given by their pairs, and how many each line has.

    A gram is a number to `base`: of the pair it begins with, and of the one it ends with. None runs from one
    line into the next.
    """
    sizes = np.maximum(chars - GRAM_CHARS + 1, 0)
    starts = np.repeat(np.cumsum(chars) - chars, sizes) + _within(sizes)
    return paired[starts].astype(np.int64) * base + paired[starts + GRAM_CHARS - 2], sizes


def _sums(values: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sum of as many values as each size says, one row after the other."""
    sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(values)])
    ends = np.cumsum(sizes)
    return np.asarray(sums[ends] - sums[ends - sizes])


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def _spread(
    starts: NDArray[np.int64], sizes: NDArray[np.int64], flat: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return the places of all that belongs to each of `flat`, one after the other."""
    return np.repeat(starts[flat], sizes[flat]) + _within(sizes[flat])


def _within(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, 2, … for each size, one row after the other."""
    return np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(np.cumsum(sizes) - sizes, sizes)
