"""What two processes on one PostgreSQL may not do to each other, where SQLite's one writer lets nobody in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter, locked
from conversation.erasing import erase_conversations
from conversation.events import SYSTEM, Author, AuthorKind, Draft, Event, Kind, Status
from conversation.hub import InProcessHub
from conversation.log import Conversation, Log
from conversation.tables import conversations
from conversation.turns import Turns
from customer.batch import ImportBatch
from customer.guest_tables import codes, proofs
from customer.guests import CODES, Guests
from customer.model import Customer
from customer.orders import SqlOrders
from customer.proof import Guest, Sending, Tried
from customer.request import Complaining
from customer.request_desk import RequestDesk
from customer.request_tables import requests
from customer.requests import Requests
from customer.tables import orders
from feedback.erasure import Person
from foundation.agreed_clock import AgreedClock
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Unauthenticated
from foundation.language import Language
from foundation.letter import Sender
from foundation.outbox import Outbox
from foundation.staff import Role
from handoff.hours import OpeningHours
from handoff.ownership import Agent, Ownership
from handoff.photos import Photos
from handoff.reply_mail import AWAY_AFTER, ReplyMail
from handoff.seen import Seen, desk_seen
from knowledge.passage import PassageText
from knowledge.store.tables import vectors_table
from knowledge.store.vectors import embed_missing, known
from server.privacy import Privacy
from server.staff import StaffBook, staff_failures
from tests.assistant.fakes import order
from tests.knowledge.fakes import WordEmbedder
from tests.postgres import two_processes, until_held_up

ANNA = Customer("anna", "Anna Nowak", "anna@example.com", Language.PL)
EWA = Agent("s1", "Ewa")
SHOPPER = Author(AuthorKind.SHOPPER, "v")
IDLE = timedelta(hours=24)

Two = tuple[Database, Database]


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    async with two_processes() as opened:
        yield opened


def outbox_of(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock, sender=Sender("Sklep", "shop@example.com"))


def ownership_of(database: Database, clock: SettableClock) -> Ownership:
    return Ownership(database, InProcessHub(), clock, OpeningHours.parse(""))


async def begin(log: Log, customer_id: str | None = None) -> Conversation:
    opening = [Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "AI"})]
    return await log.open(visitor_id="v", language=Language.PL, opening=opening, customer_id=customer_id)


def said(body: str) -> Draft:
    return Draft(Kind.MESSAGE, SHOPPER, {"body": body}, cid=str(uuid4()))


def privacy_of(database: Database, clock: SettableClock, folder: Path) -> Privacy:
    return Privacy(database, Photos(folder), clock)


async def test_a_question_that_comes_as_its_conversation_is_closed_gets_its_turn(
    two: Two, clock: SettableClock
) -> None:
    here, there = two
    log = Log(here, clock)
    conversation = await begin(log)
    clock.advance(IDLE + timedelta(minutes=1))
    written, commit = asyncio.Event(), asyncio.Event()

    async def hold(_connection: AsyncConnection, _event: Event, _now: datetime) -> None:
        written.set()
        await commit.wait()

    saying = asyncio.create_task(log.receive(conversation.id, said("Gdzie jest paczka?"), after=hold))
    await written.wait()
    closing = asyncio.create_task(ownership_of(there, clock).resolve_idle(IDLE))
    await until_held_up(here, closing)
    commit.set()
    await saying
    assert await closing == 0
    assert (await log.conversation(conversation.id)).status is Status.PENDING
    assert await Turns(there, clock).claim("worker") is not None


async def test_chats_of_one_visitor_get_no_more_codes_at_once_than_one_after_the_other(
    two: Two, clock: SettableClock
) -> None:
    here, there = two
    await SqlOrders(here).save(ImportBatch((ANNA,), (order("AB-1001"),)))
    desks = [Guests(one, clock, outbox_of(one, clock)) for one in two]
    chats = [Guest(str(uuid4()), "visitor", "address") for _ in range(4 * CODES)]
    for chat in chats:
        assert await desks[0].prove(chat, "AB-1001", ANNA.email) is Tried.PROVED
    sent = await asyncio.gather(
        *(desks[place % 2].send_code(chat, Language.PL) for place, chat in enumerate(chats))
    )
    assert sent.count(Sending.SENT) == CODES
    assert await outbox_of(there, clock).waiting_count() == CODES


async def test_who_signs_in_is_forgiven_what_is_counted_meanwhile(two: Two, clock: SettableClock) -> None:
    here = two[0]
    books = [StaffBook(one, clock, hashing_kib=64) for one in two]
    await books[0].add("ewa@example.com", Role.AGENT, "a good password")
    with pytest.raises(Unauthenticated):
        await books[0].sign_in("ewa@example.com", "a wrong password", address="a")
    async with here.transaction() as connection:
        # Where it has counted the try, and reads the account.
        await connection.execute(text("LOCK TABLE staff"))
        signing = asyncio.create_task(books[1].sign_in("ewa@example.com", "a good password", address="a"))
        await until_held_up(here, signing)
        async with here.transaction(alone="sign in") as counting:
            # As another try does that is counted.
            rows = (await counting.execute(select(staff_failures))).mappings().all()
            await counting.execute(delete(staff_failures))
            await counting.execute(insert(staff_failures), [dict(row) for row in rows])
            await connection.rollback()
            await until_held_up(here, signing)
    await signing
    async with here.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(staff_failures)) == 0


async def test_no_mail_quotes_a_conversation_that_is_erased_meanwhile(two: Two, clock: SettableClock) -> None:
    here, there = two
    log, ownership = Log(here, clock), ownership_of(here, clock)
    conversation = await begin(log)
    await log.receive(conversation.id, said("Mam alergię na orzechy."))
    async with here.transaction() as connection:
        await alter(connection, conversation.id, email="anna@example.com")
    await ownership.take(conversation.id, EWA)
    await ownership.reply(conversation.id, EWA, "Sprawdzę.", str(uuid4()))
    clock.advance(AWAY_AFTER)
    outbox = outbox_of(there, clock)
    async with here.transaction() as connection:
        await erase_conversations(connection, [conversation.id], clock.now())
        mailing = asyncio.create_task(ReplyMail(there, outbox, clock).mail_unseen())
        await until_held_up(here, mailing)
    assert await mailing == 0
    assert await outbox.waiting() == []


async def test_who_read_less_does_not_take_back_what_was_read(two: Two) -> None:
    here, there = two
    async with here.transaction(alone="seen c s"):
        marking = []
        for one, position in ((here, 9), (there, 5)):
            marking.append(asyncio.create_task(Seen(one).mark("c", "s", position)))
            await until_held_up(here, *marking)
    assert await asyncio.gather(*marking) == [True, False]
    async with here.reading() as connection:
        assert await connection.scalar(select(desk_seen.c.position)) == 9


async def test_an_import_brings_back_nothing_of_whom_it_meets_being_erased(
    two: Two, clock: SettableClock, tmp_path: Path
) -> None:
    here, there = two
    await SqlOrders(here).save(ImportBatch((ANNA,), ()))
    async with here.transaction(alone="orders") as connection:
        # As an import does: it has found the customer, and writes their order next.
        assert await SqlOrders.records(connection, "anna", "")
        erasing = asyncio.create_task(
            privacy_of(there, clock, tmp_path).erase(Person(customer_id="anna"), really=True)
        )
        await until_held_up(here, erasing)
        await connection.execute(orders.insert().values(key="AB1001", **_columns_of_order()))
    assert (await erasing).orders == 1
    assert await SqlOrders(here).count() == 0


def _columns_of_order() -> dict[str, object]:
    one = order("AB-1001", customer_id="anna")
    plain = {
        name: getattr(one, name)
        for name in (column.name for column in orders.c)
        if name not in ("key", "status")
    }
    return plain | {"status": one.status.value}


async def test_erasing_waits_for_a_conversation_before_it_holds_anything_else(
    two: Two, clock: SettableClock, tmp_path: Path
) -> None:
    here, there = two
    conversation = await begin(Log(here, clock), "anna")
    async with here.transaction() as connection:
        given = Complaining(
            conversation_id=conversation.id,
            cid=str(uuid4()),
            received_at=clock.now(),
            language=Language.PL,
            words="Namiot przecieka.",
            customer_id="anna",
        )
        number = (await Requests(outbox_of(here, clock)).receive(connection, given)).request.number
    await RequestDesk(here, clock).settle(number, "Ewa")
    async with here.transaction() as connection:
        await locked(connection, conversation.id)
        erasing = asyncio.create_task(
            privacy_of(there, clock, tmp_path).erase(Person(customer_id="anna"), really=True)
        )
        await until_held_up(here, erasing)
        # As a message does that leaves an address: the receipts of its conversation go there.
        await connection.execute(update(requests).values(email="anna@example.com"))
    assert (await erasing).requests == (number,)


async def test_what_is_erased_while_it_becomes_a_customers_is_erased_too(
    two: Two, clock: SettableClock, tmp_path: Path
) -> None:
    here, there = two
    log = Log(here, clock)
    known, guest = await begin(log, "anna"), await begin(log)
    async with here.transaction() as connection:
        await locked(connection, known.id)
        erasing = asyncio.create_task(
            privacy_of(there, clock, tmp_path).erase(Person(customer_id="anna"), really=True)
        )
        await until_held_up(here, erasing)
        await connection.execute(
            update(conversations).where(conversations.c.id == guest.id).values(customer_id="anna")
        )
    assert (await erasing).conversations == 2


async def test_conversations_are_locked_in_one_order(two: Two, clock: SettableClock, tmp_path: Path) -> None:
    here, there = two
    log = Log(here, clock)
    opened = [(await begin(log, "anna")).id]
    while min(opened) == opened[0]:
        clock.advance(timedelta(seconds=1))
        opened.append((await begin(log, "anna")).id)
    async with here.transaction() as connection:
        # As the nightly forgetting does.
        first, *others = sorted(opened)
        await locked(connection, first)
        erasing = asyncio.create_task(
            privacy_of(there, clock, tmp_path).erase(Person(customer_id="anna"), really=True)
        )
        await until_held_up(here, erasing)
        for one in others:
            await locked(connection, one)
    assert (await erasing).conversations == len(opened)


async def test_a_code_can_be_redeemed_while_its_owner_is_being_erased(
    two: Two, clock: SettableClock, tmp_path: Path
) -> None:
    here, there = two
    await SqlOrders(here).save(ImportBatch((ANNA,), (order("AB-1001"),)))
    chat = Guest((await begin(Log(here, clock))).id, "v", "")
    guests = Guests(here, clock, outbox_of(here, clock))
    assert await guests.prove(chat, "AB-1001", ANNA.email) is Tried.PROVED
    assert await guests.send_code(chat, Language.PL) is Sending.SENT
    async with here.transaction() as connection:
        # As redeeming does: the try is counted first, then the proof counts for more.
        await connection.execute(update(codes).values(tries=1))
        erasing = asyncio.create_task(
            privacy_of(there, clock, tmp_path).erase(Person(customer_id="anna"), really=True)
        )
        await until_held_up(here, erasing)
        await connection.execute(update(proofs).values(full_until=clock.now()))
    assert (await erasing).proofs == 1


async def test_machines_whose_clocks_differ_leave_each_other_their_turns(
    two: Two, clock: SettableClock
) -> None:
    here, there = two
    early, late = SettableClock(clock.now()), SettableClock(clock.now() + timedelta(minutes=7))
    agreed = [AgreedClock(here, early), AgreedClock(there, late)]
    for one in agreed:
        await one.agree()
    now = await here.now()
    assert now is not None
    assert all(abs(one.now() - now) < timedelta(seconds=5) for one in agreed)
    log = Log(here, agreed[0])
    conversation = await begin(log)
    await log.receive(conversation.id, said("Gdzie jest paczka?"))
    assert await Turns(here, agreed[0]).claim("here") is not None
    assert await Turns(there, agreed[1]).claim("there") is None


async def test_two_that_embed_the_same_texts_do_not_wait_for_each_other(two: Two) -> None:
    here, there = two
    embedder = WordEmbedder()
    texts = {key: PassageText(key, Language.PL) for key in ("c", "b", "a")}
    async with here.transaction() as connection:
        # As another process does that has come to the second.
        await connection.execute(insert(vectors_table), _vector(embedder, "a"))
        embedding = asyncio.create_task(embed_missing(there, embedder, texts))
        await until_held_up(here, embedding)
        await connection.execute(insert(vectors_table), _vector(embedder, "c"))
    await embedding
    async with here.reading() as connection:
        assert await known(connection, texts, embedder.id) == set(texts)


def _vector(embedder: WordEmbedder, key: str) -> dict[str, object]:
    return {"embedded_hash": key, "embedder_id": embedder.id, "vector": b""}


class Heard(logging.Handler):
    """Sets an event when something is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.anything = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.anything.set()


async def test_replies_are_looked_for_again_after_the_database_was_away(
    clock: SettableClock, unused_tcp_port: int
) -> None:
    gone = Database(f"postgresql://nobody@127.0.0.1:{unused_tcp_port}/nothing")
    heard, logger = Heard(), logging.getLogger("okienko.handoff")
    logger.addHandler(heard)
    running = asyncio.create_task(ReplyMail(gone, outbox_of(gone, clock), clock).run())
    hearing = asyncio.create_task(heard.anything.wait())
    done, _ = await asyncio.wait({running, hearing}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    assert done == {hearing}
    logger.removeHandler(heard)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await gone.close()
