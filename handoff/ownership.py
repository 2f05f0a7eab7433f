"""Who has a conversation: asked for, taken, handed back, resolved. Each change is one transaction.

Every change of owner counts `owner_epoch` up in the transaction that records it, after what the shopper has
seen of a reply in the making went into the log: so no reply of the assistant can come after `agent_joined`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter, known, lock, locked, put, write
from conversation.events import SYSTEM, Audience, Author, AuthorKind, Draft, Event, Kind, Status
from conversation.hub import DESK, Hub
from conversation.tables import conversations
from foundation.clock import Clock
from foundation.contact import Contact
from foundation.database import Database
from foundation.errors import Conflict, Forbidden
from foundation.measures import Counter
from foundation.style import Style
from handoff.hours import OpeningHours
from handoff.notices import Notices
from handoff.owner_change import OwnerChange, taken_by
from handoff.pilot import Pilot
from handoff.policy import HandoffReason
from handoff.queue import place_of

_OTHER_REASONS = ("turn_failed", "left_email", "assistant_off", "pilot", "agent_removed")
_CALLED = Counter(
    "handoffs",
    "A person was called, by why.",
    reason=(*(reason.value for reason in HandoffReason), *_OTHER_REASONS),
)


@dataclass(frozen=True, slots=True)
class Agent:
    """A person of the shop: staff id, and the name that shoppers see."""

    id: str
    name: str

    @property
    def author(self) -> Author:
        """The agent as an author of events."""
        return Author(AuthorKind.AGENT, self.id, self.name)


class Ownership:
    """Changes of owner, for the desk, the worker and the shopper's buttons.

    The methods whose name ends in `_within` join the caller's transaction; waking is then the caller's.
    """

    def __init__(
        self,
        database: Database,
        hub: Hub,
        clock: Clock,
        hours: OpeningHours,
        *,
        pilot: Pilot | None = None,
        can_send: bool = True,
        style: Style = Style.INFORMAL,
        contact: Contact | None = None,
    ) -> None:
        self._database = database
        self._hub = hub
        self._clock = clock
        self._hours = hours
        self._notices = Notices(hours, pilot, can_send=can_send, style=style, contact=contact)

    async def request(self, conversation_id: str, reason: str) -> None:
        """Call a person, for the reason that agents read; nothing changes if one was called already."""
        async with self._database.transaction() as connection:
            await self.request_within(connection, conversation_id, reason, self._clock.now())
        self._wake(conversation_id)

    async def request_within(
        self,
        connection: AsyncConnection,
        conversation_id: str,
        reason: str,
        now: datetime,
        *,
        by: Author = SYSTEM,
        cid: str | None = None,
    ) -> None:
        """Call a person; tell the shopper the place in the queue, or when people are back."""
        change = await OwnerChange.begin(connection, conversation_id, now)
        if not change.was(Status.OPEN):
            await _call_person(reason, change)
        if change.owner_id is not None and cid is None:
            return
        place = await place_of(connection, conversation_id)
        asked: dict[str, Any] = {"reason": reason, "position": place, "open": self._hours.is_open(now)}
        if change.row["email"] is None:
            asked["needs"] = "email"
        await change.write(
            Draft(Kind.HANDOFF_REQUESTED, by, asked, cid=cid), *change.to_status(Status.OPEN, by.kind.value)
        )
        if change.owner_id is None:
            await change.write(self._notices.person_called(change, place or 1))

    async def note_email_within(
        self, connection: AsyncConnection, conversation_id: str, email: str, now: datetime
    ) -> None:
        """Keep the address that the shopper left; the conversation waits for a person now, if it did not."""
        change = await OwnerChange.begin(connection, conversation_id, now)
        await alter(connection, conversation_id, email=email)
        await change.write(self._notices.email_left(change, email))
        if change.was(Status.PENDING):
            await _call_person("left_email", change)
            await change.write(*change.to_status(Status.OPEN, "shopper"))

    async def take(self, conversation_id: str, agent: Agent) -> None:
        """Give a conversation to an agent; nothing changes if it is theirs.

        Raises:
            Conflict: Another agent has it; names who.
        """
        async with self._database.transaction() as connection:
            change = await OwnerChange.begin(connection, conversation_id, self._clock.now())
            if change.owner_id == agent.id:
                return
            if change.owner_id is not None:
                raise Conflict(await change.taken_by())
            await change.interrupt()
            await change.pass_on(Status.OPEN, owner_id=agent.id, waiting_since=None, resolved_at=None)
            assigned = {"agent_id": agent.id, "name": agent.name}
            await change.write(
                *change.to_status(Status.OPEN, "agent"),
                Draft(Kind.ASSIGNED, agent.author, assigned, Audience.STAFF),
                Draft(Kind.AGENT_JOINED, agent.author, {"name": agent.name}),
                self._notices.person_speaks(change, agent.name),
            )
        self._wake(conversation_id)

    async def reply(self, conversation_id: str, agent: Agent, body: str, cid: str) -> Event:
        """Say something to the shopper. The same `cid` is said once.

        Raises:
            Forbidden: The conversation is not this agent's.
            Conflict: The same `cid` was used for something else.
        """
        draft = Draft(Kind.MESSAGE, agent.author, {"body": body}, cid=cid)

        def say(connection: Connection) -> Event:
            row = lock(connection, conversation_id)
            _check_owner(connection, row, agent)
            said = known(connection, conversation_id, draft)
            if said is not None:
                return said
            # What the person has answered is not the assistant's to answer later.
            answered = row["head_shopper"] + 1
            return write(connection, row, draft, self._clock.now(), answered_seq=answered)

        event = await self._database.write(say)
        self._wake(conversation_id, event)
        return event

    async def note(self, conversation_id: str, agent: Agent, body: str, cid: str) -> Event:
        """Leave a note that only staff sees; anybody of the staff may. Raises Conflict as `reply`."""
        draft = Draft(Kind.NOTE, agent.author, {"body": body}, Audience.STAFF, cid=cid)
        appended = await self._database.write(
            lambda connection: put(connection, conversation_id, draft, self._clock.now())
        )
        self._wake(conversation_id)
        return appended.event

    async def hand_back(self, conversation_id: str, agent: Agent, note: str = "") -> None:
        """Give a conversation back to the assistant, with a note for colleagues if there is something to say.

        Raises:
            Forbidden: The conversation is not this agent's.
        """
        async with self._database.transaction() as connection:
            change = await _owned(connection, conversation_id, agent, self._clock.now())
            await change.pass_on(Status.PENDING, owner_id=None, answered_seq=change.row["head_shopper"])
            drafts = [] if not note else [Draft(Kind.NOTE, agent.author, {"body": note}, Audience.STAFF)]
            await change.write(
                *drafts,
                Draft(Kind.AGENT_LEFT, agent.author, {"name": agent.name}),
                await self._notices.assistant_again(change),
                *change.to_status(Status.PENDING, "agent"),
            )
        self._wake(conversation_id)

    async def back_to_assistant_within(
        self,
        connection: AsyncConnection,
        conversation_id: str,
        now: datetime,
        *,
        by: Author = SYSTEM,
        cid: str | None = None,
    ) -> None:
        """Let a shopper who waits for a person go on with the assistant; no-op once a person has it."""
        change = await OwnerChange.begin(connection, conversation_id, now)
        if not change.was(Status.OPEN) or change.owner_id is not None:
            return
        await change.pass_on(Status.PENDING, waiting_since=None, answered_seq=change.row["head_shopper"])
        await change.write(
            *change.to_status(Status.PENDING, "shopper", author=by, cid=cid),
            await self._notices.assistant_again(change),
        )

    async def resolve(self, conversation_id: str, by: Author) -> bool:
        """Close a conversation and ask how it was; return False if it was closed already."""
        async with self._database.transaction() as connection:
            done = await self.resolve_within(connection, conversation_id, by, self._clock.now())
        self._wake(conversation_id)
        return done

    async def resolve_within(
        self,
        connection: AsyncConnection,
        conversation_id: str,
        by: Author,
        now: datetime,
        *,
        cid: str | None = None,
    ) -> bool:
        """Close as `resolve`. Asked for a rating is only who has said something, once a resolution."""
        change = await OwnerChange.begin(connection, conversation_id, now)
        if change.was(Status.RESOLVED):
            return False
        await change.interrupt()
        await change.pass_on(
            Status.RESOLVED,
            owner_id=None,
            waiting_since=None,
            resolved_at=now,
            answered_seq=change.row["head_shopper"],
        )
        served = await change.served()
        drafts = []
        if served["kind"] == AuthorKind.AGENT.value:
            author = Author(AuthorKind.AGENT, served["id"], served["name"])
            drafts.append(Draft(Kind.AGENT_LEFT, author, {"name": served["name"]}))
        drafts += change.to_status(Status.RESOLVED, by.kind.value, author=by, cid=cid)
        if await change.spoke_since_resolved():
            number = await change.count(Kind.RATING_REQUESTED) + 1
            drafts.append(Draft(Kind.RATING_REQUESTED, SYSTEM, {"served": served, "resolution": number}))
        await change.write(*drafts)
        return True

    async def resolve_idle(self, older_than: timedelta) -> int:
        """Close conversations in which nothing happened for so long, unless somebody waits for a person."""
        limit = self._clock.now() - older_than
        idle = select(conversations.c.id).where(
            conversations.c.updated_at < limit,
            (conversations.c.status == Status.PENDING.value) | conversations.c.owner_id.is_not(None),
            conversations.c.status != Status.RESOLVED.value,
        )
        async with self._database.reading() as connection:
            found = (await connection.scalars(idle.limit(500))).all()
        return sum([await self._resolve_if(idle, conversation_id) for conversation_id in found])

    async def _resolve_if(self, still: Select[tuple[str]], conversation_id: str) -> bool:
        """Close as `resolve`, unless somebody has written since it was found."""
        async with self._database.transaction() as connection:
            await locked(connection, conversation_id)
            if await connection.scalar(still.where(conversations.c.id == conversation_id)) is None:
                return False
            done = await self.resolve_within(connection, conversation_id, SYSTEM, self._clock.now())
        self._wake(conversation_id)
        return done

    async def reopen_within(self, connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
        """Bring a closed conversation back to the assistant, before the shopper's new message is written."""
        change = await OwnerChange.begin(connection, conversation_id, now)
        if not change.was(Status.RESOLVED):
            return
        await change.pass_on(Status.PENDING, resolved_at=None)
        await change.write(
            await self._notices.assistant_again(change), *change.to_status(Status.PENDING, "shopper")
        )

    def _wake(self, conversation_id: str, news: Event | None = None) -> None:
        self._hub.wake(conversation_id, news)
        self._hub.wake(DESK)


async def _call_person(reason: str, change: OwnerChange) -> None:
    _CALLED.add(reason=reason)
    await change.interrupt()
    await change.pass_on(
        Status.OPEN,
        waiting_since=change.now,
        handoff_reason=reason,
        handed_off_at=change.now,
        resolved_at=None,
    )


async def _owned(
    connection: AsyncConnection, conversation_id: str, agent: Agent, now: datetime
) -> OwnerChange:
    change = await OwnerChange.begin(connection, conversation_id, now)
    await connection.run_sync(_check_owner, change.row, agent)
    return change


def _check_owner(connection: Connection, row: RowMapping, agent: Agent) -> None:
    if row["owner_id"] == agent.id:
        return
    if row["owner_id"] is None:
        raise Forbidden("Take the conversation first: nobody has it now.")
    raise Forbidden(taken_by(connection, row["id"]))
