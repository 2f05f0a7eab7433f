"""Erases a person from every room, in one transaction: `okienko customers erase`.

Source: GDPR (RODO), art. 17. What stays, and why, is told in docs/people.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.erasing import erase_conversations, find_conversations, lock_conversations
from conversation.hub import DESK
from customer.guests import erase_proofs, proved_in
from customer.memories import Memories
from customer.orders import SqlOrders
from customer.request_desk import RequestDesk
from feedback.erasure import ErasedPerson, Person
from foundation.clock import Clock, SystemClock
from foundation.database import Database
from foundation.errors import InvalidInput, NotFound
from foundation.letter import bare_address
from foundation.outbox import erase_letters
from handoff.photos import Photos
from handoff.reply_mail import mailed_of
from server.house import open_database
from server.settings import Settings

_TOLD = {
    "customers": "customer records",
    "orders": "orders",
    "memories": "things remembered",
    "proofs": "chats of guests who proved an order",
    "conversations": "conversations",
    "events": "messages and other events in them",
    "letters": "mails",
    "requests": "settled withdrawals and complaints",
    "photos": "photos of them",
}


def _nobody(_topic: str) -> None:
    """Wake no one."""


class _OnlyLooked(Exception):
    """Rolls back what was done to be counted."""


class Privacy:
    """Erases people of one shop.

    Args:
        database: Of the shop.
        photos: Of its complaints.
        clock: What time it is.
        wake: Given the topic of each erased conversation, so that open windows in this process close at
            once; those of others find it when they next look.
    """

    def __init__(
        self, database: Database, photos: Photos, clock: Clock, wake: Callable[[str], None] = _nobody
    ) -> None:
        self._database, self._photos, self._clock, self._wake = database, photos, clock, wake

    async def erase(self, person: Person, *, really: bool) -> ErasedPerson:
        """Erase a person; without `really` everything is counted and nothing changed.

        Raises:
            InvalidInput: Nobody is named, or the address is none.
            NotFound: Nothing of this person is here.
        """
        if not (person.customer_id or person.email):
            raise InvalidInput("Say whom to erase: the customer's id, or --email ADDRESS.")
        email = bare_address(person.email) if person.email else ""
        erased: ErasedPerson | None = None
        chats: list[str] = []
        try:
            # Not while orders are imported: one that comes in meanwhile would stay.
            async with self._database.transaction(alone="orders") as connection:
                erased, chats = await self._erase(connection, person.customer_id, email)
                if not really or erased.is_nothing:
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
        assert erased is not None
        if erased.is_nothing:
            raise NotFound("There is nothing of this person here.")
        if really:
            for topic in (*chats, DESK):
                self._wake(topic)
            # After the commit: a photo of a request that is still there must be, too.
            await self._photos.erase(erased.photos)
            await self._database.empty_change_log()
        return erased

    async def _erase(
        self, connection: AsyncConnection, customer_id: str, email: str
    ) -> tuple[ErasedPerson, list[str]]:
        """Erase in the caller's transaction; return what, and which conversations."""
        # Else the words stay in the file until their place is used again.
        await self._database.overwrite_deleted(connection)
        records = await SqlOrders.records(connection, customer_id, email)
        ids = list(dict.fromkeys([*([customer_id] if customer_id else ()), *(one.id for one in records)]))
        emails = list(dict.fromkeys(one for one in (email, *(r.email for r in records)) if one))
        # What happens in a conversation holds it first, and then what hangs on it: so does this. A second
        # look, since one may have become this person's before it was held.
        await lock_conversations(connection, await _conversations(connection, ids, emails))
        chats = await _conversations(connection, ids, emails)
        proved = await erase_proofs(connection, ids)
        requests = await RequestDesk.erase_person(
            connection, customers=ids, emails=emails, conversations=chats
        )
        mailed = await mailed_of(connection, chats)
        letters = await erase_letters(
            connection, to=emails, ids=[*requests.receipts, *mailed], besides=requests.kept_receipts
        )
        memories = Memories(self._database, self._clock)
        kept = [await memories.erase_customer(connection, one) for one in ids]
        orders = [await SqlOrders.erase_customer(connection, one) for one in ids]
        said = await erase_conversations(connection, chats, self._clock.now())
        done = ErasedPerson(
            customers=tuple(one.id for one in records),
            orders=sum(orders),
            memories=sum(kept),
            proofs=len(proved),
            conversations=said.conversations,
            events=said.events,
            letters=letters,
            requests=requests.erased,
            kept_requests=requests.kept,
            photos=requests.photos,
        )
        return done, chats


async def _conversations(
    connection: AsyncConnection, customers: Sequence[str], emails: Sequence[str]
) -> list[str]:
    """Return the ids of a person's conversations, those included in which they proved an order as a guest."""
    theirs = await find_conversations(connection, customers=customers, emails=emails)
    return list(dict.fromkeys([*theirs, *await proved_in(connection, customers)]))


def photos_of(data_dir: Path) -> Photos:
    """Return the photos of the shop whose data is in a folder."""
    return Photos(data_dir / "uploads")


async def erase_person(settings: Settings, person: Person, *, really: bool) -> None:
    """Erase a person and print what that was, or with `really` false what it would be. Raises as `erase`."""
    async with open_database(settings) as database:
        privacy = Privacy(database, photos_of(settings.data_dir), SystemClock())
        erased = await privacy.erase(person, really=really)
    print("\n".join(told(erased, really=really)))


def told(erased: ErasedPerson, *, really: bool) -> Sequence[str]:
    """Return lines for whoever runs the shop; no names or addresses."""
    lines = ["Erased:" if really else "This would be erased:"]
    lines += [f"{count:>7}  {_TOLD[code]}" for code, count in erased.counts]
    if erased.kept_requests:
        lines.append(
            f"Kept, because they are not settled: {', '.join(erased.kept_requests)}. "
            "Settle them, then run this command again."
        )
    lines.append(
        "Erase this person in your shop system as well: the next import of orders would bring them back."
        if really
        else "Nothing is changed. Run it again with --yes to do it; it cannot be undone."
    )
    return lines
