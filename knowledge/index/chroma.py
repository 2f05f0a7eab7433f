"""Chroma in a folder of this process.

A Chroma folder belongs to one process and can be ruined by a kill -9, so it is checked when opened and
thrown away and rebuilt whenever it does not agree with SQL.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from foundation.errors import Unavailable
from knowledge.index.collection import add_all, create, holds, import_chromadb, nearest, private, remove_all
from knowledge.index.port import Vectors

_log = logging.getLogger(__name__)

_NAME = "passages"


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
        chromadb = import_chromadb()
        try:
            self._claim()
            self._open_current(chromadb)
            return self._collection is not None and holds(self._collection, embedder_id, keys, vectors)
        except Exception as error:  # noqa: BLE001 - the edge: a damaged store fails in any way it likes
            _log.warning("the vector index in %s cannot be read (%s)", self._folder, type(error).__name__)
            return False

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`. The index before it answers until the new one is whole."""
        chromadb = import_chromadb()
        try:
            self._claim()
            build = self._folder / f"build-{uuid.uuid4().hex[:12]}"
            client = _client(chromadb, build)
            collection = create(client, _NAME, embedder_id)
            add_all(collection, keys, vectors)
            before, self._client, self._collection = self._client, client, collection
            _close(before)
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
        add_all(self._collection, keys, vectors)

    def remove(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`."""
        remove_all(self._collection, keys)

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorIndex`."""
        if k < 1:
            return []
        collection = self._collection
        try:
            return nearest(collection, vector, k)
        except Exception as error:
            if self._collection is not collection:
                return self.search(vector, k)  # it was built anew meanwhile, and the one before closed
            raise Unavailable("The vector index cannot be read: restart Okienko to rebuild it.") from error

    def wants_rebuild(self) -> bool:
        """See `VectorIndex`: a damaged folder is found when it is opened."""
        return False

    def examine(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> tuple[bool, str]:
        """See `VectorIndex`. Of a folder that another process has, the keys are read past Chroma."""
        self._claim()
        if not self._private:
            same = self.agrees_with(embedder_id, keys, vectors)
            return same, f"Chroma in {self._folder}: keys, and a sample that finds itself"
        whose = f"Chroma in {self._wanted}, which another process has: keys alone"
        try:
            return _kept(self._wanted) == (embedder_id, set(keys)), whose
        except (OSError, sqlite3.Error) as error:
            return False, f"{whose} ({error})"

    def describe(self) -> str:
        """See `VectorIndex`."""
        size = self._collection.count() if self._collection is not None else 0
        whose = ", a private copy, since another process has the shop's" if self._private else ""
        return f"Chroma in {self._folder} over {size} vectors{whose}"

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
        _close(client)

    def _open_current(self, chromadb: Any) -> None:
        pointer = self._folder / "current"
        if self._client is not None or not pointer.is_file():
            return
        name = pointer.read_text(encoding="utf-8").strip()
        if not name.startswith("build-") or not (self._folder / name).is_dir():
            return
        self._client = _client(chromadb, self._folder / name)
        self._collection = self._client.get_collection(_NAME, embedding_function=None)


def _kept(folder: Path) -> tuple[str, set[str]]:
    """Return embedder and keys of the build in use, without opening Chroma: its process has it."""
    build = folder / (folder / "current").read_text(encoding="utf-8").strip()
    file = sqlite3.connect(f"{(build / 'chroma.sqlite3').resolve().as_uri()}?mode=ro", uri=True, timeout=5)
    with contextlib.closing(file):
        embedder = file.execute("SELECT str_value FROM collection_metadata WHERE key = 'embedder'").fetchone()
        keys = {str(row[0]) for row in file.execute("SELECT embedding_id FROM embeddings")}
    return str(embedder[0]) if embedder else "", keys


def _client(chromadb: Any, folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=private())


def _close(client: Any) -> None:
    if client is not None:
        with contextlib.suppress(Exception):
            client.close()
