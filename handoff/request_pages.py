"""Withdrawals and complaints at the desk: what is due first, one of them, and how far the shop is with it.

Every route asks for a signed-in agent or owner; what changes something asks for the session's CSRF token.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from customer.request import CustomerRequest, TimeLeft
from customer.request_desk import RequestDesk
from foundation.clock import Clock
from foundation.errors import Conflict, NotFound
from foundation.pages import Render, Require
from foundation.staff import Role, Staff
from handoff.photos import MEDIA_TYPES, Photos


class Step(StrEnum):
    """What a person of the shop does with a request."""

    BEGIN = "begin"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class DueRequest:
    """A request with its clock. `last` is a moment of the last day that is in time."""

    request: CustomerRequest
    left: TimeLeft
    last: datetime


class DueRequests:
    """The open requests of one shop with their clocks."""

    def __init__(self, desk: RequestDesk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock

    async def open(self) -> list[DueRequest]:
        """Return what is not settled, what is due first first."""
        return [self.due(request) for request in await self._desk.open()]

    async def counts(self) -> tuple[int, int]:
        """Return how many are open, and how many of these are close to their last day or past it."""
        found = await self.open()
        return len(found), sum(one.left.warned for one in found)

    def due(self, request: CustomerRequest) -> DueRequest:
        """Return a request with the time that it has left now."""
        last = request.due_at - timedelta(microseconds=1)
        return DueRequest(request, request.time_left(self._clock.now()), last)


class RequestPages:
    """Serves them below /desk/requests."""

    def __init__(
        self, *, require: Require, render: Render, desk: RequestDesk, photos: Photos, clock: Clock
    ) -> None:
        self._signed_in = require(Role.AGENT)
        self._render, self._desk, self._photos = render, desk, photos
        self._due = DueRequests(desk, clock)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(prefix="/desk/requests")
        signed_in = Depends(self._signed_in)

        @router.get("")
        async def listed(request: Request, staff: Staff = signed_in) -> Response:
            return self._render(request, "desk/requests.html", rows=await self._due.open())

        @router.get("/{number}")
        async def one(request: Request, number: str, staff: Staff = signed_in) -> Response:
            return await self._one(request, number)

        @router.get("/{number}/photos/{photo}")
        async def photo(number: str, photo: int, staff: Staff = signed_in) -> Response:
            return await self._photo(number, photo)

        @router.post("/{number}/{step}")
        async def act(number: str, step: Step, staff: Staff = signed_in) -> Response:
            return await self._act(number, step, staff)

        return router

    async def _one(self, request: Request, number: str) -> Response:
        found = await self._desk.find(number)
        return self._render(request, "desk/request.html", row=self._due.due(found))

    async def _act(self, number: str, step: Step, staff: Staff) -> Response:
        move = self._desk.begin if step is Step.BEGIN else self._desk.settle
        try:
            moved = await move(number, staff.name)
        except Conflict:
            # A colleague was sooner: the page says who, and when.
            moved = await self._desk.find(number)
        return RedirectResponse(f"/desk/requests/{quote(moved.number, safe='')}", status_code=303)

    async def _photo(self, number: str, photo: int) -> Response:
        found = await self._desk.find(number)
        if not 1 <= photo <= len(found.photos):
            raise NotFound("There is no such photo.")
        content, kind = await self._photos.read(found.photos[photo - 1])
        return Response(
            content,
            media_type=MEDIA_TYPES[kind],
            headers={
                # A stranger's bytes: saved or shown as a picture, never run as a page of ours.
                "Content-Disposition": f'attachment; filename="{found.number}-{photo}.{kind}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cache-Control": "no-store",
            },
        )
