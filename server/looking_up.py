"""`okienko evals orders`: the evaluation of order look-ups, with its progress shown."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID

from customer.batch import ImportBatch
from evals.order_attacks import attacks as made_attacks
from evals.orders import Chat, OrderReport, load_cases, run_attacks, run_orders
from evals.tau2 import load_records
from server.chatting import open_chat
from server.settings import Settings


async def look_up(
    settings: Settings, records: Path, cases: Path, *, attacks: int = 0, seed: int = 7
) -> OrderReport:
    """Ask for every case's order, and try so many attacks, in a temporary shop.

    Raises:
        InvalidInput: The records or the cases cannot be used.
    """
    batch, asked = load_records(records), load_cases(cases)

    def opened(shop: ImportBatch) -> AbstractAsyncContextManager[Chat]:
        return open_chat(settings, shop)

    def mailing(shop: ImportBatch) -> AbstractAsyncContextManager[Chat]:
        return open_chat(settings, shop, mails=True)

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        async def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)

        report = await run_orders(asked, batch, opened, show)
        if attacks:
            await run_attacks(made_attacks(batch, attacks, seed), batch, mailing, report, show)
    return report
