"""Withdrawals and complaints: received once, numbered, confirmed by mail, shown with their clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from customer.request import (
    Complaining,
    CustomerRequest,
    RequestKind,
    RequestState,
    Wanted,
    Withdrawing,
    due_after,
)
from customer.request_desk import RequestDesk
from customer.requests import Received, Requests
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Conflict, InvalidInput, NotFound, TooLarge
from foundation.language import Language
from foundation.letter import Sender
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox
from server.migrate import migrate
from tests.lacking import lacking

SERVER = "postgresql+asyncpg://postgres@127.0.0.1:5432/"
THEN = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database as the migrations make it, of both kinds."""
    if request.param == "sqlite":
        opened = Database.in_folder(tmp_path)
        await migrate(opened)
        yield opened
        await opened.close()
        return
    name = f"okienko_test_{uuid4().hex}"
    if not await on_server(f"CREATE DATABASE {name}"):
        lacking("postgres", f"no PostgreSQL answers at {SERVER}")
    opened = Database(SERVER + name)
    try:
        await migrate(opened)
        yield opened
    finally:
        await opened.close()
        await on_server(f"DROP DATABASE {name}")


async def on_server(statement: str) -> bool:
    engine = create_async_engine(SERVER + "postgres", isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    except (OSError, SQLAlchemyError):
        return False
    finally:
        await engine.dispose()
    return True


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock, sender=Sender("Leśna Ścieżka", "pomoc@lesna.example"))


@pytest.fixture
def requests(outbox: Outbox) -> Requests:
    return Requests(outbox, Letterhead("Leśna Ścieżka"))


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> RequestDesk:
    return RequestDesk(database, clock)


def withdrawing(cid: str = "m1", **known: Any) -> Withdrawing:
    given: dict[str, Any] = {
        "conversation_id": "c1",
        "words": "Odstępuję od umowy.\nAnna  \U0001f97e",
        "received_at": THEN,
        "language": Language.PL,
        "order_number": "LS-2026-10457",
        "items": ("Buty Turnia",),
        "customer_id": "anna",
        "email": "anna@example.com",
        "doubts": ("item_unsure",),
        "last_day": date(2026, 12, 1),
    }
    return Withdrawing(cid=cid, **given | known)


def complaining(cid: str = "m2", **known: Any) -> Complaining:
    given: dict[str, Any] = {
        "conversation_id": "c1",
        "words": "Odkleiła się podeszwa.",
        "received_at": THEN,
        "language": Language.PL,
        "wanted": Wanted.REPAIR,
        "since": "od tygodnia",
        "photos": ("f-1", "f-2"),
        "customer_id": "anna",
        "email": "anna@example.com",
    }
    return Complaining(cid=cid, **given | known)


async def receive(database: Database, requests: Requests, given: Withdrawing | Complaining) -> Received:
    async with database.transaction() as connection:
        return await requests.receive(connection, given)


async def test_a_withdrawal_is_kept_as_it_came(
    database: Database, requests: Requests, desk: RequestDesk, outbox: Outbox
) -> None:
    received = await receive(database, requests, withdrawing())
    assert (received.is_new, received.mailed, received.problem) == (True, True, "")
    kept = await desk.find("ZW-2026-00001")
    assert kept == received.request
    assert kept == CustomerRequest(
        number="ZW-2026-00001",
        kind=RequestKind.WITHDRAWAL,
        conversation_id="c1",
        cid="m1",
        words="Odstępuję od umowy.\nAnna  \U0001f97e",
        received_at=THEN,
        due_at=datetime(2026, 12, 1, 23, tzinfo=UTC),
        language=Language.PL,
        order_number="LS-2026-10457",
        items=("Buty Turnia",),
        customer_id="anna",
        email="anna@example.com",
        doubts=("item_unsure",),
        last_day=date(2026, 12, 1),
    )
    (letter,) = await outbox.waiting()
    assert (letter.to_address, letter.subject, letter.body) == (
        "anna@example.com",
        received.receipt.subject,
        received.receipt.body,
    )
    assert letter.headers["Auto-Submitted"] == "auto-generated"
    assert (await desk.of_conversation("c1")) == [kept]


async def test_a_complaint_is_kept_as_it_came(
    database: Database, requests: Requests, desk: RequestDesk
) -> None:
    received = await receive(database, requests, complaining())
    kept = await desk.find("RK-2026-00001")
    assert kept == received.request
    assert (kept.wanted, kept.since, kept.photos) == (Wanted.REPAIR, "od tygodnia", ("f-1", "f-2"))
    assert kept.due_at == datetime(2026, 12, 1, 23, tzinfo=UTC)


async def test_the_same_twice_is_one_request(
    database: Database, requests: Requests, desk: RequestDesk, outbox: Outbox
) -> None:
    first = await receive(database, requests, withdrawing())
    second = await receive(database, requests, withdrawing())
    assert (second.is_new, second.request, second.mailed) == (False, first.request, True)
    assert second.receipt == first.receipt
    assert len(await desk.open()) == 1
    assert len(await outbox.waiting()) == 1


