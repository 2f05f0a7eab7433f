"""Reports of evaluations: a table for people, JSON for machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.abstention import Abstention


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """What a retrieval evaluation found.

    Attributes:
        metrics: Means over all questions by name (``ndcg@10``, ``mrr@10``, ``recall@1``…), 0 to 1.
        questions: How many were asked.
        passages: How many there were to find.
        answerable: Share of the questions whose confidence reached the threshold, 0 to 1.
        seconds: To ask all of them; indexing not counted.
        indexing_seconds: To embed and index the corpus.
        model: Name of the embedding model.
        abstention: Whether missing answers were noticed, if some were taken out.
    """

    metrics: Mapping[str, float]
    questions: int
    passages: int
    answerable: float
    seconds: float
    indexing_seconds: float
    model: str
    abstention: Abstention | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON-serialisable data."""
        return {
            **{name: round(value, 4) for name, value in self.metrics.items()},
            "questions": self.questions,
            "passages": self.passages,
            "answerable": round(self.answerable, 4),
            "seconds": round(self.seconds, 2),
            "indexing_seconds": round(self.indexing_seconds, 2),
            "ms_per_question": round(1000 * self.seconds / max(1, self.questions), 2),
            "model": self.model,
            **({"hold_out": self.abstention.as_json()} if self.abstention else {}),
        }

    def as_table(self) -> str:
        """Return the report as lines of name and value."""
        rows = self.as_json()
        rows.pop("hold_out", None)
        width = max(map(len, rows))
        table = "\n".join(
            f"{name:<{width}}  {f'{value:.4f}' if name in self.metrics else value}"
            for name, value in rows.items()
        )
        return f"{table}\n\n{self.abstention.as_table()}" if self.abstention else table
