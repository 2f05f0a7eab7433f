"""Erasing a person, and looking back, on both kinds of database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from conversation.events import ASSISTANT, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from conversation.turns import Turns
from customer.batch import ImportBatch
from customer.memories import Memories
from customer.model import Customer
from customer.orders import SqlOrders
from customer.request import Complaining
from customer.request_desk import RequestDesk
from customer.requests import Requests
from feedback.earlier_conversations import EarlierConversations
from feedback.erasure import Person
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from foundation.letter import Sender
from foundation.outbox import Outbox
from handoff.photos import Photos
from server.migrate import migrate
from server.privacy import Privacy
from tests.assistant.fakes import order
from tests.postgres import postgres_database

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
ANNA = Customer("anna", "Anna Nowak", "Anna@example.com", Language.PL)
PIOTR = Customer("piotr", "Piotr Lis", "piotr@example.com", Language.PL)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "postgres":
        async with postgres_database() as opened:
            yield opened
        return
    opened = Database.in_folder(tmp_path)
    await migrate(opened)
    yield opened
    await opened.close()


async def chat(database: Database, clock: SettableClock, customer_id: str, body: str) -> str:
    """Hold a conversation of one answered message; return its id."""
    log, turns = Log(database, clock), Turns(database, clock)
    opened = await log.open(
        visitor_id=str(uuid4()), language=Language.PL, opening=[], customer_id=customer_id
    )
    said = Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER, customer_id), {"body": body}, cid=str(uuid4()))
    await log.receive(opened.id, said)
    turn = await turns.claim("worker")
    assert turn is not None
    reply = Draft(
        Kind.MESSAGE,
        ASSISTANT,
        {"body": "Tak.", "citations": [{"title": "Zwroty"}], "sources": ["order:AB-1001"]},
        cid=turn.reply_cid,
    )
    await turns.finish(turn, reply, record={"subject": "return", "checked": [{"text": body}]})
    return opened.id


async def test_a_person_is_erased_and_looked_back_at(database: Database, tmp_path: Path) -> None:
    clock = SettableClock(NOW)
    orders, memories, desk = SqlOrders(database), Memories(database, clock), RequestDesk(database, clock)
    outbox = Outbox(database, clock, sender=Sender("", "shop@example.com"))
    await orders.save(ImportBatch((ANNA, PIOTR), (order("AB-1001"), order("CD-1", customer_id="piotr"))))
    await memories.keep("anna", {"length": "short"}, conversation_id="c")
    mine, other = [await chat(database, clock, who, "pytanie") for who in ("anna", "piotr")]
    async with database.transaction() as connection:
        given = Complaining(
            cid="c",
            conversation_id="",
            words="Pękły.",
            received_at=NOW,
            language=Language.PL,
            customer_id="anna",
            email="anna@example.com",
        )
        received = await Requests(outbox).receive(connection, given)
    await desk.settle(received.request.number, "Ewa")
    (told,) = await EarlierConversations(database).of("anna")
    assert (told.subjects, told.orders, told.articles) == (("return",), ("AB-1001",), ("Zwroty",))
    privacy = Privacy(database, Photos(tmp_path / "uploads"), clock)
    looked = await privacy.erase(Person(email="anna@EXAMPLE.com"), really=False)
    erased = await privacy.erase(Person("anna"), really=True)
    assert looked == erased
    assert (erased.customers, erased.orders, erased.memories) == (("anna",), 1, 1)
    assert (erased.conversations, erased.events, erased.letters, erased.requests) == (
        1,
        2,
        1,
        (received.request.number,),
    )
    assert await EarlierConversations(database).of("anna") == []
    assert len(await EarlierConversations(database).of("piotr")) == 1
    assert await orders.customer("piotr") == PIOTR
    log = Log(database, clock)
    for conversation in (mine, other):
        assert await log.first_broken_seal(conversation) is None
    assert [event.erased for event in await log.transcript(mine)] == [True, True, False]
    assert [event.erased for event in await log.transcript(other)] == [False, False]
