"""One change of owner inside its transaction: the conversation as it stood, and the steps of every change.

Knows nothing of why an owner changes (`handoff.ownership`), nor what the shopper is told (`handoff.notices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter, append, locked
from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Kind, Status
from conversation.tables import events
from conversation.turns import interrupt
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """A conversation, locked, while its owner changes.

    Attributes:
        row: As it stood when the change began; what the steps alter is not seen in it.
        now: When the change happens, aware.
    """

    connection: AsyncConnection
    row: RowMapping
    now: datetime

    @classmethod
    async def begin(cls, connection: AsyncConnection, conversation_id: str, now: datetime) -> Self:
        """Lock a conversation for a change.

        Raises:
            NotFound: There is no such conversation.
        """
        return cls(connection, await locked(connection, conversation_id), now)

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.row["id"])

    @property
    def owner_id(self) -> str | None:
        """The staff id of whoever had the conversation; None: nobody of the staff."""
        owner_id: str | None = self.row["owner_id"]
        return owner_id

    @property
    def language(self) -> Language:
        """The conversation's language."""
        return Language(self.row["language"])

    def was(self, status: Status) -> bool:
        """Return whether the conversation had this status."""
        return bool(self.row["status"] == status.value)

    async def interrupt(self) -> None:
        """End a reply in the making; what the shopper has seen of it goes into the log."""
        await interrupt(self.connection, self.id, self.now)

    async def pass_on(self, to: Status, **values: Any) -> None:
        """Give the conversation a new owner and status, and count `owner_epoch` up; `values` are columns."""
        await alter(self.connection, self.id, new_owner=True, status=to.value, **values)

    async def write(self, *drafts: Draft) -> None:
        """Append events, in this order."""
        for draft in drafts:
            await append(self.connection, self.id, draft, self.now)

    def to_status(
        self, to: Status, by: str, *, author: Author = SYSTEM, cid: str | None = None
    ) -> list[Draft]:
        """Return the event of a change of status; none if it is the same."""
        if self.was(to):
            return []
        content = {"from": self.row["status"], "to": to.value, "by": by}
        return [Draft(Kind.STATUS_CHANGED, author, content, cid=cid)]

    async def taken_by(self) -> str:
        """Return a sentence that names who has the conversation."""
        return await self.connection.run_sync(taken_by, self.id)

    async def served(self) -> dict[str, str]:
        """Return who had the conversation, as `rating_requested` records it."""
        if self.owner_id is None:
            return {"kind": ASSISTANT.kind.value, "id": "", "name": ""}
        joined = await self.connection.run_sync(_newest, self.id, Kind.AGENT_JOINED)
        return {
            "kind": AuthorKind.AGENT.value,
            "id": self.owner_id,
            "name": str(joined["name"]) if joined else "",
        }

    async def count(self, kind: Kind) -> int:
        """Return how many events of a kind the conversation has."""
        query = select(func.count()).where(*self._of(kind))
        return int((await self.connection.execute(query)).scalar_one())

    async def spoke_since_resolved(self) -> bool:
        """Return whether the shopper has written since the conversation was last closed."""
        asked = (
            select(func.coalesce(func.max(events.c.position), 0))
            .where(*self._of(Kind.RATING_REQUESTED))
            .scalar_subquery()
        )
        query = select(func.count()).where(
            *self._of(Kind.MESSAGE),
            events.c.author_kind == AuthorKind.SHOPPER.value,
            events.c.position > asked,
        )
        return bool((await self.connection.execute(query)).scalar_one())

    def _of(self, kind: Kind) -> tuple[ColumnElement[bool], ...]:
        return events.c.conversation_id == self.id, events.c.kind == kind.value


def taken_by(connection: Connection, conversation_id: str) -> str:
    """Return a sentence that names who has a conversation."""
    joined = _newest(connection, conversation_id, Kind.AGENT_JOINED)
    name = joined["name"] if joined else "Somebody"
    return f"{name} has this conversation already."


def _newest(connection: Connection, conversation_id: str, kind: Kind) -> Mapping[str, Any] | None:
    newest = (
        select(events.c.content)
        .where(events.c.conversation_id == conversation_id, events.c.kind == kind.value)
        .order_by(events.c.position.desc())
        .limit(1)
    )
    found = connection.scalar(newest)
    return found if isinstance(found, Mapping) else None
