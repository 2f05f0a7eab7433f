"""Waiting turns: one at a time, leased, merged, never answered twice, never against a person."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Connection, RowMapping, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.events import ASSISTANT, Draft, Kind, Status
from conversation.tables import conversations
from conversation.turns import ClaimedTurn, TurnLost, TurnOutdated, Turns
from foundation.clock import SettableClock
from tests.conversation.conftest import Room


def reply(turn: ClaimedTurn, body: str = "answer") -> Draft:
    return Draft(Kind.MESSAGE, ASSISTANT, {"body": body}, cid=turn.reply_cid, generated=True)


async def claim(room: Room, worker: str = "w1") -> ClaimedTurn:
    turn = await room.turns.claim(worker)
    assert turn is not None
    return turn


async def bodies(room: Room, conversation_id: str) -> list[str]:
    return [e.content["body"] for e in await room.log.since(conversation_id, 1) if e.kind is Kind.MESSAGE]


async def test_a_message_leaves_a_turn_that_answers_it(room: Room) -> None:
    conversation = await room.begin()
    cid = await room.say(conversation, "hi")
    turn = await claim(room)
    assert [event.content["body"] for event in turn.messages] == ["hi"]
    assert turn.reply_cid == f"r:{cid}"
    written, more, _ = await room.turns.finish(turn, reply(turn), record={"a": 1})
    assert written is not None
    assert not more
    assert (written.seq, written.cid, written.generated) == (3, turn.reply_cid, True)
    assert await room.turns.claim("w1") is None


async def test_a_claim_tells_whether_another_one_waits(room: Room) -> None:
    for _ in range(3):
        await room.say(await room.begin(), "hi")
    assert [(await claim(room)).more for _ in range(3)] == [True, True, False]


async def test_a_turn_that_is_finished_tells_whether_one_waits_behind_it(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "hi")
    turn = await claim(room)
    await room.turns.show(turn, ["Shown."])
    await room.say(conversation, "and this?")
    assert await room.turns.claim("w1") is None
    assert (await room.turns.finish(turn, reply(turn, "Shown."), record={})).more
    assert await claim(room)


async def test_a_burst_is_answered_by_one_reply_to_the_last(room: Room) -> None:
    conversation = await room.begin()
    for body in ("hi", "about my order", "it is late"):
        last = await room.say(conversation, body)
    turn = await claim(room)
    assert [event.content["body"] for event in turn.messages] == ["hi", "about my order", "it is late"]
    assert turn.reply_cid == f"r:{last}"
    await room.turns.finish(turn, reply(turn), record={})
    assert await room.turns.claim("w1") is None


async def test_writing_on_before_anything_is_shown_merges_into_the_turn(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "hi")
    turn = await claim(room)
    last = await room.say(conversation, "where is my parcel")
    with pytest.raises(TurnOutdated):
        await room.turns.show(turn, ["Hello"])
    with pytest.raises(TurnOutdated):
        await room.turns.finish(turn, reply(turn), record={})
    await room.turns.release(turn)
    merged = await claim(room)
    assert [event.content["body"] for event in merged.messages] == ["hi", "where is my parcel"]
    assert (merged.reply_cid, merged.attempts) == (f"r:{last}", 1)
    await room.turns.finish(merged, reply(merged), record={})
    assert await room.turns.claim("w1") is None
    assert await bodies(room, conversation.id) == ["hi", "where is my parcel", "answer"]


async def test_writing_on_after_something_is_shown_waits_for_the_next_turn(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "first")
    turn = await claim(room)
    await room.turns.show(turn, ["Shown."])
    await room.say(conversation, "second")
    assert await room.turns.claim("w2") is None, "one turn at a time"
    await room.turns.finish(turn, reply(turn, "Shown."), record={})
    following = await claim(room)
    assert [event.content["body"] for event in following.messages] == ["second"]
    assert [event.content["body"] for event in following.history] == ["first", "Shown."]


async def test_other_conversations_do_not_wait(room: Room) -> None:
    one, two = await room.begin(), await room.begin()
    await room.say(one, "a")
    await room.say(two, "b")
    turns = await asyncio.gather(room.turns.claim("w1"), room.turns.claim("w2"))
    assert {turn.conversation_id for turn in turns if turn} == {one.id, two.id}


async def test_racing_workers_get_a_turn_once(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    turns = await asyncio.gather(*(room.turns.claim(f"w{number}") for number in range(10)))
    assert len([turn for turn in turns if turn]) == 1


async def test_a_dead_workers_turn_goes_on_after_its_lease_with_what_was_shown(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    dead = await claim(room, "dead")
    await room.turns.show(dead, ["One.", "Two."])
    room.clock.advance(room.turns.lease - timedelta(seconds=1))
    assert await room.turns.claim("alive") is None
    room.clock.advance(timedelta(seconds=2))
    alive = await claim(room, "alive")
    assert (alive.shown, alive.attempts, alive.reply_cid) == (("One.", "Two."), 2, dead.reply_cid)
    with pytest.raises(TurnLost):
        await room.turns.show(dead, ["One.", "Two.", "Three."])
    with pytest.raises(TurnLost):
        await room.turns.finish(dead, reply(dead), record={})
    await room.turns.finish(alive, reply(alive, "One. Two."), record={})
    assert await bodies(room, conversation.id) == ["a", "One. Two."]


async def test_a_worker_that_stood_still_does_not_disturb_its_own_second_claim(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    stood_still = await claim(room, "w1")
    await room.turns.show(stood_still, ["One."])
    room.clock.advance(room.turns.lease + timedelta(seconds=1))
    again = await claim(room, "w1")
    await room.turns.show(again, ["One.", "Two."])
    with pytest.raises(TurnLost):
        await room.turns.show(stood_still, ["One.", "Something else."])
    with pytest.raises(TurnLost):
        await room.turns.finish(stood_still, reply(stood_still, "One. Something else."), record={})
    await room.turns.release(stood_still)
    assert await room.turns.claim("w2") is None, "it is still the second claim's"
    await room.turns.finish(again, reply(again, "One. Two."), record={})
    assert await bodies(room, conversation.id) == ["a", "One. Two."]


async def test_showing_extends_the_lease(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    turn = await claim(room)
    room.clock.advance(room.turns.lease * 0.9)
    await room.turns.show(turn, ["One."])
    room.clock.advance(room.turns.lease * 0.9)
    assert await room.turns.claim("other") is None


async def test_renewing_extends_the_lease_of_what_is_still_held(room: Room) -> None:
    for _ in range(4):
        await room.say(await room.begin(), "a")
    lost, stood_still, *held = [await claim(room, "w1") for _ in range(4)]
    room.clock.advance(room.turns.lease * 0.9)
    await room.turns.renew(held)
    room.clock.advance(room.turns.lease * 0.9)
    await claim(room, "other")
    again = await claim(room, "w1")
    assert again.id == stood_still.id
    assert await room.turns.claim("other") is None, "the others are held"
    room.clock.advance(room.turns.lease * 0.9)
    await room.turns.renew([lost, stood_still, *held])
    room.clock.advance(room.turns.lease * 0.2)
    taken = {turn.id for turn in [await claim(room, "third"), await claim(room, "third")]}
    assert taken == {lost.id, stood_still.id}, "neither was this attempt's any more"
    assert await room.turns.claim("third") is None


async def test_renewing_does_not_wait_for_a_turn_that_is_just_ended(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    turn = await claim(room)

    async def meanwhile(_connection: AsyncConnection, _conversation_id: str, _now: datetime) -> None:
        if room.database.engine.dialect.name == "postgresql":
            await room.turns.renew([turn])

    await room.turns.finish(turn, reply(turn), record={}, and_then=meanwhile)
    await room.turns.renew([turn])
    room.clock.advance(room.turns.lease * 2)
    assert await room.turns.claim("other") is None


@pytest.mark.parametrize("taken", [{"owner_epoch": 1}, {"status": Status.OPEN.value}])
async def test_nothing_is_said_after_a_person_took_over(room: Room, taken: dict[str, Any]) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    turn = await claim(room)
    await room.turns.show(turn, ["One."])
    async with room.database.transaction() as connection:
        await connection.execute(
            update(conversations).where(conversations.c.id == conversation.id).values(taken)
        )
    with pytest.raises(TurnLost):
        await room.turns.show(turn, ["One.", "Two."])
    with pytest.raises(TurnLost):
        await room.turns.finish(turn, reply(turn), record={})
    assert await bodies(room, conversation.id) == ["a"]


async def test_a_turn_that_waits_is_dropped_when_a_person_took_over(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    async with room.database.transaction() as connection:
        await connection.execute(
            update(conversations).where(conversations.c.id == conversation.id).values(status="open")
        )
    assert await room.turns.claim("w") is None
    await room.say(conversation, "b")
    assert await room.turns.claim("w") is None


async def test_a_failed_turn_comes_back_and_counts_its_attempts(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    for attempt in (1, 2, 3):
        turn = await claim(room)
        assert turn.attempts == attempt
        await room.turns.release(turn, error="boom")


async def test_what_is_in_making_is_seen_until_it_is_finished(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "a")
    turn = await claim(room)
    assert await room.turns.in_making(conversation.id) is None
    await room.turns.show(turn, ["One."])
    making = await room.turns.in_making(conversation.id)
    assert making is not None
    assert (making.reply_id, making.sentences) == (turn.reply_cid, ("One.",))
    await room.turns.finish(turn, reply(turn, "One."), record={})
    assert await room.turns.in_making(conversation.id) is None


async def test_a_clock_set_back_does_not_keep_a_dead_workers_turn(room: Room, clock: SettableClock) -> None:
    conversation = await room.begin()
    await room.say(conversation, "hi")
    await claim(room, "dies")
    clock.advance(-timedelta(hours=1))
    assert (await claim(room, "w2")).attempts == 2


class LooksTooEarly(Turns):
    """Sees the conversation as it was before its newest event, as PostgreSQL shows it to who locks a turn."""

    def _take(
        self, connection: Connection, row: RowMapping, worker_id: str, now: datetime
    ) -> ClaimedTurn | None:
        earlier = {**row, "head_shopper": row["head_shopper"] - 1}
        return super()._take(connection, cast(RowMapping, earlier), worker_id, now)


async def test_a_message_that_joins_a_turn_while_it_is_looked_for_is_answered(room: Room) -> None:
    conversation = await room.begin()
    await room.say(conversation, "one")
    first = await claim(room)
    await room.say(conversation, "two")
    await room.turns.release(first)
    both = await claim(room)
    await room.turns.finish(both, reply(both), record={})
    cid = await room.say(conversation, "three")
    turn = await LooksTooEarly(room.database, room.clock).claim("w")
    assert turn is not None
    assert ([event.content["body"] for event in turn.messages], turn.reply_cid) == (["three"], f"r:{cid}")
