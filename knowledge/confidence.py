"""How sure we are that a passage answers a question: raw signals and a logistic over them. Pure."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for one passage, comparable between questions.

    Attributes:
        coverage: Share of the question's content words, weighted by idf, that the passage has, 0 to 1.
        char: BM25 over character 4-grams ÷ the most that the question could reach, 0 to 1.
        stem: The same over restored stems.
        dense: Cosine of the vectors, clipped to 0 to 1.
        matched: How many content words were found at all, at most 3, ÷ 3.
    """

    coverage: float
    char: float
    stem: float
    dense: float
    matched: float

    def as_mapping(self) -> dict[str, float]:
        """Return the signals by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic's constants."""

    bias: float
    coverage: float
    char: float
    stem: float
    dense: float
    matched: float


def confidence(signals: Signals, weights: Weights) -> float:
    """Return the logistic of the weighted signals, 0 to 1."""
    z = (
        weights.bias
        + weights.coverage * signals.coverage
        + weights.char * signals.char
        + weights.stem * signals.stem
        + weights.dense * signals.dense
        + weights.matched * signals.matched
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
