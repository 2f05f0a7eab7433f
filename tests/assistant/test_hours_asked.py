"""Which messages ask when people are there, of which days; and which near ones do not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.days_asked import days_in
from assistant.hours_asked import Want, asked_days_only, asked_hours

TODAY = date(2026, 11, 17)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "want", "person"),
    [
        ("jest ktoś teraz?", Want.NOW, True),
        ("halo, jest tam kto?", Want.NOW, True),
        ("czy ktos teraz odpisuje", Want.NOW, True),
        ("kiedy wraca obsługa", Want.NOW, True),
        ("konsultanci pracują w weekend?", Want.DAYS, True),
        ("czy ktoś odpowie mi w niedzielę", Want.DAYS, True),
        ("do ktorej jestescie", Want.NOW, False),
        ("do której dzisiaj?", Want.NOW, False),
        ("od której jutro", Want.DAYS, False),
        ("o której zaczynacie", Want.NOW, False),
        ("w soboty też pracujecie?", Want.DAYS, False),
        ("jesteście tam?", Want.NOW, False),
        ("do której godziny są Państwo czynni", Want.NOW, False),
        ("o której Państwo otwierają", Want.NOW, False),
        ("jestescie jutro", Want.DAYS, False),
        ("otwarci jesteście 11.11?", Want.DAYS, False),
        ("macie otwarte w niedziele", Want.DAYS, False),
        ("sklep czynny w sobote?", Want.DAYS, False),
        ("pracujecie w święta?", Want.HOLIDAYS, False),
        ("godziny otwarcia", Want.WEEK, False),
        ("w jakich godzinach pracujecie", Want.WEEK, False),
        ("is anybody there?", Want.NOW, True),
        ("when will someone be back", Want.NOW, True),
        ("is support open on saturday", Want.DAYS, True),
        ("what time do you close", Want.NOW, False),
        ("r u open tmrw", Want.DAYS, False),
        ("are you guys working on easter monday", Want.DAYS, False),
        ("opening hours", Want.WEEK, False),
        ("are you open on public holidays", Want.HOLIDAYS, False),
    ],
)
def test_questions_about_the_desks_hours(text: str, want: Want, person: bool) -> None:
    asked = asked_hours(text, TODAY)
    assert asked is not None
    assert (asked.want, asked.person) == (want, person)


@pytest.mark.parametrize(
    "text",
    [
        "do której przyjmujecie zwroty",
        "czy kurier przyjedzie w niedzielę",
        "czy paczkomat jest czynny w niedzielę",
        "czy sklep stacjonarny jest otwarty w niedzielę",
        "do której czynny jest salon w Krakowie",
        "w jakich godzinach odbiór osobisty",
        "czy te buty będą jutro",
        "czy mogę zwrócić otwarte opakowanie",
        "macie otwarte buty",
        "macie czynny kod",
        "kiedy będą dostępne buty Turnia",
        "macie kurtki dostępne od ręki",
        "do kiedy trwa promocja",
        "jak długo pracuje czołówka",
        "czy ktoś kupił te buty",
        "kto jest producentem",
        "czy ktoś jest w stanie to naprawić",
        "czy jest ktoś kto zna się na plecakach",
        "are you available in germany",
        "are you working on a new jacket",
        "do you work with leather",
        "is the tent open on both sides",
        "when does the sale close",
        "do you deliver on sundays",
        "can i return an opened box",
        "is there someone who can check my order",
        "pracujecie z dpd?",
        "pracujecie nad nowymi butami?",
        "kiedy otwieracie sklep w Warszawie",
        "o której zamykacie zapisy",
        "czy ktoś odpisze na mojego maila",
        "kto odpowiada za uszkodzenie",
        "jesteście na allegro",
        "do you close the seams",
        "will you open a store in Warsaw",
        "are you there, i need help with my zipper",
    ],
)
def test_what_is_near_and_asks_something_else(text: str) -> None:
    assert asked_hours(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("jutro", [date(2026, 11, 18)]),
        ("pojutrze", [date(2026, 11, 19)]),
        ("the day after tomorrow", [date(2026, 11, 19)]),
        ("we wtorek", [date(2026, 11, 17)]),
        ("on monday", [date(2026, 11, 23)]),
        ("w weekend", [date(2026, 11, 21), date(2026, 11, 22)]),
        ("w sobotę i w niedzielę", [date(2026, 11, 21), date(2026, 11, 22)]),
        ("11 listopada", [date(2027, 11, 11)]),
        ("30.11.", [date(2026, 11, 30)]),
        ("2026-12-24", [date(2026, 12, 24)]),
        ("december 7th", [date(2026, 12, 7)]),
        ("w Wigilię", [date(2026, 12, 24)]),
        ("w Nowy Rok", [date(2027, 1, 1)]),
        ("on christmas eve and new year's eve", [date(2026, 12, 24), date(2026, 12, 31)]),
        ("w Wielkanoc", [date(2027, 3, 28)]),
        ("w poniedziałek wielkanocny", [date(2027, 3, 29)]),
        ("w Boże Ciało", [date(2027, 5, 27)]),
        ("o 10.30", []),
    ],
)
def test_days_that_are_named(text: str, days: list[date]) -> None:
    found = days_in(text, TODAY)
    assert found is not None
    assert list(found.days) == days


@pytest.mark.parametrize(
    "text", ["31.02", "30 lutego", "1.11.2026", "11 listopada 2031", "w piątek po Bożym Ciele"]
)
def test_a_day_that_there_is_not_or_that_nobody_knows_yet_is_not_told_about(text: str) -> None:
    assert days_in(text, TODAY) is None
    assert asked_hours(f"czy pracujecie {text}", TODAY) is None


def test_a_weekend_on_its_sunday_is_that_sunday() -> None:
    found = days_in("w weekend", date(2026, 11, 22))
    assert found is not None
    assert found.days == (date(2026, 11, 22),)


@pytest.mark.parametrize(("text", "alone"), [("a w niedzielę?", True), ("a kurier w niedzielę?", False)])
def test_a_day_alone_leans_on_the_question_before(text: str, alone: bool) -> None:
    assert (asked_days_only(text, TODAY) is not None) is alone
