"""Appending and reading events inside a caller's transaction: what `log.py` and `turns.py` are made of."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Audience, Author, AuthorKind, Draft, Event, Kind, content_digest, seal
from conversation.tables import conversations, events
from foundation.errors import Conflict, NotFound

# Built once: building a statement takes about as long as running it, and each turn runs these.
_ITS = events.c.conversation_id == bindparam("conversation")
_LOCKED = select(conversations).where(conversations.c.id == bindparam("conversation")).with_for_update()
_ALTERED = update(conversations).where(conversations.c.id == bindparam("conversation"))
_ALTERED_BY_NEW_OWNER = _ALTERED.values(owner_epoch=conversations.c.owner_epoch + 1)
_INSERT = insert(events)
_BY_CID = select(events).where(
    _ITS, events.c.author_kind == bindparam("author"), events.c.cid == bindparam("under")
)
_SINCE = (
    select(events)
    .where(_ITS, events.c.audience == bindparam("heard_by"), events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(bindparam("most"))
)
_TAIL = (
    select(events)
    .where(
        _ITS,
        events.c.audience == Audience.SHOPPER.value,
        events.c.kind.in_(bindparam("kinds", expanding=True)),
        events.c.seq <= bindparam("upto"),
    )
    .order_by(events.c.seq.desc())
    .limit(bindparam("most"))
)


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
    row = await locked(connection, conversation_id)
    known = await written(connection, conversation_id, draft)
    if known is not None:
        return Appended(known, duplicate=True)
    return Appended(await write(connection, row, draft, now), duplicate=False)


async def write(
    connection: AsyncConnection, row: RowMapping, draft: Draft, now: datetime, **also: Any
) -> Event:
    """Write an event whose `cid` is known to be new, and move the heads of its conversation.

    Args:
        connection: Of the transaction that has locked `row`.
        row: The conversation's, as `locked` returned it; no event may have been written since.
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
    await connection.execute(_INSERT, entry)
    heads = {"head_position": position, column: seq, "head_hash": sealed, "updated_at": now}
    await alter(connection, row["id"], **heads, **also)
    return event_of(entry)


async def locked(connection: AsyncConnection, conversation_id: str) -> RowMapping:
    """Return a conversation's row, locked for this transaction where the database locks rows.

    `seq` must have no hole and no twin. Whoever locks a conversation and its turn locks this one first.

    Raises:
        NotFound: There is no such conversation.
    """
    row = (await connection.execute(_LOCKED, {"conversation": conversation_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


async def alter(
    connection: AsyncConnection, conversation_id: str, *, new_owner: bool = False, **values: Any
) -> None:
    """Change a conversation's row; `new_owner` counts `owner_epoch` up: a reply in the making is silenced."""
    statement = _ALTERED_BY_NEW_OWNER if new_owner else _ALTERED
    await connection.execute(statement, {"conversation": conversation_id, **values})


async def read_since(
    connection: AsyncConnection,
    conversation_id: str,
    seq: int,
    *,
    audience: Audience = Audience.SHOPPER,
    limit: int = 500,
) -> list[Event]:
    """Read as `Log.since` inside the caller's transaction."""
    asked = {"conversation": conversation_id, "heard_by": audience.value, "after": seq, "most": limit}
    rows = await connection.execute(_SINCE, asked)
    return [event_of(row) for row in rows.mappings()]


async def read_tail(
    connection: AsyncConnection, conversation_id: str, upto_seq: int, *, kinds: Sequence[Kind], limit: int
) -> list[Event]:
    """Read the newest `limit` shopper-audience events of `kinds` up to `upto_seq`, oldest first."""
    asked = {
        "conversation": conversation_id,
        "kinds": [kind.value for kind in kinds],
        "upto": upto_seq,
        "most": limit,
    }
    rows = await connection.execute(_TAIL, asked)
    return [event_of(row) for row in rows.mappings()][::-1]


async def seq_of(
    connection: AsyncConnection, conversation_id: str, author: AuthorKind, cid: str
) -> int | None:
    """Return the `seq` of the event that an author wrote under a `cid`; None if there is none."""
    seq: int | None = await connection.scalar(
        select(events.c.seq).where(
            events.c.conversation_id == conversation_id,
            events.c.author_kind == author.value,
            events.c.cid == cid,
        )
    )
    return seq


async def written(connection: AsyncConnection, conversation_id: str, draft: Draft) -> Event | None:
    """Return the event that the draft's author wrote under its `cid`; None if there is none.

    Raises:
        Conflict: The same `cid` was used with another content.
    """
    if draft.cid is None:
        return None
    asked = {"conversation": conversation_id, "author": draft.author.kind.value, "under": draft.cid}
    row = (await connection.execute(_BY_CID, asked)).mappings().one_or_none()
    if row is None:
        return None
    known = event_of(row)
    if not known.erased and (known.kind is not draft.kind or dict(known.content) != dict(draft.content)):
        raise Conflict("This id was used for another message already. Send it again as a new one.")
    return known


def event_of(row: RowMapping | dict[str, Any]) -> Event:
    """Return the event that a row of the table holds."""
    return Event(
        conversation_id=row["conversation_id"],
        position=row["position"],
        audience=Audience(row["audience"]),
        seq=row["seq"],
        kind=Kind(row["kind"]),
        author=Author(AuthorKind(row["author_kind"]), row["author_id"] or "", row["author_name"] or ""),
        content=row["content"] or {},
        cid=row["cid"],
        generated=row["generated"],
        ts=row["ts"],
        hash=row["hash"],
        erased=row["salt"] is None,
    )
