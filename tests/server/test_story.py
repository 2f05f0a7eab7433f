"""The whole story in a browser: a shopper, an agent and an owner at once, on a real server."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.server.conftest import ServerProcess
from tests.server.inside import command
from tests.server.test_browser import DESKTOP, PHONE, Widget
from tests.server.test_browser import browser as browser

pytestmark = pytest.mark.browser

Serve = Callable[[], ServerProcess]
PASSWORD = "a long enough password"


@pytest.fixture
def sign_in(browser: Browser, demo_data: Path) -> Iterator[Callable[..., Page]]:
    """Make staff accounts and sign their people in, each in a browser of their own."""
    pages: list[tuple[Page, list[str]]] = []

    def enter(server: ServerProcess, name: str, role: str, path: str, **context: object) -> Page:
        email = f"{name.lower()}@shop.example"
        made = command(
            demo_data,
            *("staff", "add", email, "--role", role, "--name", name),
            OKIENKO_STAFF_PASSWORD=PASSWORD,
        )
        assert made.returncode == 0, made.stderr
        settings = {"viewport": DESKTOP, "locale": "pl-PL", **context}
        page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        pages.append((page, problems))
        page.goto(server.base + path)
        page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
        page.get_by_label(re.compile("hasło", re.IGNORECASE)).fill(PASSWORD)
        page.get_by_role("button", name=re.compile("zaloguj", re.IGNORECASE)).click()
        expect(page).to_have_url(re.compile(re.escape(path)))
        return page

    yield enter
    for page, problems in pages:
        page.context.close()
        assert problems == []


def picture(page: Page, name: str) -> None:
    """Leave a picture in the folder SCREENSHOTS, if that is set."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def shopper(browser: Browser, server: ServerProcess, **context: object) -> Widget:
    settings = {"viewport": DESKTOP, "locale": "pl-PL", **context}
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(20_000)
    page.goto(server.base + "/")
    widget = Widget(page)
    widget.open()
    return widget


def test_a_shopper_an_agent_and_an_owner(
    serve: Serve, browser: Browser, sign_in: Callable[..., Page]
) -> None:
    server = serve()
    widget = shopper(browser, server)
    desk = sign_in(server, "Ewa", "agent", "/desk")

    # The assistant answers with its source.
    widget.ask("ile mam dni na zwrot butów?")
    expect(widget.said_by("assistant").last).to_contain_text("14 dni")
    expect(widget.said_by("assistant").last.get_by_role("button", name=re.compile("Źródło"))).to_be_visible()

    # A person is asked for: what happens is said, with the place in the queue.
    widget.host.get_by_role("button", name="Porozmawiaj z człowiekiem").first.click()
    expect(widget.said_by("system").last).to_contain_text("Twoje miejsce w kolejce: 1")
    picture(widget.page, "widget-waiting")

    # The agent sees it without reloading, takes it and replies.
    desk.locator("#list a.chat").first.click()
    expect(desk.locator("#case")).to_contain_text("ile mam dni na zwrot butów?")
    desk.locator("[data-act=take]").click()
    expect(desk.locator(".case-head")).to_have_attribute("data-mine", "true")
    expect(
        widget.host.get_by_text("Teraz pisze do Ciebie człowiek: Ewa z obsługi sklepu.").first
    ).to_be_visible()
    desk.locator("#body").fill("Dzień dobry, już sprawdzam Twoje zamówienie.")
    desk.locator("#body").press("Control+Enter")
    if widget.said_by("agent").count() == 0:
        desk.locator("#composer .button-primary").click()
    expect(widget.said_by("agent").last).to_contain_text("już sprawdzam")
    expect(widget.said_by("agent").last).to_contain_text("Ewa")
    picture(desk, "desk")

    # The shopper writes: the agent reads it, the assistant stays silent.
    spoken = widget.said_by("assistant").count()
    widget.ask("ile kosztuje dostawa?")
    expect(desk.locator("#case")).to_contain_text("ile kosztuje dostawa?")
    desk.locator("#body").fill("Dostawa do Paczkomatu kosztuje 12,99 zł.")
    desk.locator("#composer .button-primary").click()
    expect(widget.said_by("agent").last).to_contain_text("12,99 zł")
    assert widget.said_by("assistant").count() == spoken

    # Resolved: the shopper is asked, and answers with five and a comment.
    desk.locator("[data-act=resolve]").click()
    expect(widget.host.get_by_text(re.compile("Jak oceniasz")).first).to_be_visible()
    picture(widget.page, "widget-rating")
    widget.host.get_by_role("radio", name=re.compile("^5")).click()
    widget.host.get_by_role("textbox", name=re.compile("komentarz", re.IGNORECASE)).fill("Szybko i miło")
    widget.host.get_by_role("button", name=re.compile("^Wyślij")).first.click()
    expect(widget.host.get_by_text(re.compile("Dziękujemy za ocenę")).first).to_be_visible()

    # The owner sees the transcript, the score and who served.
    owner = sign_in(server, "Olga", "owner", "/owner")
    expect(owner.locator("main")).to_contain_text("100")
    picture(owner, "owner")
    owner.goto(server.base + "/owner/conversations")
    owner.locator("main table a").first.click()
    transcript = owner.locator("main")
    for text in ("ile mam dni na zwrot butów?", "Szybko i miło", "Ewa", "odstapienie-od-umowy"):
        expect(transcript).to_contain_text(text)
    picture(owner, "transcript")
    widget.page.context.close()


