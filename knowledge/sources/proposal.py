"""What publishing would change, for a person to see before it happens. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.articles import Article
from knowledge.remarks import Note, Problem
from knowledge.sources.source import SourcePage

CONTEXT_LINES = 2
MAX_LINES = 3000
"""Of two longer texts all lines are shown as changed: comparing takes their product."""


class ChangeKind(StrEnum):
    """What happens to an article."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    """It is taken back."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one article.

    Attributes:
        before: As it is published; None if it is new.
        after: As it will be; None if it goes.
        edited: It was changed here after it had been read from its source: that change would be lost.
    """

    kind: ChangeKind
    article_id: str
    before: Article | None
    after: Article | None
    edited: bool = False

    @property
    def title(self) -> str:
        """The title that it will have, or had."""
        article = self.after or self.before
        return article.title if article else ""

    @property
    def diff(self) -> tuple[str, ...]:
        """A unified diff without file names: its lines begin with ``-``, ``+``, a space or ``@@``."""
        before = list(lines_of(self.before)) if self.before else []
        after = list(lines_of(self.after)) if self.after else []
        if len(before) > MAX_LINES or len(after) > MAX_LINES:
            return (*(f"-{line}" for line in before), *(f"+{line}" for line in after))
        return tuple(difflib.unified_diff(before, after, n=CONTEXT_LINES, lineterm=""))[2:]


@dataclass(frozen=True, slots=True)
class PageState:
    """How a page of a source is to be remembered once its articles are published.

    Attributes:
        waits_for: The articles that have to be published, or taken back, before.
        gone: It is to be forgotten then.
    """

    source_id: int
    page: SourcePage
    waits_for: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found when sources were read again.

    Attributes:
        id: It can be published by; "" if nothing changes, or it was not kept.
        changes: By article id.
        pages: To be remembered with it.
        problems: What could not be read; the articles of it stay as they are.
        notes: What was left out of what was read.
        unchanged: How many pages and files are as they were.
    """

    created_at: datetime
    changes: tuple[Change, ...]
    pages: tuple[PageState, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    unchanged: int = 0
    id: str = ""

    def count(self, kind: ChangeKind) -> int:
        """Return how many changes are of this kind."""
        return sum(change.kind is kind for change in self.changes)


def propose(
    current: Mapping[str, Article],
    read: Sequence[Article],
    gone: Collection[str] = (),
    known: Mapping[str, str] | None = None,
) -> list[Change]:
    """Compare what was read with what is published.

    Args:
        current: The published articles by id.
        read: Each id once. What says the same as now is no change.
        gone: Ids whose source is gone; those that were read after all, or are not published, do not go.
        known: The content hash by id that each article had when it was published from its source.

    Returns:
        Changes by article id.
    """
    changes = []
    for article in read:
        before = current.get(article.id)
        if before is None:
            changes.append(Change(ChangeKind.NEW, article.id, None, article))
        elif before.content_hash != article.content_hash:
            edited = (known or {}).get(article.id, before.content_hash) != before.content_hash
            changes.append(Change(ChangeKind.CHANGED, article.id, before, article, edited))
    kept = {article.id for article in read}
    for article_id in set(gone) - kept:
        if article_id in current:
            before = current[article_id]
            edited = (known or {}).get(article_id, before.content_hash) != before.content_hash
            changes.append(Change(ChangeKind.GONE, article_id, before, None, edited))
    return sorted(changes, key=lambda change: change.article_id)


def lines_of(article: Article) -> Iterator[str]:
    """Yield all that a reader could notice of an article, as lines of text."""
    yield f"title: {article.title}"
    yield f"language: {article.language}"
    yield from _named("questions", article.questions)
    yield from _named("tags", article.tags)
    if article.valid_from:
        yield f"valid_from: {article.valid_from.isoformat()}"
    if article.valid_until:
        yield f"valid_until: {article.valid_until.isoformat()}"
    yield ""
    yield from article.body.split("\n")


def _named(name: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield f"{name}: {value}"
