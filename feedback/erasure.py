"""Whom to erase, and what that was: types and the port that `server/` binds. Pure, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to erase: the shop's own id of a customer, an e-mail address, or both."""

    customer_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """What was erased, or would be.

    Attributes:
        customers: Ids of the records.
        events: Messages and other events of `conversations`.
        requests: Numbers of settled withdrawals and complaints.
        kept_requests: Numbers of the open ones: they are kept whole (RODO, art. 17 ust. 3 lit. b and e).
        photos: References of the photos of `requests`.
    """

    customers: tuple[str, ...]
    orders: int
    memories: int
    proofs: int
    conversations: int
    events: int
    letters: int
    requests: tuple[str, ...]
    kept_requests: tuple[str, ...]
    photos: tuple[str, ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many of each, by a stable code."""
        return (
            ("customers", len(self.customers)),
            ("orders", self.orders),
            ("memories", self.memories),
            ("proofs", self.proofs),
            ("conversations", self.conversations),
            ("events", self.events),
            ("letters", self.letters),
            ("requests", len(self.requests)),
            ("photos", len(self.photos)),
        )

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of this person is here."""
        return not (self.kept_requests or any(count for _, count in self.counts))


class Eraser(Protocol):
    """Erases people; `server.privacy.Privacy` does."""

    async def erase(self, person: Person, *, really: bool) -> ErasedPerson:
        """Erase a person; without `really` everything is counted and nothing changed.

        Raises:
            InvalidInput: Nobody is named, or the address is none.
            NotFound: Nothing of this person is here.
        """
        ...
