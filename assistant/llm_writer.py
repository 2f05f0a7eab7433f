"""Writes with a language model: one call a turn, within limits of time, tokens and money; else without one.

What a model writes is not trusted: sentences without a source of this turn are left out here, all others
are verified by the caller. Where no model answers, or nothing of it holds, the extractive writer writes.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from decimal import Decimal

from assistant.evidence import Evidence, by_id
from assistant.llm import Models, Piece
from assistant.llm_caps import CapReached, Price, Purse, PutAside
from assistant.llm_lines import LineReader
from assistant.llm_report import CallReport, cap_kept_away, known_models
from assistant.llm_retries import ModelTrouble, wait_seconds
from assistant.prompt import Prompt, compose
from assistant.writer import DraftSentence, Redaction, Writer, WritingBrief, WritingRecord
from foundation.errors import OkienkoError

logger = logging.getLogger("okienko.assistant")

MAX_ANSWER_CHARS = 20_000
"""Thinking aloud included."""

Passes = Callable[[DraftSentence, Mapping[str, Evidence], str], bool]
"""Whether the caller will show a sentence of an answer to a question."""


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model by its name on the server, and what it costs."""

    name: str
    price: Price | None = None


class LlmWriter:
    """The `Writer` that asks a model.

    Args:
        models: Where models are asked.
        choice: Which ones, the first one first; the next one is asked when it fails.
        instead: Writes when no model does.
        purse: Keeps the caps.
        redaction: Makes what takes personal data out, for briefs that bring none of their own.
        passes: Whether a sentence will be shown. If none is, `instead` writes after them.
        pause: Waits before a model is asked again.
        draw: Gives numbers from 0 to 1.
    """

    def __init__(
        self,
        models: Models,
        choice: tuple[PricedModel, ...],
        *,
        instead: Writer,
        purse: Purse,
        redaction: Callable[[WritingBrief], Redaction],
        passes: Passes,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._models, self._choice = models, choice
        self._instead, self._purse, self._redaction = instead, purse, redaction
        self._passes, self._pause, self._draw = passes, pause, draw
        known_models(model.name for model in choice)

    async def warm_up(self) -> None:
        """Import what asking a model needs."""
        for model in self._choice:
            await self._models.warm_up(model.name)

    async def close(self) -> None:
        """Close the connections."""
        await self._models.close()

    async def write(self, draft: WritingBrief) -> AsyncIterator[DraftSentence]:
        """Yield a model's sentences as they come, or those of the writer without one."""
        record, started = draft.record, _now()
        if draft.evidence and record.tries == 0 and not draft.tentative:
            known, held = by_id(draft.evidence), False
            async with aclosing(self._ask(draft, started)) as sentences:
                async for sentence in sentences:
                    record.writer = "llm"
                    # A lead-in alone says nothing.
                    held = held or (
                        not sentence.text.endswith(":") and self._passes(sentence, known, draft.question)
                    )
                    yield sentence
            record.total_ms = _milliseconds(started)
            if held or record.why == "no_answer":
                record.writer = "llm"
                return
            record.why = record.why or ("nothing_held" if record.writer else "nothing_said")
        elif record.tries:
            record.why = record.why or "one_call"
        if not draft.tentative:
            record.writer = "extractive"
        async for sentence in self._instead.write(draft):
            yield sentence

    async def _ask(self, draft: WritingBrief, started: float) -> AsyncGenerator[DraftSentence, None]:
        """Yield what the first model says that answers; once something was said, nobody else is asked."""
        redaction = draft.redaction or self._redaction(draft)
        prompt = compose(draft, mark=secrets.token_hex(8), redaction=redaction)
        deadline = started + self._models.server.timeout_seconds
        for model in self._choice:
            tried = 0
            while True:
                if _now() >= deadline:
                    return
                tried += 1
                call = _Call(model, prompt, LineReader(prompt, redaction.restore), draft)
                said = False
                try:
                    async with aclosing(self._call(call, started, deadline)) as sentences:
                        async for sentence in sentences:
                            said = True
                            yield sentence
                    return
                except CapReached as reached:
                    draft.record.why = reached.code
                    cap_kept_away(reached.code)
                    logger.info("a limit is reached (%s): the articles are quoted", reached.code)
                    return
                except ModelTrouble as trouble:
                    draft.record.why = trouble.code
                    logger.warning("the model %s did not answer to the end: %s", model.name, trouble.says)
                    if said:
                        return
                    wait = wait_seconds(tried, trouble, left_seconds=deadline - _now(), draw=self._draw)
                if wait is None:
                    break
                await self._pause(wait)

    async def _call(
        self, call: _Call, started: float, deadline: float
    ) -> AsyncGenerator[DraftSentence, None]:
        """Ask a model once; yield its sentences; count what it used, whatever happens."""
        record, reader, server = call.draft.record, call.reader, self._models.server
        most = (call.prompt.most_tokens, server.max_tokens)
        aside = await self._purse.put_aside(
            call.draft.conversation_id, call.model.price, prompt_tokens=most[0], completion_tokens=most[1]
        )
        record.tries, record.model = record.tries + 1, call.model.name
        used: tuple[int, int] | None = None
        begun, cut, length = False, False, 0
        first_by = min(deadline, _now() + server.first_words_seconds)
        report = CallReport(call.model.name)
        try:
            stream = self._models.stream(call.model.name, call.prompt.system, call.prompt.user)
            async with aclosing(stream):
                while not (reader.full or reader.declined):
                    piece = await _next(stream, deadline if begun else first_by)
                    if piece is None:
                        break
                    used, cut = piece.tokens or used, cut or piece.cut
                    begun, length = begun or bool(piece.text), length + len(piece.text)
                    if begun:
                        report.first_words()
                    if length > MAX_ANSWER_CHARS:
                        raise ModelTrouble("too_much", "it wrote more than an answer can be")
                    if begun and record.first_token_ms is None:
                        record.first_token_ms = _milliseconds(started)
                    for sentence in reader.feed(piece.text):
                        yield sentence
            for sentence in reader.close(cut=cut):
                yield sentence
            record.why = "no_answer" if reader.declined else ""
            report.result = "declined" if reader.declined else "answered"
        except ModelTrouble as trouble:
            report.result = trouble.code
            if not trouble.used:
                used = (0, 0)
            for sentence in reader.close(cut=True):
                yield sentence
            raise
        finally:
            record.left_out += reader.left_out
            await self._settle(record, report, aside, used, most)

    async def _settle(
        self,
        record: WritingRecord,
        report: CallReport,
        aside: PutAside,
        used: tuple[int, int] | None,
        most: tuple[int, int],
    ) -> None:
        """Count a call; where the server does not say what it used, the most that it can have used."""
        record.estimated = record.estimated or used is None
        prompt_tokens, completion_tokens = used or most
        record.prompt_tokens += prompt_tokens
        record.completion_tokens += completion_tokens
        cost = Decimal(0)
        if aside.price is not None:
            cost = Decimal(aside.price.millionths(prompt_tokens, completion_tokens)) / 1_000_000
            record.cost = (record.cost or Decimal(0)) + cost
        report.end(prompt_tokens, completion_tokens, cost)
        if used is None:
            return
        try:
            await self._purse.settle(aside, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)
        except OkienkoError:
            logger.exception("what a model used could not be settled; all that was put aside counts")


@dataclass(frozen=True, slots=True)
class _Call:
    model: PricedModel
    prompt: Prompt
    reader: LineReader
    draft: WritingBrief


async def _next(stream: AsyncIterator[Piece], by: float) -> Piece | None:
    """Return the next piece of an answer, None at its end.

    Raises:
        ModelTrouble: It did not come in time.
    """
    try:
        async with asyncio.timeout_at(by):
            return await anext(stream, None)
    except TimeoutError as error:
        raise ModelTrouble("timeout", "it took too long") from error


def _now() -> float:
    return asyncio.get_running_loop().time()


def _milliseconds(since: float) -> float:
    return round((_now() - since) * 1000, 1)
