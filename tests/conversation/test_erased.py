"""An erased conversation ends at once for whoever still has it open: over sockets, HTTP, in any process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from websockets import ConnectionClosed

from conversation.erasing import erase_conversations
from conversation.events import SYSTEM, Draft, Kind
from conversation.frames import Action, AskHuman, ClientFrame, Rate, Send, SessionRequest
from conversation.log import Log
from conversation.tables import conversations, turns
from foundation.errors import Erased
from tests.conversation.conftest import Room, Server, hello


async def erase(room: Room, conversation_id: str, *, wake: bool = False) -> int:
    """Erase as another process does, or with `wake` as our own; return how many events the log has then."""
    async with room.database.transaction() as connection:
        await erase_conversations(connection, [conversation_id], room.clock.now())
    if wake:
        room.hub.wake(conversation_id)
    return len(await room.log.transcript(conversation_id))


async def untouched(room: Room, conversation_id: str, events: int) -> bool:
    """Return whether nothing was written after the erasure, and nobody's key is kept."""
    async with room.database.reading() as connection:
        waiting = await connection.scalar(select(turns.c.id).where(turns.c.state == "waiting"))
        key = await connection.scalar(
            select(conversations.c.address_key).where(conversations.c.id == conversation_id)
        )
    return len(await room.log.transcript(conversation_id)) == events and not waiting and key is None


def frames() -> list[dict[str, Any]]:
    """Return one of each frame that writes."""
    return [
        {"type": "send", "cid": str(uuid4()), "body": "one more thing"},
        {"type": "ask_human", "cid": str(uuid4())},
        {"type": "action", "cid": str(uuid4()), "name": "leave_email", "value": {"email": "a@b.example"}},
        {"type": "rate", "cid": str(uuid4()), "request_seq": 1, "score": 5},
    ]


async def test_an_open_socket_is_closed_at_once(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as tab, server.chat(session) as other:
        for client in (tab, other):
            await client.until("msg")
        await erase(server.room, session["conversation_id"], wake=True)
        for client in (tab, other):
            assert await client.until("bye") == {"type": "bye", "reason": "erased"}
            assert await client.close_code() == 4410


async def test_a_socket_finds_what_another_process_erased(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg")
        await erase(server.room, session["conversation_id"])
        assert (await client.until("bye"))["reason"] == "erased"  # at the next look, nobody wakes it
        assert await client.close_code() == 4410


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: str(frame["type"]))
async def test_no_frame_is_taken_any_more(server: Server, frame: dict[str, Any]) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg")
        events = await erase(server.room, session["conversation_id"])
        await client.send(frame)
        assert (await client.until("bye"))["reason"] == "erased"
        assert await client.close_code() == 4410
    assert await untouched(server.room, session["conversation_id"], events)


async def test_a_message_that_was_taken_before_is_not_acknowledged_again(server: Server) -> None:
    session, frame = await server.session(), frames()[0]
    async with server.chat(session) as client:
        await client.send(frame)
        await client.until("ack")
        await erase(server.room, session["conversation_id"])
        await client.send(frame)
        rest = []
        with suppress(ConnectionClosed):
            while True:
                rest.append((await client.next())["type"])
    assert "ack" not in rest
    assert rest[-1] == "bye"
    assert client.line.close_code == 4410


async def test_no_hello_brings_it_back(server: Server) -> None:
    session = await server.session()
    await erase(server.room, session["conversation_id"])
    async with server.socket() as client:
        await client.send(hello(session))
        assert await client.next() == {"type": "bye", "reason": "erased"}
        assert await client.close_code() == 4410


async def test_over_http_it_is_gone_too(server: Server) -> None:
    session = await server.session()
    conversation_id, bearer = session["conversation_id"], {"Authorization": f"Bearer {session['token']}"}
    events = await erase(server.room, conversation_id)
    for frame in [*frames(), {"type": "seen", "seq": 1}, {"type": "typing"}]:
        post = {"conversation_id": conversation_id, "frame": frame}
        reply = await server.http.post("/v1/messages", json=post, headers=bearer)
        assert (reply.status_code, reply.json()["code"]) == (410, "erased")
    reply = await server.http.get("/v1/events", params={"conversation_id": conversation_id}, headers=bearer)
    assert (reply.status_code, reply.json()["code"]) == (410, "erased")
    assert await untouched(server.room, conversation_id, events)


async def test_a_long_poll_that_waits_ends(server: Server) -> None:
    session = await server.session()
    conversation_id = session["conversation_id"]
    params = {"conversation_id": conversation_id, "since": session["head"], "wait": 20}
    bearer = {"Authorization": f"Bearer {session['token']}"}
    polling = asyncio.create_task(server.http.get("/v1/events", params=params, headers=bearer, timeout=30))
    async with asyncio.timeout(20):
        while not server.room.hub.listened_to(conversation_id):  # noqa: ASYNC110 - the hub tells of nobody
            await asyncio.sleep(0)
        await erase(server.room, conversation_id, wake=True)
        assert (await polling).status_code == 410


async def test_resuming_begins_another_conversation(server: Server) -> None:
    session = await server.session()
    events = await erase(server.room, session["conversation_id"])
    for identity in (None, "for:anna:Anna"):
        again = await server.session(resume=session["resume"], identity_token=identity)
        assert again["conversation_id"] != session["conversation_id"]
    assert await untouched(server.room, session["conversation_id"], events)


@pytest.mark.parametrize(
    "frame",
    [
        Send(cid=uuid4(), body="one more thing"),
        AskHuman(cid=uuid4()),
        Action(cid=uuid4(), name="leave_email", value={"email": "a@b.example"}),
        Rate(cid=uuid4(), request_seq=1, score=5),
    ],
    ids=lambda frame: str(frame.type),
)
async def test_who_was_admitted_just_before_writes_nothing(room: Room, frame: ClientFrame) -> None:
    opened = await room.sessions.open(SessionRequest(site_key="key"))
    visitor, conversation = await room.sessions.admit(opened.token, opened.conversation_id)
    events = await erase(room, conversation.id)
    with pytest.raises(Erased):
        await room.intake.take(visitor, conversation, frame)
    assert await untouched(room, conversation.id, events)


async def test_a_session_that_was_being_opened_leaves_no_trace(room: Room) -> None:
    conversation = await room.begin()
    events = await erase(room, conversation.id)
    mine = conversation.visitor_id
    await room.log.note_address(conversation.id, "key", visitor_id=mine)
    named = Draft(Kind.CUSTOMER_IDENTIFIED, SYSTEM, {"name": "Anna"})
    with pytest.raises(Erased):
        await Log(room.database, room.clock).identify(conversation.id, "anna", named, visitor_id=mine)
    assert await untouched(room, conversation.id, events)
