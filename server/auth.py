"""Who of the shop's people is signed in: the sign-in page, the session cookie, `require`, CSRF.

The cookie holds a session's secret and nothing else. The CSRF token is derived from that secret, so a page of
another site can neither read nor guess it; `SameSite=Lax` keeps the cookie off other sites' posts besides.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from foundation.errors import Forbidden, RateLimited, Unauthenticated
from foundation.limits import counted_address
from foundation.pages import Render, SignedIn, is_local, read_form
from foundation.staff import Role, Staff
from foundation.uploads import is_upload, posted_form
from server.staff import SESSION_LIVES, Account, StaffBook

__all__ = ["COOKIE", "Auth", "Role", "Staff"]

COOKIE = "okienko_session"
HOME = {Role.OWNER: "/owner", Role.AGENT: "/desk"}
"""Where people land who were on their way nowhere."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Auth:
    """Signs people in and out, and checks them."""

    def __init__(self, book: StaffBook, render: Render, wake: Callable[[], None]) -> None:
        self.book = book
        self._render = render
        self._wake = wake

    def require(self, role: Role) -> SignedIn:
        """Return the check for routes; see `foundation.pages.Require`."""

        async def signed_in(request: Request) -> Staff:
            secret = request.cookies.get(COOKIE, "")
            staff = await self.book.whose(secret) if secret else None
            if staff is None:
                raise _sign_in_first(request)
            if not staff.role.may_act_as(role):
                raise Forbidden("This page is for owners.")
            await _check_csrf(request, secret)
            request.state.staff, request.state.csrf = staff, csrf_token(secret)
            return staff

        return signed_in

    async def accounts(self) -> list[Account]:
        """Return every account, for owners."""
        return await self.book.accounts()

    async def end_sessions(self, staff_id: str) -> int:
        """End a person's sessions, at once: waiting polls look again. Returns how many there were."""
        ended = await self.book.end_sessions(staff_id)
        self._wake()
        return ended

    def router(self) -> APIRouter:
        """Return the routes of signing in and out."""
        router = APIRouter()
        router.add_api_route("/login", self._ask, methods=["GET"])
        router.add_api_route("/login", self._sign_in, methods=["POST"])
        router.add_api_route("/logout", self._sign_out, methods=["POST"])
        return router

    async def _ask(self, request: Request) -> Response:
        onward = request.query_params.get("next", "")
        secret = request.cookies.get(COOKIE, "")
        staff = await self.book.whose(secret) if secret else None
        if staff is not None:
            return RedirectResponse(_onward(onward, staff.role), status_code=303)
        return self._render(request, "login.html", next=onward, email="", problem="")

    async def _sign_in(self, request: Request) -> Response:
        _check_own_page(request)
        form = await read_form(request)
        email, onward = form.get("email", ""), form.get("next", "")
        address = counted_address(request.client.host if request.client else "unknown")
        shown = {"next": onward, "email": email[:254]}
        try:
            secret = await self.book.sign_in(email, form.get("password", ""), address=address)
        except Unauthenticated as error:
            return self._render(request, "login.html", status=error.status, problem="login.wrong", **shown)
        except RateLimited as error:
            wait = error.retry_after_seconds
            page = self._render(
                request, "login.html", status=error.status, problem="login.slow", seconds=wait, **shown
            )
            page.headers["Retry-After"] = str(wait)
            return page
        staff = await self.book.whose(secret)
        target = _onward(onward, staff.role if staff else Role.AGENT)
        reply = RedirectResponse(target, status_code=303)
        reply.set_cookie(
            COOKIE,
            secret,
            max_age=int(SESSION_LIVES.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return reply

    async def _sign_out(self, request: Request) -> Response:
        secret = request.cookies.get(COOKIE, "")
        if secret:
            await _check_csrf(request, secret)
            await self.book.sign_out(secret)
            self._wake()
        reply = RedirectResponse("/login", status_code=303)
        reply.delete_cookie(COOKIE)
        return reply


def csrf_token(secret: str) -> str:
    """Return the CSRF token of a session: one-way from its secret."""
    return hashlib.sha256(f"csrf:{secret}".encode()).hexdigest()


async def _check_csrf(request: Request, secret: str) -> None:
    if request.method in _SAFE:
        return
    _check_own_page(request)
    sent = request.headers.get("x-csrf-token") or await _posted_token(request)
    if not hmac.compare_digest(sent.encode(), csrf_token(secret).encode()):
        raise Forbidden("This page has expired. Reload it and try again.")


async def _posted_token(request: Request) -> str:
    if is_upload(request):
        return await posted_form(request).token("csrf")
    return (await read_form(request)).get("csrf", "")


def _check_own_page(request: Request) -> None:
    """Refuse what a browser posts from a page of another origin."""
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    if origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
        raise Forbidden("This form belongs to another page. Reload it and try again.")


def _sign_in_first(request: Request) -> Exception:
    wants_page = "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers
    if not wants_page or request.method != "GET":
        return Unauthenticated("Sign in to see this.")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return HTTPException(303, headers={"Location": f"/login?next={quote(here, safe='')}"})


def _onward(path: str, role: Role) -> str:
    """Return a path of this server; anything else could send people to a page that looks like it."""
    return path if is_local(path) else HOME[role]
