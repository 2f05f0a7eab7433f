from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.calibrate import MIX, Costs, fit, set_samples, written_report, zones_for
from evals.fitting import Bin, calibration_error, fit_logistic, folds, logistic, reliability
from evals.reliability import diagram, table
from evals.samples import Asker, Kind, Sample
from foundation.errors import InvalidInput
from knowledge.retrieval.confidence import NAMES, Judgement, Weights
from tests.knowledge.fakes import WordEmbedder


def test_a_logistic_is_found_again() -> None:
    columns = np.random.default_rng(1).normal(size=(4000, 3))
    chance = logistic(-0.5 + 2 * columns[:, 0] - columns[:, 1])
    right = (np.random.default_rng(2).random(4000) < chance).astype(float)
    line = fit_logistic(columns, right, np.full(4000, 1 / 4000), np.array([1.0, 0.0, 0.0]), 1e-6)
    assert line.bias == pytest.approx(-0.5, abs=0.15)
    assert line.weights == pytest.approx([2, -1, 0], abs=0.2)


def test_a_weight_of_the_wrong_sign_is_dropped() -> None:
    columns = np.random.default_rng(1).normal(size=(500, 2))
    right = (columns[:, 0] - columns[:, 1] > 0).astype(float)
    line = fit_logistic(columns, right, np.full(500, 1 / 500), np.array([1.0, 1.0]), 0.01)
    assert line.weights[0] > 0
    assert line.weights[1] == 0


def test_a_column_that_never_changes_weighs_nothing() -> None:
    columns = np.column_stack([np.linspace(-1, 1, 100), np.ones(100)])
    line = fit_logistic(columns, (columns[:, 0] > 0.1).astype(float), np.full(100, 0.01), np.ones(2), 0.01)
    assert line.weights[1] == 0


def test_groups_stay_together() -> None:
    groups = [f"g{n % 7}" for n in range(70)]
    place = folds(groups, 3, seed=1)
    assert set(place) == {0, 1, 2}
    assert all(len({place[n] for n in range(70) if groups[n] == name}) == 1 for name in set(groups))


def test_reliability_by_hand() -> None:
    told = np.array([0.1, 0.1, 0.8, 0.8])
    bins = reliability(told, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4), bins=2)
    assert [b.told for b in bins] == pytest.approx([0.1, 0.8])
    assert [b.right for b in bins] == [0.5, 1.0]
    assert [b.share for b in bins] == [0.5, 0.5]
    assert calibration_error(bins) == pytest.approx(0.3)
    assert "| 0.100 | 0.500 | 0.50 |" in table(bins)
    assert diagram("words", [Bin(0.1, 0.5, 0.5)]).count("<circle") == 1


def samples(count: int, seed: int) -> list[Sample]:
    drawn = np.random.default_rng(seed)
    made = []
    for number in range(count):
        kind = list(Kind)[number % 3]
        level = {Kind.ANSWERABLE: 0.8, Kind.MISSING: 0.5, Kind.OFF_TOPIC: 0.1}[kind]
        signals = dict.fromkeys(NAMES, 0.0) | {"coverage": float(drawn.normal(level, 0.15))}
        right = kind is Kind.ANSWERABLE and bool(drawn.random() < 0.8)
        made.append(Sample(tuple(signals.values()), False, kind, right, f"set g{number}", number % 2))
    return made


def test_what_can_be_told_apart_is() -> None:
    found = fit(samples(600, 1))
    for weights in (found.judgement.topic, found.judgement.answer):
        assert set(weights.by_name) == {"coverage"}
        assert weights.by_name["coverage"] > 0
    assert found.auroc[Kind.MISSING] == pytest.approx(0.92, abs=0.04)
    assert found.auroc[Kind.OFF_TOPIC] > 0.99
    assert 0 < found.errors[Kind.MISSING] < 0.05
    assert found.ece < 0.1
    assert "AUROC answerable / missing" in written_report({False: found}, None)


def test_weights_from_before_are_only_made_steeper_or_moved() -> None:
    before = Judgement(Weights(3.0, {"shop": 1.0}), Weights(-1.0, {"coverage": 2.0, "char": 1.0}))
    found = fit(samples(120, 2), topic=before.topic, answer=before.answer).judgement
    assert found.topic == before.topic
    assert found.answer.by_name["coverage"] / found.answer.by_name["char"] == pytest.approx(2.0)


def test_a_topic_goes_half_way_to_what_it_was() -> None:
    free = fit(samples(120, 2)).judgement.topic
    held = fit(samples(120, 2), towards=Weights(-4.0, {"coverage": 0.0, "char": 1.0})).judgement.topic
    assert held.by_name["coverage"] == pytest.approx(free.by_name["coverage"] / 2)
    assert held.by_name["char"] == pytest.approx(0.5)
    assert held.bias == pytest.approx((free.bias - 4.0) / 2)


def test_too_few_are_refused() -> None:
    with pytest.raises(InvalidInput, match="40 are needed"):
        fit(samples(9, 1))


def test_thresholds_follow_from_costs() -> None:
    zones = zones_for(Costs())
    assert 0 < zones.ask_from < zones.answer_from < 1
    assert zones.answer_from == pytest.approx(1 / 3, abs=0.001)
    dear = zones_for(Costs(asked_back=1.5))
    assert dear.answer_from < zones.answer_from
    assert zones_for(Costs(wrong=1.0)).answer_from == pytest.approx(0.4)
    assert sum(MIX.values()) == pytest.approx(1)


def test_a_set_that_is_not_there_is_named_before_anything_is_embedded(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    with pytest.raises(InvalidInput, match=r"corpus\.jsonl"):
        set_samples(Asker(embedder), tmp_path, 1, [])
    assert not embedder.embedded
