"""`okienko evals redaction`: the whole chat before a model that records every byte it is sent."""

from __future__ import annotations

import json
from pathlib import Path

from tests.server.inside import command


def test_no_structured_personal_datum_arrives_at_the_model(tmp_path: Path) -> None:
    done = command(tmp_path / "data", "evals", "redaction", "--messages", "64", "--seed", "5", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    alone, door = figures["alone"], figures["door"]
    assert 0 <= alone["structured_leaked"] < alone["structured"]
    assert door["messages"] == 64
    assert door["requests"] >= door["arrived"] >= 24
    assert door["structured_leaked"] == 0 < door["structured"]
    # A slip in the word before it ("prder 542477691") may make a telephone number of an order's.
    assert door["numbers_hidden"] <= 0.05 * door["numbers"]
    assert door["numbers"] > 20
    assert 0 < door["restored"] == door["placeholders"]
    assert not (tmp_path / "data" / "okienko.db").exists()
