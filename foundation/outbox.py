"""Mail that waits to be sent: rows written in the transaction of what they tell about.

So a mail leaves if and only if what it tells about was committed. `foundation/mail.py` sends it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Integer,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.letter import Sender, bare_address, checked_body, checked_subject, compose

WAITING, SENT, FAILED = "waiting", "sent", "failed"

TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LEASE = timedelta(minutes=5)
"""Longer than handing over a mail may take (`foundation/smtp.py`)."""

_NO_DOMAIN = "okienko.invalid"  # RFC 2606, 2: belongs to nobody

table = Table(
    "outbox",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("to_address", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # While a mailer holds the row this is when its lease ends.
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("error", Text),
    Column("sent_at", UtcDateTime),
    Column("message_id", String(320), nullable=False, unique=True),
    Index("ix_outbox_state_next_try_at", "state", "next_try_at"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the outbox.

    Attributes:
        headers: Beyond those that every mail has, by name.
        next_try_at: Not before it; for a letter in a mailer's hands the end of its lease.
        attempts: How often it was taken out to be sent.
        state: ``waiting``, ``sent`` or ``failed``.
        error: Why the last try came to nothing; None before the first.
    """

    id: str
    to_address: str
    subject: str
    body: str
    headers: dict[str, str]
    created_at: datetime
    next_try_at: datetime
    attempts: int
    state: str
    error: str | None
    sent_at: datetime | None
    message_id: str

    def compose(self, sender: Sender) -> bytes:
        """Return what goes over the wire, the same at every try."""
        return compose(
            sender,
            self.to_address,
            self.subject,
            self.body,
            message_id=self.message_id,
            date=self.created_at,
            headers=self.headers,
        )


class Outbox:
    """The mail of one shop.

    Args:
        database: Holds the table.
        clock: What time it is.
        sender: Whom mail comes from; None where no mail server is set. Mail then waits until one is.
    """

    def __init__(self, database: Database, clock: Clock, *, sender: Sender | None) -> None:
        self._database = database
        self._clock = clock
        self.sender = sender
        self.woken = asyncio.Event()

    @property
    def can_send(self) -> bool:
        """Whether mail leaves this shop at all."""
        return self.sender is not None

    async def put(
        self,
        connection: AsyncConnection,
        *,
        to: str,
        subject: str,
        body: str,
        reply_to_id: str | None = None,
        thread_id: str | None = None,
        automatic: bool = False,
    ) -> str:
        """Leave a mail in the caller's transaction; it is sent once that is committed (see `wake`).

        Args:
            connection: Of a `Database.transaction`.
            to: One address.
            subject: One line.
            body: Plain text.
            reply_to_id: The Message-ID that this mail answers, with its angle brackets.
            thread_id: What the mails of one thread share, such as a conversation's id; only a hash of it
                leaves. Mail programs show them together.
            automatic: No person wrote it, so no machine should answer it (RFC 3834, 5).

        Returns:
            The mail's Message-ID, with its angle brackets.

        Raises:
            InvalidInput: The address, the subject or `reply_to_id` cannot stand in a mail; nothing was left.
            TooLarge: The subject or the body is too long; nothing was left.
        """
        now = self._clock.now()
        domain = self.sender.domain if self.sender else _NO_DOMAIN
        headers = _thread_headers(domain, reply_to_id, thread_id)
        if automatic:
            headers["Auto-Submitted"] = "auto-generated"
        letter: dict[str, Any] = {
            "to_address": bare_address(to),
            "subject": checked_subject(subject),
            "body": checked_body(body),
            "headers": headers,
            "message_id": make_msgid(domain=domain),
        }
        waiting = {"created_at": now, "next_try_at": now, "attempts": 0, "state": WAITING}
        row = {"id": str(uuid4()), **letter, **waiting, "error": None, "sent_at": None}
        # What could not be sent is refused here, where the caller can say so.
        Letter(**row).compose(self.sender or Sender("", f"nobody@{_NO_DOMAIN}"))
        await connection.execute(insert(table).values(row))
        return str(row["message_id"])

    def wake(self) -> None:
        """Tell this process's mailer, after the commit; left out, it looks by itself within seconds."""
        self.woken.set()

    async def waiting(self, limit: int = 100) -> list[Letter]:
        """Return mail that is not sent yet, oldest first."""
        return await self._read(WAITING, select(table).order_by(table.c.created_at, table.c.id).limit(limit))

    async def waiting_count(self) -> int:
        """Return how many mails are not sent yet."""
        waiting = select(func.count()).where(table.c.state == WAITING)
        async with self._database.reading() as connection:
            return int(await connection.scalar(waiting) or 0)

    async def failed(self, limit: int = 100) -> list[Letter]:
        """Return mail that was given up, newest first, each with its reason."""
        newest = select(table).order_by(table.c.created_at.desc(), table.c.id).limit(limit)
        return await self._read(FAILED, newest)

    async def _read(self, state: str, query: Select[Any]) -> list[Letter]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.where(table.c.state == state))).mappings()
            return [_letter(row) for row in rows]

    async def claim(self) -> Letter | None:
        """Take out the letter that is due longest, for `LEASE`; None when none is due.

        A mailer that dies with it leaves the lease to run out, and the letter is due again.
        """
        now = self._clock.now()
        due = (
            select(table)
            .where(table.c.state == WAITING, table.c.next_try_at <= now)
            .order_by(table.c.next_try_at, table.c.created_at, table.c.id)
            .limit(1)
        )
        async with self._database.reading() as connection:
            if (await connection.execute(due)).first() is None:
                return None
        async with self._database.transaction() as connection:
            row = (await connection.execute(due.with_for_update(skip_locked=True))).mappings().first()
            if row is None:
                return None
            held = {"attempts": row["attempts"] + 1, "next_try_at": now + LEASE}
            await connection.execute(update(table).where(table.c.id == row["id"]).values(held))
            return _letter({**row, **held})

    async def sent(self, letter: Letter) -> None:
        """Note that a claimed letter has left."""
        await self._settle(letter, state=SENT, sent_at=self._clock.now(), error=None)

    async def defer(self, letter: Letter, reason: str) -> None:
        """Give a claimed letter back for a later try, or give it up after `TRIES`."""
        if letter.attempts >= TRIES:
            await self.give_up(letter, reason)
        else:
            later = self._clock.now() + wait_after(letter.attempts)
            await self._settle(letter, next_try_at=later, error=reason)

    async def give_up(self, letter: Letter, reason: str) -> None:
        """Note that a claimed letter will never leave, and why."""
        await self._settle(letter, state=FAILED, error=reason)

    async def _settle(self, letter: Letter, **values: Any) -> None:
        # The count of attempts is the claim's number: one that came after ours is left alone,
        # unless ours has sent the letter.
        mine = [table.c.id == letter.id, table.c.state == WAITING]
        if values.get("state") != SENT:
            mine.append(table.c.attempts == letter.attempts)
        async with self._database.transaction() as connection:
            await connection.execute(update(table).where(*mine).values(values))


