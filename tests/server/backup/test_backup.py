"""A backup is one moment of the whole shop; what is restored says nothing twice."""

from __future__ import annotations

import asyncio
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from conversation.log import Log
from foundation.database import Database, metadata
from foundation.outbox import Outbox
from handoff.photos import Photos
from handoff.reply_mail import ReplyMail
from server.backup.making import make_backup, prune
from server.backup.restoring import Wishes, restore
from server.backup.rows import kinds_of
from tests.server.backup.kept_shop import (
    NOW,
    PHOTO,
    KeptShop,
    mode_of,
    names,
    open_kept,
    query,
    rows_in,
    settings_of,
)
from tests.server.inside import command

CHANGED = ("log_state", "turns", "outbox", "mailed_replies", "staff_sessions", "guest_tries")
"""What a restore does not leave as it was."""


async def test_every_table_is_in_a_backup(tmp_path: Path) -> None:
    """The application imports every room; a table it does not know would be lost without a word."""
    opened = await open_kept(tmp_path)
    async with opened.database.reading() as connection:
        there = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    await opened.close()
    made = await make_backup(settings_of(tmp_path), tmp_path / "b.zip")
    assert set(made.manifest.rows) == there - {"alembic_version"}
    assert all(kinds_of(of) for of in metadata.sorted_tables)


async def test_what_was_kept_comes_back(shop: KeptShop, archive: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    before = await rows_in(shop.folder)
    restored = await restore(settings_of(new), archive, Wishes(), clock=shop.clock)
    after = await rows_in(new)
    assert {name for name in before if before[name] != after[name]} == set(CHANGED)
    assert all(
        len(before[name]) > 1 for name in ("events", "passage_vectors", "customer_requests", "articles")
    )
    (photo,) = (new / "uploads").glob("*/*")
    assert photo.read_bytes() == PHOTO
    assert (await Photos(new / "uploads").read(f"{photo.parent.name}/{photo.name}"))[1] == "jpg"
    assert names(new) == {"okienko.db", "synonyms.txt", "uploads"}
    assert (new / "synonyms.txt").read_text(encoding="utf-8") == "but, obuwie\n"
    assert (restored.aside, restored.broken, restored.settled.turns) == (None, 0, 1)
    database = Database.in_folder(new)
    log = Log(database, shop.clock)
    assert await log.epoch() == restored.settled.log_epoch != await shop.log.epoch()
    for (conversation,) in await query(new, "SELECT id FROM conversations"):
        assert await log.first_broken_seal(conversation) is None
    await database.close()


async def test_a_turn_that_ran_waits_and_sign_ins_are_over(archive: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    await restore(settings_of(new), archive, Wishes())
    waiting = await query(new, "SELECT state, claimed_by, lease_until FROM turns WHERE state <> 'done'")
    assert waiting == [("waiting", None, None)]
    for table in ("staff_sessions", "guest_tries", "guest_proofs", "one_time_codes"):
        assert await query(new, f"SELECT * FROM {table}") == []


@pytest.mark.parametrize("send", [False, True])
async def test_mail_that_waited_is_sent_only_when_asked_for(
    shop: KeptShop, archive: Path, tmp_path: Path, send: bool
) -> None:
    new = tmp_path / "new"
    restored = await restore(settings_of(new), archive, Wishes(send_mail=send), clock=shop.clock)
    database = Database.in_folder(new)
    shop.clock.advance(timedelta(hours=1))
    outbox = Outbox(database, shop.clock, sender=shop.outbox.sender)
    replies = await ReplyMail(database, outbox, shop.clock).mail_unseen()
    waiting, failed = await outbox.waiting(), await outbox.failed()
    await database.close()
    # The receipt of the complaint waited; a reply of an agent was not seen, and would be mailed.
    assert (restored.settled.held_mails, replies) == ((0, 1) if send else (1, 0))
    assert (len(waiting), len(failed)) == ((2, 0) if send else (0, 1))


async def test_a_backup_is_one_moment_while_the_shop_goes_on(shop: KeptShop, tmp_path: Path) -> None:
    made: list[Path] = []

    async def write_on() -> None:
        while not made:
            await shop.converse("i jeszcze jedno")

    async def keep() -> None:
        for number in range(3):
            to = tmp_path / f"{number}.zip"
            found = await make_backup(settings_of(shop.folder), to)
            await restore(settings_of(tmp_path / f"new{number}"), found.path, Wishes())
        made.append(to)

    await asyncio.gather(write_on(), keep())
    counts = [
        (await query(tmp_path / f"new{number}", "SELECT count(*) FROM events"))[0][0] for number in range(3)
    ]
    assert counts == sorted(set(counts))  # it did go on


async def test_keys_come_along_only_when_asked_for(shop: KeptShop, archive: Path, tmp_path: Path) -> None:
    assert "files/session.key" not in zipfile.ZipFile(archive).namelist()
    made = await make_backup(settings_of(shop.folder), tmp_path / "keys.zip", with_secrets=True)
    assert made.manifest.secrets
    assert [mode_of(one) for one in (made.path, archive)] == [0o600, 0o600]
    new = tmp_path / "new"
    await restore(settings_of(new), made.path, Wishes())
    assert (new / "session.key").read_text() == "k" * 64
    assert mode_of(new / "session.key") == 0o600


async def test_old_backups_are_deleted_by_their_names_alone(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        (tmp_path / f"okienko-202611{day:02}T030000Z.zip").touch()
    (tmp_path / "okienko-by-hand.zip").touch()
    half = tmp_path / ".okienko-20261103T030000Z.zip.abc.part"
    half.touch()
    os.utime(half, (NOW.timestamp(), NOW.timestamp()))
    assert [path.name for path in prune(tmp_path, 2, NOW)] == ["okienko-20261101T030000Z.zip"]
    assert len(names(tmp_path)) == 4
    assert prune(tmp_path, 2, NOW + timedelta(days=2)) == []
    assert half.name not in names(tmp_path)


async def test_commands_say_what_they_did(shop: KeptShop, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    await shop.close()
    told = command(shop.folder, "backup", str(folder), "--keep", "3")
    assert (told.returncode, told.stderr) == (0, "")
    assert "2 conversations with" in told.stdout
    assert "session.key" in told.stdout
    (path,) = folder.iterdir()
    assert command(shop.folder, "backup", str(path)).stderr.endswith("Name a new file, or a folder.\n")
    assert "no shop" in command(tmp_path / "none", "backup", str(folder)).stderr
    assert not (tmp_path / "none").exists()
    back = command(tmp_path / "new", "restore", str(path))
    assert (back.returncode, back.stderr) == (0, "")
    assert "every seal holds" in back.stdout
    assert "1 mails that waited are not sent" in back.stdout
    assert "no session.key" in back.stdout
    assert "--finish" in command(shop.folder, "restore").stderr
    assert "nothing to finish" in command(shop.folder, "restore", "--finish").stderr
    assert "cannot be read" in command(tmp_path / "new", "restore", str(tmp_path / "none.zip")).stderr
    assert names(folder) == {path.name}
