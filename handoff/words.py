"""What the chat itself says at a hand-over, in both languages, in Polish in both forms of address. Data."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.language import Language
from foundation.style import Style

PL, EN = Language.PL, Language.EN

ASSISTANT_SPEAKS = {
    PL: "Rozmawiasz z asystentem AI. W każdej chwili możesz poprosić o człowieka.",
    EN: "You are talking to an AI assistant. You can ask for a person at any time.",
}
ASSISTANT_AGAIN = {
    PL: "Znów rozmawiasz z asystentem AI. W każdej chwili możesz poprosić o człowieka.",
    EN: "You are talking to an AI assistant again. You can ask for a person at any time.",
}
PERSON_SPEAKS = {
    PL: "Teraz pisze do Ciebie człowiek: {name} z obsługi sklepu.",
    EN: "You are now talking to a person: {name} from the shop.",
}
PEOPLE_ANSWER = {
    PL: "Na tym czacie odpowiadają ludzie z obsługi sklepu.",
    EN: "People from the shop answer in this chat.",
}
PEOPLE_GREET = {
    PL: "Napisz, w czym pomóc – odpowie człowiek.",
    EN: "Tell us how we can help – a person will answer.",
}

WAITING = {
    PL: "Rozmowa czeka na osobę z obsługi sklepu. Twoje miejsce w kolejce: {place}.",
    EN: "Your chat is waiting for a person from the shop. Your place in the queue: {place}.",
}
CLOSED = {
    PL: "Obsługa sklepu teraz nie pracuje ({hours}).",
    EN: "Nobody from the shop is at work now ({hours}).",
}
CLOSED_UNTIL = {
    PL: "Obsługa sklepu wraca {opening}.",
    EN: "The shop's people are back {opening}.",
}

# By mail only what holds: a shop without a mail server sees the address, and nothing is sent by itself.
LEAVE_EMAIL = {
    True: {
        PL: "Możesz zostawić adres e-mail: odpowiedź przyjdzie także tam.",
        EN: "You can leave an e-mail address: the answer will come there as well.",
    },
    False: {
        PL: "Możesz zostawić adres e-mail dla obsługi sklepu.",
        EN: "You can leave an e-mail address for the shop's people.",
    },
}
EMAIL_LEFT = {
    True: {
        PL: "Dziękuję, adres {email} jest zapisany. Odpowiedź człowieka przyjdzie także na niego.",
        EN: "Thank you, {email} is noted. A person's reply will come there as well.",
    },
    False: {
        PL: "Dziękuję, adres {email} jest zapisany. Zobaczy go osoba z obsługi sklepu.",
        EN: "Thank you, {email} is noted. A person from the shop will see it.",
    },
}

_FORMAL = {
    ASSISTANT_SPEAKS[PL]: "Na tym czacie odpowiada asystent AI. W każdej chwili można poprosić o człowieka.",
    ASSISTANT_AGAIN[
        PL
    ]: "Na tym czacie znów odpowiada asystent AI. W każdej chwili można poprosić o człowieka.",
    PERSON_SPEAKS[PL]: "Teraz na tym czacie pisze człowiek: {name} z obsługi sklepu.",
    WAITING[PL]: "Rozmowa czeka na osobę z obsługi sklepu. Miejsce w kolejce: {place}.",
    LEAVE_EMAIL[True][PL]: "Można zostawić adres e-mail: odpowiedź przyjdzie także tam.",
    LEAVE_EMAIL[False][PL]: "Można zostawić adres e-mail dla obsługi sklepu.",
    PEOPLE_GREET[PL]: "Proszę napisać, w czym pomóc – odpowie człowiek.",
}
"""What stands for a Polish text where nobody is addressed by "ty"; the others address nobody."""


def said(texts: Mapping[Language, str], language: Language, style: Style = Style.INFORMAL) -> str:
    """Return a text in a language, in the form of address that the shop is set to."""
    text = texts[language]
    return text if style is Style.INFORMAL else _FORMAL.get(text, text)
