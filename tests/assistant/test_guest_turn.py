"""A guest asks for an order in the chat: what they hear, and what they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from assistant.brief import Brief, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, kind_of, say
from assistant.turn import take_turn
from customer.model import OrderStanding, OrderStatus
from customer.proof import Guest, Sending, Standing, Tried
from foundation.language import Language
from tests.assistant.fakes import FakeFinder, FakeOrders, order

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ANNA = "anna@example.com"
ME = Guest("chat", "visitor")
PARCEL = "620123456789012345678901"


@dataclass
class FakeDoor:
    """Knows one order, ``AB-1001`` of ``anna@example.com``; the code is 123456."""

    limited: bool = False
    can_send: bool = True
    tries: list[tuple[str, str]] = field(default_factory=list)
    held: Standing = field(default_factory=Standing)
    sends: Sending = Sending.SENT

    async def prove(self, guest: Guest, number: str, email: str) -> Tried:
        self.tries.append((number, email))
        if self.limited:
            return Tried.LIMITED
        if (number.upper(), email.lower()) != ("AB-1001", ANNA):
            return Tried.REFUSED
        self.held = Standing((OrderStanding("AB-1001", OrderStatus.SHIPPED),))
        return Tried.PROVED

    async def standing(self, guest: Guest) -> Standing:
        assert guest == ME
        return self.held

    async def send_code(self, guest: Guest, language: Language) -> Sending:
        if self.sends is Sending.SENT:
            self.held = Standing(self.held.orders, code_awaited=True)
        return self.sends

    async def redeem(self, guest: Guest, code: str) -> Tried:
        if code != "123456":
            return Tried.REFUSED
        self.held = Standing(self.held.orders, customer_id="anna")
        return Tried.PROVED


class Chat:
    """A conversation of a guest, turn after turn."""

    def __init__(self, door: FakeDoor | None = None) -> None:
        self.door = door or FakeDoor()
        self.history: list[Utterance] = []

    async def say(self, *messages: str, language: Language = Language.PL) -> TurnResult:
        result = await take_turn(
            Brief(messages, language, NOW, tuple(self.history), guest=ME),
            finder=FakeFinder(),
            orders=FakeOrders([order()]),
            writer=ExtractiveWriter(),
            guests=self.door,
        )
        self.history += [Utterance("shopper", m) for m in messages]
        self.history.append(Utterance("assistant", result.answer))
        return result


def kinds(result: TurnResult) -> list[Phrase]:
    return [k for s in result.sentences if (k := kind_of(s)) is not None]


def sends(result: TurnResult) -> Sequence[str]:
    return [s.send for s in result.suggestions if s.send]


@pytest.mark.parametrize(
    "messages",
    [
        (f"gdzie jest moje zamówienie AB-1001? mój mail {ANNA}",),
        (f"AB-1001 {ANNA}",),
        (f"{ANNA}\nab-1001",),
        ("co z moim zamowieniem", "AB-1001", ANNA),
        (f"Where is my order #AB-1001? My e-mail is {ANNA}.",),
        (f"status zam. AB-1001, {ANNA.upper()}",),
    ],
)
async def test_a_pair_opens_the_status_and_nothing_more(messages: tuple[str, ...]) -> None:
    result = await Chat().say(*messages)
    assert "AB-1001" in result.answer
    assert "w drodze" in result.answer or "on its way" in result.answer
    for secret in ("Turnia", "InPost", PARCEL, "1299", "1 299", "BLIK", "12 listopada", "18 listopada"):
        assert secret not in result.answer
    assert sends(result) == ["Wyślij mi kod"] or sends(result) == ["Send me a code"]


async def test_the_halves_come_one_after_the_other() -> None:
    chat = Chat()
    assert kinds(await chat.say("gdzie jest moja paczka?")) == [Phrase.GUEST_ORDER, Phrase.GUEST_ORDER_HOW]
    assert kinds(await chat.say("AB-1001")) == [Phrase.GUEST_NEED_EMAIL]
    assert "w drodze" in (await chat.say(ANNA)).answer
    assert chat.door.tries == [("AB-1001", ANNA)]


async def test_the_address_comes_first() -> None:
    chat = Chat()
    await chat.say("gdzie jest moje zamówienie?")
    assert kinds(await chat.say(f"mój mail to {ANNA}")) == [Phrase.GUEST_NEED_NUMBER]
    assert "w drodze" in (await chat.say("numer AB-1001")).answer


async def test_a_wrong_number_and_a_wrong_address_get_the_same_bytes() -> None:
    wrong_number = await Chat().say(f"gdzie jest zamówienie AB-9999, {ANNA}")
    wrong_address = await Chat().say("gdzie jest zamówienie AB-1001, ewa@example.com")
    assert wrong_number.sentences == wrong_address.sentences == say(Phrase.GUEST_NO_MATCH, Language.PL)
    assert wrong_number.suggestions == wrong_address.suggestions
    assert wrong_number.outcome is wrong_address.outcome
    assert wrong_number.confidence == wrong_address.confidence


async def test_a_corrected_half_is_tried_with_the_other() -> None:
    chat = Chat()
    await chat.say("gdzie jest zamówienie AB-1001, ewa@example.com")
    assert "w drodze" in (await chat.say(f"przepraszam, {ANNA}")).answer
    assert chat.door.tries[-1] == ("AB-1001", ANNA)


async def test_a_refused_pair_is_not_tried_again_by_itself() -> None:
    chat = Chat()
    await chat.say("gdzie jest zamówienie AB-9999, ewa@example.com")
    await chat.say("i co?")
    await chat.say("gdzie jest moje zamówienie?")
    assert len(chat.door.tries) == 1


async def test_too_many_tries_are_said_so() -> None:
    result = await Chat(FakeDoor(limited=True)).say(f"zamówienie AB-1001, {ANNA}")
    assert result.sentences == say(Phrase.GUEST_LIMITED, Language.PL)


async def test_a_code_opens_the_details() -> None:
    chat = Chat()
    await chat.say(f"AB-1001 {ANNA}")
    assert set(kinds(await chat.say("Wyślij mi kod"))) == {Phrase.CODE_SENT}
    assert set(kinds(await chat.say("654321"))) == {Phrase.CODE_WRONG}
    full = await chat.say("123 456")
    assert kinds(full)[0] is Phrase.CODE_RIGHT
    assert PARCEL in full.answer
    assert PARCEL in (await chat.say("gdzie jest moja paczka?")).answer


async def test_asked_again_the_proved_status_is_told() -> None:
    chat = Chat()
    await chat.say(f"AB-1001 {ANNA}")
    again = await chat.say("a gdzie jest teraz moje zamówienie?")
    assert "AB-1001" in again.answer
    assert PARCEL not in again.answer
    assert len(chat.door.tries) == 1


async def test_without_mail_no_code_is_offered() -> None:
    result = await Chat(FakeDoor(can_send=False)).say(f"AB-1001 {ANNA}")
    assert sends(result) == []
    assert Phrase.GUEST_MORE not in kinds(result)


@pytest.mark.parametrize("sent", [Sending.LIMITED, Sending.NO_MAIL])
async def test_a_code_that_cannot_go_out_is_said_so(sent: Sending) -> None:
    chat = Chat(FakeDoor(sends=sent))
    await chat.say(f"AB-1001 {ANNA}")
    told = kinds(await chat.say("poproszę kod"))
    assert told == [Phrase.CODES_LIMITED if sent is Sending.LIMITED else Phrase.CODE_NO_MAIL] * len(told)


@pytest.mark.parametrize("text", ["123456", "wyślij mi kod", "chcę kod rabatowy"])
async def test_without_a_proof_codes_mean_nothing(text: str) -> None:
    chat = Chat()
    result = await chat.say(text)
    assert Phrase.CODE_SENT not in kinds(result)
    assert Phrase.CODE_RIGHT not in kinds(result)
    assert chat.door.tries == []


async def test_an_address_left_for_an_answer_is_no_try() -> None:
    chat = Chat()
    await chat.say(f"czy mogę dostać odpowiedź na {ANNA}?")
    assert chat.door.tries == []


async def test_an_address_for_something_else_is_no_try() -> None:
    chat = Chat()
    chat.history = [
        Utterance("shopper", "Odstępuję od umowy, zamówienie AB-1001"),
        Utterance("assistant", "Twoje oświadczenie dotarło do sklepu."),
    ]
    await chat.say(f"mój mail to {ANNA}")
    assert chat.door.tries == []
