"""The owner's pages as a browser gets them: real sign-in, real templates, the history of thousands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI

from conversation.events import ASSISTANT, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from feedback.owner import owner_router
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import OkienkoError
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.staff import Role
from handoff.pilot import Mode, Pilot
from server.app import _said
from server.auth import Auth
from server.pages.rendering import Pages
from server.staff import StaffBook
from tests.feedback.history import Story, Teller, write

PASSWORD = "zielone-okienko"
ALL_DAYS = "from=2026-07-01&to=2026-11-17"
PAGES = ("", "/conversations", "/gaps", "/pilot", "/staff")
SHEETS = (
    "/conversations.csv",
    "/gaps.csv",
    "/staff.csv",
    "/figures/figures.csv",
    "/figures/servers.csv",
    "/figures/reasons.csv",
    "/figures/days.csv",
)


@pytest.fixture(scope="module")
def few() -> list[Story]:
    return Teller(seed=7).stories(120)


@pytest.fixture
def pilot(database: Database, clock: SettableClock) -> Pilot:
    return Pilot(database, clock)


@pytest.fixture
async def app(database: Database, clock: SettableClock, few: list[Story], pilot: Pilot) -> FastAPI:
    await write(database, few)
    book = StaffBook(database, clock, hashing_kib=64)
    await book.add("maria@shop.example", Role.OWNER, PASSWORD, "Maria")
    await book.add("ewa@shop.example", Role.AGENT, PASSWORD, "=Ewa")
    pages = Pages(Letterhead("Sklep"), Language.PL)
    auth = Auth(book, pages, wake=lambda: None)
    app = FastAPI()
    app.state.pages = pages
    app.add_exception_handler(OkienkoError, _said)
    app.include_router(auth.router())
    app.include_router(pages.router())
    app.include_router(
        owner_router(
            require=auth.require,
            render=pages,
            database=database,
            clock=clock,
            pilot=pilot,
            modes=tuple(Mode),
            accounts=auth,
        )
    )
    return app


@asynccontextmanager
async def visitor(app: FastAPI, email: str = "") -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://shop") as client:
        if email:
            reply = await client.post("/login", data={"email": email, "password": PASSWORD})
            assert reply.status_code == 303
        yield client


@pytest.fixture
async def owner(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(app, "maria@shop.example") as client:
        yield client


async def csrf(client: httpx.AsyncClient) -> str:
    found = re.search(r'name="csrf" content="(\w+)"', (await client.get("/owner/pilot")).text)
    assert found
    return found.group(1)


def rows(reply: httpx.Response) -> list[list[str]]:
    assert reply.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


class Words(HTMLParser):
    """What a page says, without its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("path", [*PAGES, *SHEETS])
