"""One turn, from messages to result, with the other rooms as fakes."""

from __future__ import annotations

import pytest

from assistant import phrases
from assistant.brief import Intent, Outcome, TurnResult, Utterance
from assistant.phrases import Phrase
from assistant.writer import DraftSentence
from customer.model import OrderStatus
from foundation.errors import Unavailable
from foundation.language import Language
from tests.assistant.fakes import FakeFinder, FakeOrders, FakeWriter, ask, order, passage, retrieval

RETURNS = passage("Na zwrot masz 14 dni od odebrania paczki. Koszt odesłania to 9,99 zł.")


async def test_an_answer_quotes_its_passage_and_is_shown_sentence_by_sentence() -> None:
    shown: list[str] = []
    result = await ask("ile mam na zwrot?", finder=FakeFinder(retrieval(RETURNS)), shown=shown)
    assert result.outcome is Outcome.ANSWERED
    assert result.sentences[0] == "Na zwrot masz 14 dni od odebrania paczki."
    assert tuple(shown) == result.sentences
    assert all(c.quote in RETURNS.text for c in result.citations)
    assert result.citations[0].passage_id == "pl/zwroty#1"
    assert {"understand", "retrieve", "write", "verify"} <= set(result.stage_ms)


async def test_a_sentence_that_fails_verification_is_dropped_and_recorded() -> None:
    writer = FakeWriter(
        DraftSentence("Na zwrot masz 30 dni.", ("pl/zwroty#1",)),
        DraftSentence("Na zwrot masz 14 dni od odebrania paczki.", ("pl/zwroty#1",)),
    )
    shown: list[str] = []
    result = await ask("ile na zwrot", finder=FakeFinder(retrieval(RETURNS)), writer=writer, shown=shown)
    assert shown == ["Na zwrot masz 14 dni od odebrania paczki."]
    assert result.dropped == (("Na zwrot masz 30 dni.", "unsupported_duration: 30 dni"),)


async def test_nothing_left_after_verification_is_an_honest_i_do_not_know() -> None:
    writer = FakeWriter(DraftSentence("Zwrot jest darmowy i masz 90 dni.", ("pl/zwroty#1",)))
    result = await ask("ile na zwrot", finder=FakeFinder(retrieval(RETURNS)), writer=writer)
    assert result.outcome is Outcome.ABSTAINED
    assert result.sentences[0] == phrases.say(Phrase.ABSTAIN, Language.PL)[0]
    assert result.dropped


async def test_a_lead_in_is_not_said_alone() -> None:
    lead = phrases.say(Phrase.OTHER_LANGUAGE_ONLY, Language.PL)[0]
    writer = FakeWriter(DraftSentence(lead), DraftSentence("You have 99 days.", ("pl/zwroty#1",)))
    result = await ask("ile na zwrot", finder=FakeFinder(retrieval(RETURNS)), writer=writer)
    assert lead not in result.sentences


@pytest.mark.parametrize("message", ["Chcę rozmawiać z człowiekiem", "human please"])
async def test_who_asks_for_a_person_gets_one(message: str) -> None:
    result = await ask(message)
    assert result.outcome is Outcome.HANDOFF
    assert result.handoff_reason == "asked_for_person"
    assert result.sentences


async def test_the_second_i_do_not_know_in_a_row_hands_over() -> None:
    first = await ask("Jaka jest stolica Australii?")
    assert first.outcome is Outcome.ABSTAINED
    assert any(s.action == "ask_human" for s in first.suggestions)
    history = (Utterance("shopper", "Jaka jest stolica Australii?"), Utterance("assistant", first.answer))
    second = await ask("A Nowej Zelandii?", brief={"history": history})
    assert (second.outcome, second.handoff_reason) == (Outcome.HANDOFF, "unsure_twice")
    again = (*history, Utterance("agent", "Canberra."), Utterance("shopper", "dzięki"))
    assert (await ask("A Fidżi?", brief={"history": again})).outcome is Outcome.ABSTAINED


