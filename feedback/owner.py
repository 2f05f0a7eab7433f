"""The owner's pages: figures, conversations, transcripts, questions not answered. Each table downloads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from feedback import downloads
from feedback.archive import Archive
from feedback.chart import chart
from feedback.controls import add_controls
from feedback.filters import Filter, Outcome, Rating
from feedback.gaps import Gaps
from feedback.period import Period, day_of
from feedback.ports import Accounts, Pilot
from feedback.reports import Overview, Reports
from feedback.sheet import Table, download
from feedback.transcripts import Transcripts
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.language import Language
from foundation.pages import Render, Require
from foundation.staff import Role

PRESETS = (7, 30, 90, 365)
"""Ranges of days that are one click away."""
WIDE, NARROW = 960.0, 340.0
"""A chart is drawn for both widths, since letters that shrink with a picture cannot be read."""
GAPS_SHOWN = 100

_OVERVIEW_TABLES: dict[str, Callable[[Overview], Table]] = {
    "figures": downloads.figures,
    "servers": downloads.servers,
    "reasons": downloads.reasons,
    "days": downloads.days,
}


def owner_router(
    *,
    require: Require,
    render: Render,
    database: Database,
    clock: Clock,
    pilot: Pilot,
    modes: Sequence[str],
    accounts: Accounts,
) -> APIRouter:
    """Return the routes under ``/owner``, for owners only.

    Args:
        require: Makes the check of who asks.
        render: Draws pages.
        database: Where the log is.
        clock: What day it is.
        pilot: The pilot switches.
        modes: What the switches can be set to, as `pilot` takes them: off, suggest, share, all.
        accounts: The shop's people.
    """
    signed_in = require(Role.OWNER)
    router = APIRouter(prefix="/owner", dependencies=[Depends(signed_in)])
    pages = _Pages(render, database, clock)
    routes: dict[str, Callable[..., Any]] = {
        "": pages.overview,
        "/conversations": pages.conversations,
        "/conversations.csv": pages.conversations_sheet,
        "/conversations/{conversation_id}.csv": pages.transcript_sheet,
        "/conversations/{conversation_id}": pages.transcript,
        "/gaps": pages.gaps,
        "/gaps.csv": pages.gaps_sheet,
        "/figures/{table}.csv": pages.overview_sheet,
    }
    for path, page in routes.items():
        router.add_api_route(path, page, methods=["GET"])
    add_controls(router, signed_in, render=render, pilot=pilot, modes=modes, accounts=accounts)
    return router


class _Pages:
    """What is read."""

    def __init__(self, render: Render, database: Database, clock: Clock) -> None:
        self._render = render
        self._clock = clock
        self._reports = Reports(database)
        self._archive = Archive(database)
        self._transcripts = Transcripts(database)
        self._gaps = Gaps(database)

    async def overview(self, request: Request) -> Response:
        """Show the figures of some days."""
        wanted, problem = self._wanted(request)
        found = await self._reports.overview(wanted.period)
        drawn = await asyncio.to_thread(lambda: [chart(found.days, width) for width in (WIDE, NARROW)])
        return self._page(request, "owner/overview.html", wanted, problem, of=found, charts=drawn)

    async def conversations(self, request: Request) -> Response:
        """Show a page of the conversations that are meant."""
        wanted, problem = self._wanted(request)
        asked = request.query_params.get("page", "1")
        # Nobody turns to page a million; longer digits are not worth reading.
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
        page = await self._archive.page(wanted, number)
        return self._page(
            request,
            "owner/conversations.html",
            wanted,
            problem,
            found=page,
            agents=await self._archive.agents(wanted.period),
            outcomes=[outcome.value for outcome in Outcome],
            ratings=[rating.value for rating in Rating],
            spoken=[language.value for language in Language],
        )

    async def transcript(self, request: Request, conversation_id: str) -> Response:
        """Show one conversation, whole."""
        found = await self._transcripts.read(conversation_id)
        return self._render(request, "owner/transcript.html", of=found)

    async def gaps(self, request: Request) -> Response:
        """Show the questions that were not met."""
        wanted, problem = self._wanted(request)
        found = await self._gaps.of(wanted.period)
        shown = found[:GAPS_SHOWN]
        return self._page(request, "owner/gaps.html", wanted, problem, gaps=shown, total=len(found))

    async def overview_sheet(self, request: Request, table: str) -> Response:
        """Download one of the overview's tables."""
        rows = _OVERVIEW_TABLES.get(table)
        if rows is None:
            raise InvalidInput(f"There is no such table. There are: {', '.join(_OVERVIEW_TABLES)}.")
        period = self._asked(request).period
        return download(f"{table}-{_range(period)}", rows(await self._reports.overview(period)))

    async def conversations_sheet(self, request: Request) -> Response:
        """Download every conversation that is meant."""
        wanted = self._asked(request)
        rows = await self._archive.rows(wanted)
        return download(f"conversations-{_range(wanted.period)}", downloads.conversations(rows))

    async def transcript_sheet(self, conversation_id: str) -> Response:
        """Download one conversation."""
        found = await self._transcripts.read(conversation_id)
        return download(f"conversation-{found.id}", downloads.transcript(found))

    async def gaps_sheet(self, request: Request) -> Response:
        """Download every question that was not met."""
        period = self._asked(request).period
        return download(f"gaps-{_range(period)}", downloads.gaps(await self._gaps.of(period)))

    def _asked(self, request: Request) -> Filter:
        return Filter.parse(request.query_params, day_of(self._clock.now()))

    def _wanted(self, request: Request) -> tuple[Filter, bool]:
        """Return the filter and whether it could not be read: then it is the usual one."""
        try:
            return self._asked(request), False
        except InvalidInput:
            return Filter(Period.ending(day_of(self._clock.now()))), True

    def _page(
        self, request: Request, template: str, wanted: Filter, problem: bool, **values: Any
    ) -> Response:
        today = day_of(self._clock.now())
        return self._render(
            request,
            template,
            status=400 if problem else 200,
            wanted=wanted,
            problem=problem,
            query=urlencode(wanted.query),
            # The days alone, for links from one page to another.
            days_query=urlencode(Filter(wanted.period).query),
            presets=[(days, Period.ending(today, days)) for days in PRESETS],
            **values,
        )


def _range(period: Period) -> str:
    return f"{period.first}-{period.last}"
