"""The desk over HTTP, on the real application: lists, actions, two agents at once, polls, ended sessions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from conversation.events import Kind
from foundation.staff import Role, Staff
from server.app import create_app
from server.house import House, open_house
from server.settings import Settings
from server.staff import StaffBook
from server.staffing import remove_staff

PASSWORD = "zielone-okienko"
PAGE = {"Accept": "text/html"}


class Shopper:
    """Somebody in the chat, by the protocol's HTTP side."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.id, self.headers = "", {"Authorization": ""}

    async def open(self, identity_token: str | None = None) -> Shopper:
        body = {"site_key": "demo", "locale": "pl", "identity_token": identity_token}
        session = (await self.client.post("/v1/session", json=body)).json()
        self.id, self.headers = session["conversation_id"], {"Authorization": f"Bearer {session['token']}"}
        return self

    async def send(self, **frame: Any) -> None:
        post = {"conversation_id": self.id, "frame": {"cid": str(uuid4()), **frame}}
        answer = (await self.client.post("/v1/messages", json=post, headers=self.headers)).json()
        assert answer["frames"][0]["type"] == "ack", answer

    async def say(self, body: str) -> None:
        await self.send(type="send", body=body)

    async def ask_human(self) -> None:
        await self.send(type="ask_human")

    async def sees(self) -> list[dict[str, Any]]:
        reply = await self.client.get("/v1/events", params={"conversation_id": self.id}, headers=self.headers)
        frames: list[dict[str, Any]] = reply.json()["frames"]
        return frames


class AtDesk:
    """A member of staff at the desk."""

    def __init__(self, client: httpx.AsyncClient, staff: Staff) -> None:
        self.client, self.staff, self.csrf = client, staff, ""

    async def sign_in(self) -> None:
        data = {"email": self.staff.email, "password": PASSWORD}
        assert (await self.client.post("/login", data=data)).status_code == 303
        page = (await self.client.get("/desk", headers=PAGE)).text
        found = re.search(r'name="csrf" content="(\w+)"', page)
        assert found is not None
        self.csrf = found.group(1)

    async def do(self, conversation_id: str, act: str, **fields: str) -> httpx.Response:
        return await self.client.post(
            f"/desk/c/{conversation_id}/{act}", data=fields, headers={"X-CSRF-Token": self.csrf}
        )

    async def write(self, conversation_id: str, act: str, body: str, cid: str = "") -> httpx.Response:
        return await self.do(conversation_id, act, body=body, cid=cid or str(uuid4()))

    async def fetch_list(self, tab: str, etag: str = "", wait: float = 0) -> httpx.Response:
        return await self.client.get("/desk/list", params={"tab": tab, "etag": etag, "wait": wait})

    async def listed(self, tab: str) -> list[str]:
        return re.findall(r'data-case="([^"]+)"', (await self.fetch_list(tab)).text)

    async def events(self, conversation_id: str, since: int = 0, wait: float = 0, **more: Any) -> Any:
        params = {"since": since, "wait": wait, **more}
        reply = await self.client.get(f"/desk/c/{conversation_id}/events", params=params)
        assert reply.status_code == 200, reply.text
        return reply.json()


class Shop:
    """A running shop with two agents and an owner at their desks."""

    def __init__(self, house: House, app: FastAPI, stack: AsyncExitStack) -> None:
        self.house, self.app, self._stack = house, app, stack
        self.book = StaffBook(house.database, house.clock, hashing_kib=64)

    async def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app)
        opened = httpx.AsyncClient(transport=transport, base_url="http://okienko", timeout=30)
        return await self._stack.enter_async_context(opened)

    async def listened_to(self, topic: str) -> None:
        """Return once a poll listens."""
        while not self.house.hub.listened_to(topic):  # noqa: ASYNC110 - the hub tells listeners, not of them
            await asyncio.sleep(0)

    async def shopper(self, customer: str = "") -> Shopper:
        client = await self.client()
        token = None
        if customer:
            token = (await client.get("/demo/identity", params={"customer": customer})).json()[
                "identity_token"
            ]
        return await Shopper(client).open(token)

    async def at_desk(self, name: str, role: Role = Role.AGENT) -> AtDesk:
        staff = await self.book.add(f"{name.lower()}@shop.example", role, PASSWORD, name)
        agent = AtDesk(await self.client(), staff)
        await agent.sign_in()
        return agent


@pytest.fixture
async def shop(demo_data: Path) -> AsyncIterator[Shop]:
    async with open_house(Settings(data_dir=demo_data)) as house, AsyncExitStack() as stack:
        yield Shop(house, create_app(house), stack)