async def test_a_customer_hears_how_their_order_stands() -> None:
    result = await ask(
        "gdzie jest moje zamówienie?", orders=FakeOrders([order()]), brief={"customer_id": "anna"}
    )
    assert result.intent is Intent.ORDER_STATUS
    assert result.answer == (
        "Zamówienie AB-1001 z 12 listopada (Buty „Turnia”): paczka jest w drodze (InPost Paczkomat, numer "
        "przesyłki 620123456789012345678901). Dostawa jest przewidziana na środę 18 listopada."
    )


async def test_a_guest_learns_nothing_of_any_order() -> None:
    orders = FakeOrders([order()])
    mine = await ask("gdzie jest moje zamówienie AB-1001?", orders=orders)
    other = await ask("gdzie jest moje zamówienie ZZ-9999?", orders=orders)
    kinds = [phrases.kind_of(sentence) for sentence in mine.sentences]
    assert kinds == [Phrase.SIGN_IN, Phrase.SIGN_IN_HOW]
    assert mine.sentences == other.sentences
    assert orders.asked_for == []


async def test_another_customers_number_is_answered_like_one_that_does_not_exist() -> None:
    orders = FakeOrders([order("AB-1001", customer_id="anna"), order("AB-2002", customer_id="piotr")])
    other = await ask("status zamówienia AB-2002", orders=orders, brief={"customer_id": "anna"})
    absent = await ask("status zamówienia AB-7777", orders=orders, brief={"customer_id": "anna"})
    assert (other.sentences, other.suggestions, other.outcome) == (
        absent.sentences,
        absent.suggestions,
        absent.outcome,
    )
    assert set(orders.asked_for) == {"anna"}


async def test_orders_out_of_reach_are_said_to_be() -> None:
    orders = FakeOrders(trouble=Unavailable("The shop does not answer."))
    result = await ask("gdzie moja paczka", orders=orders, brief={"customer_id": "anna"})
    assert result.outcome is Outcome.ABSTAINED
    assert phrases.kind_of(result.sentences[0]) is Phrase.ORDERS_UNAVAILABLE


async def test_a_retried_turn_goes_on_after_what_was_shown() -> None:
    finder = FakeFinder(retrieval(RETURNS))
    whole = await ask("ile mam na zwrot i ile kosztuje odesłanie?", finder=finder)
    assert len(whole.sentences) == 2
    shown: list[str] = []
    again = await ask(
        "ile mam na zwrot i ile kosztuje odesłanie?",
        finder=finder,
        shown=shown,
        already_shown=whole.sentences[:1],
    )
    assert shown == [whole.sentences[1]]
    assert again.sentences == whole.sentences


async def test_a_retried_turn_never_says_something_else() -> None:
    shown: list[str] = []
    result = await ask(
        "ile mam na zwrot?",
        finder=FakeFinder(retrieval(RETURNS)),
        shown=shown,
        already_shown=("Termin zwrotu to 14 dni.",),
    )
    assert shown == []
    assert result.sentences == ("Termin zwrotu to 14 dni.",)
    assert result.outcome is Outcome.ANSWERED
    assert result.citations == ()


async def test_what_an_earlier_try_has_quoted_keeps_its_source() -> None:
    quoted = "Koszt odesłania to 9,99 zł."
    finder = FakeFinder(retrieval(RETURNS))
    result = await ask("ile mam na zwrot?", finder=finder, already_shown=(quoted,))
    assert result.sentences == (quoted,)
    assert [c.quote for c in result.citations] == [quoted]


async def test_a_promise_of_a_person_is_kept_by_a_retried_turn() -> None:
    promise = phrases.say(Phrase.HANDOFF_UNSURE, Language.PL)
    result = await ask("ile na zwrot?", finder=FakeFinder(retrieval(RETURNS)), already_shown=promise)
    assert (result.outcome, result.handoff_reason) == (Outcome.HANDOFF, "unsure_twice")
    assert result.sentences == promise


