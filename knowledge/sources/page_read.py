"""What became of a page or file of a source when it was looked at. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from knowledge.articles import Article
from knowledge.reading.readers import ReadResult
from knowledge.remarks import Note, Problem
from knowledge.sources.source import Source, SourcePage

Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What became of a page."""

    SAME = "same"
    READ = "read"
    GONE = "gone"
    KEPT = "kept"
    """It could not be read; its articles stay."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page after it was looked at.

    Attributes:
        page: How it is to be remembered; its `articles` are those before.
        articles: Of a page that was read.
    """

    outcome: Outcome
    page: SourcePage
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def left_behind(self) -> frozenset[str]:
        """The articles that it had and has no more."""
        if self.outcome not in (Outcome.READ, Outcome.GONE):
            return frozenset()
        return frozenset(self.page.articles) - {article.id for article in self.articles}


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source after it was looked at.

    Attributes:
        problem: Why it could not be read as a whole; then there are no pages.
        problems: Of what leads to its pages.
    """

    source: Source
    pages: tuple[PageRead, ...] = ()
    problem: Problem | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Its own, and those of its pages."""
        own = (self.problem, *self.problems) if self.problem else self.problems
        return (*own, *(problem for page in self.pages for problem in page.problems))

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """Its own, and those of its pages."""
        return (*self.notes, *(note for page in self.pages for note in page.notes))


@dataclass(slots=True)
class Tally:
    """Counts pages over all sources, for a progress bar."""

    progress: Progress | None = None
    done: int = 0
    total: int = 0

    def expect(self, more: int) -> None:
        """Expect so many pages more."""
        self.total += more
        self._tell()

    def tick(self) -> None:
        """Count one page as done."""
        self.done += 1
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total)


def unread(before: SourcePage, now: datetime | None, problem: Problem) -> PageRead:
    """Return a page that could not be read; its articles stay."""
    kept = replace(before, checked_at=now, problem=problem)
    return PageRead(Outcome.KEPT, kept, problems=(problem,))


def page_read(page: SourcePage, before: SourcePage, found: ReadResult) -> PageRead:
    """Return what was read of a page; of one that holds a single article, its id stays what it was."""
    if not found.articles and found.problems:
        kept = unread(before, page.checked_at, found.problems[0])
        return replace(kept, problems=found.problems, notes=found.notes)
    articles = found.articles
    if len(before.articles) == 1 and len(articles) == 1:
        articles = (replace(articles[0], id=next(iter(before.articles))),)
    return PageRead(Outcome.READ, page, articles, found.problems, found.notes)
