"""Exact search: the question's vector against every other. Nothing on disk, nothing to go stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.index.port import Vectors

_SAMPLES = 8

# Cosine of a vector with itself, in 32 bits.
_SAME = 0.9999


@dataclass(frozen=True, slots=True)
class Held:
    """What an `ExactIndex` holds: never changed, swapped as a whole.

    Attributes:
        vectors: float32, (n, d), in the order of `keys`.
    """

    embedder_id: str
    keys: tuple[str, ...]
    vectors: Vectors


_NOTHING = Held("", (), np.empty((0, 0), dtype=np.float32))


class ExactIndex:
    """Compares with every vector. Memory: 4 bytes a dimension and passage, 15 MB for 10 000 of 384.

    Empty when opened; filling it from SQL takes no longer than checking a folder would.
    """

    def __init__(self) -> None:
        self._held = _NOTHING

    def __len__(self) -> int:
        return len(self._held.keys)

    @property
    def held(self) -> Held:
        """All that it holds now."""
        return self._held

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """See `VectorIndex`."""
        held = self._held
        if held.embedder_id != embedder_id or len(held.keys) != len(keys):
            return False
        row_of = {key: row for row, key in enumerate(held.keys)}
        if not all(key in row_of for key in keys):
            return False
        sample = np.linspace(0, len(keys) - 1, min(_SAMPLES, len(keys))).astype(int)
        return all(np.array_equal(held.vectors[row_of[keys[row]]], vectors[row]) for row in sample)

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`."""
        self._held = Held(embedder_id, tuple(keys), np.ascontiguousarray(vectors, dtype=np.float32))

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`."""
        held = self._held
        known = set(held.keys)
        rows = [row for row, key in enumerate(keys) if key not in known]
        if not rows:
            return
        more = np.asarray(vectors[rows], dtype=np.float32)
        together = np.concatenate([held.vectors, more]) if held.keys else more
        self._held = Held(held.embedder_id, (*held.keys, *(keys[row] for row in rows)), together)

    def remove(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`."""
        held, gone = self._held, set(keys)
        rows = [row for row, key in enumerate(held.keys) if key not in gone]
        if len(rows) < len(held.keys):
            self._held = Held(held.embedder_id, tuple(held.keys[row] for row in rows), held.vectors[rows])

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorIndex`; among equals the one that came first."""
        held = self._held
        k = min(k, len(held.keys))
        if k < 1:
            return []
        cosines = held.vectors @ vector
        nearest = np.arange(len(held.keys))
        if k < len(held.keys):
            # Sorting all of many thousands would cost more than comparing them.
            nearest = np.sort(np.argpartition(-cosines, k - 1)[:k])
        nearest = nearest[np.argsort(-cosines[nearest], kind="stable")]
        return [(held.keys[row], float(cosines[row])) for row in nearest]

    def wants_rebuild(self) -> bool:
        """See `VectorIndex`: memory loses nothing."""
        return False

    def examine(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> tuple[bool, str]:
        """See `VectorIndex`: nothing is kept, so what would be filled at a start is asked for itself."""
        fresh = ExactIndex()
        fresh.rebuild(embedder_id, keys, vectors)
        sample = np.linspace(0, len(keys) - 1, min(_SAMPLES, len(keys))).astype(int)
        found = [fresh.search(vectors[row], 1)[0][1] > _SAME for row in sample]
        return all(found), f"exact search keeps nothing on disk; {sum(found)} of {len(found)} find themselves"

    def describe(self) -> str:
        """See `VectorIndex`."""
        return f"exact search in memory over {len(self)} vectors"

    def close(self) -> None:
        """See `VectorIndex`."""
        self._held = _NOTHING
