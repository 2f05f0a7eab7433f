"""Who has a conversation: asked for, taken, handed back, resolved. Each change is one transaction.

Every change of owner counts `owner_epoch` up in the transaction that records it, after what the shopper has
seen of a reply in the making went into the log: so no reply of the assistant can come after `agent_joined`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter, append, locked
from conversation.events import ASSISTANT, SYSTEM, Audience, Author, AuthorKind, Draft, Event, Kind, Status
from conversation.hub import DESK, Hub
from conversation.tables import conversations, events
from conversation.turns import interrupt
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict, Forbidden
from foundation.language import Language
from foundation.style import Style
from handoff import words
from handoff.hours import OpeningHours
from handoff.pilot import Mode, Pilot
from handoff.queue import place_of


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
    ) -> None:
        self._database = database
        self._hub = hub
        self._clock = clock
        self._hours = hours
        self._pilot = pilot
        self._can_send = can_send
        self._style = style

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
        row = await locked(connection, conversation_id)
        if row["status"] != Status.OPEN.value:
            await interrupt(connection, conversation_id, now)
            await alter(
                connection,
                conversation_id,
                new_owner=True,
                status=Status.OPEN.value,
                waiting_since=now,
                handoff_reason=reason,
                handed_off_at=now,
                resolved_at=None,
            )
        if row["owner_id"] is not None and cid is None:
            return
        place = await place_of(connection, conversation_id)
        is_open = self._hours.is_open(now)
        asked: dict[str, Any] = {"reason": reason, "position": place, "open": is_open}
        if row["email"] is None:
            asked["needs"] = "email"
        await _write(
            connection,
            conversation_id,
            now,
            Draft(Kind.HANDOFF_REQUESTED, by, asked, cid=cid),
            *_status(row, Status.OPEN, by.kind.value),
        )
        if row["owner_id"] is None:
            said = self._what_happens(place or 1, is_open, row, now)
            await _write(connection, conversation_id, now, Draft(Kind.MESSAGE, SYSTEM, {"body": said}))

    async def note_email_within(
        self, connection: AsyncConnection, conversation_id: str, email: str, now: datetime
    ) -> None:
        """Keep the address that the shopper left; the conversation waits for a person now, if it did not."""
        await alter(connection, conversation_id, email=email)
        row = await locked(connection, conversation_id)
        text = self._said(words.EMAIL_LEFT[self._can_send], Language(row["language"])).format(email=email)
        await _write(connection, conversation_id, now, Draft(Kind.MESSAGE, SYSTEM, {"body": text}))
        if row["status"] == Status.PENDING.value:
            await alter(
                connection,
                conversation_id,
                new_owner=True,
                status=Status.OPEN.value,
                waiting_since=now,
                handoff_reason="left_email",
                handed_off_at=now,
            )
            await interrupt(connection, conversation_id, now)
            await _write(connection, conversation_id, now, *_status(row, Status.OPEN, "shopper"))

    async def take(self, conversation_id: str, agent: Agent) -> None:
        """Give a conversation to an agent; nothing changes if it is theirs.

        Raises:
            Conflict: Another agent has it; names who.
        """
        async with self._database.transaction() as connection:
            now = self._clock.now()
            row = await locked(connection, conversation_id)
            if row["owner_id"] == agent.id:
                return
            if row["owner_id"] is not None:
                raise Conflict(await _taken_by(connection, conversation_id))
            await interrupt(connection, conversation_id, now)
            await alter(
                connection,
                conversation_id,
                new_owner=True,
                status=Status.OPEN.value,
                owner_id=agent.id,
                waiting_since=None,
                resolved_at=None,
            )
            text = self._said(words.PERSON_SPEAKS, Language(row["language"])).format(name=agent.name)
            await _write(
                connection,
                conversation_id,
                now,
                *_status(row, Status.OPEN, "agent"),
                Draft(
                    Kind.ASSIGNED, agent.author, {"agent_id": agent.id, "name": agent.name}, Audience.STAFF
                ),
                Draft(Kind.AGENT_JOINED, agent.author, {"name": agent.name}),
                Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "agent", "name": agent.name, "text": text}),
            )
        self._wake(conversation_id)

    async def reply(self, conversation_id: str, agent: Agent, body: str, cid: str) -> Event:
        """Say something to the shopper. The same `cid` is said once.

        Raises:
            Forbidden: The conversation is not this agent's.
            Conflict: The same `cid` was used for something else.
        """
        async with self._database.transaction() as connection:
            await _owned(connection, conversation_id, agent)
            draft = Draft(Kind.MESSAGE, agent.author, {"body": body}, cid=cid)
            appended = await append(connection, conversation_id, draft, self._clock.now())
            # What the person has answered is not the assistant's to answer later.
            await alter(connection, conversation_id, answered_seq=appended.event.seq)
        self._wake(conversation_id)
        return appended.event

    async def note(self, conversation_id: str, agent: Agent, body: str, cid: str) -> Event:
        """Leave a note that only staff sees; anybody of the staff may. Raises Conflict as `reply`."""
        async with self._database.transaction() as connection:
            draft = Draft(Kind.NOTE, agent.author, {"body": body}, Audience.STAFF, cid=cid)
            appended = await append(connection, conversation_id, draft, self._clock.now())
        self._wake(conversation_id)
        return appended.event

    async def hand_back(self, conversation_id: str, agent: Agent, note: str = "") -> None:
        """Give a conversation back to the assistant, with a note for colleagues if there is something to say.

        Raises:
            Forbidden: The conversation is not this agent's.
        """
        async with self._database.transaction() as connection:
            now = self._clock.now()
            row = await _owned(connection, conversation_id, agent)
            await alter(
                connection,
                conversation_id,
                new_owner=True,
                status=Status.PENDING.value,
                owner_id=None,
                answered_seq=row["head_shopper"],
            )
            drafts = [] if not note else [Draft(Kind.NOTE, agent.author, {"body": note}, Audience.STAFF)]
            await _write(
                connection,
                conversation_id,
                now,
                *drafts,
                Draft(Kind.AGENT_LEFT, agent.author, {"name": agent.name}),
                await self._speaks_again(row),
                *_status(row, Status.PENDING, "agent"),
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
        row = await locked(connection, conversation_id)
        if row["status"] != Status.OPEN.value or row["owner_id"] is not None:
            return
        await alter(
            connection,
            conversation_id,
            new_owner=True,
            status=Status.PENDING.value,
            waiting_since=None,
            answered_seq=row["head_shopper"],
        )
        changed = _status(row, Status.PENDING, "shopper", author=by, cid=cid)
        await _write(connection, conversation_id, now, *changed, await self._speaks_again(row))

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
        row = await locked(connection, conversation_id)
        if row["status"] == Status.RESOLVED.value:
            return False
        await interrupt(connection, conversation_id, now)
        await alter(
            connection,
            conversation_id,
            new_owner=True,
            status=Status.RESOLVED.value,
            owner_id=None,
            waiting_since=None,
            resolved_at=now,
            answered_seq=row["head_shopper"],
        )
        served = await _served(connection, row)
        drafts = []
        if served["kind"] == AuthorKind.AGENT.value:
            author = Author(AuthorKind.AGENT, served["id"], served["name"])
            drafts.append(Draft(Kind.AGENT_LEFT, author, {"name": served["name"]}))
        drafts += _status(row, Status.RESOLVED, by.kind.value, author=by, cid=cid)
        if await _spoke_since_resolved(connection, conversation_id):
            number = await _count(connection, conversation_id, Kind.RATING_REQUESTED) + 1
            drafts.append(Draft(Kind.RATING_REQUESTED, SYSTEM, {"served": served, "resolution": number}))
        await _write(connection, conversation_id, now, *drafts)
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
        return sum([await self.resolve(conversation_id, SYSTEM) for conversation_id in found])

    async def reopen_within(self, connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
        """Bring a closed conversation back to the assistant, before the shopper's new message is written."""
        row = await locked(connection, conversation_id)
        if row["status"] != Status.RESOLVED.value:
            return
        await alter(
            connection, conversation_id, new_owner=True, status=Status.PENDING.value, resolved_at=None
        )
        await _write(
            connection,
            conversation_id,
            now,
            await self._speaks_again(row),
            *_status(row, Status.PENDING, "shopper"),
        )

    def _what_happens(self, place: int, is_open: bool, row: RowMapping, now: datetime) -> str:
        language = Language(row["language"])
        if is_open:
            said = self._said(words.WAITING, language).format(place=place)
        else:
            opening = self._hours.opening_words(now, language)
            text = words.CLOSED_UNTIL if opening else words.CLOSED
            said = text[language].format(opening=opening, hours=self._hours.words(language))
        leave = self._said(words.LEAVE_EMAIL[self._can_send], language)
        return said if row["email"] is not None else f"{said} {leave}"

    async def _speaks_again(self, row: RowMapping) -> Draft:
        """Return the disclosure of who answers from now on, as the pilot switches stand."""
        language = Language(row["language"])
        mode = Mode.ALL if self._pilot is None else (await self._pilot.state()).for_visitor(row["visitor_id"])
        if mode is not Mode.ALL:
            text = words.PEOPLE_ANSWER[language]
            return Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "agent", "text": text})
        text = self._said(words.ASSISTANT_AGAIN, language)
        return Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": text})

    def _said(self, texts: Mapping[Language, str], language: Language) -> str:
        return words.said(texts, language, self._style)

    def _wake(self, conversation_id: str) -> None:
        self._hub.wake(conversation_id)
        self._hub.wake(DESK)


