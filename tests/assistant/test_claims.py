"""Claims in one normal form, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import claims


def found(text: str) -> set[tuple[str, str]]:
    return {(claim.kind, claim.value) for claim in claims(text)}


@pytest.mark.parametrize(
    ("same", "claim"),
    [
        (["1 299,00 zł", "1299 PLN", "1299 zł", "1 299 zł", "1299,00 złotych", "PLN 1,299.00"],
         ("amount", "1299 PLN")),
        (["12,99 zł", "12.99 PLN", "zł 12,99", "1299 groszy"], ("amount", "12.99 PLN")),
        (["31.12.2026", "31 grudnia 2026", "31 December 2026", "31st December 2026", "December 31, 2026",
          "2026-12-31", "31/12/2026", "31 grudnia 2026 r."], ("date", "2026-12-31")),
        (["18 listopada", "18th of November", "18 Nov"], ("date", "*-11-18")),
        (["14 dni", "14 days", "14-day", "czternaście dni", "w ciągu 14 dni", "fourteen days"],
         ("duration", "14 day")),
        (["2 dni robocze", "2 working days", "dwa dni robocze", "2 business days"],
         ("duration", "2 working day")),
        (["48 godzin", "48 h", "48 hours", "48 godziny"], ("duration", "48 hour")),
        (["2 lata", "2 years", "dwa lata", "two years"], ("duration", "2 year")),
        (["10%", "10 %", "10 procent", "10 percent", "10 per cent"], ("percent", "10")),
        (["13:00", "godz. 13", "godzinie 13:00", "1 pm", "1:00 p.m."], ("time", "13:00")),
        (["33 555 01 20", "+48 33 555 01 20"], ("phone", "335550120")),
        (["pomoc@sklep.example"], ("email", "pomoc@sklep.example")),
        (["https://sklep.example/zwroty", "www.sklep.example/zwroty", "sklep.example/zwroty."],
         ("url", "sklep.example/zwroty")),
        (["LS-2026-10457", "ls-2026-10457"], ("code", "ls202610457")),
    ],
)  # fmt: skip
def test_one_claim_in_many_spellings(same: list[str], claim: tuple[str, str]) -> None:
    for spelling in same:
        assert claim in found(f"To jest {spelling}"), spelling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dostawa trwa 1–2 dni robocze", {("duration", "1 working day"), ("duration", "2 working day")}),
        ("od 10,99 zł do 16,99 zł", {("amount", "10.99 PLN"), ("amount", "16.99 PLN")}),
        ("za 50, 100, 200 lub 300 zł", {("number", "50"), ("number", "100"), ("amount", "200 PLN"),
                                         ("amount", "300 PLN")}),
        ("art. 27 ust. 1", {("number", "27"), ("number", "1")}),
        ("art. 38a", {("code", "38a")}),
        ("rozmiary 36–47", {("number", "36"), ("number", "47")}),
        ("Masz prawo do zwrotu.", set()),
        ("pół roku", {("duration", "0.5 year")}),
        ("Nie mam informacji na ten temat.", set()),
        ("W ten dzień sklep jest zamknięty.", set()),
        ("Masz ten dni na zwrot.", {("duration", "10 day")}),
        ("You get ten days.", {("duration", "10 day")}),
        ("Rabat to ten procent.", {("percent", "10")}),
        ("The code is ten na z.", {("number", "10")}),
    ],
)  # fmt: skip
def test_what_a_sentence_claims(text: str, expected: set[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2))
def test_an_amount_is_the_same_in_polish_and_english(amount: Decimal) -> None:
    polish = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + " zł"
    english = f"PLN {amount:,.2f}"
    assert found(polish) == found(english)
    assert len(found(polish)) == 1


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for claim in claims(text):
        assert claim.value


@given(st.text(alphabet="ab 0123456789-/.,%złPLN€:", max_size=60))
def test_no_digit_escapes(text: str) -> None:
    said = "".join(claim.said for claim in claims(text))
    for digit in "0123456789":
        assert said.count(digit) >= text.count(digit)
