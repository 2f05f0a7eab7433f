"""Vectors that can be searched: the port, and Chroma behind it. The home of chromadb.

The SQL database is the truth. A Chroma folder belongs to one process and can be ruined by a kill -9, so it
is checked when opened and thrown away and rebuilt whenever it does not agree with SQL.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import shutil
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foundation.errors import Unavailable

_log = logging.getLogger(__name__)

_BATCH = 5000  # Chroma takes at most 5461 rows at once
_NAME = "passages"
_SAMPLES = 8

Vectors = NDArray[np.float32]


class VectorIndex(Protocol):
    """Finds the vectors nearest to one. Calls block; they may come from any thread, one writer at a time."""

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """Tell whether the index holds exactly these keys, and finds a sample of them by their vectors."""
        ...

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Replace everything by these; `vectors` is float32, (n, d), L2-normalised."""
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

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class ChromaIndex:
    """Chroma in a folder of its own. Opened at first use; its import alone takes a second.

    Every build gets a fresh folder below, and the file ``current`` names the one that is whole: a build that
    is cut short leaves the old one in use, and Chroma, which remembers a damaged folder for as long as the
    process lives, never meets it again.

    Chroma serves a folder to one process only. Whoever comes second (a command beside a running server)
    builds an index of its own from the same vectors, in a temporary folder that goes with it.
    """

    def __init__(self, folder: Path) -> None:
        self._wanted = folder
        self._folder = folder
        self._lock: IO[bytes] | None = None
        self._private = False
        self._client: Any = None
        self._collection: Any = None

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """See `VectorIndex`; False too if the folder is damaged in whatever way."""
        chromadb = _chromadb()
        try:
            self._claim()
            self._open_current(chromadb)
            if self._collection is None or self._collection.metadata.get("embedder") != embedder_id:
                return False
            if self._collection.count() != len(keys):
                return False
            if not keys:
                return True
            if set(self._collection.get(include=[])["ids"]) != set(keys):
                return False
            sample = np.linspace(0, len(keys) - 1, min(_SAMPLES, len(keys))).astype(int)
            return all(self._finds(keys[row], vectors[row]) for row in sample)
        except Exception as error:  # noqa: BLE001 - the edge: a damaged store fails in any way it likes
            _log.warning("the vector index in %s cannot be read (%s)", self._folder, type(error).__name__)
            return False

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`. The index before it answers until the new one is whole."""
        chromadb = _chromadb()
        try:
            self._claim()
            build = self._folder / f"build-{uuid.uuid4().hex[:12]}"
            client = _client(chromadb, build)
            collection = client.create_collection(
                _NAME,
                embedding_function=None,
                metadata={"embedder": embedder_id},
                configuration={"hnsw": {"space": "ip", "ef_search": 200, "ef_construction": 200}},
            )
            _add(collection, keys, vectors)
            self._forget()
            self._client, self._collection = client, collection
            pointer = self._folder / "current.new"
            pointer.write_text(build.name, encoding="utf-8")
            pointer.replace(self._folder / "current")
        except Exception as error:
            raise Unavailable(
                f"The vector index in {self._folder} cannot be written: check that the disk has room and "
                "that the folder belongs to the user who runs Okienko."
            ) from error
        for other in self._folder.iterdir():
            if other.is_dir() and other.name != build.name:
                shutil.rmtree(other, ignore_errors=True)

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`."""
        _add(self._collection, keys, vectors)

    def remove(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`."""
        for start in range(0, len(keys), _BATCH):
            self._collection.delete(ids=list(keys[start : start + _BATCH]))

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorIndex`."""
        if k < 1:
            return []
        try:
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :], n_results=k, include=["distances"]
            )
        except Exception as error:
            raise Unavailable("The vector index cannot be read: restart Okienko to rebuild it.") from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(key, 1.0 - float(distance)) for key, distance in pairs]

    def close(self) -> None:
        """See `VectorIndex`."""
        self._forget()
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if self._private:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder, self._private = self._wanted, False

    def _claim(self) -> None:
        """Make the folder this process's, or take a private one if another process has it."""
        if self._lock is not None or self._private:
            return
        self._wanted.mkdir(parents=True, exist_ok=True)
        lock = (self._wanted / "lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            self._folder, self._private = Path(tempfile.mkdtemp(prefix="okienko-index-")), True
        else:
            self._lock = lock

    def _forget(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            with contextlib.suppress(Exception):
                client.close()

    def _finds(self, key: str, vector: Vectors) -> bool:
        """Tell whether `vector` leads to itself; another passage may hold the very same words."""
        found = self.search(vector, 3)
        return any(k == key for k, _ in found) or bool(found and found[0][1] > 0.9999)

    def _open_current(self, chromadb: Any) -> None:
        pointer = self._folder / "current"
        if self._client is not None or not pointer.is_file():
            return
        name = pointer.read_text(encoding="utf-8").strip()
        if not name.startswith("build-") or not (self._folder / name).is_dir():
            return
        self._client = _client(chromadb, self._folder / name)
        self._collection = self._client.get_collection(_NAME, embedding_function=None)


def _add(collection: Any, keys: Sequence[str], vectors: Vectors) -> None:
    for start in range(0, len(keys), _BATCH):
        end = start + _BATCH
        collection.add(ids=list(keys[start:end]), embeddings=vectors[start:end])


def _client(chromadb: Any, folder: Path) -> Any:
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _chromadb() -> Any:
    try:
        import chromadb
    except ImportError as error:
        raise Unavailable("The package chromadb is missing: install Okienko again.") from error
    return chromadb
