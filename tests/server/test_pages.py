"""The pages' texts: every key in every language, and no page asks for one that is not there."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from fastapi import Request

from assistant.brief import Intent
from conversation.events import Status
from customer.model import OrderStatus
from foundation.contact import Contact
from foundation.language import Language
from foundation.letterhead import Letterhead
from handoff.policy import HandoffReason
from server.pages.rendering import Pages
from server.pages.texts import TEXTS, joined, plural_form, term, text

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "server" / "pages"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
FIXED = re.compile(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""")
BUILT = re.compile(r"""\bt\(\s*["']([\w.]+\.)["']\s*~""")
GROUPS = re.compile(r"""\bterms?\(\s*["'](\w+(?:\.\w+)*)["']""")


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_there_in_every_language_with_the_same_places(key: str) -> None:
    assert set(TEXTS[key]) == set(Language)
    places = []
    for language, found in TEXTS[key].items():
        assert found.strip() == found != "", language
        forms = found.split("|")
        if len(forms) > 1:
            assert len(forms) == (3 if language is Language.PL else 2)
        places.append({place for form in forms for _, place, _, _ in string.Formatter().parse(form) if place})
    assert places[0] == places[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_asks_for_an_unknown_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    assert {key for key in FIXED.findall(source) if key not in TEXTS} == set()
    for prefix in [*BUILT.findall(source), *(f"{group}." for group in GROUPS.findall(source))]:
        assert any(key.startswith(prefix) for key in TEXTS), prefix


def test_a_key_in_two_modules_is_refused() -> None:
    one = {"desk.take": {Language.PL: "Przejmij", Language.EN: "Take"}}
    other = {"desk.send": {Language.PL: "Wyślij", Language.EN: "Send"}}
    assert joined(one, other) == {**one, **other}
    with pytest.raises(ValueError, match=r"desk\.take"):
        joined(one, other, dict(one))


def test_the_rules_above_find_something() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    assert len(FIXED.findall(sources)) > 50
    assert BUILT.findall(sources)
    assert GROUPS.findall(sources)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_what_the_content_policy_refuses(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\son[a-z]+=|\sstyle=|javascript:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_what_is_marked_safe_is_ours(path: Path) -> None:
    """A value is escaped unless a template says otherwise; only drawn charts may say so."""
    found = re.findall(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}", path.read_text(encoding="utf-8"))
    assert [each for each in found if "chart" not in each and "svg" not in each] == []


def test_every_code_has_words() -> None:
    calls = re.compile(r"""(?:_call_person\(|handoff_reason=|\.request\([\w.]+, )["'](\w+)["']""")
    rooms = [path for room in ("handoff", "assistant", "server") for path in (ROOT / room).rglob("*.py")]
    called = {code for path in rooms for code in calls.findall(path.read_text(encoding="utf-8"))}
    assert {"turn_failed", "left_email", "agent_removed"} <= called
    codes = [("reason", str(code)) for code in {*HandoffReason, *called}]
    codes += [("intent", code) for code in Intent] + [("order", code) for code in OrderStatus]
    codes += [("desk.state", code) for code in Status]
    assert {f"{group}.{code}" for group, code in codes} <= set(TEXTS)


def test_a_code_from_elsewhere_is_shown_in_words() -> None:
    assert term("reason", "moon_phase", Language.PL) == "moon phase"


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1, "za 1 sekundę."),
        (2, "za 2 sekundy."),
        (5, "za 5 sekund."),
        (12, "za 12 sekund."),
        (22, "za 22 sekundy."),
        (112, "za 112 sekund."),
        (0, "za 0 sekund."),
    ],
)
def test_polish_counts_as_poles_do(count: int, says: str) -> None:
    assert text("login.slow", Language.PL, count=count).endswith(says)


def test_english_has_two_forms() -> None:
    assert [plural_form(count, Language.EN) for count in (0, 1, 2, 5)] == [1, 0, 1, 1]


def test_a_page_escapes_what_it_is_given() -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    evil = '"><img src=x onerror=alert(1)>'
    pages = Pages(Letterhead(evil, Contact(evil, evil)), Language.PL)
    page = pages(Request(scope), "login.html", next=evil, email=evil, problem="")
    assert b"<img" not in page.body
