"""Withdrawals and complaints as the people of the shop see them, and as a person's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.request import CustomerRequest, RequestState
from customer.request_store import ERASED, exported, read, read_one
from customer.request_tables import requests as table
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing a person did.

    Attributes:
        erased: Numbers of requests that hold nothing of theirs any more.
        kept: Numbers of open ones: the shop still owes an answer or money (GDPR, art. 17(3)(b) and (e)).
        photos: References of the erased ones' photos; the files are not deleted here.
        receipts: Message-IDs of the erased ones' receipts.
        kept_receipts: Message-IDs of the open ones' receipts.
    """

    erased: tuple[str, ...]
    kept: tuple[str, ...]
    photos: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    kept_receipts: tuple[str, ...] = ()


class RequestDesk:
    """The requests of one shop: which are open, and how long for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, limit: int = 200) -> list[CustomerRequest]:
        """Return what is not settled, what is due first first; see `CustomerRequest.time_left`."""
        async with self._database.reading() as connection:
            return await read(connection, table.c.state != RequestState.SETTLED.value, limit)

    async def of_conversation(self, conversation_id: str) -> list[CustomerRequest]:
        """Return the requests of one conversation, for the people of the shop and its own shopper."""
        if not conversation_id:
            return []
        async with self._database.reading() as connection:
            return await read(connection, table.c.conversation_id == conversation_id)

    async def of_customer(self, customer_id: str) -> list[CustomerRequest]:
        """Return the requests of a customer; see `CustomerRequest.customer_id`."""
        async with self._database.reading() as connection:
            return await read(connection, table.c.customer_id == customer_id)

    async def find(self, number: str) -> CustomerRequest:
        """Return the request of a number, for the people of the shop: numbers can be guessed.

        Raises:
            NotFound: There is none.
        """
        async with self._database.reading() as connection:
            found = await read_one(connection, table.c.number == number)
        return _there(found)

    async def begin(self, number: str, by: str) -> CustomerRequest:
        """Note that a person works on it. Raises as `settle`."""
        return await self._move(number, by, RequestState.IN_PROGRESS, None)

    async def settle(self, number: str, by: str) -> CustomerRequest:
        """Note that a person has answered it, paid back, or otherwise ended it; its clock stops.

        Args:
            number: Of the request.
            by: The person of the shop.

        Raises:
            NotFound: There is none.
            Conflict: It was settled before.
        """
        return await self._move(number, by, RequestState.SETTLED, self._clock.now())

    async def export_customer(self, customer_id: str) -> list[dict[str, Any]]:
        """Return what is kept of a customer here, oldest first; JSON types only."""
        async with self._database.reading() as connection:
            found = await read(connection, table.c.customer_id == customer_id)
        return [exported(request) for request in sorted(found, key=lambda one: one.received_at)]

    async def erase_customer(self, connection: AsyncConnection, customer_id: str) -> Erasure:
        """Delete what is kept of a customer in settled requests; numbers and times stay."""
        return await _erase(connection, table.c.customer_id == customer_id)

    async def erase_conversation(self, connection: AsyncConnection, conversation_id: str) -> Erasure:
        """Delete what is kept of a guest in settled requests of one conversation."""
        if not conversation_id:
            return Erasure((), ())
        return await _erase(connection, table.c.conversation_id == conversation_id)

    @staticmethod
    async def erase_person(
        connection: AsyncConnection,
        *,
        customers: Sequence[str],
        emails: Sequence[str],
        conversations: Sequence[str],
    ) -> Erasure:
        """Delete what settled requests hold of customers, and of guests by address or conversation."""
        guest = table.c.customer_id.is_(None)
        written = func.lower(table.c.email).in_([email.lower() for email in emails])
        here = table.c.conversation_id.in_([one for one in conversations if one])
        return await _erase(connection, table.c.customer_id.in_(customers) | (guest & (written | here)))

    @staticmethod
    async def find_old(connection: AsyncConnection, before: datetime, limit: int | None = None) -> list[str]:
        """Return the numbers of requests that were settled before a moment and are not erased."""
        old = (table.c.state == RequestState.SETTLED.value) & (table.c.settled_at < before)
        query = select(table.c.number).where(old, table.c.cid != table.c.number).order_by(table.c.settled_at)
        return [str(one) for one in await connection.scalars(query.limit(limit))]

    @staticmethod
    async def erase_numbers(connection: AsyncConnection, numbers: Sequence[str]) -> Erasure:
        """Delete what settled requests of these numbers hold; numbers and times stay."""
        return await _erase(connection, table.c.number.in_(numbers))

    @staticmethod
    def receipts() -> Select[tuple[str]]:
        """Return the query for the Message-IDs of all receipts: they prove what was received."""
        return select(table.c.receipt_id).where(table.c.receipt_id.is_not(None))

    @staticmethod
    async def photos(connection: AsyncConnection) -> set[str]:
        """Return the references of every photo that belongs to a request."""
        found = await connection.scalars(select(table.c.details))
        return {str(one) for details in found for one in details.get("photos", ())}

    async def _move(
        self, number: str, by: str, state: RequestState, settled_at: datetime | None
    ) -> CustomerRequest:
        still_open = (table.c.number == number) & (table.c.state != RequestState.SETTLED.value)
        values = {"state": state.value, "handled_by": by, "settled_at": settled_at}
        async with self._database.transaction() as connection:
            moved = await connection.execute(update(table).where(still_open).values(values))
            found = _there(await read_one(connection, table.c.number == number))
        if moved.rowcount == 0:
            raise Conflict(f"{number} was settled before; open a new request instead.")
        return found


async def _erase(connection: AsyncConnection, whose: ColumnElement[bool]) -> Erasure:
    found = await read(connection, whose)
    settled = [one for one in found if one.state is RequestState.SETTLED]
    opened = [one for one in found if one.state is not RequestState.SETTLED]
    for one in settled:
        nobody = ERASED | {"cid": one.number}
        await connection.execute(update(table).where(table.c.number == one.number).values(nobody))
    return Erasure(
        tuple(one.number for one in settled),
        tuple(one.number for one in opened),
        photos=tuple(photo for one in settled for photo in one.photos),
        receipts=tuple(one.receipt_id for one in settled if one.receipt_id),
        kept_receipts=tuple(one.receipt_id for one in opened if one.receipt_id),
    )


def _there(found: CustomerRequest | None) -> CustomerRequest:
    if found is None:
        raise NotFound("There is no request of this number.")
    return found
