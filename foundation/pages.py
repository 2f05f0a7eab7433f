"""What rooms with pages need from the roof: who is signed in, and a way to draw a page. Ports, no library.

`server/` binds them; rooms' router factories take them, so that no room imports a template engine or knows
how people sign in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.responses import Response

from foundation.bodies import read_body
from foundation.errors import InvalidInput, TooLarge
from foundation.staff import Role, Staff

MAX_FORM_BYTES = 128 * 1024
FORM_SECONDS = 30
_MAX_FIELDS = 100


SignedIn = Callable[[Request], Awaitable[Staff]]
"""Tells who asks, every time it is called; see `Require`."""


class Require(Protocol):
    """Makes the check that a route asks of its caller, as a FastAPI dependency.

    A route takes it as ``staff: Staff = signed_in`` with ``signed_in = Depends(require(Role.AGENT))``. A long
    poll calls the check again while it waits: a session may have been ended meanwhile.
    """

    def __call__(self, role: Role) -> SignedIn:
        """Return the check.

        It raises Unauthenticated where nobody is signed in (a browser's page is sent to the sign-in page),
        and Forbidden where the role is not enough or a POST lacks the session's CSRF token (form field
        ``csrf`` or header ``X-CSRF-Token``).
        """
        ...


class Render(Protocol):
    """Draws a page from a template, in the language of who asks."""

    def __call__(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return the page; what every template may use besides `values` is listed in base.html."""
        ...


def is_local(path: str) -> bool:
    """Return whether a path that came with a request stays on this server: it is safe to redirect to."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a posted form (``application/x-www-form-urlencoded``); the last of a name counts.

    Raises:
        TooLarge: It has more than `MAX_FORM_BYTES`.
        InvalidInput: It is no such form.
    """
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    if kind.split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise InvalidInput("Send this as a form (application/x-www-form-urlencoded).")
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_FORM_BYTES:
        raise TooLarge(f"A form may have {MAX_FORM_BYTES} bytes.")
    # Kept with the request: the CSRF check and the route both ask.
    body: bytes | None = getattr(request.state, "form", None)
    if body is None:
        body = request.state.form = await read_body(
            request, most=MAX_FORM_BYTES, seconds=FORM_SECONDS, what="form"
        )
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MAX_FIELDS))
    except ValueError as error:
        raise InvalidInput("This form cannot be read. Reload the page and try again.") from error
