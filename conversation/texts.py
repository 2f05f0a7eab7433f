"""The few sentences with which the chat itself refuses something, in both languages and forms of address."""

from __future__ import annotations

from foundation.language import Language
from foundation.style import Style

_TEXTS: dict[str, dict[Language, str]] = {
    "empty": {
        Language.PL: "Ta wiadomość jest pusta. Napisz, w czym pomóc.",
        Language.EN: "This message is empty. Tell us what you need help with.",
    },
    "too_long": {
        Language.PL: "Ta wiadomość jest za długa. Zmieści się do {limit} znaków – podziel ją na części.",
        Language.EN: "This message is too long. Up to {limit} characters fit – please split it.",
    },
    "rate_limited": {
        Language.PL: "To dużo wiadomości naraz. Odczekaj {seconds} s i wyślij ponownie.",
        Language.EN: "That is a lot of messages at once. Wait {seconds} s and send again.",
    },
    "conflict": {
        Language.PL: "Ta wiadomość kłóci się z zapisaną wcześniej. Wyślij ją jako nową.",
        Language.EN: "This message contradicts one stored earlier. Send it as a new one.",
    },
    "unavailable": {
        Language.PL: "Nie udało się zapisać wiadomości. Spróbuj ponownie za chwilę.",
        Language.EN: "The message could not be stored. Please try again in a moment.",
    },
}
_FORMAL: dict[str, str] = {
    "empty": "Ta wiadomość jest pusta. Proszę napisać, w czym pomóc.",
    "too_long": "Ta wiadomość jest za długa. Zmieści się do {limit} znaków – proszę podzielić ją na części.",
    "rate_limited": "To dużo wiadomości naraz. Proszę odczekać {seconds} s i wysłać ponownie.",
    "conflict": "Ta wiadomość kłóci się z zapisaną wcześniej. Proszę wysłać ją jako nową.",
    "unavailable": "Nie udało się zapisać wiadomości. Proszę spróbować ponownie za chwilę.",
}
"""In Polish, where nobody is addressed by "ty"."""


def refusal(code: str, language: Language, style: Style = Style.INFORMAL, **values: object) -> str:
    """Return the sentence for a refusal code, with its values filled in."""
    formal = language is Language.PL and style is not Style.INFORMAL
    return (_FORMAL[code] if formal else _TEXTS[code][language]).format(**values)
