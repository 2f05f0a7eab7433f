"""A message that asks two things into its parts. Pure.

"Ile mam dni na zwrot i ile to kosztuje?" asks for a time and for an amount; each part is answered on its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.plain import has_topic

MAX_PARTS = 3

_BETWEEN = re.compile(
    r"\?[\s,;]+|\n+|,?\s+(?:i|oraz|a także|a|and)\s+"
    r"(?=(?:ile|ilu|jak|kiedy|gdzie|czy|kto|co|do kiedy|czym|how|what|when|where|who|can|do|does|is|are)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:ile|ilu|jak|kiedy|gdzie|czy|kto|co|mog[eę]|można|mozna|how|what|when|where|who|can|do|does|is|are)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked.

    Attributes:
        about: The words that name the topic, those of the whole when the part names none of its own.
        kind: The part's own words, which say what kind of answer is wanted.
    """

    about: str
    kind: str


def parts_of(question: str) -> tuple[Part, ...]:
    """Return what is asked, in order; the whole as one part unless two parts ask something each."""
    found = [part.strip() for part in _BETWEEN.split(question) if part and _ASKS.search(part)]
    if len(found) < 2:
        return (Part(question, question),)
    return tuple(Part(part if has_topic(part) else question, part) for part in found[:MAX_PARTS])
