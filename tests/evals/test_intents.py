"""Subjects measured on labelled messages: the report adds up, and bad files are named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant.brief import Subject
from evals.intents import MAPPING, IntentReport, read_mapping, run_intents
from foundation.errors import InvalidInput

DATA = Path(os.environ.get("OKIENKO_EVAL_DATA", "../shared/data")) / "bitext_intents.jsonl"


def messages(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "messages.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_report_counts_right_and_wrong(tmp_path: Path) -> None:
    path = messages(
        tmp_path,
        {"text": "please send me an invoice", "intent": "get_invoice"},
        {"text": "what is the weather", "intent": "get_invoice"},
        {"text": "I forgot my password", "intent": "recover_password"},
    )
    report = run_intents(path)
    assert report.accuracy == pytest.approx(2 / 3)
    assert report.balanced == pytest.approx(0.75)
    assert report.confusion()[Subject.INVOICE] == {Subject.INVOICE: 1, Subject.OTHER: 1}
    assert "get_invoice               invoice              1/2   taken for" not in report.as_table()
    assert "1/2   other 1" in report.as_table()
    assert report.as_json()["messages"] == 3


def test_an_empty_report_is_no_division_by_zero() -> None:
    assert IntentReport(()).accuracy == IntentReport(()).balanced == 0.0


def test_an_unknown_intent_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"messages.jsonl:1: the intent 'fly' is not in"):
        run_intents(messages(tmp_path, {"text": "fly", "intent": "fly"}))


def test_a_mapping_to_no_subject_of_ours_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "mapping.tsv"
    wrong.write_text("# comment\nfly\tflight\twhy\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"mapping.tsv:2: 'flight' is not one of"):
        read_mapping(wrong)


def test_every_intent_of_the_set_has_a_subject() -> None:
    assert len(read_mapping(MAPPING)) == 27


@pytest.mark.skipif(not DATA.is_file(), reason="the evaluation data (OKIENKO_EVAL_DATA) is not there")
def test_most_messages_of_the_set_are_told_right() -> None:
    assert run_intents(DATA).accuracy > 0.9
