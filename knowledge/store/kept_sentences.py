"""Vectors of sentences, kept in a file of the data folder, so that each is made once.

The file may be deleted at any time; what it lacks is made at the next load.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.passage import Passage, PassageText
from knowledge.retrieval.sentences import SentencesOf, SentenceVectors, sentence_text
from knowledge.store import array_file
from knowledge.store.vectors import TextEmbedder

_log = logging.getLogger(__name__)

FILE = "sentences.cache"

#: Of more sentences none is embedded: a minute of work, and 15 MB. Words alone choose then.
MOST = 20_000

_DIGEST_BYTES = 16

Vectors = NDArray[np.float16]


class KeptSentences:
    """The file, and what was read from it. Losing it, or being unable to write it, costs time only.

    Only `beside` may be called while another thread is in here.

    Args:
        path: Where it is.
        parts: How texts are parted into sentences.
        most: Of more sentences none is embedded.
    """

    def __init__(self, path: Path, parts: SentencesOf, *, most: int = MOST) -> None:
        self._path = path
        self._parts = parts
        self._most = most
        self._embedder_id = ""
        self._known: dict[bytes, Vectors] = {}

    def of(self, passages: Iterable[Passage], embedder: TextEmbedder) -> SentenceVectors | None:
        """Return the vectors of all sentences of a state; those that are not known are made.

        What other passages had is forgotten. None if there are too many.
        """
        texts = self._texts(passages)
        if len(texts) > self._most:
            _log.info("%d sentences are too many for vectors of their own", len(texts))
            return None
        if embedder.id != self._embedder_id:
            self._known = self._load(embedder.id)
            self._embedder_id = embedder.id
        keys = list(map(_digest, texts))
        missing = [text for text, key in zip(texts, keys, strict=True) if key not in self._known]
        made = embedder.embed(missing).astype(np.float16)
        gone = len(self._known) + len(missing) > len(texts)
        known = {**self._known, **dict(zip(map(_digest, missing), made, strict=True))}
        vectors = np.array([known[key] for key in keys], dtype=np.float16)
        # Put in place as a whole: `beside` may be reading it.
        self._known = dict(zip(keys, vectors, strict=True))
        if missing or gone:
            self._write(keys, vectors)
        return SentenceVectors(self._parts, {text: row for row, text in enumerate(texts)}, vectors)

    def beside(self, passages: Iterable[Passage], embedder: TextEmbedder) -> SentenceVectors | None:
        """Return the same of passages that are not published: nothing is kept or forgotten."""
        texts = self._texts(passages)
        if len(texts) > self._most:
            return None
        known = self._known if embedder.id == self._embedder_id else {}
        missing = [text for text in texts if _digest(text) not in known]
        made = dict(zip(missing, embedder.embed(missing).astype(np.float16), strict=True))
        vectors = [made[text] if text in made else known[_digest(text)] for text in texts]
        rows = {text: row for row, text in enumerate(texts)}
        return SentenceVectors(self._parts, rows, np.array(vectors, dtype=np.float16))

    def _texts(self, passages: Iterable[Passage]) -> list[PassageText]:
        texts = (
            sentence_text(passage, sentence) for passage in passages for sentence in self._parts(passage.text)
        )
        return list(dict.fromkeys(texts))

    def _load(self, embedder_id: str) -> dict[bytes, Vectors]:
        try:
            told = array_file.read(self._path, embedder_id)["sentences"]
            digests = told["digests"].reshape(-1, _DIGEST_BYTES)
            vectors = told["vectors"].view("<f2").astype(np.float16).reshape(len(digests), -1)
            return {row.tobytes(): vector for row, vector in zip(digests, vectors, strict=True)}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.info("%s is not used, the sentences are embedded again: %s", self._path, error)
            return {}

    def _write(self, keys: list[bytes], vectors: Vectors) -> None:
        digests = np.frombuffer(b"".join(keys), dtype=np.uint8)
        told = {"digests": digests, "vectors": vectors.astype("<f2").reshape(-1).view(np.uint8)}
        try:
            array_file.write(self._path, self._embedder_id, {"sentences": told})
        except OSError as error:
            _log.warning("%s cannot be written, so the next start takes longer: %s", self._path, error)


def _digest(text: PassageText) -> bytes:
    seen = f"{text.language}\0{text.views}".encode()
    return hashlib.blake2b(seen, digest_size=_DIGEST_BYTES).digest()
