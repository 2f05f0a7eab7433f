"""How customers are addressed, or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.model import Customer
from customer.names import FEMININE, KNOWN, MASCULINE, VOCATIVE_EXCEPTIONS
from customer.profile import MAX_NAME_CHARS, clean_name, greeting_name, vocative
from foundation.language import Language

VOCATIVES = """
    Anna→Anno Kasia→Kasiu Maria→Mario Piotr→Piotrze Marek→Marku Paweł→Pawle Łukasz→Łukaszu Maciej→Macieju
    Jakub→Jakubie Małgorzata→Małgorzato Zofia→Zofio Ola→Olu Michał→Michale Robert→Robercie Konrad→Konradzie
    Krzysztof→Krzysztofie Kuba→Kubo Ania→Aniu Julia→Julio Ernest→Erneście Aleksander→Aleksandrze
    Kacper→Kacprze Jerzy→Jerzy Antoni→Antoni Mieszko→Mieszko Krzysiek→Krzyśku Maciek→Maćku Heniek→Heńku
    Staś→Stasiu Wojciech→Wojciechu Grzegorz→Grzegorzu Andrzej→Andrzeju Karol→Karolu Szymon→Szymonie
    Adam→Adamie Filip→Filipie Stanisław→Stanisławie Feliks→Feliksie Maja→Maju Alicja→Alicjo
    Eugenia→Eugenio Hania→Haniu Izabela→Izabelo Jadzia→Jadziu Oleg→Olegu Henryk→Henryku Błażej→Błażeju
    Rafał→Rafale Wawrzyniec→Wawrzyńcze Kazimierz→Kazimierzu Łazarz→Łazarzu August→Auguście
"""


def greeted(name: str, language: Language = Language.PL) -> str | None:
    return greeting_name(Customer("c-1", name, "", Language.PL), language)


@pytest.mark.parametrize("pair", VOCATIVES.split())
def test_the_polish_vocative(pair: str) -> None:
    first, form = pair.split("→")
    assert greeted(f"{first} Kowalewski") == form
    assert greeted(f"{first} Kowalewski", Language.EN) == first


def test_every_known_name_has_a_vocative() -> None:
    assert [name for name in KNOWN if vocative(name) is None] == []
    assert not FEMININE & MASCULINE
    assert VOCATIVE_EXCEPTIONS.keys() <= KNOWN


@pytest.mark.parametrize(
    ("name", "polish", "english"),
    [
        ("ANNA KOWALEWSKA", "Anno", "Anna"),
        ("anna", "Anno", "Anna"),
        ("  dr  Jan Wrzos", "Janie", "Jan"),
        ("Pani Ewa Wrzos", "Ewo", "Ewa"),
        ("John Smith", None, "John"),
        ("Mr. John Smith", None, "John"),
        ("Zuzana Horváthová", None, "Zuzana"),
        ("Anna-Maria Wrzos", None, "Anna-Maria"),
        ("O'Neil", None, "O'Neil"),
        ("McKenna Lee", None, "McKenna"),
        ("Олена Коваль", None, "Олена"),
        ("Kowalewska Anna", None, "Kowalewska"),
        ("Anna Maria Teresa Długosz-Jarzębinowska-Podgrodzka", "Anno", "Anna"),
    ],
)
def test_names_as_people_have_them(name: str, polish: str | None, english: str | None) -> None:
    assert (greeted(name), greeted(name, Language.EN)) == (polish, english)


@pytest.mark.parametrize(
    "name",
    [
        "", "   ", "A", "J. Nowak", "anna@example.com", "https://example.com", "123", "<b>Anna</b>",
        "Anna<script>alert(1)</script>", "Anna\x00", "Sklep Anna", "Anna sp. z o.o.", "Anna Sp. z o. o.",
        "Alma S.A.", "Nowex GmbH", "Anna; DROP TABLE customers", "{{name}}", "Anna\u202e Nowak",
        "x" * 41, "x" * 5000, "\ud800", "🙂", "=Anna",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", list(Language))
def test_what_is_no_name_greets_nobody(name: str, language: Language) -> None:
    assert greeted(name, language) is None


@given(st.text(max_size=200))
def test_a_clean_name_is_short_and_free_of_markup(name: str) -> None:
    clean = clean_name(name)
    assert len(clean) <= MAX_NAME_CHARS
    assert not set(clean) & set('<>&"{}[]`*_#\\/|\n\r\t\x00')
    assert clean_name(clean) == clean
    for language in Language:
        greeting = greeted(name, language)
        assert greeting is None or greeting == clean_name(greeting) != ""


def test_cleaning_keeps_what_names_have() -> None:
    assert clean_name("  Żaneta  O’Neil-Wrzos   jr. ") == "Żaneta O’Neil-Wrzos jr."
    assert clean_name("<img src=x onerror=alert(1)>Anna") == "Anna"
    assert clean_name("a" * 39 + " bc") == "a" * 39
