"""A shopper wants a person: take an e-mail address, and say plainly what happens. Pure.

Nothing is promised that does not hold: no waiting time, no queue. The shop reads the addresses with
`okienko handoffs`, together with what was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from conversation.events import ASSISTANT, SYSTEM, Draft, Kind
from foundation.errors import InvalidInput
from foundation.language import Language

ASK_HUMAN, LEAVE_EMAIL = "ask_human", "leave_email"

# Deliberately lenient (RFC 5321 lengths, a dot in the domain): the proof of an address is a mail delivered.
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[^\s@<>\"',;:()\[\]\\]+\.[^\s@<>\"',;:()\[\]\\.]{2,63}")
_EMAIL_CHARS = 254

_INVITATION = {
    Language.PL: (
        "Na czacie nie ma teraz nikogo z obsługi sklepu, więc zostaw adres e-mail: "
        "człowiek przeczyta tę rozmowę i odpisze na podany adres."
    ),
    Language.EN: (
        "Nobody from the shop is in the chat right now, so please leave an e-mail address: "
        "a person will read this conversation and reply to that address."
    ),
}
_ASKED = {Language.PL: "Jasne.", Language.EN: "Of course."}
_LEFT = {
    Language.PL: (
        "Dziękuję, adres {email} jest zapisany. Odpisze na niego człowiek z obsługi sklepu. "
        "Tymczasem możesz dalej pytać mnie tutaj."
    ),
    Language.EN: (
        "Thank you, {email} is noted. A person from the shop will reply there. "
        "Meanwhile you can go on asking me here."
    ),
}
_WRONG_EMAIL = {
    Language.PL: "To nie wygląda na adres e-mail. Wpisz go w postaci imie@domena.pl.",
    Language.EN: "This does not look like an e-mail address. Enter it as name@domain.com.",
}
_UNKNOWN = {
    Language.PL: "Tej czynności tu nie ma. Odśwież stronę i spróbuj ponownie.",
    Language.EN: "There is no such action here. Reload the page and try again.",
}


def invitation(language: Language) -> str:
    """Return the sentence that asks for an e-mail address, and says why."""
    return _INVITATION[language]


def request_person(reason: str) -> Draft:
    """Return the event that records why a person is needed; the widget shows the e-mail form for it."""
    return Draft(Kind.HANDOFF_REQUESTED, SYSTEM, {"reason": reason, "needs": "email"})


def drafts_for(name: str, value: Mapping[str, Any], language: Language) -> list[Draft]:
    """Return the events that a shopper's button or form leaves.

    Raises:
        InvalidInput: There is no such action, or the address makes no sense.
    """
    if name == ASK_HUMAN:
        return [
            request_person("asked_for_person"),
            Draft(
                Kind.MESSAGE,
                ASSISTANT,
                {"body": f"{_ASKED[language]} {invitation(language)}"},
                generated=True,
            ),
        ]
    if name == LEAVE_EMAIL:
        email = str(value.get("email", "")).strip()
        if len(email) > _EMAIL_CHARS or _EMAIL.fullmatch(email) is None:
            raise InvalidInput(_WRONG_EMAIL[language])
        return [
            Draft(
                Kind.HANDOFF_REQUESTED, SYSTEM, {"reason": "left_email", "email_left": True, "email": email}
            ),
            Draft(Kind.MESSAGE, ASSISTANT, {"body": _LEFT[language].format(email=email)}, generated=True),
        ]
    raise InvalidInput(_UNKNOWN[language])
