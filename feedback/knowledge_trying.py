"""The "try a question" page: which passages a question finds, why, and what the assistant would say."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from feedback.knowledge_ports import Trial
from foundation.language import Language
from foundation.pages import Render

MAX_QUESTION_CHARS = 500


class Trying:
    """The route of it."""

    def __init__(self, render: Render, trial: Trial) -> None:
        self._render = render
        self._trial = trial

    def add_to(self, router: APIRouter) -> None:
        """Add the route to the owner's router."""
        router.add_api_route("/try", self.page, methods=["GET"])

    async def page(self, request: Request) -> Response:
        """Ask the question of the address, if there is one."""
        question = " ".join(request.query_params.get("q", "").replace("\0", "").split())
        asked = request.query_params.get("language", "")
        language = next((each for each in Language if each.value == asked), None)
        too_long = len(question) > MAX_QUESTION_CHARS
        tried = await self._trial(question, language) if question and not too_long else None
        return self._render(
            request,
            "owner/knowledge_try.html",
            status=400 if too_long else 200,
            question=question,
            chosen=language.value if language else "",
            too_long=too_long,
            limit=MAX_QUESTION_CHARS,
            tried=tried,
            spoken=[language.value for language in Language],
        )
