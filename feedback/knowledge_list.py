"""The list of articles: which are meant, in what order, a page at a time. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from feedback.filters import fold
from feedback.knowledge_citations import Cited
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.articles import Article, PublishedArticle

PAGE_ROWS = 50
TEXT_CHARS = 200


class Valid(StrEnum):
    """Whether an article holds today."""

    NOW = "now"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


class Only(StrEnum):
    """Which articles alone are meant."""

    STALE = "stale"
    NEVER_CITED = "never_cited"
    NOT_VALID = "not_valid"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list.

    Attributes:
        stale: Nobody has said for long that it is true.
    """

    published: PublishedArticle
    cited: Cited
    valid: Valid
    stale: bool

    @property
    def article(self) -> Article:
        """What was published."""
        return self.published.article

    @property
    def retired(self) -> bool:
        """Whether it was taken back."""
        return self.published.retired_at is not None


def row_of(published: PublishedArticle, cited: Cited, today: date, stale_before: datetime) -> Row:
    """Return an article as the list shows it."""
    article = published.article
    valid = Valid.NOW
    if article.valid_until is not None and article.valid_until < today:
        valid = Valid.EXPIRED
    elif article.valid_from is not None and article.valid_from > today:
        valid = Valid.NOT_YET
    stale = published.retired_at is None and published.confirmed_at < stale_before
    return Row(published, cited, valid, stale)


def stale_before(now: datetime, days: int) -> datetime:
    """Return the moment before which a confirmation is too old."""
    return now - timedelta(days=days)


# Rows with nothing to sort by come last, whichever way the others go.
_SORTS: dict[str, Callable[[Row], Any]] = {
    "title": lambda row: fold(row.article.title),
    "language": lambda row: row.article.language.value,
    "version": lambda row: row.published.version,
    "published": lambda row: row.published.published_at,
    "passages": lambda row: row.published.passages,
    "cited": lambda row: row.cited.times,
    "csat": lambda row: row.cited.csat,
    "confirmed": lambda row: row.published.confirmed_at,
}
SORTS = tuple(_SORTS)
DESCENDING_FIRST = frozenset({"version", "published", "passages", "cited"})
"""Columns of which people look for the largest."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `text`: all its words are in the title, a phrasing or the text, marks aside."""

    text: str = ""
    language: Language | None = None
    only: Only | None = None
    sort: str = "title"
    descending: bool = False
    number: int = 1

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Wanted:
        """Read the fields ``q``, ``language``, ``only``, ``sort`` (``-`` before it: descending) and ``page``.

        Raises:
            InvalidInput: A field has a value that it cannot have.
        """
        text = query.get("q", "").replace("\0", "").strip()
        sort = query.get("sort", "").strip() or "title"
        page = query.get("page", "1")
        if len(text) > TEXT_CHARS or sort.removeprefix("-") not in _SORTS:
            raise InvalidInput("One of the filters has a value that it cannot have.")
        try:
            return cls(
                text=text,
                language=Language(query["language"]) if query.get("language") else None,
                only=Only(query["only"]) if query.get("only") else None,
                sort=sort.removeprefix("-"),
                descending=sort.startswith("-"),
                # Nobody turns to page a million; longer digits are not worth reading.
                number=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
            )
        except ValueError:
            raise InvalidInput("One of the filters has a value that it cannot have.") from None

    def query(self, **changed: str) -> dict[str, str]:
        """Return the fields as a form would send them, without the page; what is empty is left out."""
        fields = {
            "q": self.text,
            "language": self.language or "",
            "only": self.only or "",
            "sort": "" if self.sort == "title" and not self.descending else self.written_sort,
            **changed,
        }
        return {name: str(value) for name, value in fields.items() if value}

    @property
    def written_sort(self) -> str:
        """The order as the address has it."""
        return f"{'-' if self.descending else ''}{self.sort}"

    def sort_by(self, column: str) -> str:
        """Return the order that a click on a column's head brings."""
        if column == self.sort:
            return column if self.descending else f"-{column}"
        return f"-{column}" if column in DESCENDING_FIRST else column


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows that are meant; `total` of them in all, on `pages` pages."""

    rows: tuple[Row, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_ROWS))


def page_of(rows: Iterable[Row], wanted: Wanted) -> Page:
    """Return the page that is asked for; the last one for a number beyond it."""
    found = [row for row in rows if _meant(row, wanted)]
    key = _SORTS[wanted.sort]
    with_value = sorted((row for row in found if key(row) is not None), key=lambda row: row.article.id)
    with_value.sort(key=key, reverse=wanted.descending)
    ordered = with_value + [row for row in found if key(row) is None]
    pages = max(1, -(-len(ordered) // PAGE_ROWS))
    number = min(max(1, wanted.number), pages)
    shown = ordered[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    return Page(tuple(shown), number, len(ordered))


def _meant(row: Row, wanted: Wanted) -> bool:
    if wanted.language is not None and row.article.language is not wanted.language:
        return False
    if row.retired != (wanted.only is Only.RETIRED):
        return False
    if wanted.only is Only.STALE and not row.stale:
        return False
    if wanted.only is Only.NEVER_CITED and row.cited.times:
        return False
    if wanted.only is Only.NOT_VALID and row.valid is Valid.NOW:
        return False
    return not wanted.text or _says(row.article, fold(wanted.text).split())


def _says(article: Article, words: list[str]) -> bool:
    said = "\n".join((article.title, article.id, *article.questions, article.body))
    folded = fold(said) if len(said) > _KEPT_CHARS else _kept_fold(said)
    return all(word in folded for word in words)


# Folding a thousand articles takes longer than all the rest of the page.
_KEPT_CHARS = 20_000
_kept_fold = lru_cache(maxsize=4000)(fold)
