"""The wire protocol over real sockets: hello, ack after commit, resume, and whatever a client may send."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import websockets

from conversation.events import ASSISTANT, Draft, Kind
from conversation.intake import HELLOS_PER_MINUTE
from foundation.database import Database
from tests.conversation.conftest import Server, hello


def send(body: str, cid: str | None = None) -> dict[str, str]:
    return {"type": "send", "cid": cid or str(uuid4()), "body": body}


async def test_a_chat_opens_with_welcome_then_disclosure_then_greeting(server: Server) -> None:
    session = await server.session(locale="pl-PL")
    async with server.chat(session) as client:
        welcome = await client.next()
        assert (welcome["type"], welcome["head"], welcome["reset"]) == ("welcome", 2, False)
        first, second = await client.next(), await client.next()
    assert (first["kind"], first["content"]["text"]) == ("disclosure", "disclosure in pl")
    assert (second["type"], second["body"], second["generated"]) == ("msg", "hello guest", True)
    assert second["quick_replies"][0]["send"] == "How do I return?"


async def test_a_message_is_acknowledged_after_it_is_stored(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        frame = send("hi")
        await client.send(frame)
        ack = await client.until("ack")
        stored = await server.room.log.since(session["conversation_id"], 2)
        assert (ack["cid"], ack["seq"]) == (frame["cid"], 3)
        assert [(event.seq, event.content["body"]) for event in stored] == [(3, "hi")]
        shown = await client.until("msg", cid=frame["cid"])
        assert shown["author"]["kind"] == "shopper"


async def test_a_resent_message_gets_the_same_ack_and_is_shown_once(server: Server) -> None:
    session = await server.session()
    frame = send("hi")
    async with server.chat(session) as client:
        await client.send(frame)
        first = await client.until("ack")
    async with server.chat(session, since=2) as client:
        await client.send(frame)
        assert await client.until("ack") == first
    assert len(await server.room.log.since(session["conversation_id"], 2)) == 1


async def test_what_may_state_something_is_taken_in_once_it_is_written(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        for body in ("Hello", "I withdraw"):
            await client.send(send(body))
            await client.until("ack")
    assert server.room.actions.received == ["I withdraw"]


async def test_the_same_cid_with_another_body_gets_a_nack(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        frame = send("hi")
        await client.send(frame)
        await client.until("ack")
        await client.send(frame | {"body": "other"})
        assert (await client.until("nack"))["code"] == "conflict"


async def test_resume_sends_only_what_came_after(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        epoch = (await client.next())["log_epoch"]
    async with server.chat(session, since=1, epoch=epoch) as client:
        assert (await client.next())["reset"] is False
        assert (await client.next())["seq"] == 2


@pytest.mark.parametrize(("since", "epoch"), [(0, "another"), (99, "")])
async def test_another_epoch_or_a_seq_from_the_future_resets(server: Server, since: int, epoch: str) -> None:
    session = await server.session()
    async with server.chat(session, since=since, epoch=epoch) as client:
        assert (await client.next())["reset"] is True
        assert (await client.next())["seq"] == 1


async def test_a_hole_is_mended_by_another_hello(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg", seq=2)
        await client.send(hello(session, since=0))
        await client.until("welcome")
        assert (await client.next())["seq"] == 1
        assert (await client.next())["seq"] == 2


async def test_sentences_come_as_deltas_before_the_reply(server: Server) -> None:
    session, room = await server.session(), server.room
    async with server.chat(session) as client:
        await client.send(send("hi"))
        await client.until("ack")
        turn = await room.turns.claim("w")
        assert turn is not None
        shown: list[str] = []
        for text in ("One.", "Two."):
            shown.append(text)
            await room.turns.show(turn, shown)
            room.hub.wake(turn.conversation_id)
            delta = await client.until("delta")
            assert (delta["reply_id"], delta["n"], delta["text"]) == (turn.reply_cid, len(shown) - 1, text)
        draft = Draft(Kind.MESSAGE, ASSISTANT, {"body": "One. Two."}, cid=turn.reply_cid, generated=True)
        await room.turns.finish(turn, draft, record={})
        room.hub.wake(turn.conversation_id)
        assert (await client.until("msg", cid=turn.reply_cid))["body"] == "One. Two."
    async with server.chat(session, since=3) as late:
        assert (await late.until("msg"))["cid"] == turn.reply_cid


async def test_a_reply_that_is_given_up_is_retracted(server: Server) -> None:
    from sqlalchemy import update

    from conversation.tables import turns

    session, room = await server.session(), server.room
    async with server.chat(session) as client:
        await client.send(send("hi"))
        await client.until("ack")
        turn = await room.turns.claim("w")
        assert turn is not None
        await room.turns.show(turn, ["One."])
        room.hub.wake(turn.conversation_id)
        await client.until("delta")
        async with room.database.transaction() as connection:
            await connection.execute(update(turns).values(state="cancelled"))
        room.hub.wake(turn.conversation_id)
        assert (await client.until("retract"))["reply_id"] == turn.reply_cid


async def test_two_tabs_see_the_same(server: Server) -> None:
    session = await server.session()
    async with server.chat(session, since=2) as one, server.chat(session, since=2) as two:
        frame = send("hi")
        await two.until("welcome")
        await one.send(frame)
        assert (await two.until("msg"))["cid"] == frame["cid"]


async def test_asking_for_a_person_is_one_event_however_often_it_is_sent(server: Server) -> None:
    session = await server.session()
    frame = {"type": "ask_human", "cid": str(uuid4())}
    async with server.chat(session, since=2) as client:
        for _ in range(2):
            await client.send(frame)
            assert (await client.until("ack"))["seq"] == 3
    kinds = [event.kind for event in await server.room.log.since(session["conversation_id"], 2)]
    assert kinds == [Kind.HANDOFF_REQUESTED, Kind.MESSAGE]


async def test_an_action_that_cannot_be_done_says_why(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        for name in ("leave_email", "open_the_safe"):
            await client.send({"type": "action", "cid": str(uuid4()), "name": name, "value": {}})
            nack = await client.until("nack")
            assert nack["code"] == "invalid"
            assert nack["message"]


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "empty"), (" \n\t ", "empty"), ("a" * 10_001, "too_long")],
)
async def test_a_body_that_cannot_be_used_gets_a_sentence_and_the_chat_goes_on(
    server: Server, body: str, code: str
) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.send(send(body))
        nack = await client.until("nack")
        assert nack["code"] == code
        assert nack["message"].endswith((".", "części."))
        await client.send(send("a" * 10_000))
        assert (await client.until("ack"))["seq"] == 3


async def test_too_many_messages_are_slowed_down_and_told_when(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        for _ in range(25):
            await client.send(send("hi"))
        nack = await client.until("nack")
        assert nack["code"] == "rate_limited"
        assert 1 <= nack["retry_after"] <= 60


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", 4400),
        ("[]", 4400),
        ("{}", 4400),
        ('{"type": "send"}', 4400),
        ('{"type": "dance", "cid": "1"}', 4400),
        ('{"type": "send", "cid": "not a uuid", "body": "x"}', 4400),
        ("[" * 30_000, 4400),
        (json.dumps(send("a" * 70_000)), 1009),
        (json.dumps(send("ż" * 40_000), ensure_ascii=False), 1009),
    ],
)
async def test_a_malformed_frame_gets_an_error_frame_and_a_close_code(
    server: Server, text: str, code: int
) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg")
        await client.line.send(text)
        error = await client.until("error")
        assert error["fatal"] is True
        assert "Traceback" not in error["message"]
        assert await client.close_code() == code


async def test_binary_frames_are_refused(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.line.send(b"\x00\x01")
        await client.until("error")
        assert await client.close_code() == 4400


async def test_a_socket_needs_a_hello_with_a_good_token_first(server: Server) -> None:
    session = await server.session()
    other = await server.session()
    frames = [
        send("hi"),
        hello(session) | {"token": "forged"},
        hello(session) | {"token": session["resume"]},
        hello(session) | {"conversation_id": other["conversation_id"]},
    ]
    for frame in frames:
        async with server.socket() as client:
            await client.send(frame)
            assert (await client.until("error"))["code"] == "unauthenticated"
            assert await client.close_code() == 4401


async def test_another_version_is_told(server: Server) -> None:
    session = await server.session()
    async with server.socket() as client:
        await client.send(hello(session) | {"v": 2})
        assert (await client.until("error"))["fatal"] is True
        assert await client.close_code() == 4400


async def test_an_expired_token_ends_the_socket_until_a_fresh_one_comes(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg")
        server.room.clock.advance(timedelta(minutes=16))
        server.room.hub.wake(session["conversation_id"])
        assert (await client.until("bye"))["reason"] == "expired"
        assert await client.close_code() == 4401
    fresh = await server.session(resume=session["resume"])
    assert fresh["conversation_id"] == session["conversation_id"]
    async with server.chat(fresh, since=2) as client:
        await client.send(send("still here"))
        await client.until("ack")


async def test_a_foreign_page_may_not_open_a_socket(server: Server) -> None:
    async with server.socket(origin="https://evil.example") as client:
        assert (await client.until("error"))["code"] == "forbidden"
        assert await client.close_code() == 4403


async def test_stopping_says_goodbye(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.until("msg")
        stopping = asyncio.create_task(server.room.sockets.stop())
        assert (await client.until("bye"))["reason"] == "shutdown"
        assert await client.close_code() == 1001
        await stopping
    assert server.room.sockets.open_count == 0


async def test_halves_of_characters_and_nul_are_stored_as_something(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        # Escaped, as JSON.stringify writes it.
        await client.line.send(json.dumps(send("a\ud800b\x00c")))
        await client.until("ack")
        shown = await client.until("msg", seq=3)
        assert shown["body"] == "a?b\ufffdc"


def _naughty() -> list[str]:
    import os

    folder = Path(os.environ.get("OKIENKO_EVAL_DATA", "../shared/data"))
    path = folder / "naughty_strings.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here: set OKIENKO_EVAL_DATA to the folder of the evaluation data")
    return [str(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").split("\n") if line]


async def test_no_string_breaks_the_chat(server: Server) -> None:
    texts = [text for text in _naughty() if text.strip()]
    session = await server.session()
    server.room.intake._messages_per_minute = 0
    async with server.chat(session, since=2) as client:
        await client.until("welcome")
        cids = {str(uuid4()): text for text in texts}

        async def write() -> None:
            for cid, text in cids.items():
                await client.send(send(text, cid))

        writing = asyncio.create_task(write())
        shown: dict[str, str] = {}
        while len(shown) < len(cids):
            frame = await client.next()
            assert frame["type"] in ("ack", "msg")
            if frame["type"] == "msg":
                shown[frame["cid"]] = frame["body"]
        await writing
    assert shown == {cid: text.replace("\x00", "\ufffd") for cid, text in cids.items()}


async def test_a_seq_beyond_every_database_is_malformed_not_a_failure(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        await client.send({"type": "seen", "seq": 2**63})
        assert (await client.until("error"))["code"] == "invalid_input"
        assert await client.close_code() == 4400
    query = {"conversation_id": session["conversation_id"], "since": 2**63}
    head = {"Authorization": f"Bearer {session['token']}"}
    assert (await server.http.get("/v1/events", params=query, headers=head)).status_code == 422


async def test_a_client_that_begins_anew_all_the_time_is_sent_away(server: Server) -> None:
    session = await server.session()
    async with server.chat(session) as client:
        with suppress(websockets.ConnectionClosed):
            for _ in range(HELLOS_PER_MINUTE + 1):
                await client.send(hello(session))
        assert (await client.until("error"))["code"] == "rate_limited"
        assert await client.close_code() == 1013


async def be_impatient(database: Database) -> None:
    """Let what writes in one go wait for another process for a moment only."""
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=20"))


async def test_a_locked_database_refuses_a_message_and_the_chat_goes_on(server: Server) -> None:
    session = await server.session()
    database = server.room.database
    if database.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite's file is locked by whoever writes")
    await be_impatient(database)
    async with server.chat(session) as client:
        await client.until("msg")
        with closing(sqlite3.connect(str(database.engine.url.database))) as other:
            other.execute("BEGIN IMMEDIATE")
            await client.send({"type": "seen", "seq": 2})
            await client.send(send("halo"))
            nack = await client.until("nack")
            reply = await server.http.post("/v1/session", json={"site_key": "key"})
            other.rollback()
        assert (nack["code"], nack["retry_after"]) == ("unavailable", 2)
        assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
        assert "another process" in reply.json()["message"]
        await client.send(send("halo"))
        await client.until("ack")


async def test_a_body_that_never_ends_is_not_waited_for(server: Server, monkeypatch: Any) -> None:
    monkeypatch.setattr("conversation.polling.BODY_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{")
    async with asyncio.timeout(5):
        assert b" 400 " in await reader.readline()
    writer.close()


async def test_a_session_is_asked_for_in_few_words(server: Server) -> None:
    reply = await server.http.post("/v1/session", content=b" " * 100_000)
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")
