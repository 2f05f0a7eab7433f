"""Guests prove orders: number with e-mail for the status, a code for the rest; no owner is locked out."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from customer.batch import ImportBatch
from customer.guests import CODE_LIVES, CODE_TRIES, CODES, FULL_LIVES, STATUS_LIVES, TRIES, WINDOW, Guests
from customer.model import OrderStanding, OrderStatus
from customer.orders import SqlOrders
from customer.proof import Guest, Sending, Tried
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from foundation.letter import Sender
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox
from tests.customer.test_orders import BATCH, HANNA, JAN, OF_JAN

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 20, 10, tzinfo=UTC))


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock, sender=Sender("Sklep", "pomoc@sklep.example"))


@pytest.fixture
async def guests(database: Database, clock: SettableClock, outbox: Outbox) -> Guests:
    await SqlOrders(database).save(BATCH)
    return Guests(database, clock, outbox, Letterhead("Sklep"))


def guest(name: str = "one", address: str = "") -> Guest:
    return Guest(f"chat-{name}", f"visitor-{name}", address)


async def code_in_mail(outbox: Outbox) -> str:
    newest = (await outbox.waiting())[-1]
    found = re.search(r"\b\d{6}\b", newest.body)
    assert found is not None
    assert found[0] not in newest.subject
    return found[0]


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("ZM-2026/1042", "hanna@example.com"),
        ("zm 2026/1042", " HANNA@Example.com "),
        ("#ZM-2026/1042", "Hanna@example.com"),
    ],
)
async def test_number_and_address_open_the_status(guests: Guests, number: str, email: str) -> None:
    assert await guests.prove(guest(), number, email) is Tried.PROVED
    standing = await guests.standing(guest())
    assert standing.orders == (OrderStanding("ZM-2026/1042", OrderStatus.SHIPPED),)
    assert standing.customer_id is None
    assert not standing.code_awaited


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("ZM-2026/1042", "jan@example.com"),  # another customer's address
        ("ZM-2026/9999", "hanna@example.com"),  # no such order
        ("ZM-2026/1042", ""),
        ("", "hanna@example.com"),
        ("%", "%"),
        ("ZM-2026/1042' OR '1'='1", "hanna@example.com"),
        ("ZM-2026/1042", "hanna@example.com' --"),
        ("ZM-2026/104", "hanna@example.com"),
    ],
)
async def test_anything_else_opens_nothing(guests: Guests, number: str, email: str) -> None:
    assert await guests.prove(guest(), number, email) is Tried.REFUSED
    assert (await guests.standing(guest())).orders == ()


async def test_an_order_without_an_address_is_opened_by_none(database: Database, guests: Guests) -> None:
    nameless = replace(JAN, id="19", name="", email="")
    order = replace(OF_JAN, number="X-1", customer_id="19")
    await SqlOrders(database).save(ImportBatch(customers=(nameless,), orders=(order,)))
    assert await guests.prove(guest(), "X-1", "") is Tried.REFUSED


async def test_five_wrong_pairs_a_quarter_of_an_hour(guests: Guests, clock: SettableClock) -> None:
    for _ in range(TRIES):
        assert await guests.prove(guest(), "ZM-2026/1042", "x@example.com") is Tried.REFUSED
    assert await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com") is Tried.LIMITED
    clock.advance(WINDOW + MINUTE)
    assert await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com") is Tried.PROVED


async def test_right_pairs_use_up_nothing(guests: Guests) -> None:
    for _ in range(3 * TRIES):
        assert await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com") is Tried.PROVED


async def test_many_visitors_of_one_address_share_the_limit(guests: Guests) -> None:
    for n in range(TRIES):
        assert await guests.prove(guest(str(n), "home"), "ZM-2026/1042", f"{n}@example.com") is Tried.REFUSED
    assert await guests.prove(guest("new", "home"), "ZM-2026/1042", "hanna@example.com") is Tried.LIMITED
    assert await guests.prove(guest("far", "elsewhere"), "ZM-2026/1042", "hanna@example.com") is Tried.PROVED


async def test_nobody_locks_an_owner_out(guests: Guests) -> None:
    for n in range(20 * TRIES):
        await guests.prove(guest(f"bad-{n}", f"address-{n}"), "ZM-2026/1042", "x@example.com")
    assert await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com") is Tried.PROVED


async def test_parallel_tries_do_not_get_past_the_limit(guests: Guests) -> None:
    tries = [guests.prove(guest(str(n), "home"), "ZM-2026/1042", f"{n}@example.com") for n in range(30)]
    done = await asyncio.gather(*tries)
    assert done.count(Tried.PROVED) == 0
    assert done.count(Tried.REFUSED) <= TRIES


async def test_a_proof_is_of_one_conversation_and_ends(guests: Guests, clock: SettableClock) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    assert (await guests.standing(Guest("chat-two", "visitor-one"))).orders == ()
    clock.advance(STATUS_LIVES + MINUTE)
    assert (await guests.standing(guest())).orders == ()


async def test_a_code_opens_the_customers_records(
    guests: Guests, outbox: Outbox, clock: SettableClock
) -> None:
    assert await guests.send_code(guest(), Language.PL) is Sending.NOTHING_PROVED
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    assert await guests.send_code(guest(), Language.PL) is Sending.SENT
    (letter,) = await outbox.waiting()
    assert letter.to_address == HANNA.email
    assert (await guests.standing(guest())).code_awaited
    assert await guests.redeem(guest(), await code_in_mail(outbox)) is Tried.PROVED
    assert (await guests.standing(guest())).customer_id == HANNA.id
    clock.advance(FULL_LIVES + MINUTE)
    standing = await guests.standing(guest())
    assert standing.customer_id is None
    assert standing.orders


async def test_a_code_goes_to_the_record_and_not_to_what_was_typed(guests: Guests, outbox: Outbox) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "HANNA@EXAMPLE.COM")
    await guests.send_code(guest(), Language.EN)
    assert [letter.to_address for letter in await outbox.waiting()] == [HANNA.email]


async def test_a_code_is_good_once_and_here_only(
    guests: Guests, outbox: Outbox, clock: SettableClock
) -> None:
    for name in ("one", "two"):
        await guests.prove(guest(name), "ZM-2026/1042", "hanna@example.com")
    await guests.send_code(guest(), Language.PL)
    code = await code_in_mail(outbox)
    assert await guests.redeem(guest("two"), code) is Tried.LIMITED  # none was sent there
    assert await guests.redeem(guest(), code) is Tried.PROVED
    clock.advance(MINUTE)
    assert await guests.redeem(guest(), code) is Tried.REFUSED


async def test_a_code_does_not_outlive_its_minutes_nor_its_tries(
    guests: Guests, outbox: Outbox, clock: SettableClock
) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    await guests.send_code(guest(), Language.PL)
    code = await code_in_mail(outbox)
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(CODE_TRIES):
        assert await guests.redeem(guest(), wrong) is Tried.REFUSED
    assert await guests.redeem(guest(), code) is Tried.LIMITED
    clock.advance(MINUTE)
    await guests.send_code(guest(), Language.PL)
    late = await code_in_mail(outbox)
    clock.advance(CODE_LIVES + MINUTE)
    assert await guests.redeem(guest(), late) is Tried.LIMITED
    assert not (await guests.standing(guest())).code_awaited


async def test_asked_twice_at_once_one_code_is_sent(guests: Guests, outbox: Outbox) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    assert await guests.send_code(guest(), Language.PL) is Sending.SENT
    assert await guests.send_code(guest(), Language.PL) is Sending.SENT
    assert len(await outbox.waiting()) == 1


async def test_only_so_many_codes_are_sent(guests: Guests, outbox: Outbox, clock: SettableClock) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    for _ in range(CODES):
        assert await guests.send_code(guest(), Language.PL) is Sending.SENT
        clock.advance(MINUTE)
    assert await guests.send_code(guest(), Language.PL) is Sending.LIMITED
    assert len(await outbox.waiting()) == CODES


async def test_without_mail_there_are_no_codes(database: Database, clock: SettableClock) -> None:
    await SqlOrders(database).save(BATCH)
    guests = Guests(database, clock, Outbox(database, clock, sender=None))
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    assert not guests.can_send
    assert await guests.send_code(guest(), Language.PL) is Sending.NO_MAIL


async def test_what_counts_no_more_is_deleted(
    guests: Guests, database: Database, clock: SettableClock
) -> None:
    await guests.prove(guest(), "ZM-2026/1042", "hanna@example.com")
    await guests.prove(guest(), "ZM-2026/1042", "x@example.com")
    await guests.send_code(guest(), Language.PL)
    clock.advance(STATUS_LIVES + MINUTE)
    await guests.forget_old()
    async with database.reading() as connection:
        for table in ("guest_tries", "guest_proofs", "one_time_codes"):
            found = await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            assert found.scalar_one() == 0
