"""How shoppers are addressed, as the shop is set: from the setting to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brief import Brief
from assistant.style import Style
from customer.proof import Guest
from foundation.language import Language
from server.house import open_house
from server.settings import Settings


@pytest.mark.parametrize(
    ("style", "says"),
    [
        (Style.FORMAL, "Proszę podać numer zamówienia i adres e-mail"),
        (Style.NEUTRAL, "Proszę podać numer zamówienia i adres e-mail"),
        (Style.INFORMAL, "Podaj numer zamówienia i adres e-mail"),
    ],
)
async def test_the_setting_reaches_the_answer(tmp_path: Path, style: Style, says: str) -> None:
    async with open_house(Settings(data_dir=tmp_path, style=style)) as house:
        brief = Brief(
            ("gdzie jest moje zamówienie?",), Language.PL, house.clock.now(), guest=Guest("chat", "me")
        )
        told = await house.take_turn(brief)
    assert told.answer.startswith(says)
