"""The library: publishes articles, keeps the index in step with the database, hands out the retriever."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import InvalidInput
from knowledge import articles as store
from knowledge.articles import Article, PublishedArticle, StoredPassage
from knowledge.index import VectorIndex
from knowledge.passage import Passage
from knowledge.retriever import THRESHOLD, QuestionEmbedder, Retriever, Searchable
from knowledge.snapshot import Snapshot
from knowledge.split import searched_text, split

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


class PassageEmbedder(QuestionEmbedder, Protocol):
    """What the library needs of an embedder."""

    @property
    def id(self) -> str:
        """Vectors of embedders with the same id may be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages: float32, (n, d), L2-normalised; `progress` is told how many more are done."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: numbers of articles, and of passages that are new or changed."""

    added: int
    changed: int
    unchanged: int
    passages: int


class Library:
    """The shop's articles, searchable.

    Args:
        database: The truth.
        embedder: Of passages and questions.
        index: Rebuilt from the database whenever it does not agree with it.
        clock: Decides which articles are valid now.
        zone: The shop's zone, in which `valid_from` and `valid_until` are days.
        threshold: Confidence from which a question is answerable.
        splitter: Makes passages of an article and its version.
    """

    def __init__(
        self,
        database: Database,
        embedder: PassageEmbedder,
        index: VectorIndex,
        clock: Clock,
        *,
        zone: ZoneInfo | None = None,
        threshold: float = THRESHOLD,
        splitter: Callable[[Article, int], list[Passage]] = split,
    ) -> None:
        self.database = database
        self._split = splitter
        self._embedder = embedder
        self._index = index
        self._clock = clock
        self._zone = zone or ZoneInfo("Europe/Warsaw")
        self._current = Searchable(0, embedder, index, Snapshot([]))
        self._keys: list[str] = []
        self._state: store.State | None = None
        self._changing = asyncio.Lock()
        self._started = False
        self._retriever = Retriever(
            lambda: self._current,
            lambda: self._clock.now().astimezone(self._zone).date(),
            threshold=threshold,
        )

    @property
    def retriever(self) -> Retriever:
        """Searches the current state; stays valid over publications."""
        return self._retriever

    async def start(self, progress: Progress | None = None) -> None:
        """Load all passages; embed those of another model again; rebuild the index if it disagrees.

        Raises:
            Unavailable: The index cannot be written.
        """
        async with self._changing:
            await self._embed_again(progress)
            await self._load(check=True)
            self._started = True

    async def close(self) -> None:
        """Stop the retriever's thread and close the index."""
        await asyncio.to_thread(self._retriever.close)
        await asyncio.to_thread(self._index.close)

    async def publish(self, articles: Iterable[Article], progress: Progress | None = None) -> Published:
        """Make articles current: new ones as version 1, changed ones as their next version.

        Only texts that were never embedded are embedded. Readers see the state before until the state
        after is whole.

        Args:
            articles: Each id once. Articles that are not among them stay as they are.
            progress: Called with (embedded so far, to be embedded).

        Raises:
            InvalidInput: An id comes twice.
            Unavailable: The index cannot be written; the articles are stored and the next start mends it.
        """
        wanted = list(articles)
        _refuse_doubles(wanted)
        async with self._changing:
            await self._ensure_started()
            async with self.database.reading() as connection:
                before = await store.current_versions(connection, [a.id for a in wanted])
            fresh = [a for a in wanted if before.get(a.id, (0, None))[1] != a.content_hash]
            texts = {_digest(text): text for a in fresh for text in map(searched_text, self._split(a, 1))}
            vectors = await self._vectors(texts, progress)
            published = await self._store(fresh, vectors)
            if fresh:
                await self._load()
        changed = sum(1 for a in fresh if before.get(a.id, (0, None))[1] is not None)
        return Published(len(fresh) - changed, changed, len(wanted) - len(fresh), published)

    async def refresh(self) -> bool:
        """Load what another process has published or taken back since; return whether there was anything."""
        async with self.database.reading() as connection:
            if await store.state(connection) == self._state:
                return False
        async with self._changing:
            await self._ensure_started()
            await self._embed_again(None)
            await self._load()
        return True

    async def remove(self, ids: Iterable[str]) -> int:
        """Take articles out of use (their versions stay in the database); return how many there were."""
        async with self._changing:
            await self._ensure_started()
            async with self.database.transaction() as connection:
                removed = await store.retire(connection, ids, self._clock.now())
            if removed:
                await self._load()
        return removed

    async def articles(self) -> list[PublishedArticle]:
        """Return all current articles by id."""
        async with self.database.reading() as connection:
            return await store.current_articles(connection)

    async def passage(self, passage_id: str, version: int | None = None) -> Passage | None:
        """Return a passage of the current version of its article, or of `version`; None if unknown."""
        async with self.database.reading() as connection:
            return await store.passage_by_id(connection, passage_id, version)

    async def _ensure_started(self) -> None:
        if not self._started:
            await self._load(check=True)
            self._started = True

    async def _store(self, fresh: Sequence[Article], vectors: dict[str, NDArray[np.float32]]) -> int:
        """Write new versions with their passages in one transaction; return the number of passages."""
        count = 0
        async with self.database.transaction() as connection:
            versions = await store.current_versions(connection, [a.id for a in fresh])
            for article in fresh:
                version = versions.get(article.id, (0, None))[0] + 1
                await store.insert_article(connection, article, version, self._clock.now())
                rows = []
                for passage in self._split(article, version):
                    digest = _digest(searched_text(passage))
                    rows.append(
                        StoredPassage(passage, None, None, digest, self._embedder.id, vectors[digest])
                    )
                await store.insert_passages(connection, rows)
                count += len(rows)
        return count

    async def _vectors(
        self, texts: dict[str, str], progress: Progress | None
    ) -> dict[str, NDArray[np.float32]]:
        """Return the vector of each text by its digest, embedding only what no passage has."""
        async with self.database.reading() as connection:
            vectors = await store.known_vectors(connection, texts, self._embedder.id)
        missing = [digest for digest in texts if digest not in vectors]
        done = 0

        def count(more: int) -> None:
            nonlocal done
            done += more
            if progress is not None:
                progress(done, len(missing))

        if missing:
            embedded = await asyncio.to_thread(self._embedder.embed, [texts[d] for d in missing], count)
            vectors.update(zip(missing, embedded, strict=True))
        return vectors

    async def _embed_again(self, progress: Progress | None) -> None:
        """Give current passages that another embedder made vectors of this one."""
        async with self.database.reading() as connection:
            stale = [
                stored
                for stored in await store.current_passages(connection)
                if stored.embedder_id != self._embedder.id
            ]
        if not stale:
            return
        _log.info("embedding %d passages with %s", len(stale), self._embedder.id)
        texts = {stored.embedded_hash: searched_text(stored.passage) for stored in stale}
        vectors = await self._vectors(texts, progress)
        async with self.database.transaction() as connection:
            await store.update_vectors(connection, vectors, self._embedder.id)

    async def _load(self, *, check: bool = False) -> None:
        """Bring index and snapshot to the state of the database.

        New keys enter the index before the snapshot knows them, old ones leave it after: a reader meets
        no key without its passage.
        """
        async with self.database.reading() as connection:
            state = await store.state(connection)
            stored = await store.current_passages(connection)
        keys = [s.key for s in stored]
        vectors = (
            np.stack([s.vector for s in stored])
            if stored
            else np.empty((0, self._embedder.dimensions), dtype=np.float32)
        )
        gone: list[str] = []
        if check:
            await asyncio.to_thread(self._mend, keys, vectors)
        else:
            gone = await asyncio.to_thread(self._add_new, keys, vectors)
        snapshot = await asyncio.to_thread(Snapshot, stored)
        self._current = Searchable(state.versions, self._embedder, self._index, snapshot)
        self._keys, self._state = keys, state
        if gone:
            await asyncio.to_thread(self._index.remove, gone)

    def _mend(self, keys: list[str], vectors: NDArray[np.float32]) -> None:
        if not self._index.agrees_with(self._embedder.id, keys, vectors):
            _log.info("rebuilding the vector index of %d passages", len(keys))
            self._index.rebuild(self._embedder.id, keys, vectors)

    def _add_new(self, keys: list[str], vectors: NDArray[np.float32]) -> list[str]:
        """Add what the index lacks; return what it will have too much."""
        had = set(self._keys)
        rows = [row for row, key in enumerate(keys) if key not in had]
        try:
            self._index.add([keys[row] for row in rows], vectors[rows])
        except Exception as error:  # noqa: BLE001 - the edge: a store ruined under our feet is built anew
            _log.warning("the vector index is rebuilt (%s)", type(error).__name__)
            self._index.rebuild(self._embedder.id, keys, vectors)
            return []
        return sorted(had - set(keys))


def _refuse_doubles(articles: Sequence[Article]) -> None:
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise InvalidInput(f"The article {article.id!r} comes twice: give one of them another id.")
        seen.add(article.id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