async def erase_letters(
    connection: AsyncConnection, *, to: Sequence[str], ids: Sequence[str] = (), besides: Sequence[str] = ()
) -> int:
    """Delete mails in the caller's transaction, sent or not; return how many.

    Args:
        connection: The transaction.
        to: Addresses; case does not count.
        ids: Message-IDs of mails to others.
        besides: Message-IDs of mails that are kept.
    """
    addressed = func.lower(table.c.to_address).in_([address.lower() for address in to])
    meant = addressed | table.c.message_id.in_(ids)
    done = await connection.execute(delete(table).where(meant, table.c.message_id.not_in(besides)))
    return done.rowcount


def _ended(before: datetime, besides: Select[tuple[str]]) -> ColumnElement[bool]:
    ended = table.c.state.in_([SENT, FAILED]) & (table.c.created_at < before)
    return ended & table.c.message_id.not_in(besides)


async def forget_letters(
    connection: AsyncConnection, before: datetime, *, besides: Select[tuple[str]], limit: int
) -> int:
    """Delete mails that were sent or given up, left before a moment; return how many, at most `limit`.

    Args:
        connection: The transaction.
        before: Only what was left before it.
        besides: The query for Message-IDs of mails that are kept.
        limit: In one transaction.
    """
    some = select(table.c.id).where(_ended(before, besides)).limit(limit)
    done = await connection.execute(delete(table).where(table.c.id.in_(some)))
    return done.rowcount


async def count_letters(connection: AsyncConnection, before: datetime, *, besides: Select[tuple[str]]) -> int:
    """Return how many mails `forget_letters` would delete."""
    counted = select(func.count()).select_from(table).where(_ended(before, besides))
    return int((await connection.execute(counted)).scalar_one())


def wait_after(attempts: int) -> timedelta:
    """Return how long a letter waits after so many tries: 1, 3, 9 … minutes, at most six hours.

    Eight tries so span about twelve hours.
    """
    return min(LONGEST_WAIT, FIRST_WAIT * int(3 ** min(attempts - 1, 8)))


def _thread_headers(domain: str, reply_to_id: str | None, thread_id: str | None) -> dict[str, str]:
    """Return what makes mail programs show a thread. Source: RFC 5322, 3.6.4.

    The thread's first id belongs to no mail; that all refer to it is enough to keep them together.
    """
    references = []
    if thread_id is not None:
        digest = hashlib.sha256(thread_id.encode("utf-8", "surrogatepass")).hexdigest()
        references.append(f"<thread.{digest[:32]}@{domain}>")
    if reply_to_id is not None:
        references.append(reply_to_id)
    if not references:
        return {}
    return {"In-Reply-To": references[-1], "References": " ".join(references)}


def _letter(row: RowMapping | dict[Any, Any]) -> Letter:
    return Letter(**{str(name): value for name, value in row.items()})
