"""Asks questions of the articles as they are and as they would be after an edit; nothing is published.

What would be is built aside: the passages of the database without those of the edited article, and with its
new ones, in an index and a snapshot of their own that live as long as the questions take. The model is opened
once more for it, so that no shopper waits for a passage to be embedded.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.brief import Brief, Outcome, TurnResult
from assistant.extractive import ExtractiveWriter
from assistant.turn import take_turn
from customer.model import Customer, Order
from feedback.knowledge_ports import Rehearsal, Told
from feedback.period import day_of
from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.articles import Article, StoredPassage
from knowledge.embedding.embedder import Embedder, folder_for
from knowledge.index import ExactIndex
from knowledge.passage import RankedPassage, Retrieval
from knowledge.retrieval.calibration import calibration_for
from knowledge.retrieval.retriever import Retriever, Searchable
from knowledge.retrieval.snapshot import Snapshot
from knowledge.split import embedded_text, split
from knowledge.store import vectors
from server.house import House

MAX_PASSAGES = 10_000
"""Of more, a snapshot takes longer to build than anyone waits for a preview."""
MAX_OWN_PASSAGES = 200
"""An article that is cut into more takes too long to embed."""
SECONDS = 6.0
"""After so long no further question is begun."""

Asked = Sequence[tuple[str, Language]]


class Rehearsing:
    """Rehearses edits, one at a time."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, article: Article, questions: Asked) -> Rehearsal:
        """See `feedback.knowledge_ports.Trial.rehearse`."""
        async with self._one_at_a_time:
            until = time.monotonic() + SECONDS
            passages = sum(row.passages for row in await self._house.library.articles())
            if passages > MAX_PASSAGES or len(split(article, 0)) > MAX_OWN_PASSAGES:
                return Rehearsal((), problem="too_large")
            try:
                model = self._house.library.model
                folder = folder_for(self._house.settings.models_dir, model)
                embedder = await asyncio.to_thread(Embedder.open, folder, model)
                async with self._house.database.reading() as connection:
                    stored, _, broken = await vectors.load(connection, embedder.id, embedder.dimensions)
            except Unavailable:
                return Rehearsal((), problem="unavailable")
            if broken:  # another edition of the model is being taken over
                return Rehearsal((), problem="unavailable")
            return await asyncio.to_thread(self._rehearsed, article, stored, embedder, questions, until)

    def _rehearsed(
        self,
        article: Article,
        stored: Sequence[StoredPassage],
        embedder: Embedder,
        questions: Asked,
        until: float,
    ) -> Rehearsal:
        """Ask every question twice, in this thread and a loop of its own: turns take the processor's time."""
        state = self._searchable(edited(stored, article, embedder), embedder)
        after = Retriever(lambda: state, lambda: day_of(self._house.clock.now()))

        async def ask() -> Rehearsal:
            told: list[tuple[Told, Told]] = []
            for question, language in questions:
                if time.monotonic() > until:
                    break
                now = await self._told(question, language, self._house.library.retriever)
                told.append((now, await self._told(question, language, after)))
            return Rehearsal(tuple(told))

        try:
            return asyncio.run(ask())
        finally:
            after.close()

    def _searchable(self, passages: Sequence[StoredPassage], embedder: Embedder) -> Searchable:
        index = ExactIndex()
        matrix = np.array([one.vector for one in passages], dtype=np.float32)
        index.rebuild(embedder.id, [one.key for one in passages], matrix)
        library = self._house.library
        snapshot = Snapshot(passages, library.synonyms, library.known)
        calibration, _ = calibration_for(self._house.settings.data_dir, embedder.id)
        sentences = library.sentences_beside((one.passage for one in passages), embedder)
        return Searchable(0, embedder, index, snapshot, calibration, sentences)

    async def _told(self, question: str, language: Language, finder: Retriever) -> Told:
        noting = _Noting(finder)
        result = await take_turn(
            Brief(
                messages=(question,),
                language=language,
                languages=self._house.settings.languages,
                now=self._house.clock.now(),
            ),
            finder=noting,
            orders=_NoOrders(),
            writer=ExtractiveWriter(lambda: self._house.library.synonyms),
        )
        return _told(result, noting.found)


def edited(stored: Sequence[StoredPassage], article: Article, embedder: Embedder) -> list[StoredPassage]:
    """Return all passages as they would be with `article` in the place of what it says now."""
    version = max((one.passage.article_version for one in stored), default=0) + 1
    passages = split(article, version)
    texts = {vectors.digest(text): text for text in map(embedded_text, passages)}
    # Passages that stay as they are have their vectors already.
    known = {one.embedded_hash: one.vector for one in stored if one.embedded_hash in texts}
    missing = [key for key in texts if key not in known]
    known.update(zip(missing, embedder.embed([texts[key] for key in missing]), strict=True))
    keys = [vectors.digest(embedded_text(passage)) for passage in passages]
    return [
        *(one for one in stored if one.passage.article_id != article.id),
        *(
            StoredPassage(passage, article.valid_from, article.valid_until, key, embedder.id, known[key])
            for passage, key in zip(passages, keys, strict=True)
        ),
    ]


@dataclass(slots=True)
class _Noting:
    """Finds passages, and remembers what a turn has found."""

    finder: Retriever
    found: list[Retrieval] = field(default_factory=list)

    async def retrieve(self, question: str, *, language: Language, limit: int = 6) -> Retrieval:
        """See `Retriever`."""
        retrieval = await self.finder.retrieve(question, language=language, limit=limit)
        self.found.append(retrieval)
        return retrieval


class _NoOrders:
    """A guest has none."""

    async def customer(self, customer_id: str) -> Customer | None:
        """See `OrderSource`."""
        return None

    async def orders_of(self, customer_id: str) -> Sequence[Order]:
        """See `OrderSource`."""
        return ()

    async def order(self, customer_id: str, number: str) -> Order | None:
        """See `OrderSource`."""
        return None


def _told(result: TurnResult, found: Sequence[Retrieval]) -> Told:
    """Return what a turn says and what it rests on: the first passage cited, else the nearest one."""
    cited = result.citations[0].passage_id if result.citations else ""
    of_it = (one for one in found if any(each.passage.id == cited for each in one.passages))
    used = next(of_it, found[0] if found else None)
    nearest: RankedPassage | None = used.passages[0] if used and used.passages else None
    if used and cited:
        nearest = next((each for each in used.passages if each.passage.id == cited), nearest)
    # What was said without an article, such as a greeting, rests on none, however near one is.
    rests = bool(cited) or result.outcome is Outcome.ABSTAINED
    return Told(
        outcome=result.outcome.value,
        zone=used.zone if used and rests else None,
        passage=nearest.passage if nearest and rests else None,
        answer=result.answer,
    )
