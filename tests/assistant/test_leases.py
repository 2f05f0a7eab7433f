"""Leases: renewed while a turn is under way in a living worker, but not if it ends soon, or hangs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from assistant.brief import Brief, Intent, Outcome, TurnResult
from assistant.leases import LONGEST_SECONDS, Leases
from assistant.worker import Show, TakeTurn, Worker
from conversation.events import SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.hub import InProcessHub
from conversation.log import Log
from conversation.turns import ClaimedTurn, Turns
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Unavailable
from foundation.language import Language
from handoff.hours import OpeningHours
from handoff.ownership import Ownership

SOON = 0.05
PATIENCE_SECONDS = 60


class Renewals(Turns):
    """Notes which turns are renewed; the first few times there is no database, if so wished."""

    def __init__(self, database: Database, clock: SettableClock, *, out: int = 0) -> None:
        super().__init__(database, clock)
        self.out, self.renewed = out, asyncio.Condition()
        self.held: list[list[str]] = []

    async def renew(self, turns: Iterable[ClaimedTurn]) -> None:
        turns = list(turns)
        if self.out > 0:
            self.out -= 1
            raise Unavailable("The database is away.")
        await super().renew(turns)
        async with self.renewed:
            self.held.append([turn.id for turn in turns])
            self.renewed.notify_all()

    async def times(self, times: int) -> None:
        """Return when so many renewals more are done."""
        async with self.renewed:
            wanted = len(self.held) + times
            await self.renewed.wait_for(lambda: len(self.held) >= wanted)


class Until:
    """A turn that lasts until it is told to end."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        self.begun.set()
        await self.may_end.wait()
        return TurnResult(Outcome.ANSWERED, Language.PL, Intent.QUESTION, ("Tak.",))


async def ask(log: Log) -> str:
    one = await log.open(
        visitor_id="v", language=Language.PL, opening=[Draft(Kind.DISCLOSURE, SYSTEM, {"text": "AI"})]
    )
    author = Author(AuthorKind.SHOPPER, "v")
    await log.receive(one.id, Draft(Kind.MESSAGE, author, {"body": "czy?"}, cid=str(uuid4())))
    return one.id


async def answered(log: Log, conversation_id: str) -> bool:
    return (await log.since(conversation_id, 0))[-1].author.kind is AuthorKind.ASSISTANT


@asynccontextmanager
async def working(
    turns: Turns, take_turn: TakeTurn, database: Database, clock: SettableClock
) -> AsyncIterator[InProcessHub]:
    """Have a worker, whose leases get old soon, for the length of the block."""
    hub = InProcessHub()
    worker = Worker(
        turns=turns,
        hub=hub,
        take_turn=take_turn,
        ownership=Ownership(database, hub, clock, OpeningHours()),
        clock=clock,
        renew_seconds=SOON,
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        running = asyncio.create_task(worker.run())
        try:
            yield hub
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_a_turn_that_lasts_long_stays_its_living_workers(
    database: Database, clock: SettableClock
) -> None:
    log, turns, turn = Log(database, clock), Renewals(database, clock), Until()
    conversation = await ask(log)
    async with working(turns, turn, database, clock) as hub:
        await turn.begun.wait()
        for _ in range(5):
            clock.advance(turns.lease * 0.9)
            await turns.times(2)  # the first may have begun before the clock was moved
        assert await turns.claim("another") is None
        with hub.listen(conversation) as woken:
            turn.may_end.set()
            while not await answered(log, conversation):
                await woken.wait(1)


async def test_a_database_that_is_away_for_a_moment_takes_no_turn_from_a_living_worker(
    database: Database, clock: SettableClock
) -> None:
    turns, turn = Renewals(database, clock, out=3), Until()
    await ask(Log(database, clock))
    async with working(turns, turn, database, clock):
        await turns.times(1)
        assert turns.out == 0
        clock.advance(turns.lease * 0.9)
        await turns.times(2)
        clock.advance(turns.lease * 0.9)
        assert await turns.claim("another") is None


async def test_what_another_worker_has_by_now_is_not_taken_back(
    database: Database, clock: SettableClock
) -> None:
    log, turns, turn = Log(database, clock), Renewals(database, clock, out=10**6), Until()
    conversation = await ask(log)
    async with working(turns, turn, database, clock) as hub:
        await turn.begun.wait()
        clock.advance(turns.lease + timedelta(seconds=1))
        others = await turns.claim("another")
        assert others is not None
        clock.advance(turns.lease * 0.9)
        turns.out = 0
        await turns.times(2)
        clock.advance(turns.lease * 0.2)
        assert await turns.claim("a third one") is not None
        with hub.listen(conversation) as woken:
            turn.may_end.set()
            await woken.wait(PATIENCE_SECONDS)
        assert not await answered(log, conversation), "it was somebody else's"


async def test_a_turn_that_ends_soon_costs_no_renewal_and_one_that_hangs_is_let_go_of(
    database: Database, clock: SettableClock
) -> None:
    turns, log = Renewals(database, clock), Log(database, clock)
    short, long, late = [await held(turns, log) for _ in range(3)]
    now = 1000.0
    leases = Leases(turns, 3.0, now=lambda: now)
    for _ in range(10):
        with leases.kept(short):
            now += 2
            await leases.renew_old()
    assert turns.held == []
    with leases.kept(long):
        now += 2.5
        with leases.kept(late):
            await leases.renew_old()
            now += 0.5
            await leases.renew_old()
            assert turns.held == [[long.id, late.id]], "one statement for all"
            now += 2.5
            await leases.renew_old()
            assert len(turns.held) == 1
            now += LONGEST_SECONDS - 4
            await leases.renew_old()
            assert turns.held[1:] == [[late.id]]
    assert not leases


async def held(turns: Turns, log: Log) -> ClaimedTurn:
    await ask(log)
    turn = await turns.claim("w")
    assert turn is not None
    return turn
