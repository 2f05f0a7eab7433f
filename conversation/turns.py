"""Waiting turns: rows that say "somebody must answer", claimed with a lease, finished by whoever lives.

At most one turn of a conversation runs at a time, and at most one waits behind it. A turn answers *all*
shopper messages that are not answered when it is claimed; its reply's cid is ``r:`` + the last one's cid.
Sentences are stored here before anyone sees them, so a turn that is claimed again goes on after them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import Said, change, lock, put, said, write
from conversation.events import ASSISTANT, AuthorKind, Draft, Event, Kind, Status
from conversation.turn_statements import (
    CANCELLED,
    CHANGED,
    DONE,
    ENDED,
    GIVEN_BACK,
    HELD,
    IN_MAKING,
    LEAVE,
    OLDEST_LOST,
    OLDEST_WAITING,
    RENEWED,
    RUNNING,
    SOME_CLAIMABLE,
    TO_BE_JOINED,
    UNFINISHED,
    WAITING,
)
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict
from foundation.language import Language

LEASE = timedelta(seconds=10)
"""What a killed worker held waits so long; a living one renews."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

REPLY_PREFIX = "r:"


class TurnOutdated(Conflict):
    """The shopper wrote on before anything was shown: give the turn back and answer all at once."""

    code = "turn_outdated"


class TurnLost(Conflict):
    """This worker no longer holds the turn: its lease went to another, or a person took the conversation."""

    code = "turn_lost"


@dataclass(frozen=True, slots=True)
class ClaimedTurn:
    """A turn that this worker holds until `lease_until`.

    Attributes:
        messages: The shopper's messages to answer, oldest first.
        history: Earlier messages of the conversation, oldest first.
        shown: Sentences that the shopper may have seen already, from an earlier attempt.
        asked_at: When the turn was left for the first of them.
        attempts: Counts claims from 1.
        address_key: Keyed hash of the network address; empty when it is not known.
        more: Whether another turn waits, if only for one of the same conversation.
    """

    id: str
    conversation_id: str
    claimed_by: str
    owner_epoch: int
    upto_seq: int
    reply_cid: str
    attempts: int
    shown: tuple[str, ...]
    messages: tuple[Said, ...]
    history: tuple[Said, ...]
    visitor_id: str
    customer_id: str | None
    language: Language
    asked_at: datetime
    address_key: str = ""
    more: bool = False


class Finished(NamedTuple):
    """What became of a turn that was finished.

    Attributes:
        event: The reply; None if there was none to write.
        more: Whether a turn waits behind this one, if only to be found needless.
        alone: Whether nothing else was written with the reply.
    """

    event: Event | None
    more: bool
    alone: bool = True


@dataclass(frozen=True, slots=True)
class ReplyInMaking:
    """What a running turn has shown so far."""

    reply_id: str
    sentences: tuple[str, ...]


