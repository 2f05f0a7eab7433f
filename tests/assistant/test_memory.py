"""Wishes about the chat: recognised, kept to, remembered only with consent, explained, forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from assistant.brief import Brief, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, say
from assistant.remembering import (
    Preference,
    asks_to_forget,
    asks_whence,
    consents,
    in_effect,
    wishes_in,
    without_wishes,
)
from assistant.turn import take_turn
from customer.memory import Remembered
from customer.proof import Guest
from foundation.language import Language
from foundation.style import Style
from tests.assistant.fakes import NOW, FakeFinder, FakeOrders, FakeWriter, order, passage, retrieval

PL, EN = Language.PL, Language.EN
LENGTH, LANGUAGE, ADDRESS, NAME = Preference
SOME_DAY = datetime(2026, 11, 12, 9, tzinfo=UTC)
RETURNS = FakeFinder(
    retrieval(
        passage(
            "Na zwrot masz 14 dni od odebrania paczki. Zwrot zgłosisz w zakładce „Zwroty”. "
            "Paczkę nadasz za darmo."
        )
    )
)


@dataclass
class FakeMemories:
    """Keeps in memory, as said on one day."""

    kept: dict[str, dict[str, Remembered]] = field(default_factory=dict)

    async def of(self, customer_id: str) -> Sequence[Remembered]:
        return list(self.kept.get(customer_id, {}).values())

    async def keep(self, customer_id: str, said: Mapping[str, str], *, conversation_id: str) -> None:
        new = {kind: Remembered(kind, value, conversation_id, SOME_DAY) for kind, value in said.items()}
        self.kept.setdefault(customer_id, {}).update(new)

    async def forget(self, customer_id: str) -> None:
        self.kept.pop(customer_id, None)

    def values(self, customer_id: str = "anna") -> dict[str, str]:
        return {kind: one.value for kind, one in self.kept.get(customer_id, {}).items()}


class Chat:
    """A conversation, message by message."""

    def __init__(
        self, book: FakeMemories | None = None, *, customer: str | None = "anna", language: Language = PL
    ) -> None:
        self.book, self.customer, self.language = book or FakeMemories(), customer, language
        self.history: tuple[Utterance, ...] = ()

    async def say(self, message: str, finder: FakeFinder = RETURNS) -> TurnResult:
        result = await take_turn(
            Brief(
                (message,),
                self.language,
                NOW,
                self.history,
                customer_id=self.customer,
                guest=Guest("chat", "me"),
            ),
            finder=finder,
            orders=FakeOrders([order()]),
            writer=ExtractiveWriter(),
            memories=self.book,
        )
        titles = tuple(f"article:{cited.title}" for cited in result.citations)
        answer = Utterance("assistant", result.answer, (*titles, *result.sources))
        self.history += (Utterance("shopper", message), answer)
        return result


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("pisz krócej", {LENGTH: "short"}),
        ("Proszę pisać krócej.", {LENGTH: "short"}),
        ("odpowiadaj zwięźlej, dobrze?", {LENGTH: "short"}),
        ("write shorter", {LENGTH: "short"}),
        ("please keep it short", {LENGTH: "short"}),
        ("be more concise", {LENGTH: "short"}),
        ("pisz dokładniej", {LENGTH: "full"}),
        ("answer in more detail please", {LENGTH: "full"}),
        ("po angielsku proszę", {LANGUAGE: "en"}),
        ("Po angielsku", {LANGUAGE: "en"}),
        ("mów po polsku", {LANGUAGE: "pl"}),
        ("in English, please", {LANGUAGE: "en"}),
        ("can we speak Polish", {LANGUAGE: "pl"}),
        ("proszę mówić do mnie na pani", {ADDRESS: "formal"}),
        ("proszę zwracać się do mnie per pan", {ADDRESS: "formal"}),
        ("mówmy sobie na ty", {ADDRESS: "informal"}),
        ("mów mi Ania", {NAME: "Ania"}),
        ("call me Piotr", {NAME: "Piotr"}),
        ("pisz krócej i po angielsku proszę", {LENGTH: "short", LANGUAGE: "en"}),
        # no wishes
        ("czy instrukcja jest po polsku?", {}),
        ("do you have a manual in English?", {}),
        ("czy mogę krócej nosić buty?", {}),
        ("mów mi Kretyn", {}),
        ("call me back", {}),
        ("mów mi <b>Ania</b>", {}),
        ("piszę po raz trzeci", {}),
        ("czy mogę zwrócić krótkie spodenki?", {}),
        ("ile mam dni na zwrot?", {}),
    ],
)
def test_wishes_are_recognised(text: str, wishes: dict[Preference, str]) -> None:
    assert wishes_in(text) == wishes


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("pisz krócej", ""),
        ("Cześć, pisz krócej proszę", ""),
        ("ile mam na zwrot? pisz krócej", "ile mam na zwrot?"),
        ("in English, please: how long for a return?", "how long for a return?"),
        ("ile mam na zwrot?", "ile mam na zwrot?"),
    ],
)
def test_the_rest_is_the_question(text: str, rest: str) -> None:
    assert without_wishes(text) == rest


@pytest.mark.parametrize(
    ("text", "whence", "forget"),
    [
        ("Skąd to wiesz?", True, False),
        ("a skąd o tym wiesz", True, False),
        ("How do you know that?", True, False),
        ("what's your source?", True, False),
        ("skąd wysyłacie paczki?", False, False),
        ("zapomnij", False, True),
        ("Zapomnij o tym, proszę", False, True),
        ("forget it", False, True),
        ("please forget what I told you", False, True),
        ("zapomniałam hasła", False, False),
        ("zapomnij o moim zamówieniu", False, False),
        ("I forgot my password", False, False),
        ("forget my order", False, False),
    ],
)
def test_whence_and_forget(text: str, whence: bool, forget: bool) -> None:
    assert (asks_whence(text), asks_to_forget(text)) == (whence, forget)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Tak, zapamiętaj", True),
        ("tak", True),
        ("yes please", True),
        ("Nie, dziękuję", False),
        ("no", False),
        ("nie działa mi kod", None),
        ("ile mam na zwrot?", None),
        ("", None),
    ],
)
def test_consent(text: str, agreed: bool | None) -> None:
    assert consents(text) is agreed


def test_the_last_wish_holds_and_forgetting_ends_them() -> None:
    history = [Utterance("shopper", "pisz krócej"), Utterance("agent", "pisz po angielsku")]
    assert in_effect({LANGUAGE: "en"}, history) == {LANGUAGE: "en", LENGTH: "short"}
    assert in_effect({LANGUAGE: "en"}, history, ["pisz dłużej"])[LENGTH] == "full"
    assert in_effect({LANGUAGE: "en"}, history, ["zapomnij"]) == {}


async def test_shorter_is_one_sentence_and_the_last_answer_again() -> None:
    chat = Chat(customer=None)
    long = await chat.say("jak długo mam na zwrot i jak go zgłosić?")
    assert len(long.sentences) > 1
    again = await chat.say("pisz krócej")
    assert again.sentences == (say(Phrase.NOTED_SHORT, PL)[0], long.sentences[0])
    assert (await chat.say("jak długo mam na zwrot i jak go zgłosić?")).sentences == long.sentences[:1]


async def test_a_short_answer_keeps_a_list_whole() -> None:
    steps = (
        "Zwrot zgłosisz tak:\n- Wejdź w zakładkę „Zwroty” na swoim koncie.\n"
        "- Wybierz towar, który odsyłasz.\n\nPaczkę nadasz za darmo."
    )
    finder = FakeFinder(retrieval(passage(steps, title="Jak zgłosić zwrot?")))
    chat = Chat(customer=None)
    await chat.say("pisz krócej")
    answer = (await chat.say("jak zgłosić zwrot?", finder)).answer
    assert "Wejdź w zakładkę" in answer
    assert "Wybierz towar" in answer


async def test_a_language_that_is_wished_holds_for_the_conversation() -> None:
    chat = Chat(customer=None)
    assert (await chat.say("in English, please")).answer == "All right, I'll answer in English."
    assert (await chat.say("dziękuję")).language is EN


async def test_a_wish_with_a_question_is_answered() -> None:
    result = await Chat(customer=None).say("ile mam na zwrot? pisz krócej")
    assert result.sentences == ("Na zwrot masz 14 dni od odebrania paczki.",)


async def test_of_a_guest_nothing_is_kept_nor_asked() -> None:
    chat = Chat(customer=None)
    assert Phrase.CONSENT_ASK not in kinds(await chat.say("pisz krócej"))
    assert chat.book.kept == {}


def kinds(result: TurnResult) -> set[Phrase]:
    return {
        phrase for phrase in Phrase for s in (*say(phrase, PL), *say(phrase, EN)) if s in result.sentences
    }


async def test_nothing_is_kept_without_consent_and_it_is_asked_once() -> None:
    chat = Chat()
    asked = await chat.say("pisz krócej")
    assert Phrase.CONSENT_ASK in kinds(asked)
    assert [s.label for s in asked.suggestions][:2] == ["Tak, zapamiętaj", "Nie, dziękuję"]
    assert chat.book.kept == {}
    assert Phrase.CONSENT_ASK not in kinds(await chat.say("mów mi Ania"))


async def test_with_consent_it_holds_in_the_next_conversation() -> None:
    first = Chat()
    await first.say("mów mi Ania")
    assert Phrase.CONSENT_KEPT in kinds(await first.say("Tak, zapamiętaj"))
    assert first.book.values() == {"name": "Ania", "consent": "yes"}
    next_one = Chat(first.book)
    assert (await next_one.say("cześć")).answer == "Cześć, Aniu! W czym mogę pomóc?"
    assert (await next_one.say("skąd to wiesz?")).answer == "Wiem to od Ciebie, z rozmowy 12 listopada 2026."
    assert Phrase.CONSENT_KEPT_TOO in kinds(await next_one.say("pisz krócej"))
    assert first.book.values()["length"] == "short"
    assert (await Chat(first.book, customer="piotr").say("cześć")).answer == "Cześć! W czym mogę pomóc?"


async def test_a_no_is_remembered_as_a_no() -> None:
    chat = Chat()
    await chat.say("pisz krócej")
    assert kinds(await chat.say("Nie, dziękuję")) == {Phrase.CONSENT_DECLINED}
    assert chat.book.values() == {"consent": "no"}
    assert Phrase.CONSENT_ASK not in kinds(await Chat(chat.book).say("pisz krócej"))
    assert chat.book.values() == {"consent": "no"}


async def test_forgetting_deletes_what_is_kept() -> None:
    book = FakeMemories()
    await book.keep("anna", {"length": "short", "consent": "yes"}, conversation_id="before")
    chat = Chat(book)
    assert Phrase.FORGOTTEN in kinds(await chat.say("zapomnij"))
    assert book.kept == {}
    assert len((await chat.say("jak długo mam na zwrot i jak go zgłosić?")).sentences) > 1


async def test_how_do_you_know_names_the_article() -> None:
    chat = Chat()
    await chat.say("ile mam dni na zwrot?")
    assert (await chat.say("Skąd to wiesz?")).answer.startswith(
        "To z artykułu sklepu „Ile mam czasu na zwrot?”."
    )


async def test_how_do_you_know_names_the_order() -> None:
    chat = Chat(language=EN)
    await chat.say("where is my order?")
    told = await chat.say("How do you know that?")
    assert told.answer == "That is from the shop's record of your order AB-1001."


async def test_how_do_you_know_after_a_greeting() -> None:
    chat = Chat()
    await chat.say("cześć")
    assert kinds(await chat.say("skąd to wiesz?")) == {Phrase.NO_SOURCE}


@pytest.mark.parametrize("language", [PL, EN])
async def test_wishes_reach_whoever_writes(language: Language) -> None:
    writer = FakeWriter()
    wishes = {PL: "pisz krócej i proszę mówić do mnie na pani", EN: "please keep it short"}
    history = (Utterance("shopper", wishes[language]), Utterance("assistant", "OK"))
    for brief in (
        Brief(("ile mam na zwrot?",), language, NOW, history),
        Brief(("ile mam na zwrot?",), language, NOW, style=Style.NEUTRAL),
    ):
        await take_turn(brief, finder=RETURNS, orders=FakeOrders(), writer=writer)
    wished, plain = writer.briefs
    assert (wished.short, plain.short) == (True, False)
    assert wished.style is (Style.FORMAL if language is PL else Style.INFORMAL)
    assert plain.style is Style.NEUTRAL
