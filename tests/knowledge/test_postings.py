from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from knowledge.retrieval.postings import Postings, counted


def documents(number: int) -> list[list[str]]:
    chance = random.Random(number)
    return [[chance.choice("abcdefgh") for _ in range(chance.randrange(6))] for _ in range(number)]


def contents(postings: Postings, size: int) -> list[dict[str, float]]:
    """Return the postings turned back into documents."""
    found: list[dict[str, float]] = [{} for _ in range(size)]
    for term in postings.terms:
        posting = postings.of(term)
        assert posting is not None
        rows, values = posting
        assert list(rows) == sorted(set(rows))
        for row, value in zip(rows, values, strict=True):
            found[row][term] = float(value)
    return found


@pytest.mark.parametrize("number", [0, 1, 7, 4095, 4096, 9000])
def test_counts_come_back_whatever_the_number_of_documents(number: int) -> None:
    made = documents(number)
    postings = counted(iter(made))
    assert contents(postings, number) == [Counter(document) for document in made]
    assert postings.lengths.tolist() == [len(document) for document in made]


def test_sums_are_weighted_and_unknown_terms_count_nothing() -> None:
    postings = counted([["a", "b"], ["b", "b"], []])
    np.testing.assert_allclose(postings.sums({"a": 2, "b": 0.5, "z": 9}), [2.5, 1.0, 0.0])
    assert postings.sums({"z": 1}).tolist() == [0, 0, 0]
    assert postings.sums({}).dtype == np.float32


def test_who_has_a_term() -> None:
    postings = counted([["a"], [], ["a", "b"]])
    assert [postings.has("a", row) for row in range(3)] == [True, False, True]
    assert [postings.has("b", row) for row in range(3)] == [False, False, True]
    assert not postings.has("z", 0)
    assert postings.of("z") is None
    assert postings.sizes.tolist() == [2, 1]
