"""The buttons under an answer: related questions, nearest topics, a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from assistant.brief import Suggestion
from assistant.phrases import ASK_PERSON_LABEL
from foundation.language import Language
from knowledge.passage import RankedPassage, Retrieval

RELATED_SCORE = 0.7
"""An article whose best passage reaches this share of the best score of all counts as related."""

NEAR_CONFIDENCE = 0.15
"""Below this confidence nothing found is near enough to be offered."""


def talk_to_person(language: Language) -> Suggestion:
    """Return the button that calls a person."""
    return Suggestion(label=ASK_PERSON_LABEL[language], action="ask_human")


def near_topics(retrieval: Retrieval, limit: int = 3) -> tuple[Suggestion, ...]:
    """Return the nearest topics for a question that no article answers; none when nothing is near."""
    if retrieval.confidence < NEAR_CONFIDENCE or not retrieval.passages:
        return ()
    return _titles(retrieval.passages, retrieval.language, RELATED_SCORE, set(), limit)


def related(retrieval: Retrieval, used_articles: Iterable[str], limit: int = 2) -> tuple[Suggestion, ...]:
    """Return topics close to the question that the answer did not use."""
    return _titles(retrieval.passages, retrieval.language, RELATED_SCORE, set(used_articles), limit)


def _titles(
    passages: tuple[RankedPassage, ...], language: Language, share: float, left_out: set[str], limit: int
) -> tuple[Suggestion, ...]:
    enough = share * passages[0].score if passages else 0.0
    titles = {
        ranked.passage.article_id: ranked.passage.title
        for ranked in passages
        if ranked.passage.language is language
        and ranked.passage.article_id not in left_out
        and ranked.score >= enough
    }
    return tuple(Suggestion(label=title, send=title) for title in islice(titles.values(), limit))
