"""How the ways of searching are weighed against each other. Pure: numpy only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foundation.language import Language
from knowledge.retrieval.lexical import Scores


@dataclass(frozen=True, slots=True)
class Scale:
    """How an embedding model's cosines are to be read in one language.

    Attributes:
        speaks: Whether the model understands the language.
        reads: Whether its vectors tell what a text means, if only word by word.
        low: Mean cosine of a question with a passage that does not answer it.
        high: Mean cosine of a question with a passage that does.
    """

    speaks: bool
    reads: bool
    low: float
    high: float

    def scaled(self, cosine: float) -> float:
        """Return 0 for unrelated texts, 1 for question and answer, clipped to −0.5 to 1.5."""
        if not self.reads:
            return 0.0
        return max(-0.5, min(1.5, (cosine - self.low) / max(1e-6, self.high - self.low)))


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each way of searching counts; all but `form` add up to 1.

    Attributes:
        char: BM25 over character 4-grams.
        begun: Share of the question's topic that the passage has, by the beginnings of words.
        opening: The same of its opening words.
        kin: BM25 over families of words that stand for one another.
        phrased: Cosine with the nearest title, heading or phrasing of its article.
        dense: Cosine of the embeddings.
        form: How far the form of an answer that the question asks for (`retrieval.forms`) raises or lowers
            the sum, 0 to 1. A model that speaks the language hears it by itself.
    """

    char: float
    begun: float
    opening: float
    kin: float
    phrased: float
    dense: float
    form: float

    def as_mapping(self) -> dict[str, float]:
        """Return the weights by name."""
        return {field: getattr(self, field) for field in self.__slots__}


def fusion_weights(language: Language, scale: Scale) -> FusionWeights:
    """Return the weights for a language, fitted as docs/decisions/0014 tells.

    Character n-grams carry Polish inflection and typos; a model that does not speak Polish knows little of
    it. Rank fusion would let that model outvote the rest, a sum of normalised scores does not.
    """
    if not scale.speaks:
        return FusionWeights(char=0.22, begun=0.1, opening=0.1, kin=0.08, phrased=0.18, dense=0.32, form=1.0)
    if language is Language.EN:
        return FusionWeights(char=0.15, begun=0.0, opening=0.0, kin=0.2, phrased=0.0, dense=0.65, form=0.0)
    return FusionWeights(char=0.15, begun=0.08, opening=0.07, kin=0.05, phrased=0.1, dense=0.55, form=0.3)


def fuse(parts: Mapping[str, Scores], weights: FusionWeights) -> Scores:
    """Return the weighted sum of `parts`, each divided by its best: float32, (n,), 0 to 1."""
    weighed = weights.as_mapping()
    total = np.zeros_like(next(iter(parts.values())))
    for name, scores in parts.items():
        if weighed[name]:
            total += np.float32(weighed[name]) * normalised(scores)
    return total


def normalised(scores: Scores) -> Scores:
    """Return `scores` divided by the best of them; zeros if none is above 0."""
    best = float(scores.max()) if scores.size else 0.0
    return scores / best if best > 0 else np.zeros_like(scores)
