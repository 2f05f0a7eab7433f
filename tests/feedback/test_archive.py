"""The list finds what it should, page by page: compared with what was decided."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.archive import PAGE_ROWS, Archive, excerpt
from feedback.filters import Filter, Outcome, Rating, fold
from feedback.period import Period
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.language import Language
from tests.feedback.history import Story
from tests.feedback.test_reports import local_day

PERIOD = Period(date(2026, 9, 1), date(2026, 11, 10))


@pytest.fixture
def meant(stories: list[Story]) -> list[Story]:
    found = [s for s in stories if s.alive and PERIOD.first <= local_day(s.began) <= PERIOD.last]
    return sorted(found, key=lambda s: (s.began, s.id), reverse=True)


def bodies(story: Story) -> list[str]:
    return [str(step.draft.content.get("body", "")) for step in story.steps if step.draft.kind == "message"]


def unanswered(story: Story) -> bool:
    return any(reply.outcome == "abstained" for reply in story.replies) and not story.said


async def found(history: Database, **wanted: object) -> list[str]:
    rows = await Archive(history).rows(Filter(PERIOD, **wanted))  # type: ignore[arg-type]
    return [row.fact.id for row in rows]


async def test_every_page_once(history: Database, meant: list[Story]) -> None:
    archive, wanted = Archive(history), Filter(PERIOD)
    first = await archive.page(wanted)
    assert (first.total, first.number, first.first) == (len(meant), 1, 1)
    assert first.pages == -(-len(meant) // PAGE_ROWS) > 3
    seen = [row.fact.id for n in range(first.pages) for row in (await archive.page(wanted, n + 1)).rows]
    assert seen == [s.id for s in meant]


async def test_a_page_past_the_end_is_the_last(history: Database) -> None:
    archive, wanted = Archive(history), Filter(PERIOD)
    last = await archive.page(wanted, 10**6)
    assert last.number == last.pages
    assert last.rows
    nothing = await archive.page(Filter(PERIOD, text="nie ma takich słów"), 3)
    assert (nothing.number, nothing.pages, nothing.total, nothing.first) == (1, 1, 0, 0)


async def test_rows_say_what_happened(history: Database, meant: list[Story]) -> None:
    rows = {row.fact.id: row for row in await Archive(history).rows(Filter(PERIOD))}
    for story in meant:
        row = rows[story.id]
        assert row.score == story.score
        assert row.question == (story.questions[0][1] if story.questions else "")
        assert len(set(row.agents)) == len({who for _, who in story.said})
        outcomes = {
            Outcome.CONTAINED: story.status == "resolved" and not story.with_person,
            Outcome.HANDED_OFF: story.with_person,
            Outcome.UNANSWERED: unanswered(story),
            Outcome.OPEN: story.status != "resolved",
        }
        assert set(row.outcomes) == {outcome for outcome, holds in outcomes.items() if holds}


async def test_outcomes(history: Database, meant: list[Story]) -> None:
    for outcome in Outcome:
        rows = await Archive(history).rows(Filter(PERIOD))
        expected = [row.fact.id for row in rows if outcome in row.outcomes]
        assert expected
        assert await found(history, outcome=outcome) == expected


async def test_ratings(history: Database, meant: list[Story]) -> None:
    wanted: dict[Rating, set[int | None]] = {
        Rating.FIVE: {5},
        Rating.ONE: {1},
        Rating.LOW: {1, 2},
        Rating.NONE: {None},
    }
    for rating, scores in wanted.items():
        assert await found(history, rating=rating) == [s.id for s in meant if s.score in scores]


async def test_language_and_agent(history: Database, meant: list[Story]) -> None:
    english = [s.id for s in meant if s.language == "en"]
    assert await found(history, language=Language.EN) == english
    ewa = [s.id for s in meant if s.owner == "agent-ewa" or "agent-ewa" in [who for _, who in s.said]]
    assert ewa
    assert await found(history, agent_id="agent-ewa") == ewa


async def test_filters_together(history: Database, meant: list[Story]) -> None:
    expected = [
        s.id
        for s in meant
        if s.language == "pl"
        and s.with_person
        and (s.score or 9) <= 2
        and any("paczka" in fold(body) for body in bodies(s))
    ]
    assert expected
    assert (
        await found(
            history, language=Language.PL, outcome=Outcome.HANDED_OFF, rating=Rating.LOW, text="PACZKA"
        )
        == expected
    )


@pytest.mark.parametrize(
    "text", ["żółta", "ZOLTA", "Żółtą", "kurtke, ŻÓŁTA", "lososiowym", "100%", "na_wszystko", "do Norway"]
)
async def test_text(history: Database, meant: list[Story], text: str) -> None:
    expected = [s.id for s in meant if any(fold(text) in fold(body) for body in bodies(s))]
    assert expected if "do Norway" not in text else not expected
    assert await found(history, text=text) == expected


@pytest.mark.parametrize("text", ["%", "_", "\\", "100_", "n%wszystko", "' OR 1=1 --", '"', "{", "\\u0119"])
async def test_wildcards_and_quotes_are_plain_letters(
    history: Database, meant: list[Story], text: str
) -> None:
    expected = [s.id for s in meant if any(text in body for body in bodies(s))]
    assert len(expected) < len(meant) / 4
    assert await found(history, text=text) == expected


async def test_agents_are_listed_by_their_newest_names(history: Database) -> None:
    agents = await Archive(history).agents(Period(date(2026, 7, 1), date(2026, 11, 17)))
    assert agents == [
        ("agent-ewa", "Ewa Nowak"),
        ("agent-jan", "Jan"),
        ("agent-max", "Max"),
        ("agent-ola", "Ola Żak"),
    ]


def test_a_query_survives_the_way_through_a_form() -> None:
    wanted = Filter(PERIOD, Outcome.OPEN, "agent-ewa", Rating.LOW, Language.PL, "100% & więcej")
    assert Filter.parse(wanted.query, date(2026, 11, 17)) == wanted


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"to": "2026-13-01"},
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"from": "0001-01-01"},
        {"from": "9999-12-31", "to": "9999-12-31"},
        {"from": "1990-01-01", "to": "2026-01-01"},
        {"outcome": "lost"},
        {"rating": "6"},
        {"language": "de"},
        {"q": "x" * 201},
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        Filter.parse(query, date(2026, 11, 17))


def test_the_usual_days_are_the_last_thirty() -> None:
    usual = Filter.parse({}, date(2026, 11, 17)).period
    assert (usual.first, usual.last, len(usual.days)) == (date(2026, 10, 19), date(2026, 11, 17), 30)


def test_excerpts_are_one_line() -> None:
    assert excerpt("a\n\n b\tc") == "a b c"
    assert excerpt("żółw " * 100) == ("żółw " * 100)[:159].rstrip() + "…"
