"""The log: seq without holes, dedupe by cid, audiences apart, a seal that shows every change."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from conversation.events import Audience, Author, AuthorKind, Draft, Event, Kind
from conversation.tables import events
from foundation.errors import Conflict, NotFound
from tests.conversation.conftest import Room

AGENT = Author(AuthorKind.AGENT, "a1", "Ewa")


def note(text: str) -> Draft:
    return Draft(Kind.NOTE, AGENT, {"body": text}, audience=Audience.STAFF)


def message(body: str, cid: str | None = None) -> Draft:
    return Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER, "v"), {"body": body}, cid=cid)


async def test_a_conversation_begins_with_its_disclosure(room: Room) -> None:
    conversation = await room.begin()
    (first,) = await room.log.since(conversation.id, 0)
    assert (first.seq, first.kind) == (1, Kind.DISCLOSURE)
    assert conversation.head == 1


async def test_seq_counts_without_holes_in_each_audience(room: Room) -> None:
    conversation = await room.begin()
    for number in range(5):
        await room.log.append(conversation.id, [message(f"m{number}"), note(f"n{number}")])
    seen = await room.log.since(conversation.id, 0)
    hidden = await room.log.since(conversation.id, 0, audience=Audience.STAFF)
    assert [event.seq for event in seen] == [1, 2, 3, 4, 5, 6]
    assert [event.seq for event in hidden] == [1, 2, 3, 4, 5]
    assert [event.position for event in await room.log.transcript(conversation.id)] == list(range(1, 12))


async def test_racing_appends_leave_no_hole_and_no_twin(room: Room) -> None:
    conversation = await room.begin()
    await asyncio.gather(*(room.say(conversation, f"m{number}") for number in range(40)))
    assert [event.seq for event in await room.log.since(conversation.id, 0)] == list(range(1, 42))
    assert await room.log.first_broken_seal(conversation.id) is None


async def test_the_same_cid_is_written_once_and_gets_the_same_seq(room: Room) -> None:
    conversation = await room.begin()
    cid = str(uuid4())
    draft = message("hello", cid)
    first = await room.log.receive(conversation.id, draft)
    again = await room.log.receive(conversation.id, draft)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.event.seq == first.event.seq
    assert len(await room.log.since(conversation.id, 1)) == 1


async def test_the_same_cid_with_another_body_is_refused(room: Room) -> None:
    conversation = await room.begin()
    cid = await room.say(conversation, "hello")
    with pytest.raises(Conflict):
        await room.say(conversation, "something else", cid)
    assert len(await room.log.since(conversation.id, 1)) == 1


async def test_the_same_cid_in_another_conversation_is_another_message(room: Room) -> None:
    cid = str(uuid4())
    for conversation in (await room.begin(), await room.begin()):
        assert await room.say(conversation, "hello", cid) == cid
        assert len(await room.log.since(conversation.id, 1)) == 1


async def test_an_unknown_conversation_is_not_found(room: Room) -> None:
    with pytest.raises(NotFound):
        await room.log.append("nowhere", [message("x")])
    with pytest.raises(NotFound):
        await room.log.conversation("nowhere")


async def test_the_epoch_stays(room: Room) -> None:
    first, second = await asyncio.gather(room.log.epoch(), room.log.epoch())
    assert first == second == await room.log.epoch()


async def test_seen_grows_but_never_past_the_head(room: Room) -> None:
    conversation = await room.begin()
    await room.log.mark_seen(conversation.id, 99)
    await room.log.mark_seen(conversation.id, 1)
    await room.log.mark_seen(conversation.id, 0)
    assert await _seen(room, conversation.id) == 1


async def _seen(room: Room, conversation_id: str) -> int:
    from sqlalchemy import select

    from conversation.tables import conversations

    async with room.database.reading() as connection:
        query = select(conversations.c.seen_seq).where(conversations.c.id == conversation_id)
        return int((await connection.execute(query)).scalar_one())


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"body": "another"}},
        {"author_name": "somebody else"},
        {"generated": True},
        {"kind": "note"},
        {"digest": "0" * 64},
    ],
)
async def test_a_changed_event_breaks_the_seal_there(room: Room, change: dict[str, object]) -> None:
    conversation = await room.begin()
    for number in range(3):
        await room.say(conversation, f"m{number}")
    await _change(room, conversation.id, 3, change)
    assert await room.log.first_broken_seal(conversation.id) == 3


async def test_a_missing_event_breaks_the_seal(room: Room) -> None:
    conversation = await room.begin()
    for number in range(3):
        await room.say(conversation, f"m{number}")
    async with room.database.transaction() as connection:
        await connection.execute(
            events.delete().where(events.c.conversation_id == conversation.id, events.c.position == 4)
        )
    assert await room.log.first_broken_seal(conversation.id) == 4


async def test_erasing_content_and_salt_keeps_the_chain_whole(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "my address is …")
    erased: dict[str, object] = {"content": None, "salt": None, "author_id": None, "author_name": None}
    await _change(room, conversation.id, 2, erased)
    (_, event) = await room.log.since(conversation.id, 0)
    assert event.erased
    assert event.content == {}
    assert await room.log.first_broken_seal(conversation.id) is None


async def _change(room: Room, conversation_id: str, position: int, values: dict[str, object]) -> None:
    async with room.database.transaction() as connection:
        await connection.execute(
            update(events)
            .where(events.c.conversation_id == conversation_id, events.c.position == position)
            .values(values)
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.text(min_size=1).filter(lambda t: "\x00" not in t and _storable(t)), max_size=5))
async def test_what_is_written_is_read_back(room: Room, bodies: list[str]) -> None:
    conversation = await room.begin()
    for body in bodies:
        await room.say(conversation, body)
    read: list[Event] = await room.log.since(conversation.id, 1)
    assert [event.content["body"] for event in read] == bodies
    assert await room.log.first_broken_seal(conversation.id) is None


def _storable(text: str) -> bool:
    return text.encode("utf-8", "replace").decode() == text
