"""Working days in Poland. Pure.

Source: ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1; 24 December since 2025
(Dz.U. 2024 poz. 1965).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_FIXED_HOLIDAYS = (
    (1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26),
)  # fmt: skip
_CHRISTMAS_EVE_SINCE = 2025


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source: Meeus, Astronomical Algorithms, ch. 8 (the anonymous Gregorian algorithm).
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    day = (h + weekday - 7 * m + 33 * month + 19) % 32
    return date(year, month, day)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the days that are free by law, Sundays without another reason left out."""
    easter = easter_sunday(year)
    moving = {easter + timedelta(days=days) for days in (0, 1, 49, 60)}  # …, Whit Sunday, Corpus Christi
    fixed = {date(year, month, day) for month, day in _FIXED_HOLIDAYS}
    eve = {date(year, 12, 24)} if year >= _CHRISTMAS_EVE_SINCE else set()
    return frozenset(moving | fixed | eve)


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
