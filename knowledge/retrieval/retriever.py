"""From a question to ranked passages with a confidence: words, character n-grams and vectors, fused."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.analysis.bilingual import translated
from knowledge.index import VectorIndex
from knowledge.passage import RankedPassage, Retrieval, Zone
from knowledge.retrieval.abroad import likeness, twin
from knowledge.retrieval.calibration import Calibration, bundled_calibration
from knowledge.retrieval.explanation import Explanation, explain
from knowledge.retrieval.preface import cut_preface
from knowledge.retrieval.recent import Recent, Search
from knowledge.retrieval.signals import signals_of
from knowledge.retrieval.snapshot import Ranking, Scale, Side, Snapshot
from knowledge.retrieval.stages import stage

_log = logging.getLogger(__name__)

# How many neighbours the index is asked for; beyond them the vectors say nothing.
_NEIGHBOURS = 200

# Another language's passages come first only if they are surer by this much, and this sure at least: by a
# model that reads them, or by words alone, which trivia of shopping has too.
_SURER, _SURE_ABROAD, _SURE_BY_WORDS = 0.3, 0.6, 0.7

# What a cosine like that of a question and its answer is worth across languages, without a word in common.
_BY_COSINE = 0.75

# From this likeness on a question is the phrasing that the owner wrote; below, words tell more.
_SAME_WORDS = 0.65

# What other passages count beside an article that was written for this very question.
_BESIDE = 0.4

# For a question that has to do without vectors: a scale of a model that speaks no language.
_NO_VECTORS = Scale(speaks=False, low=0.0, high=1.0)

# Order and parcel numbers: no article has them, and they would drown what is asked about them.
_LONG_NUMBER = re.compile(r"\S*\d{5,}\S*")


class QuestionEmbedder(Protocol):
    """What the retriever needs of an embedder."""

    @property
    def speaks_polish(self) -> bool:
        """Whether Polish texts come out near what they mean."""
        ...

    @property
    def cosine_range(self) -> Mapping[Language, tuple[float, float]]:
        """Mean cosine of a question with a passage that does not answer it, and with one that does."""
        ...

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed a question: float32, (d,), L2-normalised."""
        ...


@dataclass(frozen=True, slots=True)
class Searchable:
    """One published state with all that searching it takes; swapped as a whole, so that they always fit.

    Attributes:
        state: Number of the published state.
        embedder: Of questions; it made the vectors in `index`.
        index: Holds the vectors of the snapshot's passages, at least.
        snapshot: The passages.
        calibration: How sure we are of them.
    """

    state: int
    embedder: QuestionEmbedder
    index: VectorIndex
    snapshot: Snapshot
    calibration: Calibration = field(default_factory=bundled_calibration)


