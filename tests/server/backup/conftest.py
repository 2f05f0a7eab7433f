"""A small shop with something in every corner, and a backup of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.backup.making import make_backup
from tests.server.backup.kept_shop import (
    KeptShop,
    open_kept,
    settings_of,
)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[KeptShop]:
    opened = await open_kept(tmp_path / "shop")
    await opened.furnish()
    yield opened
    await opened.close()


@pytest.fixture
async def archive(shop: KeptShop, tmp_path: Path) -> Path:
    made = await make_backup(settings_of(shop.folder), tmp_path / "b.zip", clock=shop.clock)
    return made.path
