"""What a source of articles is, and what is known of each of its pages. Pure types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase

from foundation.language import Language
from knowledge.remarks import Problem


class SourceKind(StrEnum):
    """Where articles come from."""

    FILE = "file"
    """A file, or a folder of files, on this machine."""
    URL = "url"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Options:
    """How a source is read.

    Attributes:
        include: Patterns with ``*`` and ``?``; of a sitemap only pages are read whose path is like one.
        exclude: Such pages are left out.
        language: Of pages that do not tell theirs.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    language: Language | None = None

    def wants(self, path: str) -> bool:
        """Tell whether a page of this path is to be read."""
        included = not self.include or any(fnmatchcase(path, pattern) for pattern in self.include)
        return included and not any(fnmatchcase(path, pattern) for pattern in self.exclude)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page or file of a source, as it was when its articles were published.

    Attributes:
        address: Of the page, or the absolute path of the file.
        etag: What the server named it by; as `last_modified`.
        content_hash: The sha256 of what was read; "" if it never was.
        articles: The content hash of each of its articles by id, as they were published from here.
        problem: Why it could not be read when it was last looked at.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str = ""
    articles: Mapping[str, str] = field(default_factory=dict)
    checked_at: datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A place that articles are read from again.

    Attributes:
        address: A URL, or an absolute path.
        checked_at: When it was last read; None if never.
        problem: Why the source as a whole could not be read then.
        pages: By address.
    """

    id: int
    kind: SourceKind
    address: str
    options: Options
    added_at: datetime
    checked_at: datetime | None = None
    problem: Problem | None = None
    pages: tuple[SourcePage, ...] = ()

    @property
    def articles(self) -> frozenset[str]:
        """The ids of all articles that came from it."""
        return frozenset(article_id for page in self.pages for article_id in page.articles)
