"""The worker: answers what waits, shows sentences first, survives failure, never answers twice."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from assistant.brief import Brief, CitedQuote, Intent, Outcome, Suggestion, TurnResult
from assistant.showing import Showing
from assistant.worker import Show, Worker
from conversation.events import SYSTEM, Audience, Author, AuthorKind, Draft, Event, Kind
from conversation.hub import TURNS, InProcessHub
from conversation.log import Conversation, Log
from conversation.tables import turns as turns_table
from conversation.turns import ClaimedTurn, TurnLost, Turns
from foundation.clock import SettableClock
from foundation.contact import Contact
from foundation.database import Database
from foundation.errors import Unavailable
from foundation.language import Language
from handoff.hours import OpeningHours
from handoff.ownership import Agent, Ownership
from handoff.pilot import Mode, Pilot


def result(*sentences: str, outcome: Outcome = Outcome.ANSWERED) -> TurnResult:
    return TurnResult(
        outcome=outcome,
        language=Language.PL,
        intent=Intent.QUESTION,
        sentences=sentences,
        citations=(CitedQuote("a#1", "a", 1, "Title", "quote", "pl"),),
        suggestions=(Suggestion("More", send="more"),),
        handoff_reason="asked_for_person" if outcome is Outcome.HANDOFF else None,
        confidence=0.9,
        stage_ms={"write": 1.0},
        library_state=7,
    )


class ScriptedTurns:
    """Takes turns as the script says, and remembers the briefs."""

    def __init__(self, *script: TurnResult | Exception) -> None:
        self.script = deque(script)
        self.briefs: list[Brief] = []
        self.needs_show = True

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        self.briefs.append(brief)
        step = self.script.popleft()
        if isinstance(step, Exception):
            raise step
        if not self.needs_show:
            return step
        assert show is not None
        for sentence in step.sentences[len(already_shown) :]:
            await show(sentence)
        return step


class Desk:
    """A worker on a real database with a scripted turn."""

    def __init__(self, database: Database, clock: SettableClock, *script: TurnResult | Exception) -> None:
        self.clock = clock
        self.log, self.turns, self.hub = Log(database, clock), Turns(database, clock), InProcessHub()
        self.take_turn = ScriptedTurns(*script)
        self.ownership = Ownership(database, self.hub, clock, OpeningHours())
        self.pilot = Pilot(database, clock)
        self.worker = Worker(
            turns=self.turns,
            hub=self.hub,
            take_turn=self.take_turn,
            ownership=self.ownership,
            clock=clock,
        )

    async def begin(self) -> Conversation:
        return await self.log.open(
            visitor_id="v", language=Language.PL, opening=[Draft(Kind.DISCLOSURE, SYSTEM, {"text": "AI"})]
        )

    async def say(self, conversation: Conversation, body: str) -> str:
        cid = str(uuid4())
        author = Author(AuthorKind.SHOPPER, "v")
        await self.log.receive(conversation.id, Draft(Kind.MESSAGE, author, {"body": body}, cid=cid))
        return cid

    async def events(self, conversation: Conversation) -> list[Event]:
        return await self.log.since(conversation.id, 1)


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> Callable[..., Desk]:
    return lambda *script: Desk(database, clock, *script)


async def test_a_message_is_answered_with_its_source(desk: Callable[..., Desk]) -> None:
    here = desk(result("One.", "Two."))
    conversation = await here.begin()
    cid = await here.say(conversation, "question")
    assert await here.worker.work_once()
    _, reply = await here.events(conversation)
    assert (reply.cid, reply.generated, reply.author.kind) == (f"r:{cid}", True, AuthorKind.ASSISTANT)
    assert reply.content["body"] == "One. Two."
    assert reply.content["citations"][0]["passage_id"] == "a#1"
    assert reply.content["quick_replies"][0]["send"] == "more"
    assert here.take_turn.briefs[0].messages == ("question",)
    assert not await here.worker.work_once()


async def test_the_record_names_the_state_and_the_version_that_was_answered_from(
    desk: Callable[..., Desk], database: Database
) -> None:
    here = desk(result("One."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    await here.worker.work_once()
    _, reply = await here.events(conversation)
    assert reply.content["citations"][0]["article_version"] == 1
    async with database.reading() as connection:
        record = await connection.scalar(select(turns_table.c.record)) or {}
    assert record["library_state"] == 7


async def test_sentences_are_stored_before_the_reply(desk: Callable[..., Desk]) -> None:
    here = desk()
    conversation = await here.begin()
    await here.say(conversation, "question")
    stored: list[tuple[str, ...]] = []

    async def look_after_each(
        brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        assert show is not None
        with here.hub.listen(conversation.id) as woken:
            for sentence in ("One.", "Two."):
                await show(sentence)
                assert await woken.wait(30), "nobody is told of the sentence"
                making = await here.turns.in_making(conversation.id)
                assert making is not None
                stored.append(making.sentences)
                assert len(await here.events(conversation)) == 1, "the reply is not there yet"
        return result("One.", "Two.")

    worker = Worker(
        turns=here.turns,
        hub=here.hub,
        take_turn=look_after_each,
        ownership=here.ownership,
        clock=here.clock,
    )
    assert await worker.work_once()
    assert stored == [("One.",), ("One.", "Two.")]
    assert len(await here.events(conversation)) == 2


async def test_a_reply_that_is_there_at_once_is_not_shown_first(desk: Callable[..., Desk]) -> None:
    here = desk(result("One.", "Two."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    turn = await here.turns.claim("other")
    assert turn is not None
    showing = Showing(here.turns, here.hub, turn)
    async with showing:
        await showing.show("One.")
        await showing.show("Two.")
    assert await here.turns.in_making(conversation.id) is None


async def test_what_ended_a_turn_is_told_not_what_became_of_its_sentence(desk: Callable[..., Desk]) -> None:
    here = desk()
    conversation = await here.begin()
    await here.say(conversation, "question")
    turn = await here.turns.claim("other")
    assert turn is not None
    await here.ownership.take(conversation.id, Agent("e", "Ewa"))
    with pytest.raises(TurnLost):  # noqa: PT012 - leaving the block is what is tested
        async with Showing(here.turns, here.hub, turn) as showing:
            await showing.show("One.")
            await here.events(conversation)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - leaving the block is what is tested
        async with Showing(here.turns, here.hub, turn) as showing:
            await showing.show("One.")
            raise ZeroDivisionError


async def test_a_handoff_puts_the_conversation_into_the_queue(desk: Callable[..., Desk]) -> None:
    here = desk(result("I pass this on.", outcome=Outcome.HANDOFF))
    conversation = await here.begin()
    await here.say(conversation, "a person, please")
    await here.worker.work_once()
    _, reply, request, changed, said = await here.events(conversation)
    assert reply.content["body"] == "I pass this on."
    assert (request.kind, request.content["reason"]) == (Kind.HANDOFF_REQUESTED, "asked_for_person")
    assert (request.content["position"], request.content["needs"]) == (1, "email")
    assert changed.content["to"] == "open"
    assert "w kolejce: 1" in said.content["body"]


async def test_switched_off_the_assistant_says_nothing_and_a_person_is_called(
    desk: Callable[..., Desk],
) -> None:
    here = desk(result("Never said."))
    await here.pilot.set(Mode.OFF, by="owner")
    conversation = await here.begin()
    await here.say(conversation, "question")
    await here.worker.work_once()
    events = await here.events(conversation)
    assert not [event for event in events if event.author.kind is AuthorKind.ASSISTANT]
    assert events[1].content["reason"] == "assistant_off"
    assert here.take_turn.briefs == []
    assert not await here.worker.work_once()


async def test_in_suggest_mode_the_answer_is_a_note_for_agents(desk: Callable[..., Desk]) -> None:
    here = desk(result("One.", "Two."))
    here.take_turn.needs_show = False
    await here.pilot.set(Mode.SUGGEST, by="owner")
    conversation = await here.begin()
    await here.say(conversation, "question")
    await here.worker.work_once()
    shown = await here.events(conversation)
    assert not [event for event in shown if event.author.kind is AuthorKind.ASSISTANT]
    (note,) = await here.log.since(conversation.id, 0, audience=Audience.STAFF)
    assert (note.kind, note.content["body"], note.content["suggestion"]) == (Kind.NOTE, "One. Two.", True)
    assert note.generated


async def test_the_kill_switch_silences_the_next_turn(desk: Callable[..., Desk]) -> None:
    here = desk(result("One."), result("Never said."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    await here.worker.work_once()
    await here.pilot.set(Mode.OFF, by="owner")
    await here.say(conversation, "another")
    await here.worker.work_once()
    said = [
        e.content["body"] for e in await here.events(conversation) if e.author.kind is AuthorKind.ASSISTANT
    ]
    assert said == ["One."]


async def test_a_failed_turn_is_tried_again(desk: Callable[..., Desk]) -> None:
    here = desk(RuntimeError("boom"), result("At last."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    assert await here.worker.work_once()
    assert len(await here.events(conversation)) == 1
    assert await here.worker.work_once()
    assert (await here.events(conversation))[-1].content["body"] == "At last."


async def test_after_three_failures_the_shopper_is_told_and_a_person_is_called(
    desk: Callable[..., Desk],
) -> None:
    here = desk(*(RuntimeError("boom") for _ in range(3)))
    conversation = await here.begin()
    cid = await here.say(conversation, "question")
    for _ in range(3):
        assert await here.worker.work_once()
    assert not await here.worker.work_once()
    _, reply, request, *_ = await here.events(conversation)
    assert reply.cid == f"r:{cid}"
    assert "boom" not in reply.content["body"]
    assert request.content["reason"] == "turn_failed"


async def test_a_failure_names_another_way_to_the_shop(desk: Callable[..., Desk]) -> None:
    here = desk(*(RuntimeError("boom") for _ in range(3)))
    worker = Worker(
        turns=here.turns,
        hub=here.hub,
        take_turn=here.take_turn,
        ownership=here.ownership,
        clock=here.clock,
        contact=Contact(phone="+48 33 555 01 20"),
    )
    conversation = await here.begin()
    await here.say(conversation, "question")
    for _ in range(3):
        assert await worker.work_once()
    _, reply, *_ = await here.events(conversation)
    assert reply.content["body"].endswith(" Kontakt ze sklepem: telefon +48 33 555 01 20.")
    assert reply.content["sources"] == ["shop:contact"]


async def test_a_turn_that_kills_its_workers_is_given_up(
    desk: Callable[..., Desk], clock: SettableClock
) -> None:
    here = desk(result("Never said."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    for number in range(3):
        assert await here.turns.claim(f"dies-{number}") is not None
        clock.advance(timedelta(minutes=1))
    assert await here.worker.work_once()
    assert here.take_turn.briefs == []
    assert "turn_failed" in [event.content.get("reason") for event in await here.events(conversation)]


async def test_the_worker_sees_the_history_and_not_its_own_question(desk: Callable[..., Desk]) -> None:
    here = desk(result("First."), result("Second."))
    conversation = await here.begin()
    for body in ("one", "two"):
        await here.say(conversation, body)
        await here.worker.work_once()
    brief = here.take_turn.briefs[1]
    assert brief.messages == ("two",)
    assert [(said.by, said.body) for said in brief.history] == [("shopper", "one"), ("assistant", "First.")]


async def test_many_workers_answer_each_message_once(database: Database, clock: SettableClock) -> None:
    desks = [Desk(database, clock, *(result("Yes.") for _ in range(30))) for _ in range(3)]
    conversations = [await desks[0].begin() for _ in range(10)]
    for conversation in conversations:
        await desks[0].say(conversation, "question")

    async def work(here: Desk) -> None:
        while await here.worker.work_once():
            pass

    await asyncio.gather(*(work(here) for here in desks))
    for conversation in conversations:
        bodies = [event.content["body"] for event in await desks[0].events(conversation)]
        assert bodies == ["question", "Yes."]


async def test_run_answers_what_comes_until_it_is_cancelled(desk: Callable[..., Desk]) -> None:
    here = desk(result("Yes."))
    conversation = await here.begin()
    with here.hub.listen(conversation.id) as subscription:
        running = asyncio.create_task(here.worker.run())
        await here.say(conversation, "question")
        here.hub.wake("turns")
        async with asyncio.timeout(20):
            while len(await here.events(conversation)) < 2:
                await subscription.wait(1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_stopped_worker_gives_its_turn_back(desk: Callable[..., Desk]) -> None:
    here = desk(result("Yes."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    shown, never = asyncio.Event(), asyncio.Event()

    async def hang(
        brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        shown.set()
        await never.wait()
        raise AssertionError

    stopped = Worker(
        turns=here.turns,
        hub=here.hub,
        take_turn=hang,
        ownership=here.ownership,
        clock=here.clock,
    )
    working = asyncio.create_task(stopped.run())
    await shown.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await here.worker.work_once(), "nobody has to wait for the lease to end"
    assert (await here.events(conversation))[-1].content["body"] == "Yes."


async def test_a_worker_that_leaves_off_finishes_what_it_has_and_takes_no_more(
    desk: Callable[..., Desk],
) -> None:
    here = desk(result("Yes."))
    first, second = await here.begin(), await here.begin()
    await here.say(first, "question")
    taken, go_on = asyncio.Event(), asyncio.Event()

    async def wait(
        brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        taken.set()
        await go_on.wait()
        return result("Late, but here.")

    leaving = Worker(
        turns=here.turns,
        hub=here.hub,
        take_turn=wait,
        ownership=here.ownership,
        clock=here.clock,
    )
    working = asyncio.create_task(leaving.run())
    await taken.wait()
    assert not await leaving.leave_off(0.01), "the turn still runs"
    await here.say(second, "question")
    go_on.set()
    assert await leaving.leave_off(30)
    assert (await here.events(first))[-1].content["body"] == "Late, but here."
    assert leaving.running
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert not leaving.running
    assert (await here.events(second))[-1].content["body"] == "question", "nobody has taken it"


async def test_a_database_out_of_reach_is_told_once(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = desk(result("Yes."))
    conversation = await here.begin()
    await here.say(conversation, "question")
    claim, tries = here.turns.claim, 0

    async def away_at_first(worker_id: str, **options: Any) -> ClaimedTurn | None:
        nonlocal tries
        tries += 1
        here.hub.wake(TURNS)
        if tries < 20:
            raise Unavailable("The disk is full.")
        return await claim(worker_id, **options)

    monkeypatch.setattr(here.turns, "claim", away_at_first)
    with here.hub.listen(conversation.id) as subscription:
        running = asyncio.create_task(here.worker.run())
        assert await subscription.wait(5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [record.getMessage() for record in caplog.records] == [
        "nothing can be answered. The disk is full."
    ]
    assert caplog.records[0].exc_info is None
