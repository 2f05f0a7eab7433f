"""Writing an article: the form, its preview, publishing it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback.knowledge_diff import difference
from feedback.knowledge_draft_pages import DraftPages
from feedback.knowledge_drafts import Drafts, Origin, Proposed
from feedback.knowledge_finds import found_by
from feedback.knowledge_form import Read, Typed, read_article, with_question
from feedback.knowledge_outline import outline
from feedback.knowledge_ports import Shelf, Trial, newest
from feedback.knowledge_rehearsal import PastQuestions, rows_of
from foundation.clock import Clock
from foundation.errors import NotFound
from foundation.language import Language
from foundation.pages import Render, SignedIn, read_form
from foundation.staff import Staff
from foundation.uploads import is_upload, posted_form
from knowledge.articles import Article, PublishedArticle
from knowledge.split import split

MAX_FORM_BYTES = 4 * 1024 * 1024
TYPED_HERE = "owner page"
"""The source of an article that was written here."""


class Editing:
    """The routes of it."""

    def __init__(
        self,
        render: Render,
        shelf: Shelf,
        drafts: Drafts,
        draft_pages: DraftPages,
        trial: Trial,
        past: PastQuestions,
        clock: Clock,
    ) -> None:
        self._render = render
        self._shelf = shelf
        self._drafts = drafts
        self._draft_pages = draft_pages
        self._trial = trial
        self._past = past
        self._clock = clock

    def add_to(self, router: APIRouter, signed_in: SignedIn) -> None:
        """Add the routes to the owner's router."""
        owner_signed_in = Depends(signed_in)

        async def ask(request: Request, owner: Staff = owner_signed_in) -> Response:
            return await self._ask(request, owner)

        async def send(request: Request, owner: Staff = owner_signed_in) -> Response:
            return await self._send(request, owner)

        router.add_api_route("/edit", ask, methods=["GET"])
        router.add_api_route("/edit", send, methods=["POST"])

    async def _ask(self, request: Request, owner: Staff) -> Response:
        """Show the form: of an article, of a draft of one, or empty but for a question to be answered."""
        query = request.query_params
        if query.get("draft"):
            draft = await self._drafts.read(query["draft"], owner)
            proposed = next((one for one in draft.proposed if one.article.id == query.get("id")), None)
            if proposed is None:
                raise NotFound("There is no such article in this draft.")
            current = await self._shelf.article(proposed.article.id)
            return await self._page(request, Typed.of(proposed.article, current.version if current else 0))
        if query.get("id"):
            found = await newest(self._shelf, query["id"])
            retired = found.retired_at is not None
            return await self._page(request, Typed.of(found.article, found.version, retired=retired))
        language = query.get("language", "")
        known = language if language in {each.value for each in Language} else Language.PL.value
        return await self._page(request, with_question(Typed(language=known), query.get("question", "")))

    async def _send(self, request: Request, owner: Staff) -> Response:
        form = await (
            posted_form(request).fields(MAX_FORM_BYTES) if is_upload(request) else read_form(request)
        )
        typed = Typed.sent(form)
        current = await newest(self._shelf, typed.id) if typed.base else None
        read = read_article(typed, current.article.source if current else TYPED_HERE)
        if read.article is not None and not typed.base:
            taken = await self._shelf.article(read.article.id)
            if taken is not None:
                typed, read = replace(typed, id=taken.article.id), Read(None, {"id": "taken"})
        if read.article is None or form.get("do") != "publish":
            return await self._page(request, typed, read=read, status=200 if read.article else 400)
        if current is None:
            return await self._publish(owner, read.article, 0)
        retired = current.retired_at is not None
        if current.version != typed.base or retired > typed.retired:
            # Somebody was faster. What was typed stays, now against what they did.
            typed = replace(typed, base=current.version, retired=retired)
            return await self._page(request, typed, read=read, status=409, faster=current)
        if current.article == read.article and not retired:
            return _to_article(read.article.id, "unchanged")
        return await self._publish(owner, read.article, 0 if retired else current.version)

    async def _publish(self, owner: Staff, article: Article, base: int) -> Response:
        draft_id = await self._drafts.save(owner, Origin.EDIT, [Proposed(article, base)])
        return await self._draft_pages.begin(draft_id, owner, article_id=article.id)

    async def _page(
        self,
        request: Request,
        typed: Typed,
        *,
        read: Read | None = None,
        status: int = 200,
        faster: PublishedArticle | None = None,
    ) -> Response:
        preview: dict[str, Any] | None = None
        if read is not None and read.article is not None:
            current = await self._shelf.article(read.article.id)
            passages = split(read.article, typed.base + 1)
            preview = {
                "article": read.article,
                "blocks": outline(read.article.body),
                "passages": passages,
                "found_by": await asyncio.to_thread(found_by, passages, read.article.questions),
                "diff": difference(current.article if current else None, read.article),
                "new": current is None,
                **await self._rehearsed(read.article, current),
            }
        return self._render(
            request,
            "owner/knowledge_edit.html",
            status=status,
            typed=typed,
            problems=read.problems if read else {},
            preview=preview,
            faster=faster,
            spoken=[language.value for language in Language],
        )

    async def _rehearsed(self, article: Article, current: PublishedArticle | None) -> dict[str, Any]:
        """Ask past questions of the articles as they are, and as they would be with this one."""
        if current is not None and current.article == article:
            return {"rehearsal": None}
        past = await self._past.about(article, self._clock.now())
        rehearsal = await self._trial.rehearse(article, [(one.question, one.language) for one in past])
        return {
            "rehearsal": rehearsal,
            "rehearsed": rows_of(past, rehearsal),
            "not_reached": len(past) - len(rehearsal.told),
        }


def _to_article(article_id: str, done: str) -> Response:
    query = urlencode({"id": article_id, "done": done})
    return RedirectResponse(f"/owner/knowledge/article?{query}", status_code=303)
