"""Fits a logistic by its signals, and tells how well its probabilities hold. Pure: numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS = 50
_ENOUGH = 1e-8


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic: bias and one weight a column, in the columns' own units."""

    bias: float
    weights: Numbers

    def scores(self, columns: Numbers) -> Numbers:
        """Return log-odds: (n,)."""
        return np.asarray(self.bias + columns @ self.weights)


def fit_logistic(columns: Numbers, right: Numbers, counts: Numbers, signs: Numbers, ridge: float) -> Line:
    """Fit a logistic whose weights have the signs that their meaning asks for.

    A weight that comes out with the other sign is noise, or stands in for another one: it is set to 0 and the
    rest is fitted again.

    Args:
        columns: (n, d).
        right: 1 or 0: (n,).
        counts: How much each row counts: (n,), they add up to 1.
        signs: 1, −1, or 0 for either: (d,).
        ridge: Pull towards 0 of the weight of a column scaled to spread 1.
    """
    mean = counts @ columns
    spread = np.sqrt(counts @ (columns - mean) ** 2)
    scaled = np.where(spread > _ENOUGH, (columns - mean) / np.maximum(spread, _ENOUGH), 0.0)
    kept = spread > _ENOUGH
    while True:
        weights = np.zeros(columns.shape[1])
        bias, weights[kept] = _newton(scaled[:, kept], right, counts, ridge)
        wrong = kept & (weights * signs < 0)
        if not wrong.any():
            break
        worst = int(np.argmin(np.where(wrong, weights * signs, 0.0)))
        kept[worst] = False
    own = np.where(kept, weights / np.maximum(spread, _ENOUGH), 0.0)
    return Line(float(bias - own @ mean), own)


def _newton(columns: Numbers, right: Numbers, counts: Numbers, ridge: float) -> tuple[float, Numbers]:
    """Return bias and weights by Newton's method (iteratively reweighted least squares)."""
    rows = np.column_stack([np.ones(len(columns)), columns])
    pull = np.full(rows.shape[1], ridge)
    pull[0] = 0.0
    line = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        p = logistic(rows @ line)
        slope = rows.T @ (counts * (p - right)) + pull * line
        curve = (rows * (counts * np.maximum(p * (1 - p), 1e-6))[:, None]).T @ rows + np.diag(pull + 1e-9)
        step = np.linalg.solve(curve, slope)
        line = line - step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return float(line[0]), line[1:]


def logistic(z: Numbers) -> Numbers:
    """Return 1 ÷ (1 + e^−z)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -30, 30))))


def folds(groups: Sequence[str], number: int, seed: int) -> NDArray[np.int64]:
    """Return for each row the fold it is tested in; rows of one group share it."""
    names = sorted(set(groups))
    places = np.random.default_rng(seed).permutation(len(names)) % number
    of = dict(zip(names, places, strict=True))
    return np.array([of[group] for group in groups], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Bin:
    """Some of the questions: mean probability, share that was right, how much of the whole they are."""

    told: float
    right: float
    share: float


def reliability(told: Numbers, right: Numbers, counts: Numbers, bins: int = 10) -> list[Bin]:
    """Return bins of equal weight, from the least sure to the surest.

    Source: Nguyen & O'Connor, Posterior calibration and exploratory analysis for NLP models, EMNLP 2015.
    """
    order = np.argsort(told, kind="stable")
    mass = np.cumsum(counts[order]) / counts.sum()
    place = np.minimum((mass - 1e-12) * bins, bins - 1).astype(int)
    found = []
    for each in range(bins):
        rows = order[place == each]
        weight = float(counts[rows].sum())
        if weight > 0:
            found.append(
                Bin(
                    float(counts[rows] @ told[rows]) / weight,
                    float(counts[rows] @ right[rows]) / weight,
                    weight / float(counts.sum()),
                )
            )
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: mean distance of what was told from what was right, 0 to 1."""
    return sum(each.share * abs(each.told - each.right) for each in bins)
