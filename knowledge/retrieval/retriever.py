"""From a question to ranked passages with a confidence: words, character n-grams and vectors, fused."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from foundation.language import Language
from foundation.measures import Counter
from knowledge.passage import Retrieval, Zone
from knowledge.retrieval.crossing import across, leads_by_phrasing, led_by, only_other_fits, phrased_abroad
from knowledge.retrieval.explanation import Explanation, explain
from knowledge.retrieval.recent import Recent, Search
from knowledge.retrieval.searching import QuestionEmbedder as QuestionEmbedder
from knowledge.retrieval.searching import Searchable as Searchable
from knowledge.retrieval.searching import in_own_language, joined, judged, scales_of, with_near
from knowledge.retrieval.stages import stage

_ASKED = Counter(
    "retrievals", "Questions put to the articles, by whether they were asked before.", cache=("hit", "miss")
)

# Order and parcel numbers: no article has them, and they would drown what is asked about them.
_LONG_NUMBER = re.compile(r"\S*\d{5,}\S*")


class Retriever:
    """Searches the library's current state. One question at a time, off the event loop.

    Args:
        current: Called for each question: the state to search.
        today: Called for each question: the day in the shop's zone.
    """

    def __init__(self, current: Callable[[], Searchable], today: Callable[[], date]) -> None:
        self._current = current
        self._today = today
        self._recent = Recent()
        # One thread: two questions at once would only slow each other down.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="retriever")

    async def retrieve(
        self, question: str, *, language: Language, limit: int = 6, explained: int = 1
    ) -> Retrieval:
        """Return the passages that best fit a question.

        Args:
            question: In the shopper's words; at most the first 2000 characters are looked at.
            language: Its language. Passages in it come first; those of another follow, unless only they fit.
            limit: At most so many passages.
            explained: The first so many carry their signals.

        Returns:
            Best first; no passages, confidence 0 and not answerable when nothing has anything in common.
        """
        known = self._recent.get(self._wanted(question, language, limit, explained)[1], question)
        _ASKED.add(cache="miss" if known is None else "hit")
        if known is not None:
            return known
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.search, question, language, limit, explained)

    def search(self, question: str, language: Language, limit: int = 6, explained: int = 1) -> Retrieval:
        """Do what `retrieve` does, in this thread."""
        current, wanted = self._wanted(question, language, limit, explained)
        if not wanted.asked or not current.snapshot.size:
            return Retrieval(question, language, (), 0.0, Zone.UNKNOWN, current.state, about=0.0)
        known = self._recent.get(wanted, question)
        if known is not None:
            return known
        found, whole = self._found(current, question, wanted)
        if whole:
            self._recent.keep(wanted, found)
        return found

    def _wanted(
        self, question: str, language: Language, limit: int, explained: int = 1
    ) -> tuple[Searchable, Search]:
        """Return the state to search, and what is searched for there."""
        current = self._current()
        asked = " ".join(_LONG_NUMBER.sub(" ", question[:2000]).split())
        return current, Search(current, asked, language, limit, self._today(), explained)

    @stage("fuse")
    def _found(self, current: Searchable, question: str, wanted: Search) -> tuple[Retrieval, bool]:
        """Return what is found, and whether words and vectors had their part in it."""
        language, limit = wanted.language, wanted.limit
        scales, zones = scales_of(current.embedder), current.calibration.zones
        own, cosines, vector = in_own_language(current, wanted, scales[language])
        read = bool(cosines) and scales[language].reads
        sure, about = judged(own, current.calibration)
        if sure >= zones.answer_from and own.order.size >= limit:
            # The other language could only follow, and there is no room.
            told = with_near(current, joined([own], limit, wanted.explained), vector, language)
            return Retrieval(
                question, language, told, sure, zones.zone(sure, about), current.state, about
            ), bool(cosines)
        other, surer = across(current, wanted, cosines if read else {}, scales, put=sure < zones.answer_from)
        phrased, named = phrased_abroad(current, wanted) if sure < zones.answer_from else ("", 0.0)
        if phrased and leads_by_phrasing(named, sure, zones.answer_from):
            passages, sure = led_by(phrased, other, own, limit), named
        elif only_other_fits(own, sure, other, surer, zones.answer_from):
            passages, sure = joined([other, own], limit, wanted.explained), surer
        else:
            passages = joined([own, other], limit, wanted.explained)
        sure = sure if passages else 0.0
        about = max(sure, about)
        told = with_near(current, passages, vector, language) if read else tuple(passages)
        found = Retrieval(question, language, told, sure, zones.zone(sure, about), current.state, about)
        return found, bool(cosines)

    async def explain(self, found: Retrieval) -> Explanation:
        """Return why the passages of a retrieval stand where they do; it is ranked again for that."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._explained, found)

    def _explained(self, found: Retrieval) -> Explanation:
        current, wanted = self._wanted(found.question, found.language, len(found.passages))
        if not wanted.asked or not found.passages:
            return Explanation()
        own, _, _ = in_own_language(current, wanted, scales_of(current.embedder)[wanted.language])
        return explain(own, found.passages, current.calibration)

    async def settle(self) -> None:
        """Wait until the questions under way are answered, from whatever state they began with."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _nothing)

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=True)


def _nothing() -> None:
    """Do nothing, when all before it is done."""
