"""Order numbers: what people type finds what the shop printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.number import MAX_NUMBER_CHARS, order_key

NUMBERS = st.text("ABCŁ0123456789/_.", min_size=1, max_size=20)


@pytest.mark.parametrize(
    "typed",
    [
        "LS-2026-10457",
        "ls 2026 10457",
        "#LS202610457",
        " ls–2026—10457 ",
        "ＬＳ−2026‑10457",
        "L S\u200b-2026\t10457",
    ],
)
def test_spellings_of_one_number_agree(typed: str) -> None:
    assert order_key(typed) == "ls202610457"


@pytest.mark.parametrize(("one", "other"), [("12/3", "1/23"), ("A1", "A10"), ("A.1", "A1"), ("A1#2", "A12")])
def test_different_numbers_differ(one: str, other: str) -> None:
    assert order_key(one) != order_key(other)


@pytest.mark.parametrize(
    "nothing", ["", " ", "#", "---", "\x00", "\ud800", "x" * (MAX_NUMBER_CHARS + 1), "-" * 10_000, "ﷺ" * 60]
)
def test_what_is_no_number_has_no_key(nothing: str) -> None:
    assert order_key(nothing) == ""


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = order_key(text)
    assert order_key(key) == key
    assert len(key) <= MAX_NUMBER_CHARS


@given(NUMBERS, st.text(" -\u00a0–\t", max_size=3), st.sampled_from(["", "#", "##", " # "]))
def test_case_spaces_dashes_and_a_leading_hash_do_not_count(number: str, filler: str, hash_sign: str) -> None:
    typed = hash_sign + filler.join(number.lower())
    assert order_key(typed) == order_key(number)