def test_two_agents_cannot_take_the_same(
    serve: Serve, browser: Browser, sign_in: Callable[..., Page]
) -> None:
    server = serve()
    widget = shopper(browser, server)
    widget.host.get_by_role("button", name="Porozmawiaj z człowiekiem").first.click()
    expect(widget.said_by("system").last).to_contain_text("kolejce")
    desks = [sign_in(server, name, "agent", "/desk") for name in ("Ewa", "Jan")]
    for desk in desks:
        desk.locator("#list a.chat").first.click()
        expect(desk.locator("[data-act=take]")).to_be_visible()
    desks[0].locator("[data-act=take]").click()
    expect(desks[0].locator(".case-head")).to_have_attribute("data-mine", "true")
    with suppress(PlaywrightError):
        # Too late if the button is still there; the desk may have taken it away already.
        desks[1].locator("[data-act=take]").click(timeout=1_000)
    expect(desks[1].locator("body")).to_contain_text("Ewa")
    expect(desks[1].locator(".case-head")).to_have_attribute("data-mine", "false")
    widget.page.context.close()


def test_the_kill_switch_works_within_a_second_or_so(
    serve: Serve, browser: Browser, sign_in: Callable[..., Page]
) -> None:
    server = serve()
    owner = sign_in(server, "Olga", "owner", "/owner/pilot")
    widget = shopper(browser, server)
    widget.ask("ile kosztuje dostawa?")
    expect(widget.said_by("assistant").last).to_contain_text("zł")
    spoken = widget.said_by("assistant").count()
    owner.get_by_role("button", name=re.compile("wyłącz", re.IGNORECASE)).first.click()
    expect(owner.locator("main")).to_contain_text(re.compile("wyłączon", re.IGNORECASE))
    widget.ask("a kiedy jest darmowa?")
    expect(widget.said_by("system").last).to_contain_text("kolejce")
    assert widget.said_by("assistant").count() == spoken
    widget.page.context.close()


def test_an_agent_may_not_see_the_owners_pages(serve: Serve, sign_in: Callable[..., Page]) -> None:
    server = serve()
    desk = sign_in(server, "Ewa", "agent", "/desk")
    for path in ("/owner", "/owner/conversations", "/owner/pilot"):
        reply = desk.goto(server.base + path)
        assert reply is not None
        assert reply.status == 403


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_pages_fit_their_screen(
    serve: Serve, browser: Browser, sign_in: Callable[..., Page], viewport: dict[str, int], scheme: str
) -> None:
    server = serve()
    widget = shopper(browser, server, viewport=viewport, color_scheme=scheme)
    widget.ask("chcę rozmawiać z człowiekiem")
    expect(widget.said_by("system").last).to_contain_text("kolejce")
    look = {"viewport": viewport, "color_scheme": scheme}
    desk = sign_in(server, "Ewa", "agent", "/desk", **look)
    owner = sign_in(server, "Olga", "owner", "/owner", **look)
    name = f"{viewport['width']}-{scheme}"
    picture(widget.page, f"widget-{name}")
    for page, title in ((desk, "desk"), (owner, "owner")):
        picture(page, f"{title}-{name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{title} scrolls sideways"
    desk.locator("#list a.chat").first.click()
    expect(desk.locator("#case")).to_contain_text("chcę rozmawiać z człowiekiem")
    picture(desk, f"desk-case-{name}")
    widget.page.context.close()