async def test_owners_only(app: FastAPI, path: str) -> None:
    async with visitor(app) as stranger:
        assert (await stranger.get(f"/owner{path}")).status_code == 401
        page = await stranger.get(f"/owner{path}", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/login")
    async with visitor(app, "ewa@shop.example") as agent:
        assert (await agent.get(f"/owner{path}")).status_code == 403
    async with visitor(app, "maria@shop.example") as owner:
        assert (await owner.get(f"/owner{path}")).status_code == 200


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_pages_speak_both_languages(owner: httpx.AsyncClient, path: str, language: str) -> None:
    reply = await owner.get(f"/owner{path}?{ALL_DAYS}", headers={"Accept-Language": language})
    assert reply.status_code == 200
    assert f'<html lang="{language}">' in reply.text
    assert "style=" not in reply.text
    assert "<script>" not in reply.text


async def test_an_empty_shop_has_pages_too(app: FastAPI, owner: httpx.AsyncClient) -> None:
    nothing = "from=2020-01-01&to=2020-01-31"
    for path in ("", "/conversations", "/gaps", *SHEETS):
        assert (await owner.get(f"/owner{path}?{nothing}")).status_code == 200


async def test_numbers_on_a_page_lead_to_as_many_rows(owner: httpx.AsyncClient, few: list[Story]) -> None:
    figures = dict(rows(await owner.get(f"/owner/figures/figures.csv?{ALL_DAYS}")))
    assert figures["conversations"] == str(sum(story.alive for story in few))
    for figure, outcome in {
        "handed_off": "handed_off",
        "resolved_without_person": "contained",
        "unanswered": "unanswered",
        "conversations": "",
    }.items():
        listed = rows(await owner.get(f"/owner/conversations.csv?{ALL_DAYS}&outcome={outcome}"))
        assert figures[figure] == str(len(listed) - 1)


async def test_the_chart_has_a_name_a_description_and_a_table(owner: httpx.AsyncClient) -> None:
    page = (await owner.get(f"/owner?{ALL_DAYS}")).text
    assert page.count('<svg class="chart-') == 2
    assert '<title id="chart-title-1">' in page
    assert '<desc id="chart-desc-1">' in page
    days = rows(await owner.get(f"/owner/figures/days.csv?{ALL_DAYS}"))
    assert page.count('<tr><th scope="row">') >= len(days) - 1 == 140


@pytest.mark.parametrize(
    "query",
    ["from=x", "to=2026-02-30", "from=2026-11-02&to=2026-11-01", "outcome=lost", "rating=9", "page=x"],
)
async def test_nonsense_is_said_to_be_and_does_no_harm(owner: httpx.AsyncClient, query: str) -> None:
    page = await owner.get(f"/owner/conversations?{query}")
    assert page.status_code == (200 if query == "page=x" else 400)
    assert ('role="alert">Tych dat' in page.text) is (query != "page=x")
    sheet = await owner.get(f"/owner/conversations.csv?{query}")
    assert sheet.status_code == (200 if query == "page=x" else 400)


async def test_an_unknown_table_or_conversation(owner: httpx.AsyncClient) -> None:
    assert (await owner.get("/owner/figures/passwords.csv")).status_code == 400
    for path in ("/owner/conversations/nobody", "/owner/conversations/nobody.csv"):
        assert (await owner.get(path)).status_code == 404


async def test_formulas_are_harmless_in_every_file(owner: httpx.AsyncClient, few: list[Story]) -> None:
    noted = next(s for s in few if any(step.draft.kind is Kind.NOTE for step in s.steps))
    sheets = [f"{path}?{ALL_DAYS}" for path in SHEETS] + [f"/conversations/{noted.id}.csv"]
    cells = [cell for sheet in sheets for row in rows(await owner.get(f"/owner{sheet}")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert "'=1+1 klient stały" in cells
    assert "'=Ewa" in cells


async def test_strangers_words_are_words(
    owner: httpx.AsyncClient, database: Database, clock: SettableClock
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} </textarea>\u202e"
    log = Log(database, clock)
    conversation = await log.open(visitor_id="v", language=Language.PL, opening=[])
    shopper = Author(AuthorKind.SHOPPER, "v", evil)
    await log.append(
        conversation.id,
        [
            Draft(Kind.MESSAGE, shopper, {"body": evil}, cid="a"),
            Draft(Kind.MESSAGE, ASSISTANT, {"body": "Nie wiem.", "outcome": "abstained"}, cid="r:a"),
            Draft(Kind.RATING, shopper, {"request_seq": 99, "score": 1, "comment": evil}),
            Draft(Kind.HANDOFF_REQUESTED, shopper, {"reason": evil, "email": evil}),
        ],
    )
    for path in ("/conversations", "/gaps", f"/conversations/{conversation.id}", ""):
        page = Words((await owner.get(f"/owner{path}?q=alert")).text)
        assert "img" not in page.tags
        assert page.tags.count("script") == 2
        assert any("alert(1)" in said for said in page.said) or path == ""
    searched = (await owner.get("/owner/conversations", params={"q": '"><script>x</script>'})).text
    assert "<script>x" not in searched


async def test_a_transcript_shows_notes_and_how_answers_came_about(
    owner: httpx.AsyncClient, few: list[Story]
) -> None:
    story = next(s for s in few if any(r.outcome == "abstained" for r in s.replies))
    page = (await owner.get(f"/owner/conversations/{story.id}")).text
    assert page.count('<li class="event ') == len(story.steps)
    assert page.count('<details class="trace') == len(story.replies)
    assert "Dostawa jest zawsze za darmo." in page
    assert "17 ms" in page
    noted = next(s for s in few if any(step.draft.kind is Kind.NOTE for step in s.steps))
    assert "Tylko dla obsługi" in (await owner.get(f"/owner/conversations/{noted.id}")).text


async def test_the_switches_are_set_and_say_by_whom(owner: httpx.AsyncClient, pilot: Pilot) -> None:
    token = await csrf(owner)
    form = {"mode": "share", "share_percent": "20", "csrf": token}
    assert (await owner.post("/owner/pilot", data=form)).status_code == 303
    state = await pilot.state()
    assert (state.mode, state.share_percent, state.changed_by) == (Mode.SHARE, 20, "Maria")
    page = (await owner.get("/owner/pilot?done=1")).text
    assert "Maria, 17.11.2026 12:00" in page
    assert "20%" in page
    assert (await owner.post("/owner/pilot/stop", data={"csrf": token})).status_code == 303
    state = await pilot.state()
    assert (state.mode, state.share_percent) == (Mode.OFF, 20)
    assert "Wyłącz asystenta natychmiast" not in (await owner.get("/owner/pilot")).text


@pytest.mark.parametrize(
    "form",
    [
        {"mode": "sometimes"},
        {},
        {"mode": "share", "share_percent": "101"},
        {"mode": "share", "share_percent": "-1"},
        {"mode": "share", "share_percent": "²"},
        {"mode": "share", "share_percent": "9" * 5000},
    ],
)
async def test_switches_that_make_no_sense_change_nothing(
    owner: httpx.AsyncClient, pilot: Pilot, form: dict[str, str]
) -> None:
    reply = await owner.post("/owner/pilot", data={**form, "csrf": await csrf(owner)})
    assert reply.status_code == 400
    assert 'role="alert">Nie zapisano' in reply.text
    assert (await pilot.state()).changed_at is None


@pytest.mark.parametrize("path", ["/owner/pilot", "/owner/pilot/stop", "/owner/staff/x/end-sessions"])
async def test_nothing_is_changed_without_the_pages_token(
    owner: httpx.AsyncClient, pilot: Pilot, path: str
) -> None:
    for form in ({"mode": "off"}, {"mode": "off", "csrf": "0" * 64}):
        assert (await owner.post(path, data=form)).status_code == 403
    assert (await pilot.state()).changed_at is None


async def test_an_agents_sessions_end(app: FastAPI, owner: httpx.AsyncClient) -> None:
    async with visitor(app, "ewa@shop.example") as agent:
        assert (await agent.get("/owner")).status_code == 403
        page = (await owner.get("/owner/staff")).text
        form = re.search(r'action="(/owner/staff/[\w-]+/end-sessions)" data-confirm="[^"]*=Ewa', page)
        assert form
        reply = await owner.post(form.group(1), data={"csrf": await csrf(owner)})
        assert reply.headers["location"] == "/owner/staff?ended=1"
        assert (await agent.get("/owner")).status_code == 401
    assert "Zakończono 1 sesję." in (await owner.get("/owner/staff?ended=1")).text
    assert (await owner.get("/owner/staff?ended=x")).status_code == 200
