"""The library: publishes articles, keeps the index in step with the database, hands out the retriever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Misconfigured, NotFound, Unavailable
from knowledge import check, shelf, states, vectors
from knowledge.articles import (
    Article,
    ArticleVersion,
    KnowledgeState,
    Published,
    PublishedArticle,
    Reason,
    StoredPassage,
)
from knowledge.calibration import Calibration, bundled_calibration
from knowledge.finding import Finding
from knowledge.index import VectorIndex
from knowledge.passage import Passage
from knowledge.publishing import Change, ModelChanged, Publisher, Splitter
from knowledge.retriever import QuestionEmbedder, Retriever, Searchable
from knowledge.snapshot import Snapshot
from knowledge.split import embedded_text, split
from knowledge.switching import switch_model
from knowledge.synonyms import Synonyms, bundled
from knowledge.vectors import Progress, TextEmbedder, Vectors

_log = logging.getLogger(__name__)


class PassageEmbedder(QuestionEmbedder, TextEmbedder, Protocol):
    """What the library needs of an embedder: passages and questions into vectors."""


class Library:
    """The shop's articles, searchable.

    The database says which embedding model is in use. A library that can open models and indexes follows it;
    one that was given a single embedder makes the library's vectors anew if they are another's.

    Args:
        database: The truth.
        embedder: Of passages and questions; None to open the one in use at the start.
        index: Rebuilt from the database whenever it does not agree with it; None as for `embedder`.
        clock: Decides which articles are valid now.
        zone: The shop's zone, in which `valid_from` and `valid_until` are days.
        splitter: Makes passages of an article and its version.
        model: The embedding model of a library in which nothing was published yet.
        open_embedder: Opens a model by its name.
        open_index: Opens an index for the vectors of an embedder, by its id: each has one of its own.
        synonyms: Called at every load and refresh: what stands for what in this shop.
        calibration: Called at every load with the embedder's id: how sure we are of what is found.
    """

    def __init__(
        self,
        database: Database,
        embedder: PassageEmbedder | None,
        index: VectorIndex | None,
        clock: Clock,
        *,
        zone: ZoneInfo | None = None,
        splitter: Splitter = split,
        model: str = "",
        open_embedder: Callable[[str], PassageEmbedder] | None = None,
        open_index: Callable[[str], VectorIndex] | None = None,
        synonyms: Callable[[], Synonyms] = bundled,
        calibration: Callable[[str], Calibration] = lambda _: bundled_calibration(),
    ) -> None:
        self.database = database
        self._clock = clock
        self._zone = zone or ZoneInfo("Europe/Warsaw")
        self._split = splitter
        self._publisher = Publisher(database, clock, splitter)
        self._model = model
        self._open_embedder = open_embedder
        self._open_index = open_index
        self._synonyms = synonyms
        self._calibration = calibration
        self._embedder = embedder
        self._index = index
        self._current: Searchable | None = None
        self._keys: list[str] = []
        self._changing = asyncio.Lock()
        self._retriever = Retriever(
            self._searchable,
            lambda: self._clock.now().astimezone(self._zone).date(),
        )

    @property
    def retriever(self) -> Retriever:
        """Searches the current state; stays valid over publications."""
        return self._retriever

    @property
    def state(self) -> int:
        """Number of the state that is searched; 0 before the first publication."""
        return self._current.state if self._current else 0

    @property
    def synonyms(self) -> Synonyms:
        """What stands for what in the state that is searched."""
        return self._current.snapshot.synonyms if self._current else self._synonyms()

    @property
    def searched_by(self) -> str:
        """Which index of vectors serves, and why; empty before the start.

        Raises:
            Unavailable: It is out of reach; words alone answer.
        """
        return self._index.describe() if self._index is not None else ""

    @property
    def model(self) -> str:
        """Name of the embedding model in use; before the start that of the settings."""
        return self._embedder.id.rpartition("@")[0] if self._embedder else self._model

    async def start(self, progress: Progress | None = None) -> None:
        """Open the model in use, make vectors that are missing, rebuild the index if it disagrees.

        Raises:
            Unavailable: The model is not on this machine, or the index cannot be written.
        """
        async with self._changing:
            await self._open(progress)

    async def close(self) -> None:
        """Stop the retriever's thread and close the index."""
        await asyncio.to_thread(self._retriever.close)
        if self._index is not None:
            await asyncio.to_thread(self._index.close)

    async def publish(
        self,
        articles: Iterable[Article],
        progress: Progress | None = None,
        *,
        retire: Iterable[str] = (),
        changed_by: str = "",
    ) -> Published:
        """Make articles current: new ones as version 1, changed ones as their next version.

        Only texts that were never embedded are embedded. Readers see the state before until the state
        after is whole.

        Args:
            articles: Each id once. Articles that are not among them stay as they are.
            progress: Called with (embedded so far, to be embedded).
            retire: Ids of articles that are taken out of use by the same publication.
            changed_by: Who publishes, for the history.

        Raises:
            InvalidInput: An id comes twice.
            Unavailable: The index cannot be written; the articles are stored and the next start mends it.
        """
        change = Change(tuple(articles), tuple(retire), changed_by=changed_by)
        return await self._make(change, progress)

    async def retire(self, ids: Iterable[str], *, changed_by: str = "") -> int:
        """Take articles out of use (their versions stay in the database); return how many there were."""
        change = Change(retire=tuple(ids), reason=Reason.RETIRED, changed_by=changed_by)
        return (await self._make(change)).retired

    async def remove(self, ids: Iterable[str]) -> int:
        """Do what `retire` does."""
        return await self.retire(ids)

    async def restore(
        self, article_id: str, version: int, progress: Progress | None = None, *, changed_by: str = ""
    ) -> Published:
        """Make what an earlier version says the article's next version, also of a retired article.

        Raises:
            NotFound: There is no such version.
        """
        found = await self.article(article_id, version)
        if found is None:
            raise NotFound(f"The article {article_id!r} has no version {version}.")
        change = Change((found.article,), reason=Reason.RESTORED, changed_by=changed_by)
        return await self._make(change, progress)

    async def restore_state(
        self, number: int, progress: Progress | None = None, *, changed_by: str = ""
    ) -> Published:
        """Make all articles say what they said in an earlier state; that is a new state.

        Raises:
            NotFound: There was no such state.
        """
        change = await self._publisher.restored(number, changed_by)
        return await self._make(change, progress)

    async def confirm(self, article_id: str, at: datetime | None = None) -> None:
        """Note that a current article is still true, now or at a moment.

        Raises:
            NotFound: It is not current.
        """
        await self._publisher.confirm(article_id, at or self._clock.now())

    async def refresh(self) -> bool:
        """Load what another process or the shop's synonyms have changed; return whether there was anything.

        Raises:
            Unavailable: The library has another embedding model now, which is not on this machine.
        """
        async with self.database.reading() as connection:
            newest = await states.latest(connection)
        same_words = self._current is not None and self._synonyms() is self.synonyms
        if same_words and (newest.number if newest else 0) == self.state:
            return await self._heal()
        async with self._changing:
            await self._follow()
        return True

    async def use_embedder(
        self, embedder: PassageEmbedder, progress: Progress | None = None, *, changed_by: str = ""
    ) -> int:
        """Change the embedding model; the one before serves until all passages are embedded.

        Returns:
            The library's new state.

        Raises:
            Misconfigured: This library was opened for a single model.
            Unavailable: The database or the index cannot be written.
        """
        if self._open_index is None:
            raise Misconfigured("This library was opened for a single embedding model.")
        await switch_model(self.database, embedder, self._clock, progress, changed_by=changed_by)
        async with self._changing:
            await self._load(embedder, check=True)
        return self.state

    async def articles(self, *, retired: bool = False) -> list[PublishedArticle]:
        """Return all current articles by id; or the newest version of each that is retired."""
        async with self.database.reading() as connection:
            read = shelf.retired_articles if retired else shelf.current_articles
            return await read(connection)

    async def articles_in(self, state: int) -> list[PublishedArticle]:
        """Return the articles that were current in a state, by id."""
        async with self.database.reading() as connection:
            return await shelf.articles_in(connection, state)

    async def article(self, article_id: str, version: int | None = None) -> PublishedArticle | None:
        """Return the current version of an article, or `version` even if it is retired; None if unknown."""
        async with self.database.reading() as connection:
            return await shelf.article_version(connection, article_id, version)

    async def history(self, article_id: str) -> list[ArticleVersion]:
        """Return all versions of an article, newest first; none if it is unknown."""
        async with self.database.reading() as connection:
            return await shelf.history(connection, article_id)

    async def states(self) -> list[KnowledgeState]:
        """Return all states of the library, newest first."""
        async with self.database.reading() as connection:
            return await states.listed(connection)

    async def passage(self, passage_id: str, version: int | None = None) -> Passage | None:
        """Return a passage of the current version of its article, or of `version`; None if unknown."""
        async with self.database.reading() as connection:
            return await shelf.passage_by_id(connection, passage_id, version)

    async def check(self, *, mend: bool = False) -> list[Finding]:
        """Compare articles, passages, vectors and index; the library need not be started.

        Args:
            mend: Mend first what can be mended.

        Raises:
            Unavailable: The model in use is not on this machine.
        """
        async with self._changing:
            async with self.database.reading() as connection:
                newest = await states.latest(connection)
            embedder = await self._embedder_of(newest)
            index = self._index = await self._index_for(embedder)
            if mend:
                await check.mend(self.database, embedder, index, self._publisher, self._split)
                await self._load(embedder, check=True)
            return await check.examine(self.database, embedder, index, self._split)

    def _searchable(self) -> Searchable:
        if self._current is None:
            raise Unavailable("The articles are not loaded yet: try again in a moment.")
        return self._current

    async def _make(self, change: Change, progress: Progress | None = None) -> Published:
        """Make a change and load it; begin again if another process has changed the model meanwhile."""
        async with self._changing:
            if self._embedder is None or self._current is None:
                await self._open(None)
            while True:
                assert self._embedder is not None
                try:
                    done = await self._publisher.make(change, self._embedder, progress)
                except ModelChanged:
                    await self._follow()
                else:
                    break
            if done.state != self.state:
                await self._load(self._embedder)
        return done

    async def _open(self, progress: Progress | None) -> None:
        """Open the model in use; a model that was exported anew makes its vectors anew."""
        async with self.database.reading() as connection:
            newest = await states.latest(connection)
        embedder = await self._embedder_of(newest)
        if newest is not None and newest.embedder_id != embedder.id:
            _log.info("the vectors of %s are made anew with %s", newest.embedder_id, embedder.id)
            await switch_model(self.database, embedder, self._clock, progress)
        await self._load(embedder, check=True, progress=progress)

    async def _embedder_of(self, newest: KnowledgeState | None) -> PassageEmbedder:
        if self._open_embedder is None:
            assert self._embedder is not None, "a library needs an embedder, or a way to open one"
            return self._embedder
        if self._embedder is not None and newest is not None and newest.embedder_id == self._embedder.id:
            return self._embedder
        return await asyncio.to_thread(self._open_embedder, newest.model if newest else self._model)

    async def _follow(self) -> None:
        """Load the state that the database is in, with its model.

        A model of the same name with other weights is not ours to change here: two processes would take
        turns for ever.
        """
        if self._current is None:
            await self._open(None)
            return
        async with self.database.reading() as connection:
            newest = await states.latest(connection)
        embedder = await self._embedder_of(newest)
        if newest is not None and newest.embedder_id != embedder.id:
            raise Unavailable(
                f"The articles are searched with the model {newest.model!r} now, of which this machine has "
                "another edition: restart Okienko here."
            )
        await self._load(embedder)

    async def _heal(self) -> bool:
        """Build an index anew that has lost what it held and can be written again."""
        index = self._index
        if index is None or not await asyncio.to_thread(index.wants_rebuild):
            return False
        async with self._changing:
            if self._embedder is not None:
                await self._load(self._embedder, check=True)
        return True

    async def _load(
        self, embedder: PassageEmbedder, *, check: bool = False, progress: Progress | None = None
    ) -> None:
        """Bring index and snapshot to the state of the database.

        New keys enter the index before the snapshot knows them, old ones leave it after: a reader meets
        no key without its passage. Another model gets another index; the one before is closed when nobody
        searches it any more.
        """
        state, stored, matrix = await self._passages(embedder, progress)
        keys = [s.key for s in stored]
        before, index = self._index, await self._index_for(embedder)
        gone: list[str] = []
        if check or index is not before:
            await asyncio.to_thread(_agree, index, embedder.id, keys, matrix)
        else:
            gone = await asyncio.to_thread(self._add_new, index, embedder.id, keys, matrix)
        snapshot = await asyncio.to_thread(Snapshot, stored, self._synonyms())
        self._current = Searchable(state, embedder, index, snapshot, self._calibration(embedder.id))
        self._embedder, self._index, self._keys = embedder, index, keys
        if before is not None and before is not index:
            await self._retriever.settle()
            await asyncio.to_thread(before.close)
        elif gone:
            await asyncio.to_thread(index.remove, gone)

    async def _index_for(self, embedder: PassageEmbedder) -> VectorIndex:
        """Return the index in use, or one of its own for another embedder."""
        same = self._embedder is not None and self._embedder.id == embedder.id
        if self._index is not None and (same or self._open_index is None):
            return self._index
        assert self._open_index is not None, "a library needs an index, or a way to open one"
        return await asyncio.to_thread(self._open_index, embedder.id)

    async def _passages(
        self, embedder: PassageEmbedder, progress: Progress | None
    ) -> tuple[int, list[StoredPassage], Vectors]:
        """Read the current state with its vectors; make those that are missing or damaged."""
        for last in (False, True):
            async with self.database.reading() as connection:
                newest = await states.latest(connection)
                stored, matrix, broken = await vectors.load(connection, embedder.id, embedder.dimensions)
            if not broken or last:
                break
            _log.warning("making %d vectors that are missing or damaged", len(broken))
            texts = {s.embedded_hash: embedded_text(s.passage) for s in stored}
            async with self.database.transaction() as connection:
                await vectors.forget(connection, broken, embedder.id)
            await vectors.embed_missing(
                self.database, embedder, {key: texts[key] for key in broken}, progress
            )
        return newest.number if newest else 0, stored, matrix

    def _add_new(self, index: VectorIndex, embedder_id: str, keys: list[str], matrix: Vectors) -> list[str]:
        """Add what the index lacks; return what it will have too much."""
        had = set(self._keys)
        rows = [row for row, key in enumerate(keys) if key not in had]
        try:
            index.add([keys[row] for row in rows], matrix[rows])
        except Exception as error:  # noqa: BLE001 - the edge: a store ruined under our feet is built anew
            _log.warning("the vector index is rebuilt (%s)", type(error).__name__)
            index.rebuild(embedder_id, keys, matrix)
            return []
        return sorted(had - set(keys))


def _agree(index: VectorIndex, embedder_id: str, keys: Sequence[str], matrix: Vectors) -> None:
    if not index.agrees_with(embedder_id, keys, matrix):
        _log.info("rebuilding the vector index of %d passages", len(keys))
        index.rebuild(embedder_id, keys, matrix)