async def test_another_text_under_the_same_id_is_refused(database: Database, requests: Requests) -> None:
    await receive(database, requests, withdrawing())
    with pytest.raises(Conflict, match="another text"):
        await receive(database, requests, withdrawing(words="Nie odstępuję."))
    with pytest.raises(Conflict, match="another text"):
        await receive(database, requests, complaining("m1", words=withdrawing().words))


async def test_what_is_rolled_back_was_never_received(
    database: Database, requests: Requests, desk: RequestDesk, outbox: Outbox
) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012 - leaving the block is what is tested
        async with database.transaction() as connection:
            await requests.receive(connection, withdrawing())
            raise RuntimeError
    assert await desk.open() == []
    assert await outbox.waiting() == []


async def test_numbers_are_never_given_twice(
    database: Database, requests: Requests, desk: RequestDesk
) -> None:
    given = [withdrawing(f"w{i % 20}") for i in range(40)] + [complaining(f"k{i}") for i in range(20)]
    received = await asyncio.gather(*(receive(database, requests, one) for one in given))
    assert sum(one.is_new for one in received) == 40
    numbers = [request.number for request in await desk.open()]
    assert len(set(numbers)) == len(numbers) == 40
    assert {one.request.number for one in received} == set(numbers)


async def test_each_year_and_series_counts_for_itself(database: Database, requests: Requests) -> None:
    # A quarter to midnight of UTC is the new year in Warsaw.
    moments = [datetime(2026, 12, 31, 22, 45, tzinfo=UTC), datetime(2026, 12, 31, 23, 45, tzinfo=UTC)]
    given = [withdrawing(f"m{i}", received_at=moments[i // 2]) for i in range(4)]
    given_numbers = [(await receive(database, requests, one)).request.number for one in given]
    assert given_numbers == ["ZW-2026-00001", "ZW-2026-00002", "ZW-2027-00001", "ZW-2027-00002"]
    complaint = await receive(database, requests, complaining("k1", received_at=moments[1]))
    assert complaint.request.number == "RK-2027-00001"


@pytest.mark.parametrize("email", [None, "", "to nie adres", "a@b@c", "x" * 300 + "@example.com"])
async def test_no_address_stands_before_a_withdrawal(
    database: Database, requests: Requests, desk: RequestDesk, outbox: Outbox, email: str | None
) -> None:
    bare = withdrawing(email=email, order_number="", items=(), customer_id=None)
    received = await receive(database, requests, bare)
    assert (received.is_new, received.mailed) == (True, False)
    assert bool(received.problem) is bool(email)
    assert (await desk.find(received.request.number)).email is None
    assert await outbox.waiting() == []
    async with database.transaction() as connection:
        assert await requests.send_receipt(connection, "c1", "anna@example.com") == 1
    async with database.transaction() as connection:
        assert await requests.send_receipt(connection, "c1", "ktos@example.com") == 0
    (letter,) = await outbox.waiting()
    assert (letter.to_address, letter.body) == ("anna@example.com", received.receipt.body)
    assert (await desk.find(received.request.number)).email == "anna@example.com"


async def test_a_receipt_goes_to_an_address_only(database: Database, requests: Requests) -> None:
    await receive(database, requests, withdrawing(email=None))
    async with database.transaction() as connection:
        with pytest.raises(InvalidInput, match="not an e-mail address"):
            await requests.send_receipt(connection, "c1", "nie mam")


async def test_requests_of_no_conversation_belong_to_nobodys(
    database: Database, requests: Requests, desk: RequestDesk
) -> None:
    received = await receive(database, requests, withdrawing(str(uuid4()), conversation_id="", email=None))
    assert await desk.of_conversation("") == []
    async with database.transaction() as connection:
        assert await requests.send_receipt(connection, "", "ktos@example.com") == 0
        assert (await desk.erase_conversation(connection, "")).erased == ()
    assert (await desk.find(received.request.number)).conversation_id == ""


async def test_open_ones_come_by_what_is_due_first(
    database: Database, requests: Requests, desk: RequestDesk
) -> None:
    for cid, days in (("m1", 3), ("m2", 0), ("m3", 7)):
        await receive(database, requests, complaining(cid, received_at=THEN + timedelta(days=days)))
    assert [one.cid for one in await desk.open()] == ["m2", "m1", "m3"]
    assert [one.cid for one in await desk.open(limit=2)] == ["m2", "m1"]
    begun = await desk.begin("RK-2026-00001", "ewa")
    assert (begun.state, begun.handled_by, begun.settled_at) == (RequestState.IN_PROGRESS, "ewa", None)
    assert len(await desk.open()) == 3


async def test_a_settled_request_stays_settled(
    database: Database, requests: Requests, desk: RequestDesk, clock: SettableClock
) -> None:
    number = (await receive(database, requests, complaining())).request.number
    settled = await desk.settle(number, "olga")
    assert (settled.state, settled.handled_by) == (RequestState.SETTLED, "olga")
    assert settled.settled_at == clock.now()
    assert await desk.open() == []
    for change in (desk.settle, desk.begin):
        with pytest.raises(Conflict, match="settled before"):
            await change(number, "ewa")
        with pytest.raises(NotFound):
            await change("RK-2026-09999", "ewa")
    assert await desk.find(number) == settled


@pytest.mark.parametrize(
    ("now", "days", "warned", "overdue"),
    [
        (THEN, 14, False, False),
        (datetime(2026, 11, 27, 22, 59, tzinfo=UTC), 4, False, False),
        (datetime(2026, 11, 27, 23, 0, tzinfo=UTC), 3, True, False),
        (datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC), 0, True, False),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), -1, True, True),
        (datetime(2026, 12, 10, 12, 0, tzinfo=UTC), -9, True, True),
    ],
)
def test_the_clock_of_a_request(now: datetime, days: int, warned: bool, overdue: bool) -> None:
    request = CustomerRequest(
        "RK-2026-00001", RequestKind.COMPLAINT, "c1", "m1", "…", THEN, due_after(THEN), Language.PL
    )
    left = request.time_left(now)
    assert (left.days, left.warned, left.overdue) == (days, warned, overdue)


