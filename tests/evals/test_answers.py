"""Messages to the demo shop: what they are read from, how they are judged, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brief import CitedQuote, Intent, Outcome, Suggestion, TurnResult
from evals.answers import AnswerCase, End, Half, answer_cases, end_of, run_answers
from evals.everyday import everyday_cases
from foundation.errors import InvalidInput
from foundation.language import Language
from tests.evals import test_demo_answers as demo

ARTICLES = Path(__file__).parents[2] / "server" / "demo" / "articles"
TITLES = {"pl/paragon": "Gdzie jest mój paragon?", "pl/kontakt": "Kontakt"}
CASE = AnswerCase("gdzie paragon", Language.PL, frozenset({"paragon"}), ("wysyłamy e-mailem",))
NONE = AnswerCase("ile waży termos", Language.PL, frozenset(), ())


def said(
    text: str, outcome: Outcome = Outcome.ANSWERED, cited: str = "", offered: tuple[str, ...] = ()
) -> TurnResult:
    quotes = (CitedQuote(f"{cited}#1", cited, 1, "", text, "pl"),) if cited else ()
    topics = tuple(Suggestion(label=label, send=label) for label in offered)
    return TurnResult(outcome, Language.PL, Intent.QUESTION, (text,), quotes, topics)


@pytest.mark.parametrize("language", Language)
def test_the_bundled_cases_hold_against_the_demo_s_articles(language: Language) -> None:
    cases = answer_cases(language)
    assert len({case.message for case in cases}) == len(cases)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ARTICLES / language).glob("*.md")}
    # Every article but the list of products is asked about, and enough that no article answers.
    assert len({name for case in cases for name in case.articles}) >= len(texts) - 1
    assert sum(not case.articles for case in cases) >= 30
    for case in cases:
        for piece in case.pieces:
            assert any(piece in texts[name] for name in case.articles), (case.message, piece)
        for name in case.articles:
            assert any(piece in texts[name] for piece in case.pieces), (case.message, name)


def test_about_half_is_held_out() -> None:
    cases = [case for language in Language for case in answer_cases(language)]
    assert 0.4 < sum(case.half is Half.HELD for case in cases) / len(cases) < 0.6


def test_no_message_is_one_that_something_was_fitted_to_or_tested_with() -> None:
    known = {case.question for language in Language for case in everyday_cases(language)}
    known |= {row.rpartition(" | ")[2] for row in [*demo.ANSWERED, *demo.WITHOUT_PHRASINGS, *demo.REFUSED]}
    assert not known & {case.message for language in Language for case in answer_cases(language)}


@pytest.mark.parametrize(
    ("case", "result", "end"),
    [
        (CASE, said("Paragon wysyłamy e-mailem.", cited="pl/paragon"), End.RIGHT),
        (CASE, said("Paragon jest dowodem.", cited="pl/paragon"), End.BESIDE),
        (CASE, said("W jakiej cenie?"), End.BESIDE),
        (CASE, said("Nie wiem.", Outcome.ABSTAINED, offered=(TITLES["pl/paragon"],)), End.OFFERED),
        (CASE, said("Nie wiem.", Outcome.ABSTAINED, offered=(TITLES["pl/kontakt"],)), End.UNKNOWN),
        (CASE, said("Przekazuję.", Outcome.HANDOFF), End.HANDED_OVER),
        (CASE, said("Paragon jest. Przekazuję.", Outcome.HANDOFF, "pl/paragon"), End.BESIDE),
        (NONE, said("Termos ma 0,75 l.", cited="pl/nasze-produkty"), End.BESIDE),
        (NONE, said("Nie wiem.", Outcome.ABSTAINED, offered=(TITLES["pl/kontakt"],)), End.OFFERED),
        (NONE, said("Nie wiem.", Outcome.ABSTAINED), End.UNKNOWN),
    ],
)
def test_how_a_message_came_out(case: AnswerCase, result: TurnResult, end: End) -> None:
    assert end_of(case, result, TITLES) is end


async def test_misses_of_the_half_held_out_are_not_told() -> None:
    async def say(_: str, __: Language) -> TurnResult:
        return said("Coś innego.")

    cases = answer_cases(Language.PL)
    report = await run_answers(cases, say, TITLES)
    told = {row["message"] for row in report.misses()}
    assert told == {case.message for case in cases if case.half is Half.WORK}
    assert report.as_json()["pl answerable"]["beside"] == sum(bool(case.articles) for case in cases)
    assert "pl no answer" in report.as_table()
    assert not any(name.startswith("en") for name in report.as_json())


@pytest.mark.parametrize(
    "line", ["sama wiadomość", "pytanie\tparagon\t", "pytanie\t-\tcoś", "\tparagon\tcoś"]
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "answers_pl.tsv").write_text(f"# uwaga\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"answers_pl\.tsv:2"):
        answer_cases(Language.PL, tmp_path)
