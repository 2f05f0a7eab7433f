"""What a ranking is worth against the relevant items. Pure.

Every function takes the ranked ids, best first, and the set of relevant ids; relevance is binary. With no
relevant ids the value is 0.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence


def ndcg_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the discounted cumulative gain of the first `k`, divided by the best possible, 0 to 1.

    Source: Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 2002; discount
    ``1 / log2(rank + 1)``.
    """
    gain = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranked[:k], 1) if item in relevant)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gain / best if best else 0.0


def mrr_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 ÷ the rank of the first relevant item, 0 if none is among the first `k`."""
    return next((1 / rank for rank, item in enumerate(ranked[:k], 1) if item in relevant), 0.0)


def recall_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the share of the relevant items that are among the first `k`, 0 to 1."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive scores higher than a negative, a tie counting half; 0.5 if one has none.

    Source: the Mann-Whitney U statistic ÷ (positives · negatives).
    """
    if not positive or not negative:
        return 0.5
    below = sorted(negative)
    wins = sum((bisect_left(below, x) + bisect_right(below, x)) / 2 for x in positive)
    return wins / (len(positive) * len(negative))


def auroc_error(area: float, positives: int, negatives: int) -> float:
    """Return the standard error of an AUROC.

    Source: Hanley & McNeil, The meaning and use of the area under a ROC curve, Radiology 1982.
    """
    if not positives or not negatives:
        return 0.0
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (positives - 1) * (q1 - area**2) + (negatives - 1) * (q2 - area**2)
    return math.sqrt(max(0.0, spread) / (positives * negatives))


def refused_keeping(kept: float, positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the share of negatives below the threshold that keeps a share `kept` of the positives."""
    if not positive or not negative:
        return 0.0
    threshold = sorted(positive, reverse=True)[max(0, math.ceil(kept * len(positive)) - 1)]
    return sum(score < threshold for score in negative) / len(negative)
