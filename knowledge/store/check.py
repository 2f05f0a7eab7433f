"""Compares what the library keeps: articles with passages, passages with vectors, vectors with the index."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.database import Database
from knowledge.articles import PublishedArticle, Reason, StoredPassage
from knowledge.finding import Finding
from knowledge.index import VectorIndex
from knowledge.split import embedded_text
from knowledge.store import shelf, states, vectors
from knowledge.store.publishing import Change, Publisher, Splitter
from knowledge.store.tables import articles_table, states_table
from knowledge.store.vectors import TextEmbedder, Vectors, digest

SAMPLE = 16
"""Texts that are embedded again and compared."""

_LEAST_COSINE = 0.999
_NAMED = 3  # of many things that are wrong, so many are named
_SETTLE_SECONDS = 3
_MEND = "okienko knowledge check --mend"


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is compared, read in one transaction.

    Attributes:
        versions: Rows of all versions of all articles, by id and version.
        numbers: Of all states.
        passages: The current ones; `matrix` their vectors, float32, (n, d); zero where one is missing.
        unsound: Hashes of texts whose vector is missing or damaged.
    """

    versions: Sequence[Row[Any]]
    numbers: Sequence[int]
    articles: Sequence[PublishedArticle]
    passages: Sequence[StoredPassage]
    matrix: Vectors
    unsound: Sequence[str]
    embedder_id: str


async def keep(database: Database, embedder: TextEmbedder) -> Kept:
    """Read what is to be compared."""
    async with database.reading() as connection:
        newest = await states.latest(connection)
        passages, matrix, unsound = await vectors.load(connection, embedder.id, embedder.dimensions)
        return Kept(
            versions=await _versions(connection),
            numbers=list(await connection.scalars(select(states_table.c.number).order_by("number"))),
            articles=await shelf.current_articles(connection),
            passages=passages,
            matrix=matrix,
            unsound=unsound,
            embedder_id=newest.embedder_id if newest else embedder.id,
        )


async def examine(
    database: Database, embedder: TextEmbedder, index: VectorIndex, split: Splitter
) -> list[Finding]:
    """Compare everything; nothing is changed."""
    kept = await keep(database, embedder)
    passages, _ = check_articles(kept, split)
    found, _ = await asyncio.to_thread(check_vectors, kept, embedder)
    in_index = await check_index(kept, index)
    if not in_index.good:
        # A server that has just published is a moment behind itself.
        await asyncio.sleep(_SETTLE_SECONDS)
        in_index = await check_index(await keep(database, embedder), index)
    return [check_history(kept), passages, found, in_index]


async def mend(
    database: Database, embedder: TextEmbedder, index: VectorIndex, publisher: Publisher, split: Splitter
) -> None:
    """Cut and embed anew what is wrong, delete vectors that nothing needs, rebuild the index if it differs.

    Raises:
        Unavailable: The database or the index cannot be written.
    """
    kept = await keep(database, embedder)
    _, ids = check_articles(kept, split)
    if ids:
        again = tuple(row.article for row in kept.articles if row.article.id in set(ids))
        await publisher.make(Change(again, reason=Reason.MENDED, anew=True), embedder)
    found, hashes = await asyncio.to_thread(check_vectors, kept, embedder)
    async with database.transaction(alone="library") as connection:
        await vectors.forget(connection, hashes, embedder.id)
        await vectors.sweep(connection, embedder.id)
    texts = {s.embedded_hash: embedded_text(s.passage) for s in (await keep(database, embedder)).passages}
    await vectors.embed_missing(database, embedder, texts)
    kept = await keep(database, embedder)
    keys = [s.key for s in kept.passages]
    if not found.good or not await asyncio.to_thread(index.agrees_with, embedder.id, keys, kept.matrix):
        await asyncio.to_thread(index.rebuild, embedder.id, keys, kept.matrix)


def check_history(kept: Kept) -> Finding:
    """Compare the numbers of states and versions, and what they say of each other."""
    wrong = []
    if list(kept.numbers) != list(range(1, len(kept.numbers) + 1)):
        wrong.append("the states are not numbered 1, 2, 3 …")
    by_id: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in kept.versions:
        by_id[row.id].append(row)
    wrong += [one for one, rows in by_id.items() if not _follow_each_other(rows, len(kept.numbers))]
    says = f"{len(kept.numbers)} states, {len(kept.versions)} versions of {len(by_id)} articles"
    return _found("history", wrong, says, "Restore the database from a backup")


