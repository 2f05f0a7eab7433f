"""Erasing a person at /owner/privacy, in two steps: what would go, then doing it. For owners only."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from feedback.erasure import Eraser, Person
from foundation.errors import InvalidInput, NotFound
from foundation.pages import Render, Require, read_form
from foundation.staff import Role

PAGE = "owner/privacy.html"


def erasure_router(*, require: Require, render: Render, eraser: Eraser) -> APIRouter:
    """Return the routes.

    Args:
        require: Makes the check of who asks.
        render: Draws pages.
        eraser: Looks, and erases.
    """
    router = APIRouter(prefix="/owner/privacy", dependencies=[Depends(require(Role.OWNER))])

    @router.get("")
    async def ask(request: Request) -> Response:
        return render(request, PAGE, person=Person(), found=None, done=False, problem="")

    @router.post("")
    async def look_or_erase(request: Request) -> Response:
        form = await read_form(request)
        person = Person(form.get("customer_id", "").strip(), form.get("email", "").strip())
        # Only the second step's own button erases: going back, or Enter in a field, looks again.
        really = form.get("step") == "erase"
        try:
            found = await eraser.erase(person, really=really)
        except (InvalidInput, NotFound) as error:
            problem = "nobody" if isinstance(error, NotFound) else "unnamed"
            return render(
                request, PAGE, status=error.status, person=person, found=None, done=False, problem=problem
            )
        return render(request, PAGE, person=person, found=found, done=really, problem="")

    return router
