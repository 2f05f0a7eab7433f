"""A person is erased from every room, in one go; what the law keeps stays, and the log's chain holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from conversation.entries import alter
from conversation.erasing import held_with
from conversation.events import Author, AuthorKind, Draft, Kind
from conversation.feed import Feed
from conversation.frames import SessionRequest
from conversation.hub import DESK
from conversation.tables import conversations
from customer.batch import ImportBatch
from customer.identity import sign_identity
from customer.memories import Memories
from customer.model import Customer, OrderStatus
from customer.proof import Guest
from customer.request import Complaining
from customer.requests import Requests
from feedback.erasure import Person
from feedback.transcripts import Transcripts
from foundation.errors import Erased, InvalidInput, NotFound
from foundation.language import Language
from handoff.photos import Photos
from server.chatting import _SECRET, START, HouseChat, open_chat
from server.privacy import Privacy, told
from server.settings import load_settings
from tests.assistant.fakes import order
from tests.server.inside import command

ANNA = Customer("anna", "Anna Zawadzka", "anna@example.com", Language.PL)
PIOTR = Customer("piotr", "Piotr Lis", "piotr@example.com", Language.PL)
BOOTS = replace(order("AB-1001", OrderStatus.DELIVERED), placed_at=START - timedelta(days=5))
SCARF = replace(order("CD-2002", OrderStatus.SHIPPED, customer_id="piotr"), placed_at=START)


@dataclass
class Shop:
    """An open shop with two customers, one of them a talkative one."""

    chat: HouseChat
    photos: Photos
    privacy: Privacy

    async def say(self, *turns: str, who: str | None) -> list[str]:
        return await self.chat.converse(turns, address="192.0.2.1", customer_id=who, locale="pl")

    async def complain(self, *, email: str, customer_id: str | None = None, photo: bool = False) -> str:
        references = (await self.photos.keep(Photos.new_batch(), "jpg", b"\xff\xd8\xff"),) if photo else ()
        given = Complaining(
            cid=str(uuid4()),
            conversation_id="",
            words="Rozkleiły się, Anna Zawadzka",
            received_at=self.chat.clock.now(),
            language=Language.PL,
            customer_id=customer_id,
            email=email,
            photos=references,
        )
        async with self.chat.house.database.transaction() as connection:
            received = await Requests(self.chat.house.outbox).receive(connection, given)
        return received.request.number

    async def conversations(self, customer_id: str) -> list[str]:
        async with self.chat.house.database.reading() as connection:
            found = select(conversations.c.id).where(conversations.c.customer_id == customer_id)
            return list(await connection.scalars(found))


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    settings = load_settings().model_copy(update={"data_dir": tmp_path})
    async with open_chat(settings, ImportBatch((ANNA, PIOTR), (BOOTS, SCARF))) as chat:
        photos = Photos(tmp_path / "uploads", keep_free=0)
        yield Shop(chat, photos, Privacy(chat.house.database, photos, chat.clock))


def in_files(shop: Shop, words: str) -> bool:
    """Return whether words stand anywhere in the database's files."""
    folder = shop.chat.house.settings.data_dir
    return any(words.encode() in file.read_bytes() for file in folder.glob("okienko.db*"))


async def test_looking_changes_nothing(shop: Shop) -> None:
    await shop.say("gdzie jest moje zamówienie?", who="anna")
    looked = await shop.privacy.erase(Person("anna"), really=False)
    assert (looked.customers, looked.orders, looked.conversations) == (("anna",), 1, 1)
    assert looked.events > 0
    assert await shop.privacy.erase(Person("anna"), really=False) == looked
    assert await shop.chat.house.orders.customer("anna") == ANNA
    lines = "\n".join(told(looked, really=False))
    assert "1  orders" in lines
    assert "--yes" in lines
    assert "Zawadzka" not in lines


