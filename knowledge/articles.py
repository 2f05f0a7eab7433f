"""The shop's articles: what they are, and what is known of each of their published states. Pure types.

The database is the truth; every index is built from it. An article is current while its newest version is
not retired. Each change of what can be found makes the next state of the library; states are numbered 1, 2,
3 …, and every version knows in which state it came and in which it went.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.passage import Passage


@dataclass(frozen=True, slots=True)
class Article:
    """A help article in one language.

    Attributes:
        id: Stable over versions, e.g. ``pl/odstapienie-od-umowy``.
        body: Plain text with structure: headings as ``## Heading`` lines, list items as ``- item`` lines,
            paragraphs parted by empty lines. What a reader makes of Markdown or HTML.
        questions: Other words in which customers ask for this.
        valid_from: The first day on which it is true, or None for always. A date of the shop's zone.
        valid_until: The last such day, or None.
        source: Where it was read from; for people, not part of the content.
    """

    id: str
    language: Language
    title: str
    body: str
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""

    @property
    def content_hash(self) -> str:
        """The sha256 of all that a reader could notice; equal content, equal hash."""
        content = [
            self.language,
            self.title,
            self.body,
            self.tags,
            self.questions,
            self.valid_from and self.valid_from.isoformat(),
            self.valid_until and self.valid_until.isoformat(),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PublishedArticle:
    """A version of an article.

    Attributes:
        passages: How many it is cut into.
        confirmed_at: When someone last said that it is true: the publication, or later.
        state: Number of the library's state in which it came.
        retired_at: When it went; None while it is current.
    """

    article: Article
    version: int
    published_at: datetime
    passages: int
    confirmed_at: datetime
    state: int
    retired_at: datetime | None = None


class Reason(StrEnum):
    """Why the library has a new state."""

    PUBLISHED = "published"
    RETIRED = "retired"
    RESTORED = "restored"
    MODEL = "model"
    """Another embedding model; the articles are the same."""
    MENDED = "mended"
    """Passages were cut anew; the articles say the same."""


@dataclass(frozen=True, slots=True)
class KnowledgeState:
    """One state of the whole library.

    Attributes:
        number: From 1, without holes.
        embedder_id: Whose vectors it is searched by: ``<model>@<digest>``.
        changed_by: Who did it, as given; empty for a command.
        came: How many versions came with it.
        went: How many went.
    """

    number: int
    published_at: datetime
    reason: Reason
    embedder_id: str
    changed_by: str = ""
    came: int = 0
    went: int = 0

    @property
    def model(self) -> str:
        """Name of the embedding model."""
        return self.embedder_id.rpartition("@")[0] or self.embedder_id


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A version of an article in its history.

    Attributes:
        state: The library's state in which it came; `retired_in`: the one in which it went, or None.
        reason: Why it came.
        changed_by: Who published it, as given; empty for a command.
    """

    version: int
    title: str
    published_at: datetime
    retired_at: datetime | None
    state: int
    retired_in: int | None
    valid_from: date | None
    valid_until: date | None
    reason: Reason
    changed_by: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: numbers of articles, and of passages that are new or changed.

    Attributes:
        retired: Articles that it took out of use.
        state: The library's state since.
    """

    added: int
    changed: int
    unchanged: int
    passages: int
    retired: int = 0
    state: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the index needs it.

    Attributes:
        embedded_hash: The sha256 of the text that was embedded.
        vector: float32, (d,), L2-normalised.
    """

    passage: Passage
    valid_from: date | None
    valid_until: date | None
    embedded_hash: str
    embedder_id: str
    vector: NDArray[np.float32]

    @property
    def key(self) -> str:
        """The id of this state of the passage: another version has another key."""
        return f"{self.passage.article_id}@{self.passage.article_version}#{self.number}"

    @property
    def number(self) -> int:
        """Its place in the article, from 1."""
        return int(self.passage.id.rpartition("#")[2])
