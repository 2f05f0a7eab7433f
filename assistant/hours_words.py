"""When the shop's people are there, in words. Polish and English. Pure.

Computed facts: each text is evidence of its own, and is said word for word. Nobody is addressed in them, so
they fit every form of address. They speak of the help desk, never of a shop to walk into.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from customer.day_words import written_day
from customer.workdays import public_holidays
from foundation.clock import SHOP_ZONE
from foundation.language import Language
from handoff.hours import OpeningHours, Shift

PL, EN = Language.PL, Language.EN

_ON = {
    PL: (
        "w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę",
    ),
    EN: tuple(
        f"on {day}"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ),
}  # fmt: skip
_TODAY, _TOMORROW = {PL: "dzisiaj", EN: "today"}, {PL: "jutro", EN: "tomorrow"}
_AND = {PL: " i ", EN: " and "}

_OPEN_NOW = {
    PL: "Obsługa sklepu teraz pracuje: dzisiaj do {end}.",
    EN: "The shop's people are at work now: today until {end} (Polish time).",
}
_LATER_TODAY = {
    PL: "Potem jeszcze dzisiaj w godzinach {spans}.",
    EN: "After that, again today {spans}.",
}
_CLOSED_NOW = {
    PL: "Obsługa sklepu teraz nie pracuje.",
    EN: "Nobody from the shop is at work now.",
}
_DAY_OFF = {
    PL: "Dzisiaj, {day}, jest dzień ustawowo wolny od pracy.",
    EN: "Today, {day}, is a public holiday in Poland.",
}
_BACK = {
    PL: "Wraca {day} i pracuje w godzinach {spans}.",
    EN: "They are back {day}, and at work {spans} (Polish time).",
}
_DAY_OPEN = {
    PL: "{on} obsługa sklepu pracuje w godzinach {spans}.",
    EN: "{on}, the shop's people are at work {spans} (Polish time).",
}
_DAY_CLOSED = {
    PL: "{on} obsługa sklepu nie pracuje.",
    EN: "{on}, nobody from the shop is at work.",
}
_DAY_HOLIDAY = {
    PL: "{on} obsługa sklepu nie pracuje: to dzień ustawowo wolny od pracy.",
    EN: "{on}, nobody from the shop is at work: it is a public holiday in Poland.",
}
_WEEK = {
    PL: "Obsługa sklepu pracuje: {hours}.",
    EN: "The shop's people are at work: {hours} (Polish time).",
}
_HOLIDAYS = {
    PL: "W dni ustawowo wolne od pracy obsługa sklepu nie pracuje.",
    EN: "On Polish public holidays nobody from the shop is at work.",
}
_NEXT_HOLIDAY = {
    PL: "Najbliższy taki dzień to {day}.",
    EN: "The next one is {day}.",
}
_OTHER_HOURS = {
    PL: "To godziny obsługi na czacie; artykuł „{title}” może podawać inne.",
    EN: "These are the hours of the chat; the article “{title}” may have others.",
}
_NAME = {PL: "Sklep nazywa się {name}.", EN: "The shop is called {name}."}
_CONTACT = {
    PL: "Wiadomości e-mail od sklepu przychodzą z adresu {address}.",
    EN: "The shop's e-mails come from {address}.",
}


def now_lines(hours: OpeningHours, now: datetime, language: Language) -> list[str]:
    """Return whether people are at work at a moment, until when, or when they are back."""
    local = now.astimezone(SHOP_ZONE)
    at, today = local.time().replace(tzinfo=None), local.date()
    spans = _spans(hours.shifts_on(today))
    current = next((span for span in spans if span[0] <= at < span[1]), None)
    if current is not None:
        later = [span for span in spans if span[0] > at]
        lines = [_OPEN_NOW[language].format(end=clock(current[1]))]
        return lines + ([_LATER_TODAY[language].format(spans=_told(later, language))] if later else [])
    lines = [_CLOSED_NOW[language]]
    if today in public_holidays(today.year) and any(s.weekday == today.weekday() for s in hours.shifts):
        lines.append(_DAY_OFF[language].format(day=written_day(today, language)))
    return lines + back_lines(hours, now, language)


def back_lines(hours: OpeningHours, after: datetime, language: Language) -> list[str]:
    """Return when people are back after a moment at which they are not there; nothing if nobody knows."""
    opening = hours.next_opening(after)
    if opening is None:
        return []
    start, today = opening.astimezone(SHOP_ZONE), after.astimezone(SHOP_ZONE).date()
    spans = [span for span in _spans(hours.shifts_on(start.date())) if span[0] >= start.time()]
    day = on_day(start.date(), today, language)
    return [_BACK[language].format(day=day, spans=_told(spans, language))]


def day_lines(hours: OpeningHours, days: Sequence[date], today: date, language: Language) -> list[str]:
    """Return of each day whether people are at work on it, in which hours, and why not."""
    lines = []
    for day in days:
        spans = _spans(hours.shifts_on(day))
        # A day that is always closed is not closed for the holiday on it.
        worked = any(shift.weekday == day.weekday() for shift in hours.shifts)
        off = day in public_holidays(day.year) and worked
        words = _DAY_OPEN if spans else _DAY_HOLIDAY if off else _DAY_CLOSED
        on = on_day(day, today, language)
        lines.append(
            words[language].format(on=on[0].upper() + on[1:], spans=_told(spans, language) if spans else "")
        )
    return lines


def week_lines(hours: OpeningHours, language: Language) -> list[str]:
    """Return the hours of a week."""
    return [_WEEK[language].format(hours=hours.words(language)), _HOLIDAYS[language]]


def holiday_lines(today: date, language: Language) -> list[str]:
    """Return that public holidays are free, and which comes next (today is one, perhaps)."""
    years = (today.year, today.year + 1)
    following = min(day for year in years for day in public_holidays(year) if day >= today)
    return [_HOLIDAYS[language], _NEXT_HOLIDAY[language].format(day=written_day(following, language))]


def other_hours_line(title: str, language: Language) -> str:
    """Return that an article may have other hours than these."""
    return _OTHER_HOURS[language].format(title=title)


def name_line(name: str, language: Language) -> str:
    """Return what the shop is called."""
    return _NAME[language].format(name=name)


def contact_line(address: str, language: Language) -> str:
    """Return which address the shop's mail comes from."""
    return _CONTACT[language].format(address=address)


def on_day(day: date, today: date, language: Language) -> str:
    """Return a day for a sentence that goes on after it: ``jutro, w środę 18 listopada 2026,``."""
    on = f"{_ON[language][day.weekday()]}{',' if language is EN else ''} {written_day(day, language)}"
    near = {today: _TODAY, today + timedelta(days=1): _TOMORROW}.get(day)
    if near is None:
        return on
    return f"{near[language]}, {on}{',' if language is PL else ''}"


def clock(at: time) -> str:
    """Return a time of day as people write it: ``9:00``."""
    return f"{at.hour}:{at.minute:02}"


def _spans(shifts: Sequence[Shift]) -> list[tuple[time, time]]:
    """Return when shifts begin and end; one that begins where another ends goes on with it."""
    spans: list[tuple[time, time]] = []
    for shift in sorted(shifts, key=lambda one: one.start):
        if spans and spans[-1][1] == shift.start:
            spans[-1] = (spans[-1][0], shift.end)
        else:
            spans.append((shift.start, shift.end))
    return spans


def _told(spans: Sequence[tuple[time, time]], language: Language) -> str:
    return _AND[language].join(f"{clock(start)}–{clock(end)}" for start, end in spans)
