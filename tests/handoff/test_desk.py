"""What the desk shows and remembers: the summary, the file, unread marks, replies by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation.events import ASSISTANT, SYSTEM, Audience, Author, AuthorKind, Draft, Event, Kind
from conversation.frames import EventFrame, Msg
from conversation.hub import InProcessHub
from conversation.log import Conversation, Log
from customer.batch import ImportBatch
from customer.model import Customer, Order, OrderStatus
from customer.orders import SqlOrders
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import NotFound
from foundation.language import Language
from foundation.letter import Sender
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox
from handoff.casefile import MAX_ORDERS, CaseFiles
from handoff.hours import OpeningHours
from handoff.ownership import Agent, Ownership
from handoff.queue import Queue
from handoff.reply_mail import AWAY_AFTER, ReplyMail
from handoff.seen import Seen
from handoff.summary import MAX_QUESTION_CHARS, summarise

EWA = Agent("s1", "Ewa")
SHOPPER = Author(AuthorKind.SHOPPER, "v")


def event(position: int, draft: Draft) -> Event:
    return Event(
        "c", position, draft.audience, position, draft.kind, draft.author, draft.content, draft.cid,
        draft.generated, datetime(2026, 11, 17, tzinfo=UTC), "",
    )  # fmt: skip


def asked(body: str) -> Draft:
    return Draft(Kind.MESSAGE, SHOPPER, {"body": body})


def answered(outcome: str, *titles: str) -> Draft:
    citations = [{"title": title, "article_id": title} for title in titles]
    return Draft(Kind.MESSAGE, ASSISTANT, {"body": "…", "outcome": outcome, "citations": citations})


def log_of(*drafts: Draft) -> list[Event]:
    return [event(position, draft) for position, draft in enumerate(drafts, start=1)]


def test_a_summary_says_what_happened() -> None:
    greeting = Draft(Kind.MESSAGE, ASSISTANT, {"body": "Dzień dobry!"})
    joined = Draft(Kind.AGENT_JOINED, Author(AuthorKind.AGENT, "s1", "Ewa"), {"name": "Ewa"})
    events = log_of(
        greeting,
        asked("  ile mam\n dni? "),
        answered("answered", "Zwroty", "Koszt zwrotu"),
        asked("a kto płaci"),
        answered("answered", "Zwroty"),
        asked("a na Księżyc?"),
        answered("abstained"),
        joined,
    )
    summary = summarise(events, intent="return", email="anna@example.com")
    assert summary.question == "ile mam dni?"
    assert summary.titles == ("Zwroty", "Koszt zwrotu")
    assert (summary.answers, summary.unsure) == (3, 1)
    assert (summary.intent, summary.email, summary.agents) == ("return", "anna@example.com", ("Ewa",))


def test_an_empty_conversation_has_an_empty_summary() -> None:
    summary = summarise([])
    assert (summary.question, summary.titles, summary.answers, summary.order_numbers) == ("", (), 0, ())


@pytest.mark.parametrize(
    ("own", "text", "named"),
    [
        ((), "gdzie jest LS-2026-10457?", ("LS-2026-10457",)),
        ((), "zamówienie #10457 i #10457", ("#10457",)),
        ((), "dzwońcie 600 700 800, mam 39 i pół stopnia, 17.11.2026", ()),
        (("LS-2026-10457", "LS-2026-10458"), "10457 nie doszło", ("LS-2026-10457",)),
        (("LS-2026-10457",), "ls 2026 10457", ("LS-2026-10457",)),
        (("LS-2026-10457",), "LS-2026-99999", ("LS-2026-99999",)),
        (("LS-2026-10457", "LS-2025-10457"), "numer 10457", ()),
        (("LS-2026-10457",), "rozmiar 457", ()),
    ],
)
def test_order_numbers_are_found_as_people_write_them(
    own: Sequence[str], text: str, named: Sequence[str]
) -> None:
    assert summarise(log_of(asked(text)), own_orders=own).order_numbers == tuple(named)


@given(st.lists(st.text(max_size=400), max_size=4))
def test_whatever_was_typed_makes_a_short_summary(texts: list[str]) -> None:
    summary = summarise(log_of(*map(asked, texts)), own_orders=["LS-2026-10457"])
    assert len(summary.question) <= MAX_QUESTION_CHARS
    assert "\n" not in summary.question


class Shop:
    """The rooms behind the desk on one database."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database, self.clock, hub = database, clock, InProcessHub()
        self.log, self.queue, self.orders = Log(database, clock), Queue(database), SqlOrders(database)
        self.ownership = Ownership(database, hub, clock, OpeningHours.parse(""))
        self.cases = CaseFiles(database, self.queue, self.orders)
        self.seen = Seen(database)
        self.outbox = Outbox(database, clock, sender=Sender.parse("Sklep <pomoc@shop.example>"))
        self.mail = ReplyMail(database, self.outbox, clock, Letterhead("Sklep"))

    async def begin(self, customer_id: str | None = None) -> Conversation:
        return await self.log.open(
            visitor_id="v",
            language=Language.PL,
            opening=[Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "AI"})],
            customer_id=customer_id,
        )

    async def say(self, conversation: Conversation, body: str) -> None:
        draft = Draft(Kind.MESSAGE, SHOPPER, {"body": body}, cid=str(uuid4()))
        await self.log.receive(conversation.id, draft, before=self.ownership.reopen_within)

    async def reply(self, conversation: Conversation, body: str) -> int:
        return (await self.ownership.reply(conversation.id, EWA, body, str(uuid4()))).seq

    async def leave_email(self, conversation: Conversation, email: str) -> None:
        async with self.database.transaction() as connection:
            await self.ownership.note_email_within(connection, conversation.id, email, self.clock.now())

    async def away(self) -> int:
        """Let the time pass after which a shopper is away, and mail what was not seen."""
        self.clock.advance(AWAY_AFTER + timedelta(seconds=1))
        return await self.mail.mail_unseen()


