"""axe-core finds nothing to mend on any page, in any state: Polish by day, English by night on a phone.

Source: Web Content Accessibility Guidelines 2.2, levels A and AA, as far as a machine can check them, and
what axe-core calls best practice besides.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from conversation.events import Kind
from foundation.database import Database
from tests.feedback.history import Teller, write
from tests.lacking import lacking
from tests.server.conftest import ROOT, ServerProcess
from tests.server.inside import command
from tests.server.test_browser import DESKTOP, PHONE, Widget
from tests.server.test_browser import browser as browser

pytestmark = pytest.mark.browser

AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "a long enough password"
ALL_DAYS = "from=2026-07-01&to=2026-11-17"
LOOKS: dict[str, dict[str, Any]] = {
    "pl-desktop-light": {"locale": "pl-PL", "viewport": DESKTOP, "color_scheme": "light"},
    "en-phone-dark": {"locale": "en-GB", "viewport": PHONE, "color_scheme": "dark"},
}

Serve = Callable[[], ServerProcess]


def words(polish: str, english: str) -> re.Pattern[str]:
    """Return what finds a text on a page of either language."""
    return re.compile(f"{polish}|{english}", re.IGNORECASE)


@dataclass
class Auditor:
    """Looks at pages with axe-core, and remembers what is wrong with them."""

    browser: Browser
    look: dict[str, Any]
    script: str
    wrong: list[str] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)
    looked_at: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open a page in a browser of its own."""
        page = self.browser.new_context(**self.look, reduced_motion="reduce").new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    def check(self, page: Page, state: str) -> None:
        """Look at the page as it is now."""
        # What runs over the debugging protocol is not subject to the page's content policy.
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(self.script)
        options = {"runOnly": {"type": "tag", "values": LEVELS}}
        found = page.evaluate("(options) => axe.run(document, options)", options)
        self.looked_at.append(state)
        self.rules |= {rule["id"] for rule in found["passes"]}
        self.wrong += [
            f"{state}: {rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}\n"
            f"    {node['failureSummary']}\n    {node['html'][:200]}".replace("\n\n", "\n")
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        if folder := os.environ.get("SCREENSHOTS"):
            name = re.sub(r"\W+", "-", f"axe-{self.look['locale']}-{state}").lower()
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def sign_in(self, server: ServerProcess, name: str, role: str, path: str) -> Page:
        """Make an account and open a page with it."""
        email = f"{name.lower()}@shop.example"
        account = ("staff", "add", email, "--role", role, "--name", name)
        made = command(server.data_dir, *account, OKIENKO_STAFF_PASSWORD=PASSWORD)
        assert made.returncode == 0, made.stderr
        page = self.open(server.base + path)
        page.locator("#email").fill(email)
        page.locator("#password").fill(PASSWORD)
        page.locator("form .button-primary").click()
        expect(page.locator("header.bar")).to_be_visible()
        return page


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's source."""
    if not AXE.exists():
        lacking("browser", "widget/node_modules has no axe-core to check pages with: make widget")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(params=LOOKS)
def auditor(request: pytest.FixtureRequest, axe: str, browser: Browser) -> Iterator[Auditor]:
    made = Auditor(browser, LOOKS[request.param], axe)
    yield made
    for context in browser.contexts:
        context.close()
    assert made.looked_at
    assert {"color-contrast", "html-has-lang", "link-name"} & made.rules, "axe checked next to nothing"
    assert not made.wrong, f"{len(made.wrong)} violations:\n" + "\n".join(made.wrong)


def chat(auditor: Auditor, server: ServerProcess) -> Widget:
    """Open the demo shop's page."""
    language = "?lang=en" if auditor.look["locale"].startswith("en") else ""
    return Widget(auditor.open(f"{server.base}/{language}"))


def agent_takes(desk: Page) -> None:
    desk.locator("#list a.chat").first.click()
    desk.locator("[data-act=take]").click()
    expect(desk.locator(".case-head")).to_have_attribute("data-mine", "true")


def test_the_chat(auditor: Auditor, serve: Serve) -> None:
    server = serve()
    widget = chat(auditor, server)
    expect(widget.host.locator("[part~=launcher]")).to_be_visible()
    auditor.check(widget.page, "chat closed")
    widget.open()
    expect(widget.said_by("assistant").first).to_be_visible()
    auditor.check(widget.page, "chat open")
    widget.ask(
        "ile mam dni na zwrot butów?" if auditor.look["locale"] == "pl-PL" else "how do I return shoes?"
    )
    source = widget.said_by("assistant").last.get_by_role("button", name=words("Źródło", "Source")).first
    source.click()
    expect(source).to_have_attribute("aria-expanded", "true")
    auditor.check(widget.page, "answer with its source open")
    widget.host.get_by_role("button", name=words("Porozmawiaj z człow", "Talk to a person")).first.click()
    field_ = widget.host.get_by_role("textbox", name=words("Twój e-mail", "Your e-mail"))
    expect(field_).to_be_visible()
    auditor.check(widget.page, "waiting with the form")
    field_.fill("to nie adres")
    field_.press("Enter")
    expect(widget.host.get_by_role("alert").first).to_be_visible()
    auditor.check(widget.page, "a wrong address")

    desk = auditor.sign_in(server, "Ewa", "agent", "/desk")
    agent_takes(desk)
    desk.locator("#body").fill("Dzień dobry, już sprawdzam.")
    desk.locator("#composer .button-primary").click()
    expect(widget.said_by("agent").last).to_contain_text("sprawdzam")
    auditor.check(widget.page, "with a person")
    desk.locator("[data-act=resolve]").click()
    expect(widget.host.get_by_role("radiogroup")).to_be_visible()
    auditor.check(widget.page, "rating asked")
    widget.host.get_by_role("radio", name=re.compile("^5")).click()
    auditor.check(widget.page, "face chosen")
    widget.host.locator(".card .primary").click()
    expect(
        widget.host.get_by_text(words("Dziękujemy za ocenę", "Thank you for your rating")).first
    ).to_be_visible()
    auditor.check(widget.page, "rated")


def test_the_desk(auditor: Auditor, serve: Serve) -> None:
    server = serve()
    desk = auditor.sign_in(server, "Ewa", "agent", "/desk")
    auditor.check(desk, "desk empty")
    widget = chat(auditor, server)
    widget.page.get_by_role("combobox").select_option("c-1001")
    widget.open()
    widget.ask("gdzie jest moje zamówienie?")
    expect(widget.said_by("assistant").last).to_contain_text(re.compile(r"LS-\d{4}-\d+"))
    widget.ask("chcę rozmawiać z człowiekiem")
    desk.goto(server.base + "/desk?tab=waiting")
    expect(desk.locator("#list a.chat")).to_have_count(1)
    auditor.check(desk, "desk list")
    desk.locator("#list a.chat").click()
    expect(desk.locator("#case")).to_contain_text("chcę rozmawiać")
    auditor.check(desk, "conversation not taken")
    desk.locator("[data-act=take]").click()
    expect(desk.locator(".case-head")).to_have_attribute("data-mine", "true")
    auditor.check(desk, "conversation taken")
    desk.locator("button.mode[data-mode=note]").click()
    desk.locator("#body").fill("Sprawdzić w magazynie")
    auditor.check(desk, "writing a note")
    desk.locator("#composer .button-primary").click()
    expect(desk.locator("okienko-thread .note")).to_be_visible()
    auditor.check(desk, "with a note")
    desk.locator("details.hand-back summary").click()
    expect(desk.locator("#hand-back-note")).to_be_visible()
    auditor.check(desk, "hand-back menu")
    desk.keyboard.press("Escape")
    if desk.locator(".customer-toggle").is_visible():
        desk.locator(".customer-toggle").click()
    desk.locator("#customer details summary").first.click()
    auditor.check(desk, "customer with an order")
    desk.goto(server.base + "/desk?tab=mine")
    desk.locator("header.bar .menu summary").click()
    auditor.check(desk, "menu")
    refused = desk.goto(server.base + "/owner")
    assert refused is not None
    assert refused.status == 403
    auditor.check(desk, "403")


def test_the_owners_pages(auditor: Auditor, demo_data: Path, serve: Serve) -> None:
    stories = Teller(seed=7).stories(60)
    with ThreadPoolExecutor(1) as thread:
        # Playwright has an event loop in this thread already.
        thread.submit(asyncio.run, _keep(demo_data, stories)).result()
    server = serve()
    owner = auditor.sign_in(server, "Olga", "owner", "/owner")
    auditor.check(owner, "owner with no chats these days")
    handed = next(
        story
        for story in stories
        if story.questions and any(step.draft.kind is Kind.NOTE for step in story.steps)
    )
    text = quote(handed.questions[0][1])
    pages = {
        "overview": f"?{ALL_DAYS}",
        "conversations": f"/conversations?{ALL_DAYS}",
        "filtered": f"/conversations?{ALL_DAYS}&q={text}&outcome=handed_off&language={handed.language}",
        "none found": f"/conversations?{ALL_DAYS}&q=zzzzzz",
        "nonsense": "/conversations?from=x",
        "transcript": f"/conversations/{handed.id}",
        "gaps": f"/gaps?{ALL_DAYS}",
        "pilot": "/pilot",
        "pilot saved": "/pilot?done=1",
        "staff": "/staff",
        "privacy": "/privacy",
    }
    for state, path in pages.items():
        owner.goto(f"{server.base}/owner{path}")
        expect(owner.locator("h1")).to_be_visible()
        if state == "filtered":
            assert owner.locator("tbody tr").count() > 0
        for details in owner.locator("main details").all():
            details.evaluate("(each) => { each.open = true; }")
        auditor.check(owner, f"owner {state}")


def test_the_owners_articles(auditor: Auditor, demo_data: Path, serve: Serve, tmp_path: Path) -> None:
    stories = Teller(seed=7).stories(60)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _keep(demo_data, stories)).result()
    server = serve()
    home = f"{server.base}/owner/knowledge"
    owner = auditor.sign_in(server, "Olga", "owner", "/owner/knowledge")
    pages = {
        "list": "",
        "filtered": "?q=zwrot&language=pl&sort=-cited",
        "none found": "?q=zzzzzz",
        "nonsense": "?only=x",
        "article": "/article?id=pl/paczkomat",
        "new": "/edit?question=raty",
        "edit": "/edit?id=pl/paczkomat",
        "upload": "/upload",
        "sources": "/sources",
        "try": "/try",
        "tried": "/try?q=ile+mam+dni+na+zwrot",
        "tried in vain": "/try?q=kto+wygra+mundial",
    }
    for state, path in pages.items():
        owner.goto(home + path)
        expect(owner.locator("h1")).to_be_visible()
        for details in owner.locator("main details").all():
            details.evaluate("(each) => { each.open = true; }")
        auditor.check(owner, f"articles {state}")
    owner.goto(f"{home}/edit?id=pl/paczkomat")
    owner.locator("#body").fill(
        owner.locator("#body").input_value().replace("48", "96") + "\n\n## Nowe\n\n1. raz"
    )
    owner.locator("#tags").fill("inne")
    owner.locator("#edit button[value=preview]").click()
    expect(owner.locator("#preview")).to_be_visible()
    auditor.check(owner, "articles preview")
    owner.locator("#title").fill("")
    owner.locator("#edit button[value=preview]").click()
    expect(owner.get_by_role("alert").first).to_be_visible()
    auditor.check(owner, "articles refused")
    owner.goto(f"{home}/edit?id=pl/paczkomat")
    owner.locator("#tags").fill("inne")
    owner.locator("#edit button[value=publish]").click()
    expect(owner.locator(".notice-good")).to_be_visible()
    auditor.check(owner, "articles published")
    owner.goto(f"{home}/article?id=pl/paczkomat&version=1")
    expect(owner.locator(".diff-fields")).to_be_visible()
    auditor.check(owner, "articles old version")
    good, bad = tmp_path / "grawer.md", tmp_path / "zly.pdf"
    good.write_text("# Ile kosztuje grawer?\n\nGrawer kosztuje 37 zł.", encoding="utf-8")
    bad.write_bytes(b"nothing of a PDF")
    owner.goto(f"{home}/upload")
    owner.locator("#files").set_input_files([good, bad])
    owner.locator("form .button-primary").click()
    expect(owner.locator(".take")).to_be_visible()
    auditor.check(owner, "articles draft")
    owner.locator("form .button-primary").click()
    expect(owner.locator(".notice-good")).to_be_visible()
    auditor.check(owner, "articles draft published")
    owner.goto(f"{home}/sources")
    owner.locator("#url").fill("http://127.0.0.1:9/tajne")
    owner.locator("form.card button").click()
    expect(owner.locator("h1")).to_be_visible()
    auditor.check(owner, "articles source refused")


