"""What the extractive writer picks, read as a shopper would."""

from __future__ import annotations

import pytest

from assistant import phrases
from assistant.evidence import by_id, from_passages
from assistant.extractive import from_articles
from assistant.grounding import check
from assistant.phrases import Phrase
from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.passage import Passage, RankedPassage
from tests.assistant.fakes import passage

RETURNS = (
    passage(
        "Na zwrot masz 14 dni od odebrania paczki. Termin 14 dni jest taki sam dla butów i ubrań.",
        id="pl/zwrot#1",
        title="Ile mam czasu na zwrot?",
        questions=("do kiedy mogę oddać buty", "ile dni na zwrot"),
    ),
    passage(
        "- Dnia odebrania nie wlicza się do terminu.\n- Sobota przesuwa termin.",
        id="pl/zwrot#2",
        title="Ile mam czasu na zwrot?",
        heading="Jak liczyć 14 dni",
    ),
    passage(
        "Zwrot paczkomatem kosztuje 9,99 zł. Przy reklamacji transport opłaca sklep.",
        id="pl/koszt#1",
        title="Ile kosztuje zwrot?",
    ),
    passage(
        "Zwrot zgłosisz w zakładce „Moje zamówienia”.",
        id="pl/jak#1",
        title="Jak zwrócić towar krok po kroku?",
        questions=("jak odesłać buty",),
    ),
    passage(
        "- Wybierz zamówienie.\n- Zaznacz rzeczy, które oddajesz.\n- Nadaj paczkę.",
        id="pl/jak#2",
        title="Jak zwrócić towar krok po kroku?",
        heading="Zwrot w 3 krokach",
    ),
    passage(
        "- Telefon: 33 555 01 20\n- E-mail: pomoc@sklep.example",
        id="pl/kontakt#2",
        title="Kontakt",
        heading="Dane kontaktowe",
    ),
    passage(
        "Zwrócić nie można rzeczy na zamówienie. Czapkę bez haftu można oddać.",
        id="pl/wyjatki#1",
        title="Czego nie można zwrócić?",
    ),
    passage(
        "- Czapka z haftem nie podlega zwrotowi, bo jest robiona dla Ciebie.\n- Termos z grawerem też.",
        id="pl/wyjatki#2",
        title="Czego nie można zwrócić?",
        heading="Wyjątki",
    ),
)


def answer(question: str, *passages: Passage, language: Language = Language.PL, best: str = "") -> list[str]:
    """Return the picked sentences; the passages of the article `best` rank first."""
    ordered = sorted(passages or RETURNS, key=lambda p: p.article_id != best)
    ranked = [RankedPassage(p, 1.0 - 0.05 * n) for n, p in enumerate(ordered)]
    evidence = from_passages(ranked)
    drafts = from_articles(question, evidence, language, bundled())
    for draft in drafts:
        assert check(draft, by_id(evidence)).supported, draft
    return [draft.text for draft in drafts]


@pytest.mark.parametrize(
    "question",
    ["Ile mam dni na zwrot?", "ile na zwrot butow", "do kiedy moge oddac buty", "zwrot ile czasu"],
)
def test_a_question_for_a_time_is_answered_by_the_time_first(question: str) -> None:
    assert answer(question, best="pl/zwrot")[0] == "Na zwrot masz 14 dni od odebrania paczki."


def test_a_question_for_a_price_is_answered_by_the_amount() -> None:
    assert (
        answer("ile kosztuje zwrot paczkomatem", best="pl/koszt")[0] == "Zwrot paczkomatem kosztuje 9,99 zł."
    )


def test_how_is_answered_by_the_opening_and_the_steps() -> None:
    assert answer("jak zwrócić buty", best="pl/jak") == [
        "Zwrot zgłosisz w zakładce „Moje zamówienia”.",
        "\nZwrot w 3 krokach:",
        "\n- Wybierz zamówienie.",
        "\n- Zaznacz rzeczy, które oddajesz.",
        "\n- Nadaj paczkę.",
    ]


def test_one_item_of_a_list_can_be_the_answer() -> None:
    assert answer("telefon", best="pl/kontakt") == ["Telefon: 33 555 01 20"]


CARRIERS = passage(
    "- Szybka Paczka: 9 zł\n- Kurier Wicher: 14 zł\n- Automat Kubik: 8 zł",
    id="pl/ceny#1",
    title="Ceny",
    heading="Cennik",
)


@pytest.mark.parametrize("question", ["ile za paczkę", "cena przesylki?"])
def test_an_item_is_no_answer_for_its_list_because_a_name_holds_a_general_word(question: str) -> None:
    assert answer(question, CARRIERS) == [
        "Cennik:",
        "\n- Szybka Paczka: 9 zł",
        "\n- Kurier Wicher: 14 zł",
        "\n- Automat Kubik: 8 zł",
    ]


