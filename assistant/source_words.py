"""Where what was said comes from, in words. Pure."""

from __future__ import annotations

from datetime import date

from customer.day_words import written_day
from foundation.language import Language
from foundation.style import Style

PL, EN = Language.PL, Language.EN

ARTICLE = "article"

_WORDS = {
    ARTICLE: {
        PL: "To z artykułu sklepu „{what}”.",
        EN: "That is from the shop's article “{what}”.",
    },
    "order": {
        PL: "To z danych Twojego zamówienia {what} w systemie sklepu.",
        EN: "That is from the shop's record of your order {what}.",
    },
    "deadline": {
        PL: "To wyliczone z dat zamówienia {what} według przepisów o odstąpieniu od umowy i zasad sklepu.",
        EN: "That is computed from the dates of order {what}, by the law on withdrawal and the shop's rules.",
    },
    "request": {
        PL: "To z rejestru zgłoszeń sklepu, pod numerem {what}.",
        EN: "That is from the shop's register of requests, number {what}.",
    },
    "product": {
        PL: "To z katalogu produktów sklepu (kod {what}); wspólne zakupy są policzone z zamówień.",
        EN: "That is from the shop's catalogue (code {what}); pairs are counted over orders.",
    },
    "hours": {
        PL: "To z godzin pracy obsługi w ustawieniach sklepu i z kalendarza dni ustawowo wolnych od pracy.",
        EN: "That is from the help desk's hours in the shop's settings and the calendar of public holidays.",
    },
    "shop": {
        PL: "To z ustawień sklepu.",
        EN: "That is from the shop's settings.",
    },
    "said": {
        PL: "Wiem to od Ciebie, z rozmowy {what}.",
        EN: "You told me so yourself, on {what}.",
    },
    "earlier": {
        PL: "To z Twojej rozmowy z {what}.",
        EN: "That is from your chat of {what}.",
    },
}


_FORMAL = {
    "order": "To z danych zamówienia {what} w systemie sklepu.",
    "said": "Wiem to z rozmowy {what}.",
    "earlier": "To z rozmowy z tego konta, z {what}.",
}
"""In Polish, where nobody is addressed by "ty"."""


def told_source(source: str, language: Language, style: Style = Style.INFORMAL) -> str:
    """Return where something comes from.

    Args:
        source: ``article:<title>``, or an evidence's id: ``order:<number>``, ``said:<kind>:<day>``…
        language: To say it in.
        style: How the shopper is addressed.

    Returns:
        A sentence; nothing for a source that nobody knows by name.
    """
    kind, _, what = source.partition(":")
    words = _WORDS.get(kind)
    if words is None or not what:
        return ""
    if kind in ("said", "earlier"):
        what = written_day(date.fromisoformat(what.rpartition(":")[2]), language)
    told = words[language]
    if language is PL and style is not Style.INFORMAL:
        told = _FORMAL.get(kind, told)
    return told.format(what=what)