async def test_a_general_question_of_a_customer_without_open_orders_is_answered_by_an_article() -> None:
    tracking = passage("Status sprawdzisz w zakładce „Moje zamówienia”.", id="pl/status#1", title="Status")
    old = order(status=OrderStatus.DELIVERED, delivered_at=None)
    result = await ask(
        "jak sprawdzić status zamówienia?",
        finder=FakeFinder(retrieval(tracking)),
        orders=FakeOrders([old]),
        brief={"customer_id": "anna"},
    )
    assert result.answer == "Status sprawdzisz w zakładce „Moje zamówienia”."


async def test_what_is_asked_besides_an_order_is_answered_too() -> None:
    result = await ask(
        "gdzie moja paczka i ile mam dni na zwrot?",
        finder=FakeFinder(retrieval(RETURNS)),
        orders=FakeOrders([order()]),
        brief={"customer_id": "anna"},
    )
    assert "AB-1001" in result.sentences[0]
    assert "Na zwrot masz 14 dni od odebrania paczki." in result.sentences


async def test_a_follow_up_is_searched_with_the_topic_before() -> None:
    finder = FakeFinder(retrieval(RETURNS))
    history = (Utterance("shopper", "jak odesłać buty?"), Utterance("assistant", "Tak."))
    await ask("a ile to kosztuje?", finder=finder, brief={"history": history})
    assert finder.asked == ["a ile to kosztuje odesłać buty"]


@pytest.mark.parametrize(
    ("message", "phrase"),
    [
        ("cześć", Phrase.GREETING),
        ("dzięki!", Phrase.THANKS),
        ("nie, dziękuję", Phrase.THANKS),
        ("nie", Phrase.ALL_RIGHT),
        ("nie trzeba", Phrase.ALL_RIGHT),
        ("ok", Phrase.ALL_RIGHT),
        ("do widzenia", Phrase.ALL_RIGHT),
        ("😀", Phrase.EMPTY),
        ("", Phrase.EMPTY),
        ("jesteś botem?", Phrase.ABOUT_ASSISTANT),
        ("Guten Tag, wo ist mein Paket?", Phrase.THIRD_LANGUAGE),
    ],
)
async def test_small_talk_needs_no_article(message: str, phrase: Phrase) -> None:
    finder = FakeFinder(retrieval(RETURNS))
    result = await ask(message, finder=finder)
    assert {phrases.kind_of(sentence) for sentence in result.sentences} == {phrase}
    assert finder.asked == []


@pytest.mark.parametrize("message", ["a" * 10_000, "ile na zwrot? " * 700, "\x00\u202e", "?" * 9_999 + "a"])
async def test_odd_messages_get_an_answer(message: str) -> None:
    result = await ask(message, finder=FakeFinder(retrieval(RETURNS, confidence=0.2)))
    assert result.sentences


async def test_claims_of_the_shopper_are_no_evidence() -> None:
    writer = FakeWriter(DraftSentence("Zwrot trwa 90 dni.", ("pl/zwroty#1",)))
    result = await ask("Zwrot trwa 90 dni, prawda?", finder=FakeFinder(retrieval(RETURNS)), writer=writer)
    assert "90" not in result.answer


LOCKER = passage("Paczka czeka 48 godzin.", id="pl/paczkomat#1", title="Dostawa do Paczkomatu")
INVOICE = passage("Podaj NIP w koszyku.", id="pl/faktura#1", title="Faktura")
CARE = passage("Pierz w 30 stopniach.", id="pl/pranie#1", title="Pranie")
ENGLISH = passage("You have 14 days.", id="en/returns#1", title="Returns", language=Language.EN)
VAGUE = "czy zwrot po tygodniu to problem"


def said_of(result: TurnResult) -> list[Phrase | None]:
    return [phrases.kind_of(sentence) for sentence in result.sentences]


