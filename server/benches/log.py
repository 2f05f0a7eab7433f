"""`okienko bench log`: how long the log takes for what a chat asks of it, by how many events it holds.

Logs of all sizes are there at once and take turns, some calls each, so that a busy machine is as busy for
each: ratios hold where milliseconds do not.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from foundation.clock import SystemClock
from foundation.database import Database
from foundation.errors import Misconfigured, Unavailable
from foundation.language import Language
from server.benches.log_filling import EVENTS_EACH, fill, id_of
from server.benches.timing import CHUNK, Times
from server.migrate import migrate
from server.serving import new_event_loop
from server.telling import printer

FLAT = 2.0
"""Goal: p50 at the largest size by p50 at the smallest."""

WARM = 20

Call = Callable[[Log, str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class LogPlan:
    """What to measure.

    Attributes:
        sizes: Numbers of events.
        runs: How often each call is made at each size.
        database_url: A PostgreSQL server, which gets databases that are dropped again; empty: SQLite.
    """

    sizes: tuple[int, ...]
    runs: int = 300
    database_url: str = ""


async def _append(log: Log, conversation_id: str) -> None:
    await log.append(conversation_id, [Draft(Kind.MESSAGE, ASSISTANT, {"body": "Już patrzę."})])


async def _receive(log: Log, conversation_id: str) -> None:
    shopper = Author(AuthorKind.SHOPPER, "visitor")
    await log.receive(
        conversation_id, Draft(Kind.MESSAGE, shopper, {"body": "Gdzie moja paczka?"}, cid=str(uuid4()))
    )


async def _open(log: Log, _conversation_id: str) -> None:
    opening = [
        Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "Rozmawiasz z asystentem AI."}),
        Draft(Kind.MESSAGE, ASSISTANT, {"body": "Dzień dobry, w czym mogę pomóc?"}, generated=True),
    ]
    await log.open(visitor_id=str(uuid4()), language=Language.PL, opening=opening)


async def _resume(log: Log, conversation_id: str) -> None:
    conversation = await log.conversation(conversation_id)
    if not await log.since(conversation.id, 0):
        raise Unavailable("A conversation of the benchmark is empty.")


async def _since(log: Log, conversation_id: str) -> None:
    await log.since(conversation_id, EVENTS_EACH - 1)


CALLS: dict[str, Call] = {
    "resume": _resume,
    "since": _since,
    "append": _append,
    "receive": _receive,
    "open": _open,
}
"""Find a conversation again and read all of it; read its last events; append an event; take a shopper's
message, which leaves a turn; begin a conversation. Reading comes first: what is appended makes it longer."""


def bench_log(plan: LogPlan, *, as_json: bool) -> None:
    """Measure and print."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        measured = runner.run(measure(plan, Console(stderr=True)))
    if as_json:
        print(json.dumps(measured))
        return
    console = printer()
    console.print(log_table(measured))
    for line in ratios(measured):
        console.print(line)


async def measure(plan: LogPlan, told: Console) -> dict[str, dict[str, Any]]:
    """Return times by number of events and name of the call.

    Raises:
        Misconfigured: The URL is none of PostgreSQL's, or may make no database there.
        Unavailable: A seal does not hold: then nothing was measured that counts.
    """
    async with AsyncExitStack() as stack:
        bar = stack.enter_context(Progress(console=told))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="okienko-bench-")))
        logs: dict[int, tuple[Database, Log]] = {}
        for size in plan.sizes:
            database = await stack.enter_async_context(_database(plan.database_url, folder, size))
            task = bar.add_task(f"{size} events: writing", total=size)
            await migrate(database)
            await fill(database, size, lambda done, task=task: bar.update(task, completed=done))  # type: ignore[misc]
            logs[size] = database, Log(database, SystemClock())
        task = bar.add_task("measuring", total=len(CALLS) * plan.runs)
        measured: dict[str, dict[str, Any]] = {str(size): {} for size in plan.sizes}
        for name, call in CALLS.items():
            found = await _in_turns(
                {size: log for size, (_, log) in logs.items()},
                call,
                plan.runs,
                lambda n: bar.advance(task, n),
            )
            for size, times in found.items():
                measured[str(size)][name] = asdict(times)
        for size, (_, log) in logs.items():
            if await log.first_broken_seal(_drawn(size, 0)) is not None:
                raise Unavailable("The benchmark's log is not sealed rightly, so its times say nothing.")
    return measured


