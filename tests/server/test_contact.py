"""The shop's address and telephone for people, from the settings to the shopper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from assistant.brief import Brief
from conversation.events import Kind
from conversation.frames import SessionRequest
from foundation.clock import SHOP_ZONE, SettableClock
from foundation.language import Language
from handoff.ownership import Agent
from handoff.reply_mail import AWAY_AFTER
from server.app import create_app
from server.house import House, open_house
from server.settings import Settings
from tests.server.conftest import okienko

NIGHT = datetime(2026, 11, 17, 22, tzinfo=SHOP_ZONE)
LINE = "Kontakt ze sklepem: e-mail pomoc@las.example, telefon +48 33 555 01 20."


def settings(folder: Path, **given: str) -> Settings:
    known = {"contact_email": "pomoc@las.example", "contact_phone": "33 555 01 20", **given}
    return Settings(data_dir=folder, shop_name="Las", **known)  # type: ignore[arg-type]


async def chat(house: House) -> str:
    request = SessionRequest(site_key=house.settings.site_key, locale="pl")
    return (await house.sessions.open(request)).conversation_id


@pytest.mark.parametrize(
    ("asked", "language", "says"),
    [
        ("pod jaki numer mogę zadzwonić?", Language.PL, "Numer telefonu do sklepu: +48 33 555 01 20."),
        ("how can I contact you?", Language.EN, "The shop's e-mail address is pomoc@las.example."),
    ],
)
async def test_who_asks_is_told_with_a_source(
    tmp_path: Path, asked: str, language: Language, says: str
) -> None:
    async with open_house(settings(tmp_path)) as house:
        told = await house.take_turn(Brief((asked,), language, house.clock.now()))
    assert says in told.answer
    assert told.sources == ("shop:contact",)


async def test_out_of_hours_and_in_letters(tmp_path: Path) -> None:
    clock = SettableClock(NIGHT)
    shop = settings(
        tmp_path,
        opening_hours="Mon-Fri 09:00-17:00",
        smtp_url="smtp://127.0.0.1:1",
        mail_from="Las <sklep@las.example>",
    )
    async with open_house(shop, clock) as house:
        conversation_id = await chat(house)
        await house.ownership.request(conversation_id, "asked_for_person")
        events = await house.log.since(conversation_id, 0)
        assert LINE in [e for e in events if e.kind is Kind.MESSAGE][-1].content["body"]
        async with house.database.transaction() as connection:
            now = clock.now()
            await house.ownership.note_email_within(connection, conversation_id, "anna@a.example", now)
        ewa = Agent("ewa", "Ewa")
        await house.ownership.take(conversation_id, ewa)
        await house.ownership.reply(conversation_id, ewa, "Już sprawdzam.", "c1")
        clock.advance(AWAY_AFTER * 2)
        await house.reply_mail.mail_unseen()
        (letter,) = await house.outbox.waiting()
        assert letter.body.endswith("\nE-mail: pomoc@las.example\nTelefon: +48 33 555 01 20")
        assert house.outbox.sender is not None
        mail = letter.compose(house.outbox.sender)
    assert b"\r\nReply-To: pomoc@las.example\r\n" in mail
    assert b"sklep@las.example" in mail


@pytest.mark.parametrize("path", ["/withdraw", "/complaint"])
async def test_the_public_forms_name_it_where_it_is_set(tmp_path: Path, path: str) -> None:
    pages = []
    for folder, shop in (
        ("with", settings(tmp_path / "with")),
        ("without", Settings(data_dir=tmp_path / "no")),
    ):
        async with open_house(shop) as house:
            transport = httpx.ASGITransport(create_app(house))
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{folder}") as client:
                pages.append((await client.get(f"{path}?lang=en")).text)
    named, bare = pages
    assert "<p>E-mail: pomoc@las.example</p><p>Phone: +48 33 555 01 20</p>" in named
    assert "<footer" not in bare


def test_the_doctor_says_whether_one_is_set(tmp_path: Path) -> None:
    none = okienko(tmp_path / "a", "doctor").stdout
    assert "none is set: shoppers are not told how else to reach the shop" in none
    assert "OKIENKO_CONTACT_EMAIL" in none
    given = okienko(tmp_path / "b", "doctor", OKIENKO_CONTACT_PHONE="335550120").stdout
    assert "+48 33 555 01 20, given to shoppers" in given
