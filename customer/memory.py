"""What a customer asked to have remembered from one conversation to the next. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

CONSENT = "consent"
"""The kind that holds the answer to "shall I remember this?": ``yes`` or ``no``."""

EARLIER = "earlier"
"""The kind that holds the answer to "shall I use your earlier chats?": ``yes`` or ``no``."""

FORGOTTEN = "forgotten"
"""The kind whose `said_at` is the moment before which all conversations are forgotten."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing that is kept.

    Attributes:
        kind: A stable code, such as ``language``.
        value: What was said, in a closed form.
        conversation_id: Where.
        said_at: When, UTC.
    """

    kind: str
    value: str
    conversation_id: str
    said_at: datetime


class MemoryBook(Protocol):
    """Where it is kept. Each call names the customer that the *session* proved."""

    async def of(self, customer_id: str) -> Sequence[Remembered]:
        """Return what is kept of a customer, by kind."""
        ...

    async def keep(self, customer_id: str, said: Mapping[str, str], *, conversation_id: str) -> None:
        """Keep values by kind; a newer one takes the place of the one before."""
        ...

    async def forget(self, customer_id: str) -> None:
        """Delete all that is kept of a customer."""
        ...
