"""The statements of waiting turns, built once: building one takes as long as running it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, exists, insert, or_, select, tuple_, update

from conversation.events import AuthorKind, Kind
from conversation.tables import conversations, events
from conversation.tables import turns as table

WAITING, RUNNING, DONE, CANCELLED = "waiting", "running", "done", "cancelled"


def _waiting() -> Any:
    """Return the condition for turns that wait, and for none of their own conversation."""
    other = table.alias("other")
    before = tuple_(other.c.created_at, other.c.id) < tuple_(table.c.created_at, table.c.id)
    of_the_same = (other.c.conversation_id == table.c.conversation_id, other.c.id != table.c.id)
    # Two questions and no OR: each is answered by an index, however many turns the conversation has had.
    running = exists(select(other.c.id).where(*of_the_same, other.c.state == RUNNING))
    earlier = exists(select(other.c.id).where(*of_the_same, other.c.state == WAITING, before))
    return and_(table.c.state == WAITING, ~running, ~earlier)


def _lost() -> Any:
    """Return the condition for turns whose lease ran out at ``now``; one beyond ``far_ahead`` is none."""
    moment = table.c.lease_until.type
    return and_(
        table.c.state == RUNNING,
        or_(
            table.c.lease_until < bindparam("now", type_=moment),
            # It was given before the clock was set back.
            table.c.lease_until > bindparam("far_ahead", type_=moment),
        ),
    )


def _oldest(condition: Any) -> Any:
    """Return the query for the oldest turn of a condition that nobody else is taking."""
    other = table.alias("another")
    more = exists(select(other.c.id).where(other.c.state == WAITING, other.c.id != table.c.id))
    return (
        select(
            *(table.c[name] for name in _OF_TURN),
            conversations.c.owner_epoch.label("epoch_now"),
            *(conversations.c[name] for name in _OF_CONVERSATION),
            more.label("more"),
        )
        .join(conversations, conversations.c.id == table.c.conversation_id)
        .where(condition)
        .order_by(table.c.created_at)
        .limit(1)
        .with_for_update(of=table, skip_locked=True)
    )


def _held() -> Any:
    """Return the query for a turn's state, its conversation's newest question, and who waits behind it."""
    newest = (
        select(events.c.seq)
        .where(
            events.c.conversation_id == table.c.conversation_id,
            events.c.audience == "shopper",
            events.c.kind == Kind.MESSAGE.value,
            events.c.author_kind == AuthorKind.SHOPPER.value,
        )
        .order_by(events.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    other = table.alias("other")
    behind = exists(
        select(other.c.id).where(other.c.conversation_id == table.c.conversation_id, other.c.state == WAITING)
    )
    state = (table.c[name] for name in ("state", "claimed_by", "attempts", "shown"))
    return (
        select(*state, newest.label("newest"), behind.label("behind"))
        .where(table.c.id == bindparam("turn"))
        .with_for_update(of=table)
    )


_OF_TURN = (
    "id",
    "conversation_id",
    "owner_epoch",
    "upto_seq",
    "reply_cid",
    "attempts",
    "shown",
    "created_at",
)
_OF_CONVERSATION = (
    "status",
    "head_shopper",
    "answered_seq",
    "visitor_id",
    "customer_id",
    "language",
    "address_key",
)
SOME_CLAIMABLE = select(
    or_(exists(select(table.c.id).where(_waiting())), exists(select(table.c.id).where(_lost())))
)
OLDEST_WAITING, OLDEST_LOST = _oldest(_waiting()), _oldest(_lost())
HELD = _held()
CHANGED = update(table).where(table.c.id == bindparam("turn"))
LEAVE = insert(table)
TO_BE_JOINED = (
    select(table.c.id, table.c.shown)
    .where(
        table.c.conversation_id == bindparam("conversation"),
        table.c.state == WAITING,
        table.c.owner_epoch == bindparam("epoch"),
    )
    # One that is being claimed just now may be found needless: a message that joined it would go with it.
    .with_for_update(skip_locked=True)
)
GIVEN_BACK = CHANGED.where(
    table.c.state == RUNNING,
    table.c.claimed_by == bindparam("holder"),
    table.c.attempts == bindparam("attempt"),
)
_HELD_STILL = table.alias("held_still")
RENEWED = update(table).where(
    table.c.id.in_(
        select(_HELD_STILL.c.id)
        .where(
            _HELD_STILL.c.state == RUNNING,
            tuple_(_HELD_STILL.c.id, _HELD_STILL.c.claimed_by, _HELD_STILL.c.attempts).in_(
                bindparam("held", expanding=True)
            ),
        )
        # Who has one locked is showing a sentence of it, or ending it: nothing to wait for.
        .with_for_update(skip_locked=True)
    )
)
ENDED = update(table).where(table.c.state == RUNNING)
# Not IN: a list of values is put into a statement anew each time it runs.
_OPEN = and_(
    table.c.conversation_id == bindparam("conversation"),
    or_(table.c.state == WAITING, table.c.state == RUNNING),
)
UNFINISHED = select(table.c.id, table.c.shown, table.c.reply_cid).where(_OPEN).order_by(table.c.created_at)
IN_MAKING = select(table.c.reply_cid, table.c.shown).where(_OPEN).order_by(table.c.created_at).limit(1)
