"""Opening hours: when people of the shop answer. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from customer.workdays import public_holidays
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput
from foundation.language import Language

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_PL = ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")
_ON_PL = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę")
_ON_EN = tuple(
    f"on {day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
_PART = re.compile(
    r"\s*(?P<first>[A-Z][a-z]{2})(?:\s*[-–]\s*(?P<last>[A-Z][a-z]{2}))?"
    r"\s+(?P<start>\d{1,2}:\d{2})\s*[-–]\s*(?P<end>\d{1,2}:\d{2})\s*"
)
_SEARCH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Shift:
    """One span of a weekday (0 is Monday), in the shop's zone; `start` < `end`."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When people answer. No shifts: always. Polish public holidays are closed."""

    shifts: tuple[Shift, ...] = ()

    @classmethod
    def parse(cls, text: str) -> OpeningHours:
        """Read hours like ``Mon-Fri 09:00-17:00, Sat 10:00-14:00``; an empty text means always open.

        Raises:
            InvalidInput: A part makes no sense, or two overlap; names it.
        """
        shifts: list[Shift] = []
        for part in filter(str.strip, text.split(",")):
            for shift in _shifts(part):
                if any(
                    s.weekday == shift.weekday and s.start < shift.end and shift.start < s.end for s in shifts
                ):
                    raise InvalidInput(f"The hours {part.strip()!r} overlap with others of the same day.")
                shifts.append(shift)
        return cls(tuple(sorted(shifts, key=lambda s: (s.weekday, s.start))))

    def is_open(self, now: datetime) -> bool:
        """Return whether people answer at a moment."""
        local = now.astimezone(SHOP_ZONE)
        if not self.shifts:
            return True
        if local.date() in public_holidays(local.year):
            return False
        return any(
            s.weekday == local.weekday() and s.start <= local.time().replace(tzinfo=None) < s.end
            for s in self.shifts
        )

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when they open next (`now` if they are open); None if not within a month."""
        if self.is_open(now):
            return now
        local = now.astimezone(SHOP_ZONE)
        for ahead in range(_SEARCH_DAYS):
            day = local.date() + timedelta(days=ahead)
            if day in public_holidays(day.year):
                continue
            for shift in self.shifts:
                start = datetime.combine(day, shift.start, SHOP_ZONE)
                if shift.weekday == day.weekday() and start > local:
                    return start
        return None

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """Return the shifts of a day, in order; none on a day off, or where no shifts are set."""
        if day in public_holidays(day.year):
            return ()
        return tuple(shift for shift in self.shifts if shift.weekday == day.weekday())

    def words(self, language: Language) -> str:
        """Return the hours as people write them; empty when always open."""
        names = _DAYS_PL if language is Language.PL else _DAYS
        runs: list[list[Shift]] = []
        for shift in sorted(self.shifts, key=lambda s: (s.start, s.end, s.weekday)):
            last = runs[-1][-1] if runs else None
            if last and (last.start, last.end, last.weekday + 1) == (shift.start, shift.end, shift.weekday):
                runs[-1].append(shift)
            else:
                runs.append([shift])
        return ", ".join(
            f"{names[run[0].weekday]}{'–' + names[run[-1].weekday] if len(run) > 1 else ''} "
            f"{_clock(run[0].start)}–{_clock(run[0].end)}"
            for run in sorted(runs, key=lambda run: (run[0].weekday, run[0].start))
        )

    def opening_words(self, now: datetime, language: Language) -> str:
        """Return when they open next, for a sentence: ``w poniedziałek o 9:00``; empty when unknown."""
        opening = self.next_opening(now)
        if opening is None:
            return ""
        local, today = opening.astimezone(SHOP_ZONE), now.astimezone(SHOP_ZONE).date()
        polish = language is Language.PL
        if local.date() == today:
            day = "dzisiaj" if polish else "today"
        elif local.date() == today + timedelta(days=1):
            day = "jutro" if polish else "tomorrow"
        elif local.date() < today + timedelta(days=7):
            day = (_ON_PL if polish else _ON_EN)[local.weekday()]
        else:
            day = f"{local.day}.{local.month:02}.{local.year}" if polish else f"on {local.date().isoformat()}"
        return f"{day} {'o' if polish else 'at'} {_clock(local.time())}"


def _shifts(part: str) -> list[Shift]:
    found = _PART.fullmatch(part)
    if found is None:
        raise InvalidInput(
            f"The hours {part.strip()!r} make no sense. Write them like: Mon-Fri 09:00-17:00, Sat 10:00-14:00"
        )
    try:
        first = _DAYS.index(found["first"])
        last = _DAYS.index(found["last"] or found["first"])
        start, end = (time.fromisoformat(found[name].zfill(5)) for name in ("start", "end"))
    except ValueError:
        raise InvalidInput(
            f"The hours {part.strip()!r} name a day or a time that there is not. Days are {', '.join(_DAYS)}."
        ) from None
    if last < first or end <= start:
        raise InvalidInput(f"The hours {part.strip()!r} end before they begin.")
    return [Shift(day, start, end) for day in range(first, last + 1)]


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
