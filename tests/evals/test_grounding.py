"""Grounding measured: nothing changed passes, what articles say passes, and the report adds up."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from evals.grounding import (
    DEV,
    GroundingReport,
    Judged,
    Pair,
    Shop,
    refusals,
    run_judged,
    run_mutants,
    run_pairs,
    write_scores,
)
from evals.mutations import CATEGORIES, Truth, mutants, truths
from foundation.errors import InvalidInput
from foundation.language import Language
from tests.test_architecture import imports, modules

ARTICLES = Path(__file__).parents[2] / "server" / "demo" / "articles"
DATA = Path(os.environ.get("OKIENKO_EVAL_DATA", "../shared/data")) / "halueval_qa.jsonl"
MOST_WRONG_PASSED = 1
"""Of the 200 wrong answers judged by hand."""
LEAST_FAITHFUL_PASSED = 0.5
"""Of the faithful answers to work on."""


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop.of(ARTICLES)


def test_no_changed_sentence_passes_and_every_unchanged_one_does(shop: Shop) -> None:
    report = run_mutants(shop, 2000)
    assert len(report.mutated) == 2000
    assert {(c, lang) for c, lang, _, _ in report.mutated} == {
        (c, lang) for c in CATEGORIES for lang in ("pl", "en")
    }
    assert [text for _, _, passed, text in report.mutated if passed] == []
    assert report.truths[0] == report.truths[1] > 1000


def test_wrong_answers_judged_by_hand_are_refused(shop: Shop) -> None:
    report = run_judged(shop)
    assert len(report.judged) == 400
    assert sum(j.passed for j in report.judged if j.verdict == "wrong") <= MOST_WRONG_PASSED


def test_of_the_answers_to_work_on_no_wrong_one_passes_and_half_of_the_faithful_do(shop: Shop) -> None:
    judged = run_judged(shop, DEV).judged
    faithful = [j.passed for j in judged if j.verdict == "faithful"]
    assert [j.id for j in judged if j.verdict == "wrong" and j.passed] == []
    assert sum(faithful) >= LEAST_FAITHFUL_PASSED * len(faithful)


def test_another_seed_draws_other_mutants(shop: Shop) -> None:
    first, other = run_mutants(shop, 100), run_mutants(shop, 100, seed=17)
    assert {text for *_, text in first.mutated} != {text for *_, text in other.mutated}
    assert [text for _, _, passed, text in other.mutated if passed] == []


def test_the_question_of_an_answer_is_told(shop: Shop) -> None:
    evidence = shop.evidence("pl/koszt-zwrotu", "here")
    assert refusals("Nie.", evidence) != ()
    asked = "Czy paczki zwrotne wysłane za pobraniem odbieracie?"
    assert refusals("Nie.", evidence, asked) == ()


@pytest.mark.skipif(not DATA.exists(), reason="halueval_qa.jsonl is not here: set OKIENKO_EVAL_DATA")
def test_right_answers_have_more_support_than_wrong_ones() -> None:
    report = run_pairs(DATA)
    assert report.auroc >= 0.975
    assert report.auroc_near >= 0.95


def test_the_generator_knows_nothing_of_the_assistant() -> None:
    assert not [name for name in imports(modules()["evals/mutations.py"]) if name.startswith("assistant")]


def test_mutants_differ_from_their_truth_in_one_thing() -> None:
    truth = Truth("a", "Kurier kosztuje 15,99 zł.", Language.PL)
    made = {m.text for m in mutants([truth], 50) if m.category == "amount"}
    assert "Kurier kosztuje 16,99 zł." in made
    assert "Kurier kosztuje 15,99 euro." in made
    assert all(re.fullmatch(r"Kurier kosztuje [\d,]+ (?:zł|euro)\.", text) for text in made)


def test_questions_and_headings_are_no_truths() -> None:
    text = "## Ile kosztuje kurier\nKurier kosztuje 15,99 zł. Czy to dużo dla Ciebie?\n- mała rzecz"
    assert [t.text for t in truths("a", text, Language.PL)] == ["Kurier kosztuje 15,99 zł."]


def test_the_report_counts_what_passed_and_what_was_blocked() -> None:
    judged = (
        Judged("1", "pl", "wrong", "number", 1, ()),
        Judged("2", "pl", "wrong", "number", 1, (("Masz 15 dni.", "unsupported_duration: 15 dni"),)),
        Judged("3", "en", "faithful", "short", 2, (("Yes.", "says_nothing"),)),
    )
    found = GroundingReport(judged=judged).as_json()
    assert found["wrong_passed"] == 1
    assert found["wrong_passed_by_category"] == {"number pl": "1/2"}
    assert found["faithful_blocked"] == 1
    assert found["faithful_dropped_by_reason"] == {"says_nothing": 1}


def test_scores_are_written_a_line_each(tmp_path: Path) -> None:
    row = {"id": "q1", "knowledge": "Anna lives in Łódź.", "question": "Where does Anna live?",
           "right_answer": "Łódź", "hallucinated_answer": "In Paris, France."}  # fmt: skip
    cases, out = tmp_path / "cases.jsonl", tmp_path / "scores.jsonl"
    cases.write_text(json.dumps(row) + "\n", encoding="utf-8")
    write_scores(run_pairs(cases).pairs, out)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["id"] == "q1"
    assert 1 >= written["right"] > written["hallucinated"] >= 0


def test_an_article_that_is_not_there_is_named(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match="no article 'pl/nic'"):
        shop.evidence("pl/nic", "cases:1")


def test_a_tie_counts_half() -> None:
    assert GroundingReport(pairs=(Pair("1", 0.5, 0.5, "a", "b"),)).auroc == 0.5


def test_refusals_name_the_sentence(shop: Shop) -> None:
    evidence = shop.evidence("pl/koszt-zwrotu", "here")
    refused = refusals("Przy reklamacji cały transport opłaca sklep. Zwrot kosztuje 99 zł.", evidence)
    assert [text for text, _ in refused] == ["Zwrot kosztuje 99 zł."]
