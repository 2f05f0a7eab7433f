from __future__ import annotations

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Language
from knowledge.analysis.slips import slip_meant
from knowledge.analysis.text import (
    Vocabulary,
    begun,
    content_stems,
    edit_distance,
    fold,
    grams,
    slip_mended,
    stem,
    stems,
    tokens,
)

CORPUS = [
    "Zwrot butów jest możliwy przez czternaście dni. Buty odeślij w pudełku.",
    "Paczkomat: paczka czeka dwie doby. Reklamację złożysz w formularzu.",
    "Płatność kartą, przelewem albo za pobraniem. Kubki są ceramiczne.",
]


def test_fold_covers_letters_that_unicode_does_not_decompose() -> None:
    assert fold("Zażółć gęślą jaźń ŁÓDŹ") == "zazolc gesla jazn lodz"


def test_tokens_keep_diacritics_and_cut_english_endings() -> None:
    assert tokens("Where's my Paczkomat? Łódź, 12,99 zł") == [
        "where", "my", "paczkomat", "łódź", "12", "99", "zł",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "other"), [("paczka", "paczki"), ("zwrot", "zwroty"), ("faktura", "faktury"), ("buty", "butami")]
)
def test_polish_forms_meet_in_one_stem(form: str, other: str) -> None:
    assert stem(form, Language.PL) == stem(other, Language.PL)


def test_content_stems_leave_function_words_out() -> None:
    assert content_stems("czy ja mogę to u was zwrócić", Language.PL) == stems("zwrócić", Language.PL)
    assert content_stems("can I please return it", Language.EN) == ["return"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("butow", "butów"),  # no diacritics
        ("platnosc", "płatność"),
        ("paczkomt", "paczkomat"),  # a letter lost
        ("pacza", "paczka"),
        ("reklamcaje", "reklamację"),  # neighbours swapped
        ("formulażu", "formularzu"),
        ("pudełek", "pudełek"),  # too far
        ("kubkow", "kubki"),  # another ending, which the stemmer does not know
        ("zwrot", "zwrot"),
        ("akrta", "kartą"),  # the first letter late
        ("mgoe", "moge"),  # a function word that no article has
        ("qwerty", "qwerty"),  # nothing near
        ("psy", "psy"),  # too short to be guessed
        ("12345678", "12345678"),
    ],
)
def test_vocabulary_brings_words_back(typed: str, meant: str) -> None:
    assert Vocabulary(CORPUS, Language.PL).restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paczko mat", "paczkomat"),
        ("paczko-mat", "paczkomat"),
        ("zwrotbutow", "zwrot butów"),
        ("zwrot butow", "zwrot butów"),
        ("kartaprzelewem", "karta przelewem"),
        ("paczka mat", "paczka mat"),
        ("blik2000 xy", "blik2000 xy"),
        ("", ""),
    ],
)
def test_words_are_joined_and_parted_as_the_corpus_writes_them(typed: str, meant: str) -> None:
    words = Vocabulary([*CORPUS, "Karta zostaje u Ciebie."], Language.PL)
    assert " ".join(restored for _, restored in words.read(tokens(typed))) == meant


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("48h", "48 godzin", Language.PL),
        ("48 godz.", "48 godzinach", Language.PL),
        ("14-dniowy", "14 dni", Language.PL),
        ("14dni", "14 dniach", Language.PL),
        ("2 tyg", "2 tygodnie", Language.PL),
        ("100zł", "100 złotych", Language.PL),
        ("100zl", "100 PLN", Language.PL),
        ("48hrs", "48 hours", Language.EN),
        ("14-day", "14 days", Language.EN),
    ],
)
def test_numbers_and_units_meet_however_they_are_written(one: str, other: str, language: Language) -> None:
    assert stems(one, language) == stems(other, language)
    assert begun(one, language) == begun(other, language)


def test_other_words_with_digits_stay_whole() -> None:
    assert tokens("Przelewy24 b2b 4G 3xl AB12cm") == ["przelewy24", "b2b", "4g", "3xl", "ab12cm"]


@pytest.mark.parametrize("word", ["from", "want", "site", "cart"])
def test_words_that_are_right_are_left_alone(word: str) -> None:
    words = Vocabulary(["Fill in the form. Wait for the size on your card."], Language.EN)
    assert words.restore(word) == word
    assert words.restore("fomr") == "form"


