"""Files that a spreadsheet opens as a table and nothing else."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.sheet import download, sheet


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_is_what_the_rfc_says() -> None:
    data = sheet(["a", "b"], [["Zażółć", 'say "hi", then\nstop'], [1, None]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data[3:].decode() == 'a,b\r\nZażółć,"say ""hi"", then\nstop"\r\n1,\r\n'


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|'/C calc'!A0", "+48 500 600 700", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "\0=1"],
)
def test_a_formula_becomes_text(text: str) -> None:
    (row,) = read(sheet(["x"], [[text]]))[1:]
    assert row == ["'" + text]


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_text_begins_like_a_formula_and_all_come_back(text: str) -> None:
    ((cell,),) = read(sheet(["x"], [[text, "end"]]))[1:] and [[read(sheet(["x"], [[text, "end"]]))[1][0]]]
    assert cell in (text, "'" + text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))


def test_our_own_numbers_and_moments_stay_what_they_are() -> None:
    moment = datetime(2026, 11, 17, 23, 30, 15, tzinfo=UTC)
    (row,) = read(sheet(["x"] * 5, [[-5, 0.5, 1 / 3, date(2026, 11, 17), moment]]))[1:]
    assert row == ["-5", "0.5", "0.3333", "2026-11-17", "2026-11-18 00:30:15+01:00"]


def test_halves_of_characters_do_no_harm() -> None:
    assert b"a?" in sheet(["x"], [["a\ud800"]])


def test_a_download_is_kept_as_a_file_and_nowhere_else() -> None:
    reply = download("gaps-2026", (("a",), [[1]]))
    assert reply.headers["content-disposition"] == 'attachment; filename="okienko-gaps-2026.csv"'
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"].startswith("text/csv; charset=utf-8")
