from __future__ import annotations

from itertools import pairwise

import pytest

from foundation.language import Language
from knowledge.library import Library
from tests.knowledge.conftest import POTTERY, article

ASKED = [
    ("Ile mam dni na zwrot?", Language.PL, "pl/zwroty"),
    ("ile na zwrot", Language.PL, "pl/zwroty"),
    ("zwrot kubkow", Language.PL, "pl/zwroty"),
    ("do kiedy moge oddac kubek", Language.PL, "pl/zwroty"),
    ("zwort ile dni", Language.PL, "pl/zwroty"),
    ("jak odeslac kubki w kartonie", Language.PL, "pl/zwroty"),
    ("paczkomat ile czeka", Language.PL, "pl/dostawa"),
    ("paczkomt", Language.PL, "pl/dostawa"),
    ("koszt przesylki kurierem", Language.PL, "pl/dostawa"),
    ("faktura", Language.PL, "pl/faktura"),
    ("chce fakture na firme", Language.PL, "pl/faktura"),
    ("czy talerze mozna myc w zmywarce", Language.PL, "pl/pielegnacja"),
    ("how many days to return", Language.EN, "en/zwroty"),
    ("can I send the mug back", Language.EN, "en/zwroty"),
    ("shipping price", Language.EN, "en/dostawa"),
    ("are plates dishwasher safe", Language.EN, "en/pielegnacja"),
    ("dishwaser plaets", Language.EN, "en/pielegnacja"),
    ("delivrey prcie", Language.EN, "en/dostawa"),
    ("wheres my parcel locker parcel", Language.EN, "en/dostawa"),
]
OFF_TOPIC = [
    ("jaka jest stolica Australii", Language.PL),
    ("kto wygrał wczoraj mecz", Language.PL),
    ("jak ugotować rosół z kury", Language.PL),
    ("ile lat ma prezydent", Language.PL),
    ("co", Language.PL),
    ("what is the capital of Australia", Language.EN),
    ("tell me a joke", Language.EN),
    ("who wrote Hamlet", Language.EN),
    ("will it rain tomorrow", Language.EN),
]


@pytest.mark.parametrize(("question", "language", "expected"), ASKED)
async def test_questions_find_their_article(
    library: Library, question: str, language: Language, expected: str
) -> None:
    found = await library.retriever.retrieve(question, language=language)
    assert found.passages[0].passage.article_id == expected
    assert found.question == question


async def test_shop_questions_are_surer_than_trivia(library: Library) -> None:
    asked = [(await library.retriever.retrieve(q, language=lang)).confidence for q, lang, _ in ASKED]
    trivia = [(await library.retriever.retrieve(q, language=lang)) for q, lang in OFF_TOPIC]
    assert not any(found.answerable for found in trivia)
    assert sum(each > 0.5 for each in asked) >= len(asked) - 3
    assert sorted(asked)[2] > max(found.confidence for found in trivia)


@pytest.mark.parametrize("question", ["19 zł", "48", "60", "delivery dostawa", "paczkomat locker"])
@pytest.mark.parametrize("language", list(Language))
async def test_the_questions_language_comes_first(
    library: Library, question: str, language: Language
) -> None:
    found = await library.retriever.retrieve(question, language=language, limit=50)
    languages = [p.passage.language for p in found.passages]
    assert languages[0] is language
    assert set(languages) == set(Language)
    assert languages == sorted(languages, key=lambda each: each is not language)


async def test_the_only_article_answers_in_its_own_language(library: Library) -> None:
    await library.publish(
        [article("szkliwo", "Glaze and lead", "Our glaze is free of lead.", language=Language.EN)]
    )
    found = await library.retriever.retrieve("glaze lead free?", language=Language.PL)
    assert found.passages[0].passage.article_id == "en/szkliwo"
    assert found.answerable


async def test_the_opening_passage_goes_before_its_equals(library: Library) -> None:
    found = await library.retriever.retrieve("Ile dni jest na zwrot?", language=Language.PL)
    assert [p.passage.id for p in found.passages[:2]] == ["pl/zwroty#1", "pl/zwroty#2"]
    found = await library.retriever.retrieve("formularz zwrotu i kartony", language=Language.PL)
    assert found.passages[0].passage.id == "pl/zwroty#2"


async def test_scores_fall_and_stay_between_0_and_1(library: Library) -> None:
    for question, language, _ in ASKED:
        found = await library.retriever.retrieve(question, language=language, limit=50)
        scores = [p.score for p in found.passages]
        assert all(a >= b for a, b in pairwise(scores))
        assert 0 < scores[-1] <= scores[0] <= 1.0001
        assert 0 <= found.confidence <= 1


async def test_limit_and_nothing_to_say(library: Library) -> None:
    assert len((await library.retriever.retrieve("zwrot", language=Language.PL, limit=2)).passages) == 2
    for empty in ("", "  \n", "😀", "?!", "12345678"):
        found = await library.retriever.retrieve(empty, language=Language.PL)
        assert not found.answerable


async def test_an_order_number_does_not_drown_the_question(library: Library) -> None:
    bare = await library.retriever.retrieve("zwrot ile dni", language=Language.PL)
    numbered = await library.retriever.retrieve("zwrot AB-2026-10457 ile dni", language=Language.PL)
    assert numbered.confidence == pytest.approx(bare.confidence, abs=0.05)


async def test_very_long_text_is_cut(library: Library) -> None:
    found = await library.retriever.retrieve("zwrot " * 5000, language=Language.PL)
    assert found.passages[0].passage.article_id == "pl/zwroty"


async def test_an_empty_library_knows_nothing(open_library) -> None:  # type: ignore[no-untyped-def]
    empty = await open_library()
    found = await empty.retriever.retrieve("zwrot", language=Language.PL)
    assert (found.passages, found.confidence, found.answerable) == ((), 0.0, False)


def test_fixture_articles_are_one_of_each_language() -> None:
    assert {a.language for a in POTTERY} == set(Language)
