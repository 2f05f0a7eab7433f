"""What a Chroma folder and a Chroma server have in common: a collection of vectors under our keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foundation.errors import Unavailable
from knowledge.index.port import Vectors

_BATCH = 5000  # Chroma takes at most 5461 rows at once
_SAMPLES = 8
_SAME = 0.9999  # cosine from which two vectors are taken for one


def import_chromadb() -> Any:
    """Import chromadb, which takes a second and 90 MiB: only once it is needed.

    Raises:
        Unavailable: It is not installed.
    """
    try:
        import chromadb
    except ImportError as error:
        raise Unavailable("The package chromadb is missing: install Okienko again.") from error
    return chromadb


def private() -> Any:
    """Return Chroma's settings: it tells nobody that it runs."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def create(client: Any, name: str, embedder_id: str, metadata: Mapping[str, str | int] | None = None) -> Any:
    """Return a new collection for vectors of `embedder_id`; it embeds nothing itself."""
    return client.create_collection(
        name,
        embedding_function=None,
        metadata={"embedder": embedder_id, **(metadata or {})},
        configuration={"hnsw": {"space": "ip", "ef_search": 200, "ef_construction": 200}},
    )


def add_all(collection: Any, keys: Sequence[str], vectors: Vectors) -> None:
    """Add keys; those that are there get these vectors."""
    for start in range(0, len(keys), _BATCH):
        end = start + _BATCH
        collection.upsert(ids=list(keys[start:end]), embeddings=vectors[start:end])


def remove_all(collection: Any, keys: Sequence[str]) -> None:
    """Remove keys; unknown ones are ignored."""
    for start in range(0, len(keys), _BATCH):
        collection.delete(ids=list(keys[start : start + _BATCH]))


def nearest(collection: Any, vector: Vectors, k: int) -> list[tuple[str, float]]:
    """Return up to `k` (key, cosine), nearest first."""
    found = collection.query(query_embeddings=vector[np.newaxis, :], n_results=k, include=["distances"])
    pairs = zip(found["ids"][0], found["distances"][0], strict=True)
    return [(key, 1.0 - float(distance)) for key, distance in pairs]


def holds(collection: Any, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
    """Tell whether a collection has exactly these keys, and a sample of the vectors leads to itself."""
    if collection.metadata.get("embedder") != embedder_id or collection.count() != len(keys):
        return False
    if not keys:
        return True
    if set(collection.get(include=[])["ids"]) != set(keys):
        return False
    sample = np.linspace(0, len(keys) - 1, min(_SAMPLES, len(keys))).astype(int)
    return all(_leads_to(collection, keys[row], vectors[row]) for row in sample)


def _leads_to(collection: Any, key: str, vector: Vectors) -> bool:
    """Tell whether `vector` finds `key`; another passage may hold the very same words."""
    found = nearest(collection, vector, 3)
    return any(k == key for k, _ in found) or bool(found and found[0][1] > _SAME)
