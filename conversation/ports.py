"""What the conversation room needs from others and must not know: `server/` binds these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from conversation.events import Draft
from conversation.frames import QuickReply
from conversation.log import Conversation
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
        suggestions: Buttons under the greeting.
    """

    disclosure: str
    greeting: str
    suggestions: Sequence[QuickReply] = ()


class Doorkeeper(Protocol):
    """Tells who comes in, and what they are told first."""

    async def identify(self, identity_token: str) -> Person:
        """Return whom the shop's token vouches for.

        Raises:
            Unauthenticated: The token is forged, expired, or no key to check it is set.
        """
        ...

    async def opening(self, language: Language, person: Person | None) -> Opening:
        """Return the first words of a chat, for a guest or a known customer."""
        ...


class Actions(Protocol):
    """What the shopper's buttons and forms do."""

    async def act(self, conversation: Conversation, name: str, value: Mapping[str, Any]) -> Sequence[Draft]:
        """Return the events that an action leaves, to be written in one transaction; the first gets its cid.

        Raises:
            InvalidInput: There is no such action, or a field is wrong; the message is for the shopper.
        """
        ...
