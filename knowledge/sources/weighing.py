"""What was read of sources against what is published: what would change, what is to be remembered. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.articles import Article
from knowledge.reading.duplicates import without_duplicates
from knowledge.remarks import Note, Problem
from knowledge.sources.page_read import Outcome, PageRead, SourceRead
from knowledge.sources.proposal import Change, PageState, propose


@dataclass(frozen=True, slots=True)
class Weighed:
    """What would change, by article id, and how each page is to be remembered once it has.

    Attributes:
        problems: Articles that only repeat another one.
        notes: Articles that nearly do.
    """

    changes: tuple[Change, ...]
    states: tuple[PageState, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def weigh(
    reads: Sequence[SourceRead], current: Mapping[str, Article], elsewhere: Collection[str] = ()
) -> Weighed:
    """Compare what was read with what is published.

    Args:
        reads: Of some sources.
        current: The published articles by id.
        elsewhere: The ids of articles of other sources: they are neither taken over nor taken back.
    """
    pages = with_own_ids([page for read in reads for page in read.pages], elsewhere)
    staying = (page for page in pages if page.outcome in (Outcome.SAME, Outcome.KEPT))
    held = {*elsewhere, *(one for page in staying for one in page.page.articles)}
    # What moves to another page is not there twice.
    leaving = {one for page in pages for one in page.left_behind} - held
    others = [article for article in current.values() if article.id not in leaving]
    articles = [article for page in pages for article in page.articles]
    kept, problems, notes = without_duplicates(articles, others)
    pages = [_with_only(page, {article.id for article in kept}) for page in pages]
    gone = {one for page in pages for one in page.left_behind} - held
    known = {one: was for page in pages for one, was in page.page.articles.items()}
    changes = propose(current, kept, gone, known)
    waiting = {change.article_id for change in changes}
    sources = [read.source.id for read in reads for _ in read.pages]
    states = [_state(one, page, waiting) for one, page in zip(sources, pages, strict=True)]
    return Weighed(tuple(changes), tuple(states), problems, notes)


def _with_only(page: PageRead, ids: Collection[str]) -> PageRead:
    return replace(page, articles=tuple(one for one in page.articles if one.id in ids))


def _state(source_id: int, read: PageRead, waiting: Collection[str]) -> PageState:
    page = read.page
    if read.outcome is Outcome.READ:
        page = replace(page, articles={one.id: one.content_hash for one in read.articles})
    concerned = {*(one.id for one in read.articles), *read.left_behind}
    return PageState(source_id, page, tuple(sorted(concerned & set(waiting))), read.outcome is Outcome.GONE)


def with_own_ids(reads: Sequence[PageRead], held: Collection[str] = ()) -> list[PageRead]:
    """Give articles that would have the id of another page's article ids of their own.

    Args:
        reads: Who had an id before keeps it, else who comes first.
        held: Ids of pages that are not among them.
    """
    staying = (read for read in reads if read.outcome is not Outcome.GONE)
    taken = {*held, *(article_id for read in staying for article_id in read.page.articles)}
    result = []
    for read in reads:
        articles = []
        for article in read.articles:
            if article.id in taken and article.id not in read.page.articles:
                mark = hashlib.sha256(read.page.address.encode()).hexdigest()[:6]
                article = replace(article, id=f"{article.id[:184]}-{mark}")
            taken.add(article.id)
            articles.append(article)
        result.append(replace(read, articles=tuple(articles)))
    return result
