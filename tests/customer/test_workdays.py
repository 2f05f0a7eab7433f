"""Working days in Poland."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.workdays import easter_sunday, is_working_day, next_working_day, shift_working_days

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 6), date(2026, 5, 1), date(2024, 5, 3),
        date(2026, 6, 4), date(2025, 8, 15), date(2027, 11, 1), date(2026, 11, 11), date(2026, 12, 24),
        date(2026, 12, 25), date(2025, 12, 26), date(2026, 11, 21), date(2026, 11, 22),
    ],
)  # fmt: skip
def test_free_days(day: date) -> None:
    assert not is_working_day(day)


def test_christmas_eve_is_free_since_2025() -> None:
    assert is_working_day(date(2024, 12, 24))
    assert not is_working_day(date(2025, 12, 24))


def test_the_long_christmas_is_jumped_over() -> None:
    assert shift_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert shift_working_days(date(2026, 12, 28), -1) == date(2026, 12, 23)
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)
    assert next_working_day(date(2026, 12, 23)) == date(2026, 12, 23)


@given(DAYS, st.integers(1, 30))
def test_a_shift_lands_on_the_counted_working_day(day: date, count: int) -> None:
    later = shift_working_days(day, count)
    between = (day + timedelta(days=step) for step in range(1, (later - day).days + 1))
    assert is_working_day(later)
    assert sum(map(is_working_day, between)) == count
    assert shift_working_days(day, 0) == day
