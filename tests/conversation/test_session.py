"""Sessions: who gets which conversation back; and the HTTP edge."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

from conversation.events import Kind
from tests.conversation.conftest import ORIGIN, Server


async def test_a_guest_gets_a_session_with_its_disclosure(server: Server) -> None:
    session = await server.session(locale="en-GB")
    assert session["disclosure"] == "disclosure in en"
    assert session["identity"] == "guest"
    assert session["expires_in"] <= 900
    assert (session["head"], session["language"], session["status"]) == (2, "en", "pending")


async def test_an_unknown_locale_gets_the_shops_language(server: Server) -> None:
    assert (await server.session(locale="de"))["language"] == "pl"


async def test_resume_brings_the_conversation_back(server: Server) -> None:
    first = await server.session()
    again = await server.session(resume=first["resume"])
    assert again["conversation_id"] == first["conversation_id"]
    server.room.clock.advance(timedelta(days=29))
    assert (await server.session(resume=again["resume"]))["conversation_id"] == first["conversation_id"]


async def test_a_forged_or_old_resume_begins_anew(server: Server) -> None:
    first = await server.session()
    for resume in ("nonsense", first["token"], ""):
        assert (await server.session(resume=resume))["conversation_id"] != first["conversation_id"]
    server.room.clock.advance(timedelta(days=31))
    assert (await server.session(resume=first["resume"]))["conversation_id"] != first["conversation_id"]


async def test_a_known_customer_is_greeted_and_recorded(server: Server) -> None:
    session = await server.session(identity_token="for:c1:Anna")
    assert (session["identity"], session["customer_name"]) == ("customer", "Anna")
    events = await server.room.log.since(session["conversation_id"], 0)
    assert [event.kind for event in events] == [Kind.DISCLOSURE, Kind.CUSTOMER_IDENTIFIED, Kind.MESSAGE]
    conversation = await server.room.log.conversation(session["conversation_id"])
    assert conversation.customer_id == "c1"


async def test_a_forged_identity_is_refused_and_the_chat_goes_on_as_a_guest(server: Server) -> None:
    for token in ("forged", ""):
        session = await server.session(identity_token=token)
        assert session["identity"] == "refused"
        conversation = await server.room.log.conversation(session["conversation_id"])
        assert conversation.customer_id is None


async def test_signing_in_keeps_a_guests_conversation(server: Server) -> None:
    guest = await server.session()
    known = await server.session(resume=guest["resume"], identity_token="for:c1:Anna")
    assert known["conversation_id"] == guest["conversation_id"]
    kinds = [event.kind for event in await server.room.log.since(guest["conversation_id"], 2)]
    assert kinds == [Kind.CUSTOMER_IDENTIFIED]
    again = await server.session(resume=known["resume"], identity_token="for:c1:Anna")
    assert again["head"] == known["head"], "identified once"


async def test_a_guests_token_is_worth_nothing_once_the_conversation_is_a_customers(server: Server) -> None:
    guest = await server.session()
    known = await server.session(resume=guest["resume"], identity_token="for:c1:Anna")
    where = {"conversation_id": guest["conversation_id"], "since": 0}
    for session, status in ((guest, 401), (known, 200)):
        auth = {"Authorization": f"Bearer {session['token']}"}
        assert (await server.http.get("/v1/events", params=where, headers=auth)).status_code == status


async def test_nobody_else_gets_a_customers_conversation(server: Server) -> None:
    anna = await server.session(identity_token="for:c1:Anna")
    for identity in (None, "forged", "for:c2:Ewa"):
        other = await server.session(resume=anna["resume"], identity_token=identity)
        assert other["conversation_id"] != anna["conversation_id"]


async def test_a_wrong_site_key_or_page_is_refused(server: Server) -> None:
    wrong = await server.http.post("/v1/session", json={"site_key": "other"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "forbidden")
    foreign = await server.http.post(
        "/v1/session", json={"site_key": "key"}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    own = await server.http.post("/v1/session", json={"site_key": "key"}, headers={"Origin": ORIGIN})
    assert own.status_code == 200


async def test_sessions_are_limited_by_address(server: Server) -> None:
    codes = [(await server.http.post("/v1/session", json={"site_key": "key"})).status_code for _ in range(55)]
    assert codes[0] == 200
    assert codes[-1] == 429


async def test_the_same_chat_works_without_a_socket(server: Server) -> None:
    session = await server.session()
    auth = {"Authorization": f"Bearer {session['token']}"}
    where = {"conversation_id": session["conversation_id"], "since": 2}
    frame = {"type": "send", "cid": str(uuid4()), "body": "hi"}
    waiting = asyncio.create_task(
        server.http.get("/v1/events", params=where | {"wait": 20}, headers=auth, timeout=30)
    )
    body = {"conversation_id": session["conversation_id"], "frame": frame}
    posted = await server.http.post("/v1/messages", json=body, headers=auth)
    assert posted.json() == {"frames": [{"type": "ack", "cid": frame["cid"], "seq": 3}]}
    reply = (await waiting).json()
    assert reply["head"] == 3
    assert [(f["type"], f["seq"], f["body"]) for f in reply["frames"]] == [("msg", 3, "hi")]


async def test_stopping_ends_a_long_poll(server: Server) -> None:
    session = await server.session()
    auth = {"Authorization": f"Bearer {session['token']}"}
    where: dict[str, str | int] = {"conversation_id": session["conversation_id"], "since": 2, "wait": 25}
    waiting = asyncio.create_task(server.http.get("/v1/events", params=where, headers=auth, timeout=60))
    while not server.room.hub.listened_to(session["conversation_id"]):  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await server.room.sockets.stop()
        assert (await waiting).json()["frames"] == []


async def test_http_needs_the_token_of_this_conversation(server: Server) -> None:
    mine, other = await server.session(), await server.session()
    where = {"conversation_id": mine["conversation_id"], "since": 0}
    for header in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {other['token']}"}):
        assert (await server.http.get("/v1/events", params=where, headers=header)).status_code == 401
        frame = {"type": "send", "cid": str(uuid4()), "body": "hi"}
        posted = await server.http.post(
            "/v1/messages", json={"conversation_id": mine["conversation_id"], "frame": frame}, headers=header
        )
        assert posted.status_code == 401
    assert len(await server.room.log.since(mine["conversation_id"], 0)) == 2


async def test_http_bodies_that_are_no_frames_are_refused(server: Server) -> None:
    session = await server.session()
    auth = {"Authorization": f"Bearer {session['token']}"}
    for content in (b"", b"[", b"{}", b"\xff\xfe"):
        assert (await server.http.post("/v1/messages", content=content, headers=auth)).status_code == 400
    big = await server.http.post("/v1/messages", content=b"x" * 70_000, headers=auth)
    assert (big.status_code, big.json()["code"]) == (413, "too_large")
