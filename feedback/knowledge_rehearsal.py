"""What an edit changes for shoppers: past questions asked again, and what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedback.gaps import Gap, Gaps, same
from feedback.knowledge_citations import CITED_DAYS, Citations, Led
from feedback.knowledge_ports import Rehearsal, Told
from feedback.period import Period, day_of
from foundation.database import Database
from foundation.language import Language
from knowledge.analysis.text import begun
from knowledge.articles import Article

MAX_QUESTIONS = 20
_OF_CITED, _OF_GAPS, _OF_PHRASINGS = 10, 7, 5
"""So many places are kept for each kind; what one leaves free the others take, but no more phrasings."""


class Because(StrEnum):
    """Why a question is asked again."""

    CITED = "cited"
    """The article answered it."""
    LOW_RATED = "low_rated"
    UNANSWERED = "unanswered"
    PHRASING = "phrasing"
    """Nobody has asked it yet: the owner wrote it as a phrasing."""


@dataclass(frozen=True, slots=True)
class Past:
    """A question, asked `count` times."""

    question: str
    language: Language
    because: Because
    count: int = 1


class Effect(StrEnum):
    """What becomes of a question, what an owner must see first before the rest."""

    LOST = "lost"
    """It was answered, and would be no more."""
    ELSEWHERE = "elsewhere"
    """Another article or section would answer."""
    GAINED = "gained"
    OTHER = "other"
    """The same place in other words, or another "I don't know"."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what is told now and would be told."""

    past: Past
    before: Told
    after: Told
    effect: Effect


class PastQuestions:
    """Chooses them."""

    def __init__(self, database: Database) -> None:
        self._citations = Citations(database)
        self._gaps = Gaps(database)

    async def about(self, article: Article, now: datetime) -> list[Past]:
        """Return at most `MAX_QUESTIONS` questions that an edit of `article` may touch."""
        uses = await self._citations.of(article.id, now - timedelta(days=CITED_DAYS))
        gaps = await self._gaps.of(Period.ending(day_of(now), CITED_DAYS))
        return await asyncio.to_thread(chosen, article, uses.questions, gaps)


def chosen(article: Article, led: Sequence[Led], gaps: Iterable[Gap]) -> list[Past]:
    """Return which questions are asked again. Pure.

    Those that led to the article, the most frequent first; then those that were not met, whose words the
    article has first; then its own phrasings.
    """
    words, unmet_yet = _words(article), list(gaps)
    low = {same(gap.question) for gap in unmet_yet if gap.low_rated}
    cited = [
        Past(
            one.question,
            _language(one.language),
            Because.LOW_RATED if same(one.question) in low else Because.CITED,
            one.count,
        )
        for one in led
    ]
    unmet = [
        Past(
            gap.question,
            _language(gap.language),
            Because.UNANSWERED if gap.abstained else Because.LOW_RATED,
            gap.count,
        )
        for gap in sorted(unmet_yet, key=lambda gap: (-_near(gap, words), -gap.count))
    ]
    phrased = [Past(one, article.language, Because.PHRASING) for one in article.questions[:_OF_PHRASINGS]]
    kinds = (cited, unmet, phrased)
    first = [*cited[:_OF_CITED], *unmet[:_OF_GAPS], *phrased]
    rest = [one for kind in kinds for one in kind]
    picked: dict[str, Past] = {}
    for one in [*first[:MAX_QUESTIONS], *rest]:
        if len(picked) < MAX_QUESTIONS:
            picked.setdefault(same(one.question), one)
    return sorted(picked.values(), key=lambda one: list(Because).index(one.because))


def rows_of(past: Sequence[Past], rehearsal: Rehearsal) -> list[Row]:
    """Return what became of the questions that there was time for; what has changed most comes first."""
    rows = [
        Row(one, before, after, _effect(before, after))
        for one, (before, after) in zip(past, rehearsal.told, strict=False)
    ]
    return sorted(rows, key=lambda row: list(Effect).index(row.effect))


def _effect(before: Told, after: Told) -> Effect:
    was, will = before.outcome == "answered", after.outcome == "answered"
    if was != will:
        return Effect.GAINED if will else Effect.LOST
    if was and _place(before) != _place(after):
        return Effect.ELSEWHERE
    same_said = (before.outcome, before.zone, before.answer) == (after.outcome, after.zone, after.answer)
    return Effect.SAME if same_said else Effect.OTHER


def _place(told: Told) -> tuple[str, str]:
    return (told.passage.article_id, told.passage.heading) if told.passage else ("", "")


def _words(article: Article) -> frozenset[str]:
    text = "\n".join((article.title, *article.questions, article.body))
    return frozenset(begun(text, article.language))


def _near(gap: Gap, words: frozenset[str]) -> float:
    """Return which share of a question's words the article has."""
    asked = set(begun(gap.question, _language(gap.language)))
    return len(asked & words) / len(asked) if asked else 0.0


def _language(written: str) -> Language:
    return next((each for each in Language if each.value == written), Language.PL)
