"""What an article says of opening hours, beside the hours that are set. Pure and fail-closed.

Whatever is not surely the same counts as different: then the article is not added to.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from enum import IntEnum

from handoff.hours import OpeningHours
from knowledge.analysis.words import fold
from knowledge.passage import Passage

Span = tuple[time, time]


class Stance(IntEnum):
    """How articles stand to the hours that are set; what is graver is greater."""

    SILENT = 0
    """They say nothing of hours."""
    AGREES = 1
    DIFFERS = 2
    """They say something else, or something that cannot be read for sure."""
    PREMISES = 3
    """They are about a place to walk into or to pick up goods at."""


_DAY = (
    r"poniedzial\w*|pon|pn|mon(?:day)?s?",
    r"wtor\w+|wt|tue(?:s|sday)?s?",
    r"srod(?:a|e|y)|sr|wed(?:nesday)?s?",
    r"czwart(?:ek|ku|ki)|czw|thu(?:rs|rsday)?s?",
    r"piat(?:ek|ku|ki)|pt|fri(?:day)?s?",
    r"sobot\w*|sob|sat(?:urday)?s?",
    r"niedziel\w*|niedz|nd|sun(?:day)?s?",
)
_SETS = (
    (r"dni robocze|dniach roboczych|dni powszednie|working days|business days|weekdays", range(5)),
    (r"codziennie|kazdego dnia|every day|daily|seven days a week|7 dni w tygodniu", range(7)),
    (r"weekend\w*", range(5, 7)),
)
_DAYS = re.compile(
    "|".join(rf"(?P<d{n}>\b(?:{names})\b\.?)" for n, names in enumerate(_DAY))
    + "|"
    + "|".join(rf"(?P<s{n}>\b(?:{names})\b)" for n, (names, _) in enumerate(_SETS))
    + r"|(?P<span>(?<![\d:.,])(?P<h1>\d{1,2})(?:[:.](?P<m1>\d{2}))? ?(?P<p1>[ap]\.?m\b\.?)? ?"
    r"(?:-|–|—|do|to|till|until|a) ?(?:godz\w*\.? )?(?P<h2>\d{1,2})(?:[:.](?P<m2>\d{2}))? ?(?P<p2>[ap]\.?m\b\.?)?"
    r"(?![\d:])(?! ?(?:dni|dnia|day|zl|%|cm|kg|min|tyg|robocz)))"
)
_RUN = re.compile(r" ?(?:-|–|—|do|to|through|thru|till|until) ?")
_OPEN = re.compile(
    r"\b(?:czynn\w*|otwart\w*|pracuj\w*|godzin\w* (?:pracy|otwarcia|obslugi)|biur\w*|obslug\w*|infolini\w*|"
    r"open|opening|hours|office|closed|nieczynn\w*|zamkni\w*|wolne)\b"
)
_CLOSED = re.compile(
    r"\b(?:nieczynn\w*|zamkni\w*|nie (?:pracuj\w*|dziala\w*|odpowiada\w*|odbieramy)|wolne|closed|not (?:open|work\w*))\b"
)
_ALWAYS = re.compile(r"\b(?:cala dobe|calodobow\w+|24 ?h|24 ?/ ?7|around the clock|day and night)\b")
_MACHINE = re.compile(r"\b(?:asystent\w*|assistants?|ai|zamow\w+|orders?)\b")
_PREMISES = re.compile(
    r"\b(?:stacjonarn\w*|salon\w*|showroom\w*|odbior\w* osobist\w*|osobisci\w*|odbierz\w*|odebra\w*|punk(?:t|cie)\w* odbioru|"
    r"przy ul\w*|in person|pick ?-?up|collect\w*|physical (?:shop|store)|brick)\b"
)
_TRANSPORT = re.compile(
    r"\b(?:kurier\w*|dorecz\w*|paczk\w*|paczkomat\w*|przesyl\w*|dostaw\w*|wysyl\w*|nadaj\w*|courier\w*|deliver\w*|ship\w*|"
    r"parcels?|lockers?)\b"
)
_SENTENCE = re.compile(r"\n+|(?<=[.!?])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ-])")


def stance_of(passages: Iterable[Passage], hours: OpeningHours) -> Stance:
    """Return how passages of one or more articles stand to the hours that are set."""
    week: dict[int, set[Span]] = {}
    closed: set[int] = set()
    stance, spoken = Stance.SILENT, False
    for passage in passages:
        about = fold(f"{passage.title}\n{passage.heading}")
        for sentence in filter(str.strip, _SENTENCE.split(passage.text)):
            plain = fold(sentence)
            if _TRANSPORT.search(plain) or not _speaks(plain):
                continue
            if _PREMISES.search(plain) or _PREMISES.search(about):
                return Stance.PREMISES
            spoken = True
            if not _read(plain, week, closed):
                stance = Stance.DIFFERS
    if not spoken or stance is Stance.DIFFERS:
        return stance
    ours: dict[int, set[Span]] = {}
    for shift in hours.shifts:
        ours.setdefault(shift.weekday, set()).add((shift.start, shift.end))
    same = (not week or week == ours) and not closed & ours.keys() and not closed & week.keys()
    return Stance.AGREES if same else Stance.DIFFERS


def _speaks(plain: str) -> bool:
    if _ALWAYS.search(plain) and not _MACHINE.search(plain):
        return True
    found = list(_DAYS.finditer(plain))
    spans = [match for match in found if match["span"]]
    if len(spans) == len(found):
        return bool(spans) and _OPEN.search(plain) is not None
    return bool(spans) or _OPEN.search(plain) is not None


def _read(plain: str, week: dict[int, set[Span]], closed: set[int]) -> bool:
    """Read a sentence into `week` and `closed`; return whether all of it was understood."""
    if _ALWAYS.search(plain):
        return False
    days: set[int] = set()
    spanned = False
    last: tuple[int, int] | None = None  # a single day, and where it ended
    for match in _DAYS.finditer(plain):
        if match["span"]:
            span = _span(match)
            if not days or span is None:
                return False
            for day in days:
                week.setdefault(day, set()).add(span)
            spanned, last = True, None
            continue
        if spanned:
            days, spanned = set(), False
        new, single = _named(match)
        if single is not None and last is not None and _RUN.fullmatch(plain[last[1] : match.start()]):
            if single < last[0]:
                return False
            new, single = set(range(last[0], single + 1)), None
        days |= new
        last = None if single is None else (single, match.end())
    if days and not spanned:
        if _CLOSED.search(plain) is None:
            return False
        closed |= days
    return True


def _named(match: re.Match[str]) -> tuple[set[int], int | None]:
    """Return the weekdays that a word names, and the one if it is one."""
    for day in range(len(_DAY)):
        if match[f"d{day}"]:
            return {day}, day
    return {day for n, (_, days) in enumerate(_SETS) if match[f"s{n}"] for day in days}, None


def _span(match: re.Match[str]) -> Span | None:
    ends = (match["p2"] or "").replace(".", "")
    start = _time(match["h1"], match["m1"], (match["p1"] or "").replace(".", ""))
    end = _time(match["h2"], match["m2"], ends)
    return (start, end) if start is not None and end is not None and start < end else None


def _time(hour: str, minute: str | None, half: str) -> time | None:
    number = int(hour)
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None
