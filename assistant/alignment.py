"""Is a part of an answer said by a part of the evidence? Pure and fail-closed.

A part of an answer is held against every run of neighbouring clauses of one sentence of the evidence: the
words, claims and marks must all be of that run; title and headings may add words, never claims or marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.asked import NOTHING, Asked
from assistant.claim_support import supports
from assistant.clauses import Clause, Word
from assistant.evidence_units import Book, Part, Unit, has_kin, joined
from assistant.families import is_everyday
from assistant.marks import Mark
from assistant.turning import MEASURED, PROMISES, RIGHTS, differing, dropped
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class Held:
    """How a part of an answer, held against a unit, came out.

    Attributes:
        reason: Why the unit does not say it: a stable code, then the word or claim; empty if it does.
        covered: Whether the unit has all the words and claims itself, whatever else may differ.
        fit: How much of the words of both they have in common, 0 to 1; 0 where words lack.
        title: Of the article that says it.
        place: Under which heading.
        text: Of the sentence that says it.
    """

    reason: str
    covered: bool = False
    fit: float = 0.0
    title: str = ""
    place: str = ""
    text: str = ""


def held_against(part: Part, whole: Part, unit: Unit, book: Book, lent: Asked = NOTHING) -> Held:
    """Return whether a unit says a part of an answer.

    The shortest run of clauses that has all the words and claims decides: a longer one has marks of its own.

    Args:
        part: What is held against the unit.
        whole: The sentence that it is of: what it says of conditions counts.
        unit: A sentence of the evidence.
        lent: What the question lends.
        book: All the evidence.
    """
    spare = _spare(part)
    for word in part.words:
        if not word.light and not _has(unit, word.key):
            spare -= _price(word, unit.language)
            if spare < 0:
                return Held(_lacking(word))
    for name in part.names:
        if not unit.has_name(name):
            return Held(f"unsupported_name: {name}")
    named = unit.names
    mine = part.names or whole.names
    if mine and named and not any(unit.has_own_name(name) for name in mine):
        return Held(f"other_subject: {named[0]}")
    miss = Held("unsupported")
    covering: list[frozenset[int]] = []
    for places in _runs(unit):
        if any(found <= places for found in covering):
            continue
        why, borrowed = _uncovered(part, _run(unit, places), unit, book, lent)
        if why:
            miss = miss if miss.covered else Held(why)
            if why.startswith("other_subject"):
                covering.append(places)  # more of the sentence would only hide what was put in
            continue
        covering.append(places)
        fit = _fit(part, _run(unit, places), unit.language)
        places = _with_bound(unit, places)
        why = (
            differing(part, _without_advice(part, unit, places), unit, lent)
            or dropped(whole, unit, places, lent)
            or _denied_elsewhere(part, unit, places)
            or ("turned_who" if part.nouns - unit.nouns and unit.nouns - part.nouns else "")
            or _other_label(part, whole, unit, lent)
            or _crossing(part, unit, places)
        )
        if not why:
            return Held("", covered=not borrowed, fit=fit, title=unit.title, place=unit.place, text=unit.text)
        if not miss.covered:
            miss = Held(why, covered=not borrowed, fit=fit)
    return miss


def _without_advice(part: Part, unit: Unit, places: frozenset[int]) -> Part:
    """Return a run without the *not* of advice that an answer leaves out, where it gives the reason.

    "Nie smaruj tłuszczem, bo tłuszcz zatyka pory" says that grease blocks the pores; who says so does not say
    what is not to be done.
    """
    run = _run(unit, places)
    mine = [word.key for word in part.words]
    reasons = [unit.parts[place] for place in sorted(places) if unit.parts[place].reason]
    given = any(
        has_kin(word.key, mine, unit.language) and not (word.light or is_everyday(word.form, unit.language))
        for clause in reasons
        for word in clause.words
    )
    if not given:
        return run
    advice = {turn for clause in unit.parts if not clause.reason for turn in clause.turns}
    left_out = {
        turn
        for turn in advice
        if turn.mark is Mark.NOT and turn.head and not has_kin(turn.head, mine, unit.language)
    }
    return replace(run, turns=tuple(turn for turn in run.turns if turn not in left_out))


def _fit(part: Part, run: Part, language: Language) -> float:
    mine = {word.key for word in part.words if not word.light}
    theirs = {word.key for word in run.words if not word.light}
    shared = sum(has_kin(key, mine, language) for key in theirs)
    return (shared + 1) / (len(theirs) + 1)


def _denied_elsewhere(part: Part, unit: Unit, places: frozenset[int]) -> str:
    """Return whether a part denies what a clause of the run says without a *not*."""
    for turn in part.turns:
        mark, head = turn.mark, turn.head
        if mark not in (Mark.NOT, Mark.ONLY) or not head:
            continue
        having = [
            clause
            for clause in map(unit.parts.__getitem__, places)
            if has_kin(head, (word.key for word in clause.words), unit.language)
        ]
        if not (having or part.said) and mark is Mark.ONLY:
            return "turned_only"
        if having and not any(other.mark is mark for clause in having for other in clause.turns):
            return f"turned_{mark}"
    return ""


def _crossing(part: Part, unit: Unit, places: frozenset[int]) -> str:
    """Return a word of one case where a part takes some words of it and some of another case.

    "Clean leather with a brush and suede with a rubber" does not say that suede is cleaned with a brush.
    """
    if part.clauses > 1:
        return ""
    mine = [word.key for word in part.words]
    torn = []
    for clause in map(unit.parts.__getitem__, sorted(places)):
        content = [w for w in clause.words if not (w.light or is_everyday(w.form, unit.language))]
        left = [w for w in content if not has_kin(w.key, mine, unit.language)]
        whole = clause.subordinate or clause.bound or clause.reason or clause.condition
        if left and len(left) < len(content) and not whole:
            torn.append(left[0])
    return f"other_subject: {torn[0].form}" if len(torn) > 1 else ""


_LABELLED, _LABEL_WORDS = 2, 2
"""A label is all that stands before the colon, in so many words of content at most."""


def _other_label(part: Part, whole: Part, unit: Unit, lent: Asked) -> str:
    """Return a claim that stands under a label, as in "PayPo: 30 dni", if nobody speaks of its label."""
    if unit.told != _LABELLED or not part.said:
        return ""
    told = [known.claim for clause in unit.parts[1 : unit.told] for known in clause.said]
    label = [word.key for word in unit.parts[0].words if not word.light]
    spoken = {word.key for word in whole.words} | lent.keys
    if not label or len(label) > _LABEL_WORDS or any(has_kin(key, spoken, unit.language) for key in label):
        return ""
    for made in part.said:
        if any(supports(known, made.claim) for known in told):
            return f"other_subject: {made.claim.said}"
    return ""


@lru_cache(maxsize=4096)
def _runs(unit: Unit) -> tuple[frozenset[int], ...]:
    """Return the runs of clauses that may say something, shortest first.

    Neighbours; then the first clause with a later one that lists another case: "With cash on delivery, InPost
    costs 20.99 zł and DPD 21.99 zł" says what DPD costs.
    """
    parts, found = unit.parts, []
    for length in range(1, len(parts) + 1):
        for start in range(len(parts) - length + 1):
            if not (start and parts[start].bound) or _opens_anew(parts, start):
                found.append(frozenset(range(start, start + length)))
    for place in range(2, len(parts)):
        left_out = parts[1:place]
        if parts[place].listed and any(clause.said for clause in left_out) and all(map(_is_case, left_out)):
            found.append(frozenset((0, place)))
    return tuple(found)


def _opens_anew(parts: Sequence[Clause], start: int) -> bool:
    """Return whether what follows a colon says something by itself."""
    before = parts[:start]
    states = parts[start].colon and sum(not word.light for clause in before for word in clause.words) > 1
    return states and not any(clause.condition or clause.said for clause in before) and not parts[start].said


def _is_case(clause: Clause) -> bool:
    """Return whether a clause may be left out of a list of cases: it turns nothing."""
    return not (clause.subordinate or clause.turns)


def _with_bound(unit: Unit, places: frozenset[int]) -> frozenset[int]:
    """Return a run with what a colon or a bracket opens: it belongs to what stands before it."""
    start, end = min(places), max(places) + 1
    told = max(end, unit.told)
    while told < len(unit.parts) and unit.parts[told].bound:
        told += 1
    return places | frozenset(range(end, told)) if start or told > end else places


@lru_cache(maxsize=1 << 18)
def _has(unit: Unit, key: str) -> bool:
    """Return whether a unit, or what stands above it, has a word at all: most units are told off by it."""
    return has_kin(key, unit.keys, unit.language) or has_kin(key, unit.context, unit.language)


SHARE_SUPPORTED = 0.6
"""So much of the words of content of a part must be of its evidence; the rest must be everyday words."""


def _spare(part: Part) -> int:
    """Return how many words of a part may be everyday words of its own: none beside a promise."""
    if any(word.form.startswith(PROMISES) for word in part.words):
        return 0
    return int((sum(not word.light for word in part.words) + len(part.said)) * (1 - SHARE_SUPPORTED))


NEVER = 1000
"""No part of an answer is so long."""


def _price(word: Word, language: Language) -> int:
    """Return how much of what a part has to spare a word takes that its evidence does not have."""
    return 1 if is_everyday(word.form, language) else NEVER


def _lacking(word: Word) -> str:
    return f"{'foreign_promise' if word.form.startswith(PROMISES) else 'unsupported_word'}: {word.form}"


LENT_SHARE = 2
"""Of so many words of content, without a claim, less than one may be of what stands above."""


def _uncovered(part: Part, run: Part, unit: Unit, book: Book, lent: Asked) -> tuple[str, int]:
    """Return the first claim or word that a run does not have, and how many words are not its own."""
    for made in part.said:
        if not any(supports(known.claim, made.claim) for known in run.said):
            free = (
                made.claim.kind == "amount" and made.claim.value.startswith("0 ") and Mark.FREE in run.marks
            )
            if not free:
                return f"unsupported_{made.claim.kind}: {made.claim.said}", 0
    values = [made.claim.value for made in part.said]
    for known in run.said:
        if values.count(known.claim.value) > sum(o.claim.value == known.claim.value for o in run.said):
            return f"other_subject: {known.claim.said}", 0
    promised = [word for word in run.words if word.form.startswith(PROMISES)]
    mine = [word for word in part.words if word.form.startswith(PROMISES)]
    for word in mine:
        # Said once more often than the evidence says it, it may be promised anew.
        if len(mine) > len(promised) or not has_kin(word.key, (w.key for w in promised), unit.language):
            return f"foreign_promise: {word.form}", 0
    keys = {word.key for word in run.words if not word.light}
    content = [word for word in part.words if not word.light]
    borrowed = [w for w in content if not has_kin(w.key, keys, unit.language)]
    for word in content:
        # What is said twice must be all of the sentence that says it: "z kontem i bez konta".
        said, there = _often(word, content), _often(word, run.words)
        if said > max(1, there) and _often(word, unit.words) > there:
            return _lacking(word), 0
    spare = _spare(part)
    for word in borrowed:
        if not _has(unit, word.key):
            spare -= _price(word, unit.language)
            if spare < 0:
                return _lacking(word), 0
            continue
        # What its own sentence says elsewhere is not above it.
        if word.form.startswith(PROMISES) or has_kin(word.key, unit.keys, unit.language):
            return _lacking(word), 0
        if not has_kin(word.key, unit.context, unit.language):
            return _lacking(word), 0
        if _is_of_another(word, part, run, unit, book.rivals):
            return f"other_subject: {word.form}", 0
    if Mark.SHOP in run.agents - part.agents and any(word.name for word in borrowed):
        return "turned_who", 0
    if _swapped(content, borrowed, run, unit):
        return f"other_subject: {(borrowed or content)[0].form}", 0
    lent_words = [w for w in borrowed if not is_everyday(w.form, unit.language)]
    if lent_words and len(lent_words) * LENT_SHARE >= len(content) and not part.said:
        return _lacking(lent_words[0]), 0
    return "", len(lent_words)


def _often(word: Word, words: Sequence[Word]) -> int:
    return sum(other.key == word.key for other in words)


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
def _run(unit: Unit, places: frozenset[int]) -> Part:
    return joined([unit.parts[place] for place in sorted(places)])


_OWN_TOPIC = 3
"""A part of so many words and a claim has a subject of its own."""


def shares_topic(part: Part, topic: Part, unit: Unit) -> bool:
    """Return whether a unit speaks of what a sentence began with, where a part does not name its subject."""
    keys = [word.key for word in topic.words if not word.light]
    weight = sum(not word.light for word in part.words) + bool(part.said)
    return weight >= _OWN_TOPIC or not keys or any(_has(unit, key) for key in keys)
