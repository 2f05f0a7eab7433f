"""Hours that stand in an article, beside those that are set."""

from __future__ import annotations

import pytest

from assistant.written_hours import Stance, stance_of
from handoff.hours import OpeningHours
from tests.assistant.fakes import passage

OFFICE = OpeningHours.parse("Mon-Fri 09:00-17:00, Sat 10:00-14:00")


@pytest.mark.parametrize(
    "text",
    [
        "Biuro pracuje od poniedziałku do piątku w godzinach 9:00–17:00, w sobotę 10:00–14:00.",
        "Obsługa: pn.-pt. 9-17, sob. 10-14. W niedziele nieczynne.",
        "We are open Monday to Friday, 9 am to 5 pm, and Saturday 10:00-14:00.",
        "W niedziele biuro jest zamknięte.",
    ],
)
def test_the_same_hours(text: str) -> None:
    assert stance_of([passage(text)], OFFICE) is Stance.AGREES


@pytest.mark.parametrize(
    "text",
    [
        "Biuro pracuje od poniedziałku do piątku w godzinach 9:00–17:00.",  # no Saturday
        "Biuro pracuje od poniedziałku do piątku 8:00–16:00, w sobotę 10:00–14:00.",
        "W soboty biuro jest nieczynne.",
        "Infolinia pracuje codziennie 8–20.",
        "Obsługa odpowiada całą dobę.",
        "We are open 9:00-17:00.",
        "Biuro jest czynne w niedziele.",
    ],
)
def test_other_hours_or_what_cannot_be_read(text: str) -> None:
    assert stance_of([passage(text)], OFFICE) is Stance.DIFFERS


@pytest.mark.parametrize(
    "text",
    [
        "Salon w Krakowie jest czynny od poniedziałku do soboty 10:00–19:00.",
        "Odbiór osobisty od poniedziałku do piątku 9:00–17:00.",
        "You can pick up your goods Monday to Friday, 9:00-17:00.",
    ],
)
def test_a_place_to_walk_into(text: str) -> None:
    assert stance_of([passage(text)], OFFICE) is Stance.PREMISES


@pytest.mark.parametrize(
    "text",
    [
        "Na zwrot masz 14 dni.",
        "Kurier doręcza paczki od poniedziałku do piątku 8:00–18:00.",
        "Zamówienia przyjmujemy całą dobę.",
        "Telefon: 33 555 01 20, kod 43-300.",
    ],
)
def test_what_says_nothing_of_hours(text: str) -> None:
    assert stance_of([passage(text)], OFFICE) is Stance.SILENT
