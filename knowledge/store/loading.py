"""From the database into memory: the current state with its vectors, and an index in step with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.database import Database
from knowledge.articles import StoredPassage
from knowledge.index import VectorIndex
from knowledge.split import embedded_text
from knowledge.store import states, vectors
from knowledge.store.publishing import ModelChanged
from knowledge.store.vectors import Progress, TextEmbedder, Vectors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Whole:
    """A state of the library.

    Attributes:
        state: Its number; 0 before the first publication.
        passages: All current ones, by article and number.
        matrix: Their vectors, float32, (n, d), L2-normalised.
    """

    state: int
    passages: Sequence[StoredPassage]
    matrix: Vectors

    @property
    def keys(self) -> list[str]:
        """The passages' keys in the index."""
        return [stored.key for stored in self.passages]


async def read_whole(database: Database, embedder: TextEmbedder, progress: Progress | None = None) -> Whole:
    """Read the current state with its vectors; make those that are missing or damaged.

    Raises:
        ModelChanged: It is searched by another model's vectors.
    """
    for last in (False, True):
        async with database.reading() as connection:
            newest = await states.latest(connection)
            passages, matrix, broken = await vectors.load(connection, embedder.id, embedder.dimensions)
        if newest is not None and newest.embedder_id != embedder.id:
            raise ModelChanged
        if not broken or last:
            break
        _log.warning("making %d vectors that are missing or damaged", len(broken))
        texts = {s.embedded_hash: embedded_text(s.passage) for s in passages}
        async with database.transaction(alone="library") as connection:
            await vectors.forget(connection, broken, embedder.id)
        await vectors.embed_missing(database, embedder, {key: texts[key] for key in broken}, progress)
    return Whole(newest.number if newest else 0, passages, matrix)


async def make_agree(index: VectorIndex, embedder_id: str, whole: Whole) -> None:
    """Build the index anew unless it holds what the state has.

    Raises:
        Unavailable: It cannot be written.
    """

    def compare_and_build() -> None:
        if not index.agrees_with(embedder_id, whole.keys, whole.matrix):
            _log.info("rebuilding the vector index of %d passages", len(whole.passages))
            index.rebuild(embedder_id, whole.keys, whole.matrix)

    await asyncio.to_thread(compare_and_build)


async def add_new(index: VectorIndex, embedder_id: str, whole: Whole, had: Sequence[str]) -> list[str]:
    """Add what the index lacks; return the keys that it has too much, to be removed when nobody wants them.

    Args:
        index: Holds the keys in `had`.
        embedder_id: Whose vectors they are.
        whole: What it is to hold.
        had: Keys of the state before.
    """
    before, keys = set(had), whole.keys
    rows = [row for row, key in enumerate(keys) if key not in before]
    try:
        await asyncio.to_thread(index.add, [keys[row] for row in rows], whole.matrix[rows])
    except Exception as error:  # noqa: BLE001 - the edge: a store ruined under our feet is built anew
        _log.warning("the vector index is rebuilt (%s)", type(error).__name__)
        await asyncio.to_thread(index.rebuild, embedder_id, keys, whole.matrix)
        return []
    return sorted(before - set(keys))
