"""Does one claim support another? Pure."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from assistant.claims import Claim

_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MONTHS = {"month": 1, "year": 12}


def supports(known: Claim, made: Claim) -> bool:
    """Return whether a claim of the evidence supports one that is made.

    A day and month without a year are supported by the same day of any year, a weekday by a full date.
    Durations are equal across units where that is exact. A plain number is supported by the same number in
    any plain, dated or counted form; nothing else crosses kinds.
    """
    if made.kind == known.kind:
        if made.value == known.value:
            return True
        if made.kind == "duration":
            length = _length(made.value)
            return length is not None and length == _length(known.value)
        return made.kind == "date" and made.value.startswith("*-") and made.value[2:] == known.value[-5:]
    if made.kind == "weekday":
        return known.kind == "date" and _weekday(known.value) == made.value
    if made.kind == "number":
        return known.kind in ("duration", "amount", "percent") and known.value.split(" ")[0] == made.value
    # A run of digits may be read as a phone in one text and as a code or a number in another.
    if {made.kind, known.kind} <= {"phone", "code", "number"}:
        return re.sub(r"\D", "", made.value) == re.sub(r"\D", "", known.value) and len(made.value) >= 5
    return False


def _length(value: str) -> tuple[str, Fraction] | None:
    """Return a duration in minutes or months; None if it has no exact length, such as working days."""
    number, _, unit = value.partition(" ")
    try:
        count = Fraction(number)
    except ValueError:
        return None
    if unit in _MINUTES:
        return "minutes", count * _MINUTES[unit]
    return ("months", count * _MONTHS[unit]) if unit in _MONTHS else None


def _weekday(value: str) -> str:
    try:
        return str(date.fromisoformat(value).weekday())
    except ValueError:
        return ""
