"""The owner's pages of articles in a real browser: what is published there is what shoppers are told."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.server.conftest import ServerProcess
from tests.server.inside import command
from tests.server.test_browser import DESKTOP, PHONE, Widget
from tests.server.test_browser import browser as browser

pytestmark = pytest.mark.browser

PASSWORD = "a long enough password"
HOME = "/owner/knowledge"
ARTICLE = f"{HOME}/article?id=pl/paczkomat"
LOOKS: dict[str, dict[str, Any]] = {
    "desktop-light": {"viewport": DESKTOP, "color_scheme": "light"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
    "no-script": {"viewport": DESKTOP, "java_script_enabled": False},
}

WIDE = """
[...document.querySelectorAll("main *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".table-wrap"))
  .map((e) => e.tagName + "." + e.className).join(" ")
"""
"""What reaches out of the window."""

Serve = Callable[[], ServerProcess]
SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """Open a page as the shop's owner, and make sure that nothing on it breaks."""
    opened: list[tuple[Page, list[str]]] = []

    def go(server: ServerProcess, path: str, **look: Any) -> Page:
        account = ("staff", "add", "olga@shop.example", "--role", "owner", "--name", "Olga")
        command(server.data_dir, *account, OKIENKO_STAFF_PASSWORD=PASSWORD)
        page = browser.new_context(locale="pl-PL", **(look or LOOKS["desktop-light"])).new_page()
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if broken(said) else None)
        opened.append((page, problems))
        page.goto(server.base + path)
        page.locator("#email").fill("olga@shop.example")
        page.locator("#password").fill(PASSWORD)
        page.locator("form .button-primary").click()
        expect(page.locator("header.bar")).to_be_visible()
        return page

    yield go
    for page, problems in opened:
        page.context.close()
        assert problems == []


def broken(said: ConsoleMessage) -> bool:
    """Tell whether a script or the content policy complains; a form that is refused is a 400, and meant."""
    return said.type == "error" and "400 (Bad Request)" not in said.text


def shot(page: Page, name: str) -> None:
    """Keep a picture, if a folder for them is named; nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, page.evaluate(WIDE))
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"knowledge-{name}.png", full_page=True)


def asked(server: ServerProcess, browser: Browser, question: str) -> str:
    """Ask in the window as a new shopper; return the answer."""
    context = browser.new_context(locale="pl-PL", viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(server.base + "/")
        widget = Widget(page)
        widget.open()
        expect(widget.said_by("assistant").first).to_be_visible()
        greeted = widget.said_by("assistant").count()
        widget.ask(question)
        expect(widget.said_by("assistant")).to_have_count(greeted + 1)
        return widget.said_by("assistant").last.inner_text()
    finally:
        context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_an_edit_is_previewed_published_told_to_shoppers_and_undone(
    serve: Serve, sign_in: SignIn, browser: Browser, look: str
) -> None:
    server = serve()
    owner = sign_in(server, ARTICLE, **LOOKS[look])
    owner.get_by_role("link", name="Edytuj").click()
    body = owner.get_by_label("Treść", exact=True)
    before = body.input_value()
    assert "48" in before
    body.fill(before.replace("48", "96"))
    owner.get_by_role("button", name="Podgląd").click()
    expect(owner.locator("#preview ins").first).to_contain_text("96")
    if look != "no-script":
        expect(owner.locator("#preview")).to_be_focused()
    shot(owner, f"preview-{look}")
    assert "48" in asked(server, browser, "ile czasu paczka czeka w paczkomacie?")
    owner.get_by_role("button", name="Opublikuj").last.click()
    expect(owner.get_by_role("status").first).to_contain_text("Opublikowano")
    shot(owner, f"article-{look}")
    assert "96" in asked(server, browser, "ile czasu paczka czeka w paczkomacie?")
    owner.get_by_role("link", name="Wersja 1", exact=True).click()
    expect(owner.locator(".diff del").first).to_contain_text("48")
    shot(owner, f"version-{look}")
    owner.get_by_role("button", name="Przywróć tę wersję").click()
    expect(owner.get_by_role("status").first).to_contain_text("Przywrócono")
    expect(owner.get_by_role("link", name="Wersja 3", exact=True)).to_be_visible()
    assert "48" in asked(server, browser, "ile czasu paczka czeka w paczkomacie?")
    owner.get_by_role("link", name=re.compile("Wszystkie artykuły")).click()
    shot(owner, f"list-{look}")


def test_a_question_without_an_answer_becomes_an_article(
    serve: Serve, sign_in: SignIn, browser: Browser
) -> None:
    server = serve()
    question = "czy naprawiacie zamki błyskawiczne w kurtkach?"
    assert "zamki" not in asked(server, browser, question)
    owner = sign_in(server, f"{HOME}/edit?question=czy+naprawiacie+zamki+b%C5%82yskawiczne&language=pl")
    owner.get_by_role("button", name="Podgląd").click()
    expect(owner.get_by_text("Wpisz tytuł.")).to_be_visible()
    expect(owner.get_by_label("Tytuł")).to_be_focused()
    shot(owner, "refused")
    owner.get_by_label("Tytuł").fill("Czy naprawiacie zamki w kurtkach?")
    owner.get_by_label("Treść", exact=True).fill("Zamki błyskawiczne w kurtkach naprawiamy za 45 zł.")
    expect(owner.get_by_label("Jak pytają o to klienci")).to_have_value("czy naprawiacie zamki błyskawiczne")
    owner.get_by_role("button", name="Opublikuj").first.click()
    expect(owner.get_by_role("status").first).to_contain_text("Opublikowano")
    assert "45 zł" in asked(server, browser, question)
    owner.once("dialog", lambda dialog: dialog.dismiss())
    owner.get_by_role("button", name="Wycofaj").click()
    expect(owner.get_by_role("button", name="Wycofaj")).to_be_visible()
    owner.once("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="Wycofaj").click()
    expect(owner.get_by_role("status").first).to_contain_text("Wycofano")
    assert "45 zł" not in asked(server, browser, question)


def test_files_are_uploaded_looked_at_and_published(
    serve: Serve, sign_in: SignIn, browser: Browser, tmp_path: Path
) -> None:
    server = serve()
    good, bad, table = tmp_path / "grawer.md", tmp_path / "zly.pdf", tmp_path / "pytania.csv"
    good.write_text("# Ile kosztuje grawerowanie?\n\nGrawerowanie imienia kosztuje 37 zł.", encoding="utf-8")
    bad.write_bytes(b"nothing of a PDF")
    table.write_text("pytanie;odpowiedź\nCzy wypożyczacie rakiety śnieżne?;Nie.\n", encoding="utf-8")
    owner = sign_in(server, f"{HOME}/upload")
    owner.get_by_label("Pliki").set_input_files([good, bad, table])
    shot(owner, "upload")
    owner.get_by_role("button", name="Odczytaj pliki").click()
    expect(owner.get_by_text("2 artykuły do opublikowania")).to_be_visible()
    expect(owner.get_by_text(re.compile(r"zly\.pdf"))).to_be_visible()
    shot(owner, "draft")
    owner.get_by_role("checkbox", name=re.compile("rakiety")).uncheck()
    owner.get_by_role("button", name="Opublikuj zaznaczone").click()
    expect(owner.get_by_text("Gotowe.")).to_be_visible()
    assert "37 zł" in asked(server, browser, "ile kosztuje grawerowanie imienia?")
    owner.goto(f"{server.base}{HOME}?q=rakiety")
    expect(owner.get_by_text("Nic nie pasuje")).to_be_visible()


def test_a_question_is_tried(serve: Serve, sign_in: SignIn) -> None:
    server = serve()
    for look in ("desktop-light", "phone-dark"):
        owner = sign_in(server, f"{HOME}/try", **LOOKS[look])
        owner.get_by_label("Pytanie").fill("ile mam dni na zwrot butów")
        owner.get_by_role("button", name="Zapytaj").click()
        expect(owner.locator(".verdict")).to_contain_text("Wie:")
        expect(owner.locator(".answer")).to_contain_text("14 dni")
        first = owner.locator(".ranked > li").first
        expect(first.get_by_role("link")).to_contain_text("Ile mam czasu na zwrot?")
        rows = first.get_by_role("row")
        assert rows.count() > 4
        expect(rows.nth(1).locator("td").first).to_have_text(re.compile(r"^-?\d+,\d\d$"))
        shot(owner, f"try-{look}")
        owner.goto(f"{server.base}{HOME}/try?q=kto+wygrał+mundial+w+piłce+nożnej")
        expect(owner.locator(".verdict")).to_contain_text("Nie wie:")
        expect(owner.get_by_role("link", name="Napisz artykuł na to pytanie")).to_be_visible()
        shot(owner, f"try-unknown-{look}")