async def test_from_the_queue_to_resolved(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper("c-1001")
    await shopper.say("Przyszły dwa lewe buty")
    assert await ewa.listed("waiting") == []
    assert await ewa.listed("all") == [shopper.id]
    await shopper.ask_human()
    waiting = (await ewa.fetch_list("waiting")).text
    assert "Anna Zielińska" in waiting
    assert "Przyszły dwa lewe buty" in waiting
    assert "data-since=" in waiting

    assert (await ewa.write(shopper.id, "reply", "za wcześnie")).status_code == 403
    assert (await ewa.do(shopper.id, "take")).json() == {"done": "take"}
    assert await ewa.listed("waiting") == []
    assert await ewa.listed("mine") == [shopper.id]
    cid = str(uuid4())
    for _ in range(2):
        assert (await ewa.write(shopper.id, "reply", "Już sprawdzam.", cid)).status_code == 200
    assert (await ewa.write(shopper.id, "reply", "co innego", cid)).status_code == 409
    assert (await ewa.write(shopper.id, "note", "Magazyn się pomylił")).status_code == 200
    seen = await shopper.sees()
    said = [frame["body"] for frame in seen if frame["type"] == "msg" and frame["author"]["name"] == "Ewa"]
    assert said == ["Już sprawdzam."]
    assert "Magazyn" not in str(seen)
    staff_view = await ewa.events(shopper.id)
    assert "Magazyn się pomylił" in str(staff_view)
    assert [frame["seq"] for frame in staff_view["frames"]] == list(range(1, staff_view["head"] + 1))

    assert (await ewa.do(shopper.id, "resolve")).status_code == 200
    assert await ewa.listed("mine") == []
    kinds = [frame.get("kind") for frame in await shopper.sees()]
    assert Kind.AGENT_LEFT in kinds
    assert Kind.RATING_REQUESTED in kinds


async def test_the_page_shows_the_customer_and_what_happened(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper("c-1001")
    await shopper.say("Gdzie jest moja paczka?")
    await shopper.ask_human()
    await shopper.send(type="action", name="leave_email", value={"email": "anna@example.com"})
    page = (await ewa.client.get(f"/desk/c/{shopper.id}", headers=PAGE | {"Accept-Language": "pl"})).text
    orders = await shop.house.orders.orders_of("c-1001")
    for number in [order.number for order in orders[:5]]:
        assert number in page
    for words in ("Gdzie jest moja paczka?", "anna@example.com", "Poczta nie jest ustawiona", "Przejmij"):
        assert words in page
    part = await ewa.client.get(f"/desk/c/{shopper.id}", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "okienko-thread" in part.text
    english = await ewa.client.get(f"/desk/c/{shopper.id}/customer", headers={"Accept-Language": "en"})
    assert "First question" in english.text
    missing = await ewa.client.get(f"/desk/c/{uuid4()}", headers=PAGE | {"Accept-Language": "pl"})
    assert (missing.status_code, "Nie ma takiej strony" in missing.text) == (404, True)


async def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told_who(shop: Shop) -> None:
    ewa, jan = await shop.at_desk("Ewa"), await shop.at_desk("Jan")
    for _ in range(5):
        shopper = await shop.shopper()
        await shopper.ask_human()
        replies = await asyncio.gather(ewa.do(shopper.id, "take"), jan.do(shopper.id, "take"))
        statuses = [reply.status_code for reply in replies]
        assert sorted(statuses) == [200, 409]
        winner, loser = (ewa, jan) if statuses[0] == 200 else (jan, ewa)
        told = replies[statuses.index(409)].json()
        assert (told["code"], told["owner"]) == ("conflict", winner.staff.name)
        for act in ("reply", "resolve", "hand-back"):
            refused = await loser.write(shopper.id, act, "wtrącam się")
            assert (refused.status_code, refused.json()["owner"]) in (
                (403, winner.staff.name),
                (409, winner.staff.name),
            )
        assert (await loser.write(shopper.id, "note", "mogę notować")).status_code == 200
        assert "wtrącam" not in str(await shopper.sees())


async def test_handed_back_with_a_note(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    await shopper.ask_human()
    await ewa.do(shopper.id, "take")
    assert (await ewa.do(shopper.id, "hand-back", note="  tylko pytanie o zwrot ")).status_code == 200
    assert await ewa.listed("mine") == []
    notes = [frame for frame in (await ewa.events(shopper.id))["frames"] if frame.get("kind") == "note"]
    assert [note["content"]["body"] for note in notes] == ["tylko pytanie o zwrot"]
    last = [frame for frame in await shopper.sees() if frame.get("kind") == "disclosure"][-1]
    assert last["content"]["speaker"] == "assistant"


async def test_the_list_waits_for_news_and_says_nothing_when_there_is_none(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    etag = re.search(r'data-etag="(\w+)"', (await ewa.fetch_list("waiting")).text)
    assert etag is not None
    assert (await ewa.fetch_list("waiting", etag.group(1))).status_code == 204
    poll = asyncio.create_task(ewa.fetch_list("waiting", etag.group(1), wait=20))
    await shop.listened_to("desk")
    await shopper.ask_human()
    async with asyncio.timeout(5):
        assert shopper.id in (await poll).text


async def test_the_thread_waits_for_the_shoppers_words_and_marks_them_read(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    await shopper.ask_human()
    await shopper.say("halo?")
    assert "chat-unread" in (await ewa.fetch_list("waiting")).text
    head = (await ewa.events(shopper.id))["head"]
    assert "chat-unread" in (await ewa.fetch_list("waiting")).text
    poll = asyncio.create_task(ewa.events(shopper.id, since=head, wait=20, visible=True))
    await shop.listened_to(shopper.id)
    assert "chat-unread" not in (await ewa.fetch_list("waiting")).text
    await shopper.say("jest tam kto?")
    async with asyncio.timeout(5):
        assert [frame["body"] for frame in (await poll)["frames"]] == ["jest tam kto?"]
    assert "chat-unread" in (await ewa.fetch_list("waiting")).text


async def test_an_ended_session_is_gone_within_seconds_polls_too(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    head = (await ewa.events(shopper.id))["head"]
    params: dict[str, Any] = {"since": head, "wait": 25}
    poll = asyncio.create_task(ewa.client.get(f"/desk/c/{shopper.id}/events", params=params))
    await shop.listened_to(shopper.id)
    # Ended in another process: nothing here is woken by it.
    await shop.book.end_sessions(ewa.staff.id)
    async with asyncio.timeout(5):
        assert (await poll).status_code == 401
    assert (await ewa.do(shopper.id, "take")).status_code == 401
    assert (await ewa.client.get("/desk", headers=PAGE)).headers["location"].startswith("/login")


async def test_nobody_else_gets_in(shop: Shop) -> None:
    shopper, ewa = await shop.shopper(), await shop.at_desk("Ewa")
    for path in ("/desk/list", f"/desk/c/{shopper.id}/events", f"/desk/c/{shopper.id}/customer"):
        assert (await shopper.client.get(path, headers=shopper.headers)).status_code == 401
    stranger = await shopper.client.post(f"/desk/c/{shopper.id}/take", headers=shopper.headers)
    assert stranger.status_code == 401
    ewa.csrf = "0" * 64
    assert (await ewa.do(shopper.id, "take")).status_code == 403
    assert await ewa.listed("mine") == []


async def test_what_makes_no_sense_is_refused_with_a_sentence(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    await ewa.do(shopper.id, "take")
    before = await ewa.events(shopper.id)
    for fields, status in (
        ({"body": "  ", "cid": "12345678"}, 400),
        ({"cid": "12345678"}, 400),
        ({"body": "treść"}, 400),
        ({"body": "treść", "cid": "x" * 65}, 400),
        ({"body": "x" * 10_001, "cid": "12345678"}, 413),
        ({"body": "x" * 200_000, "cid": "12345678"}, 413),
    ):
        refused = await ewa.do(shopper.id, "reply", **fields)
        assert (refused.status_code, refused.json()["message"][-1]) == (status, ".")
    assert await ewa.events(shopper.id) == before
    assert (await ewa.do(shopper.id, "dance")).status_code == 400
    assert (await ewa.do(str(uuid4()), "take")).status_code == 404


async def test_what_shoppers_type_is_text_on_the_desk(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    await shopper.say("<img src=x onerror=alert(1)> \"'><script>alert(2)</script> {{ 7*7 }}")
    await shopper.ask_human()
    for page in (
        (await ewa.fetch_list("waiting")).text,
        (await ewa.client.get(f"/desk/c/{shopper.id}")).text,
    ):
        assert "&lt;img src=x" in page
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page


async def test_who_is_removed_leaves_their_conversations_to_the_queue(shop: Shop) -> None:
    ewa, jan, shopper = await shop.at_desk("Ewa"), await shop.at_desk("Jan"), await shop.shopper()
    await shopper.ask_human()
    await ewa.do(shopper.id, "take")
    await remove_staff(shop.house.settings, "ewa@shop.example")
    assert (await ewa.fetch_list("mine")).status_code == 401
    assert await jan.listed("waiting") == [shopper.id]
    assert (await jan.do(shopper.id, "take")).status_code == 200
