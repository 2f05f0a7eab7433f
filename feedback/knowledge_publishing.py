"""Publishes drafts in the background: a request does not wait for hundreds of passages to be embedded."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from feedback.knowledge_drafts import Draft, Drafts
from feedback.knowledge_ports import Shelf
from foundation.errors import Conflict, OkienkoError
from foundation.staff import Staff

HEARTBEAT_SECONDS = 1.0
SOON_SECONDS = 3.0
"""A single article is published within it; then the page of the result comes at once."""

_log = logging.getLogger(__name__)


class Publishing:
    """Runs publications, one at a time; they go on when whoever began them leaves the page."""

    def __init__(self, drafts: Drafts, shelf: Shelf) -> None:
        self._drafts = drafts
        self._shelf = shelf
        self._running: dict[str, asyncio.Task[None]] = {}

    async def start(self, draft_id: str, owner: Staff, chosen: set[str] | None = None) -> None:
        """Begin to publish a draft.

        Args:
            draft_id: Of a draft of `owner`.
            owner: Who publishes; the history names them.
            chosen: Ids of the articles to be published; None: all.

        Raises:
            Conflict: Another draft is being published now, or this one was.
            NotFound: There is no such draft.
        """
        draft = await self._drafts.claim(draft_id, owner)
        task = asyncio.create_task(self._publish(draft, owner, chosen), name=f"publish {draft_id}")
        self._running[draft_id] = task
        task.add_done_callback(lambda _: self._running.pop(draft_id, None))

    async def wait(self, draft_id: str, seconds: float = SOON_SECONDS) -> None:
        """Wait until a draft is published, at most so long."""
        if task := self._running.get(draft_id):
            await asyncio.wait({task}, timeout=seconds)

    async def close(self) -> None:
        """Stop what is running; its draft can be published again."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _publish(self, draft: Draft, owner: Staff, chosen: set[str] | None) -> None:
        progress = _Progress()
        beating = asyncio.create_task(self._beat(draft.id, progress))
        try:
            wanted = [one for one in draft.proposed if chosen is None or one.article.id in chosen]
            current = {row.article.id: row.version for row in await self._shelf.articles()}
            if any(current.get(one.article.id, 0) not in (0, one.base) for one in wanted):
                raise Conflict("Somebody else has published one of these articles meanwhile.")
            await self._shelf.publish(
                [one.article for one in wanted], progress=progress.tell, changed_by=owner.name
            )
        except OkienkoError as error:
            _log.warning("articles could not be published: %s", error.message)
            await self._drafts.release(draft.id, error.code)
        except Exception:  # noqa: BLE001 - the edge: nobody awaits this task
            _log.exception("articles could not be published")
            await self._drafts.release(draft.id, "error")
        except asyncio.CancelledError:
            await asyncio.shield(self._drafts.release(draft.id, "interrupted"))
            raise
        else:
            await self._drafts.finish(draft.id)
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating

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
