from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from foundation.language import Language
from knowledge.retrieval.fusion import Scale, fusion_weights
from knowledge.retrieval.snapshot import Ranking, Side

SCALE = Scale(speaks=False, reads=False, low=0.0, high=1.0)


@pytest.mark.parametrize("number", [0, 1, 50, 999, 1001, 20_000])
@pytest.mark.parametrize("different", [3, 10**6])
def test_the_best_come_first_and_of_equals_the_earlier(number: int, different: int) -> None:
    rng = np.random.default_rng(number)
    fused = (rng.integers(-different // 2, different, number) / different).astype(np.float32).clip(0)
    weights = fusion_weights(Language.PL, SCALE)
    ranking = Ranking(cast(Side, None), (), SCALE, (), {}, fused, weights, fused, fused)
    expected = [row for row in np.argsort(-fused, kind="stable") if fused[row] > 0]
    assert ranking.order[:500].tolist() == expected[:500]
    assert bool(ranking.order.size) == bool(expected)
