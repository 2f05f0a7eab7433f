"""How shoppers are addressed, as the shop is set: from the setting to the answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.brief import Brief
from conversation.frames import SessionRequest
from customer.proof import Guest
from foundation.language import Language
from foundation.style import Style
from handoff.ownership import Agent
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


@pytest.mark.parametrize("style", [Style.FORMAL, Style.INFORMAL])
@pytest.mark.parametrize("locale", ["pl", "en"])
async def test_the_chat_itself_keeps_to_it(tmp_path: Path, style: Style, locale: str) -> None:
    async with open_house(Settings(data_dir=tmp_path, style=style)) as house:
        session = await house.sessions.open(SessionRequest(site_key=house.settings.site_key, locale=locale))
        await house.ownership.request(session.conversation_id, "asked_for_person")
        await house.ownership.take(session.conversation_id, Agent("ewa", "Ewa"))
        await house.ownership.hand_back(session.conversation_id, Agent("ewa", "Ewa"))
        events = await house.log.since(session.conversation_id, 0)
    told = [str(event.content.get("text") or event.content.get("body") or "") for event in events]
    polish_ty = [text for text in told if re.search(r"rozmawiasz|możesz|Ciebie|Twoje", text, re.IGNORECASE)]
    assert len([text for text in told if text]) >= 4
    assert bool(polish_ty) is (locale == "pl" and style is Style.INFORMAL)
