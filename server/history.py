"""The commands about the life of the library: its history, going back in it, checking it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table

from foundation.clock import SHOP_ZONE, SystemClock
from foundation.errors import InvalidInput, NotFound
from knowledge.articles import ArticleVersion, KnowledgeState
from knowledge.library import Library
from server.house import open_database, open_library
from server.models import print_findings
from server.settings import Settings
from server.shelving import progress_bar
from server.telling import printer


async def show_history(settings: Settings, article_id: str | None, *, as_json: bool) -> None:
    """Print the states of the library, or the versions of an article, newest first.

    Raises:
        NotFound: There was never such an article.
    """
    async with _library(settings) as library:
        rows: Sequence[KnowledgeState | ArticleVersion] = (
            await library.history(article_id) if article_id else await library.states()
        )
    if article_id and not rows:
        raise NotFound(f"There is no article {article_id!r}. See: okienko knowledge list")
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=_as_text))
    else:
        printer().print(_table(rows))


async def restore(
    settings: Settings, article_id: str | None, *, version: int | None, state: int | None
) -> None:
    """Bring back a version of an article, or a state of the whole library.

    Raises:
        InvalidInput: It is not clear which of the two is meant.
        NotFound: There is no such version or state.
    """
    async with _library(settings) as library:
        await library.start()
        with progress_bar("Embedding passages") as advance:
            if article_id and version is not None and state is None:
                done = await library.restore(article_id, version, advance)
            elif state is not None and not article_id and version is None:
                done = await library.restore_state(state, advance)
            else:
                raise InvalidInput("Give an article and --version, or --state alone.")
    if not done.added + done.changed + done.retired:
        print(f"Nothing to restore: state {done.state} says the same.")
        return
    print(
        f"{done.added} articles brought back, {done.changed} changed, {done.retired} taken back: "
        f"state {done.state}."
    )


async def check_library(settings: Settings, *, mend: bool, as_json: bool) -> bool:
    """Compare articles, passages, vectors and index; return whether all agree."""
    async with _library(settings) as library:
        findings = await library.check(mend=mend)
    print_findings(findings, as_json=as_json)
    return all(found.good for found in findings)


@asynccontextmanager
async def _library(settings: Settings) -> AsyncIterator[Library]:
    async with open_database(settings) as database:
        library = open_library(settings, database, SystemClock())
        try:
            yield library
        finally:
            await library.close()


def _table(rows: Sequence[KnowledgeState | ArticleVersion]) -> Table:
    of_article = bool(rows) and isinstance(rows[0], ArticleVersion)
    columns = ("version", "state", "published", "until", "why", "by", "title")
    if not of_article:
        columns = ("state", "since", "why", "came", "went", "by", "model")
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: KnowledgeState | ArticleVersion) -> tuple[str, ...]:
    since = _local(row.published_at)
    if isinstance(row, ArticleVersion):
        until = _local(row.retired_at) if row.retired_at else ""
        return str(row.version), str(row.state), since, until, row.reason, row.changed_by, row.title
    return str(row.number), since, row.reason, str(row.came), str(row.went), row.changed_by, row.model


def _local(moment: datetime, zone: ZoneInfo = SHOP_ZONE) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no JSON")