async def _write(connection: AsyncConnection, conversation_id: str, now: datetime, *drafts: Draft) -> None:
    for draft in drafts:
        await append(connection, conversation_id, draft, now)


def _status(
    row: RowMapping, to: Status, by: str, *, author: Author = SYSTEM, cid: str | None = None
) -> list[Draft]:
    if row["status"] == to.value:
        return []
    content = {"from": row["status"], "to": to.value, "by": by}
    return [Draft(Kind.STATUS_CHANGED, author, content, cid=cid)]


async def _owned(connection: AsyncConnection, conversation_id: str, agent: Agent) -> RowMapping:
    row = await locked(connection, conversation_id)
    if row["owner_id"] == agent.id:
        return row
    if row["owner_id"] is None:
        raise Forbidden("Take the conversation first: nobody has it now.")
    raise Forbidden(await _taken_by(connection, conversation_id))


async def _taken_by(connection: AsyncConnection, conversation_id: str) -> str:
    joined = await _newest(connection, conversation_id, Kind.AGENT_JOINED)
    name = joined["name"] if joined else "Somebody"
    return f"{name} has this conversation already."


async def _served(connection: AsyncConnection, row: RowMapping) -> dict[str, str]:
    """Return who has the conversation at this moment, as `rating_requested` records it."""
    if row["owner_id"] is None:
        return {"kind": ASSISTANT.kind.value, "id": "", "name": ""}
    joined = await _newest(connection, row["id"], Kind.AGENT_JOINED)
    return {
        "kind": AuthorKind.AGENT.value,
        "id": row["owner_id"],
        "name": str(joined["name"]) if joined else "",
    }