async def test_everything_of_a_person_is_erased_and_nothing_of_another(shop: Shop) -> None:
    house = shop.chat.house
    await shop.say(
        "gdzie jest moje zamówienie? mam sekretne pytanie o kangura", "mów mi Ania", "tak", who="anna"
    )
    await shop.say("gdzie jest moje zamówienie? mam pytanie o wombata", who="piotr")
    number = await shop.complain(email="anna@example.com", customer_id="anna", photo=True)
    await house.requests.settle(number, "Ewa")
    (of_anna,), (of_piotr,) = await shop.conversations("anna"), await shop.conversations("piotr")
    assert in_files(shop, "kangura")
    before = [event.hash for event in await house.log.transcript(of_anna)]
    erased = await shop.privacy.erase(Person("anna"), really=True)
    assert (erased.orders, erased.memories, erased.conversations, erased.letters) == (1, 2, 1, 1)
    assert (erased.requests, erased.kept_requests, len(erased.photos)) == ((number,), (), 1)
    assert await house.orders.customer("anna") is None
    assert await house.orders.orders_of("anna") == []
    assert await house.outbox.waiting() == []
    assert await house.requests.export_customer("anna") == []
    with pytest.raises(NotFound):
        await shop.photos.read(erased.photos[0])
    for words in ("kangura", "Zawadzka", "anna@example.com"):
        assert not in_files(shop, words)
    events = await house.log.transcript(of_anna)
    assert await house.log.first_broken_seal(of_anna) is None
    assert [event.hash for event in events][: len(before)] == before
    assert events[-1].kind is Kind.REDACTED
    assert not [event for event in events if event.content.get("body") or event.author.id]
    assert await house.orders.customer("piotr") == PIOTR
    assert in_files(shop, "wombata")
    assert await house.log.first_broken_seal(of_piotr) is None
    with pytest.raises(NotFound):
        await shop.privacy.erase(Person("anna"), really=True)


async def test_what_is_left_can_be_read_on_every_page(shop: Shop) -> None:
    house = shop.chat.house
    await shop.say("gdzie jest moje zamówienie?", "dziękuję", who="anna")
    (conversation,) = await shop.conversations("anna")
    await shop.privacy.erase(Person("anna"), really=True)
    transcript = await Transcripts(house.database).read(conversation)
    assert not [told_ for told_ in transcript.told if told_.body and told_.event.kind is not Kind.DISCLOSURE]
    frames = await Feed(house.database, conversation, 0).next()
    assert "zamówienie" not in str(frames)


async def test_open_requests_are_kept_until_they_are_settled(shop: Shop) -> None:
    house = shop.chat.house
    number = await shop.complain(email="anna@example.com", photo=True)
    erased = await shop.privacy.erase(Person(email="ANNA@example.com"), really=True)
    assert (erased.requests, erased.kept_requests, erased.letters) == ((), (number,), 0)
    kept = await house.requests.find(number)
    assert kept.email == "anna@example.com"
    assert (await shop.photos.read(kept.photos[0]))[1] == "jpg"
    assert [letter.to_address for letter in await house.outbox.waiting()] == ["anna@example.com"]
    assert "Settle them" in "\n".join(told(erased, really=True))
    await house.requests.settle(number, "Ewa")
    again = await shop.privacy.erase(Person(email="anna@example.com"), really=True)
    assert (again.requests, again.kept_requests, again.letters) == ((number,), (), 1)
    assert (await house.requests.find(number)).words == ""


async def test_a_guest_is_erased_by_address_and_by_what_they_proved(shop: Shop) -> None:
    house = shop.chat.house
    await shop.say("gdzie jest AB-1001? mój mail anna@example.com, kangur", who=None)
    left = await house.log.open(visitor_id=str(uuid4()), language=Language.PL, opening=[])
    hello = Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER, "v"), {"body": "to ja, kangur"}, cid=str(uuid4()))
    await house.log.append(left.id, [hello])
    async with house.database.transaction() as connection:
        await alter(connection, left.id, email="anna@example.com")
    erased = await shop.privacy.erase(Person(email="anna@example.com"), really=True)
    assert (erased.customers, erased.proofs, erased.conversations) == (("anna",), 1, 2)
    assert not in_files(shop, "kangur")
    proved = await house.guests.standing(Guest(left.id, left.visitor_id))
    assert proved.orders == ()


