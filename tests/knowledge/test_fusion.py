from __future__ import annotations

import numpy as np
import pytest

from foundation.language import Language
from knowledge.retrieval.fusion import FusionWeights, Scale, fuse, fusion_weights, normalised

SCALES = [
    Scale(speaks=True, reads=True, low=0.1, high=0.5),
    Scale(speaks=False, reads=True, low=0.1, high=0.5),
    Scale(speaks=False, reads=False, low=0.0, high=1.0),
]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scale", SCALES)
def test_weights_add_up_to_one(language: Language, scale: Scale) -> None:
    weights = fusion_weights(language, scale).as_mapping()
    form = weights.pop("form")
    assert sum(weights.values()) == pytest.approx(1)
    assert 0 <= form <= 1


def test_a_model_counts_for_less_in_a_language_that_it_reads_word_by_word() -> None:
    spoken, glossed, _ = (fusion_weights(Language.PL, scale) for scale in SCALES)
    assert spoken.dense > 0.5 > 1.5 * glossed.dense


def test_each_way_is_measured_by_its_own_best() -> None:
    parts = {
        name: np.array([1, 3], np.float32) for name in ("char", "begun", "opening", "kin", "phrased", "dense")
    }
    parts["char"] = np.array([40, 10], np.float32)
    parts["dense"] = np.zeros(2, np.float32)
    weights = FusionWeights(char=0.5, begun=0.0, opening=0.0, kin=0.25, phrased=0.0, dense=0.25, form=0.0)
    np.testing.assert_allclose(fuse(parts, weights), [0.5 + 0.25 / 3, 0.125 + 0.25], rtol=1e-6)


def test_nothing_found_is_zero() -> None:
    np.testing.assert_array_equal(normalised(np.zeros(3, np.float32)), np.zeros(3))
    assert normalised(np.zeros(0, np.float32)).shape == (0,)


def test_cosines_are_read_on_the_models_scale() -> None:
    assert SCALES[0].scaled(0.5) == pytest.approx(1)
    assert SCALES[0].scaled(0.1) == pytest.approx(0)
    assert SCALES[0].scaled(-1) == -0.5
    assert SCALES[1].scaled(0.5) == pytest.approx(1)
    assert SCALES[2].scaled(0.9) == 0
