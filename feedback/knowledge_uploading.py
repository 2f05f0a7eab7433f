"""Files that an owner uploads: read one by one as they come, kept as a draft, published after a look."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback.knowledge_drafts import Drafts, Origin, Proposed, Remark, remarks_of
from feedback.knowledge_ports import Shelf
from foundation.errors import InvalidInput, TooLarge
from foundation.language import Language
from foundation.pages import Render, SignedIn
from foundation.staff import Staff
from foundation.uploads import Part, posted_form
from knowledge.articles import Article
from knowledge.reading.duplicates import without_duplicates
from knowledge.reading.readers import ReadResult, read_content
from knowledge.reading.sandbox import Sandbox
from knowledge.remarks import Problem

MAX_FILE_MB = 20
MAX_UPLOAD_MB = 100
MAX_FILES = 50
KINDS = ".md,.markdown,.txt,.html,.htm,.csv,.xlsx,.pdf,.docx"
_MB = 1024 * 1024


class Uploading:
    """The routes of it."""

    def __init__(self, render: Render, shelf: Shelf, drafts: Drafts) -> None:
        self._render = render
        self._shelf = shelf
        self._drafts = drafts

    def add_to(self, router: APIRouter, signed_in: SignedIn) -> None:
        """Add the routes to the owner's router."""
        owner_signed_in = Depends(signed_in)

        async def ask(request: Request, owner: Staff = owner_signed_in) -> Response:
            return await self._page(request, owner)

        async def send(request: Request, owner: Staff = owner_signed_in) -> Response:
            try:
                batch = await self._read(request)
            except TooLarge:
                return await self._page(request, owner, problem="too_large", status=413)
            except InvalidInput:
                return await self._page(request, owner, problem="unreadable", status=400)
            if not batch.files:
                return await self._page(request, owner, problem="no_file", status=400)
            published = await self._shelf.articles()
            await asyncio.to_thread(batch.leave_out_repeats, [one.article for one in published])
            current = {one.article.id: one.version for one in published}
            proposed = [Proposed(one, current.get(one.id, 0)) for one in batch.articles.values()]
            draft_id = await self._drafts.save(owner, Origin.UPLOAD, proposed, batch.remarks)
            return RedirectResponse(f"/owner/knowledge/drafts/{draft_id}", status_code=303)

        router.add_api_route("/upload", ask, methods=["GET"])
        router.add_api_route("/upload", send, methods=["POST"])

    async def _page(
        self, request: Request, owner: Staff, *, problem: str = "", status: int = 200
    ) -> Response:
        return self._render(
            request,
            "owner/knowledge_upload.html",
            status=status,
            problem=problem,
            drafts=await self._drafts.open_of(owner),
            kinds=KINDS,
            max_file_mb=MAX_FILE_MB,
            max_upload_mb=MAX_UPLOAD_MB,
            max_files=MAX_FILES,
            spoken=[language.value for language in Language],
        )

    async def _read(self, request: Request) -> _Batch:
        """Read the files of a form, each when it is whole; of the next ones nothing is in memory yet."""
        form, batch = posted_form(request), _Batch()
        form.allow(MAX_UPLOAD_MB * _MB)
        language: Language | None = None
        with Sandbox() as sandbox:
            async for part in form.parts(MAX_FILE_MB * _MB):
                if part.filename is None:
                    chosen = part.text if part.name == "language" else ""
                    language = next((each for each in Language if each.value == chosen), language)
                elif part.filename and batch.files < MAX_FILES:
                    batch.files += 1
                    batch.add(part.filename, await asyncio.to_thread(_read, part, language, sandbox))
                elif part.filename:
                    raise TooLarge(f"Send at most {MAX_FILES} files at once.")
        return batch


class _Batch:
    """What was read so far."""

    def __init__(self) -> None:
        self.files = 0
        self.articles: dict[str, Article] = {}
        self.remarks: list[Remark] = []

    def add(self, name: str, read: ReadResult) -> None:
        """Add what one file held."""
        self.remarks += remarks_of(problems=read.problems, notes=read.notes)
        for article in read.articles:
            taken = self.articles.get(article.id)
            if taken is None:
                self.articles[article.id] = article
                continue
            same = Problem(name, "same_id", {"id": article.id, "other": taken.source})
            self.remarks += remarks_of(problems=[same])

    def leave_out_repeats(self, published: Sequence[Article]) -> None:
        """Leave out articles that only repeat another one, and say so."""
        kept, problems, notes = without_duplicates(list(self.articles.values()), published)
        self.articles = {article.id: article for article in kept}
        self.remarks += remarks_of(problems=problems, notes=notes)


def _read(part: Part, language: Language | None, sandbox: Sandbox) -> ReadResult:
    name = part.filename or ""
    if part.size > MAX_FILE_MB * _MB:
        return ReadResult((), (Problem(name, "too_large", {"limit": MAX_FILE_MB}),))
    return read_content(part.content, name, source=name, language=language, sandbox=sandbox)
