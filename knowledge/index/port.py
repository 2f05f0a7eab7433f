"""What the library and the retriever need of an index of vectors. Imports nothing that searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class VectorIndex(Protocol):
    """Finds the vectors nearest to one. Calls block; they may come from any thread, one writer at a time.

    Whoever searches while somebody writes finds the state before or the state after, nothing in between.
    """

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """Tell whether the index holds exactly these keys, and finds a sample of them by their vectors."""
        ...

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Replace everything by these; the index before answers until the new one is whole.

        Args:
            embedder_id: Vectors of embedders with the same id may be compared.
            keys: Each once.
            vectors: float32, (n, d), L2-normalised, in the order of `keys`. May be kept: do not write to it.

        Raises:
            Unavailable: The index cannot be written. One that another machine serves does not raise: it
                asks to be built again (`wants_rebuild`) when that machine is back.
        """
        ...

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Add keys that are not there yet."""
        ...

    def remove(self, keys: Sequence[str]) -> None:
        """Remove keys; unknown ones are ignored."""
        ...

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Return up to `k` (key, cosine), nearest first.

        Raises:
            Unavailable: The index cannot be read.
        """
        ...

    def wants_rebuild(self) -> bool:
        """Tell whether it has lost what it held, or missed a change, and could be built anew now."""
        ...

    def examine(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> tuple[bool, str]:
        """Compare what is kept beyond this process with these; change nothing.

        Returns:
            Whether it is the same, and what was compared, for the owner; no capital, no full stop.
        """
        ...

    def describe(self) -> str:
        """Say what searches and why, for the owner: no capital, no full stop.

        Raises:
            Unavailable: It is out of reach.
        """
        ...

    def close(self) -> None:
        """Let go of files, connections and memory."""
        ...
