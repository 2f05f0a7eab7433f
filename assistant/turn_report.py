"""What is told of a turn to whoever watches: counters, a span and a line of the log, never what was said."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from assistant.brief import Outcome, TurnResult
from conversation.turns import REPLY_PREFIX, ClaimedTurn
from foundation.clock import Clock
from foundation.logs import about
from foundation.measures import Counter, Histogram
from foundation.tracing import Span, span

logger = logging.getLogger("okienko.assistant")

_ENDS = ("failed", "lost", "outdated", "given_back", "assistant_off", "suggested")
_TURNS = Counter(
    "turns",
    "Turns of the assistant, by how they ended and who wrote.",
    outcome=(*(outcome.value for outcome in Outcome), *_ENDS),
    writer=("extractive", "llm", "none"),
)
_STAGES = Histogram(
    "turn_stage_seconds",
    "Time of a turn's stages, those inside one another not counted twice.",
    stage=("understand", "retrieve", "orders", "write", "verify", "show"),
)
_WHOLE = Histogram("turn_seconds", "Time of a whole turn, from its claim to its end in the database.")
_REPLY = Histogram("reply_seconds", "Time from a shopper's first unanswered message to the reply.")


class TurnReport:
    """Tells of one turn when it is over; use it as a context around the turn."""

    def __init__(self, turn: ClaimedTurn, clock: Clock) -> None:
        self._turn, self._clock = turn, clock
        self._outcome, self._writer = "failed", "none"
        self._stack = ExitStack()
        self._started = time.perf_counter()

    def __enter__(self) -> Self:
        """Begin the turn's span, below that of the newest message that it answers."""
        turn = self._turn
        message = (turn.conversation_id, turn.reply_cid.removeprefix(REPLY_PREFIX))
        self._stack.enter_context(about(conversation=turn.conversation_id, turn=turn.id))
        self._span: Span = self._stack.enter_context(
            span(
                "turn",
                below=message,
                conversation=turn.conversation_id,
                turn=turn.id,
                attempt=turn.attempts,
            )
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell."""
        seconds = time.perf_counter() - self._started
        _TURNS.add(outcome=self._outcome, writer=self._writer)
        _WHOLE.observe(seconds)
        self._span.note(outcome=self._outcome, writer=self._writer)
        logger.info("a turn ended", extra={"outcome": self._outcome, "ms": round(seconds * 1000, 1)})
        self._stack.__exit__(kind, error, trace)

    def answered(self, result: TurnResult, *, suggested: bool = False) -> None:
        """Note how a turn ended whose reply is in the log, or its suggestion for agents."""
        self._outcome = "suggested" if suggested else result.outcome.value
        self._writer = str(result.writing.get("writer") or "none")
        for stage, milliseconds in result.stage_ms.items():
            _STAGES.observe(milliseconds / 1000, stage=stage)
        if not suggested:
            waited = self._clock.now() - self._turn.asked_at
            _REPLY.observe(waited.total_seconds())

    def ended(self, how: str) -> None:
        """Note that a turn ended without a reply, by a name of `_ENDS`."""
        self._outcome = how

    def failed(self, error: Exception) -> None:
        """Note that a turn broke, and of which kind of error."""
        self._outcome = "failed"
        self._span.fail(type(error).__name__)
