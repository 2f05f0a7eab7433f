"""What is searched now: model, index and snapshot, kept in step with the database."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Unavailable
from knowledge.analysis.synonyms import Synonyms
from knowledge.articles import KnowledgeState
from knowledge.index import VectorIndex
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.retriever import QuestionEmbedder, Searchable
from knowledge.retrieval.sentences import SentenceVectors
from knowledge.retrieval.snapshot import Snapshot
from knowledge.store import states
from knowledge.store.kept_fields import FILE as FIELDS_FILE
from knowledge.store.kept_fields import KeptFields
from knowledge.store.kept_sentences import KeptSentences
from knowledge.store.kept_texts import KeptTexts
from knowledge.store.loading import Whole, add_new, make_agree, read_whole
from knowledge.store.publishing import ModelChanged
from knowledge.store.switching import switch_model
from knowledge.store.vectors import Progress, TextEmbedder

_log = logging.getLogger(__name__)


class PassageEmbedder(QuestionEmbedder, TextEmbedder, Protocol):
    """What the library needs of an embedder: passages and questions into vectors."""


class Serving:
    """Opens the model in use and its index, and loads what is published. One caller at a time.

    Args:
        database: The truth.
        clock: When a change of the model is made.
        embedder: See `knowledge.library.Library`; so are those that follow.
        index: As there.
        model: As there.
        open_embedder: As there.
        open_index: As there.
        synonyms: As there.
        calibration: As there.
        texts: As there.
        sentences: As there.
        settle: Waits until nobody searches what was searched before.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        embedder: PassageEmbedder | None,
        index: VectorIndex | None,
        *,
        model: str,
        open_embedder: Callable[[str], PassageEmbedder] | None,
        open_index: Callable[[str], VectorIndex] | None,
        synonyms: Callable[[], Synonyms],
        calibration: Callable[[str], Calibration],
        texts: KeptTexts | None,
        sentences: KeptSentences | None,
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        self.database = database
        self.embedder = embedder
        self.index = index
        #: What is searched; None before the start.
        self.current: Searchable | None = None
        self._clock = clock
        self._model = model
        self._open_embedder = open_embedder
        self._open_index = open_index
        self._synonyms = synonyms
        self._calibration = calibration
        self._texts = texts
        self._sentences = sentences
        self._fields = KeptFields(texts.folder / FIELDS_FILE) if texts is not None else None
        self._keeping: asyncio.Task[None] | None = None
        self._settle = settle
        self._keys: list[str] = []

    @property
    def synonyms(self) -> Synonyms:
        """What stands for what in the state that is searched."""
        return self.current.snapshot.synonyms if self.current else self._synonyms()

    @property
    def model(self) -> str:
        """Name of the embedding model in use; before the start that of the settings."""
        return self.embedder.id.rpartition("@")[0] if self.embedder else self._model

    def has_newest_synonyms(self) -> bool:
        """Tell whether something is searched, with the synonyms that the shop has now."""
        return self.current is not None and self._synonyms() is self.synonyms

    async def open(self, progress: Progress | None) -> None:
        """Open the model in use; a model that was exported anew makes its vectors anew."""
        while True:
            async with self.database.reading() as connection:
                newest = await states.latest(connection)
            embedder = await self.embedder_of(newest)
            if newest is not None and newest.embedder_id != embedder.id:
                _log.info("the vectors of %s are made anew with %s", newest.embedder_id, embedder.id)
                await switch_model(self.database, embedder, self._clock, progress)
            with contextlib.suppress(ModelChanged):  # meanwhile: look again
                return await self.load(embedder, check=True, progress=progress)

    async def embedder_of(self, newest: KnowledgeState | None) -> PassageEmbedder:
        """Return the embedder in use, or the one that a state of the library needs."""
        if self._open_embedder is None:
            assert self.embedder is not None, "a library needs an embedder, or a way to open one"
            return self.embedder
        if self.embedder is not None and newest is not None and newest.embedder_id == self.embedder.id:
            return self.embedder
        return await asyncio.to_thread(self._open_embedder, newest.model if newest else self._model)

    async def follow(self) -> None:
        """Load the state that the database is in, with its model.

        A model of the same name with other weights is not ours to change here: two processes would take
        turns for ever.
        """
        if self.current is None:
            await self.open(None)
            return None
        while True:
            async with self.database.reading() as connection:
                newest = await states.latest(connection)
            embedder = await self.embedder_of(newest)
            if newest is not None and newest.embedder_id != embedder.id:
                raise Unavailable(
                    f"The articles are searched with the model {newest.model!r} now, of which this machine "
                    "has another edition: restart Okienko here."
                )
            with contextlib.suppress(ModelChanged):  # meanwhile: look again
                return await self.load(embedder)

    async def wants_rebuild(self) -> bool:
        """Tell whether the index has lost what it held and can be written again."""
        return self.index is not None and await asyncio.to_thread(self.index.wants_rebuild)

    async def load(
        self, embedder: PassageEmbedder, *, check: bool = False, progress: Progress | None = None
    ) -> None:
        """Bring index and snapshot to the state of the database.

        New keys enter the index before the snapshot knows them, old ones leave it after: a reader meets
        no key without its passage. Another model gets another index; the one before is closed when nobody
        searches it any more.

        Raises:
            ModelChanged: The library has another model by now.
        """
        whole = await read_whole(self.database, embedder, progress)
        before, index = self.index, await self.index_for(embedder)
        gone: list[str] = []
        if check or index is not before:
            await make_agree(index, embedder.id, whole)
        else:
            gone = await add_new(index, embedder.id, whole, self._keys)
        snapshot = await asyncio.to_thread(self._built, whole)
        sentences = await asyncio.to_thread(self._sentences_of, whole, embedder)
        first = self.current is None
        calibration = self._calibration(embedder.id)
        self.current = Searchable(whole.state, embedder, index, snapshot, calibration, sentences)
        self.embedder, self.index, self._keys = embedder, index, whole.keys
        if before is not None and before is not index:
            await self._settle()
            await asyncio.to_thread(before.close)
        elif gone:
            await asyncio.to_thread(index.remove, gone)
        if self._texts is not None:
            await asyncio.to_thread(self._texts.keep, snapshot.known)
        if first and self._fields is not None:
            # Whoever waits for the start need not wait for this.
            self._keeping = asyncio.create_task(asyncio.to_thread(self._fields.keep, snapshot))

    async def close(self) -> None:
        """Keep what is searched for the next start, and close the index."""
        if self._keeping is not None:
            await self._keeping
        if self._fields is not None and self.current is not None:
            await asyncio.to_thread(self._fields.keep, self.current.snapshot)
        if self.index is not None:
            await asyncio.to_thread(self.index.close)

    def _sentences_of(self, whole: Whole, embedder: PassageEmbedder) -> SentenceVectors | None:
        """Return the vectors of the sentences, if they are wanted."""
        if self._sentences is None:
            return None
        return self._sentences.of((stored.passage for stored in whole.passages), embedder)

    def _built(self, whole: Whole) -> Snapshot:
        """Return a snapshot; texts that were read before are not read again."""
        if self.current is not None:
            return Snapshot(whole.passages, self._synonyms(), before=self.current.snapshot)
        known = self._texts.load() if self._texts is not None else {}
        kept = self._fields.load() if self._fields is not None else {}
        return Snapshot(whole.passages, self._synonyms(), known, kept=kept)

    async def index_for(self, embedder: PassageEmbedder) -> VectorIndex:
        """Return the index in use, or one of its own for another embedder."""
        same = self.embedder is not None and self.embedder.id == embedder.id
        if self.index is not None and (same or self._open_index is None):
            return self.index
        assert self._open_index is not None, "a library needs an index, or a way to open one"
        return await asyncio.to_thread(self._open_index, embedder.id)
