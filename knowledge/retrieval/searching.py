"""One published state, ready to be searched, and the steps of searching one language of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.index import VectorIndex
from knowledge.passage import RankedPassage
from knowledge.retrieval.calibration import Calibration, bundled_calibration
from knowledge.retrieval.preface import cut_preface
from knowledge.retrieval.recent import Search
from knowledge.retrieval.sentences import SentenceVectors
from knowledge.retrieval.signals import signals_of
from knowledge.retrieval.snapshot import Ranking, Scale, Side, Snapshot
from knowledge.retrieval.stages import stage

_log = logging.getLogger(__name__)

#: How many neighbours the index is asked for; beyond them the vectors say nothing.
NEIGHBOURS = 200

#: For a question that has to do without vectors: a scale of a model that speaks no language.
NO_VECTORS = Scale(speaks=False, reads=False, low=0.0, high=1.0)


class QuestionEmbedder(Protocol):
    """What the retriever needs of an embedder."""

    @property
    def speaks_polish(self) -> bool:
        """Whether Polish texts come out near what they mean."""
        ...

    @property
    def reads_polish(self) -> bool:
        """Whether they do at least in part: it speaks Polish, or is given English glosses."""
        ...

    @property
    def cosine_range(self) -> Mapping[Language, tuple[float, float]]:
        """Mean cosine of a question with a passage that does not answer it, and with one that does."""
        ...

    def embed_question(self, text: str, language: Language) -> NDArray[np.float32]:
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
        sentences: Vectors of their sentences; None where words alone choose among those.
    """

    state: int
    embedder: QuestionEmbedder
    index: VectorIndex
    snapshot: Snapshot
    calibration: Calibration = field(default_factory=bundled_calibration)
    sentences: SentenceVectors | None = None


def scales_of(embedder: QuestionEmbedder) -> dict[Language, Scale]:
    """Return how the model's cosines are to be read, by language."""
    return {
        language: Scale(
            language is Language.EN or embedder.speaks_polish,
            language is Language.EN or embedder.reads_polish,
            *embedder.cosine_range[language],
        )
        for language in Language
    }


def in_own_language(
    current: Searchable, wanted: Search, scale: Scale
) -> tuple[Ranking, dict[str, float], NDArray[np.float32]]:
    """Rank the passages of the question's language.

    Returns:
        The ranking; the cosines of the nearest of all passages; the question's vector.
    """
    side = current.snapshot.sides[wanted.language]
    vector = embedded(wanted.asked, side, current.embedder, scale)
    cosines = neighbours(current, vector, max(NEIGHBOURS, wanted.limit))
    # A question that the model cannot read is near any passage that quotes a word of its language.
    read = bool(cosines) and scale.reads
    return side.rank(wanted.asked, cosines, scale if read else NO_VECTORS, wanted.day), cosines, vector


@stage("vector")
def neighbours(current: Searchable, vector: NDArray[np.float32], k: int) -> dict[str, float]:
    """Return the cosines of the nearest passages by key; none while the index is out of reach."""
    try:
        return dict(current.index.search(vector, min(current.snapshot.size, k)))
    except Unavailable as error:
        # Words alone still find most answers; silence would help nobody.
        _log.warning("answering by words alone: %s", error.message)
        return {}


@stage("embed")
def embedded(question: str, side: Side, embedder: QuestionEmbedder, scale: Scale) -> NDArray[np.float32]:
    """Embed a question; with a typo in it, as asked and as probably meant, and take the middle."""
    question = cut_preface(question) if side.language is Language.EN else question
    vector = embedder.embed_question(question, side.language)
    mended = side.mended(question) if scale.reads else None
    if mended is None:
        return vector
    middle = vector + embedder.embed_question(mended, side.language)
    return cast(NDArray[np.float32], middle / max(float(np.linalg.norm(middle)), 1e-6))


def with_near(
    current: Searchable, passages: list[RankedPassage], vector: NDArray[np.float32], language: Language
) -> tuple[RankedPassage, ...]:
    """Return passages with the cosines of their sentences; those in another language stay as they are."""
    if current.sentences is None:
        return tuple(passages)
    own = [ranked.passage for ranked in passages if ranked.passage.language is language]
    near = dict(zip((p.id for p in own), current.sentences.near(vector, own), strict=True))
    return tuple(replace(ranked, near=near.get(ranked.passage.id, {})) for ranked in passages)


def confidence_of(ranking: Ranking, calibration: Calibration) -> float:
    """Return how likely the best passage answers."""
    return judged(ranking, calibration)[0]


def judged(ranking: Ranking, calibration: Calibration) -> tuple[float, float]:
    """Return how likely the best passage answers, and how likely the question is of its topics at all."""
    if not ranking.order.size:
        return 0.0, 0.0
    signals, speaks = signals_of(ranking, int(ranking.order[0])), ranking.scale.speaks
    return calibration.sure(signals, speaks=speaks), calibration.about(signals, speaks=speaks)


def joined(rankings: list[Ranking], limit: int, explained: int) -> list[RankedPassage]:
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
