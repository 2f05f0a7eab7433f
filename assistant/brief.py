"""What a turn is given and what it returns. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from customer.proof import Guest
from foundation.language import Language
from foundation.style import Style


class Intent(StrEnum):
    """What the shopper wants, as far as code tells it."""

    QUESTION = "question"
    ORDER_STATUS = "order_status"
    RETURN = "return"
    WANTS_PERSON = "wants_person"
    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT_ASSISTANT = "about_assistant"
    OFF_TOPIC = "off_topic"
    EMPTY = "empty"


class Subject(StrEnum):
    """A part of a shop's work."""

    ORDER_STATUS = "order_status"
    CANCELLATION = "cancellation"
    ORDER_CHANGE = "order_change"
    BUYING = "buying"
    ADDRESS = "address"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    INVOICE = "invoice"
    REFUND = "refund"
    RETURN = "return"
    COMPLAINT = "complaint"
    ACCOUNT = "account"
    NEWSLETTER = "newsletter"
    REVIEW = "review"
    CONTACT = "contact"
    PERSON = "person"
    OTHER = "other"


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class Utterance:
    """An earlier message of the conversation.

    Attributes:
        by: ``shopper``, ``assistant``, ``agent`` or ``system``.
        sources: Of the assistant's: what it rested on, as ``article:<title>`` or an evidence's id.
    """

    by: str
    body: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A turn to take.

    Attributes:
        messages: The shopper's messages not answered yet, oldest first; at least one.
        history: What was said before, oldest first.
        language: The conversation's language so far; the prior for short questions.
        forced_language: Answer in this one whatever the question's is.
        languages: What the shop speaks.
        customer_id: Proved by the session, or None for a guest. Never taken from text.
        now: The moment, aware.
        guest: Who chats without being a known customer; None where nobody can prove anything.
        short_answers: The shopper wishes short answers.
        style: How the shopper is addressed: as the shop is set, or as they wish.
    """

    messages: tuple[str, ...]
    language: Language
    now: datetime
    history: tuple[Utterance, ...] = ()
    forced_language: Language | None = None
    languages: tuple[Language, ...] = tuple(Language)
    customer_id: str | None = None
    guest: Guest | None = None
    short_answers: bool = False
    style: Style = Style.INFORMAL


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """The words of a passage that a statement rests on; `quote` is a literal part of its text."""

    passage_id: str
    article_id: str
    article_version: int
    title: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button under the answer: tapping sends `send`, or calls a person when `action` is ``ask_human``."""

    label: str
    send: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that was to be said.

    Attributes:
        evidence: Ids of what it rests on.
        reason: Why verification refused it; empty if it was shown.
    """

    text: str
    evidence: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TurnResult:
    r"""How a turn ended, with everything that a transcript keeps.

    Attributes:
        sentences: In order; each was verified before it was shown. Joined by a space or a line break
            (a sentence may start with ``\n`` to open a line of its own) they are the answer.
        handoff_reason: A stable code (``asked_for_person``, ``complaint``…), set on handoff.
        confidence: 0 to 1.
        intent: What the shopper was taken to want.
        stage_ms: Milliseconds by stage (``understand``, ``retrieve``, ``orders``, ``write``, ``verify``).
        checked: Every sentence of the writer with its evidence and verdict; for the transcript.
        writing: How it was written: writer, model, tokens, cost, milliseconds (`WritingRecord.as_json`).
        subject: What part of the shop's work the messages were about, for the owner.
        library_state: Number of the articles' published state that was searched; 0 if none was.
    """

    outcome: Outcome
    language: Language
    intent: Intent
    sentences: tuple[str, ...]
    citations: tuple[CitedQuote, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    handoff_reason: str | None = None
    confidence: float = 0.0
    stage_ms: Mapping[str, float] = field(default_factory=dict)
    checked: tuple[Checked, ...] = ()
    writing: Mapping[str, Any] = field(default_factory=dict)
    subject: Subject = Subject.OTHER
    library_state: int = 0

    @property
    def dropped(self) -> tuple[tuple[str, str], ...]:
        """Sentences that verification refused, each with why; never shown."""
        return tuple((checked.text, checked.reason) for checked in self.checked if checked.reason)

    @property
    def sources(self) -> tuple[str, ...]:
        """What was said rests on this besides articles: orders, products, what is computed."""
        shown = [checked for checked in self.checked if not checked.reason]
        return tuple(dict.fromkeys(one for checked in shown for one in checked.evidence if "#" not in one))

    @property
    def answer(self) -> str:
        """The answer as one text."""
        text = ""
        for sentence in self.sentences:
            text += sentence if not text or sentence.startswith("\n") else " " + sentence
        return text.strip()
