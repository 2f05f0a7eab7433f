"""Workers of one process look for a turn one at a time, and take as many at once as there are workers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

from assistant.brief import Brief, Intent, Outcome, TurnResult
from assistant.worker import Show, Worker
from conversation.events import SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.hub import TURNS, InProcessHub
from conversation.log import Log
from conversation.news import News
from conversation.turns import ClaimedTurn, Turns
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from handoff.hours import OpeningHours
from handoff.ownership import Ownership

WORKERS = 4


class Watched(Turns):
    """Counts how many look at once; lets others come before it looks itself."""

    looking = most = looks = 0

    async def claim(self, worker_id: str, **options: Any) -> ClaimedTurn | None:
        self.looks += 1
        self.looking += 1
        self.most = max(self.most, self.looking)
        for _ in range(20):
            await asyncio.sleep(0)
        try:
            return await super().claim(worker_id, **options)
        finally:
            self.looking -= 1


class Together:
    """A turn that ends when as many run as there are workers."""

    def __init__(self) -> None:
        self.all_in = asyncio.Barrier(WORKERS)

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        await self.all_in.wait()
        return TurnResult(Outcome.ANSWERED, Language.PL, Intent.QUESTION, ("Tak.",))


async def test_one_looks_and_all_take(database: Database, clock: SettableClock) -> None:
    log, turns, hub = Log(database, clock), Watched(database, clock, lease=timedelta(hours=1)), InProcessHub()
    worker = Worker(
        turns=turns,
        hub=hub,
        take_turn=Together(),
        ownership=Ownership(database, hub, clock, OpeningHours()),
        clock=clock,
        concurrency=WORKERS,
    )
    conversations = [
        await log.open(visitor_id="v", language=Language.PL, opening=[Draft(Kind.DISCLOSURE, SYSTEM, {})])
        for _ in range(WORKERS)
    ]
    author = Author(AuthorKind.SHOPPER, "v")
    async with asyncio.timeout(60):
        running = asyncio.create_task(worker.run())
        for one in conversations:
            with hub.listen(one.id) as answered:
                await log.receive(
                    one.id, Draft(Kind.MESSAGE, author, {"body": "czy?"}, cid=str(uuid4())), before=None
                )
                hub.wake(TURNS)
                if one is conversations[-1]:
                    while (await log.since(one.id, 0))[-1].author.kind is not AuthorKind.ASSISTANT:
                        await answered.wait(1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert turns.most == 1


class WithTime:
    """A turn that lets others come before it answers, and notes how often they have looked by then."""

    def __init__(self, turns: Watched) -> None:
        self._turns, self.looks = turns, 0

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        for _ in range(100):
            await asyncio.sleep(0)
        self.looks = self._turns.looks
        return TurnResult(Outcome.ANSWERED, Language.PL, Intent.QUESTION, ("Tak.",))


class Noting(InProcessHub):
    """Notes who is woken."""

    def __init__(self) -> None:
        super().__init__()
        self.woken: list[str] = []

    def wake(self, topic: str, news: News | None = None) -> None:
        self.woken.append(topic)
        super().wake(topic, news)


async def test_nobody_looks_where_no_turn_can_be(database: Database, clock: SettableClock) -> None:
    log, turns, hub = Log(database, clock), Watched(database, clock), Noting()
    turn = WithTime(turns)
    worker = Worker(
        turns=turns,
        hub=hub,
        take_turn=turn,
        ownership=Ownership(database, hub, clock, OpeningHours()),
        clock=clock,
        concurrency=WORKERS,
    )
    author = Author(AuthorKind.SHOPPER, "v")
    one = await log.open(visitor_id="v", language=Language.PL, opening=[])
    await log.receive(one.id, Draft(Kind.MESSAGE, author, {"body": "czy?"}, cid=str(uuid4())))
    async with asyncio.timeout(60):
        with hub.listen(one.id) as answered:
            running = asyncio.create_task(worker.run())
            await answered.wait(60)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert (await log.since(one.id, 0))[-1].author.kind is AuthorKind.ASSISTANT
    assert turn.looks == 1
    assert TURNS not in hub.woken
