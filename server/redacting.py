"""`okienko evals redaction`: what leaves the machine, with its progress shown."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from rich.console import Console
from rich.progress import Progress

from customer.batch import ImportBatch
from evals.redaction import Redaction, run_redaction
from evals.redaction_door import Door, Shop, run_door
from evals.redaction_messages import messages
from knowledge.reading.readers import read
from server.chatting import open_chat
from server.demo.run import ARTICLES
from server.settings import Settings


async def redact(settings: Settings, count: int, seed: int) -> tuple[Redaction, Door]:
    """Redact so many messages alone, then send them through a temporary shop with the demo's articles."""
    articles = read([ARTICLES]).articles

    def opened(records: ImportBatch, model_url: str) -> AbstractAsyncContextManager[Shop]:
        return open_chat(settings, records, articles=articles, model_url=model_url)

    alone = run_redaction(messages(count, seed))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("messages", total=count)
        door = await run_door(
            messages(count, seed),
            opened,
            seed=seed,
            progress=lambda done, _: bar.update(task, completed=done),
        )
    return alone, door
