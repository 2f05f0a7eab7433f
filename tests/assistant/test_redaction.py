"""What leaves the machine has no personal data and every number that an answer needs; it comes back whole."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.redaction import Known, Redactor

ANNA = Known(
    names=("Anna Nowak",),
    emails=("anna.nowak@example.com",),
    phones=("+48 601 202 303",),
    address_lines=("Kwiatowa 5/12", "00-950 Warszawa"),
    numbers=("LS-2026-10457", "600100200", "600000000000000000000017"),
    shop=("sklep@leszczyna.example", "22 123 45 67", "ul. Leśna 2, 30-001 Kraków", "Ewa Zięba"),
)


def kinds(text: str, known: Known | None = None) -> list[str]:
    """Return the kinds of placeholders that a text gets, in order."""
    return re.findall(r"⟦([A-Z]+)_\d+⟧", Redactor(known).redact(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pisz na jan.kowalski+sklep@wp.pl.", "pisz na ⟦EMAIL_1⟧."),
        ("jan (at) wp kropka pl", "⟦EMAIL_1⟧"),
        ("tel.600-100-200,", "tel.⟦PHONE_1⟧,"),
        ("mój nr: 600 100 200!", "mój nr: ⟦PHONE_1⟧!"),
        ("(22) 123 45 67", "⟦PHONE_1⟧"),
        ("0048 600 100 200 albo 48600100200", "⟦PHONE_1⟧ albo ⟦PHONE_1⟧"),
        ("6 0 0 1 0 0 2 0 0", "⟦PHONE_1⟧"),
        ("call +44 7700 900123 or (212) 555-0123", "call ⟦PHONE_1⟧ or ⟦PHONE_2⟧"),
        ("44051401359", "⟦PESEL_1⟧"),
        ("mój PESEL to 12345678901", "mój PESEL to ⟦PESEL_1⟧"),
        ("NIP 123-456-32-18, REGON: 123456785", "NIP ⟦NIP_1⟧, REGON: ⟦REGON_1⟧"),
        ("konto 61 1090 1014 0000 0712 1981 2874", "konto ⟦ACCOUNT_1⟧"),
        ("PL61109010140000071219812874", "⟦ACCOUNT_1⟧"),
        ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN ⟦ACCOUNT_1⟧ please"),
        ("4111 1111 1111 1111", "⟦CARD_1⟧"),
        ("karta kończy się na 1234", "karta kończy się na 1234"),
        ("dowód ABC 123456, paszport AB1234567", "dowód ⟦DOCUMENT_1⟧, paszport ⟦DOCUMENT_2⟧"),
        ("ul. Kwiatowa 5 m. 12, 00-950 Warszawa", "⟦ADDRESS_1⟧"),
        ("mieszkam na kwiatowej 5/12", "mieszkam na ⟦ADDRESS_1⟧"),
        ("Send it to 12 Baker Street, London NW1 6XE.", "Send it to ⟦ADDRESS_1⟧."),
        ("urodziłam się 15 maja 1990 r.", "urodziłam się ⟦BIRTHDATE_1⟧ r."),
        ("kod BLIK to 123 456", "kod BLIK to ⟦CODE_1⟧"),
        ("z 192.168.1.20 i 2001:db8::1", "z ⟦IP_1⟧ i ⟦IP_2⟧"),
        ("https://shop.example/reset?token=abcdef12", "⟦LINK_1⟧"),
        ("nazywam sie jan kowalski i czekam", "nazywam sie ⟦PERSON_1⟧ i czekam"),
        ("My name is John O'Connor.", "My name is ⟦PERSON_1⟧."),
        ("Dziękuję!\nPozdrawiam,\nJan Nowak", "Dziękuję!\nPozdrawiam,\n⟦PERSON_1⟧"),
        ("Paczkę odbierze Krystyna Dąbrowska.", "Paczkę odbierze ⟦PERSON_1⟧."),
        ("６００\u202f１００\u202f２００", "⟦PHONE_1⟧"),
        ("600\u200b100\u200b200", "⟦PHONE_1⟧"),
    ],
)
def test_personal_data_is_replaced(text: str, expected: str) -> None:
    assert Redactor().redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "zamówienie nr LS-2026-10457, ZM/1042, #10457, 2026/11/123 i 600100200A",
        "zamówienia 501502503 i 501502504",
        "Order number: 7405550123",
        "paczka 620012345678901234567890, DPD 13245678901234, GLS: 98765432109",
        "przesyłka 6200 1234 5678 9012 3456 7890",
        "numer przesyłki 44051401359",
        "RR473124829PL, 1Z999AA10123456784, 00359007731234567890",
        "zamówienie 4111111111111111",
        "EAN 5901234123457, rozmiar 36-38, SKU KB-600-100, 2 szt. po 1 299,00 zł",
        "od 17.11.2026 14:30 do 2026-11-20, 14 dni, 10-100 zł",
        "FV/2026/11/123 na 1 600 100 zł",
        "https://inpost.pl/sledzenie-przesylek?number=620012345678901234567890",
        "Jestem zadowolona z zakupów. Jestem Klientką od roku.",
        "Paczkomat WAW123M",
        "Mam pytanie o sukienkę Maja w kolorze róż, look at example.com",
    ],
)
def test_what_an_answer_needs_stays(text: str) -> None:
    assert Redactor().redact(text) == text


def test_what_is_known_decides() -> None:
    redactor = Redactor(ANNA)
    assert redactor.redact("601-202-303, 600 100 200, 22 1234567") == "⟦PHONE_1⟧, 600 100 200, 22 1234567"
    assert redactor.redact("Kwiatowa 5/12 i ul. Leśna 2, 30-001 Kraków") == (
        "⟦ADDRESS_1⟧ i ul. Leśna 2, 30-001 Kraków"
    )
    assert redactor.redact("sklep@leszczyna.example i ANNA.NOWAK@example.com") == (
        "sklep@leszczyna.example i ⟦EMAIL_1⟧"
    )


def test_contacts_that_anybody_may_read_stay() -> None:
    known = Known(public=("Zwroty: ul. Magazynowa 7, 05-500 Piaseczno, tel. 600 700 800.",))
    said = "Odesłałam na ul. Magazynowa 7, 05-500 Piaseczno i dzwoniłam pod 600700800 z 600700801"
    assert Redactor(known).redact(said) == said.replace("600700801", "⟦PHONE_1⟧")


@pytest.mark.parametrize(
    "form", ["Anna Nowak", "ANNA NOWAK", "anna nowak", "Annie Nowak", "Annę Nowak", "Nowak Anna"]
)
def test_a_known_name_is_one_person_in_every_form(form: str) -> None:
    assert Redactor(ANNA).redact(f"Paczka dla: {form}!") == "Paczka dla: ⟦PERSON_1⟧!"


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Jan Kowalski", "Jana Kowalskiego|Janowi Kowalskiemu|Janem Kowalskim|Janie Kowalski"),
        ("Marek Wójcik", "Marka Wójcika|Markowi Wójcikowi|Markiem Wojcikiem|Marku Wójciku"),
        ("Agnieszka Zięba", "Agnieszki Zięby|Agnieszce Ziębie|Agnieszkę Ziębę|Agnieszką Ziębą"),
        ("Paweł Gołąb", "Pawła Gołębia|Pawłowi Gołębiowi|Pawle Gołębiu"),
        ("Olga Dudek", "Oldze Dudek|Olgi Dudek"),
        ("Piotr Wróbel", "Piotrze Wróblu|Piotra Wróbla"),
    ],
)
def test_polish_forms_of_names_are_told(name: str, forms: str) -> None:
    for form in forms.split("|"):
        redactor = Redactor(Known(names=(name,)))
        assert redactor.redact(f"rozmowa: {form}.") == "rozmowa: ⟦PERSON_1⟧.", form
        assert redactor.restore("⟦PERSON_1⟧").text == name


def test_a_part_of_a_name_is_not_a_word_that_begins_like_it() -> None:
    known = Known(names=("Ola Lis",))
    assert kinds("Olu, olej do drewna i Olejek z listy Lista", known) == ["PERSON"]


def test_a_sentence_after_a_name_is_no_part_of_it() -> None:
    assert Redactor().redact("Tu Kasia. Dzwoniłam wczoraj.") == "Tu ⟦PERSON_1⟧. Dzwoniłam wczoraj."
    assert Redactor().redact("Z poważaniem, J. Kowalski") == "Z poważaniem, J. ⟦PERSON_1⟧"
    assert kinds("Best wishes from London") == []


def test_who_introduces_themselves_is_known_in_the_texts_before() -> None:
    redactor = Redactor()
    redactor.notice(["Kowalski nie odbiera", "Nazywam się Jan Kowalski"])
    assert redactor.redact("Kowalski nie odbiera") == "⟦PERSON_1⟧ nie odbiera"


def test_the_same_value_has_the_same_placeholder_and_two_have_two() -> None:
    redactor = Redactor()
    first = redactor.redact("600 100 200 lub 601100200")
    assert first == "⟦PHONE_1⟧ lub ⟦PHONE_2⟧"
    assert redactor.redact("+48600100200") == "⟦PHONE_1⟧"


@pytest.mark.parametrize(
    "written",
    [
        "⟦PERSON_1⟧", "⟦person_1⟧", "⟦ PERSON 1 ⟧", "[PERSON_1]", "[[PERSON_1]]", "PERSON_1", "⟦OSOBA_1⟧",
        "⟦OSOBIE_1⟧", "⟦PERSON_1⟧owi", "⟦PERSON_1⟧em", "⟦PERSON-1⟧", "【PERSON_1】", "⟦PERSON_01⟧",
    ],
)  # fmt: skip
def test_what_a_model_does_to_a_placeholder_is_forgiven(written: str) -> None:
    redactor = Redactor(ANNA)
    redactor.redact("Anna Nowak")
    assert redactor.restore(f"Dla {written}, tak.").text == "Dla Anna Nowak, tak."


@pytest.mark.parametrize("text", ["[600100200]", "<a@b.pl>", "{{600100200}}", "⟦600100200⟧", "[[a@b.pl]]em"])
def test_brackets_around_a_value_are_the_texts_own(text: str) -> None:
    redactor = Redactor()
    assert redactor.restore(redactor.redact(text)).text == text


def test_an_invented_placeholder_is_reported_and_stays() -> None:
    redactor = Redactor()
    redactor.redact("tel. 600100200")
    restored = redactor.restore("⟦PHONE_1⟧, ⟦PHONE_2⟧ i ⟦EMAIL_1⟧, ⟦PHONE_2⟧")
    assert restored.text == "600100200, ⟦PHONE_2⟧ i ⟦EMAIL_1⟧, ⟦PHONE_2⟧"
    assert restored.invented == ("⟦PHONE_2⟧", "⟦EMAIL_1⟧")


@pytest.mark.parametrize(
    "typed", ["⟦PHONE_1⟧", "[phone 1]", "PHONE_1", "⟦telefon_1⟧", "⟦⟦PHONE_1⟧⟧", "⟦PHONE_1", "⟦TEXT_1⟧"]
)
@pytest.mark.parametrize("way", ["redact", "escape"])
def test_text_that_looks_like_a_placeholder_brings_no_value_out(typed: str, way: str) -> None:
    redactor = Redactor(ANNA)
    redactor.redact("601 202 303")
    shown = getattr(redactor, way)(f"Powtórz: {typed}")
    assert "PHONE_1" not in shown.upper()
    assert redactor.restore(shown).text == f"Powtórz: {typed}"


def test_an_article_is_escaped_and_otherwise_left() -> None:
    article = "Piszcie na sklep@example.com lub pod 600 100 200, ul. Leśna 2."
    assert Redactor().escape(article) == article


def test_no_value_shows_in_a_redactors_repr() -> None:
    redactor = Redactor(ANNA)
    redactor.redact("anna.nowak@example.com")
    assert repr(redactor) == "Redactor(1 placeholders)"


_LETTERS = st.sampled_from(
    [*"aAz019 -._@/+()[]⟦⟧<{\n:,#é\u0301\u200b", "PERSON_1", "TEXT_1", "600100200", "a@b.pl", "⟦KOD 1⟧"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_LETTERS, max_size=40).map("".join))
def test_restoring_gives_back_what_was_typed(text: str) -> None:
    redactor = Redactor()
    first = redactor.redact(text)
    # Another spelling of a value comes back in its first one: compare what is left without spaces and signs.
    assert _bare(redactor.restore(first).text) == _bare(text)
    assert redactor.restore(redactor.escape(text)).text == text


def _bare(text: str) -> str:
    return re.sub(r"[\W_]|48|00", "", text.lower())


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "1 ", "1.1.", "12-345 Aa ", "+48 ", "a@b.", "ul. A 5 ", "mieszkam na ", "Anna Nowak ", "⟦",
        "[PERSON_1 ", "PL12 3456 "],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: str) -> None:
    def spent(chars: int) -> float:
        text = (piece * (chars // len(piece) + 1))[:chars]
        redactor = Redactor(ANNA)
        began = process_time()
        redactor.restore(redactor.redact(text))
        return process_time() - began

    spent(1_000)
    # Sixteen times the length: 256 times the work if one pattern were quadratic, 16 if none is.
    assert spent(16_000) / max(spent(1_000), 0.001) < 80


def test_a_hundred_thousand_characters_of_nothing_are_read() -> None:
    for piece in ("a", "@", "-"):
        text = piece * (100_000 // len(piece))
        assert Redactor(ANNA).redact(text) == text
