"""The seam behind which answers are written: without an LLM (`extractive.py`) or with one. No I/O here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from assistant.brief import Intent, Utterance
from assistant.evidence import Evidence
from customer.model import Customer
from foundation.language import Language
from foundation.style import Style


class Redaction(Protocol):
    """Takes personal data out of what leaves the machine, and puts it back into what comes. One a turn."""

    def notice(self, texts: Iterable[str]) -> None:
        """Learn who is who in all texts of the turn as they were written, before the first is redacted."""
        ...

    def redact(self, text: str) -> str:
        """Return a text that people wrote with placeholders for personal data."""
        ...

    def escape(self, text: str) -> str:
        """Return a text without personal data with nothing in it that looks like a placeholder."""
        ...

    def restore(self, text: str) -> Restored:
        """Return `text` with the data that its placeholders stand for."""
        ...


class Restored(Protocol):
    """A text with its personal data back in.

    Attributes:
        invented: Placeholders that stand for nothing: the model made them up. They are left in the text.
    """

    @property
    def text(self) -> str: ...  # noqa: D102 - described above

    @property
    def invented(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(slots=True)
class WritingRecord:
    """How an answer was written, filled in by the writer; a turn gives one to all its briefs.

    Attributes:
        writer: ``llm`` or ``extractive``; empty while nothing was written.
        why: Why the model did not write, or stopped (a stable code); empty when all went well.
        model: The model that was asked last.
        tries: How often a model was asked, failed calls included.
        prompt_tokens: Of all tries; the most it can have been where the server did not say (`estimated`).
        cost: In the currency of the prices that are set; None without prices.
        first_token_ms: From the beginning of the writing to the first words of the model.
        left_out: Lines of the model that could not be used, each with why; never shown.
    """

    writer: str = ""
    why: str = ""
    model: str = ""
    tries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cost: Decimal | None = None
    first_token_ms: float | None = None
    total_ms: float = 0.0
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it for a transcript."""
        return {
            "writer": self.writer,
            "why": self.why,
            "model": self.model,
            "tries": self.tries,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "estimated": self.estimated,
            "cost": None if self.cost is None else str(self.cost),
            "first_token_ms": self.first_token_ms,
            "total_ms": self.total_ms,
            "left_out": [list(pair) for pair in self.left_out],
        }


@dataclass(frozen=True, slots=True)
class WritingBrief:
    """What to answer, in which language, from what.

    Attributes:
        question: The shopper's words without greetings, a follow-up's context included.
        evidence: Best first. Nothing else may be said.
        history: What was said before, oldest first; material, never evidence.
        now: The moment, aware.
        conversation_id: Whose limits of tokens and money count; empty outside a chat.
        customer: Whose record is taken out of what leaves the machine; never evidence.
        redaction: Knows this conversation's people; None: the writer makes its own.
        record: What the writer notes down; the same for all briefs of a turn, of which one asks a model.
        style: How the shopper is addressed.
        short: The shopper wishes short answers.
        messages: What is asked as the shopper wrote it. `question` may stand in other words, among which a
            telephone number looks like an order's.
        sure: How likely the best passage answers, 0 to 1; None where the shopper has chosen the topic.
        tentative: The passages are not sure enough to be answered from; a sentence of theirs may be.
    """

    question: str
    language: Language
    intent: Intent
    evidence: tuple[Evidence, ...]
    now: datetime
    history: tuple[Utterance, ...] = ()
    conversation_id: str = ""
    customer: Customer | None = None
    redaction: Redaction | None = None
    record: WritingRecord = field(default_factory=WritingRecord)
    style: Style = Style.INFORMAL
    short: bool = False
    messages: tuple[str, ...] = ()
    sure: float | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class DraftSentence:
    r"""A sentence that has not been verified yet.

    Attributes:
        text: As it would be shown; a leading ``\n`` opens a line of its own.
        evidence: Ids of the evidence it rests on; empty for a fixed phrase.
        quotes: ``(evidence id, words)``: literal parts of passages, to be highlighted in the source.
    """

    text: str
    evidence: tuple[str, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()


class Writer(Protocol):
    """Writes an answer sentence by sentence. Each one is verified by the caller before it is shown."""

    def write(self, draft: WritingBrief) -> AsyncIterator[DraftSentence]:
        """Yield the answer's sentences in order; none when the evidence answers nothing."""
        ...
