"""Half of the answers taken out of a corpus: is it noticed which questions have none any more? Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from evals.dataset import Dataset
from foundation.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A task with answers missing.

    Attributes:
        dataset: What is left: passages, and the questions below; an unanswerable one has no right passage.
        answerable: Ids of questions all of whose right passages are there.
        unanswerable: Ids of those that have lost all. Questions that have lost some are left out.
    """

    dataset: Dataset
    answerable: frozenset[str]
    unanswerable: frozenset[str]


def hold_out(dataset: Dataset, share: float, seed: int) -> HeldOut:
    """Take out a share of the passages that are right for some question.

    Args:
        dataset: The whole task.
        share: Of those passages, more than 0 and less than 1.
        seed: Which ones; the same for the same task and seed.

    Raises:
        InvalidInput: The share is out of range.
    """
    if not 0 < share < 1:
        raise InvalidInput(f"The share to hold out is {share}; it must be more than 0 and less than 1.")
    right = sorted({passage for passages in dataset.relevant.values() for passage in passages})
    gone = frozenset(random.Random(seed).sample(right, round(share * len(right))))  # noqa: S311 - no secret
    answerable = frozenset(key for key, passages in dataset.relevant.items() if not passages & gone)
    unanswerable = frozenset(key for key, passages in dataset.relevant.items() if passages <= gone)
    left = {key: text for key, text in dataset.queries.items() if key in answerable | unanswerable}
    reduced = replace(
        dataset,
        passages=tuple(passage for passage in dataset.passages if passage.id not in gone),
        queries=left,
        relevant={key: dataset.relevant[key] - gone for key in left},
    )
    return HeldOut(reduced, answerable, unanswerable)
