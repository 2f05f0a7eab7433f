"""What is about to be published: each article with what it changes, what could not be read, how far it is."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback.knowledge_diff import difference
from feedback.knowledge_drafts import Draft, Drafts, Origin, Proposed, State
from feedback.knowledge_outline import outline
from feedback.knowledge_ports import Shelf
from feedback.knowledge_publishing import Publishing
from foundation.errors import Conflict, NotFound
from foundation.pages import Render, SignedIn, read_form
from foundation.staff import Staff
from foundation.uploads import is_upload, posted_form
from knowledge.articles import Article, PublishedArticle
from knowledge.reading.instructions import suspects
from knowledge.sources.proposal import Change, ChangeKind
from knowledge.sources.syncing import Sources
from knowledge.split import split

SHOWN_WHOLE = 100
"""Of more articles at once only the titles are shown; each can be opened in the editor."""
DOUBTS = 3
"""Sentences of an article that sound like orders to whoever answers; so many are shown beside it."""
PUBLISHABLE = frozenset({"new", "changed", "gone"})


class DraftPages:
    """The routes of it."""

    def __init__(
        self, render: Render, shelf: Shelf, drafts: Drafts, publishing: Publishing, sources: Sources
    ) -> None:
        self._render = render
        self._shelf = shelf
        self._drafts = drafts
        self._publishing = publishing
        self._sources = sources

    def add_to(self, router: APIRouter, signed_in: SignedIn) -> None:
        """Add the routes to the owner's router."""
        owner_signed_in = Depends(signed_in)

        async def show(request: Request, draft_id: str, owner: Staff = owner_signed_in) -> Response:
            return await self._page(request, await self._drafts.read(draft_id, owner))

        async def publish(request: Request, draft_id: str, owner: Staff = owner_signed_in) -> Response:
            return await self._chosen(request, draft_id, owner)

        async def discard(draft_id: str, owner: Staff = owner_signed_in) -> Response:
            await self._drafts.discard(draft_id, owner)
            return RedirectResponse("/owner/knowledge", status_code=303)

        router.add_api_route("/drafts/{draft_id}", show, methods=["GET"])
        router.add_api_route("/drafts/{draft_id}/publish", publish, methods=["POST"])
        router.add_api_route("/drafts/{draft_id}/discard", discard, methods=["POST"])

    async def begin(
        self, draft_id: str, owner: Staff, chosen: set[str] | None = None, article_id: str = ""
    ) -> Response:
        """Begin what a draft is for; go to the article if that is soon done, else to where it is watched."""
        address = f"/owner/knowledge/drafts/{draft_id}"
        try:
            await self._publishing.start(draft_id, owner, chosen)
        except Conflict:
            return RedirectResponse(f"{address}?busy=1", status_code=303)
        await self._publishing.wait(draft_id)
        done = (await self._drafts.read(draft_id, owner)).state is State.PUBLISHED
        if done and article_id:
            query = urlencode({"id": article_id, "done": "published"})
            return RedirectResponse(f"/owner/knowledge/article?{query}", status_code=303)
        return RedirectResponse(address, status_code=303)

    async def _chosen(self, request: Request, draft_id: str, owner: Staff) -> Response:
        draft = await self._drafts.read(draft_id, owner)
        if draft.origin is Origin.SOURCES and not draft.read:
            return await self.begin(draft_id, owner)
        # Hundreds of articles are more fields than a plain form may have.
        form = await (posted_form(request).fields() if is_upload(request) else read_form(request))
        rows, _ = await self._rows(draft)
        chosen = {row["article"].id for row in rows if f"take-{row['number']}" in form}
        if not chosen and draft.state is State.OPEN:
            return await self._page(request, draft, problem="nothing_chosen", status=400)
        return await self.begin(draft_id, owner, chosen)

    async def _page(
        self, request: Request, draft: Draft, *, problem: str = "", status: int = 200
    ) -> Response:
        rows, lost = await self._rows(draft)
        busy = "busy" in request.query_params and draft.state is State.OPEN
        reading = draft.origin is Origin.SOURCES and not draft.read
        return self._render(
            request,
            "owner/knowledge_draft.html",
            status=status,
            draft=draft,
            rows=rows,
            reading=reading,
            from_sources=draft.origin is Origin.SOURCES,
            publishable=sum(row["kind"] in PUBLISHABLE for row in rows),
            problem="busy" if busy else problem or draft.problem or lost,
        )

    async def _rows(self, draft: Draft) -> tuple[list[dict[str, Any]], str]:
        """Return how each change is shown, and what is wrong if they are kept no more."""
        if draft.state is State.PUBLISHING:
            return [], ""  # asked every second, for the bar alone
        if draft.origin is Origin.SOURCES:
            if not draft.proposal or draft.state is State.PUBLISHED:
                return [], ""
            try:
                found = await self._sources.proposal(draft.proposal)
            except NotFound:
                return [], "not_found"
            return await asyncio.to_thread(
                lambda: [_changed(n, one) for n, one in enumerate(found.changes)]
            ), ""
        current = {one.article.id: one for one in await self._shelf.articles()}
        proposed = [(one, current.get(one.article.id)) for one in draft.proposed]
        return await asyncio.to_thread(lambda: [_proposed(n, *one) for n, one in enumerate(proposed)]), ""


def _proposed(number: int, proposed: Proposed, current: PublishedArticle | None) -> dict[str, Any]:
    """Return how an article of a draft is shown."""
    before = current.article if current else None
    if current is None:
        kind = "new"
    elif difference(before, proposed.article).nothing:
        kind = "same"
    else:
        kind = "overtaken" if current.version != proposed.base else "changed"
    return _row(number, kind, before, proposed.article)


def _changed(number: int, change: Change) -> dict[str, Any]:
    """Return how a change that was found in the sources is shown."""
    article = change.after or change.before
    assert article is not None, "a change is of an article"
    before = None if change.kind is ChangeKind.GONE else change.before
    return _row(number, change.kind.value, before, article, edited=change.edited)


def _row(
    number: int, kind: str, before: Article | None, article: Article, *, edited: bool = False
) -> dict[str, Any]:
    return {
        "number": number,
        "article": article,
        "kind": kind,
        "edited": edited,
        "publishable": kind in PUBLISHABLE,
        "diff": difference(before, article),
        "blocks": outline(article.body) if before is None and number < SHOWN_WHOLE else [],
        "whole": number < SHOWN_WHOLE,
        "passages": len(split(article, 1)),
        "doubts": suspects(article.body)[:DOUBTS] if kind not in ("same", "gone") else [],
    }
