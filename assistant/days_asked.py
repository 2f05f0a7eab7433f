"""Which days a message names: a date, a weekday, tomorrow, a Polish holiday by its name. Pure."""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.plain import simplify
from customer.workdays import public_holidays
from knowledge.analysis.words import fold

FARTHEST_DAYS = 400
"""A day further off is not told about: by then the hours are others."""

MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Days:
    """Days that are named.

    Attributes:
        days: Other than today, in order, at most `MOST_DAYS`; today only where it is named among others or
            by its date or weekday.
        today: Today is named as such ("dzisiaj").
        alone: Days are named and nothing else.
    """

    days: tuple[date, ...] = ()
    today: bool = False
    alone: bool = False


_WEEKDAYS = (
    r"poniedzial\w+|pon|pn|mondays?|mon",
    r"wtor\w+|wt|tuesdays?|tues?",
    r"srod(?:a|e|y)|sr|wednesdays?|weds?",
    r"czwart(?:ek|ku|ki)|czw|thursdays?|thurs?|thu",
    r"piat(?:ek|ku|ki)|pt|fridays?|fri",
    r"sobot\w*|sob|saturdays?|sat",
    r"niedziel\w*|niedz|nd|sundays?|sun",
)
_MONTHS = (
    r"stycz\w+|january|jan", r"lut\w+|february|feb", r"marc\w+|march|mar", r"kwiet\w+|april|apr",
    r"maj\w*|may", r"czerw\w+|june|jun", r"lip(?:ca|iec)|july|jul", r"sierp\w+|august|aug",
    r"wrzes\w+|september|sept?", r"pazdziern\w+|october|oct", r"listopad\w*|november|nov",
    r"grud\w+|december|dec",
)  # fmt: skip
_FIXED = (
    (r"wigili\w*|christmas eve", ((12, 24),)),
    (r"boz(?:e|ego|ym) narodzen\w*|swieta bozego \w+|christmas day|boxing day|christmas(?! eve)", ((12, 25), (12, 26))),
    (r"sylwest\w*|new years? eve", ((12, 31),)),
    (r"now(?:y|ego|ym) rok\w*|new years?(?: day)?(?! eve)", ((1, 1),)),
    (r"trzech kroli|epiphany|three kings", ((1, 6),)),
    (r"majowk\w*", ((5, 1), (5, 2), (5, 3))),
    (r"wszystkich swietych|all saints", ((11, 1),)),
    (r"(?:swiet\w+ |dzien |dniu )*niepodleglosci|(?:polish )?independence day", ((11, 11),)),
)  # fmt: skip
_EASTER_SUNDAY = r"wielkanoc\w*|easter(?! monday)(?: sunday)?"
_EASTER_MONDAY = (
    r"poniedzial\w+ wielkanocn\w+|wielkanocn\w+ poniedzial\w+|lany poniedzialek|smigus\w*|easter monday"
)
_CORPUS_CHRISTI = r"boz(?:e|ego|ym) cial\w*|corpus christi"
_TODAY = r"dzis|dzisiaj|dzisiejszy|today|tonight|now|teraz|right now|obecnie"
_TOMORROW, _AFTER = (
    r"jutro|jutrzejsz\w+|tomorrow|tommorow|tomorow|tmrw|tmr",
    r"pojutrze|(?:the )?day after tomorrow",
)
_WEEKEND = r"weekend\w*|sobot\w* i niedziel\w*"

_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
_DOTTED = re.compile(
    r"(?<![\d:.,])(?<!\bo )(?<!\bat )(?P<d>\d{1,2})[./](?P<m>0?[1-9]|1[0-2])(?:[./](?P<y>\d{4}))?(?![\d:])"
)
_NAMED = tuple(
    re.compile(
        rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?:{names})|(?:{names}) (?P<e>\d{{1,2}})(?:st|nd|rd|th)?)"
        r"\b(?: (?P<y>20\d\d)\b)?"
    )
    for names in _MONTHS
)
_BESIDE = re.compile(
    r"\b(?:po|przed|miedzy|pomiedzy|after|before|between) (?:the )?(?:swiet\w*|boz\w+|wigili\w*|sylwest\w*|now\w+ rok\w*|"
    r"wielkanoc\w*|majow\w*|weekend\w*|christmas|easter|new year\w*|holidays?)\b"
)
"""Days that are told by others ("the Friday after Easter"): which ones is not read here."""
_LEFT = re.compile(
    r"\b(?:a|i|an|and|or|to|co|z|w|we|na|what|how|about|on|the|czy|przyszl\w+|najblizsz\w+|next|this|day|dzien|"
    r"roku|swieta|swieto)\b"
)


