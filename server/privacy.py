"""Erases a person from every room, in one transaction: `okienko customers erase`.

Source: GDPR (RODO), art. 17. What stays, and why, is told in docs/people.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.erasing import erase_conversations, find_conversations
from customer.guests import erase_proofs
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


class _OnlyLooked(Exception):
    """Rolls back what was done to be counted."""


class Privacy:
    """Erases people of one shop.

    Args:
        database: Of the shop.
        photos: Of its complaints.
        clock: What time it is.
    """

    def __init__(self, database: Database, photos: Photos, clock: Clock) -> None:
        self._database, self._photos, self._clock = database, photos, clock

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
        try:
            async with self._database.transaction() as connection:
                erased = await self._erase(connection, person.customer_id, email)
                if not really or erased.is_nothing:
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
        assert erased is not None
        if erased.is_nothing:
            raise NotFound("There is nothing of this person here.")
        if really:
            # After the commit: a photo of a request that is still there must be, too.
            await self._photos.erase(erased.photos)
            await self._database.empty_change_log()
        return erased

    async def _erase(self, connection: AsyncConnection, customer_id: str, email: str) -> ErasedPerson:
        # Else the words stay in the file until their place is used again.
        await self._database.overwrite_deleted(connection)
        records = await SqlOrders.records(connection, customer_id, email)
        ids = list(dict.fromkeys([*([customer_id] if customer_id else ()), *(one.id for one in records)]))
        emails = list(dict.fromkeys(one for one in (email, *(r.email for r in records)) if one))
        proved = await erase_proofs(connection, ids)
        chats = await find_conversations(connection, customers=ids, emails=emails)
        chats = list(dict.fromkeys([*chats, *proved]))
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
        return ErasedPerson(
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