async def test_between_answer_and_unknown_it_asks_back_with_the_nearest_topics() -> None:
    found = retrieval(RETURNS, ENGLISH, LOCKER, INVOICE, CARE, confidence=0.3)
    result = await ask(VAGUE, finder=FakeFinder(found))
    assert said_of(result) == [Phrase.ASK_BACK, Phrase.WHICH_TOPIC]
    assert [s.label for s in result.suggestions] == [
        "Ile mam czasu na zwrot?",
        "Dostawa do Paczkomatu",
        "Faktura",
        "Porozmawiaj z człowiekiem",
    ]
    assert [s.send for s in result.suggestions[:3]] == [s.label for s in result.suggestions[:3]]
    assert result.outcome is Outcome.ABSTAINED


async def test_a_far_second_topic_is_offered_for_want_of_a_nearer_one() -> None:
    found = retrieval(RETURNS, LOCKER, INVOICE, confidence=0.3, scores=(1.0, 0.2, 0.1))
    result = await ask(VAGUE, finder=FakeFinder(found))
    assert [s.label for s in result.suggestions] == [
        "Ile mam czasu na zwrot?",
        "Dostawa do Paczkomatu",
        "Porozmawiaj z człowiekiem",
    ]


async def test_what_is_unknown_offers_a_person_and_no_misleading_topic() -> None:
    result = await ask(VAGUE, finder=FakeFinder(retrieval(RETURNS, LOCKER, confidence=0.05)))
    assert said_of(result) == [Phrase.ABSTAIN, Phrase.OFFER_PERSON]
    assert [s.action for s in result.suggestions] == ["ask_human"]


async def test_nothing_to_ask_back_with_in_ones_language_is_unknown() -> None:
    result = await ask(VAGUE, finder=FakeFinder(retrieval(ENGLISH, confidence=0.3)))
    assert said_of(result) == [Phrase.ABSTAIN, Phrase.OFFER_PERSON]


async def test_asking_back_once_is_no_failure_a_second_time_calls_a_person() -> None:
    vague = FakeFinder(retrieval(RETURNS, LOCKER, confidence=0.3))
    first = await ask(VAGUE, finder=vague)
    assert first.handoff_reason is None
    history = (Utterance("shopper", VAGUE), Utterance("assistant", first.answer))
    second = await ask("no taki problem ze zwrotem", finder=vague, brief={"history": history})
    assert (second.outcome, second.handoff_reason) == (Outcome.HANDOFF, "unsure_twice")
    assert said_of(second) == [Phrase.HANDOFF_NO_GUESS]
    unknown = await ask("A Nowej Zelandii?", brief={"history": history})
    assert said_of(unknown) == [Phrase.HANDOFF_NO_GUESS]


async def test_a_tapped_topic_is_answered_from_exactly_that_article() -> None:
    found = retrieval(LOCKER, RETURNS, INVOICE, confidence=0.2)
    history = (Utterance("shopper", VAGUE), Utterance("assistant", "Nie mam pewności, o co chodzi."))
    result = await ask("Faktura", finder=FakeFinder(found), brief={"history": history})
    assert result.outcome is Outcome.ANSWERED
    assert {c.article_id for c in result.citations} == {"pl/faktura"}


def asked_back_history() -> tuple[Utterance, ...]:
    words = phrases.say(Phrase.ASK_BACK, Language.PL) + phrases.say(Phrase.WHICH_TOPIC, Language.PL)
    return (Utterance("shopper", VAGUE), Utterance("assistant", " ".join(words)))


@pytest.mark.parametrize(
    ("message", "article"),
    [
        ("ta pierwsza", "pl/zwroty"),
        ("o drugą mi chodzi", "pl/paczkomat"),
        ("nr 3", "pl/faktura"),
        ("the third one please", "pl/faktura"),
        ("ostatnia", "pl/faktura"),
    ],
)
async def test_a_topic_is_chosen_by_its_place(message: str, article: str) -> None:
    found = retrieval(RETURNS, LOCKER, INVOICE, CARE, confidence=0.3)
    brief = {"history": asked_back_history(), "forced_language": Language.PL}
    result = await ask(message, finder=FakeFinder(found), brief=brief)
    assert result.outcome is Outcome.ANSWERED
    assert {c.article_id for c in result.citations} == {article}


