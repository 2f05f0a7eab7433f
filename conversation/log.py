"""The append-only log of every conversation: the one place that writes events.

Every append is one transaction: deduplicate by `cid`, take the next `seq`, seal, insert; a shopper's
message also leaves a waiting turn. The caller acknowledges after the transaction is committed, never before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation import entries, turns
from conversation.entries import Appended, append, event_of, locked, seq_of
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
        found: str | None = await self._database.read(lambda connection: connection.scalar(_EPOCH))
        if found is not None:
            return found

        def begin(connection: Connection) -> str:
            known: str | None = connection.scalar(_EPOCH)
            if known is None:
                known = str(uuid4())
                connection.execute(insert(log_state).values(id=1, epoch=known))
            return known

        return await self._database.write(begin, alone="epoch")

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
        row = {
            "id": identifier,
            "visitor_id": visitor_id,
            "customer_id": customer_id,
            "language": language.value,
            "status": Status.PENDING.value,
            "owner_epoch": 0,
            "head_position": 0,
            "head_shopper": 0,
            "head_staff": 0,
            "head_hash": GENESIS,
            "answered_seq": 0,
            "seen_seq": 0,
            "created_at": now,
            "updated_at": now,
        }

        def begin(connection: Connection) -> Conversation:
            connection.execute(_OPEN, row)
            for draft in opening:
                entries.put(connection, identifier, draft, now)
            return _conversation(connection, identifier)

        return await self._database.write(begin)

    async def conversation(self, conversation_id: str) -> Conversation:
        """Return a conversation.

        Raises:
            NotFound: There is none of that id.
        """
        return await self._database.read(lambda connection: _conversation(connection, conversation_id))

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

        def begin(connection: Connection) -> tuple[RowMapping, Event | None]:
            row = entries.lock(connection, conversation_id)
            check_visitor(row["visitor_id"], visitor_id)
            return row, entries.known(connection, conversation_id, draft)

        def write(connection: Connection, row: RowMapping, now: datetime) -> Event:
            event = entries.write(connection, row, draft, now)
            if event.cid is not None:
                turns.enqueue(connection, row, event.seq, event.cid, now)
            return event

        def closed(row: RowMapping) -> bool:
            return before is not None and row["status"] == Status.RESOLVED.value

        def at_once(connection: Connection) -> Appended | None:
            row, known = begin(connection)
            if known is not None:
                return Appended(known, duplicate=True)
            if closed(row):
                return None
            return Appended(write(connection, row, self._clock.now()), duplicate=False)

        if after is None:
            done = await self._database.write(at_once)
            if done is not None:
                return done
        # What is called may look elsewhere in between.
        async with self._database.transaction() as connection:
            now = self._clock.now()
            row, known = await connection.run_sync(begin)
            if known is not None:
                return Appended(known, duplicate=True)
            if before is not None and closed(row):
                await before(connection, conversation_id, now)
                row = await locked(connection, conversation_id)
            event = await connection.run_sync(write, row, now)
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
            seq = await connection.run_sync(seq_of, conversation_id, AuthorKind.SHOPPER, cid)
            if seq is None:
                await do(connection, conversation_id, self._clock.now())
                seq = await connection.run_sync(seq_of, conversation_id, AuthorKind.SHOPPER, cid)
            if seq is not None:
                return seq
            return (await connection.run_sync(_conversation, conversation_id)).head

    async def note_address(self, conversation_id: str, address_key: str, *, visitor_id: str) -> None:
        """Keep where a visitor's conversation is had from, as a keyed hash; written only when it changes."""
        here = {"conversation": conversation_id, "visitor": visitor_id}
        known = await self._database.read(lambda connection: connection.scalar(_ADDRESS, here))
        if (known or "") != address_key:
            noted = {**here, "address_key": address_key}
            await self._database.write(lambda connection: connection.execute(_NOTE_ADDRESS, noted))

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
            conversation = await connection.run_sync(_conversation, conversation_id)
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
            return await connection.run_sync(_conversation, conversation_id)

    async def since(
        self, conversation_id: str, seq: int, *, audience: Audience = Audience.SHOPPER, limit: int = 500
    ) -> list[Event]:
        """Return the audience's events after `seq`, in order, at most `limit`; empty when there are none."""
        return await self._database.read(
            lambda connection: entries.since(connection, conversation_id, seq, audience=audience, limit=limit)
        )

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
        seen = {"conversation": conversation_id, "upto": seq, "seen_seq": seq}
        await self._database.write(lambda connection: connection.execute(_SEEN, seen), durable=False)

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


# Built once: building a statement takes about as long as running it.
_HERE = conversations.c.id == bindparam("conversation")
_OPEN = insert(conversations)
_EPOCH = select(log_state.c.epoch)
_CONVERSATION = select(
    conversations.c.id,
    conversations.c.visitor_id,
    conversations.c.customer_id,
    conversations.c.language,
    conversations.c.status,
    conversations.c.owner_epoch,
    conversations.c.head_shopper,
    conversations.c.answered_seq,
    conversations.c.created_at,
).where(_HERE)
_ADDRESS = select(conversations.c.address_key).where(
    _HERE, conversations.c.visitor_id == bindparam("visitor")
)
_NOTE_ADDRESS = update(conversations).where(_HERE, conversations.c.visitor_id == bindparam("visitor"))
_SEEN = update(conversations).where(
    _HERE, conversations.c.seen_seq < bindparam("upto"), conversations.c.head_shopper >= bindparam("upto")
)


def _conversation(connection: Connection, conversation_id: str) -> Conversation:
    row = connection.execute(_CONVERSATION, {"conversation": conversation_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such conversation.")
    return Conversation(
        id=row.id,
        visitor_id=row.visitor_id,
        customer_id=row.customer_id,
        language=Language(row.language),
        status=Status(row.status),
        owner_epoch=row.owner_epoch,
        head=row.head_shopper,
        answered_seq=row.answered_seq,
        created_at=row.created_at,
    )
