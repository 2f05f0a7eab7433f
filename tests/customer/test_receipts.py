"""The letters that confirm a withdrawal or a complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.code_letter import code_letter
from customer.day_words import written_moment
from customer.receipts import quoted, receipt_of, statement_of
from customer.request import CustomerRequest, RequestKind, Wanted, due_after
from customer.withdrawal_signs import recognise_withdrawal
from foundation.contact import Contact
from foundation.language import Language
from foundation.letter import Sender, compose
from foundation.letterhead import Letterhead

THEN = datetime(2026, 11, 22, 12, 1, 2, tzinfo=UTC)
WORDS = "Odstępuję od umowy.\n\n  Anna, ul. Żółta 5 \U0001f97e\nNumer zgłoszenia: ZW-1"


def request(
    kind: RequestKind = RequestKind.WITHDRAWAL, language: Language = Language.PL, **known: object
) -> CustomerRequest:
    series = kind.series
    made = CustomerRequest(
        f"{series}-2026-00017", kind, "c1", "m1", WORDS, THEN, due_after(THEN), language, doubts=("business",)
    )
    return replace(made, **known)  # type: ignore[arg-type]


def test_a_withdrawals_receipt_in_polish() -> None:
    letter = receipt_of(
        request(order_number="LS-2026-10457", items=("Buty Turnia", "Czapka")), Letterhead("Leśna Ścieżka")
    )
    assert letter.subject == (
        "Otrzymaliśmy Twoje oświadczenie o odstąpieniu od umowy (ZW-2026-00017) · Leśna Ścieżka"
    )
    for part in (
        "22 listopada 2026 o godz. 13:01:02 (CET, UTC+0100)",
        "Numer zgłoszenia: ZW-2026-00017\n",
        "Numer zamówienia, jak go podano: LS-2026-10457\n",
        "Czego dotyczy: Buty Turnia; Czapka\n",
        "> Odstępuję od umowy.\n>\n>   Anna, ul. Żółta 5 \U0001f97e\n> Numer zgłoszenia: ZW-1\n",
        "nie później niż 14 dni od otrzymania oświadczenia",
    ):
        assert part in letter.body


@pytest.mark.parametrize(
    ("language", "foot"),
    [
        (Language.PL, "Las\nE-mail: pomoc@las.example\nTelefon: +48 33 555 01 20\n"),
        (Language.EN, "Las\nE-mail: pomoc@las.example\nPhone: +48 33 555 01 20\n"),
    ],
)
def test_the_foot_says_how_else_to_reach_the_shop(language: Language, foot: str) -> None:
    head = Letterhead("Las", Contact("pomoc@las.example", "+48 33 555 01 20"))
    assert receipt_of(request(language=language), head).body.endswith(f"\n\n{foot}")
    assert code_letter("123456", language, head, minutes=10)[1].endswith(f"\n\n{foot}")
    bare = code_letter("123456", language, Letterhead(), minutes=10)[1]
    assert bare.endswith(".\n")
    assert "E-mail:" not in bare


def test_a_withdrawals_receipt_in_english() -> None:
    letter = receipt_of(request(language=Language.EN))
    assert letter.subject == "We have received your withdrawal from the contract (ZW-2026-00017)"
    for part in (
        "on 22 November 2026 at 13:01:02 (CET, UTC+0100).",
        "Reference: ZW-2026-00017\n",
        "Order number, as given: not given\n",
        "> Odstępuję od umowy.\n",
        "no later than 14 days after it received the statement",
    ):
        assert part in letter.body


@pytest.mark.parametrize("language", Language)
def test_a_withdrawals_receipt_promises_nothing(language: Language) -> None:
    body = receipt_of(request(language=language, last_day=date(2026, 12, 1))).body
    # What the shop doubts, and until when it counted, is for its people.
    for word in (
        "business",
        "2026-12-01",
        "1 grudnia",
        "1 December",
        "6 grudnia",
        "6 December",
        "uznajemy",
        "accepted",
    ):
        assert word not in body


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            Language.PL,
            (
                "Od kiedy, jak podano: od tygodnia\n",
                "Oczekiwanie: naprawa\n",
                "Liczba zdjęć: 2\n",
                "Odpowiemy najpóźniej 6 grudnia 2026.",
                "uważa się, że uznał reklamację (art. 7a",
            ),
        ),
        (
            Language.EN,
            (
                "Since when, as given: od tygodnia\n",
                "What you ask for: repair\n",
                "Photos: 2\n",
                "We will answer by 6 December 2026 at the latest.",
                "accepted the complaint (art. 7a",
            ),
        ),
    ],
)
def test_a_complaints_receipt_names_its_clock(language: Language, parts: tuple[str, ...]) -> None:
    made = request(
        RequestKind.COMPLAINT, language, since="od tygodnia", wanted=Wanted.REPAIR, photos=("a", "b")
    )
    letter = receipt_of(made)
    assert made.number in letter.subject
    for part in parts:
        assert part in letter.body


@pytest.mark.parametrize("wanted", [None, *Wanted])
@pytest.mark.parametrize("language", Language)
def test_every_wish_has_words(wanted: Wanted | None, language: Language) -> None:
    body = receipt_of(request(RequestKind.COMPLAINT, language, wanted=wanted)).body
    assert "{" not in body
    assert (wanted is None) == (("Oczekiwanie: nie podano" in body) or ("ask for: not given" in body))


@given(st.text(min_size=1, max_size=200))
def test_no_line_of_a_shopper_passes_for_ours(words: str) -> None:
    assert all(line.startswith(">") for line in quoted(words).splitlines())


def test_the_mail_carries_it_word_for_word() -> None:
    letter = receipt_of(request(words=WORDS + "\n" + "ś" * 2000 + " "))
    sent = compose(
        Sender("Sklep", "a@b.example"),
        "c@d.example",
        letter.subject,
        letter.body,
        message_id="<1@b.example>",
        date=THEN,
        headers={},
    )
    read = message_from_bytes(sent, policy=default)
    assert read["Subject"] == letter.subject
    body = read.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter.body


@pytest.mark.parametrize("order_number", ["", "LS-2026-10457"])
@pytest.mark.parametrize("items", [(), ("Buty Turnia",), ("Buty", "Czapka")])
@pytest.mark.parametrize("language", Language)
def test_the_forms_statement_is_a_statement(
    order_number: str, items: tuple[str, ...], language: Language
) -> None:
    text = statement_of(order_number, items, language)
    assert recognise_withdrawal(text, language)
    assert order_number in text
    assert all(item in text for item in items)


def test_moments_are_told_in_the_shops_zone() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert written_moment(summer, Language.PL) == "2 lipca 2026 o godz. 00:30:00 (CEST, UTC+0200)"
    assert written_moment(summer, Language.EN) == "2 July 2026 at 00:30:00 (CEST, UTC+0200)"
