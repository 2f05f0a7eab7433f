"""Where the bars and points of a chart go. Pure geometry in units of about a pixel; templates draw it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from feedback.ratings import csat
from feedback.reports import Day

MOST_DAYS, MOST_WEEKS = 62, 370
"""Up to so many days a bar is a day, up to so many a week, above a month."""

_LEFT, _RIGHT, _TOP = 40.0, 8.0, 26.0
_PANEL, _BETWEEN, _BOTTOM = 90.0, 44.0, 24.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days that share a bar; `score` is their CSAT from 0 to 1, None without answers."""

    first: date
    last: date
    conversations: int
    answers: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bucket's conversations."""

    x: float
    y: float
    width: float
    height: float
    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Point:
    """A bucket's CSAT."""

    x: float
    y: float
    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis, at `at` along it."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Two panels above one another over the same days: CSAT (percent), and the number of conversations.

    Attributes:
        lines: Points of an SVG polyline each; a line breaks where nobody answered.
        days: Where along the x axis which day is named.
    """

    width: float
    height: float
    left: float
    right: float
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    score_ticks: tuple[Tick, ...]
    volume_ticks: tuple[Tick, ...]
    days: tuple[tuple[float, date], ...]
    volume_title_y: float


def chart(days: Sequence[Day], width: float) -> Chart:
    """Return the chart of some days (at least one), oldest first, `width` units wide."""
    buckets = bucketed(days)
    step = (width - _LEFT - _RIGHT) / len(buckets)
    floor = _TOP + _PANEL + _BETWEEN + _PANEL
    ticks = nice_ticks(max(bucket.conversations for bucket in buckets))
    tall = _PANEL / ticks[-1]
    middles = [_LEFT + step * (n + 0.5) for n in range(len(buckets))]
    thick = max(1.0, min(step * 0.72, 36.0))
    bars = tuple(
        Bar(
            _round(x - thick / 2),
            _round(floor - b.conversations * tall),
            _round(thick),
            _round(b.conversations * tall),
            b,
        )
        for x, b in zip(middles, buckets, strict=True)
    )
    points = [
        Point(_round(x), _round(_TOP + _PANEL * (1 - b.score)), b) if b.score is not None else None
        for x, b in zip(middles, buckets, strict=True)
    ]
    every = max(1, math.ceil(len(buckets) / max(2, int((width - _LEFT) // 78))))
    return Chart(
        width=width,
        height=floor + _BOTTOM,
        left=_LEFT,
        right=width - _RIGHT,
        bars=bars,
        points=tuple(point for point in points if point),
        lines=tuple(_lines(points)),
        score_ticks=tuple(Tick(_TOP + _PANEL * (1 - share / 100), share) for share in (0, 50, 100)),
        volume_ticks=tuple(Tick(_round(floor - value * tall), value) for value in ticks),
        days=tuple((_round(middles[n]), buckets[n].first) for n in range(0, len(buckets), every)),
        volume_title_y=_TOP + _PANEL + _BETWEEN - 12,
    )


def bucketed(days: Sequence[Day]) -> list[Bucket]:
    """Return the days in buckets that are few enough to see."""

    def begins(day: Day) -> date:
        if len(days) <= MOST_DAYS:
            return day.day
        if len(days) <= MOST_WEEKS:
            return day.day - timedelta(days=day.day.weekday())
        return day.day.replace(day=1)

    found = []
    for _, group in groupby(days, begins):
        members = list(group)
        scores = [score for day in members for score in day.satisfaction.scores]
        volume = sum(day.conversations for day in members)
        found.append(Bucket(members[0].day, members[-1].day, volume, len(scores), csat(scores)))
    return found


def nice_ticks(highest: int, most: int = 4) -> list[int]:
    """Return round numbers from 0 to at least `highest` (and at least 1), `most` + 1 or fewer, evenly spaced.

    Source: P. S. Heckbert, "Nice Numbers for Graph Labels", Graphics Gems, 1990.
    """
    raw = max(1, highest) / most
    power = 10 ** max(0, math.floor(math.log10(raw)))
    step = next((power * nice for nice in (1, 2, 5, 10) if power * nice >= raw), power * 10)
    return list(range(0, math.ceil(max(1, highest) / step) * step + 1, step))


def _lines(points: Sequence[Point | None]) -> list[str]:
    runs = [list(run) for known, run in groupby(points, bool) if known]
    return [" ".join(f"{p.x},{p.y}" for p in run if p) for run in runs if len(run) > 1]


def _round(value: float) -> float:
    return round(value, 1)
