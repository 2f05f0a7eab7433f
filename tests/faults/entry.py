"""One server of a run: what `okienko serve` does, by the run's clock, with turns that take a moment."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from assistant.brief import Brief, TurnResult
from assistant.worker import Show, TakeTurn, Worker
from server.app import create_app
from server.house import House, open_house
from server.serving import listening_socket, new_event_loop, serve_house
from server.settings import load_settings
from tests.faults.broken import NoResume, broken
from tests.faults.shared_clock import LEASE_SECONDS, SharedClock

PAUSE_SECONDS = 0.02
LONG = 0.01
"""Share of turns that go on for longer than a lease, as a model's may."""


@dataclass(frozen=True)
class Unhurried:
    """The turn as it is, with pauses: what is over at once is seldom hit in the middle, and shows nothing."""

    turn: TakeTurn

    async def __call__(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        async def slowly(sentence: str) -> None:
            if show is not None:
                await show(sentence)
            await self._pause()

        await self._pause()
        if random.random() < LONG:
            await asyncio.sleep(LEASE_SECONDS * random.uniform(1, 2))
        return await self.turn(brief, show=slowly if show else None, already_shown=already_shown)

    async def _pause(self) -> None:
        await asyncio.sleep(random.expovariate(1 / PAUSE_SECONDS))


def unhurried(house: House) -> House:
    """Return the house with a worker whose turns take a moment."""
    worker = Worker(
        turns=house.turns,
        hub=house.hub,
        take_turn=Unhurried(house.turn),
        ownership=house.ownership,
        clock=house.clock,
        languages=house.settings.languages,
        concurrency=8,
        style=house.settings.style,
        contact=house.settings.contact,
        # The clock runs ahead of the seconds after which a worker looks at its leases.
        renew_seconds=LEASE_SECONDS / 3,
    )
    # So that a finding that names a worker can be followed to its process.
    print(f"process {os.getpid()} answers as worker {worker.id}", flush=True)
    return replace(house, worker=worker)


async def serve(clock: Path, variant: str) -> None:
    """Serve until SIGINT; the settings are the environment's."""
    settings = load_settings()
    with listening_socket(settings) as listener:
        async with open_house(settings, SharedClock(clock)) as house:
            ours = unhurried(broken(house, variant))
            if variant != "no-resume":
                await serve_house(ours, listener)
                return
            app = NoResume(create_app(ours), ours.log)
            config = uvicorn.Config(app, ws="websockets-sansio", log_config=None, timeout_graceful_shutdown=2)
            await uvicorn.Server(config).serve(sockets=[listener])


def run(clock: Path, variant: str) -> None:
    """Serve in this process until SIGINT."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(clock, variant))