def days_in(text: str, today: date) -> Days | None:
    """Return the days that a text names, none perhaps; None if one of them is no day, is over or not clear."""
    found: list[date] = []
    rest = fold(text)
    for pattern in (_ISO, _DOTTED):
        for match in pattern.finditer(rest):
            day = _dated(today, int(match["d"]), int(match["m"]), match["y"])
            if day is None:
                return None
            found.append(day)
        rest = pattern.sub(" ", rest)
    rest = simplify(rest)
    if _BESIDE.search(rest):
        return None
    for month, pattern in enumerate(_NAMED, 1):
        for match in pattern.finditer(rest):
            day = _dated(today, int(match["d"] or match["e"]), month, match["y"])
            if day is None:
                return None
            found.append(day)
        rest = pattern.sub(" ", rest)
    rest = _take(rest, _EASTER_MONDAY, _easter_monday(today), found)
    rest = _take(rest, _EASTER_SUNDAY, _easter_sunday(today), found)
    rest = _take(rest, _CORPUS_CHRISTI, _corpus_christi(today), found)
    for names, fixed in _FIXED:
        coming = [_next(today, month, day) for month, day in fixed]
        rest = _take(rest, names, coming if coming == sorted(coming) else coming[:1], found)
    saturday = today + timedelta(days=5 - today.weekday())
    weekend = [day for day in (saturday, saturday + timedelta(days=1)) if day >= today]
    rest = _take(rest, _WEEKEND, weekend, found)
    rest = _take(rest, _AFTER, [today + timedelta(days=2)], found)
    rest = _take(rest, _TOMORROW, [today + timedelta(days=1)], found)
    for weekday, names in enumerate(_WEEKDAYS):
        rest = _take(rest, names, [today + timedelta(days=(weekday - today.weekday()) % 7)], found)
    is_today = re.search(rf"\b(?:{_TODAY})\b", rest) is not None
    rest = re.sub(rf"\b(?:{_TODAY})\b", " ", rest)
    if is_today and found:
        found.append(today)
    return Days(
        tuple(sorted(set(found)))[:MOST_DAYS],
        is_today,
        alone=bool(found or is_today) and not _LEFT.sub(" ", rest).split(),
    )


def _take(rest: str, names: str, days: list[date], found: list[date]) -> str:
    pattern = re.compile(rf"\b(?:{names})\b")
    if pattern.search(rest):
        found += days
    return pattern.sub(" ", rest)


def _dated(today: date, day: int, month: int, year: str | None) -> date | None:
    """Return a date that is today or later; without a year the next one."""
    try:
        met = date(int(year), month, day) if year else _next(today, month, day)
    except ValueError:
        return None
    return met if timedelta() <= met - today <= timedelta(days=FARTHEST_DAYS) else None


def _next(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _easter_monday(today: date) -> list[date]:
    """Return the next Easter Monday: the only public holiday on a Monday in March or April."""
    return _coming(today, lambda day: day.month in (3, 4) and day.weekday() == 0)


def _easter_sunday(today: date) -> list[date]:
    sundays = _coming(today + timedelta(days=1), lambda day: day.month in (3, 4) and day.weekday() == 0)
    return [sundays[0] - timedelta(days=1)] if sundays else []


def _corpus_christi(today: date) -> list[date]:
    """Return the next Corpus Christi: the holiday on a Thursday between 21 May and 24 June."""
    return _coming(
        today, lambda day: date(day.year, 5, 21) <= day <= date(day.year, 6, 24) and day.weekday() == 3
    )


def _coming(today: date, fits: Callable[[date], bool]) -> list[date]:
    years = (today.year, today.year + 1)
    return [day for year in years for day in sorted(public_holidays(year)) if day >= today and fits(day)][:1]
