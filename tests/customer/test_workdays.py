"""Working days in Poland."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.workdays import is_working_day, next_working_day, public_holidays, shift_working_days
from foundation.errors import InvalidInput

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 1))


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    sunday = date(year, month, day)
    moving = {sunday + timedelta(days=days) for days in (0, 1, 49, 60)}  # …, Whit Sunday, Corpus Christi
    assert moving <= public_holidays(year)


@pytest.mark.parametrize("year", range(2025, 2101))
def test_fourteen_days_a_year_are_free_by_law(year: int) -> None:
    fixed = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)}
    moving = [day for day in sorted(public_holidays(year)) if (day.month, day.day) not in fixed]
    assert len(public_holidays(year)) == 14
    assert [day.isoweekday() for day in moving] == [7, 1, 7, 4]  # Easter, Monday, Whit Sunday, Corpus Christi


@pytest.mark.parametrize("year", [1924, 2101])
def test_a_year_without_known_holidays_is_no_year_without_holidays(year: int) -> None:
    with pytest.raises(InvalidInput, match="check the date"):
        public_holidays(year)


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
