"""One run from an empty folder to its figures: servers, balancer, shoppers, agents, faults, checks."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from foundation.clock import SystemClock
from foundation.database import Database
from foundation.staff import Role
from server.staff import StaffBook
from tests.faults.agent import PASSWORD, Agent, email_of
from tests.faults.balancer import Balancer
from tests.faults.broken import VARIANTS
from tests.faults.checks import check
from tests.faults.injector import Injector
from tests.faults.run import Plan, Run, percentile
from tests.faults.servers import Server, Stable
from tests.faults.shared_clock import SharedClock
from tests.faults.shopper import Shopper
from tests.faults.stores import Stores, open_stores
from tests.faults.waits import Waits
from tests.server.conftest import okienko

AGENTS = 4
TROUBLED = 0.25
SETTLE_SECONDS = 180
Watch = Callable[[Run], None]


def prepare(folder: Path) -> None:
    """Load the demo shop and make the agents' accounts; once, for any number of runs."""
    _load(folder, {})
    asyncio.run(_employ(Database.in_folder(folder)))


def _load(folder: Path, settings: dict[str, str]) -> None:
    done = okienko(folder, "demo", "load", **settings)
    assert done.returncode == 0, done.stderr


async def _employ(database: Database) -> None:
    book = StaffBook(database, SystemClock())
    for number in range(AGENTS):
        await book.add(email_of(number), Role.AGENT, PASSWORD, f"Agent {number}")
    await database.close()


async def tell(plan: Plan, prepared: Path, folder: Path, watch: Watch = lambda _: None) -> Run:
    """Carry out a plan on a copy of a prepared shop; on Postgres, on one that is made for it.

    Args:
        plan: What is to be done.
        prepared: A folder that `prepare` has filled; it is only read.
        folder: An empty folder for the data, the clock and what the servers say.
        watch: Called a few times a second.
    """
    data, run = folder / "data", Run(plan)
    async with open_stores(plan) as stores:
        if stores.postgres is None:
            shutil.copytree(prepared, data)
        else:
            data.mkdir()
            await asyncio.to_thread(_load, data, stores.settings)
            await _employ(Database(stores.postgres.url))
        database = Database(stores.postgres.url) if stores.postgres else Database.in_folder(data)
        try:
            shoppers = await _serve(run, stores, database, folder, data, watch)
            views = [shopper.views for shopper in shoppers if shopper.views]
            await check(run, database, [v[-1] for v in views], [view for v in views for view in v[:-1]])
        finally:
            await database.close()
    return run


async def _serve(
    run: Run, stores: Stores, database: Database, folder: Path, data: Path, watch: Watch
) -> list[Shopper]:
    """Have the servers, what happens to them and everybody's chats; return when all is over."""
    plan, clock = run.plan, SharedClock(folder / "clock")
    stable = Stable()
    servers = [Server(stable, folder, data, plan.variant, **stores.settings) for _ in range(plan.processes)]
    try:
        for server in servers:
            server.start()
        await asyncio.gather(*(server.opened() for server in servers))
        dice = random.Random(f"{plan.seed}balancer")
        async with Balancer([server.port for server in servers], dice, troubled=TROUBLED) as balancer:
            base = f"http://127.0.0.1:{balancer.port}"
            shoppers = [Shopper(f"s{n}", base, run, polls=n % 3 == 2) for n in range(plan.shoppers)]
            looking = asyncio.create_task(Waits(database, clock, shoppers).look_on())
            try:
                await _live(run, shoppers, base, Injector(run, servers, clock, stores), watch)
            finally:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)
            run.counts |= {"connections": balancer.connections, "cuts": balancer.cuts}
        for server in servers:
            if server.pid:  # a run that is broken off may have come between a kill and the next start
                await server.end(signal.SIGINT)
    finally:
        stable.close()
    return shoppers


async def _live(run: Run, shoppers: list[Shopper], base: str, injector: Injector, watch: Watch) -> None:
    async def serve() -> None:
        agents = [Agent(n, base, run, shoppers) for n in range(run.plan.agents)]
        await asyncio.gather(*(agent.work() for agent in agents))
        run.quiet.set()

    living = [
        asyncio.create_task(work)
        for work in (injector.work(), serve(), *(shopper.live() for shopper in shoppers))
    ]
    until = time.monotonic() + 60 * run.plan.minutes
    try:
        while not all(task.done() for task in living):
            done, _ = await asyncio.wait(living, timeout=0.25)
            for task in done:
                task.result()
            watch(run)
            if run.plan.variant and run.findings:
                run.broken_off = True  # caught
                break
            run.time_up = run.time_up or time.monotonic() > until
            if time.monotonic() > until + SETTLE_SECONDS:
                run.broken_off = True
                run.found("stuck", f"not settled {SETTLE_SECONDS} seconds after the end")
                break
    finally:
        for task in living:
            task.cancel()
        await asyncio.gather(*living, return_exceptions=True)


def figures(run: Run) -> dict[str, Any]:
    """Return what a run comes to, as JSON can hold it."""
    counts = dict(sorted(run.counts.items()))
    return {
        "seed": run.plan.seed,
        "variant": run.plan.variant or "as it is",
        "processes": run.plan.processes,
        "time_up": run.time_up,
        **counts,
        "recovery_seconds": {
            "p50": percentile(run.recovery_seconds, 0.5),
            "p95": percentile(run.recovery_seconds, 0.95),
        },
        "back_seconds": {"p50": percentile(run.back_seconds, 0.5), "p95": percentile(run.back_seconds, 0.95)},
        "lost": run.findings["lost"],
        "doubled": run.findings["doubled"] + run.findings["answered_twice"],
        "findings": dict(run.findings),
        "told": run.told,
    }


def summary(run: Run) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps(figures(run), ensure_ascii=False)


def as_expected(run: Run) -> bool:
    """Return whether nothing was found; of a broken server, whether it was caught by its fault."""
    if run.plan.variant:
        return bool(VARIANTS[run.plan.variant] & run.findings.keys())
    return not run.findings