@pytest.mark.parametrize("message", ["żadna z nich", "nie, nic z tych rzeczy", "nie o to chodzi", "neither"])
async def test_who_wants_none_of_the_topics_is_offered_a_person(message: str) -> None:
    found = FakeFinder(retrieval(RETURNS, LOCKER, confidence=0.3))
    result = await ask(message, finder=found, brief={"history": asked_back_history()})
    assert said_of(result) == [Phrase.OFFER_PERSON]
    assert [s.action for s in result.suggestions] == ["ask_human"]
    assert said_of(await ask(message, finder=found)) != [Phrase.OFFER_PERSON]


async def test_a_number_that_no_topic_has_is_no_choice() -> None:
    found = FakeFinder(retrieval(RETURNS, LOCKER, confidence=0.3))
    result = await ask("trzecia", finder=found, brief={"history": asked_back_history()})
    assert result.outcome is Outcome.HANDOFF


async def test_a_retried_turn_that_asked_back_stays_unanswered() -> None:
    shown = phrases.say(Phrase.ASK_BACK, Language.PL)
    result = await ask(VAGUE, finder=FakeFinder(retrieval(RETURNS)), already_shown=shown)
    assert result.outcome is Outcome.ABSTAINED


async def test_an_answer_in_another_language_says_so_and_is_cited_as_such() -> None:
    question = "ile dni na zwrot"
    result = await ask(question, finder=FakeFinder(retrieval(ENGLISH, confidence=0.7)))
    assert said_of(result) == [Phrase.OTHER_LANGUAGE_ONLY, None]
    assert result.language is Language.PL
    assert [(c.language, c.quote) for c in result.citations] == [("en", "You have 14 days.")]


async def test_neighbouring_sentences_are_one_citation() -> None:
    result = await ask(
        "ile mam dni na zwrot i ile kosztuje odesłanie?", finder=FakeFinder(retrieval(RETURNS))
    )
    assert [c.quote for c in result.citations] == [RETURNS.text]


CASES = [
    ("chcę złożyć reklamację", "complaint", Phrase.HANDOFF_COMPLAINT, Phrase.HANDOFF_COMPLAINT_ALONE),
    ("hej, but mi sie rozprul", "complaint", Phrase.HANDOFF_COMPLAINT, Phrase.HANDOFF_COMPLAINT_ALONE),
    ("my parcel is lost", "unusual_case", Phrase.HANDOFF_UNUSUAL, Phrase.HANDOFF_UNUSUAL_ALONE),
    ("pobraliście pieniądze dwa razy", "unusual_case", Phrase.HANDOFF_UNUSUAL, Phrase.HANDOFF_UNUSUAL_ALONE),
]
COST = "Koszt odesłania to 9,99 zł."
ANSWER = FakeWriter(DraftSentence(COST, ("pl/zwroty#1",), quotes=(("pl/zwroty#1", COST),)))


@pytest.mark.parametrize(("message", "reason", "after", "alone"), CASES)
async def test_a_case_for_a_person_is_passed_on_after_the_answer(
    message: str, reason: str, after: Phrase, alone: Phrase
) -> None:
    shown: list[str] = []
    result = await ask(message, finder=FakeFinder(retrieval(RETURNS)), writer=ANSWER, shown=shown)
    assert (result.outcome, result.handoff_reason) == (Outcome.HANDOFF, reason)
    assert result.sentences == (COST, *phrases.say(after, result.language))
    assert tuple(shown) == result.sentences
    assert [c.quote for c in result.citations] == [COST]