async def _keep(folder: Path, stories: list[Any]) -> None:
    database = Database.in_folder(folder)
    await write(database, stories)
    await database.close()


def test_signing_in_and_errors(auditor: Auditor, serve: Serve) -> None:
    server = serve()
    page = auditor.open(server.base + "/login")
    auditor.check(page, "login")
    page.locator("#email").fill("ewa@shop.example")
    page.locator("#password").fill("to nie to hasło")
    page.locator("form .button-primary").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    auditor.check(page, "login refused")
    for _ in range(5):
        page.locator("#password").fill("to nie to hasło")
        page.locator("form .button-primary").click()
    expect(page.get_by_role("alert").first).to_contain_text(words("sekund", "second"))
    auditor.check(page, "login slowed")
    page.goto(server.base + "/nothing-here")
    expect(page.locator("h1")).to_be_visible()
    auditor.check(page, "404")


def test_what_is_wrong_would_be_found(axe: str, browser: Browser, serve: Serve) -> None:
    """Also inside the chat, behind its shadow root."""
    auditor = Auditor(browser, LOOKS["pl-desktop-light"], axe)
    widget = chat(auditor, serve())
    expect(widget.host.locator("[part~=launcher]")).to_be_visible()
    pale = "position: fixed; top: 0; left: 0; color: #aaa; background: #fff"
    planted = f"<p style='{pale}'>słowa</p><button></button>"
    widget.host.evaluate(
        "(host, html) => host.shadowRoot.lastElementChild.insertAdjacentHTML('afterend', html)", planted
    )
    auditor.check(widget.page, "planted")
    widget.page.context.close()
    found = {line.split(": ")[1].split(" ")[0] for line in auditor.wrong if "okienko-chat" in line}
    assert found >= {"color-contrast", "button-name"}


def test_a_shop_without_the_demo(auditor: Auditor, tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "empty")
    server.start()
    try:
        page = auditor.open(server.base + "/")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("okienko-chat").locator("[part~=launcher]")).to_be_visible()
        auditor.check(page, "home")
    finally:
        server.stop()
