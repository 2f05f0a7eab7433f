from __future__ import annotations

import math
import random

import numpy as np
import pytest

from knowledge.retrieval.lexical import Bm25


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


def by_hand(documents: list[list[str]], terms: list[str], k1: float, b: float) -> list[float]:
    """BM25 document by document and term by term."""
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in terms:
            having = sum(term in other for other in documents)
            idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            times = document.count(term)
            score += idf * times * (k1 + 1) / (times + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("number", [1, 30, 300])
def test_scores_are_those_reckoned_by_hand(number: int) -> None:
    chance = random.Random(number)
    words = [f"w{n}" for n in range(40)]
    documents = [chance.choices(words, range(1, 41), k=chance.randrange(60)) for _ in range(number)]
    index = Bm25(iter([*documents, ["one"]]), k1=0.9, b=0.4)
    documents.append(["one"])
    for _ in range(10):
        asked = chance.choices([*words, "unknown"], k=7)
        np.testing.assert_allclose(index.scores(asked), by_hand(documents, asked, 0.9, 0.4), rtol=1e-5)
    for row in range(0, number, 7):
        assert {word for word in words if index.has(word, row)} == set(documents[row])
