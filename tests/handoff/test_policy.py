"""When a person takes over."""

from __future__ import annotations

import pytest

from handoff.policy import HandoffReason, Rule, Signals, decide


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        (Signals(), None),
        (Signals(asked_for_person=True), HandoffReason.ASKED_FOR_PERSON),
        (Signals(complaint=True), HandoffReason.COMPLAINT),
        (Signals(unusual=True), HandoffReason.UNUSUAL_CASE),
        (Signals(complaint=True, unusual=True), HandoffReason.COMPLAINT),
        (Signals(asked_for_person=True, complaint=True, unusual=True), HandoffReason.ASKED_FOR_PERSON),
        (Signals(unusual=True, unsure_now=True, unsure_before=1), HandoffReason.UNUSUAL_CASE),
        (Signals(unsure_now=True), None),
        (Signals(unsure_before=3), None),
        (Signals(rated_low_before=True), None),
        (Signals(unsure_now=True, rated_low_before=True), HandoffReason.RATED_LOW_BEFORE),
        (Signals(unsure_now=True, unsure_before=1), HandoffReason.UNSURE_TWICE),
        (Signals(unsure_now=True, unsure_before=5), HandoffReason.UNSURE_TWICE),
        (Signals(asked_for_person=True, unsure_now=True, unsure_before=1), HandoffReason.ASKED_FOR_PERSON),
    ],
)
def test_reason(signals: Signals, reason: HandoffReason | None) -> None:
    decision = decide(signals)
    assert decision.reason is reason
    assert decision.hands_off is (reason is not None)


def test_rules_are_data_and_tried_in_order() -> None:
    rules = (Rule(HandoffReason.UNSURE_TWICE, lambda s: s.asked_for_person),)
    assert decide(Signals(asked_for_person=True), rules).reason is HandoffReason.UNSURE_TWICE
    assert decide(Signals(asked_for_person=True), ()).reason is None


def test_codes_are_stable() -> None:
    assert {r.value for r in HandoffReason} >= {
        "asked_for_person",
        "complaint",
        "unusual_case",
        "unsure_twice",
        "rated_low_before",
    }
