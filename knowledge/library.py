"""The library: publishes articles, keeps the index in step with the database, hands out the retriever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Misconfigured, NotFound, Unavailable
from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.analysis.synonyms import Synonyms, bundled
from knowledge.articles import Article, Published, Reason
from knowledge.finding import Finding
from knowledge.index import VectorIndex
from knowledge.passage import Passage
from knowledge.retrieval.calibration import Calibration, bundled_calibration
from knowledge.retrieval.retriever import Retriever, Searchable
from knowledge.retrieval.sentences import SentenceVectors
from knowledge.split import split
from knowledge.store import check, states
from knowledge.store.catalogue import Catalogue
from knowledge.store.kept_sentences import KeptSentences
from knowledge.store.kept_texts import KeptTexts
from knowledge.store.publishing import Change, ModelChanged, Publisher, Splitter
from knowledge.store.serving import PassageEmbedder as PassageEmbedder
from knowledge.store.serving import Serving
from knowledge.store.switching import switch_model
from knowledge.store.vectors import Progress


class Library(Catalogue):
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
        texts: What was read of the articles, and beside it what was made of that; None to keep neither.
        sentences: Vectors of sentences, made at every load; None to choose sentences by words alone.
        changed: Called after each change that this library has made, for others who serve it.
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
        texts: KeptTexts | None = None,
        sentences: KeptSentences | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(database)
        self._clock = clock
        self._zone = zone or ZoneInfo("Europe/Warsaw")
        self._split = splitter
        self._publisher = Publisher(database, clock, splitter)
        self._opens_indexes = open_index is not None
        self._changing = asyncio.Lock()
        self._tell_others = changed
        self._retriever = Retriever(
            self._searchable,
            lambda: self._clock.now().astimezone(self._zone).date(),
        )
        self._sentences = sentences
        self._serving = Serving(
            database,
            clock,
            embedder,
            index,
            model=model,
            open_embedder=open_embedder,
            open_index=open_index,
            synonyms=synonyms,
            calibration=calibration,
            texts=texts,
            sentences=sentences,
            settle=self._retriever.settle,
        )

    @property
    def retriever(self) -> Retriever:
        """Searches the current state; stays valid over publications."""
        return self._retriever

    @property
    def loaded(self) -> bool:
        """Whether there is a state to search: after the start."""
        return self._serving.current is not None

    @property
    def state(self) -> int:
        """Number of the state that is searched; 0 before the first publication."""
        return self._serving.current.state if self._serving.current else 0

    @property
    def synonyms(self) -> Synonyms:
        """What stands for what in the state that is searched."""
        return self._serving.synonyms

    @property
    def known(self) -> Mapping[Language, KnownTexts]:
        """What was read of the texts that are searched, for whoever builds a snapshot like it."""
        return self._searchable().snapshot.known

    def sentences_beside(
        self, passages: Iterable[Passage], embedder: PassageEmbedder
    ) -> SentenceVectors | None:
        """Return the vectors of sentences of passages that are not published, if published ones have any."""
        return self._sentences.beside(passages, embedder) if self._sentences is not None else None

    @property
    def searched_by(self) -> str:
        """Which index of vectors serves, and why; empty before the start.

        Raises:
            Unavailable: It is out of reach; words alone answer.
        """
        return self._serving.index.describe() if self._serving.index is not None else ""

    @property
    def model(self) -> str:
        """Name of the embedding model in use; before the start that of the settings."""
        return self._serving.model

    async def start(self, progress: Progress | None = None) -> None:
        """Open the model in use, make vectors that are missing, rebuild the index if it disagrees.

        Raises:
            Unavailable: The model is not on this machine, or the index cannot be written.
        """
        async with self._changing:
            await self._serving.open(progress)

    async def close(self) -> None:
        """Stop the retriever's thread, keep what is searched for the next start, close the index."""
        await asyncio.to_thread(self._retriever.close)
        await self._serving.close()

    async def publish(
        self,
        articles: Iterable[Article],
        progress: Progress | None = None,
        *,
        retire: Iterable[str] = (),
        changed_by: str = "",
        expected: Mapping[str, int] | None = None,
    ) -> Published:
        """Make articles current: new ones as version 1, changed ones as their next version.

        Only texts that were never embedded are embedded. Readers see the state before until the state
        after is whole.

        Args:
            articles: Each id once. Articles that are not among them stay as they are.
            progress: Called with (embedded so far, to be embedded).
            retire: Ids of articles that are taken out of use by the same publication.
            changed_by: Who publishes, for the history.
            expected: Versions that must still be current in the moment of the change, by article; 0: none.

        Raises:
            Conflict: An article has another version than expected; nothing is published.
            InvalidInput: An id comes twice.
            Unavailable: The index cannot be written; the articles are stored and the next start mends it.
        """
        change = Change(tuple(articles), tuple(retire), changed_by=changed_by, expected=expected or {})
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
        if self._serving.has_newest_synonyms() and (newest.number if newest else 0) == self.state:
            if not await self._serving.wants_rebuild():
                return False
            async with self._changing:
                await self._serving.open(None)
            return True
        async with self._changing:
            await self._serving.follow()
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
        if not self._opens_indexes:
            raise Misconfigured("This library was opened for a single embedding model.")
        await switch_model(self.database, embedder, self._clock, progress, changed_by=changed_by)
        self._tell_others()
        async with self._changing:
            try:
                await self._serving.load(embedder, check=True)
            except ModelChanged:
                await self._serving.follow()
        return self.state

    async def check(self, *, mend: bool = False) -> list[Finding]:
        """Compare articles, passages, vectors and index; the library need not be started.

        Args:
            mend: Mend first what can be mended.

        Raises:
            Unavailable: The model in use is not on this machine.
        """
        async with self._changing:
            if mend:
                await self._serving.open(None)
            async with self.database.reading() as connection:
                newest = await states.latest(connection)
            embedder = await self._serving.embedder_of(newest)
            index = await self._serving.index_for(embedder)
            # From here on the two are in use, so that a start does not open them once more.
            self._serving.embedder, self._serving.index = embedder, index
            if mend:
                try:
                    await check.mend(self.database, embedder, index, self._publisher, self._split)
                except ModelChanged as error:
                    raise Unavailable("The model was changed meanwhile: check again.") from error
                await self._serving.follow()
            return await check.examine(self.database, embedder, index, self._split)

    def _searchable(self) -> Searchable:
        if self._serving.current is None:
            raise Unavailable("The articles are not loaded yet: try again in a moment.")
        return self._serving.current

    async def _make(self, change: Change, progress: Progress | None = None) -> Published:
        """Make a change and load it; begin again if another process has changed the model meanwhile."""
        async with self._changing:
            if self._serving.embedder is None or self._serving.current is None:
                await self._serving.open(None)
            while True:
                assert self._serving.embedder is not None
                try:
                    done = await self._publisher.make(change, self._serving.embedder, progress)
                except ModelChanged:
                    await self._serving.follow()
                else:
                    break
            if done.state != self.state:
                self._tell_others()
                await self._serving.follow()
        return done
