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
        read = numbered_terms(map(tokens, texts))
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
        letters, codes = np.unique(_code_points("".join(spelt)), return_inverse=True)
        space = int(np.searchsorted(letters, ord(" ")))
        base, starts = max(1, letters.size), np.cumsum(each) - each
        found, sizes = [], []
        # In blocks, for there are as many grams as letters.
        for flat, words in self._blocks():
            chars = _sums(each[flat], words)
            # Each document is a line that begins with a space; every word ends with one.
            line = np.insert(codes[_spread(starts, each, flat)], np.cumsum(chars) - chars, space)
            grams, number = _grams(line.astype(np.int64), chars + 1, base)
            found.append(np.unique(grams, return_inverse=True))
            sizes.append(number)
        different = np.unique(np.concatenate([grams for grams, _ in found] or [np.empty(0, np.int64)]))
        flat = np.concatenate(
            [np.searchsorted(different, grams).astype(np.int32)[at] for grams, at in found]
            or [np.empty(0, np.int32)]
        )
        terms = {gram: number for number, gram in enumerate(_spelt(different, letters, base))}
        return Documents(terms, flat, np.concatenate([*sizes, np.empty(0, np.int64)]))

    def _blocks(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        """Yield the words of some documents, and how many each of them has."""
        ends = np.cumsum(self._sizes)
        for first in range(0, self._sizes.size, _BLOCK):
            sizes = self._sizes[first : first + _BLOCK]
            start = ends[first] - sizes[0]
            yield self._flat[start : start + sizes.sum()], sizes


def _grams(
    line: NDArray[np.int64], chars: NDArray[np.int64], base: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the n-grams of lines of letters as numbers to `base`, and how many each line has.

    None runs from one line into the next.
    """
    sizes = np.maximum(chars - GRAM_CHARS + 1, 0)
    starts = np.repeat(np.cumsum(chars) - chars, sizes) + _within(sizes)
    grams = np.zeros(starts.size, dtype=np.int64)
    for place in range(GRAM_CHARS):
        grams = grams * base + line[starts + place]
    return grams, sizes


def _spelt(grams: NDArray[np.int64], letters: NDArray[np.uint32], base: int) -> list[str]:
    """Return n-grams as text."""
    alphabet = [chr(letter) for letter in letters.tolist()]
    spelt = [""] * grams.size
    for _ in range(GRAM_CHARS):
        grams, codes = np.divmod(grams, base)
        spelt = [alphabet[code] + after for code, after in zip(codes.tolist(), spelt, strict=True)]
    return spelt


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
