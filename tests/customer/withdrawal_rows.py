"""Counts withdrawal deadlines day by day, apart from the code that it is compared with.

    python tests/customer/withdrawal_rows.py

prints the rows of `withdrawal_deadlines.tsv` that are marked ``by_script``. It imports nothing of the house:
Easter is Gauss's, holidays are written out, and days are walked one by one with the finger on the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
WINDOWS = ("-", "-", "30", "-", "21", "-", "100", "-", "7")
FIXED = ("01-01", "01-06", "05-01", "05-03", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26")
DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Gauss, for the years 1900 to 2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and year % 19 > 10):
        e -= 7
    return date(year, 3, 22) + timedelta(days=d + e)


def why_free(day: date) -> str:
    sunday = easter(day.year)
    church = {sunday, sunday + DAY, sunday + 49 * DAY, sunday + 60 * DAY}
    if day.strftime("%m-%d") in FIXED or day in church:
        return "holiday"
    return {6: "saturday", 7: "sunday"}.get(day.isoweekday(), "-")


def walk(day: date, days: int) -> tuple[date, date, str]:
    """Return the day where counting ends, the last day, and why they differ."""
    for _ in range(days):
        day += DAY
    counted = day
    while why_free(day) != "-":
        day += DAY
    return counted, day, why_free(counted)


def deadline(day: date, window: str) -> tuple[str, ...]:
    law = walk(day, 14)
    own = law if window == "-" else walk(day, int(window))
    best, basis = (own, "shop") if own[1] > law[1] else (law, "law")
    return best[0].isoformat(), best[1].isoformat(), best[2], basis


def rows() -> Iterator[tuple[str, ...]]:
    """One delivery every 18 days and 5 hours of 2026 to 2030, in one parcel, two, or from a locker."""
    moment = datetime(2026, 1, 2, 0, 40, tzinfo=ZoneInfo("UTC"))
    for number in range(100):
        local = moment.astimezone(WARSAW)
        written = moment.strftime("%Y-%m-%dT%H:%MZ")
        if number % 5 == 1:
            written = f"locker {written}"
        if number % 5 == 3:
            written = f"{(moment - 3 * DAY).strftime('%Y-%m-%dT%H:%MZ')};{written}"
        window = WINDOWS[number % len(WINDOWS)]
        found = deadline(local.date(), window)
        yield ("by_script", "goods", written, window, "yes", *found, "-")
        moment += timedelta(days=18, hours=5)


if __name__ == "__main__":
    for row in rows():
        print(*row, sep="\t")
