from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Language
from knowledge.analysis.terms import Documents, Words
from knowledge.analysis.text import grams, stems, tokens

TEXTS = ["Zażółć gęślą jaźń, proszę", "", "ile dni na zwrot? Ile!", "?!", "It's £5 – Œuvre 😀 ﬁn", "a"]


def spelt(documents: Documents) -> list[list[str]]:
    """Return documents of terms again."""
    term_of = {number: term for term, number in documents.terms.items()}
    ends = np.cumsum(documents.sizes)
    return [
        [term_of[number] for number in documents.flat[end - size : end].tolist()]
        for end, size in zip(ends, documents.sizes, strict=True)
    ]


@pytest.mark.parametrize("texts", [TEXTS, [], [""], ["zwrot"], TEXTS * 500], ids=len)
def test_terms_are_those_of_each_text(texts: list[str]) -> None:
    words = Words(iter(texts))
    assert spelt(words.grams()) == [grams(text) for text in texts]
    pl = Language.PL
    assert spelt(words.by(lambda word: stems(word, pl))) == [stems(text, pl) for text in texts]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_grams_are_those_of_any_text(texts: list[str]) -> None:
    assert spelt(Words(texts).grams()) == [grams(text) for text in texts]


def test_a_word_may_have_several_terms_or_none() -> None:
    found = Words(["ab c ab", "c", "d"]).by(lambda word: list(word) if word != "c" else [])
    assert spelt(found) == [["a", "b", "a", "b"], [], ["d"]]


def test_words_are_counted() -> None:
    assert Words(TEXTS).counts() == {
        word: sum(tokens(text).count(word) for text in TEXTS) for text in TEXTS for word in tokens(text)
    }
