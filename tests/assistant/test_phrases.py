"""Fixed texts: one of each in both languages, in Polish in both forms of address, and known again in all."""

from __future__ import annotations

import re

import pytest

from assistant.brief import Utterance
from assistant.phrases import Phrase, contains, every, kind_of, opens_with, say
from assistant.said import asked_for, unsure_before
from foundation.language import Language
from foundation.style import Style
from tests.assistant.fakes import FakeFinder, ask

PL, EN = Language.PL, Language.EN

SAYS_TY = re.compile(
    r"\b(?:tw[oó]j\w*|ciebie|ci|cię|tobą|tobie|możesz|masz|chcesz|zobaczysz|szukasz|wiesz|"
    r"podaj|napisz|spróbuj|sprawdź|wpisz|zaloguj|zapytaj|poproś)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("style", [Style.FORMAL, Style.NEUTRAL])
@pytest.mark.parametrize("phrase", list(Phrase))
def test_nobody_is_addressed_by_ty_unless_it_is_informal(phrase: Phrase, style: Style) -> None:
    for sentence in say(phrase, PL, style):
        assert not SAYS_TY.search(re.sub("„.*?”", "", sentence))


def test_informal_texts_say_ty() -> None:
    informal = [s for phrase in Phrase for s in say(phrase, PL, Style.INFORMAL)]
    assert sum(bool(SAYS_TY.search(sentence)) for sentence in informal) > 20


@pytest.mark.parametrize("phrase", list(Phrase))
def test_a_text_is_known_again_in_every_form(phrase: Phrase) -> None:
    assert say(phrase, EN, Style.FORMAL) == say(phrase, EN, Style.INFORMAL)
    forms = list(every(phrase))
    assert {say(phrase, language, style) for language in Language for style in Style} == set(forms)
    for sentences in forms:
        assert {kind_of(sentence) for sentence in sentences} == {phrase}
        assert opens_with(" ".join(sentences), phrase)
        assert contains(f"Tak. {sentences[-1]}", phrase)
    assert kind_of(forms[0][0] + " Rabat 10%.") is None


@pytest.mark.parametrize("style", list(Style))
def test_what_was_said_formally_is_remembered(style: Style) -> None:
    history = [Utterance("assistant", " ".join(say(Phrase.GUEST_NEED_NUMBER, PL, style)))]
    assert asked_for(history, Phrase.GUEST_NEED_NUMBER)
    assert not asked_for(history, Phrase.GUEST_NEED_EMAIL)
    assert unsure_before([Utterance("assistant", " ".join(say(Phrase.ABSTAIN, PL, style)))]) == 1


@pytest.mark.parametrize(
    ("messages", "formal", "informal"),
    [
        (("gdzie jest moje zamówienie?",), "proszę zalogować się", "zaloguj się"),
        (("hejka",), "Dzień dobry!", "Cześć!"),
        (("jesteś botem?",), "można poprosić", "możesz poprosić"),
    ],
)
async def test_a_turn_keeps_to_the_style(messages: tuple[str, ...], formal: str, informal: str) -> None:
    told = {
        style: (await ask(*messages, finder=FakeFinder(), brief={"style": style})).answer for style in Style
    }
    assert formal in told[Style.FORMAL] == told[Style.NEUTRAL]
    assert informal in told[Style.INFORMAL]
    assert formal not in told[Style.INFORMAL]


async def test_who_asks_for_another_form_gets_it() -> None:
    history = (Utterance("shopper", "proszę mówić do mnie na pani"), Utterance("assistant", "Dobrze."))
    wished = await ask("gdzie jest moje zamówienie?", brief={"history": history})
    assert "proszę zalogować się" in wished.answer
    history = (Utterance("shopper", "mówmy sobie na ty"), Utterance("assistant", "Jasne."))
    wished = await ask("gdzie jest moje zamówienie?", brief={"history": history, "style": Style.FORMAL})
    assert "zaloguj się" in wished.answer


@pytest.mark.parametrize("phrase", [Phrase.ABSTAIN, Phrase.HANDOFF_UNSURE, Phrase.HANDOFF_SOONER])
def test_what_we_do_not_know_is_said_without_a_word_of_how_the_shop_keeps_it(phrase: Phrase) -> None:
    assert not any(re.search("artyku|article", s) for sentences in every(phrase) for s in sentences)


@pytest.mark.parametrize("message", ["dzien dobry", "Dzień dobry!!", "dobry wieczór"])
async def test_a_formal_greeting_is_answered_formally(message: str) -> None:
    told = await ask(message, brief={"style": Style.INFORMAL})
    assert told.sentences == say(Phrase.GREETING, PL, Style.FORMAL)
