"""The web application: puts the rooms' routes, the widget and the pages on one FastAPI app."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.requests import ClientDisconnect

from conversation.hub import EVERYTHING
from conversation.intake import Intake
from conversation.open_lines import OpenLines
from conversation.polling import ChatHttp
from conversation.socket import ChatSockets
from customer.requests import Requests
from feedback.erasure_pages import erasure_router
from feedback.knowledge_drafts import Drafts
from feedback.knowledge_pages import knowledge_router
from feedback.knowledge_publishing import Publishing
from feedback.owner import owner_router
from foundation.errors import OkienkoError, RateLimited
from handoff.casefile import CaseFiles
from handoff.desk import Desk
from handoff.photos import Photos
from handoff.pilot import Mode
from handoff.request_forms import RequestForms
from handoff.request_pages import DueRequests, RequestPages
from handoff.seen import Seen
from knowledge.sources.syncing import Sources
from knowledge.web.addresses import AllowedHosts
from knowledge.web.fetching import Fetcher
from server.auth import Auth
from server.demo.routes import demo_router
from server.front import ShopperActions
from server.house import House, letterhead
from server.logs import route_of
from server.operation import Operation
from server.pages.rendering import Pages, page_language
from server.privacy import Privacy, photos_of
from server.retention import Keeping, Retention
from server.staff import StaffBook
from server.trying import HouseTrial

logger = logging.getLogger("okienko.server")

COMINGS_A_MESSAGE = 10
"""How often an address may come for each message that it may send: polls, posts, new sockets."""

WIDGET = Path(__file__).parent.parent / "widget" / "dist" / "okienko.js"

_REFUSALS = {
    404: ("not_found", "There is nothing at this address."),
    405: ("invalid_input", "This address does not take requests of this kind."),
}

_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(house: House, operation: Operation | None = None) -> FastAPI:
    """Return the application that serves an open house; its worker runs as long as the application."""
    operation = operation or Operation(house)
    limiter = house.limiter
    lines = OpenLines(
        per_address=house.settings.sockets_per_address,
        in_all=house.settings.sockets,
        comings_per_minute=COMINGS_A_MESSAGE * house.settings.messages_of_address,
    )
    allowed = origin_rule(house.settings.allowed_origins)
    intake = Intake(
        log=house.log,
        hub=house.hub,
        actions=ShopperActions(house.ownership, house.statements, house.settings.style),
        limiter=limiter,
        messages_per_minute=house.settings.messages_per_minute,
        address_messages_per_minute=house.settings.messages_of_address,
        shop_messages_per_minute=house.settings.messages_of_shop,
        style=house.settings.style,
    )
    sockets = ChatSockets(
        database=house.database,
        log=house.log,
        hub=house.hub,
        sessions=house.sessions,
        intake=intake,
        clock=house.clock,
        origin_allowed=allowed,
        lines=lines,
        address_key=house.address_key,
    )
    http = ChatHttp(
        log=house.log,
        hub=house.hub,
        sessions=house.sessions,
        intake=intake,
        limiter=limiter,
        sessions_per_minute=house.settings.sessions_per_minute,
        origin_allowed=allowed,
        lines=lines,
        address_key=house.address_key,
    )

    photos = photos_of(house.settings.data_dir)
    retention = Retention(house.database, photos, house.clock, Keeping.of(house.settings))
    fetcher = Fetcher(AllowedHosts.of(house.settings.knowledge_allow_hosts))
    sources = Sources(house.database, fetcher, house.library, house.clock)
    publishing = Publishing(Drafts(house.database, house.clock), house.library, sources)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        running = (
            house.worker.run(),
            house.warm_up(),
            house.follow_library(),
            house.close_silent(),
            retention.run(),
            house.reply_mail.run(),
            house.mailer.run(),
        )
        tasks = [asyncio.create_task(work) for work in running]
        operation.start()
        try:
            yield
        finally:
            operation.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await publishing.close()
            await fetcher.close()

    app = FastAPI(title="Okienko", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sockets = sockets
    app.include_router(operation.router())
    pages = app.state.pages = Pages(letterhead(house.settings), house.settings.default_language)
    if house.settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(house.settings.allowed_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type"],
            max_age=3600,
        )
    app.add_exception_handler(OkienkoError, _said)
    app.add_exception_handler(RequestValidationError, _malformed)
    for status in _REFUSALS:
        app.add_exception_handler(status, _refused)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(Exception, _broken)
    app.include_router(http.router())
    app.include_router(sockets.router())
    _add_pages(app, house, pages)
    _add_forms(app, house, pages, photos)
    _add_staff(app, house, pages, publishing, sources, photos)
    return app


def origin_rule(allowed_origins: tuple[str, ...]) -> Callable[[str | None, str], bool]:
    """Return the check of a request's Origin against its Host.

    Allowed are clients that are no browser (they send none, and could forge any), the server's own pages,
    and the origins of the setting.
    """
    known = frozenset(origin.lower() for origin in allowed_origins)

    def allowed(origin: str | None, host: str) -> bool:
        if origin is None or origin.lower() in known:
            return True
        try:
            return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:
            return False

    return allowed


def _add_pages(app: FastAPI, house: House, pages: Pages) -> None:
    """Add what anyone may fetch: the widget and the page at the root."""

    @app.get("/okienko.js")
    async def widget() -> Response:
        return FileResponse(
            WIDGET,
            media_type="text/javascript; charset=utf-8",
            headers={"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"},
        )

    if house.demo is not None:
        app.include_router(demo_router(house.demo, _PAGE_HEADERS))
        return

    @app.get("/")
    async def home(request: Request) -> Response:
        return pages(
            request,
            "home.html",
            site_key=house.settings.site_key,
            server=str(request.base_url).rstrip("/"),
            articles=len(await house.library.articles()),
        )


def _add_forms(app: FastAPI, house: House, pages: Pages, photos: Photos) -> None:
    """Add the public forms: withdrawing from a contract, and complaining."""
    forms = RequestForms(
        render=pages,
        language=lambda request: page_language(request, house.settings.default_language),
        requests=Requests(house.outbox, letterhead(house.settings)),
        database=house.database,
        outbox=house.outbox,
        photos=photos,
        limiter=house.limiter,
        address_key=house.address_key,
        clock=house.clock,
        orders=house.orders,
        owner_of=house.guests.customer_with,
        shop_days=house.settings.return_days,
    )
    app.include_router(forms.router())


def _add_staff(
    app: FastAPI, house: House, pages: Pages, publishing: Publishing, sources: Sources, photos: Photos
) -> None:
    """Add what the shop's people see: signing in, the desk, the owner's pages."""
    auth = Auth(StaffBook(house.database, house.clock), pages, wake=lambda: house.hub.wake(EVERYTHING))
    app.include_router(pages.router())
    app.include_router(auth.router())
    desk = Desk(
        require=auth.require,
        render=pages,
        ownership=house.ownership,
        queue=house.queue,
        cases=CaseFiles(house.database, house.queue, house.orders),
        seen=Seen(house.database),
        hub=house.hub,
        can_send=house.outbox.can_send,
        due=DueRequests(house.requests, house.clock),
    )
    app.include_router(desk.router())
    requests = RequestPages(
        require=auth.require, render=pages, desk=house.requests, photos=photos, clock=house.clock
    )
    app.include_router(requests.router())
    app.include_router(
        owner_router(
            require=auth.require,
            render=pages,
            database=house.database,
            clock=house.clock,
            pilot=house.pilot,
            modes=tuple(Mode),
            accounts=auth,
        )
    )
    privacy = Privacy(house.database, photos, house.clock, wake=house.hub.wake)
    app.include_router(erasure_router(require=auth.require, render=pages, eraser=privacy))
    app.include_router(
        knowledge_router(
            require=auth.require,
            render=pages,
            database=house.database,
            clock=house.clock,
            shelf=house.library,
            publishing=publishing,
            sources=sources,
            trial=HouseTrial(house),
            stale_after_days=house.settings.stale_after_days,
        )
    )


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers


def _error_page(request: Request, status: int, message: str) -> Response:
    pages: Pages = request.app.state.pages
    return pages(request, "error.html", status=status, status_code=status, said=message)


async def _said(request: Request, error: Exception) -> Response:
    assert isinstance(error, OkienkoError)
    if _wants_page(request):
        return _error_page(request, error.status, error.message)
    body: dict[str, object] = {"code": error.code, "message": error.message}
    headers = {}
    if isinstance(error, RateLimited):
        body["retry_after"] = error.retry_after_seconds
        headers["Retry-After"] = str(error.retry_after_seconds)
    return JSONResponse(body, status_code=error.status, headers=headers)


async def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return JSONResponse(
        {"code": "invalid_input", "message": f"This request cannot be used: {where}: {first['msg']}."},
        status_code=400,
    )


async def _refused(request: Request, error: Exception) -> Response:
    status = int(getattr(error, "status_code", 404))
    code, message = _REFUSALS[status]
    if _wants_page(request):
        return _error_page(request, status, message)
    headers = getattr(error, "headers", None)
    return JSONResponse({"code": code, "message": message}, status_code=status, headers=headers)


async def _left(_request: Request, _error: Exception) -> Response:
    # Nobody reads it: the client left before all of its request had come. The log has it as nginx does.
    return Response(status_code=499)


async def _broken(request: Request, error: Exception) -> Response:
    # uvicorn adds the traceback. A path is a stranger's words, so only our own name for it is written.
    logger.error("%s %s failed: %s", request.method, route_of(request.scope), type(error).__name__)
    return JSONResponse(
        {"code": "error", "message": "Something went wrong here. Please try again."}, status_code=500
    )
