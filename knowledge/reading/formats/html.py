"""HTML files."""

from __future__ import annotations

from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.formats import text
from knowledge.reading.plain import Plain, html_to_text
from knowledge.remarks import Refused


def parse(content: bytes, name: str) -> Parsed:
    """Read one article.

    Raises:
        Refused: It is no text, or has none.
    """
    plain = html_to_text(text.html(content))
    if not plain.body:
        raise Refused("no_text")
    fields = {"title": plain.title, "language": plain.language}
    return Parsed((Draft(plain.body, fields),), notes=remarks_on(plain))


def remarks_on(plain: Plain) -> tuple[Said, ...]:
    """Return what is to be said about what was left out."""
    left_out = {"scripts": plain.scripts, "hidden": plain.hidden, "struck": plain.struck}
    return tuple(Said(code, {"count": count}) for code, count in left_out.items() if count)
