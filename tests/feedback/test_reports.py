"""Every figure over five thousand conversations equals one counted in plain Python over what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversation.log import Log
from feedback.period import Period
from feedback.reports import Duration, Overview, Reports, nearest_rank
from foundation.clock import SettableClock
from foundation.database import Database
from tests.feedback.history import END, Ask, Story

WARSAW = ZoneInfo("Europe/Warsaw")
PERIODS = {
    "all": Period(date(2026, 7, 1), date(2026, 11, 17)),
    "a month with the clocks set back": Period(date(2026, 10, 10), date(2026, 11, 8)),
    "one day": Period(date(2026, 10, 25), date(2026, 10, 25)),
    "before anything": Period(date(2025, 1, 1), date(2025, 1, 31)),
}


@pytest.fixture(params=list(PERIODS.values()), ids=list(PERIODS))
def period(request: pytest.FixtureRequest) -> Period:
    found: Period = request.param
    return found


@pytest.fixture
async def overview(history: Database, period: Period) -> Overview:
    return await Reports(history).overview(period)


@pytest.fixture
def meant(stories: list[Story], period: Period) -> list[Story]:
    return [s for s in stories if s.alive and period.first <= local_day(s.began) <= period.last]


def local_day(moment: datetime) -> date:
    return moment.astimezone(WARSAW).date()


def seconds(pairs: list[tuple[datetime | None, datetime | None]]) -> tuple[int, float | None, float | None]:
    """Return count, median and nearest-rank p90, counted the slow way."""
    known = sorted((b - a).total_seconds() for a, b in pairs if a is not None and b is not None)
    if not known:
        return 0, None, None
    n = len(known)
    median = known[n // 2] if n % 2 else (known[n // 2 - 1] + known[n // 2]) / 2
    p90 = next(x for x in known if sum(y <= x for y in known) / n >= 0.9 - 1e-12)
    return n, median, p90


def same(found: Duration, expected: tuple[int, float | None, float | None]) -> bool:
    return (found.count, found.median_seconds, found.p90_seconds) == (
        expected[0],
        expected[1] if expected[1] is None else pytest.approx(expected[1]),
        expected[2] if expected[2] is None else pytest.approx(expected[2]),
    )


def first_after(moment: datetime | None, moments: Sequence[datetime]) -> datetime | None:
    return min((m for m in moments if moment is not None and m > moment), default=None)


async def test_what_the_history_writes_is_a_whole_log(history: Database, stories: list[Story]) -> None:
    log = Log(history, SettableClock(END))
    for story in stories[::250]:
        assert await log.first_broken_seal(story.id) is None
        assert len(await log.transcript(story.id)) == len(story.steps)


async def test_volumes(overview: Overview, meant: list[Story]) -> None:
    assert overview.conversations == len(meant)
    assert overview.shopper_messages == sum(len(s.questions) for s in meant)
    assert overview.assistant_messages == sum(len(s.replies) for s in meant)
    assert overview.agent_messages == sum(len(s.said) for s in meant)


async def test_how_conversations_went(overview: Overview, meant: list[Story]) -> None:
    alone = [s for s in meant if not s.with_person and any(r.outcome == "answered" for r in s.replies)]
    handed = [s for s in meant if s.with_person]
    resolved = [s for s in meant if s.status == "resolved"]
    contained = [s for s in resolved if not s.with_person]
    unanswered = [s for s in meant if any(r.outcome == "abstained" for r in s.replies) and not s.said]
    assert (overview.by_assistant, overview.handed_off) == (len(alone), len(handed))
    assert (overview.resolved, overview.contained) == (len(resolved), len(contained))
    assert overview.unanswered == len(unanswered)
    assert overview.handoff_rate == (len(handed) / len(meant) if meant else None)
    assert overview.assistant_rate == (len(alone) / len(meant) if meant else None)
    assert overview.containment == (len(contained) / len(resolved) if resolved else None)


async def test_reasons_of_handing_off(overview: Overview, meant: list[Story]) -> None:
    expected = Counter(reason for s in meant for reason in {reason for _, reason in s.requests})
    assert dict(overview.reasons) == dict(expected)
    assert [many for _, many in overview.reasons] == sorted(expected.values(), reverse=True)


async def test_times(overview: Overview, meant: list[Story]) -> None:
    asked = {s.id: s.questions[0][0] if s.questions else None for s in meant}
    requested = {s.id: s.requests[0][0] if s.requests else None for s in meant}
    first = [
        (asked[s.id], first_after(asked[s.id], [r.at for r in s.replies] + [at for at, _ in s.said]))
        for s in meant
    ]
    person = [(requested[s.id], first_after(requested[s.id], [at for at, _ in s.said])) for s in meant]
    ended = [(asked[s.id], s.resolved[-1] if s.status == "resolved" else None) for s in meant]
    assert same(overview.first_response, seconds([*first]))
    assert same(overview.person_response, seconds([*person]))
    assert same(overview.resolution, seconds([*ended]))


async def test_satisfaction_of_all(overview: Overview, meant: list[Story]) -> None:
    asks = [ask for s in meant for ask in s.asks]
    scores = [ask.standing for ask in asks if ask.standing is not None]
    good = sum(score in (4, 5) for score in scores)
    assert overview.satisfaction.asked == len(asks)
    assert Counter(overview.satisfaction.scores) == Counter(scores)
    assert overview.satisfaction.score == (good / len(scores) if scores else None)
    assert overview.satisfaction.response_rate == (len(scores) / len(asks) if asks else None)


async def test_satisfaction_with_each(overview: Overview, meant: list[Story]) -> None:
    expected: dict[tuple[str, str], list[Ask]] = {}
    for ask in sorted((ask for s in meant for ask in s.asks), key=lambda ask: ask.at):
        expected.setdefault((ask.kind, ask.who), []).append(ask)
    assert {(row.kind, row.id) for row in overview.servers} == set(expected)
    for row in overview.servers:
        asks = expected[row.kind, row.id]
        scores = [ask.standing for ask in asks if ask.standing is not None]
        assert (row.asked, row.answers, row.name) == (len(asks), len(scores), asks[-1].name)
        assert row.score == (sum(score >= 4 for score in scores) / len(scores) if scores else None)
    assert [row.kind for row in overview.servers][:1] in ([], ["assistant"])


async def test_days(overview: Overview, meant: list[Story], period: Period) -> None:
    assert [day.day for day in overview.days] == period.days
    for day in overview.days:
        of_day = [s for s in meant if local_day(s.began) == day.day]
        scores = [a.standing for s in of_day for a in s.asks if a.standing is not None]
        assert day.conversations == len(of_day)
        assert (day.satisfaction.asked, Counter(day.satisfaction.scores)) == (
            sum(len(s.asks) for s in of_day),
            Counter(scores),
        )


def test_the_clocks_set_back_make_a_day_of_25_hours() -> None:
    day = PERIODS["one day"]
    assert day.end - day.start == timedelta(hours=25)


def test_nearest_rank() -> None:
    assert nearest_rank([7.0], 0.9) == 7.0
    assert nearest_rank([float(n) for n in range(1, 11)], 0.9) == 9.0
    assert nearest_rank([float(n) for n in range(1, 12)], 0.9) == 10.0
