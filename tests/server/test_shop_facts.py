"""The help desk's hours and the shop's name, from the settings to the answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from assistant.brief import Brief
from foundation.clock import SHOP_ZONE, SettableClock
from foundation.language import Language
from server.house import open_house
from server.settings import Settings


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("do której dziś jesteście?", "dzisiaj do 16:30."),
        ("jak się nazywa ten sklep?", "Sklep nazywa się Bukowy Las."),
    ],
)
async def test_the_settings_reach_the_answer(tmp_path: Path, asked: str, says: str) -> None:
    settings = Settings(data_dir=tmp_path, opening_hours="Mon-Fri 08:30-16:30", shop_name="Bukowy Las")
    clock = SettableClock(datetime(2026, 11, 17, 12, tzinfo=SHOP_ZONE))
    async with open_house(settings, clock) as house:
        told = await house.take_turn(Brief((asked,), Language.PL, clock.now()))
    assert told.answer.endswith(says)
