"""What people's pages should not be given: no session, no token, no right, nonsense, nobody there."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from starlette.routing import BaseRoute, Route

from conversation.events import Kind, Status
from foundation.clock import SettableClock
from foundation.staff import Role
from handoff.desk import Act, Part
from handoff.request_pages import Step
from server.app import create_app
from server.auth import COOKIE
from server.house import open_house
from server.settings import Settings
from tests.foundation.test_letter import body_of
from tests.foundation.test_mail import PostOffice, opened
from tests.server.test_desk import PAGE, PASSWORD, AtDesk, Shop, Shopper
from tests.server.test_desk import shop as shop

WITHOUT_A_SESSION = {"/login"}
"""What is posted before there is one; these check where the form came from."""
FOR_ANYBODY = {"/withdraw", "/complaint"}
"""Forms of the shop's own customers, who have no session: nothing of theirs can be abused."""
VALUES = {
    "act": [act.value for act in Act],
    "draft_id": ["nobodys"],
    "number": ["ZW-2026-00001"],
    "photo": ["1"],
    "step": [step.value for step in Step],
    "part": [part.value for part in Part],
    "table": ["figures", "servers", "reasons", "days"],
}


def routes_of(shop: Shop) -> list[tuple[str, str]]:
    """Return method and path template of every route that the application has, sorted."""
    found: set[tuple[str, str]] = set()

    def walk(routes: Iterable[BaseRoute]) -> None:
        for route in routes:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                walk(inner.routes)
            elif isinstance(route, Route):
                found.update((method, route.path) for method in route.methods or () if method != "HEAD")

    walk(shop.app.routes)
    return sorted(found)


def staff_routes(shop: Shop, *methods: str) -> list[tuple[str, str]]:
    return [
        (method, path)
        for method, path in routes_of(shop)
        if method in methods and path.split("/")[1] in ("desk", "owner", "logout")
    ]


def filled(path: str, **given: str) -> list[str]:
    """Return the addresses that a template stands for, with values that are there."""
    known = VALUES | {name: [value] for name, value in given.items()}
    names = [name for name in known if f"{{{name}}}" in path]
    return [
        path.format(**dict(zip(names, chosen, strict=True)))
        for chosen in product(*(known[name] for name in names))
    ]


async def nack(shopper: Shopper, conversation_id: str = "", **frame: Any) -> tuple[int, str]:
    """Send a frame that must not be taken; return the status and the code that came back."""
    post = {"conversation_id": conversation_id or shopper.id, "frame": {"cid": str(uuid4()), **frame}}
    reply = await shopper.client.post("/v1/messages", json=post, headers=shopper.headers)
    body = reply.json()
    if reply.status_code != 200:
        return reply.status_code, body["code"]
    assert body["frames"][0]["type"] == "nack", body
    return 200, body["frames"][0]["code"]


async def resolved(shop: Shop, agent: AtDesk) -> tuple[Shopper, int]:
    """Return a shopper whom the agent has served, and the `seq` of the question how it was."""
    shopper = await shop.shopper()
    await shopper.say("Przyszły dwa lewe buty")
    await shopper.ask_human()
    await agent.do(shopper.id, "take")
    await agent.write(shopper.id, "reply", "Załatwione.")
    await agent.do(shopper.id, "resolve")
    asked = [frame for frame in await shopper.sees() if frame.get("kind") == Kind.RATING_REQUESTED]
    return shopper, asked[-1]["seq"]


def test_the_routes_are_found_and_all_are_known(shop: Shop) -> None:
    """A new route for people has to be below /desk or /owner, where the tests here look at it."""
    assert len(staff_routes(shop, "GET")) >= 14
    assert len(staff_routes(shop, "POST")) >= 5
    others = {path for _, path in routes_of(shop)} - {path for _, path in staff_routes(shop, "GET", "POST")}
    assert {path for path in others if not path.startswith(("/v1/", "/demo/", "/static/", "/language/"))} == {
        "/",
        "/healthz",
        "/readyz",
        "/login",
        "/okienko.js",
        *FOR_ANYBODY,
    }


