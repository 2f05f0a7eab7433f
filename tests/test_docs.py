"""The documentation keeps up with the code: the settings, commands, links, files and frames that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import TypeAdapter

from conversation import socket
from conversation.frames import CLIENT_FRAME, SERVER_FRAME
from server.commands.root import app
from server.settings import NOT_SETTINGS, PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SETTINGS = ROOT / "docs" / "settings.md"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
ARCHITECTURE, LIFE = ROOT / "docs" / "architecture.md", ROOT / "docs" / "life-of-a-message.md"

ROOMS = "assistant|conversation|customer|evals|feedback|foundation|handoff|knowledge|server|tests|widget"
# A folder of migrations is named, not each of them; types of what is no code are no modules.
NO_MODULES = re.compile(r"__init__\.py$|^server/migrations/|\.d\.ts$")
CODE_PATH = re.compile(rf"\b(?:{ROOMS})/[\w./-]*\w(?:/(?![\w.]))?")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTING = re.compile(rf"\b{PREFIX}[A-Z_]*[A-Z]\b")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", text_of(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", prose_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_table(field: str) -> None:
    first_cells = [line.split("|")[1] for line in text_of(SETTINGS).splitlines() if line.startswith("|")]
    assert any(f"{PREFIX}{field.upper()}" in SETTING.findall(cell) for cell in first_cells)


@pytest.mark.parametrize("path", [README, *DOCS], ids=name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields} | NOT_SETTINGS
    assert set(SETTING.findall(text_of(path))) <= known


def commands() -> Iterator[str]:
    """Yield every command that can be run, such as ``okienko knowledge add``."""

    def visit(command: object, way: tuple[str, ...]) -> Iterator[str]:
        below = getattr(command, "commands", {})
        if not below or getattr(command, "invoke_without_command", False):
            yield " ".join(way)
        for word, inner in below.items():
            yield from visit(inner, (*way, word))

    yield from visit(typer.main.get_command(app), ("okienko",))


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_documented(command: str) -> None:
    assert any(re.search(rf"{command}\b", text_of(path)) for path in [README, *DOCS])


@pytest.mark.parametrize("path", [README, *DOCS], ids=name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    broken = []
    for link in LINK.findall(prose_of(path)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_every_file_of_the_code_that_is_named_exists(path: Path) -> None:
    missing = [
        found
        for line in text_of(path).splitlines()
        if "planned" not in line.lower()
        for found in CODE_PATH.findall(line)
        if not (ROOT / found).exists()
    ]
    assert not missing


def modules() -> list[str]:
    """Return the code of every room: Python, and the widget's TypeScript."""
    rooms = [room for room in ROOMS.split("|") if room not in ("tests", "widget")]
    paths = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    paths += (ROOT / "widget" / "src").rglob("*.ts")
    return sorted(name(path) for path in paths if not NO_MODULES.search(name(path)))


@pytest.mark.parametrize("module", modules())
def test_every_module_is_in_the_architecture(module: str) -> None:
    assert module in CODE_PATH.findall(text_of(ARCHITECTURE))


@pytest.mark.parametrize("path", [README, *DOCS], ids=name)
def test_every_picture_is_small(path: Path) -> None:
    for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", prose_of(path)):
        assert (path.parent / link).stat().st_size <= 300 * 1024


def test_no_picture_lies_about_unused() -> None:
    shown = "".join(text_of(path) for path in [README, *DOCS])
    unused = [path.name for path in (ROOT / "docs" / "images").iterdir() if path.name not in shown]
    assert not unused


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_every_test_that_is_named_exists(path: Path) -> None:
    sources = "\n".join(text_of(module) for module in sorted((ROOT / "tests").rglob("test_*.py")))
    known = set(re.findall(r"def (test_\w+)\(", sources))
    assert set(re.findall(r"`(test_\w+)`", text_of(path))) <= known


def test_the_rules_above_find_something() -> None:
    assert len(CODE_PATH.findall(text_of(ARCHITECTURE))) > 60
    assert len(re.findall(r"`(test_\w+)`", text_of(LIFE))) > 30
    assert "conversation/log.py" in CODE_PATH.findall(text_of(ARCHITECTURE))
    assert {"handoff/ownership.py", "server/demo/shop.py", "widget/src/chat.ts"} <= set(modules())
    assert {"okienko ask", "okienko demo", "okienko demo load"} <= set(commands())


def test_the_frames_that_are_shown_are_frames() -> None:
    shown: dict[str, set[str]] = {"client": set(), "server": set()}
    blocks = [body for language, body in FENCE.findall(text_of(ARCHITECTURE)) if language == "json"]
    shapes: tuple[TypeAdapter[Any], ...] = (CLIENT_FRAME, SERVER_FRAME)
    for side, block, shape in zip(shown, blocks, shapes, strict=True):
        for line in block.splitlines():
            frame = shape.validate_json(line)
            # What is shown is a whole frame: nothing in it is unknown, nothing was made up.
            assert json.loads(line).items() <= json.loads(shape.dump_json(frame)).items()
            shown[side].add(json.loads(line)["type"])
    assert shown["client"] == _types(CLIENT_FRAME)
    assert shown["server"] == _types(SERVER_FRAME)


def _types(shape: TypeAdapter[Any]) -> set[str]:
    return set(shape.json_schema()["discriminator"]["mapping"])


def test_refusals_and_close_codes_are_listed() -> None:
    page = text_of(ARCHITECTURE)
    codes = set(re.findall(r'Nack\([^)]*code="(\w+)"', text_of(ROOT / "conversation" / "intake.py")))
    assert {"conflict", "rate_limited"} <= codes
    assert all(f"`{code}`" in page for code in codes)
    closing = {*re.findall(r"\b\d{4}\b", socket.__doc__ or ""), *map(str, socket.CLOSE_CODES.values())}
    assert {"4401", "4408"} <= closing
    assert all(f"| {code} |" in page for code in closing)
