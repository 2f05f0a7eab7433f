"""Whether confidence tells what can be answered from what cannot. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.scorers import auroc, auroc_error, refused_keeping
from knowledge.passage import Retrieval, Zone

_KEPT = 0.95


@dataclass(frozen=True, slots=True)
class Abstention:
    """What was found.

    Attributes:
        answerable: Score and zone of each question that the articles answer.
        unanswerable: The same of each that they do not.
    """

    answerable: tuple[tuple[float, Zone], ...]
    unanswerable: tuple[tuple[float, Zone], ...]

    @classmethod
    def of(
        cls,
        answerable: Sequence[Retrieval],
        unanswerable: Sequence[Retrieval],
        score: Callable[[Retrieval], float] = lambda found: found.confidence,
    ) -> Abstention:
        """Return what these retrievals tell by a score of theirs."""
        return cls(
            tuple((score(found), found.zone) for found in answerable),
            tuple((score(found), found.zone) for found in unanswerable),
        )

    @property
    def auroc(self) -> float:
        """How often an answerable question is surer than an unanswerable one, 0 to 1."""
        return auroc(*self._scores)

    @property
    def _scores(self) -> tuple[list[float], list[float]]:
        return [sure for sure, _ in self.answerable], [sure for sure, _ in self.unanswerable]

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name."""
        sides = {"answerable": self.answerable, "unanswerable": self.unanswerable}
        figures: dict[str, Any] = {
            "auroc": round(self.auroc, 4),
            "auroc_error": round(auroc_error(self.auroc, len(self.answerable), len(self.unanswerable)), 4),
            "refused_keeping_95%": round(refused_keeping(_KEPT, *self._scores), 4),
        }
        for name, side in sides.items():
            figures[f"{name}_questions"] = len(side)
            for zone in Zone:
                share = sum(each is zone for _, each in side) / max(1, len(side))
                figures[f"{name}_{zone.value}"] = round(share, 4)
        return figures

    def as_table(self) -> str:
        """Return the figures as lines of name and value."""
        rows = self.as_json()
        width = max(map(len, rows))
        return "\n".join(f"{name:<{width}}  {value}" for name, value in rows.items())
