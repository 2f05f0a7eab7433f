"""The places that articles are read from again: the list, adding one, asking what has changed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback.knowledge_draft_pages import DraftPages
from feedback.knowledge_drafts import Drafts, Origin
from foundation.errors import NotFound
from foundation.language import Language
from foundation.pages import Render, SignedIn, read_form
from foundation.staff import Staff
from knowledge.remarks import Remark
from knowledge.sources.source import Source
from knowledge.sources.syncing import Sources
from knowledge.web.addresses import Address, PageProblem

MAX_URL_CHARS = 2000
MAX_PATTERNS = 50
HERE = "/owner/knowledge/sources"


class SourcePages:
    """The routes of it."""

    def __init__(self, render: Render, sources: Sources, drafts: Drafts, draft_pages: DraftPages) -> None:
        self._render = render
        self._sources = sources
        self._drafts = drafts
        self._draft_pages = draft_pages

    def add_to(self, router: APIRouter, signed_in: SignedIn) -> None:
        """Add the routes to the owner's router."""
        owner_signed_in = Depends(signed_in)

        async def add(request: Request, owner: Staff = owner_signed_in) -> Response:
            return await self._add(request, owner)

        async def check(request: Request, owner: Staff = owner_signed_in) -> Response:
            chosen = (await read_form(request)).get("id", "")
            ids = [await self._known(chosen)] if chosen else None
            return await self._begin(owner, {"ids": ids})

        async def forget(request: Request) -> Response:
            source_id = await self._known((await read_form(request)).get("id", ""))
            await self._sources.forget([source_id])
            return RedirectResponse(f"{HERE}?done=forgotten", status_code=303)

        router.add_api_route("/sources", self.page, methods=["GET"])
        router.add_api_route("/sources", add, methods=["POST"])
        router.add_api_route("/sources/check", check, methods=["POST"])
        router.add_api_route("/sources/forget", forget, methods=["POST"])

    async def page(self, request: Request) -> Response:
        """Show the sources, and the form for another one."""
        return await self._page(request)

    async def _page(
        self, request: Request, *, typed: dict[str, str] | None = None, problem: dict[str, str] | None = None
    ) -> Response:
        return self._render(
            request,
            "owner/knowledge_sources.html",
            status=400 if problem else 200,
            sources=[_row(source) for source in await self._sources.listed()],
            typed={"url": "", "sitemap": "", "include": "", "exclude": "", "language": "", **(typed or {})},
            problem=problem,
            done="done" in request.query_params,
            spoken=[language.value for language in Language],
        )

    async def _add(self, request: Request, owner: Staff) -> Response:
        form = await read_form(request)
        typed = {
            name: form.get(name, "").strip() for name in ("url", "include", "exclude", "language", "sitemap")
        }
        try:
            address = Address.parse(typed["url"][:MAX_URL_CHARS])
        except PageProblem as error:
            return await self._page(request, typed=typed, problem=_said(error.about(typed["url"][:200])))
        asks = {
            "url": str(address),
            "sitemap": bool(typed["sitemap"]),
            "include": typed["include"].split()[:MAX_PATTERNS],
            "exclude": typed["exclude"].split()[:MAX_PATTERNS],
            "language": typed["language"] if typed["language"] in {each.value for each in Language} else "",
        }
        return await self._begin(owner, asks)

    async def _begin(self, owner: Staff, asks: dict[str, Any]) -> Response:
        """Begin to read; go to where it can be watched."""
        draft_id = await self._drafts.save(owner, Origin.SOURCES, asks=asks)
        return await self._draft_pages.begin(draft_id, owner)

    async def _known(self, written: str) -> int:
        if not (written.isascii() and written.isdigit() and len(written) < 9):
            raise NotFound("There is no such source.")
        (source,) = await self._sources.listed([int(written)])
        return source.id


def _row(source: Source) -> dict[str, Any]:
    """Return how a source is shown."""
    problems = [source.problem] if source.problem else []
    problems += [page.problem for page in source.pages if page.problem]
    return {"source": source, "pages": len(source.pages), "problems": [_said(one) for one in problems]}


def _said(remark: Remark) -> dict[str, str]:
    return {language.value: remark.say(language) for language in Language}
