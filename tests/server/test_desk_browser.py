"""The desk in a real browser: by keyboard, live, on a phone, and of two agents only one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.conftest import ServerProcess
from tests.server.inside import command
from tests.server.test_browser import DESKTOP, PHONE, browser

__all__ = ["browser"]  # the fixture

pytestmark = pytest.mark.browser

PASSWORD = "zielone-okienko"
Serve = Callable[[], ServerProcess]


class Shopper:
    """Somebody in the chat, by the protocol's HTTP side."""

    def __init__(self, server: ServerProcess) -> None:
        self.base = server.base
        body = {"site_key": "demo", "locale": "pl"}
        session = httpx.post(self.base + "/v1/session", json=body).json()
        self.id, self.headers = session["conversation_id"], {"Authorization": f"Bearer {session['token']}"}

    def send(self, **frame: Any) -> None:
        post = {"conversation_id": self.id, "frame": {"cid": str(uuid4()), **frame}}
        reply = httpx.post(self.base + "/v1/messages", json=post, headers=self.headers)
        assert reply.json()["frames"][0]["type"] == "ack"

    def say(self, body: str) -> None:
        self.send(type="send", body=body)

    def told_by(self, name: str) -> list[str]:
        params = {"conversation_id": self.id}
        frames = httpx.get(self.base + "/v1/events", params=params, headers=self.headers).json()["frames"]
        return [f["body"] for f in frames if f["type"] == "msg" and f["author"]["name"] == name]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Sign agents in and open their desks; nothing on them may break."""
    pages: list[tuple[Page, list[str]]] = []

    def go(server: ServerProcess, name: str, viewport: dict[str, int] = DESKTOP) -> Page:
        email = f"{name.lower()}@shop.example"
        add = ("staff", "add", email, "--role", "agent", "--name", name)
        assert command(server.data_dir, *add, OKIENKO_STAFF_PASSWORD=PASSWORD).returncode == 0
        page = browser.new_context(viewport=viewport, locale="pl-PL").new_page()  # type: ignore[arg-type]
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda said: problems.append(said.text) if "Content Security" in said.text else None
        )
        pages.append((page, problems))
        page.goto(server.base + "/desk?tab=waiting")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Hasło").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("navigation", name="Które rozmowy")).to_be_visible()
        return page

    yield go
    for page, problems in pages:
        page.context.close()
        assert problems == []


def test_a_conversation_by_keyboard_and_live(serve: Serve, desk: Callable[..., Page]) -> None:
    server = serve()
    page = desk(server, "Ewa")
    expect(page.get_by_text("Nikt nie czeka.")).to_be_visible()
    shopper = Shopper(server)
    shopper.say("Przyszły dwa lewe buty")
    shopper.send(type="ask_human")

    row = page.locator(".chat")
    expect(row).to_have_count(1)
    expect(row.locator("time")).to_have_text(re.compile(r"^\d+:\d\d$"))
    before = row.locator("time").inner_text()
    expect(row.locator("time")).not_to_have_text(before)
    row.focus()
    page.keyboard.press("Enter")
    thread = page.locator("okienko-thread")
    expect(thread).to_contain_text("Przyszły dwa lewe buty")
    expect(page.locator("#body")).to_be_disabled()
    take = page.get_by_role("button", name="Przejmij")
    expect(take).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.type("Już wysyłamy prawy but.")
    page.keyboard.press("Enter")
    mine = thread.locator("[data-author=agent]")
    expect(mine).to_contain_text("Już wysyłamy prawy but.")
    assert shopper.told_by("Ewa") == ["Już wysyłamy prawy but."]

    page.keyboard.type("niedokończone zd")
    shopper.say("dziękuję!")
    expect(thread.locator("[data-author=shopper]").last).to_contain_text("dziękuję!")
    expect(page.locator("#body")).to_have_value("niedokończone zd")
    page.locator("#body").fill("")
    page.get_by_role("button", name="Notatka").click()
    page.keyboard.type("Magazyn się pomylił")
    page.keyboard.press("Enter")
    expect(thread.locator("[data-author=note]")).to_contain_text("Magazyn się pomylił")
    assert shopper.told_by("Ewa") == ["Już wysyłamy prawy but."]

    page.get_by_role("button", name="Zakończ").click()
    expect(page.locator(".case-who")).to_contain_text("Zakończona")
    expect(page.locator("#body")).to_be_enabled()  # a note may still be written
    page.reload()
    expect(thread.locator("[data-author=note]")).to_contain_text("Magazyn się pomylił")


def test_the_second_agent_is_told_who_was_first(serve: Serve, desk: Callable[..., Page]) -> None:
    server = serve()
    shopper = Shopper(server)
    shopper.send(type="ask_human")
    ewa, jan = desk(server, "Ewa"), desk(server, "Jan")
    for page in (ewa, jan):
        page.locator(".chat").click()
        expect(page.get_by_role("button", name="Przejmij")).to_be_visible()
    # Jan's page does not hear of it in time.
    jan.route(re.compile(r"/events\?|/head$|/list\?"), lambda route: route.abort())
    ewa.get_by_role("button", name="Przejmij").click()
    expect(ewa.locator("#body")).to_be_enabled()
    jan.get_by_role("button", name="Przejmij").click()
    expect(jan.get_by_role("alert")).to_have_text("Tę rozmowę prowadzi już Ewa.")


def test_on_a_phone_one_view_after_the_other(serve: Serve, desk: Callable[..., Page]) -> None:
    server = serve()
    shopper = Shopper(server)
    shopper.say("Gdzie jest paczka?")
    shopper.send(type="ask_human")
    page = desk(server, "Ewa", PHONE)
    row, thread, customer = page.locator(".chat"), page.locator("okienko-thread"), page.locator("#customer")
    row.click()
    expect(thread).to_be_visible()
    expect(row).to_be_hidden()
    expect(customer).to_be_hidden()
    page.get_by_role("button", name="Klient").click()
    expect(customer).to_contain_text("Gdzie jest paczka?")
    expect(thread).to_be_hidden()
    page.get_by_role("button", name="Rozmowa").click()
    expect(thread).to_be_visible()
    page.get_by_role("link", name="Wróć do listy").click()
    expect(row).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
