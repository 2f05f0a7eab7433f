"""Signing in, roles, CSRF, slow-downs, and sessions that an owner ends."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Request
from sqlalchemy import select

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Conflict, InvalidInput, NotFound, OkienkoError, RateLimited, Unauthenticated
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.staff import Role, Staff
from server.app import _said
from server.auth import COOKIE, Auth
from server.pages.rendering import Pages
from server.staff import SESSION_IDLES, SESSION_LIVES, StaffBook, staff_failures, staff_sessions
from tests.server.inside import command

PASSWORD = "zielone-okienko"
OTHER = "inne-haslo-12"


@pytest.fixture
async def book(database: Database, clock: SettableClock) -> StaffBook:
    book = StaffBook(database, clock, hashing_kib=64)
    await book.add("maria@shop.example", Role.OWNER, PASSWORD, "Maria")
    await book.add("Ewa@Shop.example", Role.AGENT, PASSWORD, "Ewa Nowak")
    return book


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def app(book: StaffBook, woken: list[str]) -> FastAPI:
    """Return an application with one page for agents, one for owners, and one that posts."""
    pages = Pages(Letterhead("Sklep"), Language.PL)
    auth = Auth(book, pages, wake=lambda: woken.append("woken"))
    app = FastAPI()
    app.state.pages = pages
    app.add_exception_handler(OkienkoError, _said)
    app.include_router(auth.router())
    app.include_router(pages.router())
    agent, owner = Depends(auth.require(Role.AGENT)), Depends(auth.require(Role.OWNER))

    @app.get("/desk")
    async def desk(request: Request, staff: Staff = agent) -> dict[str, str]:
        return {"name": staff.name, "csrf": request.state.csrf}

    @app.get("/owner")
    async def owners(staff: Staff = owner) -> dict[str, str]:
        return {"name": staff.name}

    @app.post("/desk/do")
    async def do(staff: Staff = agent) -> dict[str, str]:
        return {"done by": staff.name}

    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://shop") as client:
        yield client


async def sign_in(
    client: httpx.AsyncClient, email: str = "ewa@shop.example", password: str = PASSWORD, **more: str
) -> httpx.Response:
    return await client.post("/login", data={"email": email, "password": password, **more})


async def test_signing_in_opens_the_desk(client: httpx.AsyncClient) -> None:
    reply = await sign_in(client, "  EWA@shop.example ")
    assert (reply.status_code, reply.headers["location"]) == (303, "/desk")
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "secure" in cookie
    assert "samesite=lax" in cookie
    assert (await client.get("/desk")).json()["name"] == "Ewa Nowak"


async def test_the_database_holds_neither_password_nor_session(
    client: httpx.AsyncClient, database: Database
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("it looks into SQLite's files")
    await sign_in(client)
    secret = client.cookies[COOKIE]
    files = [
        path.read_bytes() for path in Path(database.engine.url.database or "").parent.glob("okienko.db*")
    ]
    assert files
    for content in files:
        assert PASSWORD.encode() not in content
        assert secret.encode() not in content
    assert any(b"$argon2id$" in content for content in files)


async def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: httpx.AsyncClient) -> None:
    page = await client.get("/desk?tab=mine", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2Fdesk%3Ftab%3Dmine")
    for headers in ({"Accept": "application/json"}, {"Accept": "text/html", "HX-Request": "true"}):
        assert (await client.get("/desk", headers=headers)).status_code == 401
    reply = await sign_in(client, next="/desk?tab=mine")
    assert reply.headers["location"] == "/desk?tab=mine"
    again = await client.get("/login?next=/desk", headers={"Accept": "text/html"})
    assert (again.status_code, again.headers["location"]) == (303, "/desk")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "evil",
        "/a\r\nSet-Cookie: x=1",
    ],
)
async def test_the_way_back_never_leaves_the_server(client: httpx.AsyncClient, target: str) -> None:
    reply = await sign_in(client, next=target)
    assert reply.headers["location"] == "/desk"
    chosen = await client.get("/language/pl", params={"next": target})
    assert chosen.headers["location"] == "/login"


async def test_a_wrong_password_and_an_unknown_e_mail_look_the_same(client: httpx.AsyncClient) -> None:
    wrong = await sign_in(client, password="zielone-okienkO")
    unknown = await sign_in(client, email="ktos@shop.example")
    assert wrong.status_code == unknown.status_code == 401
    assert COOKIE not in client.cookies
    notices = [re.findall(r'role="alert">([^<]+)<', page.text) for page in (wrong, unknown)]
    assert notices[0] == notices[1] == ["Adres e-mail lub hasło się nie zgadza."]


async def test_five_wrong_passwords_slow_down_and_say_for_how_long(
    client: httpx.AsyncClient, clock: SettableClock
) -> None:
    for _ in range(5):
        assert (await sign_in(client, password=OTHER)).status_code == 401
    slowed = await sign_in(client)
    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "30")
    assert "za 30 sekund." in slowed.text
    clock.advance(timedelta(seconds=8))
    assert "za 22 sekundy." in (await sign_in(client)).text
    clock.advance(timedelta(seconds=22))
    assert (await sign_in(client)).status_code == 303
    assert (await sign_in(client, password=OTHER)).status_code == 401


async def test_waits_grow_and_are_kept_apart_by_e_mail_and_address(
    book: StaffBook, clock: SettableClock
) -> None:
    async def wait(email: str, address: str) -> int:
        try:
            await book.sign_in(email, OTHER, address=address)
        except RateLimited as error:
            return error.retry_after_seconds
        except Unauthenticated:
            return 0
        raise AssertionError

    waits = []
    for _ in range(9):
        if seconds := await wait("ewa@shop.example", "192.0.2.1"):
            waits.append(seconds)
            clock.advance(timedelta(seconds=seconds))
            assert await wait("ewa@shop.example", "192.0.2.1") == 0
    assert waits == [30, 60, 120, 240]
    # Another's wrong passwords keep Ewa waiting for a minute at most, from wherever she comes.
    assert await wait("ewa@shop.example", "192.0.2.2") == 60
    assert await wait("maria@shop.example", "192.0.2.2") == 0
    assert await wait("maria@shop.example", "192.0.2.1") > 240
    clock.advance(timedelta(hours=1, seconds=1))
    assert await wait("ewa@shop.example", "192.0.2.1") == 0


async def test_many_tries_at_once_do_not_slip_through(book: StaffBook, database: Database) -> None:
    async def guess() -> type[Exception]:
        with pytest.raises(OkienkoError) as caught:
            await book.sign_in("ewa@shop.example", OTHER, address="192.0.2.1")
        return caught.type

    results = await asyncio.gather(*(guess() for _ in range(20)))
    assert results.count(Unauthenticated) == 5
    async with database.reading() as connection:
        assert set((await connection.execute(select(staff_failures.c.failures))).scalars()) == {5}


async def test_roles(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    refused = await client.get("/owner")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "/desk" in (await client.get("/owner", headers={"Accept": "text/html"})).text
    client.cookies.clear()
    await sign_in(client, "maria@shop.example")
    assert (await client.get("/owner")).status_code == 200
    assert (await client.get("/desk")).status_code == 200


async def test_what_writes_needs_the_sessions_token(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    token = (await client.get("/desk")).json()["csrf"]
    assert client.cookies[COOKIE] not in token
    assert (await client.post("/desk/do")).status_code == 403
    assert (await client.post("/desk/do", data={"csrf": "f" * 64})).status_code == 403
    assert (await client.post("/desk/do", data={"csrf": token})).json() == {"done by": "Ewa Nowak"}
    assert (await client.post("/desk/do", headers={"X-CSRF-Token": token})).status_code == 200
    strange = {"X-CSRF-Token": token, "Origin": "https://evil.example"}
    assert (await client.post("/desk/do", headers=strange)).status_code == 403
    client.cookies.clear()
    await sign_in(client, "maria@shop.example")
    assert (await client.post("/desk/do", headers={"X-CSRF-Token": token})).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "https://shop.evil.example"])
async def test_another_sites_form_signs_nobody_in(client: httpx.AsyncClient, origin: str) -> None:
    data = {"email": "ewa@shop.example", "password": PASSWORD}
    reply = await client.post("/login", data=data, headers={"Origin": origin})
    assert reply.status_code == 403
    assert COOKIE not in client.cookies


async def test_signing_out_ends_the_session_and_needs_the_token(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    secret, token = client.cookies[COOKIE], (await client.get("/desk")).json()["csrf"]
    assert (await client.post("/logout")).status_code == 403
    assert (await client.post("/logout", data={"csrf": token})).headers["location"] == "/login"
    client.cookies.set(COOKIE, secret)
    assert (await client.get("/desk")).status_code == 401


async def test_an_owner_ends_an_agents_sessions(
    app: FastAPI, book: StaffBook, client: httpx.AsyncClient, woken: list[str]
) -> None:
    await sign_in(client)
    auth = Auth(book, app.state.pages, wake=lambda: woken.append("woken"))
    by_name = {account.staff.name: account for account in await auth.accounts()}
    assert [(name, account.sessions) for name, account in by_name.items()] == [("Maria", 0), ("Ewa Nowak", 1)]
    assert by_name["Ewa Nowak"].seen_at is not None
    assert await auth.end_sessions(by_name["Ewa Nowak"].staff.id) == 1
    assert woken == ["woken"]
    assert (await client.get("/desk")).status_code == 401


async def test_sessions_end_by_themselves(client: httpx.AsyncClient, clock: SettableClock) -> None:
    await sign_in(client)
    for _ in range(int(SESSION_LIVES / SESSION_IDLES)):
        clock.advance(SESSION_IDLES - timedelta(minutes=1))
        assert (await client.get("/desk")).status_code == 200
    clock.advance(SESSION_IDLES - timedelta(minutes=1))
    assert (await client.get("/desk")).status_code == 401
    await sign_in(client)
    clock.advance(SESSION_IDLES + timedelta(minutes=1))
    assert (await client.get("/desk")).status_code == 401


async def test_a_removed_account_is_signed_out_and_the_last_owner_stays(
    book: StaffBook, client: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(client)
    with pytest.raises(Conflict, match="last owner"):
        await book.remove("maria@shop.example")
    assert (await book.remove("EWA@shop.example")).name == "Ewa Nowak"
    assert (await client.get("/desk")).status_code == 401
    async with database.reading() as connection:
        assert (await connection.execute(select(staff_sessions))).all() == []
    with pytest.raises(NotFound):
        await book.remove("ewa@shop.example")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"email": "nikt"}, "no e-mail address"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "no e-mail address"),
        ({"password": "krotkie12"}, "at least 10 characters"),
        ({"password": "x" * 1001}, "1000 characters"),
        ({"name": "n" * 81}, "80 characters"),
    ],
)
async def test_what_an_account_needs(book: StaffBook, given: dict[str, Any], says: str) -> None:
    fields = {"email": "jan@shop.example", "role": Role.AGENT, "password": PASSWORD} | given
    with pytest.raises(InvalidInput, match=says):
        await book.add(**fields)
    assert len(await book.accounts()) == 2


async def test_an_e_mail_has_one_account_and_a_name_is_made_of_it(book: StaffBook) -> None:
    with pytest.raises(Conflict):
        await book.add("EWA@SHOP.example", Role.OWNER, PASSWORD)
    assert (await book.add("jan.kowal@shop.example", Role.AGENT, PASSWORD)).name == "Jan Kowal"


async def test_a_password_is_the_same_however_its_letters_are_composed(book: StaffBook) -> None:
    await book.add("zofia@shop.example", Role.AGENT, "zażółć gęślą")
    decomposed = "zaz\u0307o\u0301łc\u0301 ge\u0328s\u0301la\u0328"
    assert await book.sign_in("zofia@shop.example", decomposed, address="192.0.2.1")


async def test_pages_speak_the_readers_language_and_forbid_foreign_scripts(client: httpx.AsyncClient) -> None:
    english = await client.get("/login", headers={"Accept-Language": "de, en-GB;q=0.8"})
    assert '<html lang="en">' in english.text
    assert '<html lang="pl">' in (await client.get("/login", headers={"Accept-Language": "de"})).text
    await client.get("/language/pl", params={"next": "/login"})
    chosen = await client.get("/login", headers={"Accept-Language": "en"})
    assert '<html lang="pl">' in chosen.text
    policy = chosen.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert chosen.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", chosen.text)
    evil = await client.post("/login", data={"email": '"><script>alert(1)</script>', "password": "x"})
    assert "<script>alert" not in evil.text


async def test_static_files_are_kept_for_ever_under_their_contents_name(client: httpx.AsyncClient) -> None:
    page = (await client.get("/login")).text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        reply = await client.get(address)
        assert (reply.status_code, "immutable" in reply.headers["cache-control"]) == (200, True), address
    stale = await client.get("/static/okienko.css?v=0123456789abcdef")
    assert (stale.status_code, stale.headers["cache-control"]) == (200, "no-cache")
    for path in ("/static/..%2ftexts.py", "/static/nothing.css", "/static/..", "/static/texts.py"):
        assert (await client.get(path)).status_code == 404


async def test_a_form_that_is_none_is_refused(client: httpx.AsyncClient) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/login", content=b"a" * 200_000, headers=kind)).status_code == 413
    assert (await client.post("/login", content=b"&".join([b"a=1"] * 500), headers=kind)).status_code == 400
    assert (await client.post("/login", content=b"a=\xff", headers=kind)).status_code == 400
    assert (await client.post("/login", json={"email": "x"})).status_code == 400


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    added = command(
        data, "staff", "add", "ewa@shop.example", "--role", "agent", OKIENKO_STAFF_PASSWORD=PASSWORD
    )
    assert (added.returncode, "Ewa (ewa@shop.example)" in added.stdout) == (0, True), added.stderr
    short = command(
        data, "staff", "add", "a@shop.example", "--role", "owner", OKIENKO_STAFF_PASSWORD="krotkie"
    )
    assert (short.returncode, "at least 10" in short.stderr) == (2, True)
    nobody = command(data, "staff", "add", "a@shop.example", "--role", "owner")
    assert (nobody.returncode, "OKIENKO_STAFF_PASSWORD" in nobody.stderr) == (2, True)
    listed = command(data, "staff", "list")
    assert "ewa@shop.example" in listed.stdout
    removed = command(data, "staff", "remove", "ewa@shop.example")
    assert (removed.returncode, "no longer" in removed.stdout) == (0, True)
    assert "no staff accounts" in command(data, "staff", "list").stdout
