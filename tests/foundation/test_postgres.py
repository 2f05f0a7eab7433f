"""What only PostgreSQL does: locks by name, errors that keep values to themselves, texts it cannot store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from foundation import postgres
from foundation.database import Database
from foundation.errors import Unavailable
from tests.postgres import postgres_database

own = MetaData()
things = Table(
    "things", own, Column("id", Integer, primary_key=True), Column("name", String(40), unique=True)
)


@pytest.fixture
async def shelf() -> AsyncIterator[Database]:
    async with postgres_database() as database:
        async with database.transaction() as connection:
            await connection.run_sync(own.create_all)
        yield database


async def test_who_names_the_same_waits(shelf: Database) -> None:
    async def count_up() -> None:
        async with shelf.transaction(alone="count") as connection:
            found = (await connection.execute(select(func.count()).select_from(things))).scalar_one()
            await connection.execute(insert(things).values(id=found, name=str(found)))

    await asyncio.gather(*(count_up() for _ in range(40)))
    async with shelf.reading() as connection:
        assert sorted(await connection.scalars(select(things.c.id))) == list(range(40))


async def test_who_reads_sees_one_moment_and_cannot_write(shelf: Database) -> None:
    async with shelf.reading() as reader:
        assert (await reader.execute(select(things))).all() == []
        async with shelf.transaction() as writer:
            await writer.execute(insert(things).values(id=1, name="a"))
        assert (await reader.execute(select(things))).all() == []
    with pytest.raises(Unavailable, match="only be read"):
        async with shelf.reading() as reader:
            await reader.execute(delete(things))


@pytest.mark.parametrize("name", ["Ewa\0Nowak", "half \ud800 of one"])
async def test_what_no_text_can_hold_is_replaced(shelf: Database, name: str) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(id=1, name=name))
        await connection.execute(insert(things), [{"id": 2, "name": name + "2"}])
        found = list(await connection.scalars(select(things.c.name).order_by(things.c.id)))
    assert all("\0" not in one and one.isprintable() for one in found)
    async with shelf.reading() as connection:
        assert (await connection.execute(select(things.c.id).where(things.c.name == name))).scalar() == 1


async def test_errors_keep_values_to_themselves(shelf: Database) -> None:
    async with shelf.transaction() as connection:
        await connection.execute(insert(things).values(id=1, name="ewa@example.com"))
    with pytest.raises(IntegrityError) as twice:
        async with shelf.transaction() as connection:
            await connection.execute(insert(things).values(id=2, name="ewa@example.com"))
    with pytest.raises(DBAPIError) as too_long:
        async with shelf.transaction() as connection:
            await connection.execute(insert(things).values(id="ewa@example.com", name="b"))
    for caught in (twice, too_long):
        told: BaseException | None = caught.value
        while told is not None:
            assert "ewa" not in f"{told} {told.args} {getattr(told, 'detail', '')}"
            told = told.__cause__


async def test_a_server_that_is_gone_is_a_sentence(unused_tcp_port: int) -> None:
    database = Database(f"postgresql://nobody@127.0.0.1:{unused_tcp_port}/nothing")
    with pytest.raises(Unavailable, match="check that it runs"):
        async with database.transaction():
            pass
    await database.close()


async def test_an_ended_session_is_told_and_the_next_one_works(shelf: Database) -> None:
    with pytest.raises(Unavailable):  # noqa: PT012 - leaving the block is what is tested
        async with shelf.transaction() as connection:
            await connection.execute(insert(things).values(id=1, name="a"))
            async with shelf.engine.connect() as other:
                await other.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            await connection.execute(insert(things).values(id=2, name="b"))
    async with shelf.transaction() as connection:
        assert (await connection.execute(select(things))).all() == []


@pytest.mark.parametrize(
    "url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+asyncpg://u:p%40w@h:5433/d"]
)
def test_urls_as_people_write_them(url: str) -> None:
    assert postgres.url_of(url).drivername == postgres.DRIVER


@pytest.mark.parametrize(
    "url", ["mysql://u@h/d", "postgresql://u@h", "nonsense", "postgresql+psycopg://u@h/d"]
)
def test_other_urls_are_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match=r"postgresql\+asyncpg://"):
        postgres.url_of(url)
