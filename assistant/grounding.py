"""Is this sentence supported by the evidence it cites? Pure and fail-closed: what is in doubt fails.

A sentence passes if it is a fixed phrase or a courtesy of a closed list; if every line of it is made of whole
sentences of its evidence; or if each part of it is said by one sentence of the evidence: its numbers, dates,
names and other words are there, and nothing that turns a meaning (not, may, must, only, before, who) differs
(`assistant/alignment.py`). Orders are told in words that the record allows (`assistant/order_support.py`).
What a shopper wrote is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant import order_support, phrases
from assistant.alignment import Held
from assistant.asked import NOTHING, Asked, answers, asked
from assistant.claim_support import supports
from assistant.claims import Claim, claims
from assistant.clauses import clauses
from assistant.courtesies import claims_nothing, without_opening
from assistant.evidence import Evidence
from assistant.evidence_units import Book, Part, Unit, joined, units
from assistant.marks import Mark
from assistant.parting import held_by, refused_in_parts
from assistant.sentences import bare
from assistant.sizing import fits
from assistant.writer import DraftSentence
from foundation.language import Language
from knowledge.passage import Passage

__all__ = ["SUPPORTED", "Verdict", "check", "supports"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may be shown; `reason` says why not (a stable code, then the claim as said)."""

    supported: bool
    reason: str = ""


SUPPORTED = Verdict(True)

_MAX_CLAUSES = 12
"""A longer sentence is no answer of ours; how it could be parted grows with each."""


def check(sentence: DraftSentence, evidence: Mapping[str, Evidence], question: str = "") -> Verdict:
    """Check one sentence against the evidence it names.

    Args:
        sentence: What would be shown.
        evidence: This turn's evidence by id.
        question: What was asked: a mere yes or no answers it, and a condition that it meets is met.

    Returns:
        A verdict; with reason ``unknown_evidence: <id>``, ``false_quote: <words>``, ``no_evidence``,
        ``unsupported_<kind>: <claim>`` (a kind of `Claim`, or ``word``), ``foreign_promise: <word>``,
        ``other_subject: <claim>``, ``turned_bound: <claim>``, ``turned_<mark>`` (a `Mark`, or ``who``),
        ``dropped_condition: <word>``, ``contradicts_its_yes_or_no``, ``too_long``, or ``says_nothing``.
    """
    if _needs_none(sentence.text):
        return SUPPORTED
    cited: list[Evidence] = []
    for evidence_id in sentence.evidence:
        if evidence_id not in evidence:
            return Verdict(False, f"unknown_evidence: {evidence_id}")
        cited.append(evidence[evidence_id])
    for evidence_id, quote in sentence.quotes:
        source = evidence.get(evidence_id)
        if source is None or not quote.strip() or quote not in source.text:
            return Verdict(False, f"false_quote: {quote}")
    if not cited:
        return Verdict(False, "no_evidence")
    if _all_quoted(sentence.text, tuple(cited)):
        return SUPPORTED
    for line in _lines(sentence.text):
        reason = _refused(line, cited, question)
        if reason:
            return Verdict(False, reason)
    return SUPPORTED


@lru_cache(maxsize=4096)
def _needs_none(text: str) -> bool:
    """Return whether a sentence needs no evidence."""
    return phrases.kind_of(text) is not None or claims_nothing(text)


def _all_quoted(text: str, cited: tuple[Evidence, ...]) -> bool:
    """Return whether every line of a sentence is made of whole sentences of its evidence."""
    of_articles = all(source.passage is not None for source in cited)
    return (_known_quoted if of_articles else _every_line_quoted)(text, cited)


def _every_line_quoted(text: str, cited: tuple[Evidence, ...]) -> bool:
    return all(_quoted(line, cited) for line in _lines(text))


_known_quoted = lru_cache(maxsize=2048)(_every_line_quoted)
"""Of articles, whose sentences are said again and again."""


def _refused(said: str, cited: Sequence[Evidence], question: str) -> str:
    """Return why a line is not said by the evidence; empty if it is."""
    line = without_opening(said)
    if question and _sized(line, cited, question):
        return ""
    known = [claim for source in cited for claim in _claims(source.text)]
    for made in claims(line):
        elsewhere = made.kind == "number" or (made.kind == "amount" and made.value.startswith("0 "))
        if not elsewhere and not any(supports(claim, made) for claim in known):
            return f"unsupported_{made.kind}: {made.said}"
    reasons = [
        _refused_in(line, _of(cited, language), language, answers(said), question)
        for language in dict.fromkeys(source.language for source in cited)
    ]
    return "" if "" in reasons else reasons[0]


