"""What the chat itself says at a hand-over, in both languages. Data."""

from __future__ import annotations

from foundation.language import Language

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
