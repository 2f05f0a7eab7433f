"""The letter with a one-time code. Pure."""

from __future__ import annotations

from foundation.language import Language

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
_OF_SHOP = {Language.PL: " sklepu {shop}", Language.EN: " of {shop}"}


def code_letter(code: str, language: Language, *, minutes: int, shop: str = "") -> tuple[str, str]:
    """Return the subject, which does not have the code (screens show it locked), and the body."""
    of_shop = _OF_SHOP[language].format(shop=shop) if shop else ""
    body = _BODY[language].format(shop=of_shop, code=code, minutes=minutes)
    return _SUBJECT[language].format(shop=of_shop), body
