"""How periods are counted by Polish civil law. Pure.

Sources: Kodeks cywilny, art. 110 (a period that a law or a contract names without saying how it is counted),
art. 111 § 2 (the day of the event that begins it is not counted), art. 112 (months end on the day of the same
number, or on the last day of the month), art. 115 (an end on a free day or a Saturday moves on).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from customer.workdays import next_working_day, public_holidays
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput


class FreeDay(StrEnum):
    """Why a day is free. A holiday at the weekend counts as a holiday."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Term:
    """A counted period.

    Attributes:
        event_day: The day of the event that begins it; not counted.
        counted_day: Where counting ends.
        last_day: The same, or the next working day where that is free.
    """

    event_day: date
    counted_day: date
    last_day: date

    @property
    def moved_because(self) -> FreeDay | None:
        """Why the end moved from `counted_day`; None where it did not (Kodeks cywilny, art. 115)."""
        return None if self.last_day == self.counted_day else free_day(self.counted_day)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it, UTC."""
        return end_of(self.last_day)


def days_after(event_day: date, days: int) -> Term:
    """Return the period of so many days after an event (Kodeks cywilny, art. 111 § 2, art. 115)."""
    counted = event_day + timedelta(days=days)
    return Term(event_day, counted, next_working_day(counted))


def months_after(event_day: date, months: int) -> Term:
    """Return the period of so many months after an event (Kodeks cywilny, art. 112, art. 115)."""
    year, month = divmod(event_day.year * 12 + event_day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    counted = date(year, month + 1, min(event_day.day, length))
    return Term(event_day, counted, next_working_day(counted))


def day_of(moment: datetime) -> date:
    """Return the day that a moment belongs to in the shop's zone.

    Raises:
        InvalidInput: The moment has no zone.
    """
    return aware(moment).astimezone(SHOP_ZONE).date()


def aware(moment: datetime) -> datetime:
    """Return a moment that has its zone.

    Raises:
        InvalidInput: It has none.
    """
    if moment.tzinfo is None:
        raise InvalidInput("A moment without its time zone belongs to no day: give it a zone.")
    return moment


def end_of(day: date) -> datetime:
    """Return the first moment after a day of the shop's zone, UTC.

    On the days when clocks change the day has 23 or 25 hours; it ends at midnight all the same.
    """
    return datetime.combine(day + timedelta(days=1), time(), SHOP_ZONE).astimezone(UTC)


def free_day(day: date) -> FreeDay | None:
    """Return why a day is free by law; None for a working day."""
    if day in public_holidays(day.year):
        return FreeDay.HOLIDAY
    return {5: FreeDay.SATURDAY, 6: FreeDay.SUNDAY}.get(day.weekday())
