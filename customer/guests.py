"""Guests who prove that an order is theirs: by its number with the e-mail address, and by a code sent there.

Number and address together open the order's status, nothing more. For more, a one-time code goes to the
address that stands in the shop's record, never to one that was typed. Tries are counted by visitor and by
the address they come from, never by order: nobody can lock an owner out of their own order.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.code_letter import code_letter
from customer.guest_tables import codes, proofs, tries
from customer.model import OrderStanding, OrderStatus
from customer.number import order_key
from customer.proof import Guest, Sending, Standing, Tried
from customer.tables import customers, orders
from foundation.clock import Clock
from foundation.database import Database
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox

TRIES = 5
WINDOW = timedelta(minutes=15)
"""So many wrong pairs in so long a time, by visitor and by network address."""

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
CODES = 3
"""So many codes are sent in a `WINDOW`."""
SENT_JUST_NOW = timedelta(seconds=30)
"""Asked again so soon, the code that is on its way is the answer."""

STATUS_LIVES = timedelta(hours=12)
FULL_LIVES = timedelta(minutes=30)


class Guests:
    """Proofs of guests in the one database.

    Args:
        database: Holds orders, tries and proofs.
        clock: What time it is.
        outbox: Takes the codes; if it cannot send, there are none.
        letterhead: Of the code's letter.
    """

    def __init__(
        self, database: Database, clock: Clock, outbox: Outbox, letterhead: Letterhead | None = None
    ) -> None:
        self._database, self._clock, self._outbox = database, clock, outbox
        self._letterhead = letterhead or Letterhead()

    @property
    def can_send(self) -> bool:
        """Whether codes can be sent at all."""
        return self._outbox.can_send

    async def prove(self, guest: Guest, number: str, email: str) -> Tried:
        """Check an order number with the e-mail address of its order.

        A wrong number and a wrong address are the same to whoever asks. A try is committed before it is
        judged, so that no number of parallel ones gets past the limit.
        """
        now = self._clock.now()
        async with self._database.transaction() as connection:
            try_id = await _note(connection, guest, "pair", now)
        async with self._database.transaction(alone=f"guest {guest.conversation_id}") as connection:
            if await _tries(connection, guest, "pair", now) > TRIES:
                return Tried.LIMITED
            found = await _order_of(connection, number)
            # Compared whatever was found: both refusals do the same work.
            if not _fits(found[1] if found else "", email) or not found:
                return Tried.REFUSED
            await connection.execute(delete(tries).where(tries.c.id == try_id))
            await _keep(connection, guest, found[0], found[2], found[3], now)
        return Tried.PROVED

    async def customer_with(self, number: str, email: str) -> str | None:
        """Return whose order of this number was placed with this address; None where the two do not fit.

        For the people of the shop only: whoever typed the two must not be able to tell what came of it, so
        that nothing has to be limited here.
        """
        async with self._database.reading() as connection:
            found = await _order_of(connection, number)
        return found[2] if found is not None and _fits(found[1], email) else None

    async def standing(self, guest: Guest) -> Standing:
        """Return what this conversation's guest has proved, as far as it still counts."""
        now = self._clock.now()
        asked = {
            "conversation": guest.conversation_id,
            "proved": now - STATUS_LIVES,
            "made": now - CODE_LIVES,
            "used": now - SENT_JUST_NOW,
        }

        def look(connection: Connection) -> tuple[Sequence[Row[Any, Any, Any, Any]], bool]:
            return connection.execute(_PROVED, asked).all(), bool(connection.scalar(_OPEN_CODES, asked))

        known, code = await self._database.read(look)
        full = {row.customer_id for row in known if row.full_until is not None and row.full_until > now}
        return Standing(
            orders=tuple(OrderStanding(row.number, OrderStatus(row.status)) for row in known),
            customer_id=full.pop() if len(full) == 1 else None,
            code_awaited=code,
        )

    async def send_code(self, guest: Guest, language: Language) -> Sending:
        """Send a one-time code to the address in the record of the newest order that was proved."""
        if not self.can_send:
            return Sending.NO_MAIL
        now = self._clock.now()
        # One at a time in the whole shop: a visitor's other chats count for the same limit.
        async with self._database.transaction(alone="codes") as connection:
            customer_id = await connection.scalar(
                select(proofs.c.customer_id)
                .where(
                    proofs.c.conversation_id == guest.conversation_id,
                    proofs.c.proved_at > now - STATUS_LIVES,
                )
                .order_by(proofs.c.proved_at.desc())
                .limit(1)
            )
            if customer_id is None:
                return Sending.NOTHING_PROVED
            mine = codes.c.conversation_id == guest.conversation_id
            made_at = await connection.scalar(
                select(codes.c.made_at).where(
                    mine, codes.c.customer_id == customer_id, codes.c.used_at.is_(None)
                )
            )
            if made_at is not None and made_at > now - SENT_JUST_NOW:
                return Sending.SENT
            await _note(connection, guest, "code", now)
            if await _tries(connection, guest, "code", now) > CODES:
                return Sending.LIMITED
            email = await connection.scalar(select(customers.c.email).where(customers.c.id == customer_id))
            if not email:
                return Sending.NO_MAIL
            code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
            salt = secrets.token_hex(16)
            await connection.execute(delete(codes).where(mine))
            await connection.execute(
                insert(codes).values(
                    conversation_id=guest.conversation_id,
                    customer_id=customer_id,
                    salt=salt,
                    digest=_code_digest(salt, code),
                    tries=0,
                    made_at=now,
                )
            )
            subject, body = code_letter(
                code, language, self._letterhead, minutes=int(CODE_LIVES.total_seconds() // 60)
            )
            await self._outbox.put(connection, to=email, subject=subject, body=body, automatic=True)
        self._outbox.wake()
        return Sending.SENT

    async def redeem(self, guest: Guest, code: str) -> Tried:
        """Take the code that was sent; each is good once, for `CODE_LIVES` and `CODE_TRIES` tries."""
        now = self._clock.now()
        mine = codes.c.conversation_id == guest.conversation_id
        async with self._database.transaction() as connection:
            # Counted first, and in one statement: parallel tries do not share a count.
            counted = await connection.execute(
                update(codes)
                .where(mine, codes.c.tries < CODE_TRIES, codes.c.made_at > now - CODE_LIVES)
                .values(tries=codes.c.tries + 1)
            )
            if not counted.rowcount:
                return Tried.LIMITED
            row = (await connection.execute(select(codes).where(mine))).mappings().one()
            right = hmac.compare_digest(row["digest"], _code_digest(row["salt"], code))
            # A turn that is tried again after a crash types the same code once more.
            if not right or (row["used_at"] is not None and row["used_at"] < now - SENT_JUST_NOW):
                return Tried.REFUSED
            await connection.execute(update(codes).where(mine).values(used_at=now))
            await connection.execute(
                update(proofs)
                .where(
                    proofs.c.conversation_id == guest.conversation_id,
                    proofs.c.customer_id == row["customer_id"],
                )
                .values(full_until=now + FULL_LIVES)
            )
        return Tried.PROVED

    async def forget_old(self) -> None:
        """Delete tries, proofs and codes that count no more."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(delete(tries).where(tries.c.at <= now - WINDOW))
            await connection.execute(delete(codes).where(codes.c.made_at <= now - WINDOW))
            await connection.execute(delete(proofs).where(proofs.c.proved_at <= now - STATUS_LIVES))


_MOMENT = proofs.c.proved_at.type
_PROVED = (
    select(proofs.c.customer_id, proofs.c.full_until, orders.c.number, orders.c.status)
    .join(orders, and_(orders.c.key == proofs.c.order_key, orders.c.customer_id == proofs.c.customer_id))
    .where(
        proofs.c.conversation_id == bindparam("conversation"),
        proofs.c.proved_at > bindparam("proved", type_=_MOMENT),
    )
    .order_by(proofs.c.proved_at.desc(), orders.c.number)
)
_OPEN_CODES = select(func.count()).where(
    codes.c.conversation_id == bindparam("conversation"),
    codes.c.made_at > bindparam("made", type_=_MOMENT),
    or_(codes.c.used_at.is_(None), codes.c.used_at > bindparam("used", type_=_MOMENT)),
)


async def proved_in(connection: AsyncConnection, customer_ids: Sequence[str]) -> list[str]:
    """Return the conversations in which guests proved orders of customers."""
    own = proofs.c.customer_id.in_(customer_ids)
    found = await connection.scalars(select(proofs.c.conversation_id).where(own).distinct())
    return [str(one) for one in found]


async def erase_proofs(connection: AsyncConnection, customer_ids: Sequence[str]) -> list[str]:
    """Delete what guests proved of customers' orders; return the conversations in which they did."""
    found = await proved_in(connection, customer_ids)
    # In the order in which a code is redeemed: two that wait for each other would wait for ever.
    await connection.execute(delete(codes).where(codes.c.customer_id.in_(customer_ids)))
    await connection.execute(delete(proofs).where(proofs.c.customer_id.in_(customer_ids)))
    return found


async def _note(connection: AsyncConnection, guest: Guest, what: str, now: datetime) -> int:
    done = await connection.execute(
        insert(tries).values(visitor_id=guest.visitor_id, address_key=guest.address_key, what=what, at=now)
    )
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


async def _tries(connection: AsyncConnection, guest: Guest, what: str, now: datetime) -> int:
    """Return the larger count of tries in the window: by visitor, or by address."""
    recent = and_(tries.c.what == what, tries.c.at > now - WINDOW)
    by_visitor = select(func.count()).where(recent, tries.c.visitor_id == guest.visitor_id)
    by_address = select(func.count()).where(
        recent, tries.c.address_key == guest.address_key, tries.c.address_key != ""
    )
    return max(
        (await connection.execute(by_visitor)).scalar_one(),
        (await connection.execute(by_address)).scalar_one(),
    )


async def _order_of(connection: AsyncConnection, number: str) -> tuple[str, str, str, str] | None:
    """Return an order's key, its customer's e-mail address and id, and its number as printed."""
    row = (
        await connection.execute(
            select(orders.c.key, customers.c.email, customers.c.id, orders.c.number)
            .join(customers, customers.c.id == orders.c.customer_id)
            .where(orders.c.key == order_key(number))
        )
    ).first()
    return None if row is None else (row[0], row[1], row[2], row[3])


async def _keep(
    connection: AsyncConnection, guest: Guest, key: str, customer_id: str, number: str, now: datetime
) -> None:
    here = and_(proofs.c.conversation_id == guest.conversation_id, proofs.c.order_key == key)
    kept = await connection.execute(
        update(proofs).where(here, proofs.c.customer_id == customer_id).values(proved_at=now)
    )
    if not kept.rowcount:
        await connection.execute(delete(proofs).where(here))
        await connection.execute(
            insert(proofs).values(
                conversation_id=guest.conversation_id,
                order_key=key,
                customer_id=customer_id,
                number=number,
                proved_at=now,
            )
        )


def _fits(on_record: str, typed: str) -> bool:
    """Return whether an address is the one on record; no address fits where there is none."""
    wanted = _email_key(on_record)
    return hmac.compare_digest(_digest(wanted), _digest(_email_key(typed))) and bool(wanted)


def _email_key(email: str) -> str:
    """Return what two spellings of one address have in common: blanks around and case do not count."""
    return email.strip().casefold()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _code_digest(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()
