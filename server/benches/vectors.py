"""Vectors for a benchmark's passages, embedded once and shared by all engines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.embedding.embedder import Embedder
from knowledge.passage import PassageText
from knowledge.split import embedded_text
from knowledge.store.vectors import TextEmbedder
from server.benches.corpus import articles, passages_of

Vectors = NDArray[np.float32]

#: Beyond so many passages vectors are synthesised: embedding 100 000 would take an hour.
EMBEDDED = 2000

_NOISE = 0.5  # length of the noise beside a vector of length 1


def texts_of(passages: int) -> list[PassageText]:
    """Return what is embedded of `articles(passages)`, in the order of their passages."""
    return [embedded_text(passage) for passage in passages_of(articles(passages))]


def vectors_of(
    passages: int,
    embedder: TextEmbedder,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    embedded: int = EMBEDDED,
) -> Vectors:
    """Return the vectors of `articles(passages)`, in order: float32, (passages, d), L2-normalised.

    The first `embedded` are real and kept in `folder`. Those beyond are each the middle
    of two of them with noise: as many and as long as real ones, and about as far from one another.

    Args:
        passages: How many.
        embedder: Of the real ones.
        folder: Where the real ones are kept for the next time.
        progress: Called with (embedded so far, to be embedded).
        embedded: How many are real at most.
    """
    real = _embedded(min(passages, embedded), embedder, folder, progress)
    if passages <= len(real):
        return real[:passages]
    chance = np.random.default_rng(passages)
    missing = passages - len(real)
    first, second = chance.integers(len(real), size=(2, missing))
    noise = chance.normal(size=(missing, real.shape[1])).astype(np.float32)
    noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    mixed = real[first] + real[second]
    mixed = mixed / np.linalg.norm(mixed, axis=1, keepdims=True) + noise
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    return np.concatenate([real, mixed.astype(np.float32)])


def _embedded(
    passages: int, embedder: TextEmbedder, folder: Path, progress: Callable[[int, int], None] | None
) -> Vectors:
    texts = texts_of(passages)
    digest = hashlib.sha256("\0".join([embedder.id, texts[0].views, texts[-1].views]).encode()).hexdigest()[
        :12
    ]
    kept = folder / f"okienko-bench-{passages}-{digest}.npy"
    if kept.exists():
        return np.asarray(np.load(kept), dtype=np.float32)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, passages)

    vectors = embedder.embed(texts, count)
    making = kept.with_suffix(".making.npy")
    np.save(making, vectors)
    making.replace(kept)
    return vectors


class Given:
    """An embedder that embeds questions, and knows the vectors of the passages."""

    def __init__(self, embedder: Embedder, texts: Sequence[PassageText], vectors: Vectors) -> None:
        self._embedder = embedder
        self._row_of = {text: row for row, text in enumerate(texts)}
        self._vectors = vectors

    @property
    def id(self) -> str:
        """See `knowledge.store.vectors.TextEmbedder`."""
        return self._embedder.id

    @property
    def dimensions(self) -> int:
        """See `knowledge.store.vectors.TextEmbedder`."""
        return self._embedder.dimensions

    @property
    def speaks_polish(self) -> bool:
        """See `knowledge.retrieval.retriever.QuestionEmbedder`."""
        return self._embedder.speaks_polish

    @property
    def reads_polish(self) -> bool:
        """See `knowledge.retrieval.retriever.QuestionEmbedder`."""
        return self._embedder.reads_polish

    @property
    def cosine_range(self) -> Mapping[Language, tuple[float, float]]:
        """See `knowledge.retrieval.retriever.QuestionEmbedder`."""
        return self._embedder.cosine_range

    def embed(self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors that were given."""
        if progress is not None:
            progress(len(texts))
        return self._vectors[[self._row_of[text] for text in texts]]

    def embed_question(self, text: str, language: Language) -> Vectors:
        """Embed a question for real."""
        return self._embedder.embed_question(text, language)
