"""What the owner's pages of articles need of the library and of the assistant; `server/` binds these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from foundation.errors import NotFound
from foundation.language import Language
from knowledge.articles import Article, ArticleVersion, PublishedArticle
from knowledge.passage import Passage, Retrieval, Zone
from knowledge.retrieval.explanation import Explanation


class Shelf(Protocol):
    """The articles; `knowledge.library.Library` is one."""

    async def articles(self, *, retired: bool = False) -> list[PublishedArticle]:
        """Return all current articles by id; or the newest version of each that was taken back."""
        ...

    async def article(self, article_id: str, version: int | None = None) -> PublishedArticle | None:
        """Return the current version of an article, or the one that is asked for; None if there is none."""
        ...

    async def history(self, article_id: str) -> list[ArticleVersion]:
        """Return the versions of an article, newest first."""
        ...

    async def publish(
        self,
        articles: Iterable[Article],
        progress: Callable[[int, int], None] | None = None,
        *,
        changed_by: str = "",
        expected: Mapping[str, int] | None = None,
    ) -> Any:
        """Make articles current; Conflict unless these versions still are in that moment, 0: none."""
        ...

    async def retire(self, ids: Iterable[str], *, changed_by: str = "") -> Any:
        """Take articles out of use."""
        ...

    async def restore(self, article_id: str, version: int, *, changed_by: str = "") -> Any:
        """Make an earlier version's content the newest version."""
        ...

    async def confirm(self, article_id: str, at: datetime) -> Any:
        """Note that an article is still true."""
        ...


async def newest(shelf: Shelf, article_id: str, version: int | None = None) -> PublishedArticle:
    """Return the newest version of an article, also of one that was taken back, or the one asked for.

    Raises:
        NotFound: There is no such article, or no such version of it.
    """
    found = await shelf.article(article_id, version)
    if found is None and version is None and (versions := await shelf.history(article_id)):
        found = await shelf.article(article_id, versions[0].version)
    if found is None:
        raise NotFound("There is no such article.")
    return found


@dataclass(frozen=True, slots=True)
class Tried:
    """What happened to a question.

    Attributes:
        retrieval: The ranked passages, with their signals.
        explanation: The words as the search understood them, and what each way of searching added.
        search_ms: Milliseconds of the search.
        answer: What the assistant would say to a guest.
        outcome: ``answered``, ``abstained`` or ``handoff``.
        cited: Ids of the passages that the answer cites.
        answer_ms: Milliseconds of the whole turn.
    """

    retrieval: Retrieval
    explanation: Explanation
    search_ms: float
    answer: str
    outcome: str
    cited: frozenset[str]
    answer_ms: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a guest would be told.

    Attributes:
        outcome: ``answered``, ``abstained`` or ``handoff``.
        zone: How sure the search was; None if no article had a part in it.
        passage: What the answer cites first; where there is no answer, the nearest there is; or None.
        answer: In whole.
    """

    outcome: str
    zone: Zone | None
    passage: Passage | None
    answer: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would be told now, and after an edit.

    Attributes:
        told: For each question, in order; fewer if the time was up.
        problem: Why nothing could be tried: ``too_large`` or ``unavailable``; or empty.
    """

    told: tuple[tuple[Told, Told], ...]
    problem: str = ""


class Trial(Protocol):
    """Tries questions, as a guest's; nothing of it is kept."""

    async def __call__(self, question: str, language: Language | None) -> Tried:
        """Return what would happen; `language` None: as the question's own."""
        ...

    async def rehearse(self, article: Article, questions: Sequence[tuple[str, Language]]) -> Rehearsal:
        """Return what would be told now, and if `article` were published; nothing is."""
        ...
