"""The chat's window in a real browser: how it addresses people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.server.conftest import ServerProcess, okienko
from tests.server.test_axe import axe as axe
from tests.server.test_browser import PHONE, Widget
from tests.server.test_browser import browser as browser
from tests.server.test_browser import visit as visit

pytestmark = pytest.mark.browser

Visit = Callable[..., Widget]
Serving = Callable[..., ServerProcess]


@pytest.fixture
def serving(demo_data: Path) -> Iterator[Serving]:
    """Start a server of the demo shop with settings of its own; it ends with the test."""

    def start(**settings: str) -> ServerProcess:
        server = ServerProcess(demo_data, **settings)
        server.start()
        started.append(server)
        return server

    started: list[ServerProcess] = []
    yield start
    for server in started:
        server.stop()


@pytest.mark.parametrize(
    ("style", "field", "email"),
    [
        ("formal", "Proszę wpisać pytanie", "Proszę zostawić adres e-mail"),
        ("informal", "Napisz pytanie", "Zostaw adres e-mail"),
    ],
)
def test_the_window_addresses_people_as_the_shop_is_set(
    serving: Serving, visit: Visit, style: str, field: str, email: str
) -> None:
    widget = visit(serving(OKIENKO_STYLE=style), PHONE)
    widget.open()
    expect(widget.composer).to_have_attribute("aria-label", field)
    widget.host.get_by_role("button", name=re.compile("człowiekiem")).first.click()
    expect(widget.host.get_by_text(email)).to_be_visible()


def test_a_deleted_conversation_is_said_to_be_and_a_new_one_is_a_key_press_away(
    serving: Serving, visit: Visit, demo_data: Path, axe: str
) -> None:
    widget = visit(serving(OKIENKO_STYLE="formal"), PHONE)
    widget.page.get_by_role("combobox").select_option("c-1001")
    widget.open()
    widget.ask("gdzie jest moje zamówienie?")
    expect(widget.said_by("assistant").last).to_contain_text("czeka na odbiór")
    widget.composer.focus()
    done = okienko(demo_data, "customers", "erase", "c-1001", "--yes")
    assert done.returncode == 0, done.stderr
    anew = widget.host.get_by_role("button", name="Zacznij nową rozmowę")
    expect(anew).to_be_visible()
    expect(widget.host.get_by_role("status")).to_have_text("Ta rozmowa została usunięta.")
    expect(widget.host.get_by_role("log")).to_contain_text("Ta rozmowa została usunięta.")
    expect(widget.messages).to_have_count(0)
    expect(widget.composer).to_have_attribute("aria-label", "Proszę wpisać pytanie")
    expect(widget.composer).to_be_focused()
    kept = widget.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('okienko:'))")
    assert kept == []
    assert audit(widget.page, axe) == []

    for _ in range(5):
        widget.page.keyboard.press("Shift+Tab")
        if anew.evaluate("(button) => button.getRootNode().activeElement === button"):
            break
    expect(anew).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.said_by("assistant").first).to_contain_text("Dzień dobry")
    expect(anew).to_be_hidden()
    expect(widget.composer).to_be_focused()
    widget.ask("ile mam dni na zwrot?")
    expect(widget.said_by("assistant").last).to_contain_text("14 dni")


def test_a_window_that_is_closed_says_it_when_it_is_opened(
    serving: Serving, visit: Visit, demo_data: Path
) -> None:
    widget = visit(serving())
    widget.page.get_by_role("combobox").select_option("c-1001")
    widget.open()
    expect(widget.said_by("assistant").first).to_be_visible()
    widget.page.keyboard.press("Escape")
    done = okienko(demo_data, "customers", "erase", "c-1001", "--yes")
    assert done.returncode == 0, done.stderr
    widget.page.wait_for_function(
        "() => !Object.keys(localStorage).some((key) => key.startsWith('okienko:'))"
    )
    widget.open()
    expect(widget.host.get_by_role("status")).to_have_text("Ta rozmowa została usunięta.")
    widget.ask("ile mam dni na zwrot?")
    expect(widget.said_by("assistant").last).to_contain_text("14 dni")


def audit(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds wrong with the chat."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(
        "async () => (await axe.run('okienko-chat')).violations.map((rule) => rule.id)"
    )
    return found
