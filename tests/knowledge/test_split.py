from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Language
from knowledge.articles import Article
from knowledge.passage import Passage
from knowledge.split import MAX_CHARS, embedded_text, searched_text, split


def of(body: str) -> Article:
    return Article("pl/proba", Language.PL, "Tytuł", body, questions=("inne pytanie",))


def test_each_heading_opens_a_passage() -> None:
    passages = split(
        of("Wstęp.\n\n## Kurier\n\nTreść.\n\n### Cena\n\n- 10 zł\n- 20 zł\n\n## Punkt\n\nKoniec."), 3
    )
    assert [(p.id, p.heading, p.text) for p in passages] == [
        ("pl/proba#1", "", "Wstęp."),
        ("pl/proba#2", "Kurier", "Treść."),
        ("pl/proba#3", "Kurier › Cena", "- 10 zł\n- 20 zł"),
        ("pl/proba#4", "Punkt", "Koniec."),
    ]
    assert {(p.article_version, p.title, p.questions) for p in passages} == {(3, "Tytuł", ("inne pytanie",))}


def test_a_heading_without_text_makes_no_passage() -> None:
    assert [p.heading for p in split(of("## Pusty\n\n## Pełny\n\nTekst."), 1)] == ["Pełny"]


def test_an_article_without_text_is_found_by_its_title() -> None:
    assert [p.text for p in split(of(""), 1)] == ["Tytuł"]


def test_long_sections_are_split_between_paragraphs() -> None:
    paragraphs = [f"Akapit {n}. " + "słowo " * 60 for n in range(6)]
    passages = split(of("\n\n".join(paragraphs)), 1)
    assert len(passages) > 1
    assert all(len(p.text) <= MAX_CHARS for p in passages)
    assert "\n".join(p.text for p in passages).split() == " ".join(paragraphs).split()


def test_a_giant_paragraph_is_cut_at_sentences() -> None:
    passages = split(of("To jest zdanie o niczym. " * 200), 1)
    assert all(len(p.text) <= 2 * MAX_CHARS and p.text.endswith(".") for p in passages)


def test_searched_text_holds_title_heading_text_and_phrasings() -> None:
    passage = split(of("## Kurier\n\nTreść."), 1)[0]
    assert searched_text(passage).split("\n") == ["Tytuł › Kurier", "Treść.", "inne pytanie"]


@given(st.text(max_size=3000))
def test_no_word_is_lost_and_ids_count_from_one(body: str) -> None:
    passages = split(of(body), 1)
    assert [p.id for p in passages] == [f"pl/proba#{n}" for n in range(1, len(passages) + 1)]
    if body.strip() and "#" not in body:
        assert "".join("".join(p.text.split()) for p in passages) == "".join(body.split())


def test_what_is_embedded_are_the_views_of_a_passage_each_once() -> None:
    passage = Passage("pl/a#1", "pl/a", 1, "Tytuł", "Kurier", "Treść\fdalej.", Language.PL, ("inne pytanie",))
    text = embedded_text(passage)
    assert text.language is Language.PL
    assert text.views.split("\f") == [
        "Tytuł › Kurier\nTreść dalej.\ninne pytanie",
        "Tytuł › Kurier",
        "Treść dalej.",
    ]
    untitled = Passage("pl/a#1", "pl/a", 1, "", "", "Treść.", Language.PL)
    assert embedded_text(untitled).views == "Treść."