class Retriever:
    """Searches the library's current state. One question at a time, off the event loop.

    Args:
        current: Called for each question: the state to search.
        today: Called for each question: the day in the shop's zone.
    """

    def __init__(self, current: Callable[[], Searchable], today: Callable[[], date]) -> None:
        self._current = current
        self._today = today
        self._recent = Recent()
        # One thread: two questions at once would only slow each other down.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="retriever")

    async def retrieve(
        self, question: str, *, language: Language, limit: int = 6, explained: int = 1
    ) -> Retrieval:
        """Return the passages that best fit a question.

        Args:
            question: In the shopper's words; at most the first 2000 characters are looked at.
            language: Its language. Passages in it come first; those of another follow, unless only they fit.
            limit: At most so many passages.
            explained: The first so many carry their signals.

        Returns:
            Best first; no passages, confidence 0 and not answerable when nothing has anything in common.
        """
        known = self._recent.get(self._wanted(question, language, limit, explained)[1], question)
        if known is not None:
            return known
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.search, question, language, limit, explained)

    def search(self, question: str, language: Language, limit: int = 6, explained: int = 1) -> Retrieval:
        """Do what `retrieve` does, in this thread."""
        current, wanted = self._wanted(question, language, limit, explained)
        if not wanted.asked or not current.snapshot.size:
            return Retrieval(question, language, (), 0.0, Zone.UNKNOWN, current.state, about=0.0)
        known = self._recent.get(wanted, question)
        if known is not None:
            return known
        found, whole = self._found(current, question, wanted)
        if whole:
            self._recent.keep(wanted, found)
        return found

    def _wanted(
        self, question: str, language: Language, limit: int, explained: int = 1
    ) -> tuple[Searchable, Search]:
        """Return the state to search, and what is searched for there."""
        current = self._current()
        asked = " ".join(_LONG_NUMBER.sub(" ", question[:2000]).split())
        return current, Search(current, asked, language, limit, self._today(), explained)

    @stage("fuse")
    def _found(self, current: Searchable, question: str, wanted: Search) -> tuple[Retrieval, bool]:
        """Return what is found, and whether words and vectors had their part in it."""
        language, limit = wanted.language, wanted.limit
        scales, zones = _scales(current.embedder), current.calibration.zones
        own, cosines = _in_own_language(current, wanted, scales[language])
        read = bool(cosines) and scales[language].speaks
        sure, about = _judged(own, current.calibration)
        if sure >= zones.answer_from and own.order.size >= limit:
            # The other language could only follow, and there is no room.
            passages = _joined([own], limit, wanted.explained)
            return Retrieval(
                question, language, tuple(passages), sure, zones.zone(sure, about), current.state, about
            ), bool(cosines)
        other, surer = _across(current, wanted, cosines if read else {}, scales, put=sure < zones.answer_from)
        phrased, named = _phrased_abroad(current, wanted) if sure < zones.answer_from else ("", 0.0)
        if phrased and named >= max(zones.answer_from, _SURE_ABROAD, sure + _SURER):
            passages, sure = _led_by(phrased, other, own, limit), named
        elif _only_other_fits(own, sure, other, surer, zones.answer_from):
            passages, sure = _joined([other, own], limit, wanted.explained), surer
        else:
            passages = _joined([own, other], limit, wanted.explained)
        sure = sure if passages else 0.0
        about = max(sure, about)
        found = Retrieval(
            question, language, tuple(passages), sure, zones.zone(sure, about), current.state, about
        )
        return found, bool(cosines)

    async def explain(self, found: Retrieval) -> Explanation:
        """Return why the passages of a retrieval stand where they do; it is ranked again for that."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._explained, found)

    def _explained(self, found: Retrieval) -> Explanation:
        current, wanted = self._wanted(found.question, found.language, len(found.passages))
        if not wanted.asked or not found.passages:
            return Explanation()
        own, _ = _in_own_language(current, wanted, _scales(current.embedder)[wanted.language])
        return explain(own, found.passages, current.calibration)

    async def settle(self) -> None:
        """Wait until the questions under way are answered, from whatever state they began with."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _nothing)

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=True)


def _nothing() -> None:
    """Do nothing, when all before it is done."""


def _in_own_language(current: Searchable, wanted: Search, scale: Scale) -> tuple[Ranking, dict[str, float]]:
    """Rank the passages of the question's language; return the cosines of the nearest of all, too."""
    side = current.snapshot.sides[wanted.language]
    vector = _embedded(wanted.asked, side, current.embedder, scale)
    cosines = _neighbours(current, vector, max(_NEIGHBOURS, wanted.limit))
    # A question that the model cannot read is near any passage that quotes a word of its language.
    read = bool(cosines) and scale.speaks
    return side.rank(wanted.asked, cosines, scale if read else _NO_VECTORS, wanted.day), cosines


def _only_other_fits(own: Ranking, sure: float, other: Ranking, surer: float, threshold: float) -> bool:
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


def _scales(embedder: QuestionEmbedder) -> dict[Language, Scale]:
    """Return how the model's cosines are to be read, by language."""
    return {
        language: Scale(language is Language.EN or embedder.speaks_polish, *embedder.cosine_range[language])
        for language in Language
    }


