"""``python -m tests.faults``: one run, or with ``--broken`` every broken variant, which must be caught."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress, TaskID

from tests.faults.broken import VARIANTS
from tests.faults.run import Plan, Run
from tests.faults.story import as_expected, prepare, summary, tell


def main() -> int:
    """Run, print the figures, return 1 if anything was found that must not be."""
    wanted = _parser().parse_args()
    if wanted.processes > 1 and not wanted.postgres:
        sys.exit("Several processes need a database that they can share: add --postgres.")
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="okienko-faults-") as passing:
        folder = wanted.keep or passing
        prepared = Path(folder) / "prepared"
        prepared.mkdir(parents=True)
        prepare(prepared)
        variants = tuple(VARIANTS) if wanted.broken else (wanted.variant,)
        results = []
        for variant in variants:
            plan = Plan(
                messages=wanted.messages,
                kills=wanted.kills,
                reconnects=wanted.reconnects,
                seed=wanted.seed,
                shoppers=wanted.shoppers,
                processes=wanted.processes,
                postgres=wanted.postgres,
                redis=wanted.redis,
                variant=variant,
                minutes=wanted.minutes,
            )
            own = Path(folder) / (variant or "run")
            own.mkdir()
            try:
                run = asyncio.run(_with_bar(console, plan, prepared, own))
            except pytest.skip.Exception as missing:
                sys.exit(f"This run is left out: {missing}")
            print(summary(run), flush=True)
            results.append(as_expected(run))
    return 0 if all(results) else 1


async def _with_bar(console: Console, plan: Plan, prepared: Path, folder: Path) -> Run:
    with Progress(console=console) as progress:
        bar: TaskID = progress.add_task(plan.variant or "messages", total=1.0)

        def watch(run: Run) -> None:
            counts = run.counts
            told = (
                f"{counts['messages']} messages, {counts['replies']} replies, "
                f"{counts['kill'] + counts['kill_in_turn']} kills, {counts['reconnects']} reconnects, "
                f"{sum(run.findings.values())} findings"
            )
            progress.update(bar, completed=min(1, run.progress), description=told)

        return await tell(plan, prepared, folder, watch)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--messages", type=int, default=1000, help="of shoppers, with as many replies")
    parser.add_argument("--kills", type=int, default=20, help="of servers with -9")
    parser.add_argument("--reconnects", type=int, default=200, help="at least so many")
    parser.add_argument("--seed", type=int, default=7, help="other faults at other moments")
    parser.add_argument("--shoppers", type=int, default=12, help="at once")
    parser.add_argument("--processes", type=int, default=1, help="servers behind the balancer")
    parser.add_argument("--postgres", action="store_true", help="on a Postgres of its own")
    parser.add_argument("--redis", action="store_true", help="with a Redis of its own")
    parser.add_argument("--variant", choices=("", *VARIANTS), default="", help="a broken server")
    parser.add_argument("--broken", action="store_true", help="every broken server, one after another")
    parser.add_argument(
        "--keep", help="a new folder for the data and what the servers said; else neither is kept"
    )
    parser.add_argument(
        "--minutes", type=float, default=30, help="to come to the end after, with what there is"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
