from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.perturb import Perturbation, perturbed, stripped, with_typo
from knowledge.analysis.text import edit_distance

ASKED = {"a": "Jak zwrócić kubek w paczkomacie?", "b": "Ile dni?", "c": "Gdzie jest moja żółta łódka"}


def test_stripped_takes_polish_letters_apart_and_keeps_capitals() -> None:
    assert stripped("Zażółć gęślą jaźń, ŁÓDŹ") == "Zazolc gesla jazn, LODZ"


@given(st.text("abcdeł ", min_size=1, max_size=40), st.integers(0, 99))
def test_a_typo_is_one_edit_in_one_word_of_four_letters(text: str, seed: int) -> None:
    changed = with_typo(text, random.Random(seed))
    assert edit_distance(text, changed, 1) == (1 if any(len(w) > 3 for w in text.split()) else 0)


@pytest.mark.parametrize("perturbation", list(Perturbation))
def test_the_same_seed_gives_the_same_questions(perturbation: Perturbation) -> None:
    first = perturbed(ASKED, perturbation, 3)
    assert first == perturbed(ASKED, perturbation, 3)
    assert list(first) == list(ASKED)
    assert first["b"] == "Ile dni?"
    alone = {"c": ASKED["c"]}
    assert perturbed(alone, perturbation, 3) == {"c": first["c"]}


def test_another_seed_slips_elsewhere() -> None:
    typed = {perturbed(ASKED, Perturbation.TYPO, seed)["a"] for seed in range(20)}
    assert len(typed) > 10


def test_both_is_a_typo_without_diacritics() -> None:
    typo = perturbed(ASKED, Perturbation.TYPO, 5)
    assert perturbed(ASKED, Perturbation.BOTH, 5) == {key: stripped(text) for key, text in typo.items()}
