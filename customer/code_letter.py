"""The letter with a one-time code. Pure."""

from __future__ import annotations

from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.style import Wording

_SUBJECT = {
    Language.PL: "Kod do rozmowy na czacie{shop}",
    Language.EN: "Your code for the chat{shop}",
}
_BODY = {
    Language.PL: (
        "Dzień dobry,\n\n"
        "kod do rozmowy na czacie{shop}: {code}\n\n"
        "Jest ważny przez {minutes} minut. Wpisz go w oknie czatu, a asystent pokaże szczegóły "
        "zamówienia.\n\n"
        "Jeśli to nie Ty rozmawiasz na czacie, nie podawaj nikomu tego kodu – bez niego nikt nie zobaczy "
        "szczegółów. Nie trzeba nic więcej robić.\n"
    ),
    Language.EN: (
        "Hello,\n\n"
        "your code for the chat{shop}: {code}\n\n"
        "It is valid for {minutes} minutes. Type it into the chat window, and the assistant will show the "
        "details of the order.\n\n"
        "If it is not you who is chatting, do not give this code to anyone: without it nobody sees the "
        "details. There is nothing else you need to do.\n"
    ),
}
_FORMAL = {
    _BODY[Language.PL]: (
        "Dzień dobry,\n\n"
        "kod do rozmowy na czacie{shop}: {code}\n\n"
        "Jest ważny przez {minutes} minut. Prosimy wpisać go w oknie czatu, a asystent pokaże szczegóły "
        "zamówienia.\n\n"
        "Jeśli na czacie rozmawia ktoś inny, prosimy nikomu nie podawać tego kodu – bez niego nikt nie "
        "zobaczy szczegółów. Nie trzeba nic więcej robić.\n"
    ),
}
"""What stands for a Polish text where nobody is addressed by "ty"; the others address nobody."""
_OF_SHOP = {Language.PL: " sklepu {shop}", Language.EN: " of {shop}"}


def code_letter(code: str, language: Language, letterhead: Letterhead, *, minutes: int) -> tuple[str, str]:
    """Return the subject, which does not have the code (screens show it locked), and the body."""
    shop = letterhead.shop_name
    of_shop = _OF_SHOP[language].format(shop=shop) if shop else ""
    words = Wording(letterhead.style, _FORMAL)(_BODY[language])
    body = words.format(shop=of_shop, code=code, minutes=minutes)
    if foot := letterhead.foot(language):
        body = f"{body}\n{foot}\n"
    return _SUBJECT[language].format(shop=of_shop), body
