"""The chart's geometry: everything inside, heights in proportion, lines broken where nobody answered."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from feedback.chart import bucketed, chart, nice_ticks
from feedback.reports import Day, Satisfaction

FIRST = date(2026, 9, 1)


def days(volumes: list[int], scores: dict[int, tuple[int, ...]] | None = None) -> list[Day]:
    scores = scores or {}
    return [
        Day(FIRST + timedelta(days=n), volume, Satisfaction(len(scores.get(n, ())), scores.get(n, ())))
        for n, volume in enumerate(volumes)
    ]


@pytest.mark.parametrize("width", [340.0, 960.0])
@pytest.mark.parametrize("count", [1, 7, 30, 62, 63, 365, 3660])
def test_everything_is_inside_whatever_the_range(count: int, width: float) -> None:
    drawn = chart(days([n % 50 for n in range(count)], dict.fromkeys(range(count), (5,))), width)
    assert 1 <= len(drawn.bars) <= 125
    for bar in drawn.bars:
        assert drawn.left <= bar.x + 0.1
        assert bar.x + bar.width <= drawn.right + 0.2
        assert 0 <= bar.y <= bar.y + bar.height <= drawn.height
    assert all(drawn.left <= point.x <= drawn.right for point in drawn.points)
    assert sum(bar.bucket.conversations for bar in drawn.bars) == sum(n % 50 for n in range(count))
    labels = [x for x, _ in drawn.days]
    assert all(b - a >= 60 for a, b in pairwise(labels))


def test_heights_are_in_proportion() -> None:
    bars = chart(days([10, 20, 0]), 340).bars
    assert bars[1].height == pytest.approx(2 * bars[0].height, abs=0.2)
    assert bars[2].height == 0
    assert len({round(bar.y + bar.height, 0) for bar in bars}) == 1


def test_points_stand_at_their_share_and_lines_break() -> None:
    drawn = chart(days([1] * 6, {0: (5,), 1: (1,), 2: (4, 1), 4: (5,)}), 340)
    top, middle, bottom = (
        drawn.score_ticks[2].at,
        drawn.score_ticks[1].at,
        drawn.score_ticks[0].at,
    )
    assert [point.y for point in drawn.points] == [top, bottom, middle, top]
    assert len(drawn.lines) == 1
    assert drawn.lines[0].count(",") == 3


def test_no_conversation_at_all_can_be_drawn() -> None:
    drawn = chart(days([0, 0]), 340)
    assert [bar.height for bar in drawn.bars] == [0, 0]
    assert (drawn.points, drawn.lines) == ((), ())


def test_long_ranges_are_weeks_then_months() -> None:
    weeks = bucketed(days([1] * 100, {0: (5,), 1: (1,), 99: (5,)}))
    assert all(bucket.first.weekday() == 0 for bucket in weeks[1:])
    assert (weeks[0].score, weeks[0].answers) == (0.5, 2)
    months = bucketed(days([1] * 800))
    assert all(bucket.first.day == 1 for bucket in months)
    assert sum(bucket.conversations for bucket in months) == 800


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (53, [0, 20, 40, 60]),
        (1884, [0, 500, 1000, 1500, 2000]),
    ],
)
def test_ticks_are_round(highest: int, ticks: list[int]) -> None:
    assert nice_ticks(highest) == ticks
