"""What no wake-up told of is found on a round, and thousands of idle sockets ask the database little."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, update

from conversation.rounds import AT_ONCE, Standing, being_answered, standing
from conversation.tables import turns
from foundation.database import Database
from tests.conversation.conftest import Room, Server

T = TypeVar("T")


class Counting(Database):
    """A database that counts how often it is read."""

    reads = 0

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Count, and read."""
        self.reads += 1
        return await super().read(work)


async def test_a_round_over_idle_sockets_reads_twice_however_many_there_are(server: Server) -> None:
    counting = Counting(server.room.database.url)
    async with AsyncExitStack() as lines:
        for _ in range(7):
            client = await lines.enter_async_context(server.chat(await server.session()))
            await client.until("msg", seq=2)
        server.room.sockets._database = counting
        await server.room.sockets._find_news()
    await counting.close()
    assert counting.reads == 2


async def test_how_conversations_stand_is_asked_page_by_page(room: Room) -> None:
    begun = [await room.begin() for _ in range(3)]
    gone = [str(uuid4()) for _ in range(AT_ONCE)]
    pages = [page async for page in standing(room.database, [one.id for one in begun] + gone)]
    assert [len(page) for page in pages] == [AT_ONCE, 3]
    found = {name: at for page in pages for name, at in page.items() if at is not None}
    assert found == {one.id: Standing(one.visitor_id, 1) for one in begun}


async def test_who_is_being_answered_is_known_until_the_turn_ends(room: Room) -> None:
    conversation = await room.begin()
    assert await being_answered(room.database) == set()
    await room.say(conversation, "hi")
    assert await being_answered(room.database) == {conversation.id}
    assert await room.turns.claim("w")
    assert await being_answered(room.database) == {conversation.id}
    async with room.database.transaction() as connection:
        await connection.execute(update(turns).values(state="cancelled"))
    assert await being_answered(room.database) == set()


async def test_sentences_and_that_they_are_given_up_are_found_without_a_wake_up(
    deaf: Room, server: Server
) -> None:
    session = await server.session()
    conversation = await deaf.log.conversation(session["conversation_id"])
    async with server.chat(session) as client:
        await client.until("msg", seq=2)
        await deaf.say(conversation, "hi")
        turn = await deaf.turns.claim("w")
        assert turn is not None
        await deaf.turns.show(turn, ["One."])
        assert (await client.until("delta"))["text"] == "One."
        async with deaf.database.transaction() as connection:
            await connection.execute(update(turns).values(state="cancelled"))
        assert (await client.until("retract"))["reply_id"] == turn.reply_cid


async def test_a_token_that_expires_while_nothing_happens_ends_the_socket(deaf: Room, server: Server) -> None:
    async with server.chat(await server.session()) as client:
        await client.until("msg", seq=2)
        deaf.clock.advance(timedelta(minutes=16))
        assert (await client.until("bye"))["reason"] == "expired"
        assert await client.close_code() == 4401


async def test_nobody_goes_round_where_nobody_is(server: Server) -> None:
    sockets = server.room.sockets
    async with server.chat(await server.session()) as client:
        await client.until("msg", seq=2)
        assert sockets._round is not None
    await sockets.stop()
    assert sockets._round is None
