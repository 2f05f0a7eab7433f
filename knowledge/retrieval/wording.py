"""What a question asks for in words, and what of it a passage has, says first, or lacks. Pure.

Words are judged by their weight, the idf in the corpus: *sklep* says little of what is asked, *bagażnik* all.
Weights are told in units of the rarest word's, so that corpora of any size compare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# More strange words than so many tell nothing new.
_STRANGE_ENOUGH = 3.0

# From so many words on a question says enough for its coverage to count in full.
_ENOUGH_WORDS = 6

# A passage's opening is its first sentence, of at most so many characters; "Tak." alone is none.
_OPENING_CHARS = 300
_FEWEST_WORDS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+|\n+")

Phrase = Mapping[str, float]
"""Weight of each word that tells of a topic, by its beginning."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the question that tells of its topic, held against one passage.

    Attributes:
        weight: 1 for the rarest words, towards 0 for one that every passage has.
        beginning: Its first letters, folded; forms of a word share them.
        known: Whether the corpus has it in any form.
        shop: Whether it is a word of shopping.
        share: How much of it the passage has in any form, by its pieces or by a synonym, 0 to 1.
        there: Whether the passage has a word that begins alike.
    """

    weight: float
    beginning: str
    known: bool
    shop: bool
    share: float
    there: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """How a passage's words answer to a question's; `retrieval.confidence.Signals` explains each."""

    coverage: float
    matched: float
    known: float
    shop: float
    strange: float
    begun: float
    missing: float
    opening: float
    heading: float


def opening_of(text: str) -> str:
    """Return the first sentence of a passage; with a bare *Tak.* or *No.* goes the next one."""
    start = text[:_OPENING_CHARS]
    for end in _SENTENCE_END.finditer(start):
        if len(start[: end.start()].split()) >= _FEWEST_WORDS:
            return start[: end.start()]
    return start


def compare(asked: Sequence[AskedWord], opening: Phrase, headings: Sequence[Phrase]) -> Wording:
    """Return how the words of a passage answer to those of a question.

    Args:
        asked: The question's words.
        opening: The passage's first sentence.
        headings: Its title, headings and the owner's phrasings.
    """
    total = sum(word.weight for word in asked)
    coverage = _share(sum(word.weight * word.share for word in asked), total)
    return Wording(
        coverage=coverage,
        matched=coverage * min(len(asked), _ENOUGH_WORDS) / _ENOUGH_WORDS,
        known=_share(sum(word.known for word in asked), len(asked)),
        shop=_share(sum(word.shop for word in asked), len(asked)),
        strange=min(_STRANGE_ENOUGH, sum(word.weight for word in asked if not word.known)),
        begun=_share(sum(word.weight for word in asked if word.there), total),
        missing=max((word.weight for word in asked if not word.there), default=0.0),
        opening=_share(sum(word.weight for word in asked if word.beginning in opening), total),
        heading=max((_likeness(asked, heading, total) for heading in headings), default=0.0),
    )


def _likeness(asked: Sequence[AskedWord], phrase: Phrase, total: float) -> float:
    """Return the lesser of two shares: of the question that a phrase has, of the phrase that is asked for."""
    wanted = {word.beginning for word in asked}
    there = sum(word.weight for word in asked if word.beginning in phrase)
    met = sum(weight for beginning, weight in phrase.items() if beginning in wanted)
    return min(_share(there, total), _share(met, sum(phrase.values())))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
