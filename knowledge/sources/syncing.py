"""Sources of articles: read them again, show what would change, publish exactly that.

What is shown is kept in the database until it is published: a page that changes between the look and the yes
changes nothing of what was agreed to, and nothing has to be fetched a second time. If an article was changed
here in between, publishing is refused, and nothing is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from uuid import uuid4

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict, InvalidInput, NotFound
from knowledge.articles import Article, Published
from knowledge.library import Library
from knowledge.reading.sandbox import Sandbox
from knowledge.sources import store as store
from knowledge.sources.page_read import Outcome, Progress, SourceRead, Tally
from knowledge.sources.proposal import ChangeKind, Proposal
from knowledge.sources.reading import SourceReader
from knowledge.sources.source import Options, Source, SourceKind
from knowledge.sources.weighing import weigh
from knowledge.web.addresses import Address
from knowledge.web.fetching import Fetcher
from knowledge.web.line import Fetched
from knowledge.web.sitemap import looks_like_sitemap

PROPOSALS_KEPT = timedelta(days=1)


class Sources:
    """The places that the shop's articles come from.

    Args:
        database: Keeps sources, pages and proposals.
        fetcher: Asks for pages of the web.
        library: Where articles are published.
        clock: Says when.
        open_sandbox: Makes the process in which is opened what was fetched.
    """

    def __init__(
        self,
        database: Database,
        fetcher: Fetcher,
        library: Library,
        clock: Clock,
        *,
        open_sandbox: Callable[[], Sandbox] = Sandbox,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._library = library
        self._clock = clock
        self._open_sandbox = open_sandbox

    async def listed(self, ids: Collection[int] | None = None) -> list[Source]:
        """Return all sources by id, or those asked for.

        Raises:
            NotFound: There is no source of one of these ids.
        """
        async with self._database.reading() as connection:
            found = await store.listed(connection, ids)
        for missing in sorted(set(ids or ()) - {source.id for source in found}):
            raise NotFound(f"There is no source {missing}. See: okienko knowledge sources")
        return found

    async def check(
        self, ids: Collection[int] | None = None, *, again: bool = False, progress: Progress | None = None
    ) -> Proposal:
        """Read sources again and return what publishing would change; nothing is published.

        Args:
            ids: Of which sources; None for all.
            again: Read also pages that have not changed.
            progress: Called with (pages looked at, pages known to be looked at).

        Raises:
            NotFound: There is no source of one of these ids.
            Unavailable: The database, or the process that reads files, cannot be used.
        """
        sources = await self.listed(ids)
        sandbox = self._open_sandbox()
        try:
            reader = SourceReader(self._fetcher, sandbox, self._clock, again, Tally(progress))
            reads = [await reader.read(source) for source in sources]
        finally:
            await asyncio.to_thread(sandbox.close)
        return await self._proposed(reads)

    async def proposal(self, proposal_id: str) -> Proposal:
        """Return what was proposed.

        Raises:
            NotFound: It was published, or is older than a day.
        """
        async with self._database.reading() as connection:
            found = await store.proposal(connection, proposal_id)
        if found is None:
            raise NotFound("These changes were published already or are too old: check the sources again.")
        return found

    async def publish(
        self,
        proposal_id: str,
        *,
        only: Collection[str] | None = None,
        progress: Progress | None = None,
        changed_by: str = "",
    ) -> Published:
        """Publish what was proposed, in one publication.

        Args:
            proposal_id: As `check` returned it.
            only: Of these articles alone; the other changes are found again by the next check.
            progress: Called with (passages embedded, passages to be embedded).
            changed_by: Who agreed, for the history.

        Raises:
            NotFound: It was published already, or is older than a day.
            Conflict: An article was changed here since; nothing is published.
        """
        agreed = await self.proposal(proposal_id)
        changes = [one for one in agreed.changes if only is None or one.article_id in only]
        current = {row.article.id: row for row in await self._library.articles()}
        for change in changes:
            row = current.get(change.article_id)
            if _hash(row.article if row else None) != _hash(change.before):
                raise Conflict(
                    f"The article {change.article_id!r} was changed since: check the sources again."
                )
        done = {change.article_id for change in changes}
        published = await self._library.publish(
            [change.after for change in changes if change.after is not None],
            progress,
            retire=[change.article_id for change in changes if change.kind is ChangeKind.GONE],
            changed_by=changed_by,
            expected={one: current[one].version if one in current else 0 for one in done},
        )
        async with self._database.transaction(alone="sources") as connection:
            await store.remember(connection, [one for one in agreed.pages if done.issuperset(one.waits_for)])
            await store.drop_proposal(connection, proposal_id)
        return published

    async def add_url(
        self,
        url: str,
        *,
        sitemap: bool = False,
        options: Options | None = None,
        progress: Progress | None = None,
    ) -> Proposal:
        """Remember a page or a sitemap as a source, read it, and return what publishing would change.

        Args:
            url: A page, a file, a sitemap, or with `sitemap` any page of a site that has one.
            sitemap: Read the sitemap of the site. A sitemap itself is known by its content.
            options: How it is read; those of a source that is known already are replaced.
            progress: As of `check`.

        Raises:
            PageProblem: It cannot be read; a new source is not remembered then.
            InvalidInput: Nothing of it can be read, as before.
        """
        address = Address.parse(url)
        kind = SourceKind.SITEMAP
        if not sitemap:
            answer = await self._fetcher.fetch(address)
            assert isinstance(answer, Fetched), "asked without conditions"
            kind = SourceKind.SITEMAP if looks_like_sitemap(answer.content) else SourceKind.URL
        source_id, is_new = await self._remember(kind, str(address), options or Options())
        proposal = await self.check([source_id], progress=progress)
        if is_new and not proposal.changes:
            (source,) = await self.listed([source_id])
            if not any(page.content_hash for page in source.pages):
                await self.forget([source_id])
                raise InvalidInput(proposal.problems[0].message)
        return proposal

    async def forget(self, ids: Collection[int]) -> list[Source]:
        """Forget sources and return them; their articles stay published.

        Raises:
            NotFound: There is no source of one of these ids.
        """
        sources = await self.listed(ids)
        async with self._database.transaction(alone="sources") as connection:
            await store.forget(connection, ids)
        return sources

    async def _current(self) -> dict[str, Article]:
        return {row.article.id: row.article for row in await self._library.articles()}

    async def _remember(self, kind: SourceKind, address: str, options: Options) -> tuple[int, bool]:
        """Return the id of the source of this address, and whether it is new."""
        async with self._database.transaction(alone="sources") as connection:
            for source in await store.listed(connection):
                if source.address == address:
                    await store.change(connection, source.id, kind, options)
                    return source.id, False
            return await store.add(connection, kind, address, options, self._clock.now()), True

    async def _proposed(self, reads: Sequence[SourceRead]) -> Proposal:
        """Compare what was read with what is published; remember what needs no yes."""
        read_now = {read.source.id for read in reads}
        others = [source for source in await self.listed() if source.id not in read_now]
        elsewhere = {article_id for source in others for article_id in source.articles}
        weighed = await asyncio.to_thread(weigh, reads, await self._current(), elsewhere)
        proposal = Proposal(
            self._clock.now(),
            weighed.changes,
            tuple(state for state in weighed.states if state.waits_for),
            (*(problem for read in reads for problem in read.all_problems), *weighed.problems),
            (*(note for read in reads for note in read.all_notes), *weighed.notes),
            sum(page.outcome is Outcome.SAME for read in reads for page in read.pages),
            str(uuid4()) if weighed.changes else "",
        )
        async with self._database.transaction(alone="sources") as connection:
            await store.remember(connection, [state for state in weighed.states if not state.waits_for])
            for read in reads:
                await store.note_check(connection, read.source.id, proposal.created_at, read.problem)
            if weighed.changes:
                await store.keep_proposal(connection, proposal, proposal.created_at - PROPOSALS_KEPT)
        return proposal


def _hash(article: Article | None) -> str:
    return article.content_hash if article else ""
