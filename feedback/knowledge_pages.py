"""The owner's pages of articles: the list, and one article with its history and where it was cited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback.knowledge_citations import CITED_DAYS, Citations, Cited
from feedback.knowledge_diff import difference
from feedback.knowledge_draft_pages import DraftPages
from feedback.knowledge_drafts import Drafts
from feedback.knowledge_editing import Editing
from feedback.knowledge_list import DESCENDING_FIRST, SORTS, Only, Wanted, page_of, row_of, stale_before
from feedback.knowledge_outline import outline
from feedback.knowledge_ports import Shelf, Trial, newest
from feedback.knowledge_publishing import Publishing
from feedback.knowledge_rehearsal import PastQuestions
from feedback.knowledge_sources import SourcePages
from feedback.knowledge_trying import Trying
from feedback.knowledge_uploading import Uploading
from feedback.period import day_of
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import InvalidInput, NotFound
from foundation.language import Language
from foundation.pages import Render, Require, read_form
from foundation.staff import Role, Staff
from knowledge.articles import PublishedArticle
from knowledge.sources.syncing import Sources

HOME = "/owner/knowledge"


def knowledge_router(
    *,
    require: Require,
    render: Render,
    database: Database,
    clock: Clock,
    shelf: Shelf,
    publishing: Publishing,
    sources: Sources,
    trial: Trial,
    stale_after_days: int,
) -> APIRouter:
    """Return the routes under ``/owner/knowledge``, for owners only.

    Args:
        require: Makes the check of who asks.
        render: Draws pages.
        database: Where the log and the drafts are.
        clock: What day it is.
        shelf: The articles.
        publishing: Publishes drafts.
        sources: Where articles are read from again.
        trial: Tries a question.
        stale_after_days: Days without a confirmation after which an article is called stale.
    """
    signed_in = require(Role.OWNER)
    router = APIRouter(prefix=HOME, dependencies=[Depends(signed_in)])
    pages = _Pages(render, database, clock, shelf, stale_after_days)
    router.add_api_route("", pages.list, methods=["GET"])
    router.add_api_route("/article", pages.article, methods=["GET"])
    owner_signed_in = Depends(signed_in)

    async def retire(request: Request, owner: Staff = owner_signed_in) -> Response:
        article_id = (await read_form(request)).get("id", "")
        await newest(shelf, article_id)
        await shelf.retire([article_id], changed_by=owner.name)
        return to_article(article_id, "retired")

    async def restore(request: Request, owner: Staff = owner_signed_in) -> Response:
        form = await read_form(request)
        article_id, version = form.get("id", ""), _number(form.get("version", ""))
        await newest(shelf, article_id, version)
        await shelf.restore(article_id, version, changed_by=owner.name)
        return to_article(article_id, "restored")

    async def confirm(request: Request) -> Response:
        article_id = (await read_form(request)).get("id", "")
        await newest(shelf, article_id)
        await shelf.confirm(article_id, clock.now())
        return to_article(article_id, "confirmed")

    for path, change in {"/retire": retire, "/restore": restore, "/confirm": confirm}.items():
        router.add_api_route(path, change, methods=["POST"])
    drafts = Drafts(database, clock)
    draft_pages = DraftPages(render, shelf, drafts, publishing, sources)
    draft_pages.add_to(router, signed_in)
    past = PastQuestions(database)
    Editing(render, shelf, drafts, draft_pages, trial, past, clock).add_to(router, signed_in)
    Uploading(render, shelf, drafts).add_to(router, signed_in)
    SourcePages(render, sources, drafts, draft_pages).add_to(router, signed_in)
    Trying(render, trial).add_to(router)
    return router


def to_article(article_id: str, done: str = "") -> Response:
    """Send on to an article's page, which then says what was done."""
    query = {"id": article_id, "done": done} if done else {"id": article_id}
    return RedirectResponse(f"{HOME}/article?{urlencode(query)}", status_code=303)


class _Pages:
    """What is read."""

    def __init__(
        self, render: Render, database: Database, clock: Clock, shelf: Shelf, stale_after_days: int
    ) -> None:
        self._render = render
        self._clock = clock
        self._shelf = shelf
        self._citations = Citations(database)
        self._stale_after_days = stale_after_days

    async def list(self, request: Request) -> Response:
        """Show a page of the articles that are meant."""
        try:
            wanted, problem = Wanted.parse(request.query_params), False
        except InvalidInput:
            wanted, problem = Wanted(), True
        published = await self._shelf.articles(retired=wanted.only is Only.RETIRED)
        counts = await self._citations.counts(self._since())
        rows = [self._row(one, counts.get(one.article.id, Cited())) for one in published]
        return self._render(
            request,
            "owner/knowledge.html",
            status=400 if problem else 200,
            wanted=wanted,
            problem=problem,
            found=page_of(rows, wanted),
            articles=len(rows),
            stale=sum(row.stale for row in rows),
            query=urlencode(wanted.query()),
            sort_links={name: urlencode(wanted.query(sort=wanted.sort_by(name))) for name in SORTS},
            numbers=DESCENDING_FIRST,
            spoken=[language.value for language in Language],
            only=[each.value for each in Only],
            **self._usual(),
        )

    async def article(self, request: Request) -> Response:
        """Show one article: its text, its versions, where it was cited; or an old version of it."""
        query = request.query_params
        current = await newest(self._shelf, query.get("id", ""))
        asked = _number(query.get("version", "")) if query.get("version") else current.version
        shown = current if asked == current.version else await newest(self._shelf, current.article.id, asked)
        uses = await self._citations.of(current.article.id, self._since())
        done = query.get("done", "")
        return self._render(
            request,
            "owner/knowledge_article.html",
            row=self._row(current, uses.cited),
            shown=shown,
            blocks=outline(shown.article.body),
            diff=None if shown is current else difference(shown.article, current.article),
            history=await self._shelf.history(current.article.id),
            uses=uses,
            done=done if done in ("published", "retired", "restored", "confirmed", "unchanged") else "",
            **self._usual(),
        )

    def _row(self, published: PublishedArticle, cited: Cited) -> Any:
        now = self._clock.now()
        return row_of(published, cited, day_of(now), stale_before(now, self._stale_after_days))

    def _since(self) -> Any:
        return self._clock.now() - timedelta(days=CITED_DAYS)

    def _usual(self) -> dict[str, Any]:
        return {"cited_days": CITED_DAYS, "stale_after_days": self._stale_after_days}


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        raise NotFound("There is no such version of this article.")
    return int(written)
