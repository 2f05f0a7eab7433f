"""What an owner can change: the pilot switches, and who is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from feedback import downloads
from feedback.ports import Accounts, Pilot
from feedback.sheet import download
from foundation.errors import InvalidInput
from foundation.pages import Render, SignedIn, read_form
from foundation.staff import Staff

OFF = "off"


def add_controls(
    router: APIRouter,
    signed_in: SignedIn,
    *,
    render: Render,
    pilot: Pilot,
    modes: Sequence[str],
    accounts: Accounts,
) -> None:
    """Add the pages of the pilot and of the shop's people to the owner's router."""
    owner_signed_in = Depends(signed_in)

    async def show_pilot(request: Request) -> Response:
        return await _pilot_page(request)

    async def set_pilot(request: Request, owner: Staff = owner_signed_in) -> Response:
        form = await read_form(request)
        state = await pilot.state()
        mode = next((mode for mode in modes if mode == form.get("mode")), None)
        share = form.get("share_percent", "").strip() or str(state.share_percent)
        if mode is None or not (share.isascii() and share.isdigit() and len(share) < 6):
            return await _pilot_page(request, problem=True)
        try:
            await pilot.set(mode, share_percent=int(share), by=owner.name)
        except InvalidInput:
            return await _pilot_page(request, problem=True)
        return RedirectResponse("/owner/pilot?done=1", status_code=303)

    async def stop(owner: Staff = owner_signed_in) -> Response:
        """Silence the assistant at once; the share is kept for when it speaks again."""
        off = next(mode for mode in modes if mode == OFF)
        await pilot.set(off, share_percent=(await pilot.state()).share_percent, by=owner.name)
        return RedirectResponse("/owner/pilot?done=1", status_code=303)

    async def _pilot_page(request: Request, *, problem: bool = False) -> Response:
        return render(
            request,
            "owner/pilot.html",
            status=400 if problem else 200,
            state=await pilot.state(),
            modes=[str(mode) for mode in modes],
            done="done" in request.query_params,
            problem=problem,
        )

    async def show_staff(request: Request) -> Response:
        ended = request.query_params.get("ended", "")
        return render(
            request,
            "owner/staff.html",
            accounts=await accounts.accounts(),
            ended=int(ended) if ended.isascii() and ended.isdigit() and len(ended) < 6 else None,
        )

    async def staff_sheet() -> Response:
        return download("staff", downloads.staff(await accounts.accounts()))

    async def end_sessions(staff_id: str) -> Response:
        ended = await accounts.end_sessions(staff_id)
        return RedirectResponse(f"/owner/staff?ended={ended}", status_code=303)

    router.add_api_route("/pilot", show_pilot, methods=["GET"])
    router.add_api_route("/pilot", set_pilot, methods=["POST"])
    router.add_api_route("/pilot/stop", stop, methods=["POST"])
    router.add_api_route("/staff", show_staff, methods=["GET"])
    router.add_api_route("/staff.csv", staff_sheet, methods=["GET"])
    router.add_api_route("/staff/{staff_id}/end-sessions", end_sessions, methods=["POST"])
