"""What a shopper is told when the owner of a conversation changes: the words for the case at hand."""

from __future__ import annotations

from collections.abc import Mapping

from conversation.events import SYSTEM, Draft, Kind
from foundation.contact import Contact
from foundation.language import Language
from foundation.style import Style
from handoff import words
from handoff.hours import OpeningHours
from handoff.owner_change import OwnerChange
from handoff.pilot import Mode, Pilot


class Notices:
    """Says it by the shop's opening hours, its pilot switches, its mail and its form of address."""

    def __init__(
        self,
        hours: OpeningHours,
        pilot: Pilot | None,
        *,
        can_send: bool,
        style: Style,
        contact: Contact | None = None,
    ) -> None:
        self._hours = hours
        self._pilot = pilot
        self._can_send = can_send
        self._style = style
        self._contact = contact or Contact()

    def person_called(self, change: OwnerChange, place: int) -> Draft:
        """Return the place in the queue, or when people are back and what else there is till then.

        An address may be left in both cases.
        """
        language = change.language
        if self._hours.is_open(change.now):
            said = self._said(words.WAITING, language).format(place=place)
        else:
            opening = self._hours.opening_words(change.now, language)
            text = words.CLOSED_UNTIL if opening else words.CLOSED
            said = text[language].format(opening=opening, hours=self._hours.words(language))
        if change.row["email"] is None:
            said = f"{said} {self._said(words.LEAVE_EMAIL[self._can_send], language)}"
        if self._contact and not self._hours.is_open(change.now):
            said = f"{said} {self._contact.line(language)}"
        return Draft(Kind.MESSAGE, SYSTEM, {"body": said})

    def email_left(self, change: OwnerChange, email: str) -> Draft:
        """Return that the address is noted, and what it is good for."""
        text = self._said(words.EMAIL_LEFT[self._can_send], change.language).format(email=email)
        return Draft(Kind.MESSAGE, SYSTEM, {"body": text})

    def person_speaks(self, change: OwnerChange, name: str) -> Draft:
        """Return the disclosure that a person answers from now on."""
        text = self._said(words.PERSON_SPEAKS, change.language).format(name=name)
        return Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "agent", "name": name, "text": text})

    async def assistant_again(self, change: OwnerChange) -> Draft:
        """Return the disclosure of who answers once no person has it, as the pilot switches stand."""
        if await self._mode(change.row["visitor_id"]) is not Mode.ALL:
            text = words.PEOPLE_ANSWER[change.language]
            return Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "agent", "text": text})
        text = self._said(words.ASSISTANT_AGAIN, change.language)
        return Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": text})

    async def _mode(self, visitor_id: str) -> Mode:
        return Mode.ALL if self._pilot is None else (await self._pilot.state()).for_visitor(visitor_id)

    def _said(self, texts: Mapping[Language, str], language: Language) -> str:
        return words.said(texts, language, self._style)