async def _newest(connection: AsyncConnection, conversation_id: str, kind: Kind) -> Mapping[str, Any] | None:
    found = await connection.scalar(
        select(events.c.content)
        .where(events.c.conversation_id == conversation_id, events.c.kind == kind.value)
        .order_by(events.c.position.desc())
        .limit(1)
    )
    return found if isinstance(found, Mapping) else None


async def _count(connection: AsyncConnection, conversation_id: str, kind: Kind) -> int:
    query = select(func.count()).where(
        events.c.conversation_id == conversation_id, events.c.kind == kind.value
    )
    return int((await connection.execute(query)).scalar_one())


async def _spoke_since_resolved(connection: AsyncConnection, conversation_id: str) -> bool:
    """Return whether the shopper has written since the conversation was last closed."""
    asked = (
        select(func.coalesce(func.max(events.c.position), 0))
        .where(events.c.conversation_id == conversation_id, events.c.kind == Kind.RATING_REQUESTED.value)
        .scalar_subquery()
    )
    query = select(func.count()).where(
        events.c.conversation_id == conversation_id,
        events.c.kind == Kind.MESSAGE.value,
        events.c.author_kind == AuthorKind.SHOPPER.value,
        events.c.position > asked,
    )
    return bool((await connection.execute(query)).scalar_one())
