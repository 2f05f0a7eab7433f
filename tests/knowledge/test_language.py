from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Language
from knowledge.analysis.text import detect_language, fold, third_language

POLISH = """
gdzie moja paczka|zwrot butow|ile na zwrot|faktura|jak zwrocic|paczkomat ile czeka|chce gadac z czlowiekiem
konsultant|dzien dobry|moje zamowienie status|kiedy dojdzie|ile kosztuje dostawa|buty za male co robic
reklamacja|platnosc nie przeszla|mam problem z kontem|reset hasla|kod rabatowy nie dziala|czy macie rozmiar 43
zmiana adresu|gdzie jest moje zamówienie AB-2026-10457|daj mi człowieka|wymiana rozmiaru
zwroty ile dni|anulowac zamowienie
Czy mogę zapłacić kartą?|odbior osobisty gdzie|Łódź – dostawa?|nie dostałem paczki|ile idzie do Berlina
"""
ENGLISH = """
where is my parcel|return shoes|how long to return|invoice|refund|parcel locker|talk to human|good morning
order status|when will it arrive|delivery cost|shoes too small|complaint|payment failed|reset password
discount code not working|do you have size 43|where is my order AB-2026-10457|wheres my stuff|cancel order
delivery to Łódź please|Can I pick up in Bielsko-Biała?|warranty|is the Żubr jacket in stock
"""


SHORT_POLISH = """
zwrot|paczka|gdzie paczka|faktura?|fv na firme|reklamacja|rozmiar|kiedy dojdzie paka|chce oddac buty|odeslac
ile za wysylke|rabat?|gwarancja|paragon|platnosc|raty?|telefon|haslo|konto|anuluj|dostawa|kurier|odbior|adres
nie dziala|ile to trwa|moge zwrocic?|pomocy|kurtka|a buty?|karta|prezent|opinia|godziny|zgubilem kod
przelew|przesylka|nr zamowienia|pranie welny|dziekuje
"""
SHORT_ENGLISH = """
return|parcel|my order?|invoice?|vat invoice|complaint|size|exchange|when will it come|send it back
shipping cost|how much|discount?|warranty|receipt|payment|instalments?|phone|password|account|cancel it
delivery|courier|pickup|address|not working|tracking|tomorrow?|can i return|boots|jacket|and shoes?|gift card
product reviews|lost my code|bank transfer|order status|wash wool|money back|thank you
"""


def rows(table: str) -> list[str]:
    return [text for line in table.split("\n") for text in line.split("|") if text]


@pytest.mark.parametrize("prior", list(Language))
@pytest.mark.parametrize("text", rows(POLISH))
def test_polish_is_told_with_and_without_diacritics(text: str, prior: Language) -> None:
    assert detect_language(text, prior) is Language.PL
    assert third_language(text) is None
    assert third_language(fold(text)) is None


@pytest.mark.parametrize("prior", list(Language))
@pytest.mark.parametrize("text", rows(ENGLISH))
def test_english_is_told(text: str, prior: Language) -> None:
    assert detect_language(text, prior) is Language.EN
    assert third_language(text) is None


@pytest.mark.parametrize("prior", list(Language))
def test_a_word_or_two_are_told_against_the_conversation(prior: Language) -> None:
    polish = [text for text in rows(SHORT_POLISH) if detect_language(text, prior) is not Language.PL]
    english = [text for text in rows(SHORT_ENGLISH) if detect_language(text, prior) is not Language.EN]
    assert (polish, english) == ([], [])
    assert len(rows(SHORT_POLISH)) + len(rows(SHORT_ENGLISH)) >= 60


@pytest.mark.parametrize("text", ["status", "newsletter", "Apple Pay", "Google Pay?", "online"])
def test_words_that_both_use_keep_the_prior(text: str) -> None:
    assert [detect_language(text, prior) for prior in Language] == list(Language)


@pytest.mark.parametrize("text", ["", "   ", "BLIK?", "PayPo", "12345", "😀😀", "ok", "InPost", "???"])
def test_what_does_not_tell_keeps_the_prior(text: str) -> None:
    assert [detect_language(text, prior) for prior in Language] == list(Language)


def test_only_allowed_languages_are_returned() -> None:
    assert detect_language("gdzie jest moja paczka", Language.PL, [Language.EN]) is Language.EN
    assert detect_language("BLIK", Language.PL, [Language.EN]) is Language.EN
    assert detect_language("where is my parcel", Language.EN, [Language.PL]) is Language.PL


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wo ist mein Paket?", "de"),
        ("Wie kann ich die Schuhe zurückgeben?", "de"),
        ("Wann kommt meine Bestellung an", "de"),
        ("Де моя посилка?", "uk"),
        ("Добрий день, скільки коштує доставка?", "uk"),
        ("Где моя посылка?", "ru"),
        ("Où est ma commande ?", "fr"),
        ("Kde je můj balík?", "cs"),
        ("Kur yra mano siunta?", "lt"),
        ("我的包裹在哪里", "zh"),
        ("靴を返品したい", "ja"),
        ("", None),
        ("Nike Air Max", None),
        ("paczkomat inpost", None),
        ("blik przelewy24 paypo", None),
        ("Tak", None),
    ],
)
def test_a_third_language_is_named_only_when_sure(text: str, code: str | None) -> None:
    assert third_language(text) == code


@given(st.text(max_size=300))
def test_no_text_breaks_detection(text: str) -> None:
    assert detect_language(text) in set(Language)
    assert third_language(text) not in ("pl", "en")
