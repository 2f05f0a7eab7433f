"""The public forms and their pages at the desk in a real browser: by day, and by night on a phone."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.server.test_axe import Auditor, Serve, words
from tests.server.test_axe import auditor as auditor
from tests.server.test_axe import axe as axe
from tests.server.test_browser import browser as browser

pytestmark = pytest.mark.browser

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_withdrawing_complaining_and_what_the_desk_sees(auditor: Auditor, serve: Serve) -> None:
    server = serve()
    page = auditor.open(server.base + "/withdraw")
    auditor.check(page, "withdrawing, step 1")
    page.keyboard.press("Tab")
    page.get_by_label(words("Adres e-mail", "E-mail address")).press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    auditor.check(page, "withdrawing, nothing said")
    page.get_by_label(words("Numer zamówienia", "Order number")).fill("LS-2026-10457")
    page.get_by_label(words("Których rzeczy", "Which things")).fill("Buty Turnia\n<b>Czapka</b>")
    page.get_by_label(words("Adres e-mail", "E-mail address")).fill("anna@example.com")
    page.get_by_label(words("Adres e-mail", "E-mail address")).press("Enter")
    statement = page.locator("blockquote")
    expect(statement).to_contain_text("Buty Turnia; <b>Czapka</b>")
    auditor.check(page, "withdrawing, step 2")
    page.get_by_role("button", name=words("Wróć i popraw", "Go back and change")).click()
    expect(page.get_by_label(words("Których rzeczy", "Which things"))).to_have_value(
        "Buty Turnia\n<b>Czapka</b>"
    )
    page.get_by_label(words("Imię i nazwisko", "Your name")).fill("Anna")
    page.get_by_role("button", name=words("Dalej", "Next")).click()
    said = statement.inner_text()
    page.get_by_role("button", name=words("Potwierdź odstąpienie", "Confirm withdrawal")).dblclick()
    expect(page.locator(".figure")).to_have_text("ZW-2026-00001")
    expect(page.locator(".receipt")).to_contain_text(said.splitlines()[0])
    auditor.check(page, "withdrawn")
    with page.expect_download() as saved:
        page.locator("a[download]").click()
    assert said.splitlines()[0] in Path(saved.value.path()).read_text(encoding="utf-8")
    assert page.context.cookies() == []

    page.goto(server.base + "/complaint")
    page.locator("form button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    auditor.check(page, "complaining, nothing said")
    page.get_by_label(words("Co jest nie tak", "What is wrong")).fill("Odkleiła się podeszwa.")
    page.get_by_label(words("Wymiany", "A replacement")).check()
    page.get_by_label(words("Zdjęcia", "Photos")).set_input_files(
        {"name": "but.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    page.get_by_role("button", name=words("Wyślij", "Send")).click()
    expect(page.locator(".figure")).to_have_text("RK-2026-00001")
    auditor.check(page, "complained")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    desk = auditor.sign_in(server, "Ewa", "agent", "/desk")
    desk.get_by_role("link", name=words("Zwroty i reklamacje", "Withdrawals and complaints")).click()
    expect(desk.locator("a.request")).to_have_count(2)
    auditor.check(desk, "open requests")
    desk.locator("a.request", has_text="RK-2026-00001").click()
    expect(desk.locator("blockquote")).to_have_text("Odkleiła się podeszwa.")
    photo = desk.locator(".photos img")
    photo.scroll_into_view_if_needed()  # it is loaded once it is near
    expect(photo).to_have_js_property("naturalWidth", 1)
    auditor.check(desk, "a complaint")
    desk.get_by_role("button", name=words("Zajmuję się tym", "I'm on it")).click()
    expect(desk.locator(".facts")).to_contain_text("Ewa")
    desk.get_by_role("button", name=words("Załatwione", "Settled")).click()
    expect(desk.get_by_role("button", name=words("Załatwione", "Settled"))).to_have_count(0)
    auditor.check(desk, "a settled complaint")
    desk.get_by_role("link", name=words("Do listy", "To the list")).click()
    expect(desk.locator("a.request")).to_have_count(1)
