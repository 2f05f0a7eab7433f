"""Tries a question for the owner: binds `feedback.knowledge_ports.Trial` to the search and the assistant."""

from __future__ import annotations

import time
from collections.abc import Sequence

from assistant.brief import Brief
from feedback.knowledge_ports import Rehearsal, Tried
from foundation.language import Language
from knowledge.articles import Article
from server.house import House
from server.rehearsing import Rehearsing

PASSAGES = 10
"""How many are shown with what speaks for them."""


class HouseTrial:
    """Asks the open house; nothing of it is kept."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._rehearse = Rehearsing(house)

    async def rehearse(self, article: Article, questions: Sequence[tuple[str, Language]]) -> Rehearsal:
        """See `feedback.knowledge_ports.Trial`."""
        return await self._rehearse(article, questions)

    async def __call__(self, question: str, language: Language | None) -> Tried:
        """See `feedback.knowledge_ports.Trial`."""
        began = time.perf_counter()
        result = await self._house.take_turn(
            Brief(
                messages=(question,),
                language=language or self._house.settings.default_language,
                forced_language=language,
                languages=self._house.settings.languages,
                now=self._house.clock.now(),
            )
        )
        answered = time.perf_counter()
        retriever = self._house.library.retriever
        retrieval = await retriever.retrieve(
            question, language=result.language, limit=PASSAGES, explained=PASSAGES
        )
        searched = time.perf_counter()
        explanation = await retriever.explain(retrieval)
        return Tried(
            retrieval=retrieval,
            explanation=explanation,
            search_ms=(searched - answered) * 1000,
            answer=result.answer,
            outcome=result.outcome.value,
            cited=frozenset(citation.passage_id for citation in result.citations),
            answer_ms=(answered - began) * 1000,
        )