async def test_without_a_session_no_route_says_anything(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    await shopper.say("tajna sprawa")
    stranger = await shop.client()
    asked = 0
    for cookie in ("", "0" * 43, ewa.client.cookies[COOKIE][:-1]):
        stranger.cookies.clear()
        if cookie:
            stranger.cookies.set(COOKIE, cookie)
        for method, path in staff_routes(shop, "GET", "POST"):
            for address in filled(path, conversation_id=shopper.id, staff_id=ewa.staff.id):
                reply = await stranger.request(method, address)
                page = await stranger.request(method, address, headers=PAGE)
                asked += 1
                if path == "/logout":
                    continue  # Who has no session, or none that we know, has nothing to end.
                assert reply.status_code == 401, (method, address)
                if method == "GET":
                    assert page.status_code == 303, address
                    assert page.headers["location"].startswith("/login?next="), address
                else:
                    assert page.status_code == 401, address
                assert "tajna" not in reply.text + page.text
    assert asked >= 3 * 25
    assert (await ewa.client.get("/desk")).status_code == 200


async def test_an_agent_gets_nothing_of_the_owners(shop: Shop) -> None:
    ewa, shopper = await shop.at_desk("Ewa"), await shop.shopper()
    headers = {"X-CSRF-Token": ewa.csrf}
    before = await shop.house.pilot.state()
    for method, path in staff_routes(shop, "GET", "POST"):
        if not path.startswith("/owner"):
            continue
        for address in filled(path, conversation_id=shopper.id, staff_id=ewa.staff.id):
            reply = await ewa.client.request(method, address, headers=headers)
            assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), (method, address)
    assert await shop.house.pilot.state() == before
    assert (await ewa.client.get("/desk")).status_code == 200


async def test_every_post_of_staff_needs_the_token_of_its_own_session(shop: Shop) -> None:
    olga, jan = await shop.at_desk("Olga", Role.OWNER), await shop.at_desk("Jan", Role.OWNER)
    shopper = await shop.shopper()
    await shopper.ask_human()
    before = (await olga.events(shopper.id), await shop.house.pilot.state())
    evil = {"X-CSRF-Token": olga.csrf, "Origin": "https://evil.example"}
    tried = 0
    for _, path in staff_routes(shop, "POST"):
        for address in filled(path, conversation_id=shopper.id, staff_id=olga.staff.id):
            fields = {"body": "wtrącam się", "cid": str(uuid4()), "mode": "off", "share_percent": "0"}
            for headers, more in (
                ({}, {}),
                ({}, {"csrf": ""}),
                ({}, {"csrf": "0" * 64}),
                ({"X-CSRF-Token": olga.csrf[:-1]}, {}),
                ({"X-CSRF-Token": jan.csrf}, {"csrf": olga.csrf}),
                ({"X-CSRF-Token": "ż"}, {}),
                (evil, {}),
            ):
                encoded = {name.encode(): value.encode() for name, value in headers.items()}
                reply = await olga.client.post(address, data=fields | more, headers=encoded)
                assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), (
                    address,
                    headers,
                    more,
                )
                tried += 1
    assert tried >= 9 * 7
    assert (await olga.events(shopper.id), await shop.house.pilot.state()) == before
    posts = {path for method, path in routes_of(shop) if method == "POST" and not path.startswith("/v1/")}
    assert posts == {path for _, path in staff_routes(shop, "POST")} | WITHOUT_A_SESSION | FOR_ANYBODY
    for path in WITHOUT_A_SESSION:
        form = {"email": olga.staff.email, "password": PASSWORD}
        reply = await (await shop.client()).post(path, data=form, headers={"Origin": "https://evil.example"})
        assert reply.status_code == 403


async def test_an_owner_ends_an_agents_sessions_and_both_waiting_polls(shop: Shop) -> None:
    olga, ewa, shopper = (
        await shop.at_desk("Olga", Role.OWNER),
        await shop.at_desk("Ewa"),
        await shop.shopper(),
    )
    head = (await ewa.events(shopper.id))["head"]
    waiting = (await ewa.fetch_list("waiting")).text
    etag = waiting.split('data-etag="')[1].split('"')[0]
    params: dict[str, Any] = {"since": head, "wait": 25}
    thread = asyncio.create_task(ewa.client.get(f"/desk/c/{shopper.id}/events", params=params))
    listed = asyncio.create_task(ewa.fetch_list("waiting", etag, wait=25))
    await shop.listened_to(shopper.id)
    await shop.listened_to("desk")
    address = f"/owner/staff/{ewa.staff.id}/end-sessions"
    async with asyncio.timeout(5):
        ended = await olga.client.post(address, headers={"X-CSRF-Token": olga.csrf})
        assert (ended.status_code, ended.headers["location"]) == (303, "/owner/staff?ended=1")
        assert ((await thread).status_code, (await listed).status_code) == (401, 401)
    assert (await ewa.write(shopper.id, "note", "jeszcze ja")).status_code == 401
    assert (await ewa.client.get("/desk", headers=PAGE)).status_code == 303
    assert (await olga.client.get("/desk")).status_code == 200
    nobody = await olga.client.post("/owner/staff/nobody/end-sessions", headers={"X-CSRF-Token": olga.csrf})
    assert nobody.headers["location"] == "/owner/staff?ended=0"


