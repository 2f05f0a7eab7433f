"""What a shopper states in a message and what counts from that moment: a withdrawal from the contract.

Written in the message's own transaction, whoever has the conversation and whether or not anyone answers.
Source: ustawa o prawach konsumenta, art. 30; no code, form or login stands before it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import append
from conversation.events import SYSTEM, Draft, Event, Kind
from conversation.tables import conversations
from customer.contract import facts_of
from customer.model import Order, OrderSource
from customer.request import MAX_WORDS_CHARS, Withdrawing
from customer.request_tables import requests
from customer.requests import Received, Requests
from customer.returns import Withdrawal, withdraw
from customer.withdrawal_signs import recognise_withdrawal
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput, OkienkoError
from foundation.language import Language
from foundation.letter import ADDRESS_IN_TEXT
from foundation.outbox import Outbox

logger = logging.getLogger("okienko.handoff")


MAILED, MAILED_IN = 10, timedelta(hours=1)
"""So many receipts leave for chats from one network address: what they quote is a stranger's."""

_TEXT = {
    Language.PL: "Oświadczenie o odstąpieniu od umowy przyjęte {when}. Numer zgłoszenia: {number}.",
    Language.EN: "Statement of withdrawal received {when}. Reference: {number}.",
}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who wrote a message, as the session knows them."""

    customer_id: str | None
    email: str | None
    language: Language
    address_key: str


class Statements:
    """Takes in withdrawals out of messages.

    Args:
        requests: Keeps them and leaves their receipts.
        outbox: Woken when a receipt was left.
        orders: A known customer's orders: for the last day, and what a person should look at.
        numbers_in: Returns what looks like an order number in a text.
        shop_days: The shop's own window for returns, if it is longer than the law's.
    """

    def __init__(
        self,
        requests: Requests,
        outbox: Outbox,
        orders: OrderSource,
        numbers_in: Callable[[str], Sequence[str]],
        *,
        shop_days: int | None = None,
    ) -> None:
        self._requests, self._outbox, self._orders = requests, outbox, orders
        self._numbers_in, self._shop_days = numbers_in, shop_days

    def heeds(self, body: str) -> bool:
        """Return whether a message may be a withdrawal, in a chat of whichever language, or an address."""
        return ADDRESS_IN_TEXT.search(body) is not None or any(
            recognise_withdrawal(body, language) for language in Language
        )

    async def received_within(self, connection: AsyncConnection, message: Event, now: datetime) -> None:
        """See `conversation.ports.Actions`."""
        body = str(message.content.get("body", ""))
        address = ADDRESS_IN_TEXT.search(body)
        writer = await _writer_of(connection, message.conversation_id)
        if address is not None:
            await self._send_receipts(
                connection, message.conversation_id, writer, address[0].rstrip("."), now
            )
        if not recognise_withdrawal(body, writer.language):
            return
        to = address[0].rstrip(".") if address else writer.email or await self._on_record(writer.customer_id)
        if to and not await _may_mail(connection, writer, now):
            to = None  # it is received all the same: only our mail server is spared
        received = await self._receive(connection, message, body, writer, to, now)
        when = message.ts.astimezone(SHOP_ZONE).strftime("%d.%m.%Y %H:%M")
        number = received.request.number
        text = _TEXT[writer.language].format(when=when, number=number)
        content = {"number": number, "text": text, "mailed": received.mailed}
        draft = Draft(Kind.WITHDRAWAL_RECEIVED, SYSTEM, content, cid=f"w:{message.cid}")
        await append(connection, message.conversation_id, draft, now)
        self._outbox.wake()

    async def _receive(
        self,
        connection: AsyncConnection,
        message: Event,
        body: str,
        writer: _Writer,
        email: str | None,
        now: datetime,
    ) -> Received:
        numbers = self._numbers_in(ADDRESS_IN_TEXT.sub(" ", body))
        met = await self._meets(writer.customer_id, numbers, now)
        assert message.cid is not None
        return await self._requests.receive(
            connection,
            Withdrawing(
                cid=message.cid,
                conversation_id=message.conversation_id,
                words=body[:MAX_WORDS_CHARS],
                received_at=message.ts,
                language=writer.language,
                order_number=numbers[0] if numbers else "",
                customer_id=writer.customer_id,
                email=email,
                doubts=tuple(doubt.value for doubt in met.doubts) if met else (),
                last_day=met.deadline.last_day if met and met.deadline else None,
            ),
        )

    async def _on_record(self, customer_id: str | None) -> str | None:
        """Return the address in the customer's record, if there is one."""
        try:
            customer = None if customer_id is None else await self._orders.customer(customer_id)
        except OkienkoError as error:
            logger.warning("the customer of a withdrawal could not be looked up: %s", error.message)
            return None
        return customer.email or None if customer else None

    async def _meets(
        self, customer_id: str | None, numbers: Sequence[str], now: datetime
    ) -> Withdrawal | None:
        """Return what the withdrawal meets, as far as the customer's orders tell; it counts without that."""
        if customer_id is None:
            return None
        try:
            order = await self._order(customer_id, numbers)
            return None if order is None else withdraw(facts_of(order, shop_days=self._shop_days), at=now)
        except OkienkoError as error:
            logger.warning("the order of a withdrawal could not be looked up: %s", error.message)
            return None

    async def _order(self, customer_id: str, numbers: Sequence[str]) -> Order | None:
        for number in numbers:
            found = await self._orders.order(customer_id, number)
            if found is not None:
                return found
        orders = await self._orders.orders_of(customer_id)
        return orders[0] if len(orders) == 1 and not numbers else None

    async def _send_receipts(
        self, connection: AsyncConnection, conversation_id: str, writer: _Writer, address: str, now: datetime
    ) -> None:
        """Leave the receipts that wait for an address; what is no address stops no message."""
        if not await _may_mail(connection, writer, now):
            return
        try:
            left = await self._requests.send_receipt(connection, conversation_id, address)
        except InvalidInput:
            return
        if left:
            self._outbox.wake()


async def _may_mail(connection: AsyncConnection, writer: _Writer, now: datetime) -> bool:
    return await _mailed(connection, writer.address_key, now - MAILED_IN) < MAILED


async def _writer_of(connection: AsyncConnection, conversation_id: str) -> _Writer:
    row = (
        await connection.execute(
            select(
                conversations.c.customer_id,
                conversations.c.email,
                conversations.c.language,
                conversations.c.address_key,
            ).where(conversations.c.id == conversation_id)
        )
    ).one()
    return _Writer(row.customer_id, row.email, Language(row.language), row.address_key or "")


async def _mailed(connection: AsyncConnection, address_key: str, since: datetime) -> int:
    """Return how many receipts were left since then for conversations from one network address."""
    if not address_key:
        return 0
    sent = (
        select(func.count())
        .select_from(requests.join(conversations, conversations.c.id == requests.c.conversation_id))
        .where(
            conversations.c.address_key == address_key,
            requests.c.received_at > since,
            requests.c.receipt_id.is_not(None),
        )
    )
    return (await connection.execute(sent)).scalar_one()
