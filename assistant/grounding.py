"""Is this sentence supported by the evidence it cites? Pure and fail-closed: what is in doubt fails.

Two questions: does every claim (number, amount, date, duration, code, link…) stand in the cited evidence; and
is the sentence, if it makes no claim, a quote of the evidence or a fixed phrase of ours? What a shopper
wrote is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import phrases
from assistant.claims import Claim, claims
from assistant.evidence import Evidence
from assistant.sentences import bare
from assistant.writer import DraftSentence
from knowledge.passage import Passage


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may be shown; `reason` says why not (a stable code, then the claim as said)."""

    supported: bool
    reason: str = ""


SUPPORTED = Verdict(True)


def check(sentence: DraftSentence, evidence: Mapping[str, Evidence]) -> Verdict:
    """Check one sentence against the evidence it names.

    Args:
        sentence: What would be shown.
        evidence: This turn's evidence by id.

    Returns:
        A verdict; with reason ``unknown_evidence: <id>``, ``false_quote: <words>``,
        ``unsupported_<kind>: <claim>`` or ``not_a_quote``.
    """
    if phrases.kind_of(sentence.text) is not None:
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
    if cited and all(_quoted(line, cited) for line in _lines(sentence.text)):
        return SUPPORTED
    made = claims(sentence.text)
    known = [claim for source in cited for claim in claims(source.text)]
    for claim in made:
        if not any(supports(k, claim) for k in known):
            return Verdict(False, f"unsupported_{claim.kind}: {claim.said}")
    return SUPPORTED if made else Verdict(False, "not_a_quote")


def supports(known: Claim, made: Claim) -> bool:
    """Return whether a claim of the evidence supports one that is made.

    A day and month without a year are supported by the same day of any year. A plain number is supported by
    the same number in any plain, dated or counted form; nothing else crosses kinds.
    """
    if made.kind == known.kind:
        if made.value == known.value:
            return True
        return made.kind == "date" and made.value.startswith("*-") and made.value[2:] == known.value[-5:]
    if made.kind == "number":
        return known.kind in ("duration", "amount", "percent") and known.value.split(" ")[0] == made.value
    # A run of digits may be read as a phone in one text and as a code or a number in another.
    if {made.kind, known.kind} <= {"phone", "code", "number"}:
        return re.sub(r"\D", "", made.value) == re.sub(r"\D", "", known.value) and len(made.value) >= 5
    return False


def _lines(text: str) -> Sequence[str]:
    return [line for line in map(bare, text.split("\n")) if line]


def _quoted(line: str, cited: Sequence[Evidence]) -> bool:
    if any(source.passage is not None and _heads(line, source.passage) for source in cited):
        return True
    return any(_stands_in(line, bare(part)) for source in cited for part in source.text.split("\n"))


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
