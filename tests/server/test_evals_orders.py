"""`okienko evals orders`: the whole chat, with sessions, limits and worker, over a small shop's records."""

from __future__ import annotations

import json
from pathlib import Path

from tests.evals.test_orders import CASES, write_records
from tests.server.inside import command


def test_the_last_line_tells_who_heard_of_which_order(tmp_path: Path) -> None:
    records = write_records(tmp_path)
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(json.dumps(case) for case in CASES))
    shop = ("evals", "orders", "--records", str(records), "--cases", str(cases))
    done = command(tmp_path / "data", *shop, "--attacks", "42", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "found": 2,
        "found_right": 2,
        "refused": 2,
        "refused_right": 2,
        "attacks": 42,
        "kinds": 21,
        "different": 42,
        "leaks": 0,
    }
    assert not (tmp_path / "data" / "okienko.db").exists()


def test_records_that_are_not_there_are_said(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASES[0]))
    done = command(tmp_path / "data", "evals", "orders", "--records", str(tmp_path), "--cases", str(cases))
    assert done.returncode == 2
    assert "users.json cannot be read" in done.stderr
