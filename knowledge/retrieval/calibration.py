"""Fitted numbers of confidence, with what they were fitted on: bundled ones, or a shop's own.

Kept as JSON: names and counts, never a row of what they were fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from foundation.errors import InvalidInput
from knowledge.passage import Zone
from knowledge.retrieval.confidence import (
    NAMES,
    SIGNALS_VERSION,
    Judgement,
    Signals,
    Weights,
    about,
    confidence,
)

FILE = "calibration.json"
"""Its name, in this room and in a shop's data folder."""


# Who asks about something else is not helped by our topics.
_OURS = 0.5


@dataclass(frozen=True, slots=True)
class Zones:
    """Where a confidence leads.

    Attributes:
        answer_from: Confidence from which the best passage is answered from.
        ask_from: Confidence from which the nearest topics are offered; below, nothing is known.
    """

    answer_from: float
    ask_from: float

    def zone(self, sure: float, about: float = 1.0) -> Zone:
        """Return what a confidence is good for.

        Args:
            sure: How likely the best passage answers.
            about: How likely the question is about what the articles are about; topics are offered only if it
                is more likely than not.
        """
        if sure >= self.answer_from:
            return Zone.ANSWER
        asks = sure >= min(self.ask_from, self.answer_from) and about >= _OURS
        return Zone.ASK_BACK if asks else Zone.UNKNOWN


@dataclass(frozen=True, slots=True)
class Calibration:
    """How signals are weighed, and what follows from it.

    Attributes:
        embedder: Id of the model whose cosines were seen; ``""`` for any.
        words: For words alone, where the model does not speak the language.
        meaning: With a model that speaks it.
        zones: The thresholds.
        fitted_on: What it was fitted on: numbers of questions by the name of the set.
        signals: The version of the signals.
        whose: ``bundled`` or ``shop``.
    """

    embedder: str
    words: Judgement
    meaning: Judgement
    zones: Zones
    fitted_on: Mapping[str, int] = field(default_factory=dict)
    signals: int = SIGNALS_VERSION
    whose: str = "bundled"

    def sure(self, signals: Signals, *, speaks: bool) -> float:
        """Return the probability that a passage answers, 0 to 1; `speaks`: so does the model."""
        return confidence(signals, self.meaning if speaks else self.words)

    def about(self, signals: Signals, *, speaks: bool) -> float:
        """Return the probability that the question is about what the articles are about, 0 to 1."""
        return about(signals, self.meaning if speaks else self.words)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON-serialisable data."""
        return {
            "signals": self.signals,
            "embedder": self.embedder,
            "fitted_on": dict(self.fitted_on),
            "answer_from": self.zones.answer_from,
            "ask_from": self.zones.ask_from,
            "words": {"topic": _written(self.words.topic), "answer": _written(self.words.answer)},
            "meaning": {"topic": _written(self.meaning.topic), "answer": _written(self.meaning.answer)},
        }


def write(calibration: Calibration, path: Path) -> None:
    """Write a calibration; the file is there whole or as before. Raises InvalidInput if it cannot be."""
    beside = path.with_suffix(".part")
    try:
        beside.write_text(json.dumps(calibration.as_json(), indent=1) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be written ({error.strerror}).") from error


def read(path: Path, *, whose: str = "shop") -> Calibration:
    """Read a calibration.

    Raises:
        InvalidInput: It cannot be opened, or is none.
    """
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Calibration(
            embedder=str(row["embedder"]),
            words=_judgement(row["words"]),
            meaning=_judgement(row["meaning"]),
            zones=Zones(_share(row["answer_from"]), _share(row["ask_from"])),
            fitted_on={str(name): int(count) for name, count in row["fitted_on"].items()},
            signals=int(row["signals"]),
            whose=whose,
        )
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be opened ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(f"{path}: this is no calibration; run: okienko evals calibrate") from error


@lru_cache(maxsize=1)
def bundled_calibration() -> Calibration:
    """Return the one that every shop begins with."""
    return read(Path(__file__).parent / FILE, whose="bundled")


def calibration_for(folder: Path, embedder: str) -> tuple[Calibration, str]:
    """Return the shop's own calibration if it fits, else the bundled one; and why, as a sentence.

    Args:
        folder: The shop's data.
        embedder: Id of the model in use.
    """
    path, own = folder / FILE, bundled_calibration()
    if not path.exists():
        return own, "The confidence is the bundled one; okienko evals calibrate fits it to your articles."
    try:
        shops = read(path)
    except InvalidInput as error:
        return own, f"The bundled confidence is used. {error.message}"
    if shops.signals != SIGNALS_VERSION:
        why = "an older version of Okienko"
    elif shops.embedder != embedder:
        why = f"the embedding model {shops.embedder}"
    else:
        count = sum(shops.fitted_on.values())
        return shops, f"The confidence is fitted to your articles, with {count} questions."
    return own, f"The bundled confidence is used: {path} is for {why}. Run: okienko evals calibrate"


def _written(weights: Weights) -> dict[str, float]:
    return {"bias": round(weights.bias, 4), **{k: round(v, 4) for k, v in weights.by_name.items()}}


def _judgement(row: Mapping[str, Any]) -> Judgement:
    return Judgement(_weights(row["topic"]), _weights(row["answer"]))


def _weights(row: Mapping[str, float]) -> Weights:
    named = {str(name): float(weight) for name, weight in row.items()}
    bias = named.pop("bias")
    unknown = named.keys() - set(NAMES)
    if unknown:
        raise ValueError(f"no such signal: {sorted(unknown)}")
    return Weights(bias, named)


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"not from 0 to 1: {value}")
    return float(value)
