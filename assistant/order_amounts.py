"""Days and amounts in words, Polish and English. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from foundation.language import Language

PL, EN = Language.PL, Language.EN

_MONTHS = {
    PL: (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    EN: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def day_words(day: date, language: Language, today: date) -> str:
    """Return a day without its weekday; the year only when it is not this one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[language][day.month - 1]}{year}"


def money(amount: Decimal, currency: str, language: Language) -> str:
    """Return an amount as people write it: ``1 299,00 zł``, ``PLN 1,299.00``."""
    written = f"{amount:,.2f}"
    if language is PL:
        written = written.replace(",", " ").replace(".", ",")
        return f"{written} {'zł' if currency == 'PLN' else currency}"
    return f"{currency} {written}"
