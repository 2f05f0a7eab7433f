"""A Chroma server, which several processes of one shop may share.

For each embedding model of a shop the server holds a pointer, an empty collection whose metadata names the
build that is whole, and that build. A new build is filled under a name of its own, then the pointer moves,
in one request; whoever still holds the old one finds it gone and follows the pointer.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from foundation.errors import Unavailable
from knowledge.index.collection import add_all, create, holds, import_chromadb, nearest, private, remove_all
from knowledge.index.port import Vectors

_log = logging.getLogger(__name__)

_QUERY_SECONDS, _WRITE_SECONDS = 3.0, 300.0
_REST_SECONDS = 5.0
_STALE_BUILD_SECONDS = 24 * 3600

T = TypeVar("T")


class ChromaServerIndex:
    """Vectors on a Chroma server.

    While the server is out of reach, `search` raises `Unavailable` (at once for some seconds after each
    failure, so that no shopper waits for it), and changes are remembered as missed: `wants_rebuild`.

    Args:
        url: ``http://host:port`` or ``https://…``, without a path.
        shop: Tells this shop's collections from others': letters, digits, ``_`` and ``-``.
        rest_seconds: How long the server is left alone after a failure.
        monotonic: Seconds that never go back.
    """

    def __init__(
        self,
        url: str,
        shop: str,
        *,
        rest_seconds: float = _REST_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url.rstrip("/")
        self._shop = shop
        self._rest_seconds = rest_seconds
        self._monotonic = monotonic
        self._rest_until = float("-inf")
        self._missed = False
        self._embedder_id = ""
        self._reading: Any = None
        self._writing: Any = None
        self._collection: Any = None

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> bool:
        """See `VectorIndex`; False too if the server is out of reach."""
        self._embedder_id = embedder_id
        try:
            self._connect()
            build = self._writing.get_collection(self._current(), embedding_function=None)
            agrees = holds(build, embedder_id, keys, vectors)
            if agrees:
                self._follow()
        except Exception as error:  # noqa: BLE001 - the edge: a server fails in any way it likes
            _log.warning("the Chroma server at %s holds no index of ours (%s)", self._url, _said(error))
            return False
        self._missed = self._missed and not agrees
        return agrees

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`; never raises, see `wants_rebuild`."""
        self._embedder_id = embedder_id
        try:
            self._connect()
            name = f"{self._pointer}-{uuid.uuid4().hex[:12]}"
            labels: dict[str, str | int] = {"shop": self._shop, "built": int(time.time())}
            add_all(create(self._writing, name, embedder_id, labels), keys, vectors)
            before = self._point_to(name)
            self._follow()
            self._sweep(before)
        except Exception as error:  # noqa: BLE001 - the edge: a server fails in any way it likes
            self._fail(error)
            self._missed = True
        else:
            self._missed = False

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """See `VectorIndex`.

        Raises:
            Unavailable: The server did not take them.
        """
        self._on_current(lambda: self._write_to(), lambda collection: add_all(collection, keys, vectors))

    def remove(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`; keys that a server out of reach keeps do no harm and go with the next build."""
        try:
            self._on_current(lambda: self._write_to(), lambda collection: remove_all(collection, keys))
        except Unavailable:
            self._missed = True

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorIndex`."""
        if k < 1:
            return []
        if self._monotonic() < self._rest_until:
            raise Unavailable(f"The Chroma server at {self._url} did not answer a moment ago.")
        return self._on_current(lambda: self._collection, lambda collection: nearest(collection, vector, k))

    def wants_rebuild(self) -> bool:
        """See `VectorIndex`; asks the server for a sign of life first."""
        if not self._missed or self._monotonic() < self._rest_until:
            return False
        try:
            self._alive()
        except Unavailable as error:
            self._fail(error)
            return False
        return True

    def examine(self, embedder_id: str, keys: Sequence[str], vectors: Vectors) -> tuple[bool, str]:
        """See `VectorIndex`."""
        same = self.agrees_with(embedder_id, keys, vectors)
        return same, f"the Chroma server at {self._url}: keys, and a sample that finds itself"

    def describe(self) -> str:
        """See `VectorIndex`."""
        try:
            size = self._collection.count()
        except Exception as error:
            raise Unavailable(
                f"The Chroma server at {self._url} is out of reach: words alone answer until it is back. "
                "Start it (chroma run), or unset OKIENKO_CHROMA_URL."
            ) from error
        return f"the Chroma server at {self._url} over {size} vectors (OKIENKO_CHROMA_URL)"

    def close(self) -> None:
        """See `VectorIndex`."""
        clients = self._reading, self._writing
        self._reading = self._writing = self._collection = None
        for client in clients:
            if client is not None:
                with contextlib.suppress(Exception):
                    # Chroma's own close leaves the connections of its two halves open.
                    for half in (client, client._admin_client):
                        half._server._session.close()
                    client.close()

    @property
    def _pointer(self) -> str:
        return f"okienko-{self._shop}-{hashlib.sha256(self._embedder_id.encode()).hexdigest()[:8]}"

    def _on_current(self, collection: Callable[[], Any], act: Callable[[Any], T]) -> T:
        """Act on the current build; once more if it has gone and the pointer leads to another."""
        from chromadb.errors import NotFoundError

        try:
            if self._collection is None:
                self._connect()
                self._follow()
            try:
                return act(collection())
            except NotFoundError:
                self._follow()
                return act(collection())
        except NotFoundError as error:
            self._missed, self._collection = True, None
            raise Unavailable(f"The Chroma server at {self._url} has lost the index.") from error
        except Exception as error:
            self._fail(error)
            raise Unavailable(f"The Chroma server at {self._url} is out of reach: {_said(error)}") from error

    def _write_to(self) -> Any:
        return self._writing.get_collection(self._collection.name, embedding_function=None)

    def _fail(self, error: Exception) -> None:
        self._rest_until = self._monotonic() + self._rest_seconds
        _log.warning("the Chroma server at %s: %s", self._url, _said(error))

    def _connect(self) -> None:
        if self._reading is None:
            self._alive()
            self._reading, self._writing = self._client(_QUERY_SECONDS), self._client(_WRITE_SECONDS)

    def _client(self, seconds: float) -> Any:
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        client = import_chromadb().HttpClient(parts.hostname or "", port=port, ssl=secure, settings=private())
        # Chroma's client would wait for ever and has no setting for it.
        client._server._session.timeout = seconds
        return client

    def _alive(self) -> None:
        """Raise `Unavailable` unless a Chroma server answers within seconds."""
        try:
            sign = Request(f"{self._url}/api/v2/heartbeat")  # noqa: S310 - the settings checked the scheme
            with urlopen(sign, timeout=_QUERY_SECONDS):  # noqa: S310
                return
        except HTTPError as error:
            raise Unavailable(f"it answers {error.code}: is it a Chroma server of version 1?") from error
        except (URLError, OSError) as error:
            raise Unavailable(f"it does not answer ({error})") from error

    def _current(self) -> str:
        """Return the name of the build that is whole; raises NotFoundError if there is none."""
        pointer = self._writing.get_collection(self._pointer, embedding_function=None)
        return str(pointer.metadata["current"])

    def _follow(self) -> None:
        self._collection = self._reading.get_collection(self._current(), embedding_function=None)

    def _point_to(self, name: str) -> str | None:
        """Make a build the current one; return the name of the one before."""
        from chromadb.errors import NotFoundError

        labels = {"shop": self._shop, "current": name}
        try:
            pointer = self._writing.get_collection(self._pointer, embedding_function=None)
        except NotFoundError:
            self._writing.create_collection(self._pointer, embedding_function=None, metadata=labels)
            return None
        before = str(pointer.metadata["current"])
        pointer.modify(metadata=labels)
        return before

    def _sweep(self, before: str | None) -> None:
        """Delete the build before, and builds of this shop that nobody finished long ago."""
        old = time.time() - _STALE_BUILD_SECONDS
        current = self._current()
        for collection in self._writing.list_collections():
            labels = collection.metadata or {}
            abandoned = labels.get("shop") == self._shop and 0 < int(labels.get("built") or 0) < old
            ours = collection.name.startswith(f"{self._pointer}-")
            if collection.name == before or (abandoned and ours and collection.name != current):
                with contextlib.suppress(Exception):
                    self._writing.delete_collection(collection.name)


def _said(error: Exception) -> str:
    return error.message if isinstance(error, Unavailable) else f"{type(error).__name__}: {error}"
