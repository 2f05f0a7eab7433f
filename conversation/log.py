"""The append-only log of every conversation: the one place that writes events.

Every append is one transaction: deduplicate by `cid`, take the next `seq`, seal, insert; a shopper's
message also leaves a waiting turn. The caller acknowledges after the transaction is committed, never before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation import turns
from conversation.entries import Appended, append, event_of, locked, read_since, seq_of, write, written
from conversation.events import (
    GENESIS,
    Audience,
    AuthorKind,
    Draft,
    Event,
    Kind,
    Status,
)
from conversation.sealing import seal_holds
from conversation.tables import conversations, events, log_state
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict, Erased, NotFound
from foundation.language import Language

InTransaction = Callable[[AsyncConnection, str, datetime], Awaitable[None]]
"""Called inside a transaction with its connection, the conversation's id and the moment."""
BeforeMessage = InTransaction
AfterMessage = Callable[[AsyncConnection, Event, datetime], Awaitable[None]]
"""Called inside a transaction with its connection, the shopper's message and the moment."""
AndThen = InTransaction


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands: who it is with, who owns it, how long its log is."""

    id: str
    visitor_id: str
    customer_id: str | None
    language: Language
    status: Status
    owner_epoch: int
    head: int
    answered_seq: int
    created_at: datetime


class Log:
    """Conversations and their events in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def epoch(self) -> str:
        """Return the log's epoch; it changes only when the log was restored or reset."""
        async with self._database.reading() as connection:
            found = await connection.scalar(select(log_state.c.epoch))
        if found is not None:
            return str(found)
        async with self._database.transaction(alone="epoch") as connection:
            found = await connection.scalar(select(log_state.c.epoch))
            if found is None:
                found = str(uuid4())
                await connection.execute(insert(log_state).values(id=1, epoch=found))
        return str(found)

    async def open(
        self,
        *,
        visitor_id: str,
        language: Language,
        opening: Sequence[Draft],
        customer_id: str | None = None,
    ) -> Conversation:
        """Begin a conversation with its first events (the disclosure comes first)."""
        now = self._clock.now()
        identifier = str(uuid4())
        async with self._database.transaction() as connection:
            await connection.execute(
                insert(conversations).values(
                    id=identifier,
                    visitor_id=visitor_id,
                    customer_id=customer_id,
                    language=language.value,
                    status=Status.PENDING.value,
                    owner_epoch=0,
                    head_position=0,
                    head_shopper=0,
                    head_staff=0,
                    head_hash=GENESIS,
                    answered_seq=0,
                    seen_seq=0,
                    created_at=now,
                    updated_at=now,
                )
            )
            for draft in opening:
                await append(connection, identifier, draft, now)
            return await _conversation(connection, identifier)

    async def conversation(self, conversation_id: str) -> Conversation:
        """Return a conversation.

        Raises:
            NotFound: There is none of that id.
        """
        async with self._database.reading() as connection:
            return await _conversation(connection, conversation_id)

    async def receive(
        self,
        conversation_id: str,
        draft: Draft,
        *,
        visitor_id: str | None = None,
        before: BeforeMessage | None = None,
        after: AfterMessage | None = None,
    ) -> Appended:
        """Append a shopper's message and leave a waiting turn for it, in one transaction.

        Args:
            conversation_id: Where it is said.
            draft: The message.
            visitor_id: Whose the conversation must still be, if that matters.
            before: Called in the transaction before a new message is written into a closed conversation.
            after: Called in the transaction with a new message, once it is written: what it says may count
                at once.

        Raises:
            Conflict: The same `cid` was used with another content.
            Erased: The conversation has been erased.
            NotFound: There is no such conversation.
        """
        async with self._database.transaction() as connection:
            now = self._clock.now()
            row = await locked(connection, conversation_id)
            check_visitor(row["visitor_id"], visitor_id)
            known = await written(connection, conversation_id, draft)
            if known is not None:
                return Appended(known, duplicate=True)
            if before is not None and row["status"] == Status.RESOLVED.value:
                await before(connection, conversation_id, now)
                row = await locked(connection, conversation_id)
            event = await write(connection, row, draft, now)
            if event.cid is not None:
                await turns.enqueue(connection, row, event.seq, event.cid, now)
            if after is not None:
                await after(connection, event, now)
            return Appended(event, duplicate=False)

    async def append(
        self, conversation_id: str, drafts: Sequence[Draft], *, and_then: AndThen | None = None
    ) -> list[Appended]:
        """Append several events in one transaction. If the first is a duplicate, nothing is written.

        `and_then` is called in the transaction after them, unless the first was a duplicate.

        Raises:
            Conflict: The same `cid` was used with another content.
            NotFound: There is no such conversation.
        """
        done: list[Appended] = []
        async with self._database.transaction() as connection:
            for draft in drafts:
                done.append(await append(connection, conversation_id, draft, self._clock.now()))
                if done[0].duplicate:
                    return done
            if and_then is not None:
                await and_then(connection, conversation_id, self._clock.now())
        return done

    async def act(
        self, conversation_id: str, cid: str, do: InTransaction, *, visitor_id: str | None = None
    ) -> int:
        """Carry out a shopper's action in one transaction, once for each `cid`.

        Args:
            conversation_id: Where it happens.
            cid: The action's id; `do` appends an event of the shopper's with it.
            do: What the action does. Not called if the log has the shopper's event with this `cid`.
            visitor_id: Whose the conversation must still be, if that matters.

        Returns:
            The `seq` of the shopper's event; the head if there was nothing to do.

        Raises:
            Erased: The conversation has been erased.
            NotFound: There is no such conversation.
        """
        async with self._database.transaction() as connection:
            check_visitor((await locked(connection, conversation_id))["visitor_id"], visitor_id)
            seq = await seq_of(connection, conversation_id, AuthorKind.SHOPPER, cid)
            if seq is None:
                await do(connection, conversation_id, self._clock.now())
                seq = await seq_of(connection, conversation_id, AuthorKind.SHOPPER, cid)
            return seq if seq is not None else (await _conversation(connection, conversation_id)).head

    async def note_address(self, conversation_id: str, address_key: str, *, visitor_id: str) -> None:
        """Keep where a visitor's conversation is had from, as a keyed hash; written only when it changes."""
        here = and_(conversations.c.id == conversation_id, conversations.c.visitor_id == visitor_id)
        async with self._database.reading() as connection:
            known = await connection.scalar(select(conversations.c.address_key).where(here))
        if (known or "") != address_key:
            async with self._database.transaction() as connection:
                await connection.execute(update(conversations).where(here).values(address_key=address_key))

    async def identify(
        self, conversation_id: str, customer_id: str, draft: Draft, *, visitor_id: str | None = None
    ) -> Conversation:
        """Record that a guest's conversation is with a customer from now on.

        Raises:
            Conflict: It is another customer's already.
            Erased: It is not `visitor_id`'s any more, for it has been erased.
        """
        async with self._database.transaction() as connection:
            check_visitor((await locked(connection, conversation_id))["visitor_id"], visitor_id)
            conversation = await _conversation(connection, conversation_id)
            if conversation.customer_id == customer_id:
                return conversation
            if conversation.customer_id is not None:
                raise Conflict("This conversation belongs to another customer.")
            await connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation_id)
                .values(customer_id=customer_id)
            )
            await append(connection, conversation_id, draft, self._clock.now())
            return await _conversation(connection, conversation_id)

    async def since(
        self, conversation_id: str, seq: int, *, audience: Audience = Audience.SHOPPER, limit: int = 500
    ) -> list[Event]:
        """Return the audience's events after `seq`, in order, at most `limit`; empty when there are none."""
        async with self._database.reading() as connection:
            return await read_since(connection, conversation_id, seq, audience=audience, limit=limit)

    async def transcript(self, conversation_id: str) -> list[Event]:
        """Return every event of a conversation, both audiences, in the order they happened."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(events).where(events.c.conversation_id == conversation_id).order_by(events.c.position)
            )
            return [event_of(row) for row in rows.mappings()]

    async def of_kind(self, kind: Kind, *, limit: int = 500) -> list[Event]:
        """Return the newest events of one kind over all conversations, newest first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(events).where(events.c.kind == kind.value).order_by(events.c.ts.desc()).limit(limit)
            )
            return [event_of(row) for row in rows.mappings()]

    async def mark_seen(self, conversation_id: str, seq: int) -> None:
        """Remember how far the shopper has seen; it only grows, and never past the head."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(conversations)
                .where(
                    conversations.c.id == conversation_id,
                    conversations.c.seen_seq < seq,
                    conversations.c.head_shopper >= seq,
                )
                .values(seen_seq=seq)
            )

    async def first_broken_seal(self, conversation_id: str) -> int | None:
        """Return the position of the first event whose seal does not hold, or None if the chain is whole.

        Content of erased events is gone and is not checked; their place in the chain is.
        """
        previous, expected = GENESIS, 1
        async with self._database.reading() as connection:
            head = await connection.scalar(
                select(conversations.c.head_hash).where(conversations.c.id == conversation_id)
            )
            rows = await connection.stream(
                select(events).where(events.c.conversation_id == conversation_id).order_by(events.c.position)
            )
            async for row in rows.mappings():
                if row["position"] != expected or not seal_holds(row, previous):
                    return expected
                previous, expected = row["hash"], expected + 1
        return None if head in (None, previous) else expected


def check_visitor(visitor_id: str, wanted: str | None) -> None:
    """Let nobody go on with a conversation that was erased: it belongs to no visitor any more.

    Args:
        visitor_id: Whose the conversation is.
        wanted: Who goes on with it; None: whoever that is.

    Raises:
        Erased: It is not theirs any more.
    """
    if wanted is not None and visitor_id != wanted:
        raise Erased("This conversation has been deleted. A new one can be started.")


async def _conversation(connection: AsyncConnection, conversation_id: str) -> Conversation:
    row = (
        (await connection.execute(select(conversations).where(conversations.c.id == conversation_id)))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound("There is no such conversation.")
    return Conversation(
        id=row["id"],
        visitor_id=row["visitor_id"],
        customer_id=row["customer_id"],
        language=Language(row["language"]),
        status=Status(row["status"]),
        owner_epoch=row["owner_epoch"],
        head=row["head_shopper"],
        answered_seq=row["answered_seq"],
        created_at=row["created_at"],
    )
