from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from foundation.language import Language
from knowledge.articles import Article
from knowledge.reading.duplicates import NEAR, duplicates, without_duplicates

BODY = (
    "Na zwrot masz 14 dni od odebrania paczki. Wypełnij formularz, zapakuj towar i nadaj go w "
    "paczkomacie. Pieniądze oddamy tą samą drogą, którą zapłacono, najpóźniej 14 dni po otrzymaniu "
    "oświadczenia, a koszt odesłania ponosi kupujący. Towaru nie trzeba odsyłać w oryginalnym pudełku, "
    "ale trzeba go dobrze zabezpieczyć, żeby nie zniszczył się w drodze. Dowód nadania warto zachować aż "
    "do chwili zwrotu pieniędzy."
)


def article(name: str, title: str = "Zwrot towaru", body: str = BODY) -> Article:
    return Article(f"pl/{name}", Language.PL, title, body, source=f"articles/{name}.md")


def test_the_same_words_are_the_same_whatever_their_marks() -> None:
    copy = article("b", "ZWROT  towaru!", BODY.replace(". ", ".\n\n- ").upper())
    (found,) = duplicates([article("a"), copy])
    assert (found.article.id, found.other.id, found.is_same) == ("pl/b", "pl/a", True)


def test_another_language_makes_no_other_text() -> None:
    copy = replace(article("a"), id="en/a", language=Language.EN)
    assert [found.article.id for found in duplicates([copy], [article("a")])] == ["en/a"]


def test_a_new_state_of_a_published_article_is_no_duplicate() -> None:
    known = [article("a"), article("b", "Dostawa", "Dostawa trwa dwa dni.")]
    assert duplicates([article("a"), article("b", "Dostawa", "Dostawa trwa trzy dni.")], known) == []


def test_a_text_that_is_being_replaced_does_not_count() -> None:
    changed = article("a", body="Teraz na zwrot masz 30 dni.")
    assert duplicates([changed, article("b")], [article("a")]) == []


def test_the_name_of_a_file_is_no_title_to_differ_by() -> None:
    copy = replace(article("zwrot-kopia", "Zwrot kopia"), source="articles/zwrot-kopia.md")
    assert [found.is_same for found in duplicates([article("a"), copy])] == [True]


def test_one_answer_to_two_questions_stays_twice() -> None:
    rows = [
        article("x", "Czy mogę zapłacić kartą?", "Tak."),
        article("y", "Czy mogę zapłacić BLIK-iem?", "Tak."),
    ]
    assert duplicates(rows) == []


def test_a_text_that_is_true_longer_is_kept() -> None:
    winter = replace(article("a"), valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31))
    always = article("b")
    assert [found.is_same for found in duplicates([always, winter])] == [True]
    assert [found.is_same for found in duplicates([winter, always])] == [False]


def test_another_number_is_said_and_kept() -> None:
    other = article("b", body=BODY.replace("masz 14 dni", "masz 30 dni"))
    (found,) = duplicates([article("a"), other])
    assert NEAR <= found.similarity < 1
    kept, problems, notes = without_duplicates([article("a"), other])
    assert [one.id for one in kept] == ["pl/a", "pl/b"]
    assert problems == ()
    assert "articles/b.md: “Zwrot towaru” says nearly the same as pl/a (9" in notes[0].message


def test_a_repetition_is_left_out_and_named() -> None:
    kept, problems, notes = without_duplicates(
        [article("b"), article("c", "Inny", "Inny tekst.")], [article("a")]
    )
    assert [one.id for one in kept] == ["pl/c"]
    assert [problem.message for problem in problems] == [
        "articles/b.md: “Zwrot towaru” says the same as pl/a: not added."
    ]
    assert problems[0].say(Language.PL) == "articles/b.md: „Zwrot towaru” mówi to samo co pl/a: nie dodano."
    assert notes == ()


@pytest.mark.parametrize("seed", range(5))
def test_comparing_few_pairs_finds_what_comparing_all_would(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"słowo{n}" for n in range(60)]
    texts = [chance.choices(words, k=40) for _ in range(6)]
    for text in texts[:4]:
        texts.append([word if chance.random() > 0.02 else "inne" for word in text])
    articles = [article(str(n), f"T {n}", " ".join(text)) for n, text in enumerate(texts)]

    def shingles(one: Article) -> set[tuple[str, ...]]:
        all_words = f"{one.title} {one.body}".lower().split()
        return {tuple(all_words[n : n + 3]) for n in range(len(all_words) - 2)}

    expected = {
        later.id
        for n, later in enumerate(articles)
        for earlier in articles[:n]
        if len(shingles(later) & shingles(earlier)) / len(shingles(later) | shingles(earlier)) >= NEAR
    }
    assert {found.article.id for found in duplicates(articles)} == expected


def test_of_thousands_of_rows_that_are_alike_each_is_noted() -> None:
    many = [article(str(n), f"Buty {n}", f"{BODY} Model {n}.") for n in range(2000)]
    same = [article(f"s{n}", f"Czy macie rozmiar {n}?", "Tak.") for n in range(2000)]
    found = duplicates([*many, *same])
    assert [one.article.id for one in found] == [one.id for one in many[1:]]