def test_the_clock_runs_by_days_of_warsaw() -> None:
    late_evening = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight on the 25th, summer time
    assert due_after(late_evening) == datetime(2026, 11, 8, 23, tzinfo=UTC)  # the 8th, in winter time


async def test_a_customer_gets_their_data(
    database: Database, requests: Requests, desk: RequestDesk, clock: SettableClock
) -> None:
    await receive(database, requests, complaining(received_at=THEN + timedelta(hours=1)))
    await receive(database, requests, withdrawing())
    await receive(database, requests, withdrawing("m9", customer_id="jan"))
    first, second = await desk.export_customer("anna")
    assert first == {
        "number": "ZW-2026-00001",
        "kind": "withdrawal",
        "state": "received",
        "conversation_id": "c1",
        "received_at": "2026-11-17T11:00:00+00:00",
        "due_at": "2026-12-01T23:00:00+00:00",
        "settled_at": None,
        "customer_id": "anna",
        "order_number": "LS-2026-10457",
        "words": withdrawing().words,
        "language": "pl",
        "email": "anna@example.com",
        "items": ["Buty Turnia"],
        "doubts": ["item_unsure"],
        "photos": [],
        "last_day": "2026-12-01",
        "wanted": None,
        "since": "",
    }
    assert second["number"] == "RK-2026-00001"
    assert await desk.export_customer("nobody") == []


async def test_a_customer_is_erased_once_the_shop_owes_nothing(
    database: Database, requests: Requests, desk: RequestDesk
) -> None:
    for given in (withdrawing(), complaining(), withdrawing("m9", customer_id="jan")):
        await receive(database, requests, given)
    settled = await desk.settle("ZW-2026-00001", "ewa")
    async with database.transaction() as connection:
        erasure = await desk.erase_customer(connection, "anna")
    assert (erasure.erased, erasure.kept) == (("ZW-2026-00001",), ("RK-2026-00001",))
    left = await desk.find("ZW-2026-00001")
    assert left.receipt_id is None
    assert left == CustomerRequest(
        number="ZW-2026-00001",
        kind=RequestKind.WITHDRAWAL,
        conversation_id="",
        cid="ZW-2026-00001",
        words="",
        received_at=THEN,
        due_at=settled.due_at,
        language=Language.PL,
        state=RequestState.SETTLED,
        handled_by="ewa",
        settled_at=settled.settled_at,
    )
    assert [one["number"] for one in await desk.export_customer("anna")] == ["RK-2026-00001"]
    assert (await desk.find("ZW-2026-00002")).words == withdrawing().words
    # Guests are known by their conversation only.
    await desk.settle("RK-2026-00001", "ewa")
    async with database.transaction() as connection:
        erasure = await desk.erase_conversation(connection, "c1")
    assert (erasure.erased, erasure.kept) == (("RK-2026-00001",), ("ZW-2026-00002",))


@pytest.mark.parametrize(
    "given",
    [
        {"words": " \n"},
        {"cid": ""},
        {"received_at": datetime(2026, 11, 17)},  # noqa: DTZ001 - a naive moment is what is refused
        {"words": "x" * 20_001},
        {"items": ("x",) * 101},
    ],
)
def test_what_is_no_request_is_said(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        replace(withdrawing(), **given)


def test_a_complaint_has_so_many_photos() -> None:
    with pytest.raises(TooLarge, match="20 photos"):
        complaining(photos=("f",) * 21)


async def test_text_that_no_database_takes_is_marked(
    database: Database, requests: Requests, desk: RequestDesk, outbox: Outbox
) -> None:
    odd = withdrawing(
        words="Odstępuję\x00 od umowy \ud800",
        order_number="LS\r\nBcc: x@y.example\x00",
        items=("Buty\n\n> ", ""),
    )
    number = (await receive(database, requests, odd)).request.number
    kept = await desk.find(number)
    assert kept.words == "Odstępuję� od umowy �"
    assert (kept.order_number, kept.items) == ("LS Bcc: x@y.example", ("Buty >",))
    assert len(await outbox.waiting()) == 1
