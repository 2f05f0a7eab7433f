"""A form that names an order: its last day and doubts for the shop's people, and nothing for who sent it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from customer.batch import ImportBatch
from customer.model import Customer, OrderStatus
from customer.request import CustomerRequest
from foundation.clock import SettableClock
from foundation.language import Language
from server.app import create_app
from server.house import open_house
from server.settings import Settings
from tests.assistant.fakes import order
from tests.server.test_desk import PAGE, Shop

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
ANNA = Customer("anna", "Anna Nowak", "Anna@example.com", Language.PL)
BOOTS = replace(
    order("AB-1001", OrderStatus.DELIVERED, expected_on=None), delivered_at=NOW - timedelta(days=3)
)
OLD = replace(BOOTS, number="AB-0500", delivered_at=NOW - timedelta(days=60))
FIELDS = {
    "cid": "6f1c1bb0-6cc4-4a38-8a8a-2f0f0b6f0d11",
    "order_number": "ab 1001",
    "email": "anna@EXAMPLE.com",
    "words": "Odkleiła się podeszwa.",
    "thing": "Buty",
    "things": "",
    "step": "confirm",
}


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def opened(stack: AsyncExitStack, folder: Path, *, with_orders: bool) -> Shop:
    settings = Settings(data_dir=folder)
    house = await stack.enter_async_context(open_house(settings, SettableClock(NOW)))
    if with_orders:
        await house.orders.save(ImportBatch((ANNA,), (BOOTS, OLD)))
    return Shop(house, create_app(house), stack)


async def sent(shop: Shop, path: str, **fields: str) -> tuple[bytes, CustomerRequest]:
    """Post a form; return its page and what the shop keeps."""
    client = await shop.client()
    parts: dict[str, Any] = {name: (None, value) for name, value in (FIELDS | fields).items()}
    done = await client.post(path, files=parts, headers=PAGE | {"Accept-Language": "pl"})
    assert done.status_code == 200
    return done.content, (await shop.house.requests.open())[-1]


async def test_a_withdrawal_carries_its_last_day(stack: AsyncExitStack, tmp_path: Path) -> None:
    shop = await opened(stack, tmp_path, with_orders=True)
    _, kept = await sent(shop, "/withdraw")
    assert (kept.last_day, kept.doubts, kept.customer_id) == (date(2026, 11, 30), (), "anna")
    assert kept.order_number == "ab 1001"
    assert [one.number for one in await shop.house.requests.of_customer("anna")] == [kept.number]


async def test_and_what_a_person_should_look_at(stack: AsyncExitStack, tmp_path: Path) -> None:
    shop = await opened(stack, tmp_path, with_orders=True)
    _, kept = await sent(shop, "/withdraw", order_number="AB-0500")
    assert kept.doubts == ("after_last_day",)
    assert kept.last_day is not None
    assert kept.last_day < NOW.date()


async def test_a_complaint_is_the_customers(stack: AsyncExitStack, tmp_path: Path) -> None:
    shop = await opened(stack, tmp_path, with_orders=True)
    _, kept = await sent(shop, "/complaint")
    assert (kept.customer_id, kept.last_day, kept.doubts) == ("anna", None, ())


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "eve@example.com"},
        {"order_number": "AB-9999"},
        {"order_number": ""},
        {"email": ""},
        {"order_number": "%", "email": "%"},
    ],
)
@pytest.mark.parametrize("path", ["/withdraw", "/complaint"])
async def test_what_does_not_fit_is_looked_at_as_typed(
    stack: AsyncExitStack, tmp_path: Path, path: str, fields: dict[str, str]
) -> None:
    shop = await opened(stack, tmp_path, with_orders=True)
    _, kept = await sent(shop, path, **fields)
    assert (kept.customer_id, kept.last_day, kept.doubts) == (None, None, ())


@pytest.mark.parametrize("path", ["/withdraw", "/complaint"])
@pytest.mark.parametrize("number", ["AB-1001", "AB-0500"])
async def test_who_sent_it_cannot_tell(stack: AsyncExitStack, tmp_path: Path, path: str, number: str) -> None:
    known = await opened(stack, tmp_path / "known", with_orders=True)
    unknown = await opened(stack, tmp_path / "unknown", with_orders=False)
    (page, kept), (other, bare) = [await sent(shop, path, order_number=number) for shop in (known, unknown)]
    assert page == other
    assert re.search(rb"(?:ZW|RK)-2026-00001", page)
    assert (kept.customer_id, bare.customer_id) == ("anna", None)
    letters = [(await shop.house.outbox.waiting())[0] for shop in (known, unknown)]
    assert letters[0].body == letters[1].body
    assert letters[0].subject == letters[1].subject
    assert letters[0].to_address == letters[1].to_address
