"""What a ranking is worth against the relevant items. Pure.

Every function takes the ranked ids, best first, and the set of relevant ids; relevance is binary. With no
relevant ids the value is 0.
"""

from __future__ import annotations

import math
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
