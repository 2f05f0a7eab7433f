"""The commands about sources: add pages of the web, read sources again, publish what changed, forget."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table
from rich.text import Text

from foundation.clock import SystemClock
from foundation.errors import InvalidInput
from knowledge.articles import Published
from knowledge.remarks import Remark
from knowledge.sources.proposal import Change, ChangeKind, Proposal
from knowledge.sources.source import Options, Source
from knowledge.sources.syncing import Sources
from knowledge.web.addresses import AllowedHosts, PageProblem
from knowledge.web.fetching import Fetcher
from server.house import open_database, open_library
from server.settings import Settings
from server.shelving import progress_bar
from server.telling import interruptible, plain, plain_line, printer, tell

NEW_LINES = 20
"""Of a new article so many lines are shown, unless all are asked for."""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_KINDS = {ChangeKind.NEW: "green", ChangeKind.CHANGED: "yellow", ChangeKind.GONE: "red"}


@asynccontextmanager
async def open_sources(settings: Settings) -> AsyncIterator[Sources]:
    """Open the shop's sources with what they need."""
    clock = SystemClock()
    async with open_database(settings) as database:
        library = open_library(settings, database, clock)
        fetcher = Fetcher(AllowedHosts.of(settings.knowledge_allow_hosts))
        try:
            yield Sources(database, fetcher, library, clock)
        finally:
            await fetcher.close()
            await library.close()


async def add_pages(
    settings: Settings, urls: Sequence[str], *, sitemap: bool, options: Options, record: bool
) -> bool:
    """Read pages or sitemaps and publish them; return whether anything could not be read."""
    all_read = True
    async with open_sources(settings) as sources:
        for url in urls:
            try:
                all_read &= await _add(sources, url, sitemap, options, record)
            except PageProblem as problem:
                tell([problem.about(url)])
                all_read = False
            except InvalidInput as problem:
                print(f"Skipped: {plain_line(problem.message)}", file=sys.stderr)
                all_read = False
    return not all_read


async def _add(sources: Sources, url: str, sitemap: bool, options: Options, record: bool) -> bool:
    known = {source.id for source in await sources.listed()}
    with progress_bar("Reading pages") as advance:
        proposal = await sources.add_url(url, sitemap=sitemap, options=options, progress=advance)
    tell(proposal.problems, proposal.notes)
    gone = proposal.count(ChangeKind.GONE)
    # What goes is shown before it goes: that is for sync.
    coming = [one.article_id for one in proposal.changes if one.kind is not ChangeKind.GONE]
    done = await _publish(sources, proposal, coming) if coming else Published(0, 0, 0, 0)
    print(
        f"{done.added} articles added, {done.changed} changed; {done.passages} passages in all. "
        f"Pages as they were: {proposal.unchanged}."
    )
    if gone:
        print(f"{gone} articles are gone from their source. See: okienko knowledge sync")
    if not record:
        await sources.forget({source.id for source in await sources.listed()} - known)
    return not proposal.problems


@dataclass(frozen=True, slots=True)
class Look:
    """How to read again and show.

    Attributes:
        yes: Publish without asking.
        again: Read also what has not changed.
        full: Show new articles whole.
    """

    yes: bool = False
    again: bool = False
    full: bool = False
    as_json: bool = False


async def sync(settings: Settings, ids: Sequence[int], look: Look) -> bool:
    """Read sources again, show what changed, publish it after a yes; return whether all went well."""
    async with open_sources(settings) as sources:
        with progress_bar("Reading sources") as advance:
            proposal = await sources.check(ids or None, again=look.again, progress=advance)
        if look.as_json:
            return await _sync_json(sources, proposal, look)
        tell(proposal.problems, proposal.notes)
        if not proposal.changes:
            print(await _nothing(sources, proposal))
            return not proposal.problems
        _show(proposal, full=look.full)
        if not look.yes and not _may_ask():
            print(
                "Nothing was published: there is no terminal to ask at. To publish all of it: "
                "okienko knowledge sync --yes",
                file=sys.stderr,
            )
            return False
        number = len(proposal.changes)
        if not look.yes and not _agreed(f"Publish {_these(number)}?"):
            print("Nothing was published.")
            return True
        done = await _publish(sources, proposal)
    print(
        f"Published: {done.added} new, {done.changed} changed, {done.retired} taken back; state {done.state}."
    )
    return not proposal.problems


