"""The owner's figures for some days: counted from the log, the same conversations in each of them."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feedback.facts import Asked, Fact, asked_ratings, facts, reasons
from feedback.filters import within
from feedback.period import Period, day_of
from feedback.ratings import csat, response_rate
from foundation.database import Database

ASSISTANT, AGENT = "assistant", "agent"


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Ratings of one who served, or of all (`kind` and `id` empty)."""

    asked: int
    scores: tuple[int, ...]
    kind: str = ""
    id: str = ""
    name: str = ""

    @property
    def answers(self) -> int:
        """How many answered."""
        return len(self.scores)

    @property
    def score(self) -> float | None:
        """CSAT, 0 to 1; None without answers."""
        return csat(self.scores)

    @property
    def response_rate(self) -> float | None:
        """Answers ÷ asked, 0 to 1; None when nobody was asked."""
        return response_rate(self.answers, self.asked)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something took, in seconds, over `count` conversations; None when there were none."""

    count: int
    median_seconds: float | None
    p90_seconds: float | None

    @classmethod
    def between(cls, pairs: Iterable[tuple[datetime | None, datetime | None]]) -> Duration:
        """Return it for the pairs of which both moments are known."""
        seconds = sorted((end - start).total_seconds() for start, end in pairs if start and end)
        if not seconds:
            return cls(0, None, None)
        return cls(len(seconds), statistics.median(seconds), nearest_rank(seconds, 0.9))


@dataclass(frozen=True, slots=True)
class Day:
    """One day's conversations, and the ratings asked for in them."""

    day: date
    conversations: int
    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the owner's first page.

    Attributes:
        conversations: In which the shopper did something.
        shopper_messages: And so on: messages by who wrote them; of the assistant, its replies only.
        by_assistant: Conversations that the assistant answered at least once, with no person.
        handed_off: Conversations in which a person was asked for, or spoke.
        unanswered: Conversations with a question that neither the assistant nor a person answered.
        resolved: Resolved now; `contained` are those of them with no person.
        reasons: Why a person was asked for, with the number of conversations; the most frequent first.
        first_response: From the shopper's first message to the first answer of anyone.
        person_response: From the request for a person to their first message.
        resolution: From the shopper's first message to the resolving that still holds.
        servers: The assistant first, then each agent by name.
    """

    period: Period
    conversations: int
    shopper_messages: int
    assistant_messages: int
    agent_messages: int
    by_assistant: int
    handed_off: int
    unanswered: int
    resolved: int
    contained: int
    reasons: tuple[tuple[str, int], ...]
    first_response: Duration
    person_response: Duration
    resolution: Duration
    satisfaction: Satisfaction
    servers: tuple[Satisfaction, ...]
    days: tuple[Day, ...]

    @property
    def handoff_rate(self) -> float | None:
        """Handed off ÷ conversations; None without any."""
        return response_rate(self.handed_off, self.conversations)

    @property
    def assistant_rate(self) -> float | None:
        """Answered by the assistant alone ÷ conversations; None without any."""
        return response_rate(self.by_assistant, self.conversations)

    @property
    def containment(self) -> float | None:
        """Resolved without a person ÷ resolved; None without any."""
        return response_rate(self.contained, self.resolved)


class Reports:
    """Reads the figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def overview(self, period: Period) -> Overview:
        """Return every figure of the days, as one look at the database sees them."""
        conditions = within(period)
        async with self._database.reading() as connection:
            found = await facts(connection, conditions)
            asked = await asked_ratings(connection, conditions)
            why = await reasons(connection, conditions)
        return summed_up(period, found, asked, why)


def summed_up(
    period: Period, found: Sequence[Fact], asked: Sequence[Asked], why: Sequence[tuple[str, int]]
) -> Overview:
    """Return the figures of some conversations. Pure."""
    resolved = [f for f in found if f.resolved]
    return Overview(
        period=period,
        conversations=len(found),
        shopper_messages=sum(f.asked for f in found),
        assistant_messages=sum(f.replied for f in found),
        agent_messages=sum(f.agent_said for f in found),
        by_assistant=sum(f.answered > 0 and not f.with_person for f in found),
        handed_off=sum(f.with_person for f in found),
        unanswered=sum(f.abstained > 0 and f.agent_said == 0 for f in found),
        resolved=len(resolved),
        contained=sum(not f.with_person for f in resolved),
        reasons=tuple(why),
        first_response=Duration.between((f.asked_at, f.first_reply_at) for f in found),
        person_response=Duration.between((f.requested_at, f.person_at) for f in found),
        resolution=Duration.between((f.asked_at, f.resolved_at) for f in found),
        satisfaction=_satisfaction(asked),
        servers=_by_server(asked),
        days=_by_day(period, found, asked),
    )


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """Return the smallest of the ordered values that at least `share` of them do not exceed.

    Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996, definition 1.
    """
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _satisfaction(asked: Sequence[Asked], kind: str = "", who: str = "", name: str = "") -> Satisfaction:
    return Satisfaction(len(asked), tuple(a.score for a in asked if a.score is not None), kind, who, name)


def _by_server(asked: Sequence[Asked]) -> tuple[Satisfaction, ...]:
    groups: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for one in asked:
        groups[(one.served_kind, one.served_id if one.served_kind == AGENT else "")].append(one)
    # People may change their names: the newest is theirs.
    rows = [_satisfaction(ones, kind, who, ones[-1].served_name) for (kind, who), ones in groups.items()]
    return tuple(sorted(rows, key=lambda row: (row.kind != ASSISTANT, row.name.casefold(), row.id)))


def _by_day(period: Period, found: Sequence[Fact], asked: Sequence[Asked]) -> tuple[Day, ...]:
    volume = Counter(day_of(f.began_at) for f in found)
    ratings: dict[date, list[Asked]] = defaultdict(list)
    for one in asked:
        ratings[day_of(one.began_at)].append(one)
    return tuple(Day(day, volume[day], _satisfaction(ratings[day])) for day in period.days)
