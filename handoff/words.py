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
LEAVE_EMAIL_TOO = {
    PL: "Jeśli nie chcesz czekać na stronie, zostaw adres e-mail: odpowiedź przyjdzie także tam.",
    EN: "If you do not want to wait here, leave an e-mail address: the answer will come there as well.",
}
CLOSED = {
    PL: "Obsługa sklepu teraz nie pracuje ({hours}). Zostaw adres e-mail, a człowiek odpisze na niego.",
    EN: "Nobody from the shop is at work now ({hours}). Leave an e-mail address and a person will reply.",
}
CLOSED_UNTIL = {
    PL: "Obsługa sklepu wraca {opening}. Zostaw adres e-mail, a człowiek odpisze na niego.",
    EN: "The shop's people are back {opening}. Leave an e-mail address and a person will reply.",
}
EMAIL_LEFT = {
    PL: "Dziękuję, adres {email} jest zapisany. Odpowiedź człowieka przyjdzie także na niego.",
    EN: "Thank you, {email} is noted. A person's reply will come there as well.",
}
STILL_PEOPLE = {
    PL: "Rozmowa nadal czeka na osobę z obsługi sklepu.",
    EN: "Your chat is still waiting for a person from the shop.",
}
GUEST = {PL: "Gość", EN: "Guest"}
