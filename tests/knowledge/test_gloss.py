"""Polish put into English word by word, for a model that reads English only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.analysis.gloss import Glosses, bundled_glosses
from knowledge.analysis.words import fold

FOLDER = Path(__file__).parents[2] / "knowledge" / "analysis" / "lists" / "gloss"
LINE = re.compile(r"(?:[^\W_]+(?:[_-][^\W_]+)*\$? )+= [a-z0-9]+(?:[_'-][a-z0-9]+)*")

SOME = Glosses(
    [
        "# a remark",
        "paczka paczk = parcel",
        "praw = right",
        "prawie$ = almost",
        "pies$ psa$ = dog",
        "karta = card",
        "karta_podarunkowa kartę_podarunkową = gift_card",
        "zwróc zwrac = return",
    ]
)


@pytest.mark.parametrize(
    ("polish", "english"),
    [
        ("Paczkę paczka PACZEK paczkomat", "parcel parcel PACZEK parcel"),
        ("prawo prawie prawa", "right almost right"),
        ("pies psa psami", "dog dog psami"),
        ("kartę podarunkową kupię", "gift card kupię"),
        ("zwrocic zwracacie", "return return"),
        ("14 dni, 5%!", "14 dni , 5 % !"),
        ("", ""),
    ],
)
def test_words_are_put_over_in_their_own_order(polish: str, english: str) -> None:
    assert SOME.put(polish) == english


def test_of_several_beginnings_the_longest_counts_and_a_whole_word_before_it() -> None:
    glosses = Glosses(["prac = work", "pracowni = studio", "praca$ = job"])
    assert [glosses.of(word) for word in ("pracy", "pracownia", "praca")] == ["work", "studio", "job"]


def test_a_beginning_is_not_followed_by_another_word() -> None:
    assert Glosses(["kot = cat"]).of("kotlety") is None
    assert Glosses(["kot = cat"]).of("kotami") == "cat"


def test_the_digest_tells_lists_apart_but_not_remarks() -> None:
    assert Glosses(["kot = cat"]).digest == Glosses(["# of animals", "kot = cat"]).digest
    assert Glosses(["kot = cat"]).digest != Glosses(["kot = dog"]).digest


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_every_bundled_line_can_be_read(path: Path) -> None:
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").split("\n")]
    assert not [line for line in lines if line and not LINE.fullmatch(" ".join(line.split()))]


RIGHTS = {
    "zwrot": "return",
    "odstąpienie": "withdrawal",
    "reklamacja": "complaint",
    "gwarancja": "warranty",
    "rękojmia": "statutory warranty",
}


def test_rights_that_differ_are_different_words() -> None:
    for polish, english in RIGHTS.items():
        assert bundled_glosses().of(polish) == english


@pytest.mark.parametrize(
    ("polish", "words"),
    [
        ("Kiedy przyjdzie moja paczka?", {"when", "parcel"}),
        ("chcę oddać za małe buty", {"want", "shoes", "small"}),
        ("czy mozna zaplacic na raty", {"pay", "installments"}),
        ("Ile trwa zwrot pieniędzy na konto?", {"refund", "account"}),
    ],
)
def test_what_shoppers_ask_comes_out_in_english(polish: str, words: set[str]) -> None:
    assert words <= set(bundled_glosses().put(polish).split())
    assert words <= set(bundled_glosses().put(fold(polish)).split())
