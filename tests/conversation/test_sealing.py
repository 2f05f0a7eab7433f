"""One pass over all seals finds what `Log.first_broken_seal` finds in each, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from conversation.erasing import erase_conversations
from conversation.events import GENESIS
from conversation.sealing import BrokenSeal, broken_seals
from conversation.tables import conversations, events
from tests.conversation.conftest import Room


async def found(room: Room) -> list[BrokenSeal]:
    async with room.database.reading() as connection:
        return await broken_seals(connection)


async def test_whole_chains_are_whole_erased_ones_too(room: Room) -> None:
    first, second = await room.begin(), await room.begin()
    for number in range(3):
        await room.say(first, f"m{number}")
        await room.say(second, f"n{number}")
    async with room.database.transaction() as connection:
        await erase_conversations(connection, [second.id], room.clock.now())
    looked: list[int] = []
    async with room.database.reading() as connection:
        assert await broken_seals(connection, looked.append) == []
    assert sum(looked) == 9


@pytest.mark.parametrize(
    ("change", "position"),
    [
        (update(events).where(events.c.position == 2).values(content={"body": "other"}), 2),
        (delete(events).where(events.c.position == 2), 2),
        (delete(events).where(events.c.position == 4), 4),
        (delete(events), 1),
        (update(conversations).values(head_hash=GENESIS), 5),
        (delete(conversations), 1),
    ],
)
async def test_each_change_is_found_where_it_is(room: Room, change: Any, position: int) -> None:
    other, changed = await room.begin(), await room.begin()
    for number in range(3):
        await room.say(changed, f"m{number}")
        await room.say(other, f"m{number}")
    key = conversations.c.id if change.table is conversations else events.c.conversation_id
    async with room.database.transaction() as connection:
        await connection.execute(change.where(key == changed.id))
    assert await found(room) == [BrokenSeal(changed.id, position)]
    if change.table is events:
        assert await room.log.first_broken_seal(changed.id) == position