def _sized(line: str, cited: Sequence[Evidence], question: str) -> bool:
    """Return whether a line says of the shopper's own measure what a size table has for it."""
    return any(
        fits(line, question, asked(question, language), _book(_of(cited, language), language))
        for language in dict.fromkeys(source.language for source in cited)
        if language is not None
    )


def _of(cited: Sequence[Evidence], language: Language | None) -> tuple[Evidence, ...]:
    return tuple(source for source in cited if source.language is language)


@lru_cache(maxsize=2048)
def _claims(text: str) -> tuple[Claim, ...]:
    return claims(text)


def _refused_in(
    line: str, cited: Sequence[Evidence], language: Language | None, yes: bool | None, question: str
) -> str:
    """Return why a line is not said by evidence of one language, or by orders."""
    if language is None:
        return order_support.refused(line, cited)
    lent = asked(question, language)
    read = clauses(line, language)
    if not read or len(read) > _MAX_CLAUSES:
        return "says_nothing" if not read else "too_long"
    said_by = _book(tuple(cited), language)
    whole = joined(read)
    bare = not whole.said and all(word.light for word in whole.words)
    if bare and whole.marks <= _MODAL | {Mark.NOT}:
        return _answered(whole, lent, said_by, yes)
    if lent.proposition and yes is not None:
        found = _question_held(lent, said_by)
        if found.covered and (found.reason in _DENIES if yes else not found.reason):
            return "contradicts_its_yes_or_no"
    if yes and lent.proposition:
        marks = frozenset(turn.mark for clause in lent.proposition for turn in clause.turns)
        lent = replace(lent, granted=marks)
    return refused_in_parts(read, whole, said_by, lent)


_DENIES = frozenset({"turned_not", "turned_free"})


def _question_held(lent: Asked, said_by: Book) -> Held:
    """Return how what a yes would say came out against the evidence."""
    said = joined(lent.proposition)
    return held_by(said, said, said_by, NOTHING, joined(()), alone=True)


_MODAL = frozenset({Mark.CAN, Mark.MAY, Mark.MUST})


def _answered(whole: Part, lent: Asked, said_by: Book, yes: bool | None) -> str:
    """Return why a mere yes or no is not what the evidence answers; empty if it is."""
    denied = yes is False or Mark.NOT in whole.marks
    said = joined(lent.proposition)
    if not lent.proposition or (yes and Mark.NOT in whole.marks):
        return "says_nothing"
    if (whole.marks - {Mark.NOT}) - said.marks or whole.said:
        return "says_nothing"
    found = _question_held(lent, said_by)
    if not found.covered:
        return "says_nothing"
    holds = found.reason == "turned_not" if denied else not found.reason
    return "" if holds else "says_nothing"


@lru_cache(maxsize=256)
def _book(cited: tuple[Evidence, ...], language: Language) -> Book:
    return Book(tuple(unit for source in cited for unit in _units(source)), language)


def _units(source: Evidence) -> Sequence[Unit]:
    passage = source.passage
    language = source.language or Language.PL
    if passage is None:
        return units(source.text, "", "", language)
    return units(source.text, passage.title, passage.heading, language)


def _lines(text: str) -> Sequence[str]:
    return [line for line in map(bare, text.split("\n")) if line]


def _quoted(line: str, cited: Sequence[Evidence]) -> bool:
    if any(source.passage is not None and _heads(line, source.passage) for source in cited):
        return True
    # Records are fields, not sentences: what stands in one is told in words (`order_support`).
    texts = [source.text for source in cited if source.language is not None]
    return any(_stands_in(line, bare(part)) for text in texts for part in text.split("\n"))


def _heads(line: str, passage: Passage) -> bool:
    """Return whether a line is the passage's own heading, as an introduction of what stands under it."""
    return bool(passage.heading) and line.removesuffix(":") == passage.heading.split(" › ")[-1]


def _stands_in(words: str, text: str) -> bool:
    """Return whether `words` are whole sentences of `text`: "można" is no quote of "nie można"."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if (start == 0 or _SENTENCE_END.search(text[:start])) and (end == len(text) or text[end] == " "):
            return end == len(text) or _SENTENCE_END.search(text[:end] + " ") is not None
        start = text.find(words, start + 1)
    return False


_SENTENCE_END = re.compile(r"[.!?…:;][)\]”\"'»]*\s$")