@pytest.mark.parametrize(("message", "reason", "after", "alone"), CASES)
async def test_without_an_answer_a_kind_word_passes_the_case_on(
    message: str, reason: str, after: Phrase, alone: Phrase
) -> None:
    result = await ask(message)
    assert (result.outcome, result.handoff_reason) == (Outcome.HANDOFF, reason)
    assert result.sentences == phrases.say(alone, result.language)


@pytest.mark.parametrize(("message", "reason", "after", "alone"), CASES)
async def test_a_case_is_passed_on_once(message: str, reason: str, after: Phrase, alone: Phrase) -> None:
    for words in (after, alone):
        history = (Utterance("assistant", " ".join(("Tak.", *phrases.say(words, Language.PL)))),)
        assert (await ask(message, brief={"history": history})).outcome is Outcome.ABSTAINED
    other = Phrase.HANDOFF_UNUSUAL if reason == "complaint" else Phrase.HANDOFF_COMPLAINT
    for language in Language:
        for words in (other, Phrase.HANDOFF_ASKED, Phrase.HANDOFF_UNSURE):
            history = (Utterance("assistant", " ".join(phrases.say(words, language))),)
            assert (await ask(message, brief={"history": history})).handoff_reason == reason


@pytest.mark.parametrize(("message", "reason", "after", "alone"), CASES)
async def test_a_promise_to_pass_a_case_on_is_kept(
    message: str, reason: str, after: Phrase, alone: Phrase
) -> None:
    for words in (after, alone):
        promise = ("Coś innego.", *phrases.say(words, Language.EN))
        result = await ask("ile na zwrot?", finder=FakeFinder(retrieval(RETURNS)), already_shown=promise)
        assert (result.outcome, result.handoff_reason) == (Outcome.HANDOFF, reason)
    half = await ask(message, already_shown=("Coś innego.",))
    assert (half.sentences, half.handoff_reason) == (("Coś innego.",), reason)


@pytest.mark.parametrize(
    "message", ["jestem wściekła, ile kosztuje odesłanie", "I am furious. what is the cost"]
)
async def test_who_is_upset_hears_a_kind_word_first_and_once(message: str) -> None:
    found = FakeFinder(retrieval(RETURNS))
    result = await ask(message, finder=found, writer=ANSWER)
    after, alone = Phrase.HANDOFF_COMPLAINT, Phrase.HANDOFF_COMPLAINT_ALONE
    assert said_of(result) == [Phrase.SORRY, None, after]
    assert said_of(await ask(message)) == [Phrase.SORRY, alone]
    calm = await ask("chcę złożyć reklamację", finder=found, writer=ANSWER)
    assert said_of(calm) == [None, after]
    for words in (Phrase.SORRY, alone):
        history = (Utterance("assistant", " ".join(phrases.say(words, Language.PL))),)
        again = await ask(message, finder=found, writer=ANSWER, brief={"history": history})
        assert Phrase.SORRY not in said_of(again)


async def test_a_customers_order_is_told_as_ever_and_an_angry_guest_gets_a_person() -> None:
    message = "gdzie jest moje zamówienie? to skandal"
    known = await ask(message, orders=FakeOrders([order()]), brief={"customer_id": "anna"})
    assert (known.outcome, known.handoff_reason) == (Outcome.ANSWERED, None)
    assert "AB-1001" in known.answer
    guest = await ask(message, orders=FakeOrders([order()]))
    assert (guest.outcome, guest.handoff_reason) == (Outcome.HANDOFF, "complaint")


@pytest.mark.parametrize("message", ["ile trwa reklamacja", "what if my parcel is lost?"])
async def test_a_general_question_calls_nobody(message: str) -> None:
    assert (await ask(message)).outcome is Outcome.ABSTAINED


async def test_who_complains_and_asks_for_a_person_has_asked() -> None:
    assert (await ask("to skandal, dajcie człowieka")).handoff_reason == "asked_for_person"
