"""What the conversation room needs from others and must not know: `server/` binds these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Author, Event
from conversation.frames import QuickReply
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class Person:
    """A customer whom the shop vouches for: their id in the shop, and the name people see."""

    customer_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a chat begins.

    Attributes:
        disclosure: Says who speaks (AI Act, art. 50(1)); the first event of every log.
        greeting: The assistant's first message.
        by_assistant: Whether the assistant answers in this chat; else people do.
        suggestions: Buttons under the greeting.
    """

    disclosure: str
    greeting: str
    by_assistant: bool = True
    suggestions: Sequence[QuickReply] = ()


@dataclass(frozen=True, slots=True)
class ShopperAction:
    """A tap on a button or a form that was sent. `value` comes from a client: anything may be in it."""

    conversation_id: str
    language: Language
    shopper: Author
    cid: str
    name: str
    value: Mapping[str, Any]


class Doorkeeper(Protocol):
    """Tells who comes in, and what they are told first."""

    async def identify(self, identity_token: str) -> Person:
        """Return whom the shop's token vouches for.

        Raises:
            Unauthenticated: The token is forged, expired, or no key to check it is set.
        """
        ...

    async def opening(self, language: Language, person: Person | None, visitor_id: str) -> Opening:
        """Return the first words of a chat, for a guest or a known customer."""
        ...


class Actions(Protocol):
    """What the shopper's buttons and forms do, and what a message does to a closed conversation."""

    async def act_within(self, connection: AsyncConnection, action: ShopperAction, now: datetime) -> None:
        """Carry out an action inside the caller's transaction, leaving one event with its author and cid.

        Raises:
            InvalidInput: There is no such action, or a field is wrong; the message is for the shopper.
            NotFound: It names something that is not there; the message is for the shopper.
        """
        ...

    async def reopen_within(self, connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
        """Do what a new message asks before it is written: bring a closed conversation back."""
        ...

    def heeds(self, body: str) -> bool:
        """Return whether a message may state something: only then `received_within` need be called. Pure."""
        ...

    async def received_within(self, connection: AsyncConnection, message: Event, now: datetime) -> None:
        """Take in what a new message states, in the transaction that writes it."""
        ...