def test_an_item_that_is_told_from_the_others_answers_alone() -> None:
    assert answer("ile za kuriera", CARRIERS) == ["Kurier Wicher: 14 zł"]
    assert answer("ile kosztuje szybka paczka", CARRIERS) == ["Szybka Paczka: 9 zł"]


def test_the_exact_case_goes_before_a_near_one() -> None:
    assert answer("czy mogę zwrócić czapkę z haftem?", best="pl/wyjatki")[0].startswith("Czapka z haftem nie")


def test_what_is_said_of_other_goods_is_no_answer() -> None:
    care = passage(
        "Kurtki pierz w pralce. Buty czyść szczotką, nigdy w pralce.",
        id="pl/pranie#1",
        title="Pranie i pralka",
    )
    assert answer("czy buty można prać w pralce?", care)[0] == "Buty czyść szczotką, nigdy w pralce."


def test_two_questions_are_both_answered() -> None:
    told = answer("ile mam dni na zwrot i ile kosztuje paczkomat?", best="pl/zwrot")
    assert told[0] == "Na zwrot masz 14 dni od odebrania paczki."
    assert "Zwrot paczkomatem kosztuje 9,99 zł." in told


def test_a_sentence_that_leans_back_brings_the_one_before() -> None:
    text = "Paczka czeka w automacie 48 godzin. Ten czas przedłużysz w aplikacji przewoźnika."
    told = answer("jak przedłużyć czas w aplikacji?", passage(text, title="Automat paczkowy"))
    assert told == ["Paczka czeka w automacie 48 godzin.", "Ten czas przedłużysz w aplikacji przewoźnika."]


@pytest.mark.parametrize("further", ["Potem masz też rok gwarancji.", "Gwarancja jest taka sama dla toreb."])
def test_a_sentence_that_adds_to_another_brings_it(further: str) -> None:
    told = answer("jaka gwarancja na torby?", passage(f"Na plecaki masz rok. {further}", title="Gwarancja"))
    assert told == ["Na plecaki masz rok.", further]


def test_in_english_too() -> None:
    text = "Send the form within a week. You then have a month to post the lamp."
    told = answer(
        "how long do I have to post the lamp?",
        passage(text, id="en/lamp#1", title="Lamps", language=Language.EN),
        language=Language.EN,
    )
    assert told == ["Send the form within a week.", "You then have a month to post the lamp."]


REASONS = ("Bateria jest rozładowana po długim locie.", "Nadajnik jest wyłączony albo za daleko.")


@pytest.mark.parametrize("heading", ["Dlaczego dron nie startuje", "Możliwe przyczyny"])
@pytest.mark.parametrize("question", ["dron nie startuje", "dron nie startuje po długim locie"])
def test_a_reason_is_said_with_all_the_others_and_their_heading(heading: str, question: str) -> None:
    text = "\n".join(f"- {reason}" for reason in REASONS)
    told = answer(question, passage(text, id="pl/dron#1", title="Dron nie startuje", heading=heading))
    assert told == [f"{heading}:", *(f"\n- {reason}" for reason in REASONS)]


def test_a_condition_is_not_said_without_what_it_is_for() -> None:
    text = "The drone flies at night.\nIt does not start if:\n- The battery of the drone is empty now."
    told = answer(
        "is the battery empty?",
        passage(text, id="en/drone#1", title="The drone", language=Language.EN),
        language=Language.EN,
    )
    assert "The battery of the drone is empty now." not in told


def test_another_language_is_said_to_be_one() -> None:
    english = passage(
        "BLIK codes are valid for 2 minutes.", id="en/blik#1", title="BLIK", language=Language.EN
    )
    told = answer("BLIK", english)
    assert told == [
        *phrases.say(Phrase.OTHER_LANGUAGE_ONLY, Language.PL),
        "BLIK codes are valid for 2 minutes.",
    ]


def test_languages_are_not_mixed() -> None:
    english = passage("You have 14 days to return.", id="en/return#1", title="Returns", language=Language.EN)
    told = answer("ile dni na zwrot", *RETURNS, english, best="pl/zwrot")
    assert not any("You have" in sentence for sentence in told)


def test_no_passage_no_answer() -> None:
    assert from_articles("ile dni na zwrot", (), Language.PL, bundled()) == ()


def test_a_when_without_any_time_is_left_unanswered() -> None:
    far = passage("Buty mają grubą podeszwę.", id="pl/buty#1", title="Nasze buty")
    assert answer("kiedy otwieracie nowy sklep w Krakowie", far) == []


@pytest.mark.parametrize("question", ["", "???", "a" * 5000, "ile " * 500, "„”—", "\x00\x07"])
def test_odd_questions_do_not_break_it(question: str) -> None:
    assert isinstance(answer(question), list)
