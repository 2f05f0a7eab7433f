"""How a sentence is parted so that each part is said by one sentence of the evidence. Pure, fail-closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.alignment import Held, held_against, shares_topic
from assistant.asked import Asked
from assistant.clauses import Clause
from assistant.evidence_units import Book, Part, Unit, has_kin, joined
from assistant.marks import Mark
from foundation.language import Language


def refused_in_parts(read: Sequence[Clause], whole: Part, book: Book, lent: Asked) -> str:
    """Return why a sentence cannot be parted so that each part is said by one unit; empty if it can.

    The longest part is tried first. Where one unit has all its words and claims and yet says something else,
    no other way to part it counts.
    """
    reason, start, said = "", 0, _Said()
    while start < len(read):
        for end in range(len(read), start, -1):
            if end < len(read) and read[end].bound:
                continue
            if start and any(clause.colon for clause in read[start + 1 : end]):
                continue  # a label is all that stands before the colon
            part = joined(read[start:end])
            if start and _is_small(part, listed=read[start].listed):
                held = _held_beside(part, joined(read[:start]), whole, book, said.last, lent)
            else:
                held = held_by(part, whole, book, lent, said.topic, alone=end - start == len(read))
            if not held.reason and start and _is_strange(held, read, start, end, said, whole, book, lent):
                held = Held("other_subject")
            if not held.reason:
                said = said.then(held, part, start)
                start = end
                break
            if held.covered:
                return held.reason
            reason = reason or held.reason
        else:
            return reason
    return ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What was held so far: the first part, the last one, and since where one sentence says it."""

    title: str = ""
    topic: Part = field(default_factory=lambda: joined(()))
    last: Held = field(default_factory=lambda: Held(""))
    since: int = 0

    def then(self, held: Held, part: Part, start: int) -> _Said:
        since = self.since if start and held.text == self.last.text else start
        return _Said(self.title or held.title, self.topic if start else part, held, since)


def _is_strange(
    held: Held,
    read: Sequence[Clause],
    start: int,
    end: int,
    said: _Said,
    whole: Part,
    book: Book,
    lent: Asked,
) -> bool:
    """Return whether a later part, held alone, does not go on with what was said before it."""
    part, before = joined(read[start:end]), joined(read[:start])
    if held.text == said.last.text:
        # In two parts one word of a sentence may stand for another, which shows in both together.
        together = joined(read[said.since : end])
        unit = next(unit for unit in book.units if unit.text == held.text)
        found = held_against(together, whole, unit, book, lent)
        return found.reason.startswith("other_subject") or _all_told(part, before, book.language)
    if _weight(part) > _OF_ITS_OWN:
        return False
    return (
        held.title != said.title
        or _all_told(part, before, book.language)
        or (not any(clause.acting for clause in read[start:end]) and _leaves_one_out(said.last, book, whole))
    )


_STANDS_ALONE = 2
"""So many words of content, or one and a claim, make a part that another sentence may say than the rest."""
_LISTED_STANDS_ALONE = 3
"""The same of what a mere "and" or "or" joins: it may be two nouns of one sentence."""


_OF_ITS_OWN = 5
"""A later part of no more weight than this speaks of what the first does: its article must say it."""


def _is_small(part: Part, *, listed: bool) -> bool:
    return _weight(part) <= (_LISTED_STANDS_ALONE if listed else _STANDS_ALONE - 1)


def _held_beside(part: Part, before: Part, whole: Part, book: Book, last: Held, lent: Asked) -> Held:
    """Return how a part that is too small to stand alone came out where the part before it is said."""
    if not part.words or part.said or part.names or part.nouns or any(word.name for word in part.words):
        return Held("unsupported_part")
    keys = [word.key for word in before.words]
    again = any(not word.light and has_kin(word.key, keys, book.language) for word in part.words)
    texts = [unit.text for unit in book.units]
    at = texts.index(last.text) if last.text in texts else -NEAR - 1
    for place, unit in enumerate(book.units):
        # A word that is said twice of one sentence may stand for another.
        near = unit.place == last.place and abs(place - at) <= NEAR
        if near and not (again and unit.text == last.text):
            found = held_against(part, whole, unit, book, lent)
            if not found.reason and found.covered:
                return found
    return Held("unsupported_part")


def _all_told(part: Part, before: Part, language: Language) -> bool:
    """Return whether a part has no word that the sentence did not say before."""
    keys = [word.key for word in before.words]
    return not part.said and all(word.light or has_kin(word.key, keys, language) for word in part.words)


def _leaves_one_out(last: Held, book: Book, whole: Part) -> bool:
    """Return whether a sentence that lists single words has one that the answer lacks."""
    mine = [word.key for word in whole.words]
    for unit in book.units:
        for clause in unit.parts if unit.text == last.text else ():
            content = [word.key for word in clause.words if not word.light]
            if len(content) == 1 and not clause.said and not has_kin(content[0], mine, unit.language):
                return True
    return False


NEAR = 3
"""So many sentences or list items away may stand what a small part says."""


def _weight(part: Part) -> int:
    return sum(not word.light for word in part.words) + bool(part.said) + (Mark.FREE in part.marks)


def held_by(part: Part, whole: Part, book: Book, lent: Asked, topic: Part, *, alone: bool) -> Held:
    """Return how a part came out against all units; one that has all its words itself decides."""
    content = sum(not word.light for word in part.words)
    short = _weight(part) < _STANDS_ALONE or not content
    if short and not (alone and (part.said or (content and lent.keys))):
        return Held("says_nothing" if alone else "unsupported_part")
    held = []
    for unit in book.units:
        found = held_against(part, whole, unit, book, lent)
        if not found.reason and not part.acting and not shares_topic(part, topic, unit):
            found = Held("other_subject")
        if not found.reason and short and not part.said and not _is_about(unit, lent, part):
            found = Held("says_nothing")
        held.append(found)
    denied = max((h.fit for h in held if h.covered and h.reason.startswith(_TURNED)), default=0.0)
    said = max((h for h in held if h.covered and not h.reason), key=lambda h: h.fit, default=None)
    if said is not None and said.fit >= denied:
        return said
    if denied:
        return next(h for h in held if h.fit == denied and h.covered and h.reason.startswith(_TURNED))
    return max(
        held, key=lambda h: (h.covered, not h.reason, _nearness(h.reason)), default=Held("unsupported")
    )


def _is_about(unit: Unit, lent: Asked, part: Part) -> bool:
    """Return whether a unit speaks of what was asked, in a word that a short part does not say itself."""
    mine = [word.key for word in part.words]
    topic = [key for key in lent.keys if not has_kin(key, mine, unit.language)]
    return any(has_kin(key, unit.keys, unit.language) for key in topic)


_TURNED = ("turned_not", "turned_who", "turned_must", "turned_may")
"""Where the sentence that fits best differs so, no other one is asked."""


def _nearness(reason: str) -> int:
    """Return how much a reason tells."""
    order = (
        "unsupported_word",
        "unsupported_",
        "foreign_promise",
        "other_subject",
        "turned_bound",
        "dropped",
        "turned",
    )
    return max((n for n, name in enumerate(order, 1) if reason.startswith(name)), default=0)
