"""Who comes in, and the first words they get: binds the conversation room's doorkeeper port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conversation.events import Draft
from conversation.frames import QuickReply
from conversation.log import Conversation
from conversation.ports import Opening, Person
from customer.identity import IdentityVerifier
from customer.model import Customer, OrderSource
from customer.profile import greeting_name
from foundation.language import Language
from handoff.contact import drafts_for

_DISCLOSURE = {
    Language.PL: "Rozmawiasz z asystentem AI. W każdej chwili możesz poprosić o człowieka.",
    Language.EN: "You are talking to an AI assistant. You can ask for a person at any time.",
}
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

    def __init__(self, verifier: IdentityVerifier, orders: OrderSource) -> None:
        self._verifier = verifier
        self._orders = orders

    async def identify(self, identity_token: str) -> Person:
        """See `conversation.ports.Doorkeeper`. The name is the shop's record's, else the token's."""
        identity = self._verifier.verify(identity_token)
        customer = await self._orders.customer(identity.customer_id)
        return Person(identity.customer_id, customer.name if customer else identity.name)

    async def opening(self, language: Language, person: Person | None) -> Opening:
        """See `conversation.ports.Doorkeeper`."""
        plain, named, question = _GREETING[language]
        name = (
            greeting_name(Customer(person.customer_id, person.name, "", language), language)
            if person
            else None
        )
        hello = named.format(name=name) if name else plain
        return Opening(
            disclosure=_DISCLOSURE[language],
            greeting=f"{hello} {question}",
            suggestions=[QuickReply(label=text, send=text) for text in STARTERS[language]],
        )


class ShopperActions:
    """Binds the buttons and forms of the widget to the rooms that know what they do."""

    async def act(self, conversation: Conversation, name: str, value: Mapping[str, Any]) -> Sequence[Draft]:
        """See `conversation.ports.Actions`."""
        return drafts_for(name, value, conversation.language)