def check_articles(kept: Kept, split: Splitter) -> tuple[Finding, list[str]]:
    """Compare the current articles with their passages; return also the ids of those that differ."""
    passages: dict[str, list[StoredPassage]] = defaultdict(list)
    for stored in kept.passages:
        passages[stored.passage.article_id].append(stored)
    hashes = {row.id: row.content_hash for row in kept.versions if row.retired_at is None}
    wrong = [
        row.article.id
        for row in kept.articles
        if hashes[row.article.id] != row.article.content_hash
        or [s.passage for s in passages[row.article.id]] != split(row.article, row.version)
        or any(digest(embedded_text(s.passage)) != s.embedded_hash for s in passages[row.article.id])
    ]
    says = f"{len(kept.articles)} articles have the {len(kept.passages)} passages that they are cut into"
    return _found("passages", wrong, says, _MEND), wrong


def check_vectors(kept: Kept, embedder: TextEmbedder, sample: int = SAMPLE) -> tuple[Finding, list[str]]:
    """Look at every vector, embed a sample again; return also the hashes of those that are wrong.

    If one of the sample is another model's, all are.
    """
    whose = embedder.id if kept.embedder_id == embedder.id else ""
    if not whose:
        says = f"the library is searched by {kept.embedder_id}, and this machine has {embedder.id}"
        return Finding("vectors", False, says, "okienko models use NAME"), []
    wrong = list(kept.unsound)
    rows = [row for row, s in enumerate(kept.passages) if s.embedded_hash not in set(kept.unsound)]
    rows = [rows[i] for i in np.linspace(0, len(rows) - 1, min(sample, len(rows))).astype(int)]
    again = embedder.embed([embedded_text(kept.passages[row].passage) for row in rows])
    cosines = (again * kept.matrix[rows]).sum(axis=1)
    strange = [
        kept.passages[row].key
        for row, cosine in zip(rows, cosines, strict=True)
        if not cosine >= _LEAST_COSINE
    ]
    keys = [s.key for s in kept.passages if s.embedded_hash in set(wrong)]
    says = f"{len(kept.passages)} of {embedder.dimensions} dimensions and length 1"
    says += f", {len(rows)} embedded again"
    if strange:
        wrong = [s.embedded_hash for s in kept.passages]
    return _found("vectors", [*keys, *strange], says, _MEND), wrong


async def check_index(kept: Kept, index: VectorIndex) -> Finding:
    """Compare the index with the vectors in SQL."""
    keys = [s.key for s in kept.passages]
    same, says = await asyncio.to_thread(index.examine, kept.embedder_id, keys, kept.matrix)
    if same:
        return Finding("index", True, says)
    return Finding("index", False, f"{says}: not what SQL has", f"{_MEND}, or restart okienko serve")


async def _versions(connection: AsyncConnection) -> Sequence[Row[Any]]:
    columns = articles_table.c
    wanted: Select[Any] = select(
        columns.id,
        columns.version,
        columns.content_hash,
        columns.retired_at,
        columns.published_in,
        columns.retired_in,
    ).order_by(columns.id, columns.version)
    return list(await connection.execute(wanted))


def _follow_each_other(rows: Sequence[Row[Any]], states_so_far: int) -> bool:
    """Tell whether versions count from 1, only the newest is current, and each came after the one before."""
    if [row.version for row in rows] != list(range(1, len(rows) + 1)):
        return False
    for row in rows:
        if (row.retired_at is None) != (row.retired_in is None):
            return False
        if not row.published_in <= (row.retired_in or states_so_far) <= states_so_far:
            return False
    return all(a.retired_in is not None and a.retired_in <= b.published_in for a, b in pairwise(rows))


def _found(what: str, wrong: Sequence[str], says: str, mend: str) -> Finding:
    if not wrong:
        return Finding(what, True, says)
    named = ", ".join(wrong[:_NAMED]) + (f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else "")
    return Finding(what, False, f"{len(wrong)} wrong: {named}", mend)
