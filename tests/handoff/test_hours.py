"""Opening hours: what is understood, when it is open, when it opens next."""

from __future__ import annotations

from datetime import datetime

import pytest

from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput
from foundation.language import Language
from handoff.hours import OpeningHours

OFFICE = OpeningHours.parse("Mon-Fri 09:00-17:00, Sat 10:00-14:00")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHOP_ZONE)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(17, 9), True),
        (at(17, 8, 59), False),
        (at(17, 16, 59), True),
        (at(17, 17), False),
        (at(21, 10), True),
        (at(21, 14), False),
        (at(22, 12), False),
        (at(11, 12), False),  # Independence Day, a Wednesday
        (at(24, 12, month=12), False),  # a holiday since 2025
        (at(28, 12, month=12), True),
    ],
)
def test_open_and_closed(moment: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(17, 7), at(17, 9)),
        (at(17, 18), at(18, 9)),
        (at(21, 15), at(23, 9)),
        (at(10, 18), at(12, 9)),
        (at(23, 18, month=12), at(28, 9, month=12)),
    ],
)
def test_next_opening(now: datetime, opens: datetime) -> None:
    assert OFFICE.next_opening(now) == opens


def test_no_hours_means_always() -> None:
    assert OpeningHours.parse("  ").is_open(at(11, 3))
    assert OpeningHours.parse("").words(Language.PL) == ""


def test_several_shifts_a_day() -> None:
    lunch = OpeningHours.parse("Mon-Fri 9:00-12:00, Mon-Fri 13:00-17:00")
    assert not lunch.is_open(at(17, 12, 30))
    assert lunch.next_opening(at(17, 12, 30)) == at(17, 13)


def test_words() -> None:
    assert OFFICE.words(Language.PL) == "pon.–pt. 9:00–17:00, sob. 10:00–14:00"
    assert OFFICE.words(Language.EN) == "Mon–Fri 9:00–17:00, Sat 10:00–14:00"
    assert OFFICE.opening_words(at(17, 7), Language.PL) == "dzisiaj o 9:00"
    assert OFFICE.opening_words(at(17, 18), Language.EN) == "tomorrow at 9:00"
    assert OFFICE.opening_words(at(21, 15), Language.PL) == "w poniedziałek o 9:00"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9-17", "make no sense"),
        ("Mon 9:00-17:00 Tue", "make no sense"),
        ("Xyz 09:00-17:00", "name a day"),
        ("Mon 25:00-26:00", "name a day or a time"),
        ("Fri-Mon 09:00-17:00", "end before they begin"),
        ("Mon 17:00-09:00", "end before they begin"),
        ("Mon-Wed 09:00-17:00, Tue 16:00-20:00", "overlap"),
    ],
)
def test_hours_that_contradict_themselves_are_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        OpeningHours.parse(text)
