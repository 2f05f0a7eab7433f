"""Which files of a folder are read: none that lead out of it, none that are no files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from foundation.language import Language
from knowledge.reading.files import content_of, files_of
from knowledge.reading.kinds import MAX_TEXT_MB, MB
from knowledge.remarks import Refused

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the files of Unix")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "articles"
    inside.mkdir()
    (inside / "a.md").write_text("Ala", encoding="utf-8")
    return inside


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in files_of([folder]).problems]


def names(folder: Path) -> list[str]:
    return [str(name) for _, name in files_of([folder]).files]


def test_links_that_lead_out_are_named_and_not_read(folder: Path) -> None:
    secret = folder.parent / "secret.md"
    secret.write_text("key", encoding="utf-8")
    (folder / "b.md").symlink_to(secret)
    (folder / "pl").symlink_to(folder.parent)
    (folder / "round").symlink_to(folder)
    (folder / "same.md").symlink_to(folder / "a.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "away.md").symlink_to(folder / "nowhere.md")
    assert (names(folder), codes(folder)) == (["a.md"], ["leads_out", "leads_out"])


def test_a_link_that_is_named_itself_is_read(folder: Path) -> None:
    link = folder.parent / "link.md"
    link.symlink_to(folder / "a.md")
    assert files_of([link]).files == [(link, Path("link.md"))]


def test_pipes_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert (names(folder), codes(folder)) == (["a.md"], [])
    assert codes(folder / "pipe.md") == ["no_file"]
    assert codes(Path("/dev/null")) == ["no_file"]


NAMES = [b"zg\xb3oszenie.md", b"\x1b[2J.md", b"a\nSkipped.md", "\u202efdp.md".encode()]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_shown_is_named_harmlessly(folder: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x", encoding="utf-8")
    (problem,) = files_of([folder]).problems
    assert problem.code == "bad_name"
    assert problem.message.isprintable()
    assert names(folder) == ["a.md"]


def test_a_name_that_is_too_long_is_a_sentence(folder: Path) -> None:
    assert codes(folder / ("x" * 300)) == ["cannot_open"]
    assert codes(folder / "a.md" / "b.md") == ["not_there"]


def test_files_of_other_kinds_are_counted_once(folder: Path) -> None:
    for name in ("a.doc", "b.DOC", "c.odt", ".hidden.doc", "~$a.docx", "README"):
        (folder / name).write_text("x", encoding="utf-8")
    (note,) = files_of([folder]).notes
    assert note.sentence(Language.EN) == "files of other kinds were passed over: .doc (2), .odt (1), ? (1)"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_named_and_hides_its_files(folder: Path) -> None:
    closed, listed = folder / "closed", folder / "listed"
    for one in (closed, listed):
        one.mkdir()
        (one / "b.md").write_text("Ola", encoding="utf-8")
    closed.chmod(0)
    listed.chmod(0o444)
    try:
        found = files_of([folder])
    finally:
        closed.chmod(0o700)
        listed.chmod(0o700)
    assert [problem.source for problem in found.problems] == [str(closed)]
    assert found.hides(closed / "b.md")
    assert not found.hides(folder / "c.md")
    assert [str(name) for _, name in found.files] == ["a.md", "listed/b.md"]


def test_a_file_larger_than_it_said_is_not_read_whole(folder: Path) -> None:
    large = folder / "large.md"
    large.write_bytes(b"x" * (MAX_TEXT_MB * MB + 1))
    with pytest.raises(Refused, match="too_large_text"):
        content_of(large)
