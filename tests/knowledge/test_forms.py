from __future__ import annotations

import numpy as np
import pytest

from foundation.language import Language
from knowledge.retrieval.forms import Forms, Kind, asked_kinds, given_kinds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Czy mogę zwrócić kubek?", {Kind.YES_NO}),
        ("czy moge zwrocic kubek", {Kind.YES_NO}),
        ("Jak sprawdzić, czy paczka wyszła?", {Kind.STEPS}),
        ("Chciałbym wiedzieć, czy wysyłacie za granicę", {Kind.YES_NO}),
        ("Jak długo czeka paczka?", {Kind.AMOUNT}),
        ("ile kosztuje kurier", {Kind.AMOUNT}),
        ("Jaki jest koszt dostawy?", {Kind.AMOUNT}),
        ("Jaki rozmiar wybrać?", {Kind.OTHER}),
        ("Co zrobić, gdy kubek pękł?", {Kind.STEPS}),
        ("Czym jest rękojmia?", {Kind.MEANING}),
        ("Dlaczego nie mogę zapłacić kartą?", {Kind.REASON}),
        ("Kubek pękł. Dlaczego? Czy go wymienicie?", {Kind.REASON, Kind.YES_NO}),
        ("zwrot kubka", set()),
        ("", set()),
    ],
)
def test_the_first_question_word_of_a_sentence_tells_what_is_asked(question: str, kinds: set[Kind]) -> None:
    assert asked_kinds(question, Language.PL) == kinds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Can I return a mug?", {Kind.YES_NO}),
        ("I wonder what I can do", {Kind.OTHER}),
        ("How do I return a mug?", {Kind.STEPS}),
        ("How long does it take?", {Kind.AMOUNT}),
        ("What's the price of delivery?", {Kind.AMOUNT}),
        ("What is a glaze?", {Kind.MEANING}),
        ("Why is it late?", {Kind.REASON}),
        ("return a mug", set()),
    ],
)
def test_english_questions_likewise(question: str, kinds: set[Kind]) -> None:
    assert asked_kinds(question, Language.EN) == kinds


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("Tak, kubek zwrócisz w 14 dni.", Language.PL, {Kind.YES_NO, Kind.AMOUNT}),
        ("Niestety nie wysyłamy za granicę.", Language.PL, {Kind.YES_NO}),
        ("Niebieskie kubki wyprzedaliśmy.", Language.PL, set()),
        ("1. Spakuj kubek.\n2. Naklej etykietę.", Language.PL, {Kind.STEPS}),
        ("Wejdź w zamówienie i kliknij „Zwrot”.", Language.PL, {Kind.STEPS}),
        ("Rękojmia to odpowiedzialność sprzedawcy.", Language.PL, {Kind.MEANING}),
        ("Płatność odrzucono, ponieważ karta wygasła.", Language.PL, {Kind.REASON}),
        ("Yes, within 14 days.", Language.EN, {Kind.YES_NO, Kind.AMOUNT}),
        ("Delivery costs £5.", Language.EN, {Kind.AMOUNT}),
        ("Choose the order and click Return.", Language.EN, {Kind.STEPS}),
    ],
)
def test_a_passage_shows_what_it_answers(text: str, language: Language, kinds: set[Kind]) -> None:
    assert given_kinds(text, language) == kinds


def test_a_passage_of_the_form_asked_for_counts_more_and_an_unasked_yes_less() -> None:
    forms = Forms(["Tak, w 14 dni.", "Wypełnij formularz.", "Kubki są białe."], Language.PL)
    yes, steps, neither = forms.scores("Czy można zwrócić kubek?")
    assert yes > steps == neither == 0
    yes, steps, neither = forms.scores("Jak zwrócić kubek?")
    assert yes < neither < steps
    np.testing.assert_array_equal(forms.scores("zwrot kubka"), np.zeros(3))


def test_no_passages_have_no_form() -> None:
    assert Forms([], Language.EN).scores("Can I?").shape == (0,)
