"""Working days in Poland. Pure; the home of holidays.

Source: ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1; 24 December since 2025
(Dz.U. 2024 poz. 1965).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from foundation.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1925, 2100
"""The years whose holidays are known."""

_SATURDAY = 5


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """Return the days that are free by law, Sundays without another reason left out.

    Raises:
        InvalidInput: The year is beyond those that are known.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        # The library would say that there are none.
        raise InvalidInput(
            f"Polish public holidays are known for the years {FIRST_YEAR} to {LAST_YEAR}, not for {year}: "
            "check the date."
        )
    from holidays import country_holidays  # a fifth of a second, which starting okienko need not wait

    return frozenset(country_holidays("PL", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether `day` is neither Saturday, Sunday nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def shift_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day` (before it when negative); `day` itself for 0."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """Return `day`, or the first working day after it when it is free."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
