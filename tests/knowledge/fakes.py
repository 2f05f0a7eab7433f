"""An embedder without a model: words are hashed into a vector. It counts what it embeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.passage import PassageText


class WordEmbedder:
    """Texts that share words have a cosine above 0.

    Args:
        name: Of the model.
        dimensions: Of its vectors.
        edition: Of its weights: another one makes other vectors.
        before: Called before each batch, for what happens meanwhile.
    """

    def __init__(
        self,
        name: str = "words",
        dimensions: int = 32,
        edition: str = "1",
        before: Callable[[], None] | None = None,
    ) -> None:
        self.id = f"{name}@{edition}"
        self.dimensions = dimensions
        self.speaks_polish = self.reads_polish = True
        self.cosine_range: Mapping[Language, tuple[float, float]] = dict.fromkeys(Language, (0.1, 0.7))
        self.before = before
        self.embedded: list[str] = []

    def embed(
        self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if self.before is not None:
            self.before()
        self.embedded += [text.views for text in texts]
        if progress is not None:
            progress(len(texts))
        return np.stack([self.embed_question(*text) for text in texts]) if texts else self._none()

    def embed_question(self, text: str, language: Language) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for word in text.lower().split():
            seed = hashlib.sha256(f"{self.id} {word}".encode()).digest()
            vector += np.random.default_rng(list(seed)).normal(size=self.dimensions).astype(np.float32)
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-6))

    def _none(self) -> NDArray[np.float32]:
        return np.empty((0, self.dimensions), dtype=np.float32)
