"""Plain text, as Notepad and Word save it."""

from __future__ import annotations

import re

from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.formats.table import as_lines
from knowledge.reading.formats.text import MAX_LINES, spreadsheet
from knowledge.remarks import Refused

_MAX_TITLE_CHARS = 120


def parse(content: bytes, name: str) -> Parsed:
    """Read one article. A short first line with an empty one below it is the title.

    Raises:
        Refused: It is no text, has none, or too many lines.
    """
    text, encoding = spreadsheet(content)
    if text.count("\n") > MAX_LINES:
        raise Refused("too_many_lines", limit=MAX_LINES)
    first, _, rest = text.strip().partition("\n")
    title = ""
    if (
        rest.startswith(("\n", " \n"))
        and len(first) <= _MAX_TITLE_CHARS
        and not re.search(r"[.,;:!]\s*$", first)
    ):
        title, text = first.strip(), rest
    notes = (Said("encoding", {"encoding": encoding}),) if encoding else ()
    return Parsed((Draft(as_lines(text), {"title": title}),), notes=notes)
