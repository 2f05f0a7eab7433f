"""Reads a source again: which of its pages are as they were, which are not, which are gone.

A page that cannot be read now keeps its articles; one that its server does not know any more (404, 410), or
that a sitemap or a folder no longer has, is gone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from foundation.clock import Clock
from knowledge.reading.files import content_of, files_of
from knowledge.reading.kinds import Kind
from knowledge.reading.readers import ReadResult, read_content
from knowledge.reading.sandbox import Sandbox
from knowledge.remarks import Note, Problem, Refused
from knowledge.sources.listing import list_pages
from knowledge.sources.page_files import as_file
from knowledge.sources.page_read import Outcome, PageRead, SourceRead, Tally, page_read, unread
from knowledge.sources.source import Options, Source, SourceKind, SourcePage
from knowledge.web.addresses import Address, PageGone, PageProblem, PageRefused
from knowledge.web.fetching import Fetcher
from knowledge.web.line import NotModified
from knowledge.web.robots import forbids_indexing
from knowledge.web.sitemap import Sitemap

_AT_ONCE = 6
"""Pages that are held in memory at once."""


@dataclass(slots=True)
class SourceReader:
    """Reads sources.

    Attributes:
        fetcher: Asks for pages.
        sandbox: Opens what was fetched, one thing at a time.
        clock: Says when.
        again: Read also what has not changed.
    """

    fetcher: Fetcher
    sandbox: Sandbox
    clock: Clock
    again: bool = False
    tally: Tally = field(default_factory=Tally)
    _parsing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, source: Source) -> SourceRead:
        """Look at every page of a source; read those that have changed."""
        known = {page.address: page for page in source.pages}
        if source.kind is SourceKind.FILE:
            return await self._read_files(source, known)
        try:
            address = Address.parse(source.address)
            if source.kind is SourceKind.URL:
                self.tally.expect(1)
                return SourceRead(source, (await self._look(address, known, source.options, None),))
            listing = await list_pages(self.fetcher, address, source.options, self._read_sitemap)
        except PageProblem as problem:
            return SourceRead(source, problem=problem.about(source.address))
        if not listing.pages and not listing.problems:
            return SourceRead(source, problem=Problem(source.address, "empty_listing"), notes=listing.notes)
        missing = set(known) - set(map(str, listing.pages))
        lost = [Address.parse(one) for one in sorted(missing)] if not listing.whole else []
        pages = await self._look_at_all([*listing.pages, *lost], known, source.options)
        gone = [PageRead(Outcome.GONE, known[one]) for one in sorted(missing)] if listing.whole else []
        return SourceRead(source, (*pages, *gone), None, listing.problems, listing.notes)

    async def _look_at_all(
        self, addresses: list[Address], known: Mapping[str, SourcePage], options: Options
    ) -> list[PageRead]:
        few = asyncio.Semaphore(_AT_ONCE)
        self.tally.expect(len(addresses))

        async def look(address: Address) -> PageRead:
            async with few:
                return await self._look(address, known, options, address.site)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(look(address)) for address in addresses]
        return [task.result() for task in tasks]

    async def _look(
        self, address: Address, known: Mapping[str, SourcePage], options: Options, site: str | None
    ) -> PageRead:
        """Ask for one page; read it if it has changed."""
        before = known.get(str(address), SourcePage(str(address)))
        conditional = not self.again and bool(before.content_hash)
        now = self.clock.now()
        try:
            answer = await self.fetcher.fetch(
                address,
                etag=before.etag if conditional else None,
                last_modified=before.last_modified if conditional else None,
                site=site,
            )
        except PageGone as problem:
            if not before.content_hash:
                return unread(before, now, problem.about(str(address)))
            note = Note(str(address), problem.code, problem.fields)
            return PageRead(Outcome.GONE, before, notes=(note,))
        except PageProblem as problem:
            return unread(before, now, problem.about(str(address)))
        finally:
            self.tally.tick()
        if isinstance(answer, NotModified):
            return PageRead(Outcome.SAME, replace(before, checked_at=now, problem=None))
        page = replace(
            before,
            etag=answer.etag,
            last_modified=answer.last_modified,
            content_hash=answer.content_hash,
            checked_at=now,
            problem=None,
        )
        # Nobody has named what only a sitemap leads to: there the page decides, as robots.txt does.
        listed, unlisted = site is not None, forbids_indexing(answer.said_to_robots)
        if listed and unlisted:
            return unread(before, now, Problem(str(address), "noindex"))
        if not self.again and before.content_hash == answer.content_hash:
            return PageRead(Outcome.SAME, page)
        try:
            content, name, media_type = as_file(answer, address)
        except Refused as error:
            return unread(before, now, Problem(str(address), error.code, error.fields))
        found = await self._parse(content, name, str(address), media_type, options)
        said = any(note.code == "noindex_read" for note in found.notes)
        if listed and said:
            return unread(before, now, Problem(str(address), "noindex"))
        if unlisted and not said:
            found = replace(found, notes=(*found.notes, Note(str(address), "noindex_read")))
        return page_read(page, before, found)

    async def _read_files(self, source: Source, known: Mapping[str, SourcePage]) -> SourceRead:
        path = Path(source.address)
        if not await asyncio.to_thread(path.exists):
            return SourceRead(source, problem=Problem(source.address, "source_away"))
        found = await asyncio.to_thread(files_of, [path])
        if not found.files:
            return SourceRead(source, problem=Problem(source.address, "folder_emptied"))
        self.tally.expect(len(found.files))
        pages = [
            await self._look_at_file(file, str(name), known, source.options) for file, name in found.files
        ]
        missing = sorted(set(known) - {str(file) for file, _ in found.files})
        # What lies where nobody could look is not gone.
        away = [PageRead(Outcome.GONE, known[one]) for one in missing if not found.hides(Path(one))]
        return SourceRead(source, (*pages, *away), problems=tuple(found.problems))

    async def _look_at_file(
        self, file: Path, name: str, known: Mapping[str, SourcePage], options: Options
    ) -> PageRead:
        before = known.get(str(file), SourcePage(str(file)))
        now = self.clock.now()
        try:
            content = await asyncio.to_thread(content_of, file)
        except Refused as error:
            problem = Problem(str(file), error.code, error.fields)
            return PageRead(
                Outcome.KEPT, replace(before, checked_at=now, problem=problem), problems=(problem,)
            )
        finally:
            self.tally.tick()
        page = replace(before, content_hash=hashlib.sha256(content).hexdigest(), checked_at=now, problem=None)
        if not self.again and page.content_hash == before.content_hash:
            return PageRead(Outcome.SAME, page)
        found = await self._parse(content, name, str(file), "", options)
        return page_read(page, before, found)

    async def _read_sitemap(self, content: bytes) -> Sitemap:
        async with self._parsing:
            try:
                parsed = await asyncio.to_thread(self.sandbox.parse, Kind.SITEMAP, content, "sitemap")
            except Refused as error:
                raise PageRefused(error.code, **error.fields) from error
        fields = parsed.drafts[0].fields
        return Sitemap(tuple(map(str, fields["pages"])), tuple(map(str, fields["sitemaps"])))

    async def _parse(
        self, content: bytes, name: str, source: str, media_type: str, options: Options
    ) -> ReadResult:
        async with self._parsing:  # the sandbox does one thing at a time
            return await asyncio.to_thread(
                read_content,
                content,
                name,
                source=source,
                media_type=media_type,
                language=options.language,
                sandbox=self.sandbox,
            )
