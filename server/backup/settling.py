"""What a restored database must not simply go on with: an old log's epoch, mail, turns that ran, sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Audience, AuthorKind, Kind
from conversation.tables import conversations, events, log_state, turns
from conversation.turn_statements import RUNNING, WAITING
from customer.guest_tables import codes, proofs, tries
from foundation import outbox
from handoff.reply_mail import mailed_replies
from server.staff import staff_failures, staff_sessions

NOT_SENT = "It waited when the backup was made. Restoring sends no mail: it may have been sent since."


@dataclass(frozen=True, slots=True)
class Settled:
    """What was changed after the rows were there.

    Attributes:
        log_epoch: The new one: whoever has an older one fetches everything again.
        turns: That ran, and wait again.
        held_mails: That waited, and are not sent.
    """

    log_epoch: str
    turns: int
    held_mails: int


async def settle(connection: AsyncConnection, now: datetime, *, send_mail: bool) -> Settled:
    """Make a restored database fit to be served, in the transaction that fills it.

    Args:
        connection: The transaction.
        now: The moment.
        send_mail: Whether what waited is sent. Only right if nothing was served after the backup.
    """
    epoch = str(uuid4())
    await connection.execute(delete(log_state))
    await connection.execute(insert(log_state).values(id=1, epoch=epoch))
    again = await connection.execute(
        update(turns).where(turns.c.state == RUNNING).values(state=WAITING, claimed_by=None, lease_until=None)
    )
    held = 0 if send_mail else await _hold_mail(connection, now)
    # Who was signed out since must not be signed in again, nor may a code or a proof of then count now.
    for short_lived in (staff_sessions, staff_failures, codes, proofs, tries):
        await connection.execute(delete(short_lived))
    return Settled(epoch, again.rowcount, held)


async def _hold_mail(connection: AsyncConnection, now: datetime) -> int:
    waiting = outbox.table.c.state == outbox.WAITING
    held = await connection.execute(
        update(outbox.table).where(waiting).values(state=outbox.FAILED, error=NOT_SENT)
    )
    # Replies that nobody had seen would be mailed now; they may have been mailed since the backup.
    reached = func.coalesce(mailed_replies.c.upto_seq, 0)
    unseen = (
        select(
            conversations.c.id,
            conversations.c.head_shopper,
            func.coalesce(mailed_replies.c.message_id, "").label("message_id"),
        )
        .join(
            events,
            and_(
                events.c.conversation_id == conversations.c.id,
                events.c.seq > conversations.c.seen_seq,
                events.c.kind == Kind.MESSAGE.value,
                events.c.author_kind == AuthorKind.AGENT.value,
                events.c.audience == Audience.SHOPPER.value,
            ),
        )
        .outerjoin(mailed_replies, mailed_replies.c.conversation_id == conversations.c.id)
        .where(conversations.c.email.is_not(None), events.c.seq > reached)
        .distinct()
    )
    for row in (await connection.execute(unseen)).all():
        here = mailed_replies.c.conversation_id == row.id
        await connection.execute(delete(mailed_replies).where(here))
        await connection.execute(
            insert(mailed_replies).values(
                conversation_id=row.id,
                upto_seq=row.head_shopper,
                message_id=row.message_id,
                mailed_at=now,
            )
        )
    return held.rowcount
