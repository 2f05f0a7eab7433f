"""Whoever shows a conversation takes what was just committed from the wake-up, and misses nothing by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from conversation.events import ASSISTANT, Author, AuthorKind, Draft, Event, Kind
from conversation.feed import Feed
from conversation.frames import Delta, EventFrame, Msg, Retract
from conversation.news import News
from conversation.turns import ReplyInMaking
from tests.conversation.conftest import Room, Server
from tests.conversation.test_rounds import Counting, T


async def shopper_says(room: Room, conversation_id: str, body: str) -> Event:
    author = Author(AuthorKind.SHOPPER, "v")
    draft = Draft(Kind.MESSAGE, author, {"body": body}, cid=str(uuid4()))
    return (await room.log.receive(conversation_id, draft)).event


def shown(frames: list[Any]) -> list[str]:
    """Return what frames show, in short."""
    told: dict[Any, str] = {Msg: "body", EventFrame: "kind", Delta: "text", Retract: "reply_id"}
    return [str(getattr(frame, told[type(frame)])) for frame in frames]


async def test_news_that_follow_on_what_is_known_need_no_look(room: Room) -> None:
    conversation = await room.begin()
    first = await shopper_says(room, conversation.id, "one")
    second = await shopper_says(room, conversation.id, "two")
    feed = Feed(room.database, conversation.id, 1)
    frames, whole = feed.follow([first, first, second])
    assert (shown(frames), whole, feed.seq) == (["one", "two"], True, 3)
    assert await feed.next() == []


async def test_news_beyond_a_gap_are_looked_for(room: Room) -> None:
    conversation = await room.begin()
    events = [await shopper_says(room, conversation.id, body) for body in ("one", "two", "three")]
    feed = Feed(room.database, conversation.id, 1)
    frames, whole = feed.follow([events[0], events[2]])
    assert (shown(frames), whole) == (["one"], False)
    assert shown(await feed.next()) == ["two", "three"]


async def test_what_only_staff_hear_is_no_news_of_the_shoppers_log(room: Room) -> None:
    conversation = await room.begin()
    event = await shopper_says(room, conversation.id, "one")
    feed = Feed(room.database, conversation.id, 1)
    note = replace(event, audience=type(event.audience)("staff"))
    assert feed.follow([note]) == ([], False)


async def test_a_reply_in_the_making_goes_on_by_news_and_ends_with_the_reply(room: Room) -> None:
    conversation = await room.begin()
    asked = await shopper_says(room, conversation.id, "hi")
    turn = await room.turns.claim("w")
    assert turn
    reply_id = turn.reply_cid
    feed = Feed(room.database, conversation.id, 1)
    news: list[News] = [asked, ReplyInMaking(reply_id, ("A.",)), ReplyInMaking(reply_id, ("A.", "B."))]
    assert shown(feed.follow(news)[0]) == ["hi", "A.", "B."]
    draft = Draft(Kind.MESSAGE, ASSISTANT, {"body": "A. B."}, cid=reply_id, generated=True)
    done = await room.turns.finish(turn, draft, record={})
    assert done.event
    assert done.alone
    assert shown(feed.follow([done.event])[0]) == ["A. B."]
    assert feed.follow([ReplyInMaking(reply_id, ("A.",))]) == ([], True)
    assert await feed.next() == []


async def test_a_reply_to_what_was_not_shown_yet_is_looked_for(room: Room) -> None:
    conversation = await room.begin()
    asked = await shopper_says(room, conversation.id, "hi")
    turn = await room.turns.claim("w")
    assert turn
    await room.turns.show(turn, ["A."])
    feed = Feed(room.database, conversation.id, 1)
    news = ReplyInMaking(turn.reply_cid, ("A.",))
    assert feed.follow([news, asked]) == ([], False)
    assert shown(await feed.next()) == ["hi", "A."]


async def test_another_reply_takes_nothing_off_the_screen_without_a_look(room: Room) -> None:
    conversation = await room.begin()
    asked = await shopper_says(room, conversation.id, "hi")
    turn = await room.turns.claim("w")
    assert turn
    await room.turns.show(turn, ["A."])
    feed = Feed(room.database, conversation.id, 1)
    assert shown(feed.follow([asked, ReplyInMaking(turn.reply_cid, ("A.",))])[0]) == ["hi", "A."]
    # Another process finishes it, and has the next message; of both nothing is heard here.
    draft = Draft(Kind.MESSAGE, ASSISTANT, {"body": "A."}, cid=turn.reply_cid, generated=True)
    await room.turns.finish(turn, draft, record={})
    await shopper_says(room, conversation.id, "more")
    following = await room.turns.claim("w")
    assert following
    await room.turns.show(following, ["B."])
    assert feed.follow([ReplyInMaking(following.reply_cid, ("B.",))]) == ([], False)
    assert shown(await feed.next()) == ["A.", "more", "B."]


async def test_news_of_an_earlier_moment_show_nothing_twice(room: Room) -> None:
    conversation = await room.begin()
    asked = await shopper_says(room, conversation.id, "hi")
    whole, part = (ReplyInMaking(f"r:{asked.cid}", said) for said in (("A.", "B."), ("A.",)))
    feed = Feed(room.database, conversation.id, 1)
    assert shown(feed.follow([asked, whole, part, whole])[0]) == ["hi", "A.", "B."]


class Slow(Counting):
    """A database that calls somebody after each look, before anybody knows what was seen."""

    def __init__(self, url: str, meanwhile: Callable[[], None]) -> None:
        super().__init__(url)
        self._meanwhile = meanwhile

    async def read(self, work: Callable[[Connection], T]) -> T:
        found = await super().read(work)
        self._meanwhile()
        return found


async def test_a_socket_is_shown_a_message_without_a_look_at_the_log(server: Server) -> None:
    counting = Counting(server.room.database.url)
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg", seq=2)
        (chat,) = server.room.sockets._chats
        chat.feed._database = counting
        await client.send({"type": "send", "cid": str(uuid4()), "body": "hi"})
        assert (await client.until("msg", seq=3))["body"] == "hi"
        assert counting.reads == 0
        server.room.hub.wake(session["conversation_id"])
        await client.send({"type": "send", "cid": str(uuid4()), "body": "again"})
        assert (await client.until("msg", seq=4))["body"] == "again"
    await counting.close()


async def test_news_that_came_during_a_look_are_looked_for_again(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg", seq=2)
        (chat,) = server.room.sockets._chats
        stale = [ReplyInMaking("r:gone", ("Old.",))]

        def meanwhile() -> None:
            while stale:
                chat.hear(stale.pop())

        chat.feed._database = slow = Slow(server.room.database.url, meanwhile)
        chat.hear(None)
        assert await chat.whats_new() == []
        assert (slow.reads, chat.look_again, chat.news) == (1, True, ())
        assert await chat.whats_new() == []
        assert (slow.reads, chat.look_again) == (2, False)
    await slow.close()
