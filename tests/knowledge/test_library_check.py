"""Whatever is wrong between articles, passages, vectors and index is found, named and mended."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.index import ChromaIndex, ExactIndex
from knowledge.library import Library
from knowledge.store.tables import articles_table, passages_table, states_table, vectors_table
from tests.knowledge.conftest import POTTERY
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture
async def kept(database: Database, clock: SettableClock) -> AsyncIterator[Library]:
    library = Library(database, WordEmbedder(), ExactIndex(), clock)
    await library.publish(POTTERY)
    await library.publish([replace(POTTERY[3], body="Nowa treść.")])
    await library.retire(["pl/dostawa"])
    await library.restore("pl/dostawa", 1)
    yield library
    await library.close()


async def wrong(library: Library) -> list[str]:
    return [found.what for found in await library.check() if not found.good]


async def test_a_sound_library_is_clean(kept: Library) -> None:
    found = await kept.check()
    assert [one.what for one in found] == ["history", "passages", "vectors", "index"]
    assert all(one.good and one.says and not one.mend for one in found)
    assert "4 states, 9 versions of 7 articles" in found[0].says


async def test_an_empty_library_is_clean(database: Database, clock: SettableClock) -> None:
    library = Library(database, WordEmbedder(), ExactIndex(), clock)
    assert await wrong(library) == []
    await library.close()


DAMAGES: dict[str, tuple[str, Any]] = {
    "a passage is gone": ("passages", delete(passages_table).where(passages_table.c.number == 2)),
    "a passage says something else": (
        "passages",
        update(passages_table).where(passages_table.c.article_id == "pl/zwroty").values(text="inny"),
    ),
    "a hash is another text's": (
        "passages",
        update(passages_table)
        .where(passages_table.c.article_id == "pl/zwroty")
        .values(embedded_hash="f" * 64),
    ),
    "an article was edited past the library": (
        "passages",
        update(articles_table).where(articles_table.c.id == "en/zwroty").values(body="Something else."),
    ),
    "all vectors are gone": ("vectors", delete(vectors_table)),
    "a vector is cut": ("vectors", update(vectors_table).values(vector=b"1234")),
    "a vector is not finite": (
        "vectors",
        update(vectors_table).values(vector=np.full(32, np.nan, dtype="<f4").tobytes()),
    ),
    "a vector is too long": (
        "vectors",
        update(vectors_table).values(vector=np.full(32, 1, dtype="<f4").tobytes()),
    ),
    "vectors are another model's": (
        "vectors",
        update(vectors_table).values(vector=np.full(32, 32**-0.5, dtype="<f4").tobytes()),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_damage_is_named_and_mended(kept: Library, database: Database, damage: str) -> None:
    what, statement = DAMAGES[damage]
    async with database.transaction() as connection:
        await connection.execute(statement)
    assert what in await wrong(kept)
    assert all(found.good for found in await kept.check(mend=True))
    found = await kept.retriever.retrieve("zwrot ceramiki 14 dni", language=Language.PL)
    assert found.passages


@pytest.mark.parametrize(
    "statement",
    [
        delete(states_table).where(states_table.c.number == 2),
        update(articles_table)
        .where(articles_table.c.id == "pl/faktura")
        .values(retired_at=None, retired_in=None),
        update(articles_table).where(articles_table.c.version == 1).values(retired_in=9),
        delete(articles_table).where(articles_table.c.id == "pl/faktura", articles_table.c.version == 1),
    ],
)
async def test_a_history_with_a_hole_needs_a_backup(
    kept: Library, database: Database, statement: Any
) -> None:
    async with database.transaction() as connection:
        await connection.execute(statement)
    found = (await kept.check())[0]
    assert not found.good
    assert "backup" in found.mend


async def test_mending_sweeps_vectors_that_nothing_needs(kept: Library, database: Database) -> None:
    async def hashes() -> set[str]:
        async with database.reading() as connection:
            return set(await connection.scalars(select(vectors_table.c.embedded_hash)))

    before = await hashes()
    await kept.check(mend=True)
    assert len(before) - len(await hashes()) == 1  # the first words of the invoice


async def test_an_index_that_differs_on_disk_is_found_before_any_start(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    first = Library(database, WordEmbedder(), ChromaIndex(tmp_path / "index"), clock)
    await first.publish(POTTERY)
    beside = Library(database, WordEmbedder(), ChromaIndex(tmp_path / "index"), clock)
    assert await wrong(beside) == []  # read past the process that has it
    await first.close()
    await beside.close()
    other = ChromaIndex(tmp_path / "index")
    assert other.agrees_with("words@1", ["x"], np.zeros((1, 32), dtype=np.float32)) is False
    other.remove(["pl/faktura@1#1"])
    other.close()
    again = Library(database, WordEmbedder(), ChromaIndex(tmp_path / "index"), clock)
    assert await wrong(again) == ["index"]
    assert all(found.good for found in await again.check(mend=True))
    await again.close()


def delete_all(folder: Path) -> None:
    shutil.rmtree(folder)


def cut_the_database(folder: Path) -> None:
    for file in folder.rglob("chroma.sqlite3"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def fill_with_noise(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x00\xff noise" * 99)


def lead_astray(folder: Path) -> None:
    (folder / "current").write_text("build-that-is-not-there")


def empty_the_pointer(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\xfe")


def put_files_for_folders(folder: Path) -> None:
    for build in folder.glob("build-*"):
        shutil.rmtree(build)
        build.write_text("no folder")


RUINS: tuple[Callable[[Path], None], ...] = (
    delete_all,
    cut_the_database,
    fill_with_noise,
    lead_astray,
    empty_the_pointer,
    put_files_for_folders,
)


@pytest.mark.parametrize("ruin", RUINS)
async def test_a_ruined_folder_is_noticed_by_the_check_and_rebuilt_by_the_start(
    database: Database, clock: SettableClock, tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    folder = tmp_path / "index"
    first = Library(database, WordEmbedder(), ChromaIndex(folder), clock)
    await first.publish(POTTERY)
    await first.close()
    ruin(folder)
    looking = Library(database, WordEmbedder(), ChromaIndex(folder), clock)
    assert await wrong(looking) == ["index"]
    await looking.close()
    restarted = Library(database, WordEmbedder(), ChromaIndex(folder), clock)
    await restarted.start()
    assert await wrong(restarted) == []
    found = await restarted.retriever.retrieve("zwrot ceramiki 14 dni", language=Language.PL)
    assert found.passages[0].signals["dense"] > 0
    await restarted.close()
