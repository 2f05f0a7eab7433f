from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.lexical import Bm25


def test_score_is_the_formula() -> None:
    index = Bm25([["a", "b"], ["a", "a", "c", "d"]], k1=1.2, b=0.75)
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 2 / 3)
    assert index.scores(["b"])[0] == pytest.approx(idf * 2.2 / (1 + norm), rel=1e-5)
    assert index.scores(["b"])[1] == 0


def test_repeated_and_unknown_terms() -> None:
    index = Bm25([["a"], ["b"]])
    np.testing.assert_allclose(index.scores(["a", "a", "zzz"]), 2 * index.scores(["a"]))
    assert index.idf("zzz") == index.unseen_idf == index.idf("a")
    assert "a" in index
    assert "zzz" not in index


def test_no_document_exceeds_the_ceiling() -> None:
    index = Bm25([["a"] * 50, ["a", "b"]])
    assert index.scores(["a", "b"]).max() < index.ceiling(["a", "b"])


@pytest.mark.parametrize("documents", [[], [[]]])
def test_nothing_to_search(documents: list[list[str]]) -> None:
    assert Bm25(documents).scores(["a"]).tolist() == [0.0] * len(documents)
