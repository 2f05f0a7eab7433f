"""The desk: the agents' routes. It draws and calls; who has a conversation is `ownership.py`'s to decide.

A page and its parts are HTML; the thread's events and the answers to actions are JSON. Two long polls keep it
live: the list's and the open thread's. A poll asks again who is there while it waits, so that a session that
was ended is gone within seconds.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from conversation.events import Author
from conversation.frames import MAX_BODY_CHARS
from conversation.hub import DESK, Hub
from foundation.errors import Conflict, Forbidden, InvalidInput, TooLarge
from foundation.pages import Render, Require, SignedIn, read_form
from foundation.staff import Role, Staff
from handoff.casefile import CaseFiles
from handoff.ownership import Agent, Ownership
from handoff.queue import Queue, QueueRow
from handoff.request_pages import DueRequests
from handoff.seen import Seen

MAX_WAIT_SECONDS = 25
CHECK_AGAIN_SECONDS = 4.0

Wait = Annotated[float, Query(ge=0, le=MAX_WAIT_SECONDS)]
T = TypeVar("T")


class Tab(StrEnum):
    """The parts of the list."""

    WAITING = "waiting"
    MINE = "mine"
    ALL = "all"


class Part(StrEnum):
    """What can be fetched of an open conversation by itself."""

    EVENTS = "events"
    HEAD = "head"
    CUSTOMER = "customer"


class Act(StrEnum):
    """What an agent can do with a conversation."""

    TAKE = "take"
    REPLY = "reply"
    NOTE = "note"
    HAND_BACK = "hand-back"
    RESOLVE = "resolve"


class Desk:
    """Serves the agents.

    Args:
        require: Checks who asks.
        render: Draws pages.
        ownership: Takes, replies, hands back, resolves.
        queue: Lists conversations.
        cases: Opens them.
        seen: Remembers what each has read.
        hub: Wakes polls.
        can_send: Whether mail leaves this shop; the desk says so where not.
        due: Withdrawals and complaints, which the list counts.
    """

    def __init__(
        self,
        *,
        require: Require,
        render: Render,
        ownership: Ownership,
        queue: Queue,
        cases: CaseFiles,
        seen: Seen,
        hub: Hub,
        can_send: bool,
        due: DueRequests,
    ) -> None:
        self._signed_in: SignedIn = require(Role.AGENT)
        self._render = render
        self._ownership = ownership
        self._queue = queue
        self._cases = cases
        self._seen = seen
        self._hub = hub
        self._can_send = can_send
        self._due = due

    def router(self) -> APIRouter:
        """Return the routes, all below /desk."""
        router = APIRouter(prefix="/desk")
        staff = Depends(self._signed_in)

        @router.get("")
        async def home(request: Request, tab: Tab | None = None, staff: Staff = staff) -> Response:
            return await self._page(request, staff, tab)

        @router.get("/list")
        async def listed(
            request: Request,
            tab: Tab = Tab.WAITING,
            etag: Annotated[str, Query(max_length=64)] = "",
            wait: Wait = 0,
            staff: Staff = staff,
        ) -> Response:
            return await self._list(request, staff, tab, etag, wait)

        @router.get("/c/{conversation_id}")
        async def case(
            request: Request, conversation_id: str, tab: Tab | None = None, staff: Staff = staff
        ) -> Response:
            return await self._case(request, staff, conversation_id, tab)

        @router.get("/c/{conversation_id}/{part}")
        async def parts(
            request: Request,
            conversation_id: str,
            part: Part,
            since: Annotated[int, Query(ge=0)] = 0,
            wait: Wait = 0,
            visible: bool = False,
            staff: Staff = staff,
        ) -> Response:
            if part is Part.EVENTS:
                return await self._events(request, staff, conversation_id, since, wait, visible)
            return await self._part(request, staff, conversation_id, part)

        @router.post("/c/{conversation_id}/{act}")
        async def acts(request: Request, conversation_id: str, act: Act, staff: Staff = staff) -> Response:
            return await self._act(request, Agent(staff.id, staff.name), conversation_id, act)

        return router

    async def _page(
        self, request: Request, staff: Staff, tab: Tab | None, conversation_id: str = ""
    ) -> Response:
        shown = tab or await self._first_tab(staff)
        values = await self._list_values(staff, shown, conversation_id)
        file = await self._cases.open(conversation_id) if conversation_id else None
        return self._render(
            request, "desk/desk.html", **values, file=file, can_send=self._can_send, max_chars=MAX_BODY_CHARS
        )

    async def _first_tab(self, staff: Staff) -> Tab:
        """Return where there is work: those that wait, else one's own, else all."""
        waiting, mine = await self._queue.counts(staff.id)
        return Tab.WAITING if waiting else Tab.MINE if mine else Tab.ALL

    async def _case(self, request: Request, staff: Staff, conversation_id: str, tab: Tab | None) -> Response:
        if "hx-request" not in request.headers:
            return await self._page(request, staff, tab, conversation_id)
        file = await self._cases.open(conversation_id)
        return self._render(
            request, "desk/case.html", file=file, can_send=self._can_send, max_chars=MAX_BODY_CHARS
        )

    async def _part(self, request: Request, staff: Staff, conversation_id: str, part: Part) -> Response:
        file = await self._cases.open(conversation_id)
        return self._render(request, f"desk/{part.value}.html", file=file, can_send=self._can_send)

    async def _list(self, request: Request, staff: Staff, tab: Tab, etag: str, wait: float) -> Response:
        async def look() -> dict[str, Any] | None:
            values = await self._list_values(staff, tab)
            return None if values["etag"] == etag else values

        values = await self._wait_for(DESK, look, wait, request)
        if values is None:
            return Response(status_code=204)
        return self._render(request, "desk/list.html", **values)

    async def _list_values(self, staff: Staff, tab: Tab, current: str = "") -> dict[str, Any]:
        rows = await self._rows(staff, tab)
        counts = await self._queue.counts(staff.id)
        open_requests, urgent_requests = await self._due.counts()
        unread = await self._seen.unread([row.conversation_id for row in rows], staff.id)
        state = repr((tab, counts, rows, sorted(unread), open_requests, urgent_requests))
        return {
            "tab": tab.value,
            "rows": rows,
            "waiting": counts[0],
            "mine": counts[1],
            "open_requests": open_requests,
            "urgent_requests": urgent_requests,
            "unread": unread,
            "current": current,
            "etag": hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        }

    async def _rows(self, staff: Staff, tab: Tab) -> list[QueueRow]:
        if tab is Tab.WAITING:
            return await self._queue.waiting()
        return await (self._queue.mine(staff.id) if tab is Tab.MINE else self._queue.all())

    async def _events(
        self, request: Request, staff: Staff, conversation_id: str, since: int, wait: float, visible: bool
    ) -> Response:
        async def look() -> list[Any]:
            return list(await self._cases.frames_since(conversation_id, since))

        # Whoever asks for what comes after has everything up to there on the screen.
        if visible and since and await self._seen.mark(conversation_id, staff.id, since):
            self._hub.wake(DESK)
        frames = await self._wait_for(conversation_id, look, wait, request)
        head = frames[-1].seq if frames else since
        return JSONResponse({"head": head, "frames": [frame.model_dump(mode="json") for frame in frames]})

    async def _wait_for(
        self, topic: str, look: Callable[[], Awaitable[T]], wait: float, request: Request
    ) -> T:
        """Look until there is something, a wake-up came, or the time is over."""
        until = time.monotonic() + wait
        with self._hub.listen(topic) as subscription:
            while True:
                found = await look()
                left = until - time.monotonic()
                if found or left <= 0:
                    return found
                woken = await subscription.wait(min(left, CHECK_AGAIN_SECONDS))
                await self._signed_in(request)
                if woken:
                    # Also how polls end when the server stops.
                    return await look()

    async def _act(self, request: Request, agent: Agent, conversation_id: str, act: Act) -> Response:
        form = await read_form(request)
        try:
            await self._carry_out(act, agent, conversation_id, form)
        except (Conflict, Forbidden) as error:
            row = await self._queue.row(conversation_id)
            owner = row.owner if row is not None and row.owner_id not in (None, agent.id) else ""
            body = {"code": error.code, "message": error.message, "owner": owner}
            return JSONResponse(body, status_code=error.status)
        return JSONResponse({"done": act.value})

    async def _carry_out(self, act: Act, agent: Agent, conversation_id: str, form: dict[str, str]) -> None:
        if act is Act.TAKE:
            await self._ownership.take(conversation_id, agent)
        elif act is Act.REPLY:
            await self._ownership.reply(conversation_id, agent, _body(form), _cid(form))
        elif act is Act.NOTE:
            await self._ownership.note(conversation_id, agent, _body(form), _cid(form))
        elif act is Act.HAND_BACK:
            await self._ownership.hand_back(
                conversation_id, agent, form.get("note", "").strip()[:MAX_BODY_CHARS]
            )
        else:
            await self._resolve(conversation_id, agent)

    async def _resolve(self, conversation_id: str, agent: Agent) -> None:
        row = await self._queue.row(conversation_id)
        if row is not None and row.owner_id not in (None, agent.id):
            raise Conflict(f"{row.owner} has this conversation.")
        by: Author = agent.author
        await self._ownership.resolve(conversation_id, by)


def _body(form: dict[str, str]) -> str:
    body = form.get("body", "").strip()
    if not body:
        raise InvalidInput("Write something first.")
    if len(body) > MAX_BODY_CHARS:
        raise TooLarge(f"A message may have {MAX_BODY_CHARS} characters.")
    return body


def _cid(form: dict[str, str]) -> str:
    cid = form.get("cid", "")
    if not 8 <= len(cid) <= 64:
        raise InvalidInput("A message needs its id (cid).")
    return cid
