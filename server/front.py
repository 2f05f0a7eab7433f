"""Who comes in, and the first words they get: binds the conversation room's doorkeeper port."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter, append, locked, read_tail
from conversation.events import Event, Kind
from conversation.frames import QuickReply
from conversation.ports import Opening, Person, ShopperAction
from customer.identity import IdentityVerifier
from customer.model import Customer, OrderSource
from customer.profile import greeting_name
from feedback.ratings import rate
from foundation.language import Language
from foundation.style import Style
from handoff.actions import HandoffActions
from handoff.ownership import Ownership
from handoff.pilot import Mode, Pilot
from handoff.statements import Statements
from handoff.words import ASSISTANT_SPEAKS, PEOPLE_ANSWER, PEOPLE_GREET, said

RATINGS_LOOKED_AT = 200
_GREETING = {
    Language.PL: ("Dzień dobry!", "Dzień dobry, {name}!", "W czym mogę pomóc?"),
    Language.EN: ("Hello!", "Hello, {name}!", "How can I help?"),
}
STARTERS = {
    Language.PL: ("Gdzie jest moje zamówienie?", "Jak zwrócić towar?", "Ile kosztuje dostawa?"),
    Language.EN: ("Where is my order?", "How do I return something?", "How much is delivery?"),
}
"""Questions that nearly every shop is asked; offered with a greeting."""


class FrontDoor:
    """Identifies customers by the shop's signed tokens and opens chats."""

    def __init__(
        self,
        verifier: IdentityVerifier,
        orders: OrderSource,
        pilot: Pilot,
        style: Style = Style.INFORMAL,
    ) -> None:
        self._verifier = verifier
        self._orders = orders
        self._pilot = pilot
        self._style = style

    async def identify(self, identity_token: str) -> Person:
        """See `conversation.ports.Doorkeeper`. The name is the shop's record's, else the token's."""
        identity = self._verifier.verify(identity_token)
        customer = await self._orders.customer(identity.customer_id)
        return Person(identity.customer_id, customer.name if customer else identity.name)

    async def opening(self, language: Language, person: Person | None, visitor_id: str) -> Opening:
        """See `conversation.ports.Doorkeeper`."""
        plain, named, question = _GREETING[language]
        name = (
            greeting_name(Customer(person.customer_id, person.name, "", language), language)
            if person
            else None
        )
        hello = named.format(name=name) if name else plain
        if (await self._pilot.state()).for_visitor(visitor_id) is not Mode.ALL:
            greeting = f"{hello} {said(PEOPLE_GREET, language, self._style)}"
            return Opening(PEOPLE_ANSWER[language], greeting, by_assistant=False)
        return Opening(
            disclosure=said(ASSISTANT_SPEAKS, language, self._style),
            greeting=f"{hello} {question}",
            suggestions=[QuickReply(label=text, send=text) for text in STARTERS[language]],
        )


class ShopperActions:
    """Binds the buttons and forms of the widget to the rooms that know what they do."""

    def __init__(self, ownership: Ownership, statements: Statements, style: Style = Style.INFORMAL) -> None:
        self._ownership, self._statements, self._style = ownership, statements, style
        self._handoff = HandoffActions(ownership, style)

    async def act_within(self, connection: AsyncConnection, action: ShopperAction, now: datetime) -> None:
        """See `conversation.ports.Actions`."""
        if action.name != "rate":
            await self._handoff.act_within(connection, action, now)
            return
        head = (await locked(connection, action.conversation_id))["head_shopper"]
        asked = await read_tail(
            connection,
            action.conversation_id,
            head,
            kinds=(Kind.RATING_REQUESTED, Kind.RATING),
            limit=RATINGS_LOOKED_AT,
        )
        rated = rate(action.value, asked, language=action.language, now=now, style=self._style)
        draft = replace(rated.draft, author=action.shopper, cid=action.cid)
        await append(connection, action.conversation_id, draft, now)
        await alter(connection, action.conversation_id, score=rated.score)

    async def reopen_within(self, connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
        """See `conversation.ports.Actions`."""
        await self._ownership.reopen_within(connection, conversation_id, now)

    def heeds(self, body: str) -> bool:
        """See `conversation.ports.Actions`."""
        return self._statements.heeds(body)

    async def received_within(self, connection: AsyncConnection, message: Event, now: datetime) -> None:
        """See `conversation.ports.Actions`."""
        await self._statements.received_within(connection, message, now)
