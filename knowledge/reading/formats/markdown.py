"""Markdown with front matter. The home of PyYAML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from knowledge.reading.draft import Draft, Parsed
from knowledge.reading.formats.html import remarks_on
from knowledge.reading.formats.text import utf8
from knowledge.reading.plain import markdown_to_text
from knowledge.remarks import Refused

_FIELDS = "title, language, tags, questions, valid_from, valid_until, id"


def parse(content: bytes, name: str) -> Parsed:
    """Read one article.

    Raises:
        Refused: It is no text, has none, or its front matter cannot be read.
    """
    fields, text = _front_matter(utf8(content))
    plain = markdown_to_text(text)
    if not plain.body:
        raise Refused("no_text")
    fields = {"title": plain.title, **{key: value for key, value in fields.items() if value is not None}}
    return Parsed((Draft(plain.body, fields),), notes=remarks_on(plain))


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the fields between the ``---`` lines at the start, if any, and the rest."""
    import yaml

    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        raise Refused("open_front_matter")
    try:
        fields = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise (Refused("bad_yaml_line", line=mark.line + 2) if mark else Refused("bad_yaml")) from error
    if fields is None:
        fields = {}
    if not isinstance(fields, Mapping):
        raise Refused("no_fields", known=_FIELDS)
    return {str(key).strip().lower(): _as_json(value) for key, value in fields.items()}, "\n".join(
        lines[end + 1 :]
    )


def _as_json(value: Any) -> Any:
    """Return a value of YAML as JSON can say it; days as ISO 8601.

    Lists of lists are cut short, for no field has them: written with references they would fill any memory.
    """
    if isinstance(value, list | tuple | set):
        return [{} if isinstance(item, Mapping | list | tuple | set) else _as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {}
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