class Turns:
    """The queue of turns in the database.

    Attributes:
        lease: For so long whoever claims a turn, shows a sentence of it or renews it holds it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        lease: timedelta = LEASE,
        history_messages: int = 60,
    ) -> None:
        self._database = database
        self._clock = clock
        self.lease = lease
        self._history_messages = history_messages

    async def claim(
        self, worker_id: str, *, lost: bool = True, also: Callable[[Connection], object] | None = None
    ) -> ClaimedTurn | None:
        """Take the oldest turn that waits, or whose worker's lease ran out; None when there is none.

        Args:
            worker_id: Who takes it.
            lost: Whether to look for leases that ran out. Whoever was told that a turn waits need not: it
                spares a look that most often finds nothing.
            also: Called in the transaction of a claim: what else must be known to answer.
        """
        now = self._clock.now()
        moments = {"now": now, "far_ahead": now + 2 * self.lease}

        def claim(connection: Connection) -> ClaimedTurn | None:
            while True:
                found = connection.execute(OLDEST_LOST, moments).mappings().first() if lost else None
                row = found or connection.execute(OLDEST_WAITING).mappings().first()
                if row is None:
                    return None
                claimed = self._take(connection, row, worker_id, now)
                if claimed is not None:
                    if also is not None:
                        also(connection)
                    return claimed

        if lost and not await self._database.read(
            lambda connection: bool(connection.scalar(SOME_CLAIMABLE, moments))
        ):
            return None
        # A claim that a power cut takes with it has ended all the same.
        return await self._database.write(claim, durable=False)

    def _take(
        self, connection: Connection, row: RowMapping, worker_id: str, now: datetime
    ) -> ClaimedTurn | None:
        if row["status"] != Status.PENDING.value or row["epoch_now"] != row["owner_epoch"]:
            _set(connection, row["id"], state=CANCELLED, finished_at=now)
            return None
        spoken = said(
            connection,
            row["conversation_id"],
            # An earlier reply may stand after the messages that this turn answers. Of a turn that a message
            # has joined while it was looked for, PostgreSQL gives the newest row, but not its conversation's.
            max(row["head_shopper"], row["upto_seq"]),
            kinds=(Kind.MESSAGE, Kind.INTERRUPTED),
            limit=self._history_messages,
        )
        upto_seq, reply_cid = row["upto_seq"], row["reply_cid"]
        newest = next((one for one in reversed(spoken) if one.by is AuthorKind.SHOPPER), None)
        if not row["shown"] and newest is not None and newest.seq > upto_seq:
            # Nothing shown yet: messages that came since join in, and one reply answers all.
            upto_seq, reply_cid = newest.seq, f"{REPLY_PREFIX}{newest.cid}"
        answered = row["answered_seq"]
        unanswered = [one for one in spoken if one.by is AuthorKind.SHOPPER and one.seq > answered]
        questions = tuple(one for one in unanswered if one.seq <= upto_seq)
        if not questions:
            _set(connection, row["id"], state=DONE, finished_at=now)
            return None
        _set(
            connection,
            row["id"],
            state=RUNNING,
            claimed_by=worker_id,
            lease_until=now + self.lease,
            attempts=row["attempts"] + 1,
            upto_seq=upto_seq,
            reply_cid=reply_cid,
        )
        return ClaimedTurn(
            id=row["id"],
            conversation_id=row["conversation_id"],
            claimed_by=worker_id,
            owner_epoch=row["owner_epoch"],
            upto_seq=upto_seq,
            reply_cid=reply_cid,
            attempts=row["attempts"] + 1,
            shown=tuple(row["shown"]),
            messages=questions,
            history=tuple(one for one in spoken if one.by is not AuthorKind.SHOPPER or one.seq <= answered),
            visitor_id=row["visitor_id"],
            customer_id=row["customer_id"],
            language=Language(row["language"]),
            asked_at=row["created_at"],
            address_key=row["address_key"] or "",
            more=bool(row["more"]),
        )

    async def show(self, turn: ClaimedTurn, sentences: Sequence[str]) -> None:
        """Store all sentences shown so far, before any delta is sent, and extend the lease.

        Raises:
            TurnOutdated: The shopper wrote on, and nothing was shown yet; nothing was stored.
            TurnLost: Another worker or a person has the conversation now; nothing was stored.
        """

        def show(connection: Connection) -> None:
            _hold(connection, turn)
            _set(connection, turn.id, shown=list(sentences), lease_until=self._clock.now() + self.lease)

        await self._database.write(show)

    async def renew(self, turns: Iterable[ClaimedTurn]) -> None:
        """Hold turns for another lease, as far as their workers still have them."""
        renewed = {
            "held": [(turn.id, turn.claimed_by, turn.attempts) for turn in turns],
            "lease_until": self._clock.now() + self.lease,
        }
        # A power cut ends what is held.
        await self._database.write(lambda connection: connection.execute(RENEWED, renewed), durable=False)

    async def end_leases(self) -> int:
        """Let all that is held be claimed at once; return how much it was.

        For who knows that no worker is alive: attempts go on to count, for a turn may kill its process.
        """
        ended = {"lease_until": _LONG_AGO}
        return (await self._database.write(lambda connection: connection.execute(ENDED, ended))).rowcount

    async def finish(
        self,
        turn: ClaimedTurn,
        reply: Draft | None,
        *,
        record: Mapping[str, Any],
        language: Language | None = None,
        and_then: Callable[[AsyncConnection, str, datetime], Awaitable[None]] | None = None,
    ) -> Finished:
        """Write the reply, if there is one, and close the turn.

        `and_then` is called in the same transaction, with the conversation's id and the moment, once all
        that is done.

        Raises:
            TurnOutdated: The shopper wrote on, and nothing was shown yet; nothing was written.
            TurnLost: Another worker or a person has the conversation now; nothing was written.
        """

        def finish(connection: Connection) -> tuple[Finished, datetime]:
            row, behind = _hold(connection, turn)
            now = self._clock.now()
            answered: dict[str, Any] = {"answered_seq": turn.upto_seq}
            if language is not None:
                answered["language"] = language.value
            event = None
            if reply is None:
                change(connection, turn.conversation_id, **answered)
            else:
                # A turn that runs has no reply in the log yet.
                event = write(connection, row, reply, now, **answered)
            _set(connection, turn.id, state=DONE, record=dict(record), finished_at=now)
            return Finished(event, more=behind), now

        if and_then is None:
            return (await self._database.write(finish))[0]
        async with self._database.transaction() as connection:
            finished, now = await connection.run_sync(finish)
            await and_then(connection, turn.conversation_id, now)
            return finished._replace(alone=False)

    async def release(self, turn: ClaimedTurn, *, error: str | None = None) -> None:
        """Give a turn back, to be claimed again; no-op if it was lost meanwhile.

        Without an `error` the attempt does not count.
        """
        given_back = {
            "turn": turn.id,
            "holder": turn.claimed_by,
            "attempt": turn.attempts,
            "state": WAITING,
            "claimed_by": None,
            "lease_until": None,
            "error": error and error[:2000],
            "attempts": turn.attempts if error else turn.attempts - 1,
        }
        await self._database.write(lambda connection: connection.execute(GIVEN_BACK, given_back))

    async def in_making(self, conversation_id: str) -> ReplyInMaking | None:
        """Return what an unfinished turn has shown so far; None when nothing is shown."""
        return await self._database.read(lambda connection: in_making(connection, conversation_id))


def enqueue(connection: Connection, conversation: RowMapping, seq: int, cid: str, now: datetime) -> None:
    """Leave a waiting turn for the message `seq`, or let the one that waits already answer it too.

    Nothing is left while a person owns the conversation, whose row the transaction has locked.
    """
    if conversation["status"] != Status.PENDING.value:
        return
    asked = {"conversation": conversation["id"], "epoch": conversation["owner_epoch"]}
    waiting = connection.execute(TO_BE_JOINED, asked).first()
    if waiting is not None and not waiting.shown:
        _set(connection, waiting.id, upto_seq=seq, reply_cid=REPLY_PREFIX + cid)
        return
    left = {
        "id": str(uuid4()),
        "conversation_id": conversation["id"],
        "state": WAITING,
        "owner_epoch": conversation["owner_epoch"],
        "upto_seq": seq,
        "reply_cid": REPLY_PREFIX + cid,
        "attempts": 0,
        "shown": [],
        "created_at": now,
    }
    connection.execute(LEAVE, left)


async def interrupt(connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
    """End every unfinished turn of a conversation; what the shopper has seen of a reply goes into the log.

    To be called in the transaction that gives the conversation to somebody else, before it says so.
    """
    await connection.run_sync(_interrupt, conversation_id, now)


def _interrupt(connection: Connection, conversation_id: str, now: datetime) -> None:
    rows = connection.execute(UNFINISHED, {"conversation": conversation_id}).all()
    for row in rows:
        if row.shown:
            content = {"body": joined(row.shown)}
            draft = Draft(Kind.INTERRUPTED, ASSISTANT, content, cid=row.reply_cid, generated=True)
            put(connection, conversation_id, draft, now)
        _set(connection, row.id, state=CANCELLED, finished_at=now)


def joined(sentences: Sequence[str]) -> str:
    """Return sentences as one text; one that begins with a line break opens a line of its own."""
    text = ""
    for sentence in sentences:
        text += sentence if not text or sentence.startswith("\n") else " " + sentence
    return text.strip()


def in_making(connection: Connection, conversation_id: str) -> ReplyInMaking | None:
    """Read as `Turns.in_making` inside the caller's transaction."""
    row = connection.execute(IN_MAKING, {"conversation": conversation_id}).first()
    if row is None or not row.shown:
        return None
    return ReplyInMaking(row.reply_cid, tuple(row.shown))


def _hold(connection: Connection, turn: ClaimedTurn) -> tuple[RowMapping, bool]:
    """Make sure, inside the transaction, that the turn is still this worker's and the epoch still holds.

    Returns:
        The conversation's row, locked, and whether a turn waits behind this one.
    """
    conversation = lock(connection, turn.conversation_id)
    row = connection.execute(HELD, {"turn": turn.id}).one()
    # A worker whose lease ran out may have claimed its own turn again: the attempt tells the two apart.
    if (row.state, row.claimed_by, row.attempts) != (RUNNING, turn.claimed_by, turn.attempts):
        raise TurnLost("Another worker has this turn.")
    if conversation["owner_epoch"] != turn.owner_epoch or conversation["status"] != Status.PENDING.value:
        raise TurnLost("A person has this conversation.")
    if not row.shown and row.newest is not None and row.newest > turn.upto_seq:
        raise TurnOutdated("The shopper wrote on.")
    return conversation, bool(row.behind)


def _set(connection: Connection, turn_id: str, **values: Any) -> None:
    connection.execute(CHANGED, {"turn": turn_id, **values})
