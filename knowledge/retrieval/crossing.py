"""A question of one language, answered from the passages of the other, where its own has nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from foundation.language import Language
from knowledge.analysis.bilingual import translated
from knowledge.passage import RankedPassage
from knowledge.retrieval.abroad import likeness, twin
from knowledge.retrieval.recent import Search
from knowledge.retrieval.searching import (
    NEIGHBOURS,
    NO_VECTORS,
    Searchable,
    confidence_of,
    embedded,
    joined,
    neighbours,
)
from knowledge.retrieval.signals import signals_of
from knowledge.retrieval.snapshot import Ranking, Scale

# Another language's passages come first only if they are surer by this much, and this sure at least: by a
# model that reads them, or by words alone, which trivia of shopping has too.
_SURER, _SURE_ABROAD, _SURE_BY_WORDS = 0.3, 0.6, 0.7

# What a cosine like that of a question and its answer is worth across languages, without a word in common.
_BY_COSINE = 0.75

# From this likeness on a question is the phrasing that the owner wrote; below, words tell more.
_SAME_WORDS = 0.65

# What other passages count beside an article that was written for this very question.
_BESIDE = 0.4


def only_other_fits(own: Ranking, sure: float, other: Ranking, surer: float, threshold: float) -> bool:
    """Tell whether the question's language has nothing, and the other one has an answer."""
    least = _SURE_ABROAD if other.scale.speaks else _SURE_BY_WORDS
    if sure >= threshold or surer < max(threshold, least, sure + _SURER):
        return False
    same = twin(other.side.passages[int(other.order[0])])
    if any(passage.article_id == same for passage in own.side.passages):
        return False
    if not own.order.size:
        return True
    ours, theirs = (signals_of(each, int(each.order[0])).coverage for each in (own, other))
    return ours < max(0.5, theirs - 0.1)


def leads_by_phrasing(named: float, sure: float, threshold: float) -> bool:
    """Tell whether an article that was found by a phrasing in the question's language leads."""
    return named >= max(threshold, _SURE_ABROAD, sure + _SURER)


def across(
    current: Searchable,
    wanted: Search,
    cosines: Mapping[str, float],
    scales: Mapping[Language, Scale],
    *,
    put: bool,
) -> tuple[Ranking, float]:
    """Rank the other language's passages, with how sure the best of them answers.

    With `put`, the question is put into their language first, word for word; we are the less sure the more of
    it stays behind. A model that reads both languages has compared it as it is.
    """
    language = wanted.language.other
    side, read = current.snapshot.sides[language], bool(cosines)
    other = translated(wanted.asked, wanted.language, current.snapshot.synonyms) if put else None
    if other is None or not other.known or not side.passages:
        ranking = side.rank(wanted.asked, cosines, scales[language] if read else NO_VECTORS, wanted.day)
        both = put and all(scale.speaks for scale in scales.values())
        return ranking, max(confidence_of(ranking, current.calibration), _by_cosine(ranking) if both else 0.0)
    said = other.said(side.knows)
    if not read and scales[language].reads:
        vector = embedded(said, side, current.embedder, scales[language])
        cosines = neighbours(current, vector, NEIGHBOURS)
    ranking = side.rank(said, cosines, scales[language] if cosines else NO_VECTORS, wanted.day)
    sure = confidence_of(ranking, current.calibration)
    if read and all(scale.speaks for scale in scales.values()):
        return ranking, max(sure, _by_cosine(ranking))
    return ranking, sure * other.share(side.knows)


def _by_cosine(ranking: Ranking) -> float:
    """Return how sure a model that reads both languages makes us alone: their words have little in common."""
    if not (ranking.scale.speaks and ranking.order.size):
        return 0.0
    return _BY_COSINE * max(0.0, min(1.0, ranking.scale.scaled(float(ranking.dense[ranking.order[0]]))))


def phrased_abroad(current: Searchable, wanted: Search) -> tuple[str, float]:
    """Return the other language's article that has this very question among its phrasings, and how surely.

    ``""`` if none comes near.
    """
    side = current.snapshot.abroad[wanted.language]
    if not side.passages:
        return "", 0.0
    ranking = side.rank(wanted.asked, {}, NO_VECTORS, wanted.day)
    if not ranking.order.size:
        return "", 0.0
    best = side.passages[int(ranking.order[0])]
    alike = max(likeness(wanted.asked, phrasing) for phrasing in best.questions)
    return (
        (best.article_id, confidence_of(ranking, current.calibration)) if alike >= _SAME_WORDS else ("", 0.0)
    )


def led_by(article_id: str, other: Ranking, own: Ranking, limit: int) -> list[RankedPassage]:
    """Return the passages of one article of the other language, best first, then what else was found."""
    rows = [row for row, each in enumerate(other.side.passages) if each.article_id == article_id]
    rows.sort(key=lambda row: -float(other.fused[row]))
    first = [
        RankedPassage(other.side.passages[row], 1.0, signals_of(other, row).as_mapping()) for row in rows
    ]
    rest = [each for each in joined([other, own], limit, 0) if each.passage.article_id != article_id]
    return (first + [replace(each, score=each.score * _BESIDE) for each in rest])[:limit]
