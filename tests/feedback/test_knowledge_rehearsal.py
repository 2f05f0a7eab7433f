"""Which questions are asked again of an edited article, and what is said of each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedback.gaps import Gap
from feedback.knowledge_citations import Led
from feedback.knowledge_ports import Rehearsal, Told
from feedback.knowledge_rehearsal import MAX_QUESTIONS, Because, Effect, Past, chosen, rows_of
from foundation.language import Language
from knowledge.articles import Article
from knowledge.passage import Passage, Zone

ARTICLE = Article(
    "pl/zwroty", Language.PL, "Zwrot", "Kubek oddasz w 14 dni.", questions=("oddać kubek", "Ile dni?")
)
AT = datetime(2026, 11, 17, tzinfo=UTC)


def gap(question: str, count: int = 1, *, low: bool = False) -> Gap:
    return Gap(question, "pl", count, 0 if low else count, count if low else 0, AT, ("c",))


def told(
    answer: str = "14 dni.", heading: str = "", article: str = "pl/zwroty", zone: Zone = Zone.ANSWER
) -> Told:
    passage = Passage(f"{article}#1", article, 1, "Zwrot", heading, answer, Language.PL)
    return Told("answered", zone, passage, answer)


UNKNOWN = Told("abstained", Zone.UNKNOWN, None, "Nie wiem.")
ASKS = Told("abstained", Zone.ASK_BACK, told().passage, "O co chodzi?")


def test_questions_come_in_order_of_what_they_tell() -> None:
    led = [Led("ile dni", "pl", 5), Led("zle dni", "pl", 1)]
    gaps = [
        gap("kto wygrał mecz", 9),
        gap("czy oddam kubek"),
        gap("Zle dni?", low=True),
        gap("kubek krzywy", low=True),
    ]
    found = chosen(ARTICLE, led, gaps)
    assert [(one.question, one.because) for one in found] == [
        ("ile dni", Because.CITED),
        ("zle dni", Because.LOW_RATED),
        ("kubek krzywy", Because.LOW_RATED),
        ("czy oddam kubek", Because.UNANSWERED),
        ("kto wygrał mecz", Because.UNANSWERED),
        ("oddać kubek", Because.PHRASING),
    ]
    assert found[0].count == 5


def test_no_kind_takes_all_the_places() -> None:
    led = [Led(f"zwrot {n}", "pl", 1) for n in range(20)]
    gaps = [gap(f"{'kubek' if n > 80 else 'rower'} {'x' * n}") for n in range(100)]
    found = chosen(ARTICLE, led, gaps)
    assert len(found) == MAX_QUESTIONS
    assert sum(one.because is Because.CITED for one in found) == 11
    assert [one.question.split()[0] for one in found if one.because is Because.UNANSWERED] == ["kubek"] * 7
    assert len(chosen(ARTICLE, led, [])) == MAX_QUESTIONS
    assert len(chosen(ARTICLE, [], gaps)) == MAX_QUESTIONS


def test_questions_in_no_language_of_ours_are_asked_all_the_same() -> None:
    assert chosen(ARTICLE, [Led("¿cuántos días?", "es", 1)], [gap("???")])[0].language is Language.PL


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (told(), told(), Effect.SAME),
        (told(), UNKNOWN, Effect.LOST),
        (told(), ASKS, Effect.LOST),
        (UNKNOWN, told(), Effect.GAINED),
        (UNKNOWN, ASKS, Effect.OTHER),
        (UNKNOWN, UNKNOWN, Effect.SAME),
        (told(), told("30 dni."), Effect.OTHER),
        (told(), told(heading="Kubki"), Effect.ELSEWHERE),
        (told(), told(article="pl/inne"), Effect.ELSEWHERE),
        (Told("answered", None, None, "Proszę!"), Told("answered", None, None, "Proszę!"), Effect.SAME),
        (Told("handoff", None, None, "Wołam."), UNKNOWN, Effect.OTHER),
    ],
)
def test_what_becomes_of_a_question(before: Told, after: Told, effect: Effect) -> None:
    (row,) = rows_of([Past("?", Language.PL, Because.CITED)], Rehearsal(((before, after),)))
    assert row.effect is effect


def test_losses_come_first_and_what_there_was_no_time_for_is_left_out() -> None:
    past = [Past(str(n), Language.PL, Because.CITED) for n in range(4)]
    rows = rows_of(past, Rehearsal(((told(), told()), (UNKNOWN, told()), (told(), UNKNOWN))))
    assert [row.past.question for row in rows] == ["2", "1", "0"]
