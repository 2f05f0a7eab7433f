"""How shoppers are addressed, as the shop is set: from the setting to the answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from assistant.brief import Brief
from conversation.events import Author, AuthorKind, Draft, Kind
from conversation.frames import SessionRequest
from conversation.texts import refusal
from customer.code_letter import code_letter
from customer.proof import Guest
from customer.receipts import receipt_of
from customer.request import CustomerRequest, RequestKind, due_after
from foundation.clock import SettableClock
from foundation.contact import Contact
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.style import Style
from handoff.ownership import Agent
from handoff.reply_mail import AWAY_AFTER
from server.app import create_app
from server.house import open_house
from server.pages.formal_texts import FORMAL_TEXTS
from server.pages.texts import TEXTS, text
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


TY = re.compile(
    r"\b\w+(?:asz|esz|isz|ysz)\b|\b(?:tw[oó]j\w*|ty|ci|cię|ciebie|napisz|wpisz|opisz|zostaw|sprawdź|zapisz|zachowaj"
    r"|spróbuj|podziel|wyślij|odśwież|odczekaj|wybierz|podaj|wypełnij|skróć|popraw)\b",
    re.IGNORECASE,
)
"""Verbs and pronouns that say "ty", and the imperatives of the texts below."""
CONTACT = Contact("pomoc@sklep.example", "+48 33 555 01 20")
THEN = datetime(2026, 11, 17, 12, tzinfo=UTC)
BUTTONS = {"withdraw.title", "withdraw.go_on", "withdraw.edit", "complaint.send", "received.save"}
"""Names of buttons, and the name that the law gives the function, command the page and address nobody."""
GIVEN = {"count": 5, "number": 1, "email": "anna@a.example"}


def letters(style: Style) -> list[str]:
    """Return what leaves the shop as letters, in Polish."""
    head = Letterhead("Las", CONTACT, style)
    found = list(code_letter("123456", Language.PL, head, minutes=10))
    for kind in RequestKind:
        request = CustomerRequest(
            f"{kind.series}-1", kind, "c", "m", "Oddaję.", THEN, due_after(THEN), Language.PL
        )
        letter = receipt_of(request, head)
        found += [letter.subject, letter.body]
    return found


def test_letters_keep_to_it() -> None:
    assert [style for style in Style if any(TY.search(text) for text in letters(style))] == [Style.INFORMAL]


@pytest.mark.parametrize("style", list(Style))
async def test_a_mailed_reply_keeps_to_it(tmp_path: Path, style: Style) -> None:
    clock, ewa = SettableClock(THEN), Agent("ewa", "Ewa")
    mail = {"smtp_url": SecretStr("smtp://127.0.0.1:1"), "mail_from": "Las <sklep@las.example>"}
    async with open_house(Settings(data_dir=tmp_path, style=style, **mail), clock) as house:  # type: ignore[arg-type]
        request = SessionRequest(site_key=house.settings.site_key, locale="pl")
        chat = (await house.sessions.open(request)).conversation_id
        message = Draft(Kind.MESSAGE, Author(AuthorKind.SHOPPER, "v"), {"body": "Dwa lewe buty."}, cid="c0")
        await house.log.receive(chat, message)
        async with house.database.transaction() as connection:
            await house.ownership.note_email_within(connection, chat, "anna@a.example", clock.now())
        await house.ownership.take(chat, ewa)
        await house.ownership.reply(chat, ewa, "Prawy już jedzie.", "c1")
        clock.advance(AWAY_AFTER * 2)
        assert await house.reply_mail.mail_unseen() == 1
        (letter,) = await house.outbox.waiting()
    addressed = [bool(TY.search(text)) for text in (letter.subject, letter.body)]
    assert addressed == [style is Style.INFORMAL] * 2


@pytest.mark.parametrize("code", ["empty", "too_long", "rate_limited", "conflict", "unavailable"])
def test_what_the_chat_refuses_is_said_in_it(code: str) -> None:
    given = {"limit": 10, "seconds": 3}
    said = {style: refusal(code, Language.PL, style, **given) for style in Style}
    assert [style for style in Style if TY.search(said[style])] == [Style.INFORMAL]
    assert len({refusal(code, Language.EN, style, **given) for style in Style}) == 1


def test_public_forms_keep_to_it() -> None:
    keys = [key for key in TEXTS if key.split(".")[0] in ("form", "withdraw", "complaint", "received")]
    addressing = {
        style: {key for key in keys if TY.search(text(key, Language.PL, style, **GIVEN))} - BUTTONS
        for style in Style
    }
    assert len(addressing[Style.INFORMAL]) > 15
    assert addressing[Style.FORMAL] == addressing[Style.NEUTRAL] == set()
    assert set(FORMAL_TEXTS) <= set(keys)


@pytest.mark.parametrize(("style", "says"), [("formal", "Tutaj można złożyć"), ("informal", "Tutaj złożysz")])
async def test_the_setting_reaches_the_public_page_and_the_widget(
    tmp_path: Path, style: str, says: str
) -> None:
    async with open_house(Settings(data_dir=tmp_path, style=Style(style))) as house:
        transport = httpx.ASGITransport(create_app(house))
        async with httpx.AsyncClient(transport=transport, base_url="http://okienko") as client:
            page = (await client.get("/withdraw?lang=pl")).text
            session = (await client.post("/v1/session", json={"site_key": "demo", "locale": "pl"})).json()
            frame = {"type": "send", "cid": str(uuid4()), "body": " "}
            post = {"conversation_id": session["conversation_id"], "frame": frame}
            bearer = {"Authorization": f"Bearer {session['token']}"}
            (nack,) = (await client.post("/v1/messages", json=post, headers=bearer)).json()["frames"]
    assert says in page
    assert session["style"] == style
    assert bool(TY.search(nack["message"])) is (style == "informal")
