"""Appending and reading events inside a caller's transaction: what `log.py` and `turns.py` are made of."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import Audience, Author, AuthorKind, Draft, Event, Kind, content_digest, seal
from conversation.tables import conversations, events
from foundation.errors import Conflict, NotFound


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
    if draft.cid is not None:
        known = await _with_cid(connection, conversation_id, draft)
        if known is not None:
            return Appended(known, duplicate=True)
    # Locks the row on databases that have row locks: `seq` must have no hole and no twin.
    head = (
        (
            await connection.execute(
                select(conversations).where(conversations.c.id == conversation_id).with_for_update()
            )
        )
        .mappings()
        .one_or_none()
    )
    if head is None:
        raise NotFound("There is no such conversation.")
    column = "head_shopper" if draft.audience is Audience.SHOPPER else "head_staff"
    position, seq = head["head_position"] + 1, head[column] + 1
    salt = secrets.token_hex(16)
    digest = content_digest(salt, draft.author, draft.content)
    sealed = seal(
        head["head_hash"],
        conversation_id=conversation_id,
        position=position,
        draft=draft,
        seq=seq,
        ts=now,
        digest=digest,
    )
    row: dict[str, Any] = {
        "conversation_id": conversation_id,
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
    await connection.execute(insert(events).values(row))
    await connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values({"head_position": position, column: seq, "head_hash": sealed, "updated_at": now})
    )
    return Appended(event_of(row), duplicate=False)


async def locked(connection: AsyncConnection, conversation_id: str) -> RowMapping:
    """Return a conversation's row, locked for this transaction where the database locks rows.

    Raises:
        NotFound: There is no such conversation.
    """
    query = select(conversations).where(conversations.c.id == conversation_id).with_for_update()
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


async def alter(
    connection: AsyncConnection, conversation_id: str, *, new_owner: bool = False, **values: Any
) -> None:
    """Change a conversation's row; `new_owner` counts `owner_epoch` up: a reply in the making is silenced."""
    if new_owner:
        values["owner_epoch"] = conversations.c.owner_epoch + 1
    await connection.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(values)
    )


async def read_since(
    connection: AsyncConnection,
    conversation_id: str,
    seq: int,
    *,
    audience: Audience = Audience.SHOPPER,
    limit: int = 500,
) -> list[Event]:
    """Read as `Log.since` inside the caller's transaction."""
    rows = await connection.execute(
        select(events)
        .where(
            events.c.conversation_id == conversation_id,
            events.c.audience == audience.value,
            events.c.seq > seq,
        )
        .order_by(events.c.seq)
        .limit(limit)
    )
    return [event_of(row) for row in rows.mappings()]


async def read_tail(
    connection: AsyncConnection, conversation_id: str, upto_seq: int, *, kinds: Sequence[Kind], limit: int
) -> list[Event]:
    """Read the newest `limit` shopper-audience events of `kinds` up to `upto_seq`, oldest first."""
    rows = await connection.execute(
        select(events)
        .where(
            events.c.conversation_id == conversation_id,
            events.c.audience == Audience.SHOPPER.value,
            events.c.kind.in_([kind.value for kind in kinds]),
            events.c.seq <= upto_seq,
        )
        .order_by(events.c.seq.desc())
        .limit(limit)
    )
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


async def was_written(connection: AsyncConnection, conversation_id: str, draft: Draft) -> bool:
    """Return whether the draft's `cid` is in the log already. Raises as `append`."""
    return draft.cid is not None and await _with_cid(connection, conversation_id, draft) is not None


async def _with_cid(connection: AsyncConnection, conversation_id: str, draft: Draft) -> Event | None:
    row = (
        (
            await connection.execute(
                select(events).where(
                    events.c.conversation_id == conversation_id,
                    events.c.author_kind == draft.author.kind.value,
                    events.c.cid == draft.cid,
                )
            )
        )
        .mappings()
        .one_or_none()
    )
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
