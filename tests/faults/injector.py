"""Makes faults: which, in which order and at what point of the run is decided by the seed."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

from tests.faults.run import Plan, Run
from tests.faults.servers import Server
from tests.faults.shared_clock import LEASE_SECONDS, SharedClock
from tests.faults.stores import Stores


class Fault(StrEnum):
    """What happens to the servers, or to what they stand on."""

    KILL = "kill"
    KILL_IN_TURN = "kill_in_turn"
    STOP = "stop"
    FREEZE = "freeze"
    DISK_FULL = "disk_full"
    CLOCK = "clock_step"
    REDIS = "redis_kill"
    POSTGRES = "postgres_restart"


def faults_of(plan: Plan) -> list[Fault]:
    """Return the faults of a run in their order."""
    few = max(1, plan.kills // 20) if plan.others else 0
    wanted = {
        Fault.KILL: plan.kills - plan.kills // 2,
        Fault.KILL_IN_TURN: plan.kills // 2,
        Fault.STOP: few,
        Fault.FREEZE: few,
        Fault.CLOCK: few,
        Fault.DISK_FULL: 0 if plan.postgres else few,
        Fault.REDIS: few if plan.redis else 0,
        Fault.POSTGRES: few if plan.postgres else 0,
    }
    faults = [fault for fault, count in wanted.items() for _ in range(count)]
    random.Random(f"{plan.seed}faults").shuffle(faults)
    return faults


class Injector:
    """Makes one fault after another, evenly over the messages of the run."""

    def __init__(self, run: Run, servers: Sequence[Server], clock: SharedClock, stores: Stores) -> None:
        self._run, self._servers, self._clock, self._stores = run, servers, clock, stores
        self._dice = random.Random(f"{run.plan.seed}injector")

    async def work(self) -> None:
        """Make every fault of the plan, each once the run has come that far."""
        faults = faults_of(self._run.plan)
        for number, fault in enumerate(faults):
            while self._run.progress < 0.97 * number / len(faults) and not self._run.time_up:
                await asyncio.sleep(0.02)
                for server in self._servers:
                    server.must_live()
            if self._run.time_up:
                return
            await asyncio.sleep(self._dice.uniform(0, 0.3))
            server = self._dice.choice(self._servers)
            self._run.note(f"{fault} begins, of {server.port} or all")
            await self._make(fault, server)
            self._run.note(f"{fault} is over")
            self._run.counts[fault.value] += 1
        self._run.faults_done = True

    async def _make(self, fault: Fault, server: Server) -> None:
        if fault is Fault.KILL:
            await self._kill(server)
        elif fault is Fault.KILL_IN_TURN:
            self._run.showing.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._run.showing.wait()
            await self._kill(server)
        elif fault is Fault.STOP:
            code = await server.end(signal.SIGINT)
            if code != 0:
                self._run.found("exit", f"a stopped server ended with {code}")
            await self._open(server)
        elif fault is Fault.FREEZE:
            server.send(signal.SIGSTOP)
            await asyncio.sleep(LEASE_SECONDS + self._dice.uniform(0.2, 1.5))
            server.send(signal.SIGCONT)
        elif fault is Fault.DISK_FULL:
            server.limit_files(self._dice.choice((0, 4096, 100_000)))
            await asyncio.sleep(self._dice.uniform(0.2, 1.5))
            server.limit_files(-1)
        elif fault is Fault.CLOCK:
            self._clock.step(self._dice.choice((-3600, -45, 45, 3600)))
        elif fault is Fault.REDIS:
            await self._stores.restart_redis(self._dice.uniform(0, 2))
        else:
            # Without its database no server opens: it ends, for whoever started it to start it again.
            await asyncio.gather(*(server.serving() for server in self._servers))
            await self._stores.restart_postgres(immediate=self._dice.random() < 0.5)

    async def _kill(self, server: Server) -> None:
        await server.end(signal.SIGKILL)
        self._run.killed()
        await self._open(server)

    async def _open(self, server: Server) -> None:
        server.start()
        await server.opened()
