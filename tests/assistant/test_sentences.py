"""Where sentences end, in Polish and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import pieces, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Masz 14 dni. Potem już nie.", ["Masz 14 dni.", "Potem już nie."]),
        ("Podstawa to art. 27 ust. 1 ustawy. Koniec.", ["Podstawa to art. 27 ust. 1 ustawy.", "Koniec."]),
        ("Np. Kowalski i m.in. Nowak, tzn. wszyscy.", ["Np. Kowalski i m.in. Nowak, tzn. wszyscy."]),
        ("Adres: ul. Bukowa 14, godz. 9:00.", ["Adres: ul. Bukowa 14, godz. 9:00."]),
        ("Kosztuje 12,99 zł. Płacisz kartą.", ["Kosztuje 12,99 zł.", "Płacisz kartą."]),
        (
            "Do 31.12.2026 r. 14 dni się nie liczy. Dalej tak.",
            ["Do 31.12.2026 r. 14 dni się nie liczy.", "Dalej tak."],
        ),
        ("Obowiązuje do 2026 r. Potem wygasa.", ["Obowiązuje do 2026 r.", "Potem wygasa."]),
        ("Pisz na pomoc@sklep.example. Odpiszemy!", ["Pisz na pomoc@sklep.example.", "Odpiszemy!"]),
        ("Czy można? Tak.", ["Czy można?", "Tak."]),
        ("Sklep Leśna Ścieżka sp. z o.o. Zapraszamy.", ["Sklep Leśna Ścieżka sp. z o.o.", "Zapraszamy."]),
        ("Wejdź na sklep.example/a.b i kliknij.", ["Wejdź na sklep.example/a.b i kliknij."]),
        ("Powiedział „nie.” Wyszedł.", ["Powiedział „nie.”", "Wyszedł."]),
        ("It costs e.g. 5 zł. Pay by card.", ["It costs e.g. 5 zł.", "Pay by card."]),
        ("Wait approx. 3 days. Then write.", ["Wait approx. 3 days.", "Then write."]),
        ("Prezes J. Kowalski podpisał. Koniec.", ["Prezes J. Kowalski podpisał.", "Koniec."]),
        ("Bez kropki na końcu", ["Bez kropki na końcu"]),
        ("Czekaj… Już.", ["Czekaj…", "Już."]),
        ("Rozmiar 3. Wybierz go.", ["Rozmiar 3.", "Wybierz go."]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_items_are_pieces_of_their_own() -> None:
    text = "Potrzebne są:\n- numer zamówienia,\n- zdjęcie.\n1. Krok pierwszy.\nDobrze. Gotowe."
    assert [(p.text, p.item) for p in pieces(text)] == [
        ("Potrzebne są:", False),
        ("numer zamówienia,", True),
        ("zdjęcie.", True),
        ("Krok pierwszy.", True),
        ("Dobrze.", False),
        ("Gotowe.", False),
    ]


@given(st.text(max_size=400))
def test_every_piece_is_a_literal_part_of_the_text(text: str) -> None:
    for piece in pieces(text):
        assert piece.text in text
        assert piece.text.strip() == piece.text != ""


@given(st.text(alphabet="Aa1. !?\n-„”", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(piece.text for piece in pieces(text))
    assert sum(map(str.isalpha, kept)) == sum(map(str.isalpha, text))
