"""What the owner's pages need from the rooms beside and above, and must not import: `server/` binds these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from foundation.staff import Staff


class PilotState(Protocol):
    """The pilot switches as they stand."""

    @property
    def mode(self) -> str:
        """``off``, ``suggest``, ``share`` or ``all``."""
        ...

    @property
    def share_percent(self) -> int:
        """Of visitors, 0 to 100; matters in mode ``share``."""
        ...

    @property
    def changed_by(self) -> str:
        """The name of whoever set them; empty while nobody has."""
        ...

    @property
    def changed_at(self) -> datetime | None:
        """When."""
        ...


class Pilot(Protocol):
    """Keeps the switches; `handoff.pilot.Pilot` does."""

    async def state(self) -> PilotState:
        """Return the switches."""
        ...

    async def set(self, mode: Any, *, share_percent: int = 100, by: str) -> Any:
        """Set the switches, at once; `mode` is one of those the router was given.

        Raises:
            InvalidInput: The share is no percentage.
        """
        ...


class Account(Protocol):
    """A member of staff, with what an owner sees of them."""

    @property
    def staff(self) -> Staff:
        """Who it is."""
        ...

    @property
    def sessions(self) -> int:
        """How many times they are signed in now."""
        ...

    @property
    def seen_at(self) -> datetime | None:
        """When they were last seen; None while they are not signed in."""
        ...


class Accounts(Protocol):
    """The shop's people; `server.auth.Auth` does."""

    async def accounts(self) -> Sequence[Account]:
        """Return every account."""
        ...

    async def end_sessions(self, staff_id: str) -> int:
        """End a person's sessions, at once; return how many there were."""
        ...
