"""Why a question finds what it finds, in numbers and words that a person can read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.analysis.words import fold
from knowledge.passage import RankedPassage
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.snapshot import Ranking, Side

MAX_SYNONYMS = 6

# Words that begin with the same letters are mostly forms of one.
_SAME_CHARS = 3


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a question.

    Attributes:
        asked: As it was typed.
        meant: As the articles write it.
        synonyms: Words that stand for it there, spelled as in the lists, some of them only by how they begin.
    """

    asked: str
    meant: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind one retrieval.

    Attributes:
        words: Of the question, in order.
        weights: How much each way of searching counts at most, by its name in `FusionWeights`.
        added: By passage id, what each of them added to its score; not of the other language's passages.
        topic_by: What each signal weighs in whether the question is of the articles' topic, by its name in
            `Signals`; without those at 0.
        sure_by: The same, in whether the passage answers it.
    """

    words: tuple[ReadWord, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    topic_by: Mapping[str, float] = field(default_factory=dict)
    sure_by: Mapping[str, float] = field(default_factory=dict)


def explain(ranking: Ranking, passages: Iterable[RankedPassage], calibration: Calibration) -> Explanation:
    """Return why `passages` stand where they do.

    Args:
        ranking: Of the question's language.
        passages: What was found; those of the other language are left out.
        calibration: By which confidence was told.
    """
    side = ranking.side
    rows = {passage.id: row for row, passage in enumerate(side.passages)}
    wanted = [one.passage.id for one in passages if one.passage.id in rows]
    judged = calibration.meaning if ranking.scale.speaks else calibration.words
    return Explanation(
        words=tuple(_words(ranking)),
        weights=ranking.weights.as_mapping(),
        added={passage_id: ranking.fusion(rows[passage_id]) for passage_id in wanted},
        topic_by=dict(judged.topic.by_name),
        sure_by=dict(judged.answer.by_name),
    )


def _words(ranking: Ranking) -> Iterator[ReadWord]:
    for asked, meant in ranking.words:
        yield ReadWord(asked, meant, tuple(_synonyms(ranking.side, meant))[:MAX_SYNONYMS])


def _synonyms(side: Side, word: str) -> Iterator[str]:
    """Yield the other words of the families that a word belongs to, of forms of one word the first."""
    if not side.families(word):
        return
    groups = side.synonyms.groups[side.language]
    told = {fold(word)[:_SAME_CHARS]}
    for family in sorted(side.synonyms.families_of(word, side.language)):
        for one in groups[family].words:
            beginning = fold(one.spelled)[:_SAME_CHARS]
            if beginning not in told:
                told.add(beginning)
                yield one.spelled.rstrip("$").replace("_", " ")
