"""Passages and what a retriever says about them. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from foundation.language import Language

#: Parts the views of one passage in a text to be embedded.
VIEW = "\f"


class PassageText(NamedTuple):
    """What is embedded of a passage.

    Attributes:
        views: Of one passage, parted by `VIEW`.
        language: Theirs.
    """

    views: str
    language: Language


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of one article that can stand alone as an answer.

    Attributes:
        id: ``<article_id>#<n>``, n from 1 in the order of the article.
        article_id: Stable over versions, e.g. ``pl/odstapienie-od-umowy``.
        article_version: Counts published states of the article from 1.
        title: The article's title.
        heading: The headings that lead here, joined by `` › ``; empty above the first heading.
        text: Plain text, paragraphs and list items on lines of their own.
        language: The article's language.
        questions: The owner's alternative phrasings, of the whole article.
    """

    id: str
    article_id: str
    article_version: int
    title: str
    heading: str
    text: str
    language: Language
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with what spoke for it.

    Attributes:
        passage: The passage.
        score: Fused score, 0 to 1, comparable within one retrieval only.
        signals: Raw scores by name (``char``, ``stem``, ``dense``…), comparable between questions.
        near: By sentence of its text, the cosine with the question; empty without vectors of sentences.
    """

    passage: Passage
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)


class Zone(StrEnum):
    """What a confidence is good for."""

    ANSWER = "answer"
    """The best passage answers."""
    ASK_BACK = "ask_back"
    """It may: the nearest topics are offered, and the shopper says which one is meant."""
    UNKNOWN = "unknown"
    """The articles do not know; a person may."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The answer of a retriever.

    Attributes:
        question: As asked.
        language: The language the question was taken for.
        passages: Best first; empty when there are none.
        confidence: 0 to 1, how likely the best passage answers the question.
        zone: What that confidence is good for in this shop.
        state: Number of the library's published state that was searched; 0 before the first publication.
        about: 0 to 1, how likely the question is about what the articles are about, answered there or not.
    """

    question: str
    language: Language
    passages: tuple[RankedPassage, ...]
    confidence: float
    zone: Zone
    state: int = 0
    about: float = 1.0

    @property
    def answerable(self) -> bool:
        """Whether the best passage is sure enough to be answered from."""
        return self.zone is Zone.ANSWER
