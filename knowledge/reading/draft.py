"""What a reader of one format makes of a file, before it is checked and becomes articles. Pure.

Drafts cross from the process that reads files to ours as JSON (`knowledge/reading/sandbox.py`): nothing in
them is trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.remarks import Refused


@dataclass(frozen=True, slots=True)
class Said:
    """A remark before it is known of which file: see `knowledge.remarks.Remark`."""

    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a file has it.

    Attributes:
        body: As `knowledge.articles.Article.body`.
        fields: Any of title, language, tags, questions, valid_from, valid_until, id, as they were found.
        row: The row of a table that it was read from.
        part: Of a file of several articles, what tells this one from the others; "" of a whole file.
    """

    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that was read of one file, in its order."""

    drafts: tuple[Draft, ...]
    problems: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()


def parsed_from_json(value: Mapping[str, Any]) -> Parsed:
    """Return what `dataclasses.asdict` was given.

    Raises:
        Refused: It is something else.
    """
    try:
        return Parsed(
            tuple(_draft(item) for item in value["drafts"]),
            tuple(Said(**item) for item in value["problems"]),
            tuple(Said(**item) for item in value["notes"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused("reader_died") from error


def _draft(item: Mapping[str, Any]) -> Draft:
    draft = Draft(**item)
    fields = {str(key): value for key, value in draft.fields.items()}
    return replace(draft, body=str(draft.body), fields=fields, part=str(draft.part))