def _across(
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
        ranking = side.rank(wanted.asked, cosines, scales[language] if read else _NO_VECTORS, wanted.day)
        return ranking, max(_confidence(ranking, current.calibration), _by_cosine(ranking) if put else 0.0)
    said = other.said(side.knows)
    if not read and scales[language].speaks:
        vector = _embedded(said, side, current.embedder, scales[language])
        cosines = _neighbours(current, vector, _NEIGHBOURS)
    ranking = side.rank(said, cosines, scales[language] if cosines else _NO_VECTORS, wanted.day)
    sure = _confidence(ranking, current.calibration)
    if read and scales[language].speaks:
        return ranking, max(sure, _by_cosine(ranking))
    return ranking, sure * other.share(side.knows)


def _by_cosine(ranking: Ranking) -> float:
    """Return how sure a model that reads both languages makes us alone: their words have little in common."""
    if not (ranking.scale.speaks and ranking.order.size):
        return 0.0
    return _BY_COSINE * max(0.0, min(1.0, ranking.scale.scaled(float(ranking.dense[ranking.order[0]]))))


def _phrased_abroad(current: Searchable, wanted: Search) -> tuple[str, float]:
    """Return the other language's article that has this very question among its phrasings, and how surely.

    ``""`` if none comes near.
    """
    side = current.snapshot.abroad[wanted.language]
    if not side.passages:
        return "", 0.0
    ranking = side.rank(wanted.asked, {}, _NO_VECTORS, wanted.day)
    if not ranking.order.size:
        return "", 0.0
    best = side.passages[int(ranking.order[0])]
    alike = max(likeness(wanted.asked, phrasing) for phrasing in best.questions)
    return (best.article_id, _confidence(ranking, current.calibration)) if alike >= _SAME_WORDS else ("", 0.0)


def _led_by(article_id: str, other: Ranking, own: Ranking, limit: int) -> list[RankedPassage]:
    """Return the passages of one article of the other language, best first, then what else was found."""
    rows = [row for row, each in enumerate(other.side.passages) if each.article_id == article_id]
    rows.sort(key=lambda row: -float(other.fused[row]))
    first = [
        RankedPassage(other.side.passages[row], 1.0, signals_of(other, row).as_mapping()) for row in rows
    ]
    rest = [each for each in _joined([other, own], limit, 0) if each.passage.article_id != article_id]
    return (first + [replace(each, score=each.score * _BESIDE) for each in rest])[:limit]


@stage("vector")
def _neighbours(current: Searchable, vector: NDArray[np.float32], k: int) -> dict[str, float]:
    try:
        return dict(current.index.search(vector, min(current.snapshot.size, k)))
    except Unavailable as error:
        # Words alone still find most answers; silence would help nobody.
        _log.warning("answering by words alone: %s", error.message)
        return {}


@stage("embed")
def _embedded(question: str, side: Side, embedder: QuestionEmbedder, scale: Scale) -> NDArray[np.float32]:
    """Embed a question; with a typo in it, as asked and as probably meant, and take the middle."""
    question = cut_preface(question) if side.language is Language.EN else question
    vector = embedder.embed_question(question)
    mended = side.mended(question) if scale.speaks else None
    if mended is None:
        return vector
    middle = vector + embedder.embed_question(mended)
    return cast(NDArray[np.float32], middle / max(float(np.linalg.norm(middle)), 1e-6))


def _confidence(ranking: Ranking, calibration: Calibration) -> float:
    return _judged(ranking, calibration)[0]


def _judged(ranking: Ranking, calibration: Calibration) -> tuple[float, float]:
    """Return how likely the best passage answers, and how likely the question is of its topics at all."""
    if not ranking.order.size:
        return 0.0, 0.0
    signals, speaks = signals_of(ranking, int(ranking.order[0])), ranking.scale.speaks
    return calibration.sure(signals, speaks=speaks), calibration.about(signals, speaks=speaks)


def _joined(rankings: list[Ranking], limit: int, explained: int) -> list[RankedPassage]:
    """Return up to `limit` passages, side after side; scores never rise. The first carry their signals."""
    passages: list[RankedPassage] = []
    for ranking in rankings:
        ceiling = passages[-1].score if passages else 1.0
        for row in ranking.order[: limit - len(passages)]:
            why = len(passages) < explained
            signals = signals_of(ranking, int(row)).as_mapping() if why else {}
            score = ceiling * float(ranking.fused[row])
            passages.append(RankedPassage(ranking.side.passages[row], score, signals))
    return passages
