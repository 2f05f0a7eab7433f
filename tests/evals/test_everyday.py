"""The everyday questions: what they are read from, and what is told of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.everyday import everyday_cases, off_topic_questions, told_of
from evals.samples import Kind, Sample
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.retrieval.calibration import Calibration, Zones
from knowledge.retrieval.confidence import NAMES, Judgement, Weights
from tests.evals import test_demo_answers as demo

ARTICLES = Path(__file__).parents[2] / "server" / "demo" / "articles"


@pytest.mark.parametrize("language", Language)
def test_the_bundled_cases_name_articles_of_the_demo_shop(language: Language) -> None:
    cases = everyday_cases(language)
    assert len({case.question for case in cases}) == len(cases)
    numbers = Counter(case.kind for case in cases)
    assert all(numbers[kind] >= 50 for kind in Kind)
    there = {path.stem for path in (ARTICLES / language).glob("*.md")}
    assert all(case.articles <= there for case in cases)
    assert set(off_topic_questions(cases)) == {c.question for c in cases if c.kind is Kind.OFF_TOPIC}


@pytest.mark.parametrize("language", Language)
def test_a_third_of_each_kind_is_kept_out_of_the_fit(language: Language) -> None:
    cases = everyday_cases(language)
    for kind in Kind:
        held = [case.held_out for case in cases if case.kind is kind]
        assert 0.2 < sum(held) / len(held) < 0.5


def test_nothing_is_fitted_to_what_the_demo_s_tests_ask() -> None:
    tested = {row.rpartition(" | ")[2] for row in [*demo.ANSWERED, *demo.WITHOUT_PHRASINGS]} | set(
        demo.REFUSED
    )
    asked = {case.question for language in Language for case in everyday_cases(language)}
    assert not tested & asked


@pytest.mark.parametrize(
    "line", ["odd\tco to jest", "answerable\tgdzie paragon\t", "missing\tmacie koty\tparagon", "missing\t "]
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "everyday_pl.tsv").write_text(f"# kind\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"everyday_pl\.tsv:3: write kind"):
        everyday_cases(Language.PL, tmp_path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened"):
        everyday_cases(Language.EN, tmp_path)


def test_where_questions_lead_is_told_by_kind() -> None:
    judged = Judgement(Weights(30.0, {}), Weights(-2.0, {"coverage": 4.0}))
    calibration = Calibration("", judged, judged, Zones(0.5, 0.2))

    def sample(coverage: float, kind: Kind, *, right: bool) -> Sample:
        signals = dict.fromkeys(NAMES, 0.0) | {"coverage": coverage}
        return Sample(tuple(signals.values()), False, kind, right, "everyday x", 0)

    some = [
        sample(1.0, Kind.ANSWERABLE, right=True),
        sample(0.9, Kind.ANSWERABLE, right=False),
        sample(0.3, Kind.ANSWERABLE, right=True),
        sample(0.0, Kind.ANSWERABLE, right=True),
        sample(0.0, Kind.OFF_TOPIC, right=False),
    ]
    told = told_of(some, calibration).splitlines()
    assert told[2] == "| words alone, answerable | 4 | 25 % | 25 % | 25 % | 25 % |"
    assert told[3] == "| words alone, off topic | 1 | 0 % | 0 % | 0 % | 100 % |"
