"""What is too old goes, out of the file too; what is younger, open or owed stays; the log's chain holds."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import server.app  # noqa: F401 - every room's tables
from conversation.events import Draft, Kind
from conversation.sealing import broken_seals
from conversation.tables import conversations, turns
from customer.request_desk import RequestDesk
from foundation.clock import SettableClock
from foundation.compacting import compact
from foundation.database import Database
from foundation.jobs import Jobs
from foundation.outbox import table as letters
from handoff.photos import Photos
from server.migrate import migrate
from server.retention import BATCH, NAME, Forgotten, Keeping, Retention, last_night
from tests.postgres import postgres_database
from tests.server.backup.kept_shop import AGENT, NOW, KeptShop
from tests.server.inside import command

DAY = timedelta(days=1)
KEEPING = Keeping(conversations=90 * DAY, turn_records=30 * DAY, requests=2557 * DAY)


@pytest.fixture(params=["sqlite", "postgres"])
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[KeptShop]:
    if request.param == "postgres":
        async with postgres_database() as opened:
            yield KeptShop(tmp_path, opened, SettableClock(NOW))
        return
    database = Database.in_folder(tmp_path)
    await migrate(database)
    yield KeptShop(tmp_path, database, SettableClock(NOW))
    await database.close()


def retention(shop: KeptShop, keeping: Keeping = KEEPING) -> Retention:
    return Retention(shop.database, shop.photos, shop.clock, keeping, pause_seconds=0)


async def resolve(shop: KeptShop) -> None:
    async with shop.database.transaction() as connection:
        await connection.execute(update(conversations).values(status="resolved", updated_at=shop.clock.now()))


async def all_of(shop: KeptShop, query: Any) -> list[Any]:
    async with shop.database.reading() as connection:
        return list(await connection.scalars(query))


def in_files(shop: KeptShop, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in shop.folder.glob("okienko.db*"))


async def test_old_conversations_are_erased_and_their_chains_hold(shop: KeptShop) -> None:
    old = await shop.converse("sekretny kangur")
    await shop.log.append(old.id, [Draft(Kind.NOTE, AGENT, {"body": "kangur!"})])
    await resolve(shop)
    shop.clock.advance(60 * DAY)
    younger = await shop.converse("wombat")
    await resolve_only(shop, younger.id)
    shop.clock.advance(31 * DAY)
    assert (await retention(shop).look()).conversations == 1
    assert (await shop.log.transcript(old.id))[1].content
    done = await retention(shop).forget()
    assert done.conversations == 1
    assert not [one for one in await shop.log.transcript(old.id) if one.content.get("body")]
    assert [one.content["body"] for one in await shop.log.transcript(younger.id) if one.content.get("body")]
    async with shop.database.reading() as connection:
        assert await broken_seals(connection) == []
    if shop.database.engine.dialect.name == "sqlite":
        assert not in_files(shop, "kangur")
        assert in_files(shop, "wombat")
    assert (await retention(shop).forget()).conversations == 0
    shop.clock.advance(365 * DAY)
    assert (await retention(shop).look()).conversations == 1  # the erased one is not erased again


async def resolve_only(shop: KeptShop, identifier: str) -> None:
    async with shop.database.transaction() as connection:
        await connection.execute(
            update(conversations).where(conversations.c.id == identifier).values(status="resolved")
        )


async def test_what_waits_for_a_person_is_kept_however_old(shop: KeptShop) -> None:
    waiting = await shop.converse()
    async with shop.database.transaction() as connection:
        await connection.execute(update(conversations).values(status="open", waiting_since=shop.clock.now()))
    shop.clock.advance(1000 * DAY)
    assert (await retention(shop).forget()).conversations == 0
    assert (await shop.log.transcript(waiting.id))[1].content


async def test_words_of_turns_go_before_their_conversation_and_figures_stay(shop: KeptShop) -> None:
    await shop.converse()
    shop.clock.advance(31 * DAY)
    await shop.converse()
    assert (await retention(shop).look()).turn_records == 1
    assert (await retention(shop).forget()).turn_records == 1
    records = await all_of(shop, select(turns.c.record).order_by(turns.c.created_at))
    assert records[0] == {"outcome": "answered"}
    assert records[1]["evidence"]
    assert (await retention(shop).look()).turn_records == 0


async def test_many_turns_of_one_moment_are_all_reached(shop: KeptShop) -> None:
    for _ in range(3):
        await shop.converse()
    async with shop.database.transaction() as connection:
        row = (await connection.execute(select(turns))).mappings().first()
        assert row is not None
        copies = [{**row, "id": f"{number:036}"} for number in range(1100)]
        await connection.execute(turns.insert(), copies)
    shop.clock.advance(31 * DAY)
    assert (await retention(shop).look()).turn_records == 1103
    assert (await retention(shop).forget()).turn_records == 1103


async def test_requests_are_kept_for_their_own_time_with_receipt_and_photos(shop: KeptShop) -> None:
    settled, opened = await shop.complain(words="kapcie"), await shop.complain(words="walizka")
    desk = RequestDesk(shop.database, shop.clock)
    await desk.settle(settled, "Ewa")
    async with shop.database.transaction() as connection:
        await connection.execute(update(letters).values(state="sent"))
    shop.clock.advance(2556 * DAY)
    assert await retention(shop).forget() == Forgotten()
    assert len(await all_of(shop, select(letters.c.id))) == 2
    shop.clock.advance(2 * DAY)
    assert (await retention(shop).look()).requests == 1
    assert (await retention(shop).forget()).requests == 1
    assert ((await desk.find(settled)).words, (await desk.find(opened)).words) == ("", "walizka")
    assert len(await all_of(shop, select(letters.c.id))) == 1
    assert len(list((shop.folder / "uploads").glob("*/*"))) == 1
    assert await retention(shop).forget() == Forgotten()


async def test_old_mails_go_but_not_those_that_wait(shop: KeptShop) -> None:
    for state in ("sent", "failed", "waiting"):
        async with shop.database.transaction() as connection:
            identifier = await shop.outbox.put(connection, to="a@example.com", subject="s", body="b")
            mine = letters.c.message_id == identifier
            await connection.execute(update(letters).where(mine).values(state=state))
    assert (await retention(shop).forget()).letters == 0
    shop.clock.advance(91 * DAY)
    assert (await retention(shop).look()).letters == 2
    assert (await retention(shop).forget()).letters == 2
    assert await all_of(shop, select(letters.c.state)) == ["waiting"]


async def test_photos_that_belong_to_nothing_go_after_a_day(shop: KeptShop) -> None:
    await shop.complain()
    stray = shop.folder / "uploads" / await shop.photos.keep(Photos.new_batch(), "jpg", b"\xff\xd8\xff")
    other = shop.folder / "uploads" / "notes.txt"
    other.write_text("the shop's own")
    kept = shop.clock.now().timestamp()
    for path in (shop.folder / "uploads").glob("*/*"):
        os.utime(path, (kept, kept))
    shop.clock.advance(DAY - timedelta(minutes=1))
    assert (await retention(shop).forget()).stray_photos == 0
    shop.clock.advance(timedelta(minutes=2))
    assert (await retention(shop).look()).stray_photos == 1
    assert (await retention(shop).forget()).stray_photos == 1
    assert (stray.exists(), other.exists()) == (False, True)
    assert len(list((shop.folder / "uploads").glob("*/*"))) == 1


async def test_of_many_processes_one_forgets_once_a_night(shop: KeptShop) -> None:
    await shop.converse()
    await resolve(shop)
    shop.clock.advance(91 * DAY)
    done = await asyncio.gather(*(retention(shop).forget_if_due() for _ in range(4)))
    assert sum(one.conversations for one in done if one is not None) == 1
    assert await retention(shop).forget_if_due() is None
    shop.clock.advance(DAY)
    assert await retention(shop).forget_if_due() == Forgotten()


async def test_who_has_lost_the_job_stops(shop: KeptShop) -> None:
    await shop.converse()
    await resolve(shop)
    shop.clock.advance(91 * DAY)

    async def not_mine() -> bool:
        return False

    job = await Jobs(shop.database, shop.clock).claim(NAME, since=shop.clock.now())
    assert await retention(shop).forget(job, not_mine) == Forgotten()


async def test_messages_are_taken_while_old_ones_are_forgotten(shop: KeptShop) -> None:
    for _ in range(60):
        await shop.converse("stare")
    await resolve(shop)
    shop.clock.advance(91 * DAY)
    talking = await shop.converse("nowe")
    forgetting = asyncio.create_task(retention(shop).forget())
    taken = 0
    while not forgetting.done():
        await shop.say(talking, f"m{taken}")
        taken += 1
    assert (await forgetting).conversations == 60
    # More than once between two transactions: nobody waits for the whole.
    assert taken > 60 / BATCH


def test_a_night_begins_at_three_in_the_shops_zone() -> None:
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert last_night(after) == after  # summer time has begun in this night
    assert last_night(before) == datetime(2026, 3, 28, 2, 0, tzinfo=UTC)


async def test_vacuum_gives_the_room_back(shop: KeptShop) -> None:
    many = "x" * 5000
    for _ in range(60):
        await shop.converse(many)
    await resolve(shop)
    shop.clock.advance(91 * DAY)
    await retention(shop).forget()
    done = await compact(shop.database)
    if shop.database.engine.dialect.name == "sqlite":
        assert done.after_bytes < done.before_bytes - 200_000
        with sqlite3.connect(shop.folder / "okienko.db") as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0
        raw.close()
    async with shop.database.reading() as connection:
        assert await broken_seals(connection) == []


def test_the_commands_say_what_they_do(tmp_path: Path) -> None:
    nothing = command(tmp_path, "retention")
    assert nothing.returncode == 2
    assert "OKIENKO_KEEP_CONVERSATIONS_DAYS" in nothing.stderr
    looked = command(tmp_path, "retention", "--dry-run", OKIENKO_KEEP_CONVERSATIONS_DAYS="90")
    assert (looked.returncode, looked.stderr) == (0, "")
    assert "0  conversations" in looked.stdout
    assert "Nothing is changed" in looked.stdout
    assert command(tmp_path, "retention", OKIENKO_KEEP_CONVERSATIONS_DAYS="90").stdout.startswith("Erased:")
    assert "instead of" in command(tmp_path, "vacuum").stdout
