from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foundation.database import Database, metadata
from tests.feedback.history import Story, Teller, write

COUNT = 5000


@pytest.fixture(scope="session")
def stories() -> list[Story]:
    return Teller(seed=20261117).stories(COUNT)


@pytest.fixture(scope="session")
def history_folder(stories: list[Story], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of all stories. Nobody writes to it."""
    folder = tmp_path_factory.mktemp("history")

    async def fill() -> None:
        database = Database.in_folder(folder)
        async with database.transaction() as connection:
            await connection.run_sync(metadata.create_all)
        await write(database, stories)
        await database.close()

    asyncio.run(fill())
    return folder


@pytest.fixture
async def history(history_folder: Path) -> AsyncIterator[Database]:
    opened = Database.in_folder(history_folder)
    yield opened
    await opened.close()
