"""An owner erases a person on a page, in two steps; nobody else may, and nothing happens at the first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from customer.batch import ImportBatch
from customer.model import Customer
from foundation.language import Language
from foundation.staff import Role
from server.app import create_app
from server.house import open_house
from server.settings import Settings
from tests.assistant.fakes import order
from tests.server.test_desk import PAGE, AtDesk, Shop, Shopper

ANNA = Customer("anna", "Anna Nowak", "anna@example.com", Language.PL)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_house(Settings(data_dir=tmp_path / "data")) as house, AsyncExitStack() as stack:
        await house.orders.save(ImportBatch((ANNA,), (order("AB-1001"), order("AB-1002"))))
        yield Shop(house, create_app(house), stack)


async def post(owner: AtDesk, language: str = "pl", **fields: str) -> httpx.Response:
    return await owner.client.post(
        "/owner/privacy", data=fields | {"csrf": owner.csrf}, headers=PAGE | {"Accept-Language": language}
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("Zniknie: anna", "Zamówienia</th><td>2</td>", "Usuń na zawsze", "Usunięte: anna")),
        ("en", ("This would be erased: anna", "Orders</th><td>2</td>", "Erase for good", "Erased: anna")),
    ],
)
async def test_first_it_is_counted_then_done(shop: Shop, language: str, words: tuple[str, ...]) -> None:
    owner = await shop.at_desk("Olga", Role.OWNER)
    assert (await owner.client.get("/owner/privacy", headers=PAGE)).status_code == 200
    looked = await post(owner, language, customer_id=" anna ")
    assert [word in looked.text for word in words] == [True, True, True, False]
    assert await shop.house.orders.customer("anna") == ANNA
    done = await post(owner, language, customer_id="anna", step="erase")
    assert [word in done.text for word in words] == [False, True, False, True]
    assert await shop.house.orders.customer("anna") is None
    assert (await post(owner, language, customer_id="anna", step="erase")).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 400, "Podaj identyfikator"),
        ({"email": "<b>nie"}, 400, "&lt;b&gt;nie"),
        ({"email": "nikt@example.com"}, 404, "Niczego o tej osobie"),
        ({"customer_id": '"><script>'}, 404, "&#34;&gt;&lt;script&gt;"),
    ],
)
async def test_what_is_no_person_is_said(shop: Shop, fields: dict[str, str], status: int, said: str) -> None:
    reply = await post(await shop.at_desk("Olga", Role.OWNER), **fields)
    assert reply.status_code == status
    assert said in reply.text
    assert "<script>" not in reply.text.partition("<main")[2]


async def test_every_page_still_opens(shop: Shop) -> None:
    shopper = await Shopper(await shop.client()).open()
    await shopper.say("czy macie saunę na dachu i kangura?")
    while await shop.house.worker.work_once():
        pass
    await shopper.send(type="action", name="leave_email", value={"email": "gosc@example.com"})
    ewa = await shop.at_desk("Ewa", Role.AGENT)
    await ewa.do(shopper.id, "take")
    await ewa.write(shopper.id, "reply", "Nie mamy kangura.")
    await ewa.write(shopper.id, "note", "Dziwne pytanie o kangura.")
    await shopper.send(type="action", name="resolve")
    asked = next(event for event in await shopper.sees() if event.get("kind") == "rating_requested")
    await shopper.send(type="rate", request_seq=asked["seq"], score=1, comment="kangur!")
    owner = await shop.at_desk("Olga", Role.OWNER)
    pages = (
        "/owner",
        "/owner/gaps",
        "/owner/conversations?q=kangur",
        "/owner/conversations",
        f"/owner/conversations/{shopper.id}",
        "/desk",
        f"/desk/c/{shopper.id}",
        f"/desk/c/{shopper.id}/events?since=0&wait=0",
        f"/desk/c/{shopper.id}/customer",
        "/desk/list?tab=all&wait=0",
    )
    before = "".join([(await owner.client.get(page, headers=PAGE)).text for page in pages])
    assert "kangura" in before
    done = await post(owner, email="gosc@example.com", step="erase")
    assert "Usunięte" in done.text
    for page in pages:
        reply = await owner.client.get(page, headers=PAGE)
        assert reply.status_code == 200, page
        assert "kangura" not in reply.text, page
        assert "kangur!" not in reply.text, page
    for sheet in ("/owner/gaps.csv", "/owner/conversations.csv", f"/owner/conversations/{shopper.id}.csv"):
        assert "kangur" not in (await owner.client.get(sheet)).text


async def test_for_owners_with_their_token_only(shop: Shop) -> None:
    stranger = await shop.client()
    assert (await stranger.get("/owner/privacy")).status_code == 401
    agent = await shop.at_desk("Ewa", Role.AGENT)
    assert (await agent.client.get("/owner/privacy")).status_code == 403
    assert (await post(agent, customer_id="anna", step="erase")).status_code == 403
    owner = await shop.at_desk("Olga", Role.OWNER)
    forged = {"customer_id": "anna", "step": "erase"}
    assert (await owner.client.post("/owner/privacy", data=forged)).status_code == 403
    assert await shop.house.orders.customer("anna") == ANNA
