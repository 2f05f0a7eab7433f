"""A backup of one kind of database is restored into the other; into PostgreSQL in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, text

from conversation.log import Log
from customer.guest_tables import tries
from foundation.database import Database, metadata
from foundation.errors import Conflict, NotFound, Unavailable
from server.backup import switching
from server.backup.making import make_backup
from server.backup.restoring import Wishes, finish_restore, restore
from server.house import open_database
from server.settings import Settings
from tests.postgres import postgres_database
from tests.server.backup.kept_shop import KeptShop, names, rows_in, rows_of, settings_of
from tests.server.backup.test_backup import CHANGED


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a shop in an empty Postgres that nobody has open."""
    async with postgres_database() as opened:
        async with opened.transaction() as connection:
            await connection.run_sync(metadata.drop_all)
        await opened.close()
        url, secret = SecretStr(opened.url), SecretStr("s" * 32)
        yield settings_of(tmp_path / "shared").model_copy(update={"database_url": url, "secret": secret})


def database_of(settings: Settings) -> Database:
    assert settings.database_url is not None
    return Database(settings.database_url.get_secret_value())


async def scalar(settings: Settings, query: str) -> object:
    database = database_of(settings)
    try:
        async with database.reading() as connection:
            return await connection.scalar(text(query))
    finally:
        await database.close()


async def test_there_and_back_again(shop: KeptShop, archive: Path, shared: Settings, tmp_path: Path) -> None:
    before = await rows_in(shop.folder)
    there = await restore(shared, archive, Wishes(), clock=shop.clock)
    assert (there.broken, there.aside, names(shared.data_dir)) == (0, None, {"synonyms.txt", "uploads"})
    database = database_of(shared)
    log = Log(database, shop.clock)
    assert await log.epoch() == there.settled.log_epoch
    async with database.reading() as connection:
        after = await rows_of(connection)
    assert {name for name in before if before[name] != after[name]} == set(CHANGED)
    async with database.transaction() as connection:
        tried = {"visitor_id": "v", "address_key": "", "what": "pair", "at": shop.clock.now()}
        assert (await connection.execute(insert(tries).values(tried))).inserted_primary_key == (2,)
        await connection.execute(tries.delete())
    await database.close()
    made = await make_backup(shared, tmp_path / "there.zip")
    assert (made.manifest.database, made.photos) == ("postgresql", 1)
    back = tmp_path / "back"
    await restore(settings_of(back), made.path, Wishes(), clock=shop.clock)
    again = await rows_in(back)
    assert {name for name in after if after[name] != again[name]} == {"log_state"}


async def test_an_empty_database_holds_no_shop(shared: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no shop in this database"):
        await make_backup(shared, tmp_path / "b.zip")


async def test_what_was_there_goes_into_a_schema_of_its_own(
    shop: KeptShop, archive: Path, shared: Settings
) -> None:
    first = await restore(shared, archive, Wishes(), clock=shop.clock)
    with pytest.raises(Conflict, match="--replace"):
        await restore(shared, archive, Wishes())
    async with open_database(shared):
        with pytest.raises(Unavailable, match="in use"):
            await restore(shared, archive, Wishes(replace=True))
    other = database_of(shared)
    async with other.reading():
        with pytest.raises(Unavailable, match="in use by 1"):
            await restore(shared, archive, Wishes(replace=True), clock=shop.clock)
    await other.close()
    assert await scalar(shared, "SELECT epoch FROM log_state") == first.settled.log_epoch
    second = await restore(shared, archive, Wishes(replace=True), clock=shop.clock)
    aside = "before_restore_20261117t110000z"
    assert await scalar(shared, f"SELECT epoch FROM {aside}.log_state") == first.settled.log_epoch
    assert await scalar(shared, "SELECT epoch FROM log_state") == second.settled.log_epoch
    assert second.aside is not None
    assert names(second.aside) == {"synonyms.txt", "uploads"}


@pytest.mark.parametrize("committed", [False, True])
async def test_a_kill_at_the_commit_is_finished_as_the_database_went(
    shop: KeptShop, archive: Path, shared: Settings, committed: bool
) -> None:
    first = await restore(shared, archive, Wishes(), clock=shop.clock)
    staging = shared.data_dir / switching.STAGING
    staging.mkdir()
    (staging / "synonyms.txt").write_text("new, newer\n", encoding="utf-8")
    epoch = first.settled.log_epoch if committed else "never committed"
    switch = switching.plan(shared.data_dir, ("synonyms.txt",), aside="x", log_epoch=epoch, in_files=False)
    switching.begin(shared.data_dir, switch)
    with pytest.raises(Unavailable, match="--finish"):
        async with open_database(shared):
            pass
    if committed:
        assert await finish_restore(shared) == shared.data_dir / "x"
    else:
        with pytest.raises(NotFound, match="as it was before"):
            await finish_restore(shared)
    words = "new, newer\n" if committed else "but, obuwie\n"
    assert (shared.data_dir / "synonyms.txt").read_text(encoding="utf-8") == words
    assert switching.STAGING not in names(shared.data_dir)
    async with open_database(shared):
        pass
