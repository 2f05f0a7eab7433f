"""Appending and reading events inside a caller's transaction: what `log.py` and `turns.py` are made of.

Plain functions (`put`, `write`, `known`, `lock`, `change`, `since`, `said`) are for transactions in one go
(`Database.write`, `Database.read`); those that are awaited do the same where other things are awaited, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Audience, Author, AuthorKind, Draft, Event, Kind, content_digest, seal
from conversation.tables import conversations, events
from foundation.errors import Conflict, NotFound

# Built once: building a statement takes about as long as running it, and each turn runs these.
_ITS = events.c.conversation_id == bindparam("conversation")
_OF_LOCKED = (
    "id",
    "visitor_id",
    "customer_id",
    "language",
    "status",
    "owner_epoch",
    "owner_id",
    "email",
    "head_position",
    "head_shopper",
    "head_staff",
    "head_hash",
    "seen_seq",
)
_LOCKED = (
    select(*(conversations.c[name] for name in _OF_LOCKED))
    .where(conversations.c.id == bindparam("conversation"))
    .with_for_update()
)
_ALTERED = update(conversations).where(conversations.c.id == bindparam("conversation"))
_ALTERED_BY_NEW_OWNER = _ALTERED.values(owner_epoch=conversations.c.owner_epoch + 1)
_INSERT = insert(events)
_OF_EVENT = (
    "conversation_id",
    "position",
    "audience",
    "seq",
    "kind",
    "author_kind",
    "author_id",
    "author_name",
    "content",
    "cid",
    "generated",
    "ts",
    "hash",
    "salt",
)
_EVENTS = select(*(events.c[name] for name in _OF_EVENT))
_WRITTEN = (_ITS, events.c.author_kind == bindparam("author"), events.c.cid == bindparam("under"))
_BY_CID = _EVENTS.where(*_WRITTEN)
_SEQ_BY_CID = select(events.c.seq).where(*_WRITTEN)
_SINCE = (
    _EVENTS.where(_ITS, events.c.audience == bindparam("heard_by"), events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(bindparam("most"))
)
_NEWEST = (
    _ITS,
    events.c.audience == Audience.SHOPPER.value,
    # Not IN: a list of values is put into a statement anew each time it runs.
    or_(events.c.kind == bindparam("kind"), events.c.kind == bindparam("other")),
    events.c.seq <= bindparam("upto"),
)
_TAIL = _EVENTS.where(*_NEWEST).order_by(events.c.seq.desc()).limit(bindparam("most"))
_SAID = (
    select(events.c.seq, events.c.author_kind, events.c.content, events.c.cid)
    .where(*_NEWEST)
    .order_by(events.c.seq.desc())
    .limit(bindparam("most"))
)


class Said(NamedTuple):
    """What somebody said, as far as an answer goes by it: a turn reads sixty of them.

    Attributes:
        content: As of an event; empty once it was erased.
    """

    seq: int
    by: AuthorKind
    content: Mapping[str, Any]
    cid: str | None


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did. `duplicate`: the same `cid` was there already, and nothing was written."""

    event: Event
    duplicate: bool


async def append(connection: AsyncConnection, conversation_id: str, draft: Draft, now: datetime) -> Appended:
    """Append one event inside the caller's transaction.

    Raises:
        Conflict: The same `cid` was used with another content.
        NotFound: There is no such conversation.
    """
    return await connection.run_sync(put, conversation_id, draft, now)


def put(connection: Connection, conversation_id: str, draft: Draft, now: datetime) -> Appended:
    """Do as `append`."""
    row = lock(connection, conversation_id)
    already = known(connection, conversation_id, draft)
    if already is not None:
        return Appended(already, duplicate=True)
    return Appended(write(connection, row, draft, now), duplicate=False)


def write(connection: Connection, row: RowMapping, draft: Draft, now: datetime, **also: Any) -> Event:
    """Write an event whose `cid` is known to be new, and move the heads of its conversation.

    Args:
        connection: Of the transaction that has locked `row`.
        row: The conversation's, as `lock` returned it; no event may have been written since.
        draft: The event.
        now: When it happens, aware.
        also: More columns of the conversation to change with it.
    """
    column = "head_shopper" if draft.audience is Audience.SHOPPER else "head_staff"
    position, seq = row["head_position"] + 1, row[column] + 1
    salt = secrets.token_hex(16)
    digest = content_digest(salt, draft.author, draft.content)
    sealed = seal(
        row["head_hash"],
        conversation_id=row["id"],
        position=position,
        draft=draft,
        seq=seq,
        ts=now,
        digest=digest,
    )
    entry: dict[str, Any] = {
        "conversation_id": row["id"],
        "position": position,
        "audience": draft.audience.value,
        "seq": seq,
        "kind": draft.kind.value,
        "author_kind": draft.author.kind.value,
        "cid": draft.cid,
        "generated": draft.generated,
        "ts": now,
        "author_id": draft.author.id,
        "author_name": draft.author.name,
        "content": dict(draft.content),
        "salt": salt,
        "digest": digest,
        "hash": sealed,
    }
    connection.execute(_INSERT, entry)
    heads = {"head_position": position, column: seq, "head_hash": sealed, "updated_at": now}
    change(connection, row["id"], **heads, **also)
    return event_of(entry)


