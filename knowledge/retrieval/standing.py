"""How far the best passage stands out from the others, by its scores and by its vector. Pure: numpy only.

Where nothing answers, the best of many is a little above the rest; where something does, it is far above. And
a passage that answers is nearer to the question than it is to its own neighbours, on the same topic.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.lexical import Scores

#: With how many of the next best passages of other articles one is compared.
NEXT_BEST = 9


def above(scores: Scores, row: int) -> float:
    """Return how far one score is above all, in units of what the best of so many would be by chance.

    The z-score ÷ √(2 ln n), the expected greatest of n normal draws; 0 if all scores are alike.
    """
    spread = float(scores.std()) if scores.size > 1 else 0.0
    if spread < 1e-9:
        return 0.0
    return (float(scores[row]) - float(scores.mean())) / spread / math.sqrt(2 * math.log(scores.size + 1))


def ahead(top: float, other: float) -> float:
    """Return how far a score is ahead of another, as a share of itself; 0 to 1 if it is ahead at all."""
    return (top - other) / top if top > 0 else 0.0


def nearer(cosine: float, vectors: NDArray[np.floating]) -> float:
    """Return how much nearer a passage is to the question than it is to its own neighbours, on the mean.

    Args:
        cosine: Of question and passage.
        vectors: Of the passage, first, and of the next best, (n, d), L2-normalised.

    Returns:
        A difference of cosines, −2 to 2; 0 for a passage without neighbours.
    """
    if len(vectors) < 2:
        return 0.0
    return cosine - float((vectors[1:].astype(np.float32) @ vectors[0].astype(np.float32)).mean())
