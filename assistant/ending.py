"""How a turn ends, but for what was said. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import phrases, said
from assistant.brief import Intent, Outcome, Suggestion
from assistant.phrases import Phrase
from handoff.policy import HandoffReason


@dataclass(slots=True)
class Ending:
    """An outcome with what follows from it.

    Attributes:
        intent: Instead of what the messages were understood as; None keeps that.
        reason: Why a person is called, on handoff.
        confidence: 0 to 1.
        suggestions: The buttons under the answer.
    """

    outcome: Outcome = Outcome.ANSWERED
    intent: Intent | None = None
    reason: HandoffReason | None = None
    confidence: float = 1.0
    suggestions: tuple[Suggestion, ...] = ()


def of_shown(shown: tuple[str, ...], ending: Ending) -> Ending:
    """Return the ending that fits what an earlier try has shown: a promise of a person is kept."""
    kinds = {phrases.kind_of(sentence) for sentence in shown}
    for case, words in said.CASE_WORDS.items():
        # What the shopper told calls a person, however far the telling of it came.
        if kinds & set(words) or ending.reason is case:
            return Ending(Outcome.HANDOFF, reason=case, confidence=ending.confidence)
    if kinds & {Phrase.HANDOFF_ASKED, *said.UNSURE_AGAIN}:
        asked = Phrase.HANDOFF_ASKED in kinds
        reason = HandoffReason.ASKED_FOR_PERSON if asked else HandoffReason.UNSURE_TWICE
        return Ending(Outcome.HANDOFF, reason=reason, confidence=ending.confidence)
    if Phrase.HANDOFF_SOONER in kinds:
        return Ending(Outcome.HANDOFF, reason=HandoffReason.RATED_LOW_BEFORE, confidence=ending.confidence)
    outcome = Outcome.ABSTAINED if kinds & set(said.UNSURE) else Outcome.ANSWERED
    return Ending(outcome, confidence=ending.confidence, suggestions=ending.suggestions)
