"""Should a person take over, and why? Pure: signals in, decision out, no I/O.

The rules are data, tried in order; the first that holds gives the reason. A later rule (a complaint with a
clock) is one more signal and one more row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class HandoffReason(StrEnum):
    """Why a person is called. Stored in the log: codes stay as they are once released."""

    ASKED_FOR_PERSON = "asked_for_person"
    COMPLAINT = "complaint"
    UNUSUAL_CASE = "unusual_case"
    UNSURE_TWICE = "unsure_twice"
    RATED_LOW_BEFORE = "rated_low_before"


@dataclass(frozen=True, slots=True)
class Signals:
    """What a turn knows when it asks for a decision.

    Attributes:
        asked_for_person: The shopper asked for a person in this turn.
        complaint: The shopper tells of a grievance of their own that nobody was called for yet.
        unusual: The shopper tells of a case that articles cannot settle, and nobody was called for it yet.
        unsure_now: This turn found no supported answer.
        unsure_before: How many of the assistant's last replies in a row said "I don't know"; 0 or more.
        rated_low_before: An earlier conversation of this customer was rated low, and they agreed that it is
            looked at.
    """

    asked_for_person: bool = False
    complaint: bool = False
    unusual: bool = False
    unsure_now: bool = False
    unsure_before: int = 0
    rated_low_before: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason and when it holds."""

    reason: HandoffReason
    holds: Callable[[Signals], bool]


@dataclass(frozen=True, slots=True)
class HandoffDecision:
    """`reason` is None when the assistant goes on."""

    reason: HandoffReason | None = None

    @property
    def hands_off(self) -> bool:
        """Whether a person is called."""
        return self.reason is not None


UNSURE_IN_A_ROW = 2
"""So many answers of "I don't know" in a row call a person: once may be a clumsy question, twice is a gap."""

RULES: tuple[Rule, ...] = (
    Rule(HandoffReason.ASKED_FOR_PERSON, lambda s: s.asked_for_person),
    Rule(HandoffReason.COMPLAINT, lambda s: s.complaint),
    Rule(HandoffReason.UNUSUAL_CASE, lambda s: s.unusual),
    Rule(HandoffReason.UNSURE_TWICE, lambda s: s.unsure_now and s.unsure_before + 1 >= UNSURE_IN_A_ROW),
    Rule(HandoffReason.RATED_LOW_BEFORE, lambda s: s.unsure_now and s.rated_low_before),
)


def decide(signals: Signals, rules: Sequence[Rule] = RULES) -> HandoffDecision:
    """Return the reason of the first rule that holds; no reason when none does."""
    for rule in rules:
        if rule.holds(signals):
            return HandoffDecision(rule.reason)
    return HandoffDecision()
