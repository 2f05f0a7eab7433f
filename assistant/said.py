"""What the assistant has said before, known by its fixed texts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from assistant import phrases
from assistant.brief import Utterance
from assistant.phrases import Phrase
from handoff.policy import HandoffReason

CASE_WORDS = {
    HandoffReason.COMPLAINT: (Phrase.HANDOFF_COMPLAINT, Phrase.HANDOFF_COMPLAINT_ALONE),
    HandoffReason.UNUSUAL_CASE: (Phrase.HANDOFF_UNUSUAL, Phrase.HANDOFF_UNUSUAL_ALONE),
}
"""What is said of a case that a person gets: after an answer, and when there is none."""

UNSURE = (Phrase.ABSTAIN, Phrase.ASK_BACK)
"""What a reply opens with that answered nothing."""

UNSURE_AGAIN = (Phrase.HANDOFF_UNSURE, Phrase.HANDOFF_NO_GUESS)
"""What is said when a person is called after the second such turn."""


def unsure_before(history: Sequence[Utterance]) -> int:
    """Count the assistant's last replies in a row that answered nothing; a person's word ends the row."""
    count = 0
    for utterance in reversed(history):
        if utterance.by == "agent":
            break
        if utterance.by == "assistant":
            if not phrases.opens_with(utterance.body, *UNSURE):
                break
            count += 1
    return count


def asked_back(history: Sequence[Utterance]) -> bool:
    """Return whether the assistant's last reply asked back."""
    return phrases.opens_with(_last_reply(history), Phrase.ASK_BACK)


def offered_topics(history: Sequence[Utterance]) -> bool:
    """Return whether the assistant's last reply asked which of some topics is meant."""
    return phrases.contains(_last_reply(history), Phrase.WHICH_TOPIC, Phrase.NEAR_TOPICS)


def asked_for(history: Sequence[Utterance], *asked: Phrase) -> bool:
    """Return whether the assistant's last reply asked for something by one of the given texts."""
    return phrases.contains(_last_reply(history), *asked)


def began(history: Sequence[Utterance]) -> int:
    """Return the place of the first message that the assistant's last reply answered; the length if none."""
    place = next((n for n in reversed(range(len(history))) if history[n].by == "assistant"), len(history))
    while place and history[place - 1].by == "shopper":
        place -= 1
    return place


def asked_before(history: Sequence[Utterance]) -> str:
    """Return the messages that the assistant's last reply answered, a line each."""
    return "\n".join(u.body for u in takewhile(lambda u: u.by == "shopper", history[began(history) :]))


def _last_reply(history: Sequence[Utterance]) -> str:
    last = next((u for u in reversed(history) if u.by in ("assistant", "agent")), None)
    return last.body if last is not None and last.by == "assistant" else ""


def consoled(history: Sequence[Utterance]) -> bool:
    """Return whether the assistant has said a kind word before."""
    return any(u.by == "assistant" and phrases.contains(u.body, Phrase.SORRY) for u in history)


def passed_on(history: Sequence[Utterance], reason: HandoffReason) -> bool:
    """Return whether the assistant has called a person for this reason before."""
    return any(u.by == "assistant" and phrases.contains(u.body, *CASE_WORDS[reason]) for u in history)
