"""A withdrawal counts when its message is written: once, in its transaction, with a receipt."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from conversation.events import Author, AuthorKind, Draft, Kind
from conversation.log import Conversation, Log
from customer.batch import ImportBatch
from customer.orders import SqlOrders
from customer.request import CustomerRequest
from customer.request_desk import RequestDesk
from customer.requests import Requests
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from foundation.letter import Sender
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox
from handoff.statements import MAILED, Statements
from tests.customer.test_orders import BATCH, HANNA


class Room:
    """A log that takes in statements."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.clock, self.log = clock, Log(database, clock)
        self.outbox = Outbox(database, clock, sender=Sender("Sklep", "pomoc@sklep.example"))
        self.desk = RequestDesk(database, clock)
        self.statements = Statements(
            Requests(self.outbox, Letterhead("Sklep")),
            self.outbox,
            SqlOrders(database),
            lambda text: [word for word in text.split() if word.startswith("ZM-")],
            shop_days=30,
        )

    async def open(self, customer_id: str | None = None, address: str = "home") -> Conversation:
        opened = await self.log.open(
            visitor_id=str(uuid4()), language=Language.PL, opening=[], customer_id=customer_id
        )
        await self.log.note_address(opened.id, address, visitor_id=opened.visitor_id)
        return opened

    async def say(self, conversation: Conversation, body: str, cid: str = "") -> None:
        draft = Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER, "me"), {"body": body}, cid=cid or str(uuid4()))
        after = self.statements.received_within if self.statements.heeds(body) else None
        await self.log.receive(conversation.id, draft, after=after)

    async def requests(self, conversation: Conversation) -> list[CustomerRequest]:
        return await self.desk.of_conversation(conversation.id)


@pytest.fixture
async def room(database: Database, clock: SettableClock) -> Room:
    await SqlOrders(database).save(ImportBatch(BATCH.customers, BATCH.orders))
    return Room(database, clock)


async def test_a_statement_is_received_with_the_messages_own_time(room: Room) -> None:
    chat = await room.open()
    await room.say(chat, "Odstępuję od umowy, zamówienie ZM-2026/1042")
    (request,) = await room.requests(chat)
    assert request.words == "Odstępuję od umowy, zamówienie ZM-2026/1042"
    assert request.received_at == room.clock.now()
    assert request.order_number == "ZM-2026/1042"
    events = await room.log.since(chat.id, 0)
    assert [event.kind for event in events] == [Kind.MESSAGE, Kind.WITHDRAWAL_RECEIVED]
    assert request.number in str(events[1].content["text"])


async def test_the_same_message_twice_is_one_request(room: Room) -> None:
    chat, cid = await room.open(), str(uuid4())
    for _ in range(2):
        await room.say(chat, "odstępuję od umowy", cid)
    assert len(await room.requests(chat)) == 1
    assert len(await room.log.since(chat.id, 0)) == 2


@pytest.mark.parametrize("body", ["czy mogę odstąpić od umowy?", "dzień dobry", "nie odstępuję od umowy"])
async def test_other_messages_are_none(room: Room, body: str) -> None:
    chat = await room.open()
    await room.say(chat, body)
    assert await room.requests(chat) == []


async def test_a_customers_receipt_goes_to_the_record(room: Room) -> None:
    chat = await room.open(HANNA.id)
    await room.say(chat, "Odstępuję od umowy ZM-2026/0990")
    (letter,) = await room.outbox.waiting()
    assert letter.to_address == HANNA.email
    assert "Odstępuję od umowy ZM-2026/0990" in letter.body
    (request,) = await room.requests(chat)
    assert request.customer_id == HANNA.id
    assert request.last_day is not None
    assert request.doubts == ("after_last_day",)


async def test_an_address_given_later_gets_the_receipt(room: Room) -> None:
    chat = await room.open()
    await room.say(chat, "odstępuję od umowy")
    assert await room.outbox.waiting() == []
    await room.say(chat, "mój mail: ola@example.com.")
    (letter,) = await room.outbox.waiting()
    assert letter.to_address == "ola@example.com"
    await room.say(chat, "ola@example.com")
    assert len(await room.outbox.waiting()) == 1


async def test_an_address_in_the_statement_itself(room: Room) -> None:
    chat = await room.open()
    await room.say(chat, "Odstępuję od umowy. Potwierdzenie proszę na ola@example.com")
    assert [letter.to_address for letter in await room.outbox.waiting()] == ["ola@example.com"]


async def test_strangers_cannot_send_mail_without_end(room: Room) -> None:
    for n in range(MAILED + 5):
        await room.say(await room.open(), f"Odstępuję od umowy. Mail: victim{n}@example.com")
    assert len(await room.outbox.waiting()) == MAILED
    assert len(await room.desk.open()) == MAILED + 5
    room.clock.advance(timedelta(hours=2))
    await room.say(await room.open(), "Odstępuję od umowy, ola@example.com")
    assert len(await room.outbox.waiting()) == MAILED + 1


async def test_nor_by_giving_the_address_later(room: Room) -> None:
    for n in range(MAILED + 5):
        chat = await room.open()
        await room.say(chat, "Odstępuję od umowy.")
        await room.say(chat, f"victim{n}@example.com")
    assert len(await room.outbox.waiting()) == MAILED


async def test_it_counts_while_a_person_has_the_conversation(room: Room, database: Database) -> None:
    chat = await room.open()
    async with database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE conversations SET status = 'open', owner_id = 'agent'")
    await room.say(chat, "odstępuję od umowy")
    assert len(await room.requests(chat)) == 1
