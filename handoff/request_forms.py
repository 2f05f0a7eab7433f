"""The public forms: withdrawing from a contract in two steps, and complaining.

Anybody may call these routes, signed in or not, from any site: there is no session that another page could
abuse, and what a form does is done in its sender's own name. Strangers are limited by network address; what
they send is text, shown and mailed as text. Sources: dyrektywa (UE) 2023/2673, art. 1 pkt 3 (a function for
withdrawing, in two steps, with a receipt); ustawa o prawach konsumenta, art. 7a and art. 30.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from customer.contract import facts_of
from customer.day_words import written_moment
from customer.model import Order, OrderSource
from customer.request import Complaining, Wanted, Withdrawing
from customer.requests import Received, Requests
from customer.returns import withdraw
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import InvalidInput, OkienkoError, RateLimited, TooLarge
from foundation.language import Language
from foundation.limits import RateLimiter
from foundation.outbox import Outbox
from foundation.pages import Render
from foundation.uploads import posted_form
from handoff.complaint_upload import read_complaint
from handoff.form_fields import MAX_COMPLAINT_CHARS, ComplaintForm, WithdrawForm, can_be_written_to, form_id
from handoff.photos import MAX_PHOTOS, Photos
from handoff.statements import MAILED

logger = logging.getLogger("okienko.handoff")

OwnerOf = Callable[[str, str], Awaitable[str | None]]
"""Takes an order number and an e-mail address."""

MAX_FORM_BYTES = 256 * 1024
SENT_PER_MINUTE = 10


class RequestForms:
    """Serves both forms.

    Args:
        render: Draws pages.
        language: Tells the language of a page, and so of what is stated on it.
        requests: Takes in what is sent.
        database: For the transaction of it.
        outbox: Woken when a receipt was left.
        photos: Keeps what comes with complaints.
        limiter: Counts by network address.
        address_key: Returns what stands for an address there.
        clock: What time it is.
        orders: For the last day, and what a person should look at.
        owner_of: Returns whose order a number and an e-mail address are of. Nothing that is shown or mailed
            depends on it.
        shop_days: The shop's own window for returns, if it is longer than the law's.
    """

    def __init__(
        self,
        *,
        render: Render,
        language: Callable[[Request], Language],
        requests: Requests,
        database: Database,
        outbox: Outbox,
        photos: Photos,
        limiter: RateLimiter,
        address_key: Callable[[str], str],
        clock: Clock,
        orders: OrderSource,
        owner_of: OwnerOf,
        shop_days: int | None = None,
    ) -> None:
        self._render, self._language = render, language
        self._requests, self._database, self._outbox = requests, database, outbox
        self._photos, self._limiter, self._clock = photos, limiter, clock
        self._orders, self._owner_of, self._shop_days = orders, owner_of, shop_days
        self._address_key = address_key

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/withdraw", self._ask_withdrawal, methods=["GET"])
        router.add_api_route("/withdraw", self._withdraw, methods=["POST"])
        router.add_api_route("/complaint", self._ask_complaint, methods=["GET"])
        router.add_api_route("/complaint", self._complain, methods=["POST"])
        return router

    async def _ask_withdrawal(self, request: Request) -> Response:
        return self._withdraw_page(request, WithdrawForm(cid=form_id("")))

    async def _withdraw(self, request: Request) -> Response:
        received_at = self._clock.now()
        try:
            fields = await posted_form(request).fields(MAX_FORM_BYTES)
        except InvalidInput as error:
            return self._withdraw_page(request, WithdrawForm(cid=form_id("")), **_unread(error))
        form, language = WithdrawForm.typed(fields), self._language(request)
        if fields.get("step") == "edit":
            return self._withdraw_page(request, form)
        if form.is_empty:
            return self._withdraw_page(request, form, problem="empty", status=400)
        if fields.get("step") != "confirm":
            return self._review_page(request, form)
        try:
            await self._limiter.hit("form", self._address(request), per_minute=SENT_PER_MINUTE)
        except RateLimited as error:
            page = self._review_page(request, form, problem="slow", status=error.status)
            page.headers["Retry-After"] = str(error.retry_after_seconds)
            return page
        given = form.given(language, received_at, await self._mailable(request, form.email))
        order = await self._order(form.order_number, form.email)
        if order is not None:
            met = withdraw(facts_of(order, shop_days=self._shop_days), at=received_at)
            given = replace(
                given,
                customer_id=order.customer_id,
                doubts=tuple(doubt.value for doubt in met.doubts),
                last_day=met.deadline.last_day if met.deadline else None,
            )
        return self._received_page(request, await self._receive(given), form.email)

    async def _ask_complaint(self, request: Request) -> Response:
        return self._complaint_page(request, ComplaintForm(cid=form_id("")))

    async def _complain(self, request: Request) -> Response:
        received_at, batch, slow, kept = self._clock.now(), Photos.new_batch(), 0, False
        try:
            await self._limiter.hit("form", self._address(request), per_minute=SENT_PER_MINUTE)
        except RateLimited as error:
            # The words are read all the same, to be shown again; photos are not kept.
            slow = error.retry_after_seconds
        try:
            sent = await read_complaint(posted_form(request), self._photos, batch, keep=not slow)
            if slow:
                page = self._complaint_page(request, sent.form, problem="slow", status=429)
                page.headers["Retry-After"] = str(slow)
                return page
            if sent.problem:
                return self._complaint_page(request, sent.form, problem=sent.problem, status=400)
            email = await self._mailable(request, sent.form.email)
            given = sent.form.given(self._language(request), received_at, email, sent.photos)
            order = await self._order(sent.form.order_number, sent.form.email)
            if order is not None:
                given = replace(given, customer_id=order.customer_id)
            received = await self._receive(given)
            kept = received.is_new
            return self._received_page(request, received, sent.form.email, photos_lost=sent.photos_lost)
        except InvalidInput as error:
            return self._complaint_page(request, ComplaintForm(cid=form_id("")), **_unread(error))
        finally:
            if not kept:
                await self._photos.discard(batch)

    async def _order(self, number: str, email: str) -> Order | None:
        """Return the order that is named, if number and address fit; the request counts without it."""
        if not (number and email):
            return None
        try:
            customer_id = await self._owner_of(number, email)
            return None if customer_id is None else await self._orders.order(customer_id, number)
        except OkienkoError as error:
            logger.warning("the order of a form could not be looked up: %s", error.message)
            return None

    async def _receive(self, given: Withdrawing | Complaining) -> Received:
        async with self._database.transaction() as connection:
            received = await self._requests.receive(connection, given)
        self._outbox.wake()
        return received

    async def _mailable(self, request: Request, email: str) -> str | None:
        """Return the address for the receipt; None where none can go out: the request counts all the same."""
        if not can_be_written_to(email):
            return None
        # What a receipt quotes is a stranger's: nobody mails others through us without end.
        allowed = await self._limiter.allows("receipt", self._address(request), per_hour=MAILED)
        return email if allowed else None

    def _address(self, request: Request) -> str:
        return self._address_key(request.client.host if request.client else "unknown")

    def _withdraw_page(
        self, request: Request, form: WithdrawForm, *, problem: str = "", status: int = 200
    ) -> Response:
        return self._draw(request, "public/withdraw.html", form, problem, status)

    def _review_page(
        self, request: Request, form: WithdrawForm, *, problem: str = "", status: int = 200
    ) -> Response:
        return self._draw(
            request,
            "public/withdraw_review.html",
            form,
            problem,
            status,
            statement=form.statement(self._language(request)),
            bad_email=bool(form.email) and not can_be_written_to(form.email),
        )

    def _complaint_page(
        self, request: Request, form: ComplaintForm, *, problem: str = "", status: int = 200
    ) -> Response:
        limits = {"max_photos": MAX_PHOTOS, "max_words": MAX_COMPLAINT_CHARS, "choices": list(Wanted)}
        return self._draw(request, "public/complaint.html", form, problem, status, **limits)

    def _draw(
        self, request: Request, template: str, form: object, problem: str, status: int, **values: Any
    ) -> Response:
        return self._render(request, template, status=status, form=form, problem=problem, **values)

    def _received_page(
        self, request: Request, received: Received, email: str, *, photos_lost: bool = False
    ) -> Response:
        kept = received.request
        mail = "unaddressed"
        if received.mailed:
            mail = "sent" if self._outbox.can_send else "waits"
        elif email:
            mail = "unsent"
        return self._render(
            request,
            "public/received.html",
            kind=kept.kind.value,
            number=kept.number,
            when=written_moment(kept.received_at, kept.language),
            receipt=received.receipt,
            email=kept.email or email,
            mail=mail,
            photos_lost=photos_lost,
        )


def _unread(error: InvalidInput) -> dict[str, Any]:
    problem = "too_much" if isinstance(error, TooLarge) else "unreadable"
    return {"problem": problem, "status": error.status}
