"""Is a part of an answer said by a part of the evidence? Pure and fail-closed.

A part of an answer is held against every run of neighbouring clauses of one sentence of the evidence: the
words, claims and marks must all be of that run; title and headings may add words, never claims or marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.claim_support import supports
from assistant.clauses import Clause, Word
from assistant.evidence_units import Part, Unit, has_kin, joined
from assistant.families import is_everyday
from assistant.marks import Mark
from assistant.turning import MEASURED, PROMISES, RIGHTS, differing, dropped


@dataclass(frozen=True, slots=True)
class Held:
    """How a part of an answer, held against a unit, came out.

    Attributes:
        reason: Why the unit does not say it: a stable code, then the word or claim; empty if it does.
        covered: Whether the unit has all the words and claims itself, whatever else may differ.
    """

    reason: str
    covered: bool = False


def held_against(part: Part, whole: Part, unit: Unit, rivals: Sequence[Clause]) -> Held:
    """Return whether a unit says a part of an answer.

    The shortest run of clauses that has all the words and claims decides: a longer one has marks of its own.

    Args:
        part: What is held against the unit.
        whole: The sentence that it is of: what it says of conditions counts.
        unit: A sentence of the evidence.
        rivals: Clauses of all the evidence that make claims: whose they are must not be mixed up.
    """
    spare = _spare(part)
    for word in part.words:
        if not word.light and not _has(unit, word.key):
            spare -= 1
            if spare < 0 or not is_everyday(word.form, unit.language):
                return Held(_lacking(word))
    for name in part.names:
        if name not in unit.read:
            return Held(f"unsupported_name: {name}")
    miss = Held("unsupported")
    count = len(unit.parts)
    covering: list[tuple[int, int]] = []
    for length in range(1, count + 1):
        for start in range(count - length + 1):
            end = start + length
            if (start and unit.parts[start].bound) or any(start <= a and b <= end for a, b in covering):
                continue
            why, borrowed = _uncovered(part, _run(unit, start, end), unit, rivals)
            if why:
                miss = miss if miss.covered else Held(why)
                continue
            covering.append((start, end))
            # What a colon or a bracket opens belongs to what stands before it.
            end = max(end, unit.told)
            while end < count and unit.parts[end].bound:
                end += 1
            run = _run(unit, start, end)
            why = differing(part, run, unit) or dropped(whole, run, unit, start, end)
            if not why:
                return Held("", covered=not borrowed)
            if not miss.covered:
                miss = Held(why, covered=not borrowed)
    return miss


@lru_cache(maxsize=1 << 18)
def _has(unit: Unit, key: str) -> bool:
    """Return whether a unit, or what stands above it, has a word at all: most units are told off by it."""
    return has_kin(key, unit.keys, unit.language) or has_kin(key, unit.context, unit.language)


SHARE_SUPPORTED = 0.5
"""So much of the words of content of a part must be of its evidence; the rest must be everyday words."""


def _spare(part: Part) -> int:
    """Return how many words of a part may be everyday words of its own: none beside a promise."""
    if any(word.form.startswith(PROMISES) for word in part.words):
        return 0
    return int(sum(not word.light for word in part.words) * (1 - SHARE_SUPPORTED))


def _lacking(word: Word) -> str:
    return f"{'foreign_promise' if word.form.startswith(PROMISES) else 'unsupported_word'}: {word.form}"


def _uncovered(part: Part, run: Part, unit: Unit, rivals: Sequence[Clause]) -> tuple[str, int]:
    """Return the first claim or word that a run does not have, and how many words are not its own."""
    for made in part.said:
        if not any(supports(known.claim, made.claim) for known in run.said):
            free = (
                made.claim.kind == "amount" and made.claim.value.startswith("0 ") and Mark.FREE in run.marks
            )
            if not free:
                return f"unsupported_{made.claim.kind}: {made.claim.said}", 0
    keys = {word.key for word in run.words if not word.light}
    content = [word for word in part.words if not word.light]
    borrowed = [w for w in content if not has_kin(w.key, keys, unit.language)]
    spare = _spare(part)
    for word in borrowed:
        if spare and not _has(unit, word.key) and is_everyday(word.form, unit.language):
            spare -= 1
            continue
        # What its own sentence says elsewhere is not above it.
        if word.form.startswith(PROMISES) or has_kin(word.key, unit.keys, unit.language):
            return _lacking(word), 0
        if not has_kin(word.key, unit.context, unit.language):
            return _lacking(word), 0
        if _is_of_another(word, part, run, unit, rivals):
            return f"other_subject: {word.form}", 0
    if _swapped(content, borrowed, run, unit):
        return f"other_subject: {(borrowed or content)[0].form}", 0
    if borrowed and len(borrowed) * 2 >= len(content) and not part.said:
        return _lacking(borrowed[0]), 0
    return "", len(borrowed)


def _swapped(content: Sequence[Word], borrowed: Sequence[Word], run: Part, unit: Unit) -> bool:
    """Return whether one word of a run was taken out and another one, borrowed or said twice, put in."""
    language = unit.language
    mine = [word.key for word in content]
    there = [word.key for word in run.words if not word.light and not is_everyday(word.form, language)]
    taken = sum(not is_everyday(word.form, language) for word in borrowed)
    left = sum(not has_kin(key, mine, language) or there.count(key) > mine.count(key) for key in there)
    if taken and left and left <= taken:
        return True
    everywhere = [word.key for clause in unit.parts for word in clause.words]
    return any(
        sum(_made_of(key, k) for k in mine) > sum(_made_of(key, k) for k in everywhere) > 0 for key in mine
    ) and any(not has_kin(key, mine, language) for key in unit.keys)


def _made_of(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _is_of_another(word: Word, part: Part, run: Part, unit: Unit, rivals: Sequence[Clause]) -> bool:
    """Return whether a word from above belongs to something else there than what the run is about."""
    language = unit.language
    if is_everyday(word.form, language):
        return False
    mine = [w.key for w in part.words]
    named = word.name or word.key in unit.named_above
    if named and any(other.name for other in run.words):
        return True
    law = RIGHTS[language]
    if word.form.startswith(law) and any(other.form.startswith(law) for other in run.words):
        return True
    for other in run.words:
        if (
            not other.light
            and other.name is named
            and not has_kin(other.key, mine, language)
            and has_kin(other.key, unit.context, language)
        ):
            return True
    kinds = {made.claim.kind for made in part.said} & MEASURED
    return named and any(
        any(s.claim.kind in kinds for s in rival.said)
        and has_kin(word.key, (w.key for w in rival.words), language)
        for rival in rivals
    )


@lru_cache(maxsize=65536)
def _run(unit: Unit, start: int, end: int) -> Part:
    return joined(unit.parts[start:end])


_OWN_TOPIC = 3
"""A part of so many words and a claim has a subject of its own."""


def shares_topic(part: Part, topic: Part, unit: Unit) -> bool:
    """Return whether a unit speaks of what a sentence began with, where a part does not name its subject."""
    keys = [word.key for word in topic.words if not word.light]
    weight = sum(not word.light for word in part.words) + bool(part.said)
    return weight >= _OWN_TOPIC or not keys or any(_has(unit, key) for key in keys)
