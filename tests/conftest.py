"""Fixtures that every room's tests share: a real database, a clock that is set, the real embedding model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foundation.clock import SettableClock
from foundation.database import Database, metadata


@pytest.fixture
def clock() -> SettableClock:
    """A Tuesday at noon in Warsaw."""
    return SettableClock(datetime(2026, 11, 17, 11, 0, tzinfo=UTC))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with every table that the imported rooms have declared."""
    opened = Database.in_folder(tmp_path / "data")
    async with opened.transaction() as connection:
        await connection.run_sync(metadata.create_all)
    yield opened
    await opened.close()
