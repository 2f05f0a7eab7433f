"""Vectors in the database: of each text once for each model; made in batches, so that a kill loses little."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.database import Database
from knowledge.articles import StoredPassage
from knowledge.passage import PassageText
from knowledge.store.shelf import passage_of, passages_with_articles
from knowledge.store.tables import MANY, articles_table, passages_table, vectors_table

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Told (embedded so far, to be embedded)."""

_BATCH = 64

# How far from 1 the length of a sound vector may be.
_UNIT = 1e-3


class TextEmbedder(Protocol):
    """Makes vectors of passages."""

    @property
    def id(self) -> str:
        """``<model>@<digest>``. Vectors of embedders with the same id may be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def embed(self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed passages: float32, (n, d), L2-normalised; `progress` is told how many more are done."""
        ...


def digest(text: PassageText) -> str:
    """Return the sha256 by which a text's vector is kept."""
    return hashlib.sha256(text.views.encode()).hexdigest()


async def known(connection: AsyncConnection, hashes: Iterable[str], embedder_id: str) -> set[str]:
    """Return those of the hashes whose text has a vector of this embedder."""
    found: set[str] = set()
    wanted = sorted(set(hashes))
    columns = vectors_table.c
    for start in range(0, len(wanted), MANY):
        found.update(
            await connection.scalars(
                select(columns.embedded_hash)
                .where(columns.embedded_hash.in_(wanted[start : start + MANY]))
                .where(columns.embedder_id == embedder_id)
            )
        )
    return found


async def embed_missing(
    database: Database,
    embedder: TextEmbedder,
    texts: Mapping[str, PassageText],
    progress: Progress | None = None,
) -> int:
    """Embed those texts that have no vector of this embedder yet, and store the vectors batch by batch.

    Args:
        database: Where vectors are kept.
        embedder: Called in a thread.
        texts: By their hash.
        progress: Called with (embedded so far, to be embedded), from that thread.

    Returns:
        How many were embedded.
    """
    async with database.reading() as connection:
        there = await known(connection, texts, embedder.id)
    missing = [key for key in texts if key not in there]
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, len(missing))

    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors = await asyncio.to_thread(embedder.embed, [texts[key] for key in batch], count)
        await _keep(database, dict(zip(batch, vectors, strict=True)), embedder.id)
    return len(missing)


async def load(
    connection: AsyncConnection, embedder_id: str, dimensions: int
) -> tuple[list[StoredPassage], Vectors, list[str]]:
    """Return all current passages by article and number, with their vectors of one embedder.

    Returns:
        The passages; their vectors, float32, (n, d), in the same order; and the hashes of texts whose
        vector is missing or unsound: those rows are zero.
    """
    query = (
        passages_with_articles()
        .add_columns(vectors_table.c.vector)
        .outerjoin(
            vectors_table,
            (vectors_table.c.embedded_hash == passages_table.c.embedded_hash)
            & (vectors_table.c.embedder_id == embedder_id),
        )
        .where(articles_table.c.retired_at.is_(None))
        .order_by(passages_table.c.article_id, passages_table.c.number)
    )
    rows = (await connection.execute(query)).all()
    matrix = np.zeros((len(rows), dimensions), dtype=np.float32)
    for place, row in enumerate(rows):
        if row.vector is not None and len(row.vector) == 4 * dimensions:
            matrix[place] = np.frombuffer(row.vector, dtype="<f4")
    # A vector that is not finite has no length near 1 either.
    with np.errstate(over="ignore", invalid="ignore"):
        unsound = ~(np.abs(np.linalg.norm(matrix, axis=1) - 1) < _UNIT)
    matrix[unsound] = 0
    passages = [
        StoredPassage(
            passage_of(row), row.valid_from, row.valid_until, row.embedded_hash, embedder_id, matrix[place]
        )
        for place, row in enumerate(rows)
    ]
    return passages, matrix, sorted({passages[place].embedded_hash for place in np.flatnonzero(unsound)})


async def forget(connection: AsyncConnection, hashes: Iterable[str], embedder_id: str) -> None:
    """Delete the vectors of these texts, so that they are made anew."""
    wanted = sorted(set(hashes))
    for start in range(0, len(wanted), MANY):
        await connection.execute(
            delete(vectors_table)
            .where(vectors_table.c.embedded_hash.in_(wanted[start : start + MANY]))
            .where(vectors_table.c.embedder_id == embedder_id)
        )


async def sweep(connection: AsyncConnection, embedder_id: str) -> int:
    """Delete vectors of other embedders, and of texts that no current passage has; return how many."""
    current = (
        select(passages_table.c.embedded_hash)
        .join(
            articles_table,
            (articles_table.c.id == passages_table.c.article_id)
            & (articles_table.c.version == passages_table.c.article_version),
        )
        .where(articles_table.c.retired_at.is_(None))
    )
    columns = vectors_table.c
    swept = await connection.execute(
        delete(vectors_table).where(
            (columns.embedder_id != embedder_id) | columns.embedded_hash.not_in(current)
        )
    )
    return swept.rowcount


async def _keep(database: Database, vectors: Mapping[str, Vectors], embedder_id: str) -> None:
    """Store vectors; one that another process has stored meanwhile is the same, and stays."""
    # In one order everywhere: two that wait for each other's vectors would wait for ever.
    rows = [
        {"embedded_hash": key, "embedder_id": embedder_id, "vector": vectors[key].astype("<f4").tobytes()}
        for key in sorted(vectors)
    ]
    async with database.transaction() as connection:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        await connection.execute(insert(vectors_table).on_conflict_do_nothing(), rows)