@pytest.fixture
def shop(database: Database, clock: SettableClock) -> Shop:
    return Shop(database, clock)


def order(number: int, customer_id: str = "c1") -> Order:
    placed = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number)
    return Order(
        f"LS-2026-1000{number}", customer_id, OrderStatus.SHIPPED, placed, (), Decimal("10.00"), "PLN"
    )


async def test_the_file_holds_this_customers_orders_and_past_chats_only(shop: Shop) -> None:
    customers = [Customer(f"c{n}", f"Klient {n}", f"k{n}@example.com", Language.PL) for n in (1, 2)]
    batch = ImportBatch(tuple(customers), (*map(order, range(1, 8)), order(9, "c2")))
    await shop.orders.save(batch)
    before = await shop.begin("c1")
    await shop.say(before, "stare pytanie")
    await shop.ownership.request(before.id, "asked_for_person")
    await shop.ownership.resolve(before.id, SHOPPER)
    shop.clock.advance(timedelta(days=1))
    await shop.begin("c2")
    conversation = await shop.begin("c1")
    await shop.say(conversation, "gdzie jest 10003?")
    file = await shop.cases.open(conversation.id)
    assert file.customer is not None
    assert file.customer.name == "Klient 1"
    assert [each.number[-1] for each in file.orders] == list("76543")
    assert (len(file.orders), file.more_orders) == (MAX_ORDERS, 2)
    assert [(past.conversation_id, past.outcome, past.question) for past in file.past] == [
        (before.id, "person", "stare pytanie")
    ]
    assert file.summary.order_numbers == ("LS-2026-10003",)


async def test_a_guests_file_names_nobody(shop: Shop) -> None:
    first, second = await shop.begin(), await shop.begin()
    await shop.say(second, "LS-2026-10001")
    file = await shop.cases.open(second.id)
    assert (file.customer, list(file.orders), list(file.past)) == (None, [], [])
    with pytest.raises(NotFound):
        await shop.cases.open(str(uuid4()))
    assert first.id != second.id


