"""What the shopper's buttons at a hand-over do. Each writes its events in the caller's transaction.

An action leaves exactly one event of the shopper's with the action's `cid`, so that sending it again is
harmless; what follows from it is the system's.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import append
from conversation.events import Draft, Kind
from conversation.ports import ShopperAction
from foundation.errors import InvalidInput
from foundation.language import Language
from foundation.style import Style, Wording
from handoff.ownership import Ownership

ASK_HUMAN, LEAVE_EMAIL = "ask_human", "leave_email"
BACK_TO_ASSISTANT, RESOLVE = "back_to_assistant", "resolve"

# Lenient (RFC 5321 lengths, a dot in the domain): the proof of an address is a mail delivered.
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[^\s@<>\"',;:()\[\]\\.]+(?:\.[^\s@<>\"',;:()\[\]\\.]+)+")
_EMAIL_CHARS = 254

_WRONG_EMAIL = {
    Language.PL: "To nie wygląda na adres e-mail. Wpisz go w postaci imie@domena.pl.",
    Language.EN: "This does not look like an e-mail address. Enter it as name@domain.com.",
}
_UNKNOWN = {
    Language.PL: "Tej czynności tu nie ma. Odśwież stronę i spróbuj ponownie.",
    Language.EN: "There is no such action here. Reload the page and try again.",
}
_FORMAL = {
    _WRONG_EMAIL[Language.PL]: ("To nie wygląda na adres e-mail. Proszę wpisać go w postaci imie@domena.pl."),
    _UNKNOWN[Language.PL]: "Tej czynności tu nie ma. Proszę odświeżyć stronę i spróbować ponownie.",
}
"""What stands for a Polish text where nobody is addressed by "ty"."""


class HandoffActions:
    """Carries out the four actions of a hand-over."""

    def __init__(self, ownership: Ownership, style: Style = Style.INFORMAL) -> None:
        self._ownership, self._style = ownership, style

    async def act_within(self, connection: AsyncConnection, action: ShopperAction, now: datetime) -> None:
        """Carry out one action; see `conversation.ports.Actions`."""
        conversation_id, shopper, cid, name = action.conversation_id, action.shopper, action.cid, action.name
        if name == ASK_HUMAN:
            await self._ownership.request_within(
                connection, conversation_id, "asked_for_person", now, by=shopper, cid=cid
            )
        elif name == LEAVE_EMAIL:
            email = read_email(action.value.get("email"), action.language, self._style)
            content = {"reason": "left_email", "email_left": True, "email": email}
            await append(
                connection, conversation_id, Draft(Kind.HANDOFF_REQUESTED, shopper, content, cid=cid), now
            )
            await self._ownership.note_email_within(connection, conversation_id, email, now)
        elif name == BACK_TO_ASSISTANT:
            await self._ownership.back_to_assistant_within(
                connection, conversation_id, now, by=shopper, cid=cid
            )
        elif name == RESOLVE:
            await self._ownership.resolve_within(connection, conversation_id, shopper, now, cid=cid)
        else:
            raise InvalidInput(Wording(self._style, _FORMAL)(_UNKNOWN[action.language]))


def read_email(value: object, language: Language, style: Style = Style.INFORMAL) -> str:
    """Return an address as typed, without spaces around it.

    Raises:
        InvalidInput: It does not look like one; the sentence is for the shopper.
    """
    email = str(value or "").strip()
    if len(email) > _EMAIL_CHARS or _EMAIL.fullmatch(email) is None:
        raise InvalidInput(Wording(style, _FORMAL)(_WRONG_EMAIL[language]))
    return email
