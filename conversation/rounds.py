"""What a round over many conversations finds, a few statements for thousands: `socket.py` looks anyway by it.

Wake-ups are hints, and some are lost. If every socket asked the database for itself now and then, thousands
of idle ones would cost more than those who chat.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from conversation.tables import conversations, turns
from conversation.turn_statements import RUNNING, WAITING
from foundation.database import Database

AT_ONCE = 500
"""So many conversations are asked for in a statement."""

_STANDING = select(conversations.c.id, conversations.c.visitor_id, conversations.c.head_shopper).where(
    conversations.c.id.in_(bindparam("ids", expanding=True))
)
_ANSWERED = select(turns.c.conversation_id).where(turns.c.state.in_([WAITING, RUNNING]))


class Standing(NamedTuple):
    """How a conversation stands: whose it is, and how long its log is for the shopper."""

    visitor_id: str
    head: int


async def standing(database: Database, ids: Sequence[str]) -> AsyncIterator[dict[str, Standing | None]]:
    """Yield how conversations stand, `AT_ONCE` at a time; None: there is no such conversation any more.

    Raises:
        Unavailable: The database is out of reach.
    """
    for start in range(0, len(ids), AT_ONCE):
        yield await database.read(partial(_standing, ids=ids[start : start + AT_ONCE]))


def _standing(connection: Connection, ids: Sequence[str]) -> dict[str, Standing | None]:
    found: dict[str, Standing | None] = dict.fromkeys(ids)
    for name, visitor_id, head in connection.execute(_STANDING, {"ids": ids}):
        found[name] = Standing(visitor_id, head)
    return found


async def being_answered(database: Database) -> set[str]:
    """Return the conversations with a turn that waits or runs. Raises as `standing`."""
    return await database.read(lambda connection: {str(one) for one in connection.scalars(_ANSWERED)})
