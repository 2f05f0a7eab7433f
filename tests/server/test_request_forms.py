"""The public forms on the real application: two steps, one request, whatever is typed; photos."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from customer.request import CustomerRequest, RequestKind, Wanted
from foundation.staff import Role
from server.app import create_app
from server.house import open_house
from server.settings import Settings
from tests.handoff import pictures
from tests.server.test_desk import PAGE, Shop

PNG, JPEG, WEBP, HEIC = (pictures.photo(kind) for kind in ("png", "jpg", "webp", "heic"))
SCRIPT = "<script>alert(1)</script>\"'{{ 7*7 }}"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop without articles or orders."""
    async with open_house(Settings(data_dir=tmp_path / "data")) as house, AsyncExitStack() as stack:
        yield Shop(house, create_app(house), stack)


@pytest.fixture
async def client(shop: Shop) -> httpx.AsyncClient:
    return await shop.client()


async def post(
    client: httpx.AsyncClient, path: str, fields: dict[str, str], photos: list[bytes] | None = None
) -> httpx.Response:
    """Post a form as a browser does: every part has its boundary."""
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in fields.items()]
    parts += [("photos", ("../../photo.png", photo, "image/png")) for photo in photos or []]
    return await client.post(path, files=parts, headers=PAGE | {"Accept-Language": "pl"})


