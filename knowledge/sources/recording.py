"""Remembers files and folders as sources when their articles were published."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from foundation.database import Database
from knowledge.articles import Article
from knowledge.reading.files import files_of
from knowledge.sources import store as store
from knowledge.sources.proposal import PageState
from knowledge.sources.source import Options, Source, SourceKind, SourcePage


async def record_files(
    database: Database,
    paths: Iterable[Path],
    published: Iterable[Article],
    hashes: Mapping[str, str],
    now: datetime,
) -> None:
    """Remember files and folders as sources.

    A path inside a folder that is a source already belongs to that source; sources inside a folder that
    becomes one are taken over by it.

    Args:
        database: Keeps the sources.
        paths: What was given to be read; what is not there is passed over.
        published: All articles of them, each with the path that it was read from as `Article.source`.
        hashes: The sha256 of the files as they were read, by path: they may have changed since.
        now: When they were read.
    """
    found = await asyncio.to_thread(_pages_of, list(paths), list(published), hashes)
    async with database.transaction(alone="sources") as connection:
        for path, pages in found:
            sources = [one for one in await store.listed(connection) if one.kind is SourceKind.FILE]
            inside = [one for one in sources if Path(one.address).is_relative_to(path)]
            before = {page.address: page for source in inside for page in source.pages}
            home = next((one for one in sources if path.is_relative_to(one.address)), None)
            if home is None:
                await store.forget(connection, [one.id for one in inside])
                home_id = await store.add(connection, SourceKind.FILE, str(path), Options(), now)
            else:
                home_id, before = home.id, _by_address(home)
            states = [PageState(home_id, _merged(before.get(page.address), page, now)) for page in pages]
            await store.remember(connection, states)
            await store.note_check(connection, home_id, now, None)


def _by_address(source: Source) -> dict[str, SourcePage]:
    return {page.address: page for page in source.pages}


def _merged(before: SourcePage | None, page: SourcePage, now: datetime) -> SourcePage:
    """Return how a file is to be remembered: one that has lost articles is to be read again."""
    page = replace(page, checked_at=now)
    if before is None or set(before.articles) <= set(page.articles):
        return page
    return replace(page, content_hash="", articles={**before.articles, **page.articles})


def _pages_of(
    paths: Sequence[Path], published: Sequence[Article], hashes: Mapping[str, str]
) -> list[tuple[Path, list[SourcePage]]]:
    """Return each path, absolute, with the files below it of which articles were published."""
    articles: dict[Path, dict[str, str]] = {}
    for article in published:
        articles.setdefault(Path(article.source).resolve(), {})[article.id] = article.content_hash
    read = {Path(source).resolve(): was for source, was in hashes.items()}
    whole = [path.resolve() for path in paths if path.exists()]
    return [(path, list(_pages(path, articles, read))) for path in whole]


def _pages(
    path: Path, articles: Mapping[Path, Mapping[str, str]], read: Mapping[Path, str]
) -> Iterable[SourcePage]:
    for file, _ in files_of([path]).files:
        real = file.resolve()
        if real in articles and real in read:
            yield SourcePage(str(file), content_hash=read[real], articles=articles[real])