async def test_nobody_goes_on_with_an_erased_conversation(shop: Shop) -> None:
    house = shop.chat.house
    token = sign_identity(_SECRET, "anna", clock=shop.chat.clock)
    request = SessionRequest(site_key=house.settings.site_key, identity_token=token, locale="pl")
    first = await house.sessions.open(request)
    await shop.privacy.erase(Person("anna"), really=True)
    with pytest.raises(Erased):
        await house.sessions.admit(first.token, first.conversation_id)
    again = await house.sessions.open(request.model_copy(update={"resume": first.resume}))
    assert again.conversation_id != first.conversation_id


async def test_who_has_it_open_is_woken_and_by_looking_nobody_is(shop: Shop) -> None:
    await shop.say("gdzie jest moje zamówienie?", who="anna")
    (conversation,) = await shop.conversations("anna")
    woken: list[str] = []
    privacy = Privacy(shop.chat.house.database, shop.photos, shop.chat.clock, wake=woken.append)
    await privacy.erase(Person("anna"), really=False)
    assert woken == []
    await privacy.erase(Person("anna"), really=True)
    assert woken == [conversation, DESK]


async def test_a_turn_in_the_making_ends(shop: Shop) -> None:
    house = shop.chat.house
    opened = await house.log.open(
        visitor_id=str(uuid4()), language=Language.PL, opening=[], customer_id="anna"
    )
    author = Author(AuthorKind.SHOPPER, "anna")
    await house.log.receive(opened.id, Draft(Kind.MESSAGE, author, {"body": "hej"}, cid=str(uuid4())))
    turn = await house.turns.claim("worker")
    assert turn is not None
    await house.turns.show(turn, ["Cześć, Anno!"])
    await shop.privacy.erase(Person("anna"), really=True)
    assert not in_files(shop, "Cześć, Anno!")
    assert not await house.worker.work_once()


@pytest.mark.parametrize(
    ("person", "error"),
    [
        (Person(), InvalidInput),
        (Person(email="to nie adres"), InvalidInput),
        (Person("nobody"), NotFound),
        (Person(email="nobody@example.com"), NotFound),
    ],
)
async def test_who_cannot_be_erased(shop: Shop, person: Person, error: type[Exception]) -> None:
    with pytest.raises(error):
        await shop.privacy.erase(person, really=True)


def test_the_command_looks_first(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "order_number,customer_id,status,placed_at,total,customer_name,customer_email,item_name,quantity,"
        "unit_price\nA-1001,7,paid,2026-11-01,10,Jan Kot,jan@example.com,Kubek,1,10\n",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    assert command(data, "orders", "import", str(orders)).returncode == 0
    looked = command(data, "customers", "erase", "--email", "jan@example.com")
    assert (looked.returncode, "This would be erased" in looked.stdout) == (0, True), looked.stderr
    done = command(data, "customers", "erase", "7", "--yes")
    assert (done.returncode, "Erased:" in done.stdout) == (0, True), done.stderr
    assert command(data, "customers", "erase", "7").returncode != 0
    assert command(data, "customers", "erase").returncode != 0


async def test_a_turn_that_is_under_way_keeps_nothing_of_who_was_erased(shop: Shop) -> None:
    await shop.say("gdzie jest moje zamówienie?", who="anna")
    (chat,) = await shop.conversations("anna")
    await shop.privacy.erase(Person("anna"), really=True)
    database = shop.chat.house.database
    book = Memories(database, shop.chat.clock, held_with)
    await book.keep("anna", {"name": "Ania"}, conversation_id=chat)
    await book.keep("anna", {"name": "Ania"}, conversation_id="no such conversation")
    assert await book.of("anna") == []
