"""Days and moments as people write them, in both languages. Pure."""

from __future__ import annotations

from datetime import date, datetime

from customer.terms import day_of
from foundation.clock import SHOP_ZONE
from foundation.language import Language

PL, EN = Language.PL, Language.EN

_MONTHS = {
    PL: (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
        "października", "listopada", "grudnia",
    ),
    EN: (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_UNTIL = {
    PL: ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli"),
    EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def written_day(day: date, language: Language) -> str:
    """Return ``22 listopada 2026`` or ``22 November 2026``."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def until_day(day: date, language: Language) -> str:
    """Return what follows "do" or "until": ``poniedziałku, 23 listopada 2026``."""
    return f"{_UNTIL[language][day.weekday()]}, {written_day(day, language)}"


def written_moment(moment: datetime, language: Language) -> str:
    """Return a moment in the shop's zone, to the second, with the zone it is told in."""
    clock = moment.astimezone(SHOP_ZONE).strftime("%H:%M:%S (%Z, UTC%z)")
    return f"{written_day(day_of(moment), language)} {'o godz.' if language is PL else 'at'} {clock}"