def test_vocabulary_prefers_the_more_frequent_word_of_a_fold() -> None:
    words = Vocabulary(["zadanie żądanie żądanie"], Language.PL)
    assert words.restore("zadanie") == "zadanie"
    assert Vocabulary(["sąd sąd śad"], Language.PL).restore("sad") == "sąd"


def test_words_that_begin_alike_meet_and_function_words_are_left_out() -> None:
    assert begun("Czy zapłacę kartą?", Language.PL) == begun("zapłacisz kartami", Language.PL)
    assert begun("Jak mogę przez blik2000?", Language.PL) == ["blik2000"]


def test_grams_run_over_word_boundaries() -> None:
    assert grams("Żółw x") == [" zol", "zolw", "olw ", "lw x", "w x "]
    assert grams("") == []


@given(st.text(max_size=200))
def test_fold_is_idempotent_and_tokens_never_hold_space(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(token and not token.isspace() for token in tokens(text))


@given(st.text("abcdeł", max_size=8), st.text("abcdeł", max_size=8), st.integers(0, 3))
def test_edit_distance_is_symmetric_and_bounded(first: str, second: str, limit: int) -> None:
    distance = edit_distance(first, second, limit)
    assert distance == edit_distance(second, first, limit)
    assert 0 <= distance <= limit + 1
    assert (distance == 0) == (first == second)


@given(st.text("abcde", min_size=4, max_size=7), st.integers(0, 6), st.sampled_from("xyz"))
def test_one_replaced_letter_is_one_edit(word: str, place: int, letter: str) -> None:
    changed = word[: place % len(word)] + letter + word[place % len(word) + 1 :]
    assert edit_distance(word, changed, 2) == 1


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=30), st.sampled_from(Language))
def test_restoring_twice_changes_nothing_more(corpus: list[str], word: str, language: Language) -> None:
    words = Vocabulary(corpus, language)
    for token in tokens(word):
        assert words.restore(words.restore(token)) == words.restore(token)


@pytest.mark.parametrize(
    ("word", "restored", "meant"),
    [
        ("zwort", "zwrot", "zwrot"),
        ("zwrto", "zwrot", "zwrot"),
        ("zwot", "zwrot", "zwrot"),
        ("zwrott", "zwrot", "zwrot"),
        ("paczkomacei", "paczkomacie", "paczkomacie"),
        ("butow", "butów", "butow"),
        ("kota", "koszt", "kota"),
        ("rower", "zwrot", "rower"),
        ("mecz", "miecz", "miecz"),
        ("kod", "kody", "kod"),
    ],
)
def test_a_slip_of_the_finger_counts_as_the_word_that_was_meant(word: str, restored: str, meant: str) -> None:
    assert slip_mended(word, restored) == meant


@pytest.mark.parametrize(
    ("word", "restored", "same"),
    [
        ("paczkomt", "paczkomat", True),
        ("zwort", "zwrot", True),
        ("zwrucic", "zwrócić", True),
        ("refumd", "refund", True),
        ("strun", "stron", False),
        ("papież", "papier", False),
        ("parzysta", "korzysta", False),
    ],
)
def test_a_letter_that_no_finger_takes_for_another_makes_another_word(
    word: str, restored: str, same: bool
) -> None:
    assert (slip_meant(word, restored) == restored) is same


@given(st.text(max_size=60))
def test_each_letter_folds_by_itself(text: str) -> None:
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    assert fold(text) == bare.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("æ", "ae")


def test_threads_that_stem_at_once_find_what_each_finds_alone() -> None:
    endings = ("owaniem", "ami", "ościach", "anych", "ieniu", "owie", "ek", "ach")
    beginnings = (
        "pacz",
        "zwrot",
        "dostaw",
        "reklam",
        "zamów",
        "rozmiar",
        "płat",
        "kurier",
        "faktur",
        "odbior",
    )
    words = [
        f"{begin}{number % 7 * 'o'}{end}" for begin in beginnings for end in endings for number in range(7)
    ]
    stem_anew = stem.__wrapped__
    alone = [stem_anew(word, Language.PL) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as threads:
            together = [
                threads.submit(lambda: [stem_anew(word, Language.PL) for word in words]) for _ in range(3)
            ]
            assert [each.result() for each in together] == [alone] * 3
    finally:
        sys.setswitchinterval(interval)
