"""What a customer's earlier conversations were, as the assistant may hear of it. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EarlierConversation:
    """One conversation in which the customer said something; from the log alone, never from a claim.

    Attributes:
        subjects: Codes of what its turns were about, the most frequent first; of those that were understood.
        orders: Numbers of orders that the assistant told of. A guest who signed in later may have proved
            somebody else's: whoever says one looks whether it is the customer's own.
        articles: Titles of the articles that were quoted, in order.
        with_agent: A person of the shop wrote.
        score: The newest rating, 1 to 5; None if there is none.
    """

    id: str
    began_at: datetime
    subjects: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    with_agent: bool = False
    score: int | None = None


class EarlierBook(Protocol):
    """Where they are read. Each call names the customer that the *session* proved."""

    async def of(
        self, customer_id: str, *, besides: str = "", since: datetime | None = None
    ) -> Sequence[EarlierConversation]:
        """Return the newest conversations of a customer, newest first.

        Args:
            customer_id: Whose.
            besides: Leave out this one: it is going on.
            since: Leave out what began before that.
        """
        ...
