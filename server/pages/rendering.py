"""Draws pages and serves their static files. The home of jinja2.

A page's language is what its address asks for (`?lang=`), else its reader's choice (a cookie), else the
browser's, of those that we speak.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from foundation.clock import SHOP_ZONE
from foundation.errors import NotFound
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.pages import is_local
from server.pages.texts import term, terms, text

STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "okienko_lang"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Transcripts are personal data: no copy stays in a shared computer's cache.
    "Cache-Control": "no-store",
}
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class Pages:
    """Binds the `Render` port."""

    def __init__(self, letterhead: Letterhead, default_language: Language) -> None:
        self._letterhead = letterhead
        self._default_language = default_language
        self._environment = Environment(
            loader=PackageLoader("server", "pages"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def __call__(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return the page; see base.html for what a template may use."""
        language = page_language(request, self._default_language)
        page = self._environment.get_template(template).render(
            t=lambda key, **given: text(key, language, self._letterhead.style, **given),
            term=lambda group, code: term(group, code, language),
            terms=lambda *groups: terms(groups, language),
            money=lambda amount, currency: _money(amount, currency, language),
            day=_day,
            minute=_minute,
            language=language.value,
            languages=[each.value for each in Language],
            staff=getattr(request.state, "staff", None),
            csrf=getattr(request.state, "csrf", ""),
            shop_name=self._letterhead.shop_name,
            contact=self._letterhead.contact.lines(language),
            static=static_url,
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            whole_page="hx-request" not in request.headers,
            **values,
        )
        return HTMLResponse(page, status_code=status, headers=HEADERS)

    def router(self) -> APIRouter:
        """Return the routes of static files and of the choice of language."""
        router = APIRouter()
        router.add_api_route("/static/{name}", static_file, methods=["GET"])
        router.add_api_route("/language/{code}", choose_language, methods=["GET"])
        return router


def page_language(request: Request, default: Language) -> Language:
    """Return the language of a page: its address's, the reader's choice, the browser's, or `default`."""
    wanted = [request.query_params.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, "")]
    wanted += [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    for tag in wanted:
        primary = tag.split("-")[0].lower()
        if primary in {each.value for each in Language}:
            return Language(primary)
    return default


def static_url(name: str) -> str:
    """Return a static file's address, which changes with its content."""
    return f"/static/{name}?v={_digest(STATIC / name)}"


async def static_file(request: Request, name: str) -> Response:
    """Serve a file of the folder; for ever, if the address names this very content."""
    path = STATIC / name
    kind = _KINDS.get(path.suffix)
    if path.parent != STATIC or kind is None or not path.is_file():
        raise NotFound("There is no such file.")
    same = request.query_params.get("v") == _digest(path)
    caching = "public, max-age=31536000, immutable" if same else "no-cache"
    return Response(
        path.read_bytes(),
        media_type=kind,
        headers={"Cache-Control": caching, "X-Content-Type-Options": "nosniff"},
    )


async def choose_language(request: Request, code: Language) -> Response:
    """Remember the reader's language and go back."""
    back = request.query_params.get("next", "/login")
    reply = RedirectResponse(back if is_local(back) else "/login", status_code=303)
    reply.set_cookie(LANGUAGE_COOKIE, code.value, max_age=31_536_000, samesite="lax")
    return reply


def _money(amount: Decimal, currency: str, language: Language) -> str:
    digits = f"{amount:,.2f}"
    if language is Language.PL:
        digits = digits.replace(",", "\u00a0").replace(".", ",")
    return f"{digits}\u00a0{'zł' if currency == 'PLN' else currency}"


def _day(moment: datetime) -> str:
    return moment.astimezone(SHOP_ZONE).strftime("%d.%m.%Y")


def _minute(moment: datetime) -> str:
    return moment.astimezone(SHOP_ZONE).strftime("%d.%m.%Y %H:%M")


@cache
def _digests() -> dict[Path, tuple[float, str]]:
    return {}


def _digest(path: Path) -> str:
    known, changed = _digests(), path.stat().st_mtime
    if path not in known or known[path][0] != changed:
        known[path] = (changed, hashlib.sha256(path.read_bytes()).hexdigest()[:16])
    return known[path][1]
