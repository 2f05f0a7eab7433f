"""Claims waiting turns, takes them, writes the replies. Survives crashes: what it holds is leased, not owned.

Any number of workers may run, in any number of processes; the database decides who has a turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.brief import Brief, Outcome, TurnResult, Utterance
from assistant.leases import Leases
from assistant.phrases import Phrase, say
from assistant.showing import Showing
from assistant.source_words import ARTICLE
from assistant.turn_report import TurnReport
from conversation.entries import Said
from conversation.events import ASSISTANT, Audience, Draft, Kind
from conversation.hub import DESK, TURNS, Hub, Subscription
from conversation.log import InTransaction
from conversation.turns import ClaimedTurn, Finished, TurnLost, TurnOutdated, Turns, joined
from customer.proof import Guest
from foundation.clock import Clock
from foundation.contact import Contact
from foundation.errors import OkienkoError, Unavailable
from foundation.language import Language
from foundation.style import Style
from handoff.ownership import Ownership
from handoff.pilot import Mode, PilotState, read_switches

logger = logging.getLogger("okienko.assistant")

LOOK_ANYWAY_SECONDS = 1.0
ATTEMPTS = 3
GIVE_BACK_SECONDS = 2.0

Show = Callable[[str], Awaitable[None]]


class TurnPoisonous(Exception):
    """The turn killed every worker that took it."""


class TakeTurn(Protocol):
    """The use-case, with everything but the turn itself already bound."""

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        """Take one turn, calling `show` with each sentence after it was verified."""
        ...


class Worker:
    """Answers waiting turns until it is cancelled.

    Args:
        renew_seconds: How old the lease of a turn under way gets; a third of it if not given.
    """

    def __init__(
        self,
        *,
        turns: Turns,
        hub: Hub,
        take_turn: TakeTurn,
        ownership: Ownership,
        clock: Clock,
        languages: tuple[Language, ...] = tuple(Language),
        concurrency: int = 4,
        style: Style = Style.INFORMAL,
        contact: Contact | None = None,
        renew_seconds: float | None = None,
    ) -> None:
        self._turns = turns
        self._leases = Leases(turns, renew_seconds)
        self._hub = hub
        self._take_turn = take_turn
        self._ownership = ownership
        self._switches = PilotState(Mode.OFF)
        self._clock = clock
        self._languages = languages
        self._concurrency = concurrency
        self._style = style
        self._contact = contact or Contact()
        self._out_of_order = False
        self._leaving = False
        self._may_wait = True
        self._look_for_lost_at = 0.0
        self._idle = asyncio.Event()
        self._idle.set()
        self.running = False
        self.id = str(uuid4())

    async def run(self) -> None:
        """Work until cancelled."""
        door = asyncio.Lock()
        self.running = True
        try:
            with self._hub.listen(TURNS) as woken:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._leases.run())
                    for _ in range(self._concurrency):
                        tasks.create_task(self._work(door, woken))
        finally:
            self.running = False

    async def leave_off(self, seconds: float) -> bool:
        """Take no more turns; return when those under way are done, False if they are not by then.

        What is not done goes on, until `run` is cancelled: then it is given back.
        """
        self._leaving = True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        return self._idle.is_set()

    async def _work(self, door: asyncio.Lock, woken: Subscription) -> None:
        while True:
            # One of us looks at a time: else each message would send all of us to the database.
            async with door:
                turn = await self._wait_for_turn(woken)
            with self._carrying_on():
                await self._take(turn)
                self._out_of_order = False

    async def _wait_for_turn(self, woken: Subscription) -> ClaimedTurn:
        while True:
            if self._may_wait and not self._leaving:
                with self._carrying_on():
                    turn = await self._claim()
                    if turn is not None:
                        # Else whoever leaves the next one wakes us.
                        self._may_wait = turn.more
                        return turn
                    self._out_of_order = False
            await woken.wait(LOOK_ANYWAY_SECONDS)
            self._may_wait = True

    async def _claim(self) -> ClaimedTurn | None:
        """Take a turn that waits; now and then look for what other workers have lost as well."""
        now = asyncio.get_running_loop().time()
        lost = now >= self._look_for_lost_at
        turn = await self._turns.claim(self.id, lost=lost, also=self._look_at_switches)
        if lost:
            # Where one was lost there may be others of the same worker.
            found = turn is not None and turn.attempts > 1
            self._look_for_lost_at = now if found else now + LOOK_ANYWAY_SECONDS
        return turn

    def _look_at_switches(self, connection: Connection) -> None:
        self._switches = read_switches(connection)

    @contextmanager
    def _carrying_on(self) -> Iterator[None]:
        """Let nothing that goes wrong in the block end the work."""
        try:
            yield
        except Unavailable as error:
            # The database is away or full: the turn stays leased and comes back.
            self._complain(error)
        except Exception:
            logger.exception("a turn could not be claimed or finished")

    def _complain(self, error: OkienkoError) -> None:
        """Say once that nothing can be answered, not every second."""
        if not self._out_of_order:
            logger.error("nothing can be answered. %s", error.message)
        self._out_of_order = True

    async def work_once(self) -> bool:
        """Claim and take one turn; False when none waits."""
        turn = await self._turns.claim(self.id, also=self._look_at_switches)
        if turn is None:
            return False
        await self._take(turn)
        return True

    async def _take(self, turn: ClaimedTurn) -> None:
        """Take a claimed turn to its end, whatever that is."""
        self._idle.clear()
        try:
            with self._leases.kept(turn):
                await self._take_to_its_end(turn)
        finally:
            if not self._leases:
                self._idle.set()

    async def _take_to_its_end(self, turn: ClaimedTurn) -> None:
        finished = Finished(None, more=True)
        with TurnReport(turn, self._clock) as report:
            try:
                if turn.attempts > ATTEMPTS:
                    # It never came back from the earlier tries: it takes the process down with it.
                    raise TurnPoisonous(f"{turn.attempts - 1} workers died of this turn")
                finished = await self._answer(turn, report)
            except TurnLost:
                report.ended("lost")
                logger.info("the turn went to somebody else")
            except TurnOutdated:
                report.ended("outdated")
                await self._turns.release(turn)
            except asyncio.CancelledError:
                report.ended("given_back")
                await self._give_back(turn)
                raise
            except Exception as error:
                report.failed(error)
                logger.exception("the turn failed, attempt %d", turn.attempts)
                await self._failed(turn, error)
        self._hub.wake(turn.conversation_id, finished.event if finished.alone else None)
        # A turn that waited behind this one, or this one again, can be claimed now.
        for topic in (DESK, *((TURNS,) if finished.more else ())):
            self._hub.wake(topic)

    async def _give_back(self, turn: ClaimedTurn) -> None:
        """The process stops: another one need not wait for the lease to end."""
        with suppress(TimeoutError, OkienkoError):
            async with asyncio.timeout(GIVE_BACK_SECONDS):
                await self._turns.release(turn)

    async def _answer(self, turn: ClaimedTurn, report: TurnReport) -> Finished:
        """Answer as the pilot switches stood at the newest claim."""
        mode = self._switches.for_visitor(turn.visitor_id)
        if turn.shown or mode is Mode.ALL:
            result, finished = await self._reply(turn)
            report.answered(result)
        elif mode is Mode.SUGGEST:
            result, finished = await self._suggest(turn)
            report.answered(result, suggested=True)
        else:
            record = {"pilot": mode.value}
            finished = await self._turns.finish(
                turn, None, record=record, and_then=self._call_person("assistant_off")
            )
            report.ended("assistant_off")
        return finished

    async def _reply(self, turn: ClaimedTurn) -> tuple[TurnResult, Finished]:
        brief = _brief(turn, self._clock, self._languages)
        async with Showing(self._turns, self._hub, turn) as showing:
            result = await self._take_turn(brief, show=showing.show, already_shown=turn.shown)
        reason = result.handoff_reason or "asked_for_person"
        finished = await self._turns.finish(
            turn,
            _draft(turn, result),
            record=_record(result),
            language=result.language,
            and_then=self._call_person(reason) if result.outcome is Outcome.HANDOFF else None,
        )
        return result, finished

    async def _suggest(self, turn: ClaimedTurn) -> tuple[TurnResult, Finished]:
        """Leave the answer for agents only, and call one: the owner tests before trusting."""
        result = await self._take_turn(_brief(turn, self._clock, self._languages))
        reply = _draft(turn, result)
        content = {**reply.content, "suggestion": True}
        note = Draft(Kind.NOTE, ASSISTANT, content, Audience.STAFF, cid=turn.reply_cid, generated=True)
        finished = await self._turns.finish(
            turn,
            note,
            record=_record(result) | {"pilot": Mode.SUGGEST.value},
            language=result.language,
            and_then=self._call_person("pilot"),
        )
        return result, finished

    def _call_person(self, reason: str) -> InTransaction:
        async def call(connection: AsyncConnection, conversation_id: str, now: datetime) -> None:
            await self._ownership.request_within(connection, conversation_id, reason, now)

        return call

    async def _failed(self, turn: ClaimedTurn, error: Exception) -> None:
        if turn.attempts < ATTEMPTS:
            await self._turns.release(turn, error=repr(error))
            return
        # Three tries: a person is needed, and the shopper is told, with another way to the shop.
        line = self._contact.line(turn.language)
        words = [*say(Phrase.TURN_FAILED, turn.language, self._style), *([line] if line else [])]
        content = {"body": joined([*turn.shown, *words]), **({"sources": ["shop:contact"]} if line else {})}
        reply = Draft(Kind.MESSAGE, ASSISTANT, content, cid=turn.reply_cid, generated=True)
        try:
            await self._turns.finish(
                turn, reply, record={"error": repr(error)}, and_then=self._call_person("turn_failed")
            )
        except (TurnLost, TurnOutdated):
            await self._turns.release(turn)


def _brief(turn: ClaimedTurn, clock: Clock, languages: tuple[Language, ...]) -> Brief:
    return Brief(
        messages=tuple(_body(said) for said in turn.messages),
        language=turn.language,
        languages=languages,
        now=clock.now(),
        history=tuple(_utterance(said) for said in turn.history),
        customer_id=turn.customer_id,
        guest=Guest(turn.conversation_id, turn.visitor_id, turn.address_key),
    )


def _utterance(said: Said) -> Utterance:
    content = said.content
    titles = dict.fromkeys(f"{ARTICLE}:{cited['title']}" for cited in content.get("citations", ()))
    return Utterance(said.by.value, _body(said), (*titles, *content.get("sources", ())))


def _body(said: Said) -> str:
    return str(said.content.get("body", ""))


def _draft(turn: ClaimedTurn, result: TurnResult) -> Draft:
    return Draft(
        Kind.MESSAGE,
        ASSISTANT,
        {
            "body": result.answer,
            "citations": [asdict(citation) for citation in result.citations],
            "quick_replies": [asdict(suggestion) for suggestion in result.suggestions],
            "outcome": result.outcome.value,
            **({"sources": list(result.sources)} if result.sources else {}),
        },
        cid=turn.reply_cid,
        generated=True,
    )


def _record(result: TurnResult) -> dict[str, Any]:
    """Return what the transcript keeps of how the answer came about."""
    return {
        "outcome": result.outcome.value,
        "intent": result.intent.value,
        "subject": result.subject.value,
        "language": result.language.value,
        "confidence": result.confidence,
        "stage_ms": dict(result.stage_ms),
        "passages": [citation.passage_id for citation in result.citations],
        "library_state": result.library_state,
        "dropped": [list(pair) for pair in result.dropped],
        "checked": [asdict(checked) for checked in result.checked],
        "writing": dict(result.writing),
    }
