"""What a question lends to an answer, what other words may say, and what they may not."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, by_id, from_passages
from assistant.grounding import check
from assistant.writer import DraftSentence
from foundation.language import Language
from knowledge.passage import RankedPassage
from tests.assistant.fakes import passage

RETURNS = passage(
    "Zwrócić możesz całe zamówienie albo tylko wybrane rzeczy. Nieużywany towar zwrócisz do 30 dni od "
    "odebrania paczki. Wełny nie pierz w gorącej wodzie, bo wysoka temperatura kurczy włókna. Zwrot "
    "zgłoszony po 30 dniach nie przysługuje. Adres e-mail przechowujemy do wycofania zgody.\n"
    "Masz prawo do:\n"
    "- sprzeciwu wobec przetwarzania,\n"
    "- kopii danych.\n"
    "Krok 1: podaj numer zamówienia i rzeczy, które oddajesz.\n"
    "Krok 2: potwierdź zgłoszenie.",
    id="pl/zwroty#1",
    title="Zwroty",
)
SIZES = passage(
    "- XS: klatka 82–87 cm; S: klatka 88–93 cm\n- M: klatka 94–99 cm; L: klatka 100–105 cm",
    id="pl/rozmiary#1",
    title="Rozmiary ubrań",
    heading="Kurtka „Halny”: obwód klatki",
)
CARE = passage(
    "Do not wash leather shoes in a washing machine. The buyer does not have to prove the fault. "
    "With cash on delivery, the InPost courier costs 20.99 zł in all and the DPD courier 21.99 zł. "
    "Anyone who knows the code can collect the parcel. The “Sówka” hat with embroidery cannot be returned. "
    "If you return unused shoes, we refund them.\n"
    "PayPo: you pay within 30 days.\n"
    "Ordinary transfer: you pay within 5 working days.",
    id="en/care#1",
    title="Shoes, delivery and payment",
    language=Language.EN,
)
KNOWN = by_id(from_passages([RankedPassage(found, 1.0) for found in (RETURNS, SIZES, CARE)]))


def reason(text: str, source: str, question: str = "") -> str:
    """Return why a sentence is refused as the answer to a question; empty if it passes."""
    return check(DraftSentence(text, (source,)), KNOWN, question).reason


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Tak.", "Czy mogę zwrócić całe zamówienie?"),
        ("Tak, oddać można też tylko wybrane rzeczy.", "moge oddac tylko jedna rzecz?"),
        ("Nieużywany produkt oddasz do 30 dni od otrzymania przesyłki.", ""),
        ("Adres e-mail trzymamy, dopóki nie wycofasz zgody.", ""),
        ("Wysoka temperatura kurczy włókna wełny.", "czemu nie w goracej?"),
        ("Masz też prawo do kopii danych.", ""),
        ("Podaj numer zamówienia, a potem potwierdź zgłoszenie.", ""),
        ("Niestety nie, po 30 dniach zwrot nie przysługuje.", "moge oddac po 30 dniach?"),
    ],
)
def test_other_words_and_the_question_help(text: str, question: str) -> None:
    assert reason(text, "pl/zwroty#1", question) == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("No.", "Can I wash leather shoes in a washing machine?"),
        ("Please don’t.", "can i wash my leather shoes in the washing machine"),
        ("No, you don’t have to.", "do I have to prove the fault?"),
        ("The DPD courier with cash on delivery costs 21.99 zł in all.", ""),
        ("Yes, anyone who knows the code can pick the parcel up.", "can my brother collect it?"),
        ("With PayPo you pay within 30 days.", ""),
    ],
)
def test_a_mere_no_a_list_of_cases_and_idioms_are_read(text: str, question: str) -> None:
    assert reason(text, "en/care#1", question) == ""


@pytest.mark.parametrize(
    ("text", "source", "question"),
    [
        ("Tak.", "pl/zwroty#1", ""),
        ("Tak.", "pl/zwroty#1", "ile mam czasu na zwrot?"),
        ("Nie.", "pl/zwroty#1", "Czy mogę zwrócić całe zamówienie?"),
        ("Tak.", "pl/zwroty#1", "Czy mogę zwrócić zamówienie po 30 dniach?"),
        ("Yes.", "en/care#1", "Can I wash leather shoes in a washing machine?"),
        ("No, you can’t.", "en/care#1", "can anyone who knows the code collect the parcel?"),
        ("Towar zwrócisz do 30 dni od odebrania paczki.", "pl/zwroty#1", ""),
        ("Adres e-mail przechowujemy do wycofania zgody i podpisu.", "pl/zwroty#1", ""),
        ("Anyone who knows the code can’t collect the parcel.", "en/care#1", ""),
        ("Anyone who knows the code can't collect the parcel.", "en/care#1", ""),
        ("Anyone who knows the code cant collect the parcel.", "en/care#1", ""),
        ("Anyone who knows the code wont collect the parcel.", "en/care#1", ""),
        ("The InPost courier with cash on delivery costs 21.99 zł.", "en/care#1", ""),
        ("With an ordinary transfer you pay within 30 days.", "en/care#1", ""),
        (
            "The “Sówka” hat cannot be returned.",
            "en/care#1",
            "can I return a hat without embroidery?",
        ),
        ("If you return shoes, we refund them.", "en/care#1", ""),
        ("InPost refunds unused shoes if you return them.", "en/care#1", ""),
    ],
)
def test_what_the_question_or_other_words_would_turn_fails(text: str, source: str, question: str) -> None:
    assert reason(text, source, question) != ""


def test_a_size_is_told_for_the_shoppers_own_measure() -> None:
    asked = "mam 96 w klatce, jaki rozmiar?"
    assert reason("Przy obwodzie klatki 96 cm wybierz rozmiar M.", "pl/rozmiary#1", asked) == ""
    assert reason("Obwód klatki 96 cm to rozmiar M, który obejmuje 94–99 cm.", "pl/rozmiary#1", asked) == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Przy obwodzie klatki 96 cm wybierz rozmiar L.", "mam 96 w klatce"),
        ("Przy obwodzie klatki 96 cm wybierz rozmiar M.", "jaki rozmiar?"),
        ("Obwód klatki 96 cm to rozmiar M, który obejmuje 94–98 cm.", "mam 96 w klatce"),
        ("Przy pasie 96 cm wybierz rozmiar M.", "mam 96 w pasie"),
        ("Przy obwodzie klatki 96 cm nie wybieraj rozmiaru M.", "mam 96 w klatce"),
    ],
)
def test_no_other_size_is_told(text: str, asked: str) -> None:
    assert reason(text, "pl/rozmiary#1", asked) != ""


def test_a_question_is_no_evidence() -> None:
    source = Evidence("a#1", "Paczka czeka 3 dni.")
    asked = "czy paczka czeka 5 dni w punkcie?"
    assert not check(
        DraftSentence("Paczka czeka 5 dni w punkcie.", ("a#1",)), {"a#1": source}, asked
    ).supported
