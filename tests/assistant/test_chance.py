"""Which sentence answers where it is known how near each is by meaning, and when none is sure enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.brief import Brief, Outcome, TurnResult
from assistant.chance import ANSWER_FROM, chance
from assistant.evidence import from_passages
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, say
from assistant.picking import pick
from assistant.turn import take_turn
from assistant.unit import Unit
from assistant.weighing import Asked
from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.passage import Passage, RankedPassage, Retrieval
from tests.assistant.fakes import NOW, FakeFinder, FakeOrders, passage, retrieval

POINT = passage(
    "Paczka czeka w punkcie 3 dni. Paczka nieodebrana wraca do sklepu. Paczkę odbierze każdy, kto zna kod.",
    id="pl/punkt#1",
    title="Punkty odbioru",
)
OTHER = passage("Karta podarunkowa jest ważna 24 miesiące.", id="pl/karta#1", title="Karta podarunkowa")
NEAR = {
    "Paczka czeka w punkcie 3 dni.": 0.30,
    "Paczka nieodebrana wraca do sklepu.": 0.75,
    "Paczkę odbierze każdy, kto zna kod.": 0.25,
    "Karta podarunkowa jest ważna 24 miesiące.": 0.05,
}
QUESTION = "nie zdążyłam do punktu po paczkę"


def found(*passages: Passage, near: Mapping[str, float] = NEAR, confidence: float = 0.9) -> Retrieval:
    told = retrieval(*passages, confidence=confidence)
    return replace(told, passages=tuple(replace(ranked, near=near) for ranked in told.passages))


def picked(told: Retrieval, sure: float | None, *, tentative: bool = False) -> list[str]:
    evidence = from_passages(told.passages)
    return [p.text for p in pick(QUESTION, evidence, Language.PL, bundled(), sure, tentative=tentative)]


async def turn(told: Retrieval, question: str = QUESTION) -> TurnResult:
    brief = Brief((question,), Language.PL, NOW)
    return await take_turn(brief, finder=FakeFinder(told), orders=FakeOrders(), writer=ExtractiveWriter())


def test_the_nearest_sentence_leads_where_words_would_choose_another() -> None:
    assert picked(retrieval(POINT, OTHER), None)[0] == "Paczka czeka w punkcie 3 dni."
    assert picked(found(POINT, OTHER), None)[0] == "Paczka nieodebrana wraca do sklepu."


def test_a_list_is_as_near_as_its_items_are_together() -> None:
    texts = ("Weź kod z wiadomości od nas.", "Podaj go w okienku przy kasie.")
    source = passage("\n".join(f"- {text}" for text in texts), id="pl/kod#1", title="Kody")
    (evidence,) = from_passages(found(source, near=dict(zip(texts, (0.9, 0.0), strict=True))).passages)
    asked = Asked("kod", [evidence], bundled())
    whole, item = (asked.weigh(Unit(evidence, some, 0, 0, item=True)) for some in (texts, texts[:1]))
    assert whole.own == item.own
    assert whole.fit < item.fit


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ((0.2, 0.5, 0.2), (0.9, 0.5, 0.2)),
        ((0.5, 0.0, 0.2), (0.5, 1.0, 0.2)),
        ((0.5, 0.5, 0.0), (0.5, 0.5, 1.0)),
    ],
)
def test_each_sign_raises_the_chance(
    less: tuple[float, float, float], more: tuple[float, float, float]
) -> None:
    assert 0 < chance(*less) < chance(*more) < 1


@pytest.mark.parametrize("sure", [0.0, 1.0])
def test_the_ends_of_confidence_have_a_chance_too(sure: float) -> None:
    assert 0 < chance(sure, 0.0, 0.0) < 1


def test_a_sentence_that_hardly_answers_is_not_said_unless_its_topic_was_chosen() -> None:
    # Two articles are as near: neither is ahead.
    twin = replace(POINT, id="pl/inny#1", article_id="pl/inny")
    told = found(POINT, twin)
    assert chance(0.1, 0.1, 0.0) < ANSWER_FROM
    assert picked(told, 0.1) == []
    assert picked(told, None)


def test_of_passages_that_are_not_sure_enough_only_a_sure_sentence_is_said() -> None:
    assert picked(retrieval(POINT, OTHER), 0.4, tentative=True) == []
    assert picked(found(POINT, OTHER), 0.4, tentative=True)[0] == "Paczka nieodebrana wraca do sklepu."


async def test_a_turn_answers_with_a_sure_sentence_of_an_unsure_passage() -> None:
    assert (await turn(retrieval(POINT, OTHER, confidence=0.4))).outcome is Outcome.ABSTAINED
    result = await turn(found(POINT, OTHER, confidence=0.4))
    assert result.outcome is Outcome.ANSWERED
    assert result.sentences[0] == "Paczka nieodebrana wraca do sklepu."


async def test_a_turn_asks_back_where_passages_are_sure_and_no_sentence_is() -> None:
    twin = replace(POINT, id="pl/inny#1", article_id="pl/inny", title="Automaty")
    told = found(POINT, twin, confidence=0.5)
    told = replace(told, passages=tuple(RankedPassage(r.passage, 1.0, near=r.near) for r in told.passages))
    result = await turn(told, "no a jak nie dam rady tam dojść")
    assert result.outcome is Outcome.ABSTAINED
    assert result.sentences[0] == say(Phrase.ASK_BACK, Language.PL)[0]
    assert {each.label for each in result.suggestions} >= {"Punkty odbioru", "Automaty"}


async def test_no_telephone_number_for_whoever_has_a_telephone_mended() -> None:
    source = passage("- Telefon: 33 555 01 20", id="pl/kontakt#2", title="Kontakt", heading="Dane")
    near = {"Telefon: 33 555 01 20": 0.7}
    assert (await turn(found(source, near=near), "gdzie naprawię telefon")).outcome is Outcome.ABSTAINED
    assert (await turn(found(source, near=near), "telefon do was")).outcome is Outcome.ANSWERED