async def locked(connection: AsyncConnection, conversation_id: str) -> RowMapping:
    """Return of a conversation's row what changes go by, locked for this transaction where rows are.

    `seq` must have no hole and no twin. Whoever locks a conversation and its turn locks this one first.

    Raises:
        NotFound: There is no such conversation.
    """
    return await connection.run_sync(lock, conversation_id)


def lock(connection: Connection, conversation_id: str) -> RowMapping:
    """Do as `locked`."""
    row = connection.execute(_LOCKED, {"conversation": conversation_id}).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


async def alter(
    connection: AsyncConnection, conversation_id: str, *, new_owner: bool = False, **values: Any
) -> None:
    """Change a conversation's row; `new_owner` counts `owner_epoch` up: a reply in the making is silenced."""
    await connection.run_sync(change, conversation_id, new_owner=new_owner, **values)


def change(
    connection: Connection, /, conversation_id: str, *, new_owner: bool = False, **values: Any
) -> None:
    """Do as `alter`."""
    statement = _ALTERED_BY_NEW_OWNER if new_owner else _ALTERED
    connection.execute(statement, {"conversation": conversation_id, **values})


async def read_since(
    connection: AsyncConnection,
    conversation_id: str,
    seq: int,
    *,
    audience: Audience = Audience.SHOPPER,
    limit: int = 500,
) -> list[Event]:
    """Read as `Log.since` inside the caller's transaction."""
    return await connection.run_sync(since, conversation_id, seq, audience=audience, limit=limit)


def since(
    connection: Connection,
    conversation_id: str,
    seq: int,
    *,
    audience: Audience = Audience.SHOPPER,
    limit: int = 500,
) -> list[Event]:
    """Do as `read_since`."""
    asked = {"conversation": conversation_id, "heard_by": audience.value, "after": seq, "most": limit}
    return [_event(row) for row in connection.execute(_SINCE, asked)]


async def read_tail(
    connection: AsyncConnection, conversation_id: str, upto_seq: int, *, kinds: tuple[Kind, Kind], limit: int
) -> list[Event]:
    """Read the newest `limit` shopper-audience events of two kinds up to `upto_seq`, oldest first."""
    asked = _newest(conversation_id, upto_seq, kinds, limit)
    return [_event(row) for row in await connection.execute(_TAIL, asked)][::-1]


def said(
    connection: Connection, conversation_id: str, upto_seq: int, *, kinds: tuple[Kind, Kind], limit: int
) -> list[Said]:
    """Read what was said in the events that `read_tail` reads."""
    rows = connection.execute(_SAID, _newest(conversation_id, upto_seq, kinds, limit)).all()
    return [Said(seq, _AUTHORS[by], content or {}, cid) for seq, by, content, cid in reversed(rows)]


def _newest(conversation_id: str, upto_seq: int, kinds: tuple[Kind, Kind], limit: int) -> dict[str, Any]:
    return {
        "conversation": conversation_id,
        "kind": kinds[0].value,
        "other": kinds[1].value,
        "upto": upto_seq,
        "most": limit,
    }


def seq_of(connection: Connection, conversation_id: str, author: AuthorKind, cid: str) -> int | None:
    """Return the `seq` of the event that an author wrote under a `cid`; None if there is none."""
    asked = {"conversation": conversation_id, "author": author.value, "under": cid}
    seq: int | None = connection.scalar(_SEQ_BY_CID, asked)
    return seq


def known(connection: Connection, conversation_id: str, draft: Draft) -> Event | None:
    """Return the event that the draft's author wrote under its `cid`; None if there is none.

    Raises:
        Conflict: The same `cid` was used with another content.
    """
    if draft.cid is None:
        return None
    asked = {"conversation": conversation_id, "author": draft.author.kind.value, "under": draft.cid}
    row = connection.execute(_BY_CID, asked).one_or_none()
    if row is None:
        return None
    event = _event(row)
    if not event.erased and (event.kind is not draft.kind or dict(event.content) != dict(draft.content)):
        raise Conflict("This id was used for another message already. Send it again as a new one.")
    return event


def event_of(row: RowMapping | dict[str, Any]) -> Event:
    """Return the event that a row of the table holds."""
    return _event(row[name] for name in _OF_EVENT)


# Looked up in a third of the time that an enumeration takes.
_AUDIENCES = {each.value: each for each in Audience}
_KINDS = {each.value: each for each in Kind}
_AUTHORS = {each.value: each for each in AuthorKind}


def _event(values: Iterable[Any]) -> Event:
    """Return the event of which these are the values of `_OF_EVENT`."""
    (
        conversation_id,
        position,
        audience,
        seq,
        kind,
        author_kind,
        author_id,
        author_name,
        content,
        cid,
        generated,
        ts,
        sealed,
        salt,
    ) = values
    return Event(
        conversation_id=conversation_id,
        position=position,
        audience=_AUDIENCES[audience],
        seq=seq,
        kind=_KINDS[kind],
        author=Author(_AUTHORS[author_kind], author_id or "", author_name or ""),
        content=content or {},
        cid=cid,
        generated=generated,
        ts=ts,
        hash=sealed,
        erased=salt is None,
    )
