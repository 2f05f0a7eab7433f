"""Does in the background what takes long: reading sources, and publishing, which embeds many passages.

A draft says what is to be done and how far it is, so that it can be looked at from any page and process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from feedback.knowledge_drafts import Draft, Drafts, Origin, remarks_of
from feedback.knowledge_ports import Shelf
from foundation.errors import Conflict, OkienkoError
from foundation.language import Language
from foundation.staff import Staff
from knowledge.sources.source import Options
from knowledge.sources.syncing import Sources
from knowledge.web.addresses import PageProblem

HEARTBEAT_SECONDS = 1.0
SOON_SECONDS = 3.0
"""A single article is published within it; then the page of the result comes at once."""

_log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]


class Publishing:
    """Runs one errand at a time; it goes on when whoever began it leaves the page."""

    def __init__(self, drafts: Drafts, shelf: Shelf, sources: Sources) -> None:
        self._drafts = drafts
        self._shelf = shelf
        self._sources = sources
        self._running: dict[str, asyncio.Task[None]] = {}

    async def start(self, draft_id: str, owner: Staff, chosen: set[str] | None = None) -> None:
        """Begin to publish a draft; one of sources that were not read yet is read first, and stays open.

        Args:
            draft_id: Of a draft of `owner`.
            owner: Who publishes; the history names them.
            chosen: Ids of the articles to be published; None: all.

        Raises:
            Conflict: Another draft is under way, or this one was published.
            NotFound: There is no such draft.
        """
        draft = await self._drafts.claim(draft_id, owner)
        task = asyncio.create_task(self._run(draft, owner, chosen), name=f"publish {draft_id}")
        self._running[draft_id] = task
        task.add_done_callback(lambda _: self._running.pop(draft_id, None))

    async def wait(self, draft_id: str, seconds: float = SOON_SECONDS) -> None:
        """Wait until a draft is done with, at most so long."""
        if task := self._running.get(draft_id):
            await asyncio.wait({task}, timeout=seconds)

    async def close(self) -> None:
        """Stop what is running; its draft can be published again."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, draft: Draft, owner: Staff, chosen: set[str] | None) -> None:
        progress = _Progress()
        beating = asyncio.create_task(self._beat(draft.id, progress))
        try:
            if draft.origin is Origin.SOURCES and not draft.read:
                await self._read(draft, progress.tell)
            else:
                await self._publish(draft, owner, chosen, progress.tell)
                await self._drafts.finish(draft.id)
        except OkienkoError as error:
            _log.warning("this could not be done: %s", error.message)
            await self._drafts.release(draft.id, error.code)
        except Exception:  # noqa: BLE001 - the edge: nobody awaits this task
            _log.exception("articles could not be published")
            await self._drafts.release(draft.id, "error")
        except asyncio.CancelledError:
            await asyncio.shield(self._drafts.release(draft.id, "interrupted"))
            raise
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating

    async def _publish(self, draft: Draft, owner: Staff, chosen: set[str] | None, tell: Tell) -> None:
        if draft.origin is Origin.SOURCES:
            await self._sources.publish(draft.proposal, only=chosen, progress=tell, changed_by=owner.name)
            return
        wanted = [one for one in draft.proposed if chosen is None or one.article.id in chosen]
        current = {row.article.id: row.version for row in await self._shelf.articles()}
        if any(current.get(one.article.id, 0) not in (0, one.base) for one in wanted):
            raise Conflict("Somebody else has published one of these articles meanwhile.")
        expected = {one.article.id: current.get(one.article.id, 0) for one in wanted}
        await self._shelf.publish(
            [one.article for one in wanted], tell, changed_by=owner.name, expected=expected
        )

    async def _read(self, draft: Draft, tell: Tell) -> None:
        """Read the sources that a draft asks for, and keep what was found."""
        asks = draft.asks
        try:
            if url := asks.get("url"):
                language = Language(asks["language"]) if asks.get("language") else None
                options = Options(tuple(asks["include"]), tuple(asks["exclude"]), language)
                found = await self._sources.add_url(
                    url, sitemap=asks["sitemap"], options=options, progress=tell
                )
            else:
                found = await self._sources.check(asks.get("ids"), progress=tell)
        except PageProblem as error:
            remarks = remarks_of(problems=[error.about(str(asks.get("url", "")))])
            await self._drafts.found(draft, "", remarks)
            return
        await self._drafts.found(draft, found.id, remarks_of(problems=found.problems, notes=found.notes))

    async def _beat(self, draft_id: str, progress: _Progress) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await self._drafts.touch(draft_id, progress.done, progress.total)


class _Progress:
    """Written by the thread that embeds, read by the event loop."""

    def __init__(self) -> None:
        self.done = self.total = 0

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total
