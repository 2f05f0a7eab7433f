from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.analysis.terms import Words
from knowledge.analysis.text import grams, stem, tokens

from .test_terms import spelt

TEXTS = [["Zwrot kubków", "W 14 dni, it's"], [], ["?"], ["Zwrot kubków", "Ile dni? Œuvre"]]
PL = Language.PL


def words_of(words: Words) -> list[list[str]]:
    return spelt(words.by(lambda word: [word]))


def joined(texts: list[list[str]]) -> list[list[str]]:
    return [tokens("\n".join(parts)) for parts in texts]


def refuse(text: str) -> int:
    raise AssertionError(f"{text!r} is read again")


def test_the_words_of_the_parts_are_those_of_the_whole() -> None:
    words = KnownTexts(PL).words(TEXTS)
    assert words_of(words) == joined(TEXTS)
    assert spelt(words.grams()) == [grams("\n".join(parts)) for parts in TEXTS]
    assert words.counts()["zwrot"] == 2


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=4))
def test_no_word_runs_across_parts_of_any_text(texts: list[list[str]]) -> None:
    known = KnownTexts(PL)
    assert words_of(known.words(texts)) == joined(texts)
    assert words_of(KnownTexts.of(PL, known.arrays()).words(texts)) == joined(texts)


def test_what_was_read_before_is_not_read_again() -> None:
    first = KnownTexts(PL)
    first.words(TEXTS)
    assert first.noted(["a", "bb"], len).tolist() == [1, 2]
    assert first.read == 4  # parts that differ
    for before in (first, KnownTexts.of(PL, first.arrays())):
        second = KnownTexts(PL, before)
        assert words_of(second.words([*TEXTS, ["Nowy kubek"]])) == joined([*TEXTS, ["Nowy kubek"]])
        assert second.noted(["bb", "a"], refuse).tolist() == [2, 1]
        assert second.read == 1


def test_what_is_not_asked_for_is_given_up() -> None:
    first = KnownTexts(PL)
    first.words(TEXTS)
    second = KnownTexts(PL, first)
    words = second.words([["Ile dni? Œuvre"]])
    second.settle()
    assert len(second) == 1
    assert sorted(words.words) == ["dni", "ile", "œuvre"]
    second.words(TEXTS)
    assert second.read == 3


def test_stems_are_kept() -> None:
    known = KnownTexts(PL)
    assert [known.stem(word) for word in ("kubków", "kubków", "h")] == [
        stem(w, PL) for w in ("kubków", "kubków", "h")
    ]
    again = KnownTexts.of(PL, known.arrays())
    assert again.arrays()["stems"].tobytes() == known.arrays()["stems"].tobytes()


def test_a_language_without_texts() -> None:
    known = KnownTexts.of(PL, KnownTexts(PL).arrays())
    assert words_of(known.words([])) == []
    assert known.noted([], refuse).tolist() == []


@pytest.mark.parametrize("name", ["sizes", "flat", "digests", "words", "stems", "notes"])
def test_arrays_that_do_not_fit_are_refused(name: str) -> None:
    known = KnownTexts(PL)
    known.words(TEXTS)
    known.noted(["a"], len)
    known.stem("kubków")
    arrays = dict(known.arrays())
    arrays[name] = arrays[name][:-1]
    if name == "words":  # the last word loses its end, and so is no word
        arrays[name] = arrays[name][:-6]
    with pytest.raises(ValueError, match=r"."):
        KnownTexts.of(PL, arrays)
    del arrays[name]
    with pytest.raises(KeyError):
        KnownTexts.of(PL, arrays)
