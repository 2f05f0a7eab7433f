"""Sentences of the evidence, and runs of clauses, as they are held against each other. Pure, kept by text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.claims import plain
from assistant.clauses import Clause, Said, Turn, Word, clauses
from assistant.families import key_of, same
from assistant.marks import Mark
from assistant.sentences import pieces
from foundation.language import Language
from knowledge.analysis.words import fold, tokens


@dataclass(frozen=True, eq=False)
class Unit:
    """A sentence or list item of the evidence, as clauses.

    Attributes:
        context: Keys of what stands above it: title, heading, the line that opens its list.
        read: The text, plain, with what stands above it.
        named_above: Keys of the names in title and heading.
        title: Of the article.
        place: Title and heading.
        language: Of the evidence.
    """

    text: str
    parts: tuple[Clause, ...]
    context: frozenset[str]
    read: str
    language: Language
    named_above: frozenset[str] = frozenset()
    title: str = ""
    place: str = ""

    @cached_property
    def mentions(self) -> frozenset[Mark]:
        """Shop or customer where it speaks of them; who is asked to do something is the customer."""
        asked = {Mark.CUSTOMER} if any(clause.asks for clause in self.parts) else set()
        return frozenset(mark for clause in self.parts for mark in clause.mentions) | asked

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its own words."""
        return tuple(word for clause in self.parts for word in clause.words)

    @cached_property
    def told(self) -> int:
        """Where what a label tells ends, as in "In person, ul. Bukowa 14: 0 zł"; 0 without a label."""
        return next((n + 1 for n, clause in enumerate(self.parts) if n and clause.bound and clause.colon), 0)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What stands in quotation marks in it, folded."""
        return tuple(name for clause in self.parts for name in clause.names)

    def has_name(self, name: str) -> bool:
        """Return whether it, or what stands above it, has a name, in whatever case."""
        return name in self.read or self.has_own_name(name)

    def has_own_name(self, name: str) -> bool:
        """Return whether it has a name itself."""
        return any(name == own or _declined(name, own) for own in self.names)

    @cached_property
    def nouns(self) -> frozenset[Mark]:
        """Shop or customer where a noun names them."""
        return frozenset(noun for clause in self.parts for noun in clause.nouns)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of all its own words of content."""
        return frozenset(w.key for c in self.parts for w in c.words if not w.light)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of neighbouring clauses as one; what it has of each is told at `Clause`.

    Attributes:
        clauses: How many it is of.
        acting: Whether one of them tells somebody to do something.
    """

    words: tuple[Word, ...]
    said: tuple[Said, ...]
    turns: tuple[Turn, ...]
    agents: frozenset[Mark]
    acts: tuple[tuple[str, Mark], ...]
    nouns: frozenset[Mark]
    names: tuple[str, ...]
    asks: bool = False
    mentions: frozenset[Mark] = frozenset()
    clauses: int = 1
    acting: bool = False

    @property
    def marks(self) -> frozenset[Mark]:
        """Which marks it has."""
        return frozenset(turn.mark for turn in self.turns)


def joined(parts: Sequence[Clause]) -> Part:
    """Return neighbouring clauses as one part."""
    return Part(
        tuple(w for c in parts for w in c.words),
        tuple(s for c in parts for s in c.said),
        tuple(t for c in parts for t in c.turns),
        frozenset(a for c in parts for a in c.agents),
        tuple(a for c in parts for a in c.acts),
        frozenset(n for c in parts for n in c.nouns),
        tuple(n for c in parts for n in c.names),
        any(c.asks for c in parts),
        frozenset(m for c in parts for m in c.mentions),
        len(parts),
        any(c.acting and not c.agents for c in parts),
    )


@dataclass(frozen=True, eq=False)
class Book:
    """All sentences that an answer may rest on.

    Attributes:
        rivals: Clauses that make claims: whose they are must not be mixed up.
        keys: Keys of every word of content in it.
    """

    units: tuple[Unit, ...]
    language: Language

    @cached_property
    def rivals(self) -> tuple[Clause, ...]:
        """Return the clauses that make claims."""
        return tuple(clause for unit in self.units for clause in unit.parts if clause.said)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of every word of content in it, and above its sentences."""
        return frozenset(key for unit in self.units for key in unit.keys | unit.context)

    def knows(self, key: str) -> bool:
        """Return whether a word stands anywhere in it."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = has_kin(key, self.keys, self.language)
        return found

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}


_ASKS = re.compile(
    r"\?|^(?:czy|kto|komu|kogo|co|czego|kiedy|gdzie|jak\w{0,4}|ile|skad|dlaczego|gdy|jesli|"
    r"(?:do|od|na|w|za|z|po|o) (?:kiedy|czego|co|czym|ile|jak\w*|ktor\w+|kogo)|"
    r"do|does|did|is|are|can|could|may|must|should|will|what|when|where|who|whose|how|which|why|if)\b"
)
"""A title or heading that asks, or names a case, says nothing."""
_OPENING_CHARS = 120
"""A longer line before a list is a sentence of its own."""


@lru_cache(maxsize=2048)
def units(text: str, title: str, heading: str, language: Language) -> tuple[Unit, ...]:
    """Return a passage's sentences and list items, each with what stands above it."""
    above = frozenset(key_of(fold(token), language) for token in tokens(f"{title} {heading}"))
    named = frozenset(
        word.key
        for line in (title, heading)
        for clause in clauses(line, language)
        for word in clause.words
        if word.name
    )
    found, intro, before, opens = [], frozenset[str](), frozenset[str](), ""
    for piece in pieces(text):
        own = frozenset(key_of(fold(token), language) for token in tokens(piece.text))
        found.append(
            Unit(
                piece.text,
                clauses(piece.text, language),
                above | (intro if piece.item else before),
                plain(f"{title} {heading} {piece.text}"),
                language,
                named,
                title,
                f"{title} {heading}",
            )
        )
        if piece.item and opens:
            # What opens a list and what stands in it are one sentence.
            found.append(
                Unit(
                    piece.text,
                    (*clauses(opens.rstrip(": "), language), *clauses(piece.text, language)),
                    above,
                    plain(f"{title} {heading} {opens} {piece.text}"),
                    language,
                    named,
                    title,
                    f"{title} {heading}",
                )
            )
        if not piece.item:
            opens = piece.text if piece.text.endswith(":") and len(piece.text) <= _OPENING_CHARS else ""
            intro = own if piece.text.endswith(":") else frozenset()
        before = frozenset() if piece.item else own
    for line in (title, heading):
        if line and not _ASKS.search(fold(line)):
            found.append(
                Unit(
                    line,
                    clauses(line, language),
                    above,
                    plain(f"{title} {heading}"),
                    language,
                    title=title,
                    place=f"{title} {heading}",
                )
            )
    return tuple(found)


@lru_cache(maxsize=4096)
def _declined(one: str, other: str) -> bool:
    """Return whether two names differ in their endings only: *Moich zamówieniach* is *Moje zamówienia*."""
    mine, theirs = re.findall(r"\w+", one), re.findall(r"\w+", other)
    return len(mine) == len(theirs) and all(
        a[: max(2, min(len(a), len(b)) - 3)] == b[: max(2, min(len(a), len(b)) - 3)]
        for a, b in zip(mine, theirs, strict=True)
    )


def has_kin(key: str, keys: Iterable[str], language: Language) -> bool:
    """Return whether a key is of one word or family with any of `keys`."""
    return any(same(key, other, language) for other in keys)
