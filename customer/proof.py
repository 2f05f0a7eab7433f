"""How a guest proves an order to be theirs, as the other rooms see it. Pure types, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from customer.model import OrderStanding
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class Guest:
    """Who asks, as the session knows them.

    Attributes:
        address_key: Keyed hash of the network address; empty where there is none (the command line).
    """

    conversation_id: str
    visitor_id: str
    address_key: str = ""


class Tried(StrEnum):
    """What came of a try to prove something."""

    PROVED = "proved"
    REFUSED = "refused"
    LIMITED = "limited"


class Sending(StrEnum):
    """What came of the wish for a code."""

    SENT = "sent"
    NOTHING_PROVED = "nothing_proved"
    LIMITED = "limited"
    NO_MAIL = "no_mail"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a guest has proved so far.

    Attributes:
        orders: Orders whose status they may hear, newest proof first.
        customer_id: Whose records they may hear in full, after a code; None without one.
        code_awaited: Whether a code is on its way that was not typed yet.
    """

    orders: tuple[OrderStanding, ...] = ()
    customer_id: str | None = None
    code_awaited: bool = False


class GuestDoor(Protocol):
    """What lets guests prove that an order is theirs; `customer.guests.Guests` does."""

    @property
    def can_send(self) -> bool:
        """Whether codes can be sent at all."""
        ...

    async def prove(self, guest: Guest, number: str, email: str) -> Tried:
        """Check an order number with the e-mail address of its order."""
        ...

    async def standing(self, guest: Guest) -> Standing:
        """Return what this conversation's guest has proved, as far as it still counts."""
        ...

    async def send_code(self, guest: Guest, language: Language) -> Sending:
        """Send a one-time code to the address in the record of the newest order that was proved."""
        ...

    async def redeem(self, guest: Guest, code: str) -> Tried:
        """Take the code that was sent."""
        ...
