"""Questions that were not met, compared with what was decided."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from feedback.gaps import EXAMPLES, SMALL_TALK, Gaps, Unmet, Why, grouped, same
from feedback.period import Period
from foundation.database import Database
from tests.feedback.history import Reply, Story
from tests.feedback.test_reports import local_day

PERIOD = Period(date(2026, 8, 1), date(2026, 11, 17))


def unmet(story: Story) -> list[tuple[Reply, str]]:
    """Return a story's replies that did not help, and why."""
    found = []
    for number, reply in enumerate(story.replies):
        after = next((ask for ask in story.asks if ask.replies_before > number), None)
        low = after is not None and after.standing is not None and after.standing <= 2
        if reply.intent in SMALL_TALK:
            continue
        if reply.outcome == "abstained":
            found.append((reply, "abstained"))
        elif reply.outcome == "answered" and low:
            found.append((reply, "low_rated"))
    return found


async def test_gaps_are_what_was_not_met(history: Database, stories: list[Story]) -> None:
    expected: dict[str, list[tuple[Reply, str, str]]] = defaultdict(list)
    for story in stories:
        if story.alive and PERIOD.first <= local_day(story.began) <= PERIOD.last:
            for reply, why in unmet(story):
                expected[same(reply.question)].append((reply, why, story.id))
    found = await Gaps(history).of(PERIOD)
    assert {same(gap.question) for gap in found} == set(expected)
    for gap in found:
        ones = sorted(expected[same(gap.question)], key=lambda one: one[0].question_at, reverse=True)
        assert gap.count == len(ones)
        assert gap.abstained == sum(why == "abstained" for _, why, _ in ones)
        assert gap.low_rated == sum(why == "low_rated" for _, why, _ in ones)
        assert (gap.question, gap.asked_at) == (ones[0][0].question, ones[0][0].question_at)
        assert gap.conversation_ids == tuple(dict.fromkeys(story for _, _, story in ones))[:EXAMPLES]
    assert [gap.asked_at for gap in found] == sorted((gap.asked_at for gap in found), reverse=True)
    assert sum(gap.abstained for gap in found) > 100
    assert sum(gap.low_rated for gap in found) > 100


async def test_no_days_no_gaps(history: Database) -> None:
    assert await Gaps(history).of(Period(date(2020, 1, 1), date(2020, 1, 2))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Czy macie łososiowe sznurowadła?", "czy macie LOSOSIOWE sznurowadla"),
        ("Ile  kosztuje\ndostawa ?!", "ile kosztuje dostawa"),
        ("100% zniżki", "100 znizki!"),
    ],
)
def test_the_same_question_in_other_clothes(one: str, other: str) -> None:
    assert same(one) == same(other)


def test_other_questions_stay_apart() -> None:
    assert same("Ile kosztuje dostawa?") != same("Ile trwa dostawa?")
    assert same("???") != same("!!!")


def test_groups_count_and_keep_the_newest_wording() -> None:
    noon = datetime(2026, 11, 17, 12, tzinfo=UTC)
    asked = [
        Unmet("Żółte?", noon, "c2", "pl", Why.LOW_RATED),
        Unmet("Inne", noon - timedelta(hours=1), "c2", "pl", Why.ABSTAINED),
        Unmet("zolte", noon - timedelta(hours=2), "c1", "pl", Why.ABSTAINED),
    ]
    first, second = grouped(asked)
    assert (first.question, first.count, first.abstained, first.low_rated) == ("Żółte?", 2, 1, 1)
    assert first.conversation_ids == ("c2", "c1")
    assert (second.question, second.count) == ("Inne", 1)