async def test_after_five_wrong_passwords_the_right_one_waits_and_is_told_how_long(shop: Shop) -> None:
    ewa = await shop.at_desk("Ewa")
    client = await shop.client()
    for _ in range(5):
        wrong = {"email": ewa.staff.email, "password": "to nie to hasło"}
        assert (await client.post("/login", data=wrong)).status_code == 401
    right = {"email": ewa.staff.email, "password": PASSWORD}
    for language, says in (("pl", "Za dużo błędnych haseł"), ("en", "Too many")):
        slowed = await client.post("/login", data=right, headers={"Accept-Language": language})
        assert (slowed.status_code, COOKIE in client.cookies) == (429, False)
        assert 0 < int(slowed.headers["retry-after"]) <= 30
        assert says in slowed.text
    assert (await ewa.client.get("/desk")).status_code == 200


async def test_a_score_out_of_range_changes_nothing(shop: Shop) -> None:
    ewa = await shop.at_desk("Ewa")
    shopper, asked = await resolved(shop, ewa)
    before = await ewa.events(shopper.id)
    for score in (0, 6, -1, 10**30, 4.5, 5.0, "5", True, None, [5], "pięć"):
        answered = await nack(shopper, type="rate", request_seq=asked, score=score)
        assert answered in ((200, "invalid"), (400, "invalid_input")), score
    for comment in ("x" * 2001, 5, None):
        answered = await nack(shopper, type="rate", request_seq=asked, score=5, comment=comment)
        assert answered in ((200, "invalid"), (400, "invalid_input")), comment
    assert await ewa.events(shopper.id) == before
    assert (await shop.house.log.conversation(shopper.id)).status is Status.RESOLVED


async def test_a_rating_of_anothers_conversation_changes_neither(shop: Shop) -> None:
    ewa = await shop.at_desk("Ewa")
    (one, asked_one), (other, asked_other) = await resolved(shop, ewa), await resolved(shop, ewa)
    before = [await ewa.events(shopper.id) for shopper in (one, other)]
    # The right question, asked in a conversation that is not this visitor's.
    status, _ = await nack(one, other.id, type="rate", request_seq=asked_other, score=1)
    assert status == 401
    # One's own conversation, where nothing was asked at that place; then before anything was asked.
    for seq in (asked_one + 1, 1, 2**53 - 1, 10**30, 0, -1):
        assert (await nack(one, type="rate", request_seq=seq, score=1))[1] in ("invalid", "invalid_input")
    fresh = await shop.shopper()
    assert (await nack(fresh, type="rate", request_seq=asked_one, score=1))[1] == "invalid"
    assert [await ewa.events(shopper.id) for shopper in (one, other)] == before


async def test_a_second_rating_takes_the_firsts_place_and_the_same_frame_counts_once(shop: Shop) -> None:
    olga = await shop.at_desk("Olga", Role.OWNER)
    shopper, asked = await resolved(shop, olga)
    cid = str(uuid4())
    for _ in range(2):
        await shopper.send(type="rate", request_seq=asked, score=2, comment="długo", cid=cid)
    await shopper.send(type="rate", request_seq=asked, score=5, comment="a jednak miło")
    kept = [frame for frame in (await olga.events(shopper.id))["frames"] if frame.get("kind") == Kind.RATING]
    assert [frame["content"]["score"] for frame in kept] == [2, 5]
    assert {frame["content"]["served"]["name"] for frame in kept} == {"Olga"}
    figures = dict(rows(await olga.client.get("/owner/figures/figures.csv")))
    servers = rows(await olga.client.get("/owner/figures/servers.csv"))
    of_olga = dict(zip(*servers, strict=True))
    assert (of_olga["name"], of_olga["answers"], of_olga["asked"], float(of_olga["csat"])) == (
        "Olga",
        "1",
        "1",
        1,
    )
    assert (figures["rating_answers"], float(figures["rating_csat"])) == ("1", 1)


