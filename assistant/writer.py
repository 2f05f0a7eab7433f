"""The seam behind which answers are written: without an LLM (`extractive.py`) or with one. No I/O here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.brief import Intent, Utterance
from assistant.evidence import Evidence
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class WritingBrief:
    """What to answer, in which language, from what.

    Attributes:
        question: The shopper's words without greetings, a follow-up's context included.
        evidence: Best first. Nothing else may be said.
        history: What was said before, oldest first; material, never evidence.
        now: The moment, aware.
    """

    question: str
    language: Language
    intent: Intent
    evidence: tuple[Evidence, ...]
    now: datetime
    history: tuple[Utterance, ...] = ()


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
