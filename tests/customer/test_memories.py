"""What customers asked to have remembered: kept with its source, given out, deleted."""

from __future__ import annotations

from datetime import timedelta

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
