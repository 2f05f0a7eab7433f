"""What a message is about, in both languages and as people type."""

from __future__ import annotations

import pytest

from assistant.brief import Intent, Subject
from assistant.subjects import subject_of, things_named
from tests.assistant.fakes import ask

ASKED = [
    ("chcę fakturę na firmę", Subject.INVOICE),
    ("gdzie znajdę rachunek", Subject.INVOICE),
    ("jak wypisać się z newslettera", Subject.NEWSLETTER),
    ("cancel my newsletter subscription", Subject.NEWSLETTER),
    ("chcę anulować zamówienie", Subject.CANCELLATION),
    ("rezygnuje z zakupow", Subject.CANCELLATION),
    ("is there a cancellation fee", Subject.CANCELLATION),
    ("can I change my order and add socks", Subject.ORDER_CHANGE),
    ("jak zmienić adres dostawy", Subject.ADDRESS),
    ("ile kosztuje wysylka kurierem", Subject.DELIVERY),
    ("how long does shipping take", Subject.DELIVERY),
    ("jak zapłacić blikiem", Subject.PAYMENT),
    ("my payment failed", Subject.PAYMENT),
    ("kiedy dostanę zwrot pieniędzy", Subject.REFUND),
    ("I want my money back", Subject.REFUND),
    ("how do I return shoes", Subject.RETURN),
    ("chce zlozyc reklamacje", Subject.COMPLAINT),
    ("nie pamiętam hasła do konta", Subject.ACCOUNT),
    ("delete my account please", Subject.ACCOUNT),
    ("gdzie zostawić opinię", Subject.REVIEW),
    ("opening a new account", Subject.ACCOUNT),
    ("w jakich godzinach mogę zadzwonić", Subject.CONTACT),
    ("jak złożyć zamówienie", Subject.BUYING),
    ("kto wygrał mecz", Subject.OTHER),
    ("", Subject.OTHER),
]


@pytest.mark.parametrize(("text", "subject"), ASKED)
def test_a_subject_is_told_by_words(text: str, subject: Subject) -> None:
    assert subject_of(text, Intent.QUESTION) is subject


@pytest.mark.parametrize(
    ("text", "subject"), [("invioce", Subject.INVOICE), ("reklmacja", Subject.COMPLAINT)]
)
def test_a_slip_of_one_letter_is_forgiven(text: str, subject: Subject) -> None:
    assert subject_of(text, Intent.QUESTION) is subject


def test_a_short_word_is_taken_as_written() -> None:
    assert not things_named("bil")


def test_what_is_asked_for_goes_before_words() -> None:
    assert subject_of("daj mi człowieka w sprawie faktury", Intent.WANTS_PERSON) is Subject.PERSON
    assert subject_of("gdzie moja paczka", Intent.ORDER_STATUS) is Subject.ORDER_STATUS
    assert subject_of("gdzie moje pieniądze", Intent.ORDER_STATUS, about_refund=True) is Subject.REFUND


async def test_a_turn_tells_its_subject() -> None:
    result = await ask("czy wystawiacie faktury")
    assert result.subject is Subject.INVOICE
