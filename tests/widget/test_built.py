"""What is committed of the widget is fit for use without node: fresh types, one small script."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from widget import generate_types

WIDGET = Path(generate_types.__file__).parent
BUDGET_BYTES = 18_000


def test_types_are_those_of_the_frames() -> None:
    assert generate_types.main(["--check"]) == 0


def test_a_stale_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stale = tmp_path / "frames.ts"
    stale.write_text("export interface Nothing {}\n", encoding="utf-8")
    assert generate_types.main(["--check"], stale) == 1
    assert str(stale) in capsys.readouterr().err
    assert generate_types.main([], stale) == 0
    assert generate_types.main(["--check"], stale) == 0


def test_what_may_be_null_may_be_left_out() -> None:
    text = generate_types.typescript()
    assert "  cid?: string | null;" in text
    assert "  retry_after?: number | null;" in text
    assert '  type: "hello";' in text


def test_the_script_is_small_and_parses_no_markup() -> None:
    script = (WIDGET / "dist" / "okienko.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= BUDGET_BYTES
    markup = (b"innerHTML", b"outerHTML", b"insertAdjacentHTML", b"document.write", b"DOMParser", b"eval(")
    assert [word for word in markup if word in script] == []
    assert script.isascii(), "a shop's page may be served in another charset than UTF-8"


def test_nothing_is_needed_at_run_time() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    lock = json.loads((WIDGET / "package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        resolved = entry.get("resolved", "https://registry.npmjs.org/")
        assert resolved.startswith("https://registry.npmjs.org/"), name
