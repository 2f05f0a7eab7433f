"""Readers of one format each, bytes → drafts. They run in the process of `reading/sandbox.py` alone.

A reader is a function ``parse(content: bytes, name: str) -> Parsed`` that raises `Refused`. It imports its
library inside itself, no client of a network, and nothing of the database.
"""

from __future__ import annotations

from importlib import import_module

from knowledge.reading.cleaning import clean
from knowledge.reading.draft import Parsed
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

_READERS = {
    Kind.MARKDOWN: "knowledge.reading.formats.markdown",
    Kind.TEXT: "knowledge.reading.formats.plain_text",
    Kind.HTML: "knowledge.reading.formats.html",
    Kind.PAGE: "knowledge.reading.formats.page",
    Kind.CSV: "knowledge.reading.formats.csv_table",
    Kind.XLSX: "knowledge.reading.formats.xlsx_table",
    Kind.PDF: "knowledge.reading.formats.pdf",
    Kind.DOCX: "knowledge.reading.formats.docx",
    Kind.SITEMAP: "knowledge.reading.formats.sitemap",
}


def parse(kind: Kind, content: bytes, name: str) -> Parsed:
    """Return what a file holds, cleaned of what a person would not see and of what addresses an AI.

    A sitemap has no text that anybody reads: its addresses are left as they are.

    Raises:
        Refused: The file cannot be used.
    """
    try:
        parsed: Parsed = import_module(_READERS[kind]).parse(content, name)
    except RecursionError as error:
        raise Refused("too_deep") from error
    if not parsed.drafts and not parsed.problems:
        raise Refused("no_text")
    return parsed if kind is Kind.SITEMAP else clean(parsed)
