"""How sure we are that a passage answers a question: raw signals and a logistic over them. Pure."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for one passage, comparable between questions and between corpora.

    Attributes:
        coverage: Share of the question's content words, weighted by idf, that the passage has; a word that it
            has in another form counts by the character 4-grams they share. 0 to 1.
        matched: The same, but of six words: two words of two say less than six of six. 0 to 1.
        char: BM25 over character 4-grams ÷ the most that the question could reach, 0 to 1.
        known: Share of the content words that the corpus has at all, 0 to 1.
        shop: Share of the content words that are words of shopping (`knowledge.synonyms`), 0 to 1.
        dense: Cosine on the scale of the model, 0 for unrelated texts, 1 for question and answer, clipped to
            −0.5 to 1.5; 0 if the model does not speak the language.
    """

    coverage: float
    matched: float
    char: float
    known: float
    shop: float
    dense: float

    def as_mapping(self) -> dict[str, float]:
        """Return the signals by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of a logistic over `Signals`."""

    bias: float
    coverage: float
    matched: float
    char: float
    known: float
    shop: float
    dense: float


# Fitted by logistic regression (C = 3, all sets of questions weighing the same): questions that a shop's
# passages answer against trivia and small talk; Polish on words alone, English with a model that speaks it.
BY_WORDS = Weights(bias=-8.05, coverage=5.3, matched=9.7, char=0.3, known=2.3, shop=5.8, dense=0.0)
BY_MEANING = Weights(bias=-7.95, coverage=2.5, matched=0.0, char=2.9, known=0.0, shop=1.5, dense=6.2)


def confidence(signals: Signals, weights: Weights) -> float:
    """Return the logistic of the weighted signals, 0 to 1."""
    z = (
        weights.bias
        + weights.coverage * signals.coverage
        + weights.matched * signals.matched
        + weights.char * signals.char
        + weights.known * signals.known
        + weights.shop * signals.shop
        + weights.dense * signals.dense
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
