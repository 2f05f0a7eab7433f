from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.analysis.text import grams, is_stopword, stem, tokens
from knowledge.retrieval.phrased import Phrases

TEXTS = ["Ile dni jest na zwrot?", "Koszt dostawy", "ile idzie paczka", "zwrot", "Faktura VAT", "zwrot kubka"]
ROWS = [4, 0, 0, 4, 2, 1]


def terms_of(text: str) -> dict[str, float]:
    """Pieces as often as they occur, stems and families once, and heavier."""
    terms: dict[str, float] = dict(Counter(grams(text)))
    for word in tokens(text):
        if not is_stopword(word, Language.PL):
            terms[f"={stem(word, Language.PL)}"] = 2
            terms |= {f"#{family}": 3 for family in bundled().families_of(word, Language.PL)}
    return terms


def by_hand(question: str) -> list[float]:
    """The cosine of tf-idf terms with each phrase, and the best of each row's."""
    documents = [terms_of(text) for text in TEXTS]
    having = Counter(term for document in documents for term in document)

    def unit(terms: dict[str, float]) -> dict[str, float]:
        rare = {t: w * math.log(1 + len(TEXTS) / having.get(t, 1)) for t, w in terms.items()}
        length = math.sqrt(sum(w * w for w in rare.values()))
        return {t: w / length for t, w in rare.items()}

    asked = unit(terms_of(question))
    best = [0.0] * 6
    for row, document in zip(ROWS, documents, strict=True):
        mine = unit(dict(document))
        best[row] = max(best[row], sum(w * mine.get(t, 0.0) for t, w in asked.items()))
    return best


@pytest.mark.parametrize("question", ["ile dni mam na zwrot", "paczka", "faktura na firme", "zwrot kubka"])
def test_each_row_is_as_near_as_its_nearest_phrase(question: str) -> None:
    phrases = Phrases(TEXTS, ROWS, 6, Language.PL)
    np.testing.assert_allclose(phrases.scores(question), by_hand(question), atol=1e-6)
    assert phrases.scores("zwrot kubka")[1] == pytest.approx(1)


def test_nothing_to_compare_with() -> None:
    assert Phrases([], [], 2, Language.PL).scores("zwrot").tolist() == [0, 0]
    assert Phrases(["zwrot"], [0], 1, Language.PL).scores("").tolist() == [0]
