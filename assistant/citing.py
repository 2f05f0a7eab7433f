"""From quotes to citations: neighbouring words of one passage become one quote. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.brief import CitedQuote
from assistant.evidence import Evidence


def merge(quotes: Sequence[tuple[Evidence, str]]) -> tuple[CitedQuote, ...]:
    """Return citations in the order of their first quote; each quote is a literal part of its passage.

    Quotes with nothing but spaces, line breaks and list marks between them are joined.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    sources: dict[str, Evidence] = {}
    for source, quote in quotes:
        start = source.text.find(quote)
        if start < 0 or source.passage is None:
            continue
        sources[source.id] = source
        spans.setdefault(source.id, []).append((start, start + len(quote)))
    citations = []
    for source_id, found in spans.items():
        source = sources[source_id]
        for start, end in _joined(source.text, sorted(found)):
            citation = source.cite(source.text[start:end])
            if citation is not None:
                citations.append(citation)
    return tuple(citations)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip(" \n\t-•*"):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
