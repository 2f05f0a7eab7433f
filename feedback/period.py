"""A range of whole days, as the shop counts them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput

USUAL_DAYS = 30
LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, in `SHOP_ZONE`."""

    first: date
    last: date

    @classmethod
    def ending(cls, today: date, days: int = USUAL_DAYS) -> Period:
        """Return the `days` days up to and including `today`."""
        return cls(today - timedelta(days=days - 1), today)

    @classmethod
    def parse(cls, first: str, last: str, today: date) -> Period:
        """Read a range as forms send it (ISO dates); what is left empty is the usual: 30 days up to today.

        Raises:
            InvalidInput: It is no date, or the range is upside down or longer than ten years.
        """
        try:
            to = date.fromisoformat(last) if last else today
            since = date.fromisoformat(first) if first else to - timedelta(days=USUAL_DAYS - 1)
        except (ValueError, OverflowError):
            raise InvalidInput("Write the days like 2026-11-21.") from None
        if since > to:
            raise InvalidInput("The first day must not be after the last one.")
        if (to - since).days >= LONGEST_DAYS or not 1970 <= since.year <= to.year <= 9000:
            raise InvalidInput("Choose a range of at most ten years.")
        return cls(since, to)

    @property
    def start(self) -> datetime:
        """The moment the first day begins, in UTC."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The moment the last day is over, in UTC; it belongs to the next day."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> list[date]:
        """Every day, oldest first."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def day_of(moment: datetime) -> date:
    """Return the shop's day of a moment."""
    return moment.astimezone(SHOP_ZONE).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHOP_ZONE).astimezone(UTC)
