"""What the articles lack: questions that were not answered, or whose answers did not help."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, exists, func, or_, select

from conversation.events import AuthorKind, Kind
from conversation.tables import conversations, events, turns
from feedback.facts import Asked, asked_ratings
from feedback.filters import OUTCOME, REPLIED, fold, of_kind, within
from feedback.period import Period
from feedback.ratings import LOW
from foundation.database import Database

SMALL_TALK = ("greeting", "thanks", "about_assistant", "empty")
"""Intents that no article answers: nothing is lacking where a thank-you was rated low."""
EXAMPLES = 5


class Why(StrEnum):
    """What is wrong with the answer: there was none, or the conversation was rated low."""

    ABSTAINED = "abstained"
    LOW_RATED = "low_rated"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One time that a question was not met."""

    question: str
    asked_at: datetime
    conversation_id: str
    language: str
    why: Why


@dataclass(frozen=True, slots=True)
class Gap:
    """The same question, asked `count` times; `question` is its newest wording.

    Attributes:
        conversation_ids: The newest `EXAMPLES` conversations in which it was asked, newest first.
    """

    question: str
    language: str
    count: int
    abstained: int
    low_rated: int
    asked_at: datetime
    conversation_ids: tuple[str, ...]


class Gaps:
    """Finds them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, period: Period) -> list[Gap]:
        """Return the questions that were not met in these days' conversations, newest first.

        An answer counts as low-rated when the next time a rating was asked for, what stands is `LOW` or less.
        """
        question, earlier = events.alias("question"), events.alias("earlier")
        before = (
            select(func.max(earlier.c.position))
            .where(
                earlier.c.conversation_id == events.c.conversation_id,
                earlier.c.position < events.c.position,
                of_kind(earlier, Kind.MESSAGE),
                earlier.c.author_kind == AuthorKind.SHOPPER.value,
            )
            .correlate(events)
            .scalar_subquery()
        )
        rated = exists(
            select(earlier.c.position).where(
                earlier.c.conversation_id == conversations.c.id,
                of_kind(earlier, Kind.RATING),
                earlier.c.content["score"].as_integer() <= LOW,
            )
        ).correlate(conversations)
        intent = turns.c.record["intent"].as_string()
        query = (
            select(
                question.c.content["body"].as_string(),
                question.c.ts,
                events.c.conversation_id,
                conversations.c.language,
                OUTCOME,
                events.c.seq,
            )
            .join(conversations, conversations.c.id == events.c.conversation_id)
            .join(
                question,
                and_(question.c.conversation_id == events.c.conversation_id, question.c.position == before),
            )
            .outerjoin(
                turns,
                and_(turns.c.conversation_id == events.c.conversation_id, turns.c.reply_cid == events.c.cid),
            )
            .where(
                *within(period),
                REPLIED,
                or_(OUTCOME == "abstained", and_(OUTCOME == "answered", rated)),
                or_(intent.is_(None), intent.not_in(SMALL_TALK)),
            )
            .order_by(question.c.ts.desc(), events.c.conversation_id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
            asked = await asked_ratings(connection, within(period))
        low = _low_rated(asked)
        return grouped(
            Unmet(row[0], row[1], row[2], row[3], Why.ABSTAINED if row[4] == "abstained" else Why.LOW_RATED)
            for row in rows
            if row[0] and (row[4] == "abstained" or low(row[2], row[5]))
        )


def grouped(unmet: Iterable[Unmet]) -> list[Gap]:
    """Return the same questions as one each, newest first. Pure.

    Args:
        unmet: Newest first.
    """
    groups: dict[str, list[Unmet]] = defaultdict(list)
    for one in unmet:
        groups[same(one.question)].append(one)
    return [
        Gap(
            question=ones[0].question,
            language=ones[0].language,
            count=len(ones),
            abstained=sum(one.why is Why.ABSTAINED for one in ones),
            low_rated=sum(one.why is Why.LOW_RATED for one in ones),
            asked_at=ones[0].asked_at,
            conversation_ids=tuple(dict.fromkeys(one.conversation_id for one in ones))[:EXAMPLES],
        )
        for ones in groups.values()
    ]


def same(question: str) -> str:
    """Return what makes two questions the same: their words, folded, without punctuation."""
    words = " ".join(re.findall(r"\w+", fold(question)))
    return words or question.strip()


def _low_rated(asked: Sequence[Asked]) -> Callable[[str, int], bool]:
    """Return the check whether a reply (conversation, seq) was followed by a rating that stands as low."""
    requests: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        requests[one.conversation_id].append(one)

    def low(conversation_id: str, seq: int) -> bool:
        after = [one for one in requests[conversation_id] if one.request_seq > seq]
        return bool(after) and after[0].score is not None and after[0].score <= LOW

    return low
