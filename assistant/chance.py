"""How much what speaks for a sentence counts, and how likely it answers then. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much what speaks for a sentence counts (docs/decisions/0028).

    Attributes:
        words: Share of the question's words that it has.
        grams: The same of four-letter pieces.
        passage: How well its passage was found, as a share of the best.
        article: How far the question is one that its article was written for.
        cue: Being of the kind of answer that is asked for.
        opening: Opening such an article.
        near: Nearness to the question by meaning.
        near_fit: The same in its own fit, by which other sentences follow it.
    """

    words: float
    grams: float
    passage: float
    article: float
    cue: float
    opening: float
    near: float = 0.0
    near_fit: float = 0.0


#: Where the sentences have no vectors; found by reading answers to shoppers' questions.
BY_WORDS = Weights(words=0.40, grams=0.10, passage=0.40, article=0.50, cue=0.20, opening=0.50)
#: Where they have.
BY_MEANING = Weights(
    words=0.8, grams=0.1, passage=0.8, article=0.5, cue=0.2, opening=0.15, near=2.0, near_fit=1.0
)

ANSWER_FROM = 0.5
"""A sentence that answers more likely than this is said."""

_BIAS, _SURE, _MARGIN, _ARTICLE = -0.547, 0.267, 1.242, 1.309
_LEAST_SURE = 1e-3


def chance(sure: float, margin: float, affinity: float) -> float:
    """Return how likely a sentence answers, 0 to 1; only where sentences have vectors.

    Args:
        sure: How likely its question's best passage answers, 0 to 1.
        margin: How far its score is ahead of the best sentence's of other articles.
        affinity: How far the question is one that its article was written for, 0 to 1.
    """
    within = max(_LEAST_SURE, min(1 - _LEAST_SURE, sure))
    odds = _BIAS + _SURE * math.log(within / (1 - within)) + _MARGIN * margin + _ARTICLE * affinity
    return 1 / (1 + math.exp(-odds))