async def _in_turns(
    logs: dict[int, Log], call: Call, runs: int, advance: Callable[[int], None]
) -> dict[int, Times]:
    """Make a call on every log, `CHUNK` times each in turn."""
    walls: dict[int, list[float]] = {size: [] for size in logs}
    cpus: dict[int, list[float]] = {size: [] for size in logs}
    for size, log in logs.items():
        for number in range(WARM):
            await call(log, _drawn(size, number))
    for first in range(0, runs, CHUNK):
        for size, log in logs.items():
            for number in range(first, min(runs, first + CHUNK)):
                wall, cpu = time.perf_counter(), time.process_time()
                await call(log, _drawn(size, WARM + number))
                walls[size].append((time.perf_counter() - wall) * 1000)
                cpus[size].append((time.process_time() - cpu) * 1000)
        advance(min(CHUNK, runs - first))
    return {size: Times.of(walls[size], cpus[size]) for size in logs}


def _drawn(size: int, number: int) -> str:
    """Return the id of a conversation somewhere in a log; the same for the same numbers."""
    return id_of(random.Random(f"{size} {number}").randrange(-(-size // EVENTS_EACH)))  # noqa: S311 - no secret


@asynccontextmanager
async def _database(url: str, folder: Path, size: int) -> AsyncIterator[Database]:
    """Open an empty database for a log of a size; it is gone afterwards."""
    if not url:
        database = Database.in_folder(folder / str(size))
        try:
            yield database
        finally:
            await database.close()
        return
    if _backend(url) != "postgresql":
        raise Misconfigured(
            "--database-url must name a PostgreSQL server: postgresql://user:password@host/name"
        )
    name = f"okienko_bench_{size}_{uuid4().hex[:8]}"
    server = Database(url)
    try:
        await _outside(server.engine, f'CREATE DATABASE "{name}"')
        database = Database(make_url(url).set(database=name).render_as_string(hide_password=False))
        try:
            yield database
        finally:
            await database.close()
            await _outside(server.engine, f'DROP DATABASE "{name}"')
    finally:
        await server.close()


def _backend(url: str) -> str:
    try:
        return make_url(url).get_backend_name()
    except ArgumentError:
        return ""


async def _outside(engine: AsyncEngine, statement: str) -> None:
    """Run what no transaction may hold."""
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(statement))
    except (OSError, DBAPIError) as error:
        raise Misconfigured(
            f"The server of --database-url did not do: {statement} ({getattr(error, 'orig', error)}). "
            "Check that it runs, and that its user may make databases (CREATEDB)."
        ) from error


def log_table(measured: dict[str, dict[str, Any]]) -> Table:
    """Return what was measured as a table."""
    table = Table(title="The log, milliseconds: p50 / p95 / CPU", box=None, title_justify="left")
    table.add_column("events")
    for name in CALLS:
        table.add_column(name, justify="right")
    for size, calls in measured.items():
        cells = (f"{one['p50']:.2f} / {one['p95']:.2f} / {one['cpu']:.2f}" for one in calls.values())
        table.add_row(size, *cells)
    return table


def ratios(measured: dict[str, dict[str, Any]]) -> list[str]:
    """Return how times grow from the smallest to the largest log, and whether the goal is met."""
    sizes = sorted(measured, key=int)
    if len(sizes) < 2:
        return []
    small, large = measured[sizes[0]], measured[sizes[-1]]
    lines = []
    for name in CALLS:
        p50, p95 = (large[name][rank] / small[name][rank] for rank in ("p50", "p95"))
        verdict = "met" if p50 <= FLAT else "missed"
        found = f"p50 {p50:.2f}, p95 {p95:.2f}"
        lines.append(f"{name}, {sizes[-1]} ÷ {sizes[0]} events: {found}, goal p50 ≤ {FLAT:.0f}: {verdict}")
    return lines
