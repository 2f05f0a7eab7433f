from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers import mrr_at, ndcg_at, recall_at


def test_by_hand() -> None:
    ranked, relevant = ["x", "a", "y", "b"], {"a", "b", "c"}
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(10, ranked, relevant) == pytest.approx(gain / best)
    assert ndcg_at(1, ranked, relevant) == 0
    assert mrr_at(10, ranked, relevant) == 0.5
    assert mrr_at(1, ranked, relevant) == 0
    assert recall_at(2, ranked, relevant) == pytest.approx(1 / 3)
    assert recall_at(10, ranked, relevant) == pytest.approx(2 / 3)


def test_nothing_relevant_is_nothing_won() -> None:
    assert ndcg_at(10, ["a"], set()) == mrr_at(10, ["a"], set()) == recall_at(10, ["a"], set()) == 0


@given(
    st.permutations(["a", "b", "c", "d", "e"]),
    st.sets(st.sampled_from("abcde"), min_size=1),
    st.integers(1, 6),
)
def test_bounds_and_the_best_ranking(ranked: list[str], relevant: set[str], k: int) -> None:
    for scorer in (ndcg_at, mrr_at, recall_at):
        assert 0 <= scorer(k, ranked, relevant) <= 1
    best = sorted(ranked, key=lambda item: item not in relevant)
    assert ndcg_at(k, best, relevant) == pytest.approx(1)
    assert mrr_at(k, best, relevant) == 1
    assert ndcg_at(k, ranked, relevant) <= ndcg_at(k, best, relevant) + 1e-12
