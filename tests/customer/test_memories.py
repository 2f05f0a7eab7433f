"""What customers asked to have remembered: kept with its source, given out, deleted."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from customer.memories import Memories
from customer.memory import MemoryBook, Remembered
from foundation.clock import SettableClock
from foundation.database import Database


async def test_it_is_kept_with_where_and_when_it_was_said(database: Database, clock: SettableClock) -> None:
    book: MemoryBook = Memories(database, clock)
    first = clock.now()
    await book.keep("anna", {"language": "en", "length": "short"}, conversation_id="c1")
    clock.advance(timedelta(days=2))
    await book.keep("anna", {"language": "pl", "length": "short"}, conversation_id="c2")
    assert await book.of("anna") == [
        Remembered("language", "pl", "c2", first + timedelta(days=2)),
        Remembered("length", "short", "c1", first),
    ]
    assert await book.of("piotr") == []


async def test_forgetting_deletes_what_is_ones_own(database: Database, clock: SettableClock) -> None:
    book = Memories(database, clock)
    await book.keep("anna", {"language": "en"}, conversation_id="c1")
    await book.keep("piotr", {"language": "en"}, conversation_id="c2")
    await book.forget("anna")
    assert (await book.of("anna"), len(await book.of("piotr"))) == ([], 1)


async def test_it_is_given_out_and_erased(database: Database, clock: SettableClock) -> None:
    book = Memories(database, clock)
    await book.keep("anna", {"name": "Ania"}, conversation_id="c1")
    assert await book.export_customer("anna") == [
        {"kind": "name", "value": "Ania", "conversation_id": "c1", "said_at": clock.now().isoformat()}
    ]
    async with database.transaction() as connection:
        assert await book.erase_customer(connection, "anna") == 1
    assert await book.export_customer("anna") == []


async def test_nothing_is_kept_of_who_was_erased_meanwhile(database: Database, clock: SettableClock) -> None:
    with_whom = {"c1": "anna"}

    async def held_with(_connection: AsyncConnection, conversation_id: str, customer_id: str) -> bool:
        return with_whom.get(conversation_id) == customer_id

    book = Memories(database, clock, held_with)
    await book.keep("anna", {"language": "en"}, conversation_id="c1")
    with_whom.clear()
    await book.keep("anna", {"name": "Ania"}, conversation_id="c1")
    assert [kept.kind for kept in await book.of("anna")] == ["language"]
