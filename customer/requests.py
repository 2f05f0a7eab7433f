"""Withdrawals and complaints as they come: received once, numbered, confirmed by mail.

A request and its receipt are written in the caller's transaction, with whatever else tells of it (the message
in the log): all of it is committed, or none. Nothing that a shopper may lack (an account, a code, an order
number, an address) stands before a withdrawal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.receipts import Receipt, receipt_of
from customer.request import Complaining, CustomerRequest, RequestKind, Withdrawing, due_after
from customer.request_store import insert_unless_there, next_number, read, read_one
from customer.request_tables import requests as table
from customer.terms import day_of
from foundation.errors import Conflict, InvalidInput
from foundation.letter import bare_address
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox

_GIVEN = {field.name for shape in (Withdrawing, Complaining) for field in fields(shape)} - {"email"}


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a request.

    Attributes:
        is_new: False where the same one was received before.
        receipt: To show as well; a chat's window is no durable medium.
        mailed: The receipt waits in the outbox, or has left. False: ask for an address, then `send_receipt`.
        problem: Why the address that was given cannot be written to; a sentence.
    """

    request: CustomerRequest
    is_new: bool
    receipt: Receipt
    mailed: bool
    problem: str = ""


class Requests:
    """Takes in the withdrawals and complaints of one shop."""

    def __init__(self, outbox: Outbox, letterhead: Letterhead | None = None) -> None:
        self._outbox = outbox
        self._letterhead = letterhead or Letterhead()

    async def receive(self, connection: AsyncConnection, given: Withdrawing | Complaining) -> Received:
        """Keep a request in the caller's transaction and leave its receipt in the outbox.

        The same id of the same conversation twice is one request, with one number and one receipt. After the
        commit, `Outbox.wake` spares the mailer a few seconds.

        Raises:
            Conflict: The id was used for another text.
        """
        before = await read_one(connection, _same(given))
        if before is not None:
            return self._again(before, given)
        kind = _kind(given)
        request = CustomerRequest(
            number=await next_number(connection, kind, day_of(given.received_at).year),
            kind=kind,
            due_at=due_after(given.received_at),
            **{name: getattr(given, name) for name in _GIVEN if hasattr(given, name)},
        )
        if not await insert_unless_there(connection, request):
            # Another process was sooner, while we waited for a number.
            before = await read_one(connection, _same(given))
            assert before is not None
            return self._again(before, given)
        mailed, problem = await self._mail(connection, request, given.email)
        return Received(mailed, True, self._receipt(mailed), mailed.receipt_id is not None, problem)

    async def send_receipt(self, connection: AsyncConnection, conversation_id: str, email: str) -> int:
        """Leave the receipts that a conversation still lacks for an address given later; return how many.

        Raises:
            InvalidInput: This is no address.
        """
        lacking = (table.c.conversation_id == conversation_id) & table.c.receipt_id.is_(None)
        found = await read(connection, lacking) if conversation_id else []
        address = bare_address(email)
        for request in found:
            await self._mail(connection, request, address)
        return len(found)

    def _receipt(self, request: CustomerRequest) -> Receipt:
        return receipt_of(request, self._letterhead)

    def _again(self, before: CustomerRequest, given: Withdrawing | Complaining) -> Received:
        if before.words != given.words or before.kind is not _kind(given):
            raise Conflict("This was received with another text before: send the new one as a new request.")
        return Received(before, False, self._receipt(before), before.receipt_id is not None)

    async def _mail(
        self, connection: AsyncConnection, request: CustomerRequest, email: str | None
    ) -> tuple[CustomerRequest, str]:
        """Leave a request's receipt; an address that cannot be written to is said, and stops nothing."""
        if not email:
            return request, ""
        try:
            address = bare_address(email)
        except InvalidInput as error:
            return request, error.message
        receipt = self._receipt(request)
        message_id = await self._outbox.put(
            connection,
            to=address,
            subject=receipt.subject,
            body=receipt.body,
            thread_id=request.conversation_id or request.number,
            automatic=True,
        )
        known = {"email": address, "receipt_id": message_id}
        await connection.execute(update(table).where(table.c.number == request.number).values(known))
        return replace(request, email=address, receipt_id=message_id), ""


def _kind(given: Withdrawing | Complaining) -> RequestKind:
    return RequestKind.WITHDRAWAL if isinstance(given, Withdrawing) else RequestKind.COMPLAINT


def _same(given: Withdrawing | Complaining) -> ColumnElement[bool]:
    return (table.c.conversation_id == given.conversation_id) & (table.c.cid == given.cid)
