"""Withdrawals and complaints at the desk: what is due first first, what is urgent, who works on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from customer.request import Complaining, RequestState, Withdrawing
from customer.requests import Requests
from foundation.clock import SettableClock
from foundation.errors import NotFound, Unavailable
from foundation.language import Language
from handoff.photos import Photos, kind_of
from server.app import create_app
from server.house import open_house
from server.settings import Settings
from tests.server.test_desk import PAGE, AtDesk, Shop

POLISH = PAGE | {"Accept-Language": "pl"}


@pytest.fixture
async def shop(tmp_path: Path, clock: SettableClock) -> AsyncIterator[Shop]:
    """A shop without articles or orders, on a Tuesday."""
    async with open_house(Settings(data_dir=tmp_path / "data"), clock) as house, AsyncExitStack() as stack:
        yield Shop(house, create_app(house), stack)


async def receive(shop: Shop, given: Withdrawing | Complaining) -> str:
    async with shop.house.database.transaction() as connection:
        received = await Requests(shop.house.outbox).receive(connection, given)
    return received.request.number


async def withdrawal(shop: Shop, cid: str = "w1", conversation_id: str = "") -> str:
    return await receive(
        shop,
        Withdrawing(
            cid=cid,
            conversation_id=conversation_id,
            words="Odstępuję od umowy. <script>alert(1)</script>",
            received_at=shop.house.clock.now(),
            language=Language.PL,
            doubts=("business", "moon_phase"),
        ),
    )


async def complaint(shop: Shop) -> str:
    return await receive(
        shop,
        Complaining(
            cid="k1",
            conversation_id="",
            words="Pękła podeszwa.",
            received_at=shop.house.clock.now(),
            language=Language.PL,
        ),
    )


async def page_of(agent: AtDesk, path: str) -> str:
    reply = await agent.client.get(path, headers=POLISH)
    assert reply.status_code == 200
    return reply.text


async def act(agent: AtDesk, number: str, step: str) -> int:
    form = {"csrf": agent.csrf}
    return (await agent.client.post(f"/desk/requests/{number}/{step}", data=form)).status_code


async def test_what_is_due_first_comes_first_with_its_days(shop: Shop, clock: SettableClock) -> None:
    first = await withdrawal(shop)
    clock.advance(timedelta(days=10))
    second = await complaint(shop)
    clock.advance(timedelta(days=1))
    ewa = await shop.at_desk("Ewa")
    listed = await page_of(ewa, "/desk/requests")
    assert listed.index(first) < listed.index(second)
    assert "zostały 3 dni" in listed
    assert "zostało 13 dni" in listed
    assert listed.count("request-soon") == 1
    assert "<script>alert" not in listed
    desk = await page_of(ewa, "/desk")
    assert "1 pilne" in desk
    assert "2 otwarte" in desk
    etag = desk.split('data-etag="')[1].split('"')[0]
    assert (await ewa.fetch_list("all", etag)).status_code == 204
    assert await act(ewa, first, "settle") == 303
    assert (await ewa.fetch_list("all", etag)).status_code == 200


@pytest.mark.parametrize(
    ("days", "said", "notice"),
    [
        (10, "zostały 4 dni", None),
        (11, "zostały 3 dni", "Bez odpowiedzi w ciągu 14 dni"),
        (13, "został 1 dzień", "Bez odpowiedzi w ciągu 14 dni"),
        (14, "ostatni dzień: dziś", "Bez odpowiedzi w ciągu 14 dni"),
        (15, "1 dzień po terminie", "Termin minął"),
        (20, "6 dni po terminie", "Termin minął"),
    ],
)
async def test_a_complaints_clock(
    shop: Shop, clock: SettableClock, days: int, said: str, notice: str | None
) -> None:
    number = await complaint(shop)
    clock.advance(timedelta(days=days))
    page = await page_of(await shop.at_desk("Ewa"), f"/desk/requests/{number}")
    assert said in page
    assert ("notice" in page) == (notice is not None)
    assert notice is None or notice in page


async def test_who_works_on_it_is_seen_and_the_first_who_settles_stays(shop: Shop) -> None:
    number = await withdrawal(shop, conversation_id="c-1")
    ewa, jan = await shop.at_desk("Ewa"), await shop.at_desk("Jan")
    page = await page_of(ewa, f"/desk/requests/{number}")
    for said in ("Zakup na firmę", "moon phase", "/desk/c/c-1?tab=all", "&lt;script&gt;", "Zajmuję się tym"):
        assert said in page
    assert await act(ewa, number, "begin") == 303
    assert "zajmuje się: Ewa" in await page_of(jan, f"/desk/requests/{number}")
    assert await act(ewa, number, "settle") == 303
    assert await act(jan, number, "settle") == 303
    kept = await shop.house.requests.find(number)
    assert (kept.state, kept.handled_by) == (RequestState.SETTLED, "Ewa")
    page = await page_of(jan, f"/desk/requests/{number}")
    assert "Załatwione" in page
    assert "/settle" not in page
    assert "Nie ma otwartych zgłoszeń" in await page_of(jan, "/desk/requests")
    assert await act(jan, "ZW-2026-09999", "settle") == 404


async def test_a_step_without_the_sessions_token_changes_nothing(shop: Shop) -> None:
    number = await withdrawal(shop)
    ewa = await shop.at_desk("Ewa")
    assert (await ewa.client.post(f"/desk/requests/{number}/settle")).status_code == 403
    stranger = await shop.client()
    assert (await stranger.post(f"/desk/requests/{number}/settle")).status_code == 401
    assert (await shop.house.requests.find(number)).state is RequestState.RECEIVED


async def test_photos_stay_in_their_folder_and_leave_room_on_the_disk(tmp_path: Path) -> None:
    photos, batch = Photos(tmp_path / "uploads"), Photos.new_batch()
    kept = await photos.keep(batch, "png", b"abc")
    assert await photos.read(kept) == (b"abc", "png")
    (tmp_path / "secret.png").write_bytes(b"secret")
    for strange in ("../secret.png", f"{batch}/../../secret.png", "", "/etc/passwd", kept + "\n"):
        with pytest.raises(NotFound):
            await photos.read(strange)
    await photos.discard(batch)
    with pytest.raises(NotFound):
        await photos.read(kept)
    full = Photos(tmp_path / "uploads", keep_free=2**60)
    with pytest.raises(Unavailable, match="nearly full"):
        await full.keep(batch, "png", b"abc")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom"])
def test_what_is_no_photo_by_its_first_bytes(content: bytes) -> None:
    assert kind_of(content) is None
