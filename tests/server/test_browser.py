"""The main story in a real browser: a question, a signed-in customer, a server killed in mid-conversation."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.lacking import lacking
from tests.server.conftest import ServerProcess

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

pytestmark = pytest.mark.browser

Serve = Callable[[], ServerProcess]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        lacking("browser", "there is no chromium on this machine: apt-get install chromium")
    # Five seconds, the default, are little on a machine that runs other tests besides.
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Widget:
    """The chat on a page, as a shopper uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.host = page.locator("okienko-chat")
        self.composer = self.host.locator("textarea[part~=input]")
        self.messages = self.host.locator("[data-seq][data-author]")

    def open(self) -> None:
        self.host.locator("[part~=launcher]").click()
        expect(self.composer).to_be_visible()

    def ask(self, question: str) -> None:
        self.composer.fill(question)
        self.composer.press("Enter")

    def said_by(self, author: str) -> Locator:
        return self.host.locator(f"[data-seq][data-author={author}]")

    def bodies(self, author: str) -> list[str]:
        return [text.strip() for text in self.said_by(author).all_inner_texts()]

    def seqs(self) -> list[int]:
        return [int(item.get_attribute("data-seq") or 0) for item in self.messages.all()]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Widget]]:
    """Open a page and its chat, and make sure that nothing on it breaks."""
    pages: list[tuple[Page, list[str]]] = []

    def go(server: ServerProcess, viewport: dict[str, int] = DESKTOP, **context: object) -> Widget:
        page = browser.new_context(viewport=viewport, locale="pl-PL", **context).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        pages.append((page, problems))
        page.goto(server.base + "/")
        return Widget(page)

    yield go
    for page, problems in pages:
        page.context.close()
        assert problems == []


def test_a_guest_asks_in_polish_and_gets_a_cited_answer(serve: Serve, visit: Callable[..., Widget]) -> None:
    widget = visit(serve())
    widget.open()
    expect(widget.host.get_by_text(re.compile("asystentem AI")).first).to_be_visible()
    widget.ask("ile mam dni na zwrot butow?")
    answer = widget.said_by("assistant").last
    expect(answer).to_contain_text("14 dni")
    expect(answer).to_have_attribute("data-generated", "true")
    source = answer.get_by_role("button", name=re.compile("Ile mam czasu na zwrot"))
    source.first.click()
    expect(answer).to_contain_text("od odebrania paczki")
    assert widget.seqs() == sorted(set(widget.seqs()))


def test_a_signed_in_customer_hears_about_their_own_order(serve: Serve, visit: Callable[..., Widget]) -> None:
    server = serve()
    widget = visit(server)
    widget.page.get_by_role("combobox").select_option("c-1001")
    widget.open()
    expect(widget.said_by("assistant").first).to_contain_text("Anno")
    widget.ask("gdzie jest moje zamówienie?")
    answer = widget.said_by("assistant").last
    expect(answer).to_contain_text(re.compile(r"LS-\d{4}-\d+"))
    expect(answer).to_contain_text("czeka na odbiór")


def test_a_person_is_one_tap_away_and_the_address_is_taken(
    serve: Serve, visit: Callable[..., Widget]
) -> None:
    server = serve()
    widget = visit(server, PHONE)
    widget.open()
    widget.host.get_by_role("button", name=re.compile("człowiekiem")).first.click()
    field = widget.host.get_by_role("textbox", name=re.compile("e-mail", re.IGNORECASE))
    field.fill("to nie adres")
    field.press("Enter")
    expect(widget.host.get_by_role("alert")).to_contain_text("adres")
    field.fill("anna@example.com")
    field.press("Enter")
    expect(widget.said_by("system").last).to_contain_text("anna@example.com")
    expect(field).to_be_hidden()


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(
    serve: Serve, visit: Callable[..., Widget]
) -> None:
    server = serve()
    widget = visit(server)
    widget.open()
    widget.ask("Jak zwrócić towar?")
    expect(widget.said_by("assistant")).to_have_count(2)
    before = widget.bodies("assistant")

    server.kill()
    widget.ask("Ile kosztuje dostawa?")
    widget.ask("a kiedy jest darmowa")
    expect(widget.host.locator("[data-author=shopper]")).to_have_count(3)
    server.start()

    expect(widget.said_by("shopper")).to_have_count(3, timeout=40_000)
    expect(widget.said_by("assistant").last).to_contain_text("249 zł", timeout=40_000)
    assert widget.bodies("assistant")[: len(before)] == before
    seqs = widget.seqs()
    assert seqs == sorted(set(seqs))

    shown = widget.messages.all_inner_texts()
    widget.page.reload()
    reopened = Widget(widget.page)
    if not reopened.composer.is_visible():
        reopened.open()
    expect(reopened.messages).to_have_count(len(shown))


def test_killed_in_the_middle_of_many_messages(serve: Serve, visit: Callable[..., Widget]) -> None:
    server = serve()
    widget = visit(server)
    widget.open()
    questions = [f"Ile kosztuje dostawa? ({number})" for number in range(6)]
    for number, question in enumerate(questions):
        widget.ask(question)
        if number == 2:
            server.kill()
        if number == 4:
            server.start()
    expect(widget.said_by("shopper")).to_have_count(len(questions), timeout=40_000)
    bodies = [re.search(r"\(\d\)", body) for body in widget.bodies("shopper")]
    assert [found.group() for found in bodies if found] == [f"({number})" for number in range(6)]
    expect(widget.said_by("assistant").last).to_contain_text("zł", timeout=40_000)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_screenshots(
    serve: Serve, visit: Callable[..., Widget], viewport: dict[str, int], tmp_path: Path
) -> None:
    """Leave pictures in the folder SCREENSHOTS, if set; the chat fits the screen in any case."""
    widget = visit(serve(), viewport, color_scheme="light", device_scale_factor=2)
    widget.open()
    widget.ask("ile mam dni na zwrot butow?")
    expect(widget.said_by("assistant").last).to_contain_text("14 dni")
    widget.page.screenshot(path=Path(os.environ.get("SCREENSHOTS", tmp_path)) / f"{viewport['width']}.png")
    box = widget.composer.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["y"] + box["height"] <= viewport["height"]
