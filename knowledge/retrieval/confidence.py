"""How sure we are that a passage answers a question: signals, and two logistics over them. Pure.

Two things can be wrong: the question is about nothing that the shop writes about, or it is and the answer is
not there. Other signals tell of each, so the probability is a product: of the topic, and of the answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

#: Counts changes of what the signals mean; weights fitted to others are of no use.
SIGNALS_VERSION = 4


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for one passage, comparable between questions and between corpora.

    Weights of words are their idf; a word's beginning is its first five letters, diacritics aside.

    Attributes:
        coverage: Share of the question's words, by weight, that the passage has; a word that it has in
            another form counts by the 4-grams they share, one that it has a synonym of by 0.7. 0 to 1.
        matched: The same, but of six words: two words of two say less than six of six. 0 to 1.
        known: Share of the question's words that the corpus has, slips of the finger aside, 0 to 1.
        shop: Share of them that are words of shopping (`knowledge.analysis.synonyms`), 0 to 1.
        strange: Weight of the words that the corpus has in no form, together, in units of one such word; at
            most 3.
        begun: As coverage, but a word is there in full or not at all, by its beginning. 0 to 1.
        missing: Weight of the heaviest word that the passage lacks ÷ that of one that no passage has, 0 to 1.
        opening: As begun, in the passage's first sentence: answers mostly open with what was asked. 0 to 1.
        heading: Of the title, heading or phrasing that is most like the question: the lesser of the share of
            the question that it has and the share of it that is asked for. 0 to 1; 0 if there is none.
        char: BM25 over character 4-grams ÷ the most that the question could reach, 0 to 1.
        dense: Cosine on the scale of the model, 0 for unrelated texts, 1 for question and answer, clipped to
            −0.5 to 1.5; 0 if the model does not speak the language.
        form: How well the passage has the form that is asked for: when, how, whether (`retrieval.forms`).
        above: How far its fused score is above all passages', in units of what chance would reach.
        ahead: How far its fused score is ahead of the best passage of another article, as a share of it; at
            most 1.
        nearer: How much nearer the passage is to the question than to the next best ones of other articles,
            in cosines: one that answers is nearer to the question than it is to its neighbours on the topic.
    """

    coverage: float
    matched: float
    known: float
    shop: float
    strange: float
    begun: float
    missing: float
    opening: float
    heading: float
    char: float
    dense: float
    form: float
    above: float
    ahead: float
    nearer: float

    def as_mapping(self) -> dict[str, float]:
        """Return the signals by name."""
        return {field: getattr(self, field) for field in self.__slots__}


NAMES = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of a logistic over `Signals`; a signal that is not named weighs nothing."""

    bias: float
    by_name: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What confidence is made of.

    Attributes:
        topic: Whether the question is about what the articles are about.
        answer: Whether, if so, the best passage answers it.
    """

    topic: Weights
    answer: Weights


def confidence(signals: Signals, judgement: Judgement) -> float:
    """Return the probability that a passage answers: of its topic times of the answer, 0 to 1."""
    given = signals.as_mapping()
    return _weighed(given, judgement.topic) * _weighed(given, judgement.answer)


def about(signals: Signals, judgement: Judgement) -> float:
    """Return the probability that a question is about what the articles are about, 0 to 1."""
    return _weighed(signals.as_mapping(), judgement.topic)


def _weighed(given: Mapping[str, float], weights: Weights) -> float:
    return logistic(weights.bias + sum(weight * given[name] for name, weight in weights.by_name.items()))


def logistic(z: float) -> float:
    """Return 1 ÷ (1 + e^−z)."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
