"""What is different between two states of an article, for a person to read. Pure."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum

from knowledge.articles import Article

CONTEXT_LINES = 2
MAX_LINES = 2000
"""A text of more lines is told to be different, not how: comparing takes their product."""


class Mark(StrEnum):
    """What happened to a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `SKIPPED` stands for lines that are the same in both."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with another value: title, language, questions, tags, valid_from or valid_until."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two states.

    Attributes:
        lines: Of the text; empty where it is the same.
        too_long: The texts differ, and are too long to say how.
    """

    fields: tuple[FieldChange, ...]
    lines: tuple[Line, ...]
    too_long: bool = False

    @property
    def nothing(self) -> bool:
        """Whether a reader would notice none."""
        return not (self.fields or self.lines or self.too_long)

    @property
    def added(self) -> int:
        """How many lines of the text are new."""
        return sum(line.mark is Mark.ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        """How many lines of the text are gone."""
        return sum(line.mark is Mark.REMOVED for line in self.lines)


def difference(before: Article | None, after: Article) -> Difference:
    """Return what changes when `after` takes the place of `before` (None: there was nothing)."""
    was, becomes = _fields(before) if before else {}, _fields(after)
    changes = tuple(
        FieldChange(name, was.get(name, ""), value)
        for name, value in becomes.items()
        if was.get(name, "") != value
    )
    old, new = before.body.splitlines() if before else [], after.body.splitlines()
    if len(old) > MAX_LINES or len(new) > MAX_LINES:
        return Difference(changes, (), too_long=old != new)
    return Difference(changes, tuple(_lines(old, new)))


def _fields(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "language": article.language.value,
        "questions": "\n".join(article.questions),
        "tags": ", ".join(article.tags),
        "valid_from": article.valid_from.isoformat() if article.valid_from else "",
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
    }


def _lines(old: list[str], new: list[str]) -> list[Line]:
    lines: list[Line] = []
    # Lines that come again and again are no landmarks: comparing them all would take minutes.
    matcher = difflib.SequenceMatcher(None, old, new)
    end = 0
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        if group[0][1] > end:
            lines.append(Line(Mark.SKIPPED, ""))
        for what, old_from, old_to, new_from, new_to in group:
            if what == "equal":
                lines += [Line(Mark.SAME, text) for text in old[old_from:old_to]]
                continue
            lines += [Line(Mark.REMOVED, text) for text in old[old_from:old_to]]
            lines += [Line(Mark.ADDED, text) for text in new[new_from:new_to]]
        end = group[-1][2]
    if lines and end < len(old):
        lines.append(Line(Mark.SKIPPED, ""))
    return lines
