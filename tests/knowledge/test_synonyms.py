"""Synonyms as data: the bundled lists, a shop's own file, and the rights that stay apart."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import pytest

from foundation.language import Language
from knowledge.analysis.shop_words import ShopWords
from knowledge.analysis.synonym_lines import APART, Group
from knowledge.analysis.synonyms import Synonyms, bundled

PL, EN = Language.PL, Language.EN


def akin(first: str, second: str, language: Language, synonyms: Synonyms | None = None) -> bool:
    words = synonyms or bundled()
    return bool(words.families_of(first, language) & words.families_of(second, language))


def group(name: str, language: Language, synonyms: Synonyms) -> Group:
    return next(g for g in synonyms.groups[language] if g.name == name)


def test_the_bundled_lists_have_no_bad_line() -> None:
    assert bundled().problems == ()
    assert all(len(bundled().groups[language]) > 40 for language in Language)
    assert len(bundled().pairs) > 100


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("paka", "przesyłka"),
        ("dojdzie", "otrzymasz"),
        ("oddac", "zwrócić"),
        ("odesłać", "zwrot"),
        ("butów", "obuwie"),
        ("fv", "faktura"),
        ("VAT", "faktury"),
        ("automat", "Paczkomatu"),
        ("InPost", "paczkomat"),
        ("kasę", "pieniędzy"),
        ("kasiora", "pieniędzy"),
        ("kodzik", "rabat"),
        ("lipne", "wada"),
    ],
)
def test_shoppers_words_stand_for_the_articles(said: str, written: str) -> None:
    assert akin(said, written, PL)


@pytest.mark.parametrize(
    ("said", "written"),
    [("paid", "payment"), ("broke", "fault"), ("coupon", "discount"), ("order", "parcel"), ("fits", "size")],
)
def test_english_words_stand_for_one_another(said: str, written: str) -> None:
    assert akin(said, written, EN)


@pytest.mark.parametrize("language", Language)
def test_return_complaint_and_guarantee_share_no_word(language: Language) -> None:
    rights = [group(name, language, bundled()) for name in APART[language]]
    for one, other in combinations(rights, 2):
        assert not [(a, b) for a in one.words for b in other.words if a.overlaps(b)]


@pytest.mark.parametrize("language", Language)
def test_no_group_and_no_pair_joins_two_of_these_rights(language: Language) -> None:
    rights = [group(name, language, bundled()).words for name in APART[language]]

    def named(words: tuple[object, ...]) -> int:
        return sum(any(word.overlaps(right) for word in words for right in words_of) for words_of in rights)  # type: ignore[attr-defined]

    assert not [g.name for g in bundled().groups[language] if named(g.words) > 1]
    assert not [pair for pair in bundled().pairs if named(pair.side(language)) > 1]


def test_a_shops_group_holds_in_both_languages() -> None:
    ours = bundled().with_lines("# bicycles\nrower jednoślad bike\n")
    assert ours.problems == ()
    assert akin("rowery", "jednoślady", PL, ours)
    assert akin("bikes", "rower", EN, ours)
    assert not akin("rowery", "jednoślady", PL)


def test_words_are_added_to_a_group_by_its_name_and_taken_out() -> None:
    ours = bundled().with_lines("paczkomat: szafka\npaczkomat: -inpost\n")
    assert ours.problems == ()
    assert akin("szafki", "paczkomat", PL, ours)
    assert not akin("inpost", "paczkomat", PL, ours)
    assert akin("inpost", "paczkomat", PL)
    assert len(ours.groups[PL]) == len(bundled().groups[PL])


def test_a_new_group_may_have_a_name() -> None:
    ours = bundled().with_lines("kaski: kask, hełm\nkaski: garnek\n")
    assert akin("hełmy", "garnek", PL, ours)


def test_a_whole_word_is_no_beginning() -> None:
    ours = bundled().with_lines("lampa$ żarówka")
    assert akin("lampa", "żarówki", PL, ours)
    assert not akin("lampart", "żarówki", PL, ours)


BAD = [
    ("rower", "two words"),
    ("nazwa:", "no words"),
    ("-paczka", "of which group"),
    ("nieznana: -paczka", "no group"),
    ("paczkomat: -szkatuła", "no such word"),
    ("ro wa", "short"),
    ("paczkomat: żeby", "every other sentence"),
    ("rower <b>", "no word"),
    ("do góry: rower koło; lampa", "no word"),
    ("!: rower koło", "no name"),
    ("rower =", "needs Polish words"),
    ("karta_stała rower", "joined by _"),
    ("x" * 3000, "longer"),
    ("gwarancja reklamacja", "stay apart"),
    ("gwar reklam", "stay apart"),
    ("zwrot: reklamacja", "stay apart"),
    ("gwarancja: odstąpienie", "stay apart"),
    ("warranty complaint", "stay apart"),
    ("zwrot wada rower", "stay apart"),
    ("gwarancja = complaint", "stay apart"),
    ("zwrot reklamacja = return", "stay apart"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_a_bad_line_is_named_and_the_rest_is_used(line: str, reason: str) -> None:
    ours = bundled().with_lines(f"rower jednoślad\n{line}\nlampa żarówka\n")
    assert [problem.number for problem in ours.problems] == [2]
    assert reason in ours.problems[0].reason
    assert akin("rower", "jednoślad", PL, ours)
    assert akin("lampa", "żarówka", PL, ours)
    # A line that is left out leaves nothing behind.
    assert [len(ours.groups[x]) for x in Language] == [len(bundled().groups[x]) + 2 for x in Language]


def test_the_same_words_have_the_same_digest() -> None:
    first, second = bundled().with_lines("rower koło"), bundled().with_lines("rower koło")
    assert first.digest == second.digest
    assert first.digest != bundled().digest
    assert first.digest != bundled().with_lines("rower lampa").digest


def test_a_shops_file_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    words = ShopWords(path)
    assert words() is bundled()
    path.write_text("rower jednoślad\n", encoding="utf-8-sig")
    first = words()
    assert akin("rower", "jednoślad", PL, first)
    assert words() is first
    path.write_text("lampa żarówka\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert akin("lampa", "żarówka", PL, words())
    assert not akin("rower", "jednoślad", PL, words())
    path.unlink()
    assert words() is bundled()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"rower kolo\n" * 40000, "larger")],
)
def test_a_file_that_is_no_list_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes(content)
    words = ShopWords(path)()
    assert reason in words.problems[0].reason
    assert akin("paka", "przesyłka", PL, words)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").mkdir()
    assert "cannot be read" in ShopWords(tmp_path / "synonyms.txt")().problems[0].reason
