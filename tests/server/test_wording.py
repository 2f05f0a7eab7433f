"""`okienko knowledge synonyms`: what an owner is told of the shop's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import NotFound
from server.settings import Settings
from server.wording import check_synonyms, show_word
from tests.server.inside import command

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_without_a_file_all_is_well(settings: Settings, capsys: Capture) -> None:
    assert check_synonyms(settings, None)
    assert "is not there" in capsys.readouterr().out


def test_a_bad_line_is_named_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("rower jednoślad\n\ngwarancja: reklamacja\n", encoding="utf-8")
    done = command(tmp_path, "knowledge", "synonyms", "check")
    assert done.returncode == 1
    assert "synonyms.txt:3: It would make reklamacja and gwarancja one" in done.stdout
    assert "lines left out: 1" in done.stdout


def test_a_file_is_checked_before_it_is_put_there(
    settings: Settings, tmp_path: Path, capsys: Capture
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("rower jednoślad\n", encoding="utf-8")
    assert check_synonyms(settings, draft)
    assert "lines left out: 0" in capsys.readouterr().out
    with pytest.raises(NotFound):
        check_synonyms(settings, tmp_path / "none.txt")


def test_what_stands_for_a_word_is_shown(settings: Settings, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "synonyms.txt").write_text("rower jednoślad\nrower = bike\n", encoding="utf-8")
    show_word(settings, "rowery")
    said = capsys.readouterr().out
    assert "pl  -: rower jednoślad" in said
    assert "pl → en  rowery = bike" in said
    with pytest.raises(NotFound):
        show_word(settings, "qwertyuiop")
