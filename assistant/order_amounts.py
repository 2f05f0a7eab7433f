"""Days and amounts in words, Polish and English. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from customer.day_words import written_day
from foundation.language import Language

PL, EN = Language.PL, Language.EN


def day_words(day: date, language: Language, today: date) -> str:
    """Return a day without its weekday; the year only when it is not this one."""
    written = written_day(day, language)
    return written if day.year != today.year else written.removesuffix(f" {day.year}")


def money(amount: Decimal, currency: str, language: Language) -> str:
    """Return an amount as people write it: ``1 299,00 zł``, ``PLN 1,299.00``."""
    written = f"{amount:,.2f}"
    if language is PL:
        written = written.replace(",", " ").replace(".", ",")
        return f"{written} {'zł' if currency == 'PLN' else currency}"
    return f"{currency} {written}"
