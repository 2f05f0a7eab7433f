"""Which index serves: exact up to a measured number of passages, Chroma above it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from foundation.errors import Unavailable
from knowledge.index.chroma import ChromaIndex
from knowledge.index.exact import ExactIndex
from knowledge.index.port import VectorIndex, Vectors
from knowledge.index.server import ChromaServerIndex

_log = logging.getLogger(__name__)

#: Where exact search and Chroma take equally long. Source: docs/decisions/0016-exact-below-chroma-above.md.
EXACT_UP_TO = 20_000


def open_index(folder: Path, *, exact_up_to: int = EXACT_UP_TO, url: str = "", shop: str = "") -> VectorIndex:
    """Return the index that the settings ask for.

    Args:
        folder: Of Chroma, if it serves from this machine.
        exact_up_to: Up to so many passages are searched without Chroma.
        url: Of a Chroma server, which then serves whatever the number; empty for none.
        shop: Tells this shop's vectors from others on that server.
    """
    return ChromaServerIndex(url, shop) if url else ChosenIndex(folder, exact_up_to)


class ChosenIndex:
    """Exact search for a small shop; Chroma in a folder once there is more than that serves well.

    Chroma is built beside while exact search goes on serving. An edit puts new versions in before it takes
    old ones out, so growing alone moves to Chroma at twice the limit only, and whoever publishes everything
    anew stays where they are. The way back is taken at the next start or repair.
    """

    def __init__(self, folder: Path, exact_up_to: int = EXACT_UP_TO) -> None:
        self._exact_up_to = exact_up_to
        self._exact = ExactIndex()
        self._chroma = ChromaIndex(folder)
        self._serving: VectorIndex = self._exact

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """See `VectorIndex`; Chroma is looked at only if it is to serve so many."""
        wanted = self._for(len(keys))
        if not wanted.agrees_with(embedder_id, keys, vectors):
            return False
        self._serve(wanted)
        return True

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`."""
        wanted = self._for(len(keys))
        wanted.rebuild(embedder_id, keys, vectors)
        self._serve(wanted)

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`."""
        self._serving.add(keys, vectors)
        self._outgrow(2 * self._exact_up_to)

    def remove(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`."""
        self._serving.remove(keys)
        self._outgrow(self._exact_up_to)

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorIndex`."""
        serving = self._serving
        try:
            return serving.search(vector, k)
        except Unavailable:
            if serving is self._serving:
                raise
            return self._serving.search(vector, k)  # the other one has taken over meanwhile

    def wants_rebuild(self) -> bool:
        """See `VectorIndex`."""
        return self._serving.wants_rebuild()

    def examine(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> tuple[bool, str]:
        """See `VectorIndex`."""
        return self._for(len(keys)).examine(embedder_id, keys, vectors)

    def describe(self) -> str:
        """See `VectorIndex`."""
        if self._serving is self._exact:
            return f"{self._exact.describe()} (Chroma above {self._exact_up_to})"
        return f"{self._chroma.describe()} (exact search up to {self._exact_up_to})"

    def close(self) -> None:
        """See `VectorIndex`."""
        self._exact.close()
        self._chroma.close()

    def _for(self, passages: int) -> VectorIndex:
        return self._exact if passages <= self._exact_up_to else self._chroma

    def _outgrow(self, limit: int) -> None:
        """Let Chroma take over if exact search holds more than `limit`; if it cannot, all stays."""
        held = self._exact.held
        if self._serving is not self._exact or len(held.keys) <= limit:
            return
        _log.info("building a Chroma index of %d vectors", len(held.keys))
        try:
            self._chroma.rebuild(held.embedder_id, held.keys, held.vectors)
        except Unavailable as error:
            _log.warning("exact search goes on serving: %s", error.message)
        else:
            self._serve(self._chroma)

    def _serve(self, index: VectorIndex) -> None:
        before, self._serving = self._serving, index
        if before is not index:
            before.close()
