"""Reads and writes sources, their pages, and proposals that wait for a yes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.language import Language
from knowledge.articles import Article
from knowledge.remarks import Note, Problem, Remark
from knowledge.sources.proposal import Change, ChangeKind, PageState, Proposal
from knowledge.sources.source import Options, Source, SourceKind, SourcePage
from knowledge.sources.tables import proposals_table, source_pages_table, sources_table


async def add(
    connection: AsyncConnection, kind: SourceKind, address: str, options: Options, now: datetime
) -> int:
    """Store a new source; return its id."""
    values = {"kind": kind.value, "address": address, "options": _options_json(options), "added_at": now}
    done = await connection.execute(insert(sources_table).values(**values).returning(sources_table.c.id))
    return int(done.scalar_one())


async def change(connection: AsyncConnection, source_id: int, kind: SourceKind, options: Options) -> None:
    """Read a source in another way from now on."""
    await connection.execute(
        update(sources_table)
        .where(sources_table.c.id == source_id)
        .values(kind=kind.value, options=_options_json(options))
    )


async def listed(connection: AsyncConnection, ids: Collection[int] | None = None) -> list[Source]:
    """Return all sources, or those of these ids, by id, with their pages by address."""
    query = select(sources_table).order_by(sources_table.c.id)
    pages = select(source_pages_table).order_by(source_pages_table.c.address)
    if ids is not None:
        query = query.where(sources_table.c.id.in_(ids))
        pages = pages.where(source_pages_table.c.source_id.in_(ids))
    found: dict[int, list[SourcePage]] = {}
    for row in await connection.execute(pages):
        found.setdefault(row.source_id, []).append(_page(row))
    return [_source(row, found.get(row.id, ())) for row in await connection.execute(query)]


async def remember(connection: AsyncConnection, states: Iterable[PageState]) -> None:
    """Store how pages are; forget those that are gone."""
    t = source_pages_table
    rows = []
    for state in states:
        here = (t.c.source_id == state.source_id) & (t.c.address == state.page.address)
        await connection.execute(delete(t).where(here))
        if not state.gone:
            rows.append({"source_id": state.source_id, **_page_json(state.page)})
    if rows:
        await connection.execute(insert(t), rows)


async def note_check(
    connection: AsyncConnection, source_id: int, now: datetime, problem: Problem | None
) -> None:
    """Store when a source was read, and why it could not be."""
    await connection.execute(
        update(sources_table)
        .where(sources_table.c.id == source_id)
        .values(checked_at=now, problem=_remark_json(problem))
    )


async def forget(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Delete sources with their pages."""
    await connection.execute(delete(source_pages_table).where(source_pages_table.c.source_id.in_(ids)))
    await connection.execute(delete(sources_table).where(sources_table.c.id.in_(ids)))


async def keep_proposal(connection: AsyncConnection, proposal: Proposal, older_than: datetime) -> None:
    """Store a proposal; delete those that were made before `older_than`."""
    t = proposals_table
    await connection.execute(delete(t).where(t.c.created_at < older_than))
    content = {
        "changes": [_change_json(one) for one in proposal.changes],
        "pages": [
            {
                "source_id": state.source_id,
                "waits_for": list(state.waits_for),
                "gone": state.gone,
                "page": {**_page_json(state.page), "checked_at": _moment_json(state.page.checked_at)},
            }
            for state in proposal.pages
        ],
        "problems": [_remark_json(one) for one in proposal.problems],
        "notes": [_remark_json(one) for one in proposal.notes],
        "unchanged": proposal.unchanged,
    }
    await connection.execute(
        insert(t).values(id=proposal.id, created_at=proposal.created_at, content=content)
    )


async def proposal(connection: AsyncConnection, proposal_id: str) -> Proposal | None:
    """Return a stored proposal; None if it is unknown, was published, or is too old."""
    t = proposals_table
    row = (await connection.execute(select(t).where(t.c.id == proposal_id))).first()
    if row is None:
        return None
    content = row.content
    return Proposal(
        row.created_at,
        tuple(_change(one) for one in content["changes"]),
        tuple(_state(one) for one in content["pages"]),
        tuple(Problem(**one) for one in content["problems"]),
        tuple(Note(**one) for one in content["notes"]),
        content["unchanged"],
        row.id,
    )


async def drop_proposal(connection: AsyncConnection, proposal_id: str) -> None:
    """Delete a proposal."""
    await connection.execute(delete(proposals_table).where(proposals_table.c.id == proposal_id))


def _source(row: Row[Any], pages: Iterable[SourcePage]) -> Source:
    language = row.options.get("language")
    options = Options(
        tuple(row.options.get("include", ())),
        tuple(row.options.get("exclude", ())),
        Language(language) if language else None,
    )
    return Source(
        row.id,
        SourceKind(row.kind),
        row.address,
        options,
        row.added_at,
        row.checked_at,
        _problem(row.problem),
        tuple(pages),
    )


def _page(row: Row[Any]) -> SourcePage:
    return SourcePage(
        row.address,
        row.etag,
        row.last_modified,
        row.content_hash,
        row.articles,
        row.checked_at,
        _problem(row.problem),
    )


def _options_json(options: Options) -> dict[str, Any]:
    return {
        "include": list(options.include),
        "exclude": list(options.exclude),
        "language": options.language.value if options.language else None,
    }


def _page_json(page: SourcePage) -> dict[str, Any]:
    return {
        "address": page.address,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "content_hash": page.content_hash,
        "articles": dict(page.articles),
        "checked_at": page.checked_at,
        "problem": _remark_json(page.problem),
    }


def _state(value: Mapping[str, Any]) -> PageState:
    page = dict(value["page"])
    page["problem"] = _problem(page["problem"])
    page["checked_at"] = datetime.fromisoformat(page["checked_at"]) if page["checked_at"] else None
    return PageState(value["source_id"], SourcePage(**page), tuple(value["waits_for"]), value["gone"])


def _moment_json(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _remark_json(remark: Remark | None) -> dict[str, Any] | None:
    return asdict(remark) if remark else None


def _problem(value: Mapping[str, Any] | None) -> Problem | None:
    return Problem(**value) if value else None


def _change_json(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "article_id": one.article_id,
        "before": _article_json(one.before),
        "after": _article_json(one.after),
        "edited": one.edited,
    }


def _change(value: Mapping[str, Any]) -> Change:
    return Change(
        ChangeKind(value["kind"]),
        value["article_id"],
        _article(value["before"]),
        _article(value["after"]),
        value["edited"],
    )


def _article_json(article: Article | None) -> dict[str, Any] | None:
    if article is None:
        return None
    days = {name: getattr(article, name) for name in ("valid_from", "valid_until")}
    return {**asdict(article), **{name: day and day.isoformat() for name, day in days.items()}}


def _article(value: Mapping[str, Any] | None) -> Article | None:
    if value is None:
        return None
    days = {name: value[name] and date.fromisoformat(value[name]) for name in ("valid_from", "valid_until")}
    lists = {name: tuple(value[name]) for name in ("tags", "questions")}
    return Article(**{**value, **days, **lists, "language": Language(value["language"])})
