"""The commands about sources, as a person types them, against a site on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.site import Page, Site, moved, serving
from tests.knowledge.test_sitemap import urlset, xml
from tests.knowledge.test_sources import RETURNS, page
from tests.server.conftest import ROOT, environment
from tests.server.inside import command

HELP = ["/pomoc/zwroty", "/pomoc/dostawa"]


@dataclass
class Shop:
    """A site, and a shop that may read it."""

    site: Site
    data: Path

    @property
    def settings(self) -> dict[str, str]:
        return {"OKIENKO_KNOWLEDGE_ALLOW_HOSTS": self.site.host}

    async def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `okienko knowledge …` while the site serves."""
        return await asyncio.to_thread(command, self.data, "knowledge", *arguments, **self.settings)

    async def json(self, *arguments: str) -> Any:
        return json.loads((await self.run(*arguments, "--json")).stdout)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with serving({}) as site:
        site.pages |= {
            "/pomoc/zwroty": page("Zwroty", RETURNS),
            "/pomoc/dostawa": page("Dostawa", "Kurier kosztuje 19 zł."),
        }
        yield Shop(site, tmp_path / "data")


async def test_a_sitemap_is_added_changes_are_shown_and_published_after_a_yes(shop: Shop) -> None:
    shop.site.pages |= {"/": Page("<h1>Sklep</h1>"), "/sitemap.xml": xml(urlset(["/x", *HELP]))}
    added = await shop.run("add", shop.site.url("/"), "--sitemap", "--include", "/pomoc/*")
    assert (added.returncode, added.stderr) == (0, "")
    assert "2 articles added" in added.stdout
    (source,) = await shop.json("sources")
    assert (source["kind"], source["include"], len(source["articles"])) == ("sitemap", ["/pomoc/*"], 2)

    shop.site.pages["/pomoc/dostawa"] = page("Dostawa", "Kurier kosztuje 21 zł.")
    shop.site.pages["/pomoc/zwroty"] = Page("", 404)
    unasked = await shop.run("sync")
    assert unasked.returncode == 1
    assert "  -Kurier kosztuje 19 zł.\n  +Kurier kosztuje 21 zł.\n" in unasked.stdout
    assert "gone  pl/127-0-0-1/pomoc/zwroty  Zwroty" in unasked.stdout
    assert "no terminal" in unasked.stderr
    done = await shop.json("sync", "--yes")
    assert [change["kind"] for change in done["changes"]] == ["changed", "gone"]
    assert done["published"] == {"added": 0, "changed": 1, "retired": 1, "state": 2}
    assert [row["id"] for row in await shop.json("list")] == ["pl/127-0-0-1/pomoc/dostawa"]


CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE_SECONDS = 15.0


def answer(shop: Shop, key: str) -> tuple[int, str]:
    """Run `okienko knowledge sync` at a terminal, press `key` when asked; return exit code and output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "knowledge", "sync"],
        cwd=ROOT,
        env=environment(shop.data, **shop.settings) | {"TERM": "xterm", "COLUMNS": "100"},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    pressed = False
    try:
        while True:
            readable, _, _ = select.select([ours], [], [], PATIENCE_SECONDS if pressed else None)
            if readable:
                chunk = os.read(ours, 4096)
                if not chunk:
                    break
                shown += chunk
            if b"Publish this change?" not in shown or b"(n)" not in shown or (pressed and readable):
                continue
            # A key pressed before the line is read may be lost, as people know: they press it again.
            pressed = True
            if key == CTRL_C:  # a terminal turns it into a signal, for who leads its session
                process.send_signal(signal.SIGINT)
            else:
                os.write(ours, key.encode())
    except OSError:
        pass  # the other side of a terminal was closed: that is how its end is told
    os.close(ours)
    return process.wait(timeout=60), shown.decode()


async def test_at_a_terminal_it_asks_in_colours(shop: Shop) -> None:
    await shop.run("add", shop.site.url("/pomoc/dostawa"))
    shop.site.pages["/pomoc/dostawa"] = page("Dostawa", "Kurier kosztuje 21 zł \x1b[2J.")
    code, shown = await asyncio.to_thread(answer, shop, CTRL_C)
    assert (code, "Publish this change?" in shown, "Traceback" in shown) == (130, True, False)
    code, shown = await asyncio.to_thread(answer, shop, CTRL_D)
    assert (code, "Nothing was published." in shown) == (0, True)
    assert "\x1b[31m  -Kurier kosztuje 19 zł.\x1b[0m" in shown
    assert "\x1b[2J" not in shown
    code, shown = await asyncio.to_thread(answer, shop, "y\n")
    assert (code, "1 changed, 0 taken back" in shown) == (0, True)


async def test_what_cannot_be_read_is_named_and_the_rest_is_added(shop: Shop) -> None:
    shop.site.pages["/lan"] = moved("http://192.168.0.1/admin")
    nothing, lan, private = shop.site.url("/nothing"), shop.site.url("/lan"), "http://127.0.0.1:9/"
    done = await shop.run("add", nothing, private, lan, shop.site.url("/pomoc/dostawa"), "https://a:b@c/")
    assert (done.returncode, "1 articles added" in done.stdout) == (1, True)
    said = done.stderr.splitlines()
    assert all(line.startswith("Skipped: http") for line in said)
    for word, line in zip(("404", "port 9", "private", "password"), said, strict=True):
        assert word in line


async def test_files_are_sources_unless_told_otherwise(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    file = folder / "zwroty.md"
    file.write_text(f"# Zwroty\n{RETURNS}\n")
    await shop.run("add", str(folder), shop.site.url("/pomoc/dostawa"), "--no-source")
    assert "There are no sources yet" in (await shop.run("sync")).stdout
    await shop.run("add", str(folder))
    file.write_text("# Zwroty\nNa zwrot masz 30 dni.\n")
    done = await shop.json("sync", "--yes")
    assert (done["published"]["changed"], done["unchanged"]) == (1, 0)
    forgotten = await shop.run("forget-source", "1", "2")
    assert (forgotten.returncode, "no source 1" in forgotten.stderr) == (2, True)
    forgotten = await shop.run("forget-source", "2")
    assert forgotten.stdout.startswith(f"{folder} is no longer read. Its 1 articles stay published.")
    assert "okienko knowledge remove pl/zwroty" in forgotten.stdout