async def test_formulas_that_a_shopper_types_arrive_as_text(shop: Shop) -> None:
    olga = await shop.at_desk("Olga", Role.OWNER)
    shopper = await shop.shopper()
    evil = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "\t=1"]
    for body in evil:
        await shopper.say(body)
    await shopper.ask_human()
    sheets = [f"/owner/conversations/{shopper.id}.csv", "/owner/conversations.csv"]
    cells = [cell for sheet in sheets for row in rows(await olga.client.get(sheet)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "-", "\t"))] == []
    for body in evil[:4]:
        assert f"'{body}" in cells


def rows(reply: httpx.Response) -> list[list[str]]:
    assert reply.status_code == 200
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


@asynccontextmanager
async def shop_with_mail(data: Path, port: int, clock: SettableClock) -> AsyncIterator[Shop]:
    settings = Settings(
        data_dir=data,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_from="Leśna Ścieżka <pomoc@lesna-sciezka.example>",
    )
    async with open_house(settings, clock) as house, AsyncExitStack() as stack:
        yield Shop(house, create_app(house), stack)


async def test_who_leaves_while_waiting_gets_the_reply_by_mail(demo_data: Path) -> None:
    office, clock = PostOffice(), SettableClock(datetime.now(UTC))
    async with opened(office, enable_SMTPUTF8=True) as port, shop_with_mail(demo_data, port, clock) as shop:
        ewa, shopper, other = await shop.at_desk("Ewa"), await shop.shopper(), await shop.shopper()
        await shopper.say("Przyszły dwa lewe buty")
        for each in (shopper, other):
            await each.ask_human()
            clock.advance(timedelta(minutes=1))
        await shopper.send(type="action", name="leave_email", value={"email": "anna@example.com"})
        for each in (shopper, other):
            await each.client.aclose()
        clock.advance(timedelta(hours=5))
        assert await ewa.listed("waiting") == [shopper.id, other.id]
        page = (await ewa.client.get(f"/desk/c/{shopper.id}", headers={"Accept-Language": "pl"})).text
        assert "anna@example.com" in page
        assert "Poczta nie jest ustawiona" not in page
        for each in (shopper, other):
            await ewa.do(each.id, "take")
            assert (await ewa.write(each.id, "reply", "Wyślemy prawy but jutro.")).status_code == 200
        assert await shop.house.reply_mail.mail_unseen() == 0, "whoever is only slow reads it in the chat"
        clock.advance(timedelta(minutes=2))
        assert await shop.house.reply_mail.mail_unseen() == 1
        assert await shop.house.mailer.send_due() == 1
        assert await shop.house.reply_mail.mail_unseen() == 0
    [letter] = office.taken
    assert letter.rcpt_tos == ["anna@example.com"]
    text = body_of(office.mails()[0])
    assert "Wyślemy prawy but jutro." in text
    assert "> Przyszły dwa lewe buty" in text
    assert "Ewa odpowiada:" in text


async def test_without_a_mail_server_the_desk_says_so_plainly(shop: Shop) -> None:
    ewa, shopper, silent = await shop.at_desk("Ewa"), await shop.shopper(), await shop.shopper()
    for each in (shopper, silent):
        await each.ask_human()
    await shopper.send(type="action", name="leave_email", value={"email": "anna@example.com"})
    for each, language, says in (
        (shopper, "pl", "Poczta nie jest ustawiona: z tego miejsca nic tam nie wyślesz."),
        (shopper, "en", "No mail server is set: nothing can be sent there from here."),
        (silent, "pl", "Ten sklep nie ma ustawionej poczty"),
        (silent, "en", "This shop has no mail server set"),
    ):
        page = await ewa.client.get(f"/desk/c/{each.id}", headers={"Accept-Language": language})
        assert says in page.text
    await ewa.do(shopper.id, "take")
    assert (await ewa.write(shopper.id, "reply", "Już piszę.")).status_code == 200
    async with asyncio.timeout(5):
        await shop.house.reply_mail.run()
    assert await shop.house.outbox.waiting() == []
    assert await ewa.listed("waiting") == [silent.id]