async def list_sources(settings: Settings, *, as_json: bool) -> None:
    """Print the sources."""
    async with open_sources(settings) as sources:
        rows = await sources.listed()
    if as_json:
        print(json.dumps([_source_json(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        print(_NO_SOURCES)
        return
    table = Table("id", "kind", "articles", "last read", "not read", "address", box=None, pad_edge=False)
    for row in rows:
        read = f"{row.checked_at:%Y-%m-%d %H:%M}" if row.checked_at else "never"
        troubles = sum(page.problem is not None for page in row.pages) + (row.problem is not None)
        about = (str(row.id), row.kind.value, str(len(row.articles)), read, str(troubles or ""))
        table.add_row(*about, Text(row.address, overflow="fold"))
    printer().print(table)


async def forget_sources(settings: Settings, ids: Sequence[int]) -> None:
    """Forget sources; their articles stay.

    Raises:
        NotFound: There is no source of one of these ids; then none is forgotten.
    """
    async with open_sources(settings) as sources:
        forgotten = await sources.forget(ids)
    for source in forgotten:
        number = len(source.articles)
        print(f"{source.address} is no longer read. Its {number} articles stay published.")
        if number:
            print(f"To take them back: okienko knowledge remove {' '.join(sorted(source.articles))}")


_NO_SOURCES = "There are no sources yet. Add one with: okienko knowledge add https://shop.example/help"


def _agreed(question: str) -> bool:
    """Ask for a yes; the end of the input (Ctrl-D) is a no."""
    try:
        with interruptible():
            return Confirm.ask(question, default=False)
    except EOFError:
        print()
        return False


def _may_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


async def _publish(sources: Sources, proposal: Proposal, only: Sequence[str] | None = None) -> Published:
    with progress_bar("Embedding passages") as advance:
        return await sources.publish(proposal.id, only=only, progress=advance)


async def _nothing(sources: Sources, proposal: Proposal) -> str:
    if proposal.problems or proposal.unchanged or await sources.listed():
        return f"Nothing has changed. Pages and files that are as they were: {proposal.unchanged}."
    return _NO_SOURCES


async def _sync_json(sources: Sources, proposal: Proposal, look: Look) -> bool:
    done = await _publish(sources, proposal) if proposal.changes and look.yes else None
    said: dict[str, Any] = {
        "changes": [_change_json(change) for change in proposal.changes],
        "problems": [_remark_json(one) for one in proposal.problems],
        "notes": [_remark_json(one) for one in proposal.notes],
        "unchanged": proposal.unchanged,
        "published": done and {
            "added": done.added, "changed": done.changed, "retired": done.retired, "state": done.state,
        },
    }  # fmt: skip
    print(json.dumps(said, ensure_ascii=False, indent=2))
    if proposal.changes and done is None:
        print("Nothing was published. To publish all of it: okienko knowledge sync --yes", file=sys.stderr)
    return not proposal.problems and (done is not None or not proposal.changes)


def _show(proposal: Proposal, *, full: bool) -> None:
    """Print the changes, in colours on a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for change in proposal.changes:
        head = Text(change.kind.value, style=f"bold {_KINDS[change.kind]}")
        console.print(head.append(f"  {change.article_id}  ", style="bold").append(plain_line(change.title)))
        if change.edited:
            console.print(
                Text("  It was changed here since it was read: publishing loses that.", style="red")
            )
        for line in _shown(change, full):
            console.print(Text(f"  {line}", style=_COLOURS.get(line[:1], "")))
        console.print()
    counts = ", ".join(f"{proposal.count(kind)} {kind.value}" for kind in ChangeKind)
    console.print(f"{counts}. Pages and files that are as they were: {proposal.unchanged}.")


def _shown(change: Change, full: bool) -> list[str]:
    if change.kind is ChangeKind.GONE and not full:
        return []
    lines = [plain(line) for line in change.diff]
    if change.kind is ChangeKind.CHANGED or full or len(lines) <= NEW_LINES:
        return lines
    return [*lines[:NEW_LINES], f"… {len(lines) - NEW_LINES} more lines: --full shows them"]


def _these(number: int) -> str:
    return "this change" if number == 1 else f"these {number} changes"


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "article_id": change.article_id,
        "title": change.title,
        "edited": change.edited,
        "diff": list(change.diff),
    }


def _remark_json(remark: Remark) -> dict[str, Any]:
    return {"source": remark.source, "code": remark.code, "message": remark.message}


def _source_json(source: Source) -> dict[str, Any]:
    problems = (source.problem, *(page.problem for page in source.pages))
    return {
        "id": source.id,
        "kind": source.kind.value,
        "address": source.address,
        "include": list(source.options.include),
        "exclude": list(source.options.exclude),
        "language": source.options.language and source.options.language.value,
        "checked_at": source.checked_at and source.checked_at.isoformat(),
        "pages": len(source.pages),
        "articles": sorted(source.articles),
        "problems": [_remark_json(problem) for problem in problems if problem is not None],
    }
