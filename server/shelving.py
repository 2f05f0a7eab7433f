"""Putting things into the shop's data: articles and orders, with what could not be read named."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from customer.imports import read_orders
from customer.orders import SqlOrders
from customer.product_imports import read_products
from customer.products import SqlProducts
from foundation.clock import SystemClock
from foundation.errors import NotFound
from knowledge.articles import Published
from knowledge.library import Library
from knowledge.reading.duplicates import without_duplicates
from knowledge.reading.readers import ReadResult, read
from knowledge.remarks import KINDS
from knowledge.sources.recording import record_files
from server.house import open_database, open_library
from server.settings import Settings
from server.telling import interruptible, plain_line, printer, tell


async def add_articles(settings: Settings, paths: list[Path], *, record: bool = True) -> bool:
    """Read and publish articles; return whether anything could not be read.

    Args:
        settings: Of the shop.
        paths: Files and folders.
        record: Remember them as sources, to be read again.
    """
    with interruptible():
        found = read(paths)
    tell(found.problems, found.notes)
    if found.articles:
        async with open_database(settings) as database:
            library = open_library(settings, database, SystemClock())
            try:
                await library.start()
                known = [row.article for row in await library.articles()]
                new, repeated, alike = without_duplicates(found.articles, known)
                tell(repeated, alike)
                found = replace(found, articles=new, problems=(*found.problems, *repeated))
                done = await publish_with_bar(library, found)
                if record:
                    await record_files(database, paths, found.articles, found.hashes, SystemClock().now())
            finally:
                await library.close()
        print(
            f"{done.added} articles added, {done.changed} changed, {done.unchanged} unchanged; "
            f"{done.passages} passages in all."
        )
    elif not found.problems:
        print(f"There is no file at that place that can be read ({KINDS}).", file=sys.stderr)
        return True
    return bool(found.problems)


async def publish_with_bar(library: Library, found: ReadResult) -> Published:
    """Publish what was read, with a progress bar on a terminal."""
    with progress_bar("Embedding passages") as advance:
        return await library.publish(found.articles, progress=advance)


async def remove_articles(settings: Settings, ids: list[str]) -> None:
    """Take articles back.

    Raises:
        NotFound: One is not published; then none is taken back.
    """
    async with open_database(settings) as database:
        library = open_library(settings, database, SystemClock())
        try:
            await library.start()
            known = {row.article.id for row in await library.articles()}
            if strangers := [one for one in ids if one not in known]:
                raise NotFound(f"There is no article {strangers[0]!r}. See: okienko knowledge list")
            await library.remove(ids)
        finally:
            await library.close()
    print(f"{len(set(ids))} articles taken back.")


@contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """Show a bar on a terminal; yield a function of (done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)

        def advance(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield advance


async def list_articles(settings: Settings, *, as_json: bool) -> None:
    """Print the published articles."""
    async with open_database(settings) as database:
        library = open_library(settings, database, SystemClock())
        rows = await library.articles()
        await library.close()
    if as_json:
        listed = [
            {
                "id": row.article.id,
                "version": row.version,
                "language": row.article.language.value,
                "title": row.article.title,
                "passages": row.passages,
                "state": row.state,
                "confirmed_at": row.confirmed_at.isoformat(),
                "valid_from": row.article.valid_from and row.article.valid_from.isoformat(),
                "valid_until": row.article.valid_until and row.article.valid_until.isoformat(),
            }
            for row in rows
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    if not rows:
        print("There are no articles yet. Add some with: okienko knowledge add PATH")
        return
    table = Table("id", "version", "language", "passages", "title", box=None, pad_edge=False)
    for row in rows:
        table.add_row(
            row.article.id,
            str(row.version),
            row.article.language.value,
            str(row.passages),
            Text(plain_line(row.article.title)),  # data, not markup
        )
    printer().print(table)


async def import_orders(settings: Settings, file: Path) -> bool:
    """Import orders from a file; return whether any row was broken."""
    batch = read_orders(file)
    for note in batch.notes:
        print(f"Note: {note}", file=sys.stderr)
    for problem in batch.problems:
        print(f"Skipped: {problem}", file=sys.stderr)
    async with open_database(settings) as database:
        saved = await SqlOrders(database).save(batch)
        await SqlProducts(database).count_together()
    print(
        f"{saved.orders} orders imported or updated, {saved.unchanged} unchanged, "
        f"{saved.customers} customers new or changed."
    )
    return bool(batch.problems)


async def import_products(settings: Settings, file: Path) -> bool:
    """Import the catalogue from a file; return whether any row was broken."""
    batch = read_products(file)
    for note in batch.notes:
        print(f"Note: {note}", file=sys.stderr)
    for problem in batch.problems:
        print(f"Skipped: {problem}", file=sys.stderr)
    async with open_database(settings) as database:
        shelf = SqlProducts(database)
        changed, unchanged = await shelf.save(batch.products)
        pairs = await shelf.count_together()
    print(
        f"{changed} products imported or updated, {unchanged} unchanged; {pairs} pairs are bought together."
    )
    return bool(batch.problems)