async def test_the_desks_thread_holds_both_audiences_in_order(shop: Shop) -> None:
    conversation = await shop.begin()
    await shop.say(conversation, "pomocy")
    await shop.ownership.take(conversation.id, EWA)
    await shop.ownership.note(conversation.id, EWA, "tylko dla nas", str(uuid4()))
    await shop.reply(conversation, "Dzień dobry")
    frames = await shop.cases.frames_since(conversation.id, 0)
    assert [frame.seq for frame in frames] == list(range(1, len(frames) + 1))
    notes = [frame for frame in frames if isinstance(frame, EventFrame) and frame.kind is Kind.NOTE]
    assert [note.content["body"] for note in notes] == ["tylko dla nas"]
    assert isinstance(frames[-1], Msg)
    assert frames[-1].author.name == "Ewa"
    half = frames[len(frames) // 2].seq
    assert await shop.cases.frames_since(conversation.id, half) == [f for f in frames if f.seq > half]
    shown = await shop.log.since(conversation.id, 0, audience=Audience.SHOPPER)
    assert "tylko dla nas" not in str([each.content for each in shown])


async def test_unread_is_what_a_shopper_wrote_since_one_looked(shop: Shop) -> None:
    conversation = await shop.begin()
    ids = [conversation.id]
    assert await shop.seen.unread(ids, "s1") == frozenset()
    await shop.say(conversation, "jedno")
    assert await shop.seen.unread(ids, "s1") == {conversation.id}
    head = (await shop.cases.open(conversation.id)).head
    assert await shop.seen.mark(conversation.id, "s1", head)
    assert not await shop.seen.mark(conversation.id, "s1", head - 1)
    assert await shop.seen.unread(ids, "s1") == frozenset()
    assert await shop.seen.unread(ids, "s2") == {conversation.id}
    await shop.ownership.take(conversation.id, EWA)
    await shop.reply(conversation, "odpowiedź")
    assert await shop.seen.unread(ids, "s1") == frozenset()
    await shop.say(conversation, "drugie")
    assert await shop.seen.unread(ids, "s1") == {conversation.id}
    assert await shop.seen.unread([], "s1") == frozenset()


async def test_replies_that_nobody_saw_go_as_one_mail(shop: Shop) -> None:
    conversation = await shop.begin()
    await shop.say(conversation, "Przyszły dwa lewe buty.\nCo teraz?")
    await shop.leave_email(conversation, "anna@example.com")
    await shop.ownership.take(conversation.id, EWA)
    await shop.ownership.note(conversation.id, EWA, "magazyn się pomylił", str(uuid4()))
    await shop.reply(conversation, "Wysyłamy prawy but.")
    assert await shop.mail.mail_unseen() == 0
    await shop.reply(conversation, "Kurier będzie jutro.")
    assert await shop.away() == 1
    [letter] = await shop.outbox.waiting()
    assert letter.to_address == "anna@example.com"
    assert "Sklep" in letter.subject
    assert "Ewa odpowiada:\n\nWysyłamy prawy but.\n\nKurier będzie jutro." in letter.body
    assert "> Przyszły dwa lewe buty.\n> Co teraz?" in letter.body
    assert "magazyn" not in letter.body
    assert await shop.away() == 0

    await shop.reply(conversation, "But jest u kuriera.")
    assert await shop.away() == 1
    letters = await shop.outbox.waiting()
    later = next(each for each in letters if "u kuriera" in each.body)
    assert "prawy but" not in later.body
    assert later.headers["In-Reply-To"] == letter.message_id


async def test_a_reply_that_was_seen_is_not_mailed(shop: Shop) -> None:
    conversation = await shop.begin()
    await shop.leave_email(conversation, "anna@example.com")
    await shop.ownership.take(conversation.id, EWA)
    seq = await shop.reply(conversation, "Dzień dobry")
    await shop.log.mark_seen(conversation.id, seq)
    assert await shop.away() == 0
    await shop.reply(conversation, "Jeszcze jedno")
    assert await shop.away() == 1
    [letter] = await shop.outbox.waiting()
    assert "Dzień dobry\n" not in letter.body.split("odpowiada:")[1]


async def test_without_an_address_nothing_is_mailed(shop: Shop) -> None:
    conversation = await shop.begin()
    await shop.ownership.take(conversation.id, EWA)
    await shop.reply(conversation, "Dzień dobry")
    assert await shop.away() == 0
    await shop.leave_email(conversation, "anna@example.com")
    assert await shop.away() == 1


async def test_what_a_shopper_typed_cannot_add_a_header(shop: Shop) -> None:
    conversation = await shop.begin()
    await shop.say(conversation, "Bcc: x@evil.example\r\n\r\nSubject: y")
    await shop.leave_email(conversation, "anna@example.com")
    await shop.ownership.take(conversation.id, EWA)
    await shop.reply(conversation, "A\r\nBcc: z@evil.example")
    assert await shop.away() == 1
    [letter] = await shop.outbox.waiting()
    head = letter.compose(Sender.parse("pomoc@shop.example")).split(b"\r\n\r\n")[0]
    assert b"evil" not in head


async def test_an_address_that_cannot_be_written_to_is_tried_once(shop: Shop) -> None:
    conversation, other = await shop.begin(), await shop.begin()
    for each, email in ((conversation, "anna@exa\u0000mple.com"), (other, "ewa@example.com")):
        await shop.leave_email(each, email)
        await shop.ownership.take(each.id, EWA)
        await shop.reply(each, "Dzień dobry")
    assert await shop.away() == 1
    assert await shop.away() == 0
    assert [letter.to_address for letter in await shop.outbox.waiting()] == ["ewa@example.com"]