def fields_of(page: str) -> dict[str, str]:
    """Return what the second step's form sends."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    things = re.search(r'<textarea name="things" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert things is not None
    return {name: html.unescape(value) for name, value in (hidden | {"things": things[1]}).items()}


async def requests_of(shop: Shop) -> list[CustomerRequest]:
    return await shop.house.requests.open()


async def test_a_withdrawal_in_two_steps_is_kept_as_it_was_shown(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    typed = {
        "cid": str(uuid4()),
        "order_number": "LS-2026-10457",
        "things": "Buty Turnia\nCzapka",
        "name": "Anna Zielińska",
        "email": "anna@example.com",
    }
    review = await post(client, "/withdraw", typed)
    assert review.status_code == 200
    assert "Potwierdź odstąpienie" in review.text
    assert await requests_of(shop) == []
    again = fields_of(review.text)
    assert again == typed
    done = await post(client, "/withdraw", again | {"step": "confirm"})
    (kept,) = await requests_of(shop)
    assert html.escape(kept.words) in review.text
    assert kept.words == (
        "Odstępuję od umowy sprzedaży następujących rzeczy: Buty Turnia; Czapka. Numer zamówienia: "
        "LS-2026-10457.\n\nImię i nazwisko: Anna Zielińska\nAdres e-mail: anna@example.com"
    )
    assert (kept.kind, kept.items, kept.email) == (
        RequestKind.WITHDRAWAL,
        ("Buty Turnia", "Czapka"),
        "anna@example.com",
    )
    assert kept.number in done.text
    assert "&gt; Odstępuję od umowy sprzedaży" in done.text
    (letter,) = await shop.house.outbox.waiting()
    assert letter.to_address == "anna@example.com"
    assert "> Odstępuję od umowy sprzedaży" in letter.body
    assert "set-cookie" not in {*review.headers, *done.headers}


async def test_two_taps_are_one_withdrawal_and_a_change_is_another(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    fields = {"cid": str(uuid4()), "order_number": "A-1", "email": "anna@example.com", "step": "confirm"}
    taps = await asyncio.gather(*(post(client, "/withdraw", fields) for _ in range(4)))
    assert {reply.status_code for reply in taps} == {200}
    (kept,) = await requests_of(shop)
    assert all(kept.number in reply.text for reply in taps)
    assert len(await shop.house.outbox.waiting()) == 1
    assert (await post(client, "/withdraw", fields | {"things": "Czapka"})).status_code == 200
    assert len(await requests_of(shop)) == 2


@pytest.mark.parametrize(
    "known",
    [
        {"order_number": "A-1"},
        {"things": "niebieska czapka"},
        {"name": "Anna"},
        {"email": "anna@example.com"},
        {"email": "to nie adres", "cid": "nie numer"},
        {"order_number": SCRIPT, "things": SCRIPT, "name": SCRIPT, "email": SCRIPT, "cid": SCRIPT},
        {"things": "ż" * 20_000},
        {"things": "a\n" * 3_000},
        {"name": "\u202eannA\x00\x1b[31m", "order_number": "x" * 20_000},
    ],
)
async def test_nothing_that_is_typed_stops_a_withdrawal(
    shop: Shop, client: httpx.AsyncClient, known: dict[str, str]
) -> None:
    review = await post(client, "/withdraw", known)
    assert review.status_code == 200, review.text
    done = await post(client, "/withdraw", fields_of(review.text) | {"step": "confirm"})
    assert done.status_code == 200
    (kept,) = await requests_of(shop)
    assert html.escape(kept.words).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in review.text
    assert kept.number in done.text
    assert "<script" not in review.text + done.text
    if address := known.get("email"):
        assert address in kept.words
        assert len(await shop.house.outbox.waiting()) == int(address == "anna@example.com")


async def test_a_form_that_says_nothing_is_asked_again_and_one_sent_back_keeps_what_was_typed(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    for step in ("review", "confirm"):
        empty = await post(client, "/withdraw", {"step": step, "things": " \n "})
        assert empty.status_code == 400
        assert 'role="alert"' in empty.text
    back = await post(client, "/withdraw", {"step": "edit", "things": "Czapka & buty", "name": "Anna"})
    assert "Czapka &amp; buty</textarea>" in back.text
    assert 'value="Anna"' in back.text
    assert await requests_of(shop) == []


async def test_the_language_is_the_browsers_or_the_addresss(client: httpx.AsyncClient) -> None:
    for headers, address, said in (
        ({"Accept-Language": "pl"}, "/withdraw", "Odstąp od umowy tutaj"),
        ({"Accept-Language": "en-GB"}, "/withdraw", "Withdraw from contract here"),
        ({"Accept-Language": "pl"}, "/complaint?lang=en", "Make a complaint"),
        ({"Accept-Language": "en"}, "/complaint?lang=pl", "Reklamacja"),
    ):
        page = await client.get(address, headers=headers)
        assert said in page.text
        assert "<script" not in page.text
        assert "set-cookie" not in page.headers


async def test_who_sends_without_end_is_asked_to_wait_and_loses_nothing(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    for count in range(10):
        fields = {"order_number": f"A-{count}", "email": f"a{count}@example.com", "step": "confirm"}
        assert (await post(client, "/withdraw", fields)).status_code == 200
    slowed = await post(client, "/withdraw", {"order_number": "A-11", "step": "confirm"})
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) >= 1
    assert fields_of(slowed.text)["order_number"] == "A-11"
    complaint = await post(client, "/complaint", {"words": "Pękła podeszwa"}, [PNG])
    assert complaint.status_code == 429
    assert "Pękła podeszwa" in complaint.text
    assert len(await requests_of(shop)) == 10
    assert not (shop.house.settings.data_dir / "uploads").exists()


async def test_a_complaint_with_photos_that_only_the_shops_people_see(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    fields = {
        "cid": str(uuid4()),
        "order_number": "A-1",
        "thing": "Buty",
        "words": "Odkleiła się podeszwa.\n" + SCRIPT,
        "since": "od tygodnia",
        "wanted": "repair",
        "email": "anna@example.com",
    }
    photos = [PNG, JPEG, WEBP, HEIC]
    sent = [pictures.photo(kind, place=True) for kind in ("png", "jpg", "webp", "heic")]
    for _ in range(2):
        done = await post(client, "/complaint", fields, sent)
        assert done.status_code == 200
        assert "<script" not in done.text
    (kept,) = await requests_of(shop)
    assert (kept.wanted, kept.since, kept.items, len(kept.photos)) == (
        Wanted.REPAIR,
        "od tygodnia",
        ("Buty",),
        4,
    )
    assert kept.number in done.text
    (letter,) = await shop.house.outbox.waiting()
    assert "14 dni" in letter.body
    files = [path for path in (shop.house.settings.data_dir / "uploads").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in files) == sorted(photos)
    assert not any("photo" in path.name for path in files)

    address = f"/desk/requests/{kept.number}"
    for path in ("/desk/requests", address, f"{address}/photos/1"):
        assert (await client.get(path)).status_code == 401
    ewa = await shop.at_desk("Ewa", Role.AGENT)
    page = await ewa.client.get(address)
    assert "<script>alert" not in page.text
    for number, content in enumerate(photos, start=1):
        photo = await ewa.client.get(f"{address}/photos/{number}")
        assert photo.content == content
        assert photo.headers["content-type"].startswith("image/")
        assert photo.headers["content-disposition"].startswith("attachment;")
        assert photo.headers["x-content-type-options"] == "nosniff"
    for number in (0, 5, -1):
        assert (await ewa.client.get(f"{address}/photos/{number}")).status_code == 404


@pytest.mark.parametrize(
    ("words", "photos", "said"),
    [
        ("", [PNG], "Napisz, co jest nie tak."),
        ("x" * 20_000, [], "15 000"),
        ("Pękła.", [b"<svg onload=alert(1)>"], "nie jest zdjęciem"),
        ("Pękła.", [b"MZ" + bytes(100)], "nie jest zdjęciem"),
        ("Pękła.", [b"\xff\xd8\xff\xe0" + bytes(40)], "nie jest zdjęciem"),
        ("Pękła.", [PNG] * 6, "najwyżej 5"),
        ("Pękła.", [PNG + bytes(9 * 1024 * 1024)], "za duże"),
    ],
)
async def test_a_complaint_that_cannot_be_taken_is_said_and_kept_on_the_page(
    shop: Shop, client: httpx.AsyncClient, words: str, photos: list[bytes], said: str
) -> None:
    reply = await post(client, "/complaint", {"words": words, "thing": "Buty"}, photos)
    assert reply.status_code == 400
    assert said in reply.text
    assert 'value="Buty"' in reply.text
    assert words in reply.text
    assert await requests_of(shop) == []
    assert not list((shop.house.settings.data_dir / "uploads").glob("*"))


@pytest.mark.parametrize("path", ["/complaint", "/withdraw"])
async def test_an_upload_that_is_far_too_large_is_refused_before_it_is_there(shop: Shop, path: str) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="photos"; filename="a.png"\r\n\r\n'
        while sent < 200 * 1024 * 1024:
            sent += 1024 * 1024
            yield bytes(1024 * 1024)

    client = await shop.client()
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    reply = await client.post(path, content=endless(), headers=kind | PAGE)
    assert reply.status_code == 413
    assert sent < 50 * 1024 * 1024
    announced = await client.post(
        path, content=b"--b", headers=kind | PAGE | {"Content-Length": str(200 * 1024 * 1024)}
    )
    assert announced.status_code == 413
    assert await requests_of(shop) == []


async def test_a_form_that_is_none_is_answered_with_a_page(client: httpx.AsyncClient) -> None:
    for path in ("/withdraw", "/complaint"):
        for content, kind in (
            (b"a=b", "text/plain"),
            (b"--b\r\nnonsense", "multipart/form-data; boundary=b"),
        ):
            reply = await client.post(path, content=content, headers={"Content-Type": kind} | PAGE)
            assert reply.status_code == 400
            assert "<form" in reply.text
