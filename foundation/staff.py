"""The shop's own people, as every room sees them. Pure types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do: an owner may do all that an agent may."""

    OWNER = "owner"
    AGENT = "agent"

    def may_act_as(self, needed: Role) -> bool:
        """Return whether this role is enough where `needed` is asked for."""
        return self is needed or self is Role.OWNER


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the shop who is signed in."""

    id: str
    email: str
    name: str
    role: Role
