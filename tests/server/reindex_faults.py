"""Kills processes at random moments while they re-index, then looks whether all is as it should be.

A short form is in the suite; the long one: ``python -m tests.server.reindex_faults --kills 50``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from uuid import uuid4

import httpx

from foundation.database import Database
from knowledge.embedding.embedder import BUNDLED_MODEL, folder_for, prepare
from knowledge.store.shelf import current_articles
from tests.server.conftest import ROOT, ServerProcess, environment, okienko

ARTICLES = ROOT / "server" / "demo" / "articles" / "pl"
TWIN = "twin"
QUESTION = "Ile kosztuje przesyłka kurierska Żuraw?"
ANSWER_SECONDS = 60
TAKE_OVER_SECONDS = 60
TAKEN_OVER = "the new ones are in use"
"""What the server logs when it has."""


class FollowedServer(ServerProcess):
    """A server that can be waited for until it has taken over what another process published."""

    stderr = subprocess.STDOUT

    def __init__(self, data_dir: Path, **settings: str) -> None:
        super().__init__(data_dir, OKIENKO_LOG_LEVEL="info", **settings)
        self._taken_over: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._read)

    def start(self) -> None:
        """Start it; once only, another one takes its place after a kill."""
        super().start()
        self._reader.start()

    def _read(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if TAKEN_OVER in line:
                self._taken_over.put(line)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self._reader.join()
        super().kill()

    def wait_for_articles(self) -> None:
        """Wait until it says once more that it uses other articles than before."""
        try:
            self._taken_over.get(timeout=TAKE_OVER_SECONDS)
        except Empty:
            raise AssertionError("the server took over no articles that were published") from None


@dataclass
class Shop:
    """A shop whose articles come in editions: all of them change at once, or none does.

    Attributes:
        folder: Of everything: articles, data, models.
        settings: Of every process.
        edition: The newest that anybody has tried to publish.
    """

    folder: Path
    dice: random.Random
    settings: dict[str, str]
    articles: int
    edition: int = 0
    server: FollowedServer | None = None
    victim: subprocess.Popen[bytes] | None = None
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def write_next_edition(self) -> None:
        """Change every article a little, and one in what it says."""
        self.edition += 1
        into = self.folder / "articles" / "pl"
        into.mkdir(parents=True, exist_ok=True)
        for source in sorted(ARTICLES.glob("*.md"))[: self.articles]:
            text = source.read_text(encoding="utf-8").rstrip()
            (into / source.name).write_text(f"{text}\n\nTo jest wydanie {self.edition}.\n", encoding="utf-8")
        price = f"Przesyłka kurierska Żuraw kosztuje {100 + self.edition} zł."
        text = f"---\ntitle: Przesyłka kurierska Żuraw\n---\n{price}\n\nTo jest wydanie {self.edition}.\n"
        (into / "zuraw.md").write_text(text, encoding="utf-8")

    def begin(self, *arguments: str) -> None:
        self.victim = subprocess.Popen(
            [sys.executable, "-m", "server.cli", *arguments],
            cwd=ROOT,
            env=environment(self.data, **self.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_victim(self, after_seconds: float) -> bool:
        """Kill it as a power cut would, unless it ends before; return whether it was alive still."""
        assert self.victim is not None
        alive = lives_on(self.victim, after_seconds)
        self.victim.kill()
        self.victim.wait()
        self.victim = None
        return alive

    def serve(self) -> FollowedServer:
        if self.server is None:
            started = FollowedServer(self.data, **self.settings)
            started.start()
            self.server = started
        return self.server

    def kill_server(self) -> None:
        if self.server is not None:
            self.server.kill()
            self.server = None

    def run(self, *arguments: str) -> None:
        done = okienko(self.data, *arguments, **self.settings)
        assert done.returncode == 0, f"okienko {' '.join(arguments)}: {done.stdout}{done.stderr}"


def lives_on(process: subprocess.Popen[Any], seconds: float) -> bool:
    """Tell whether a process still lives after so long."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def command(shop: Shop) -> tuple[str, Sequence[str]]:
    """Choose what is to be killed, weighted, with what it is called."""
    kind = shop.dice.choice(("add", "add", "add beside", "serve", "reload", "model", "restore"))
    if kind in ("add", "add beside", "serve", "reload"):
        shop.write_next_edition()
        return kind, ("knowledge", "add", str(shop.folder / "articles"))
    if kind == "restore":
        return kind, ("knowledge", "restore", "--state", "1")
    return kind, ("models", "use", shop.dice.choice((TWIN, BUNDLED_MODEL)))


def one_round(shop: Shop, usual_seconds: float) -> None:
    """Begin something, kill it, and look."""
    kind, arguments = command(shop)
    moment = shop.dice.uniform(0.3, 1.0) * usual_seconds
    if kind in ("add beside", "reload", "model") and shop.dice.random() < 0.7:
        shop.serve()
    elif kind != "reload":
        shop.kill_server()
    if kind == "serve":  # what was published while nobody served is loaded, and the loading is killed
        shop.run(*arguments)
        arguments = ("serve", "--port", str(_free_port()))
    if kind == "reload":  # the server is killed while it takes over what another process has published
        shop.serve()
        shop.run(*arguments)
        assert shop.server is not None
        assert shop.server.process is not None
        assert lives_on(shop.server.process, shop.dice.uniform(0, 1.5)), "the server ended by itself"
        shop.kill_server()
        shop.kills[kind] += 1
    else:
        shop.begin(*arguments)
        if shop.kill_victim(after_seconds=moment):  # else it was done already
            shop.kills[kind] += 1
        if shop.dice.random() < 0.5:
            shop.kill_server()
    asyncio.run(look(shop, kind))


async def look(shop: Shop, kind: str) -> None:
    """Start a server if none runs: it answers from one whole edition, and the check is clean."""
    takes_over = shop.server is not None
    server = await asyncio.to_thread(shop.serve)
    database = Database.in_folder(shop.data)
    async with database.reading() as connection:
        current = await current_articles(connection)
    await database.close()
    editions = {row.article.body.rsplit(" ", 1)[-1].rstrip(".\n") for row in current}
    assert len(current) == shop.articles + 1, f"after {kind}: {len(current)} articles"
    assert len(editions) == 1, f"after {kind}: articles of the editions {editions}"
    answer, wanted = await ask(server.base), f"{100 + int(editions.pop())} zł"
    while takes_over and wanted not in answer:
        await asyncio.to_thread(server.wait_for_articles)
        answer = await ask(server.base)
    assert wanted in answer, f"after {kind}: {answer!r} instead of {wanted}"
    done = await asyncio.to_thread(okienko, shop.data, "knowledge", "check", **shop.settings)
    assert done.returncode == 0, f"after {kind}: {done.stdout}{done.stderr}"


async def ask(base: str) -> str:
    """Ask as a shopper who has just come."""
    answer = ""
    async with httpx.AsyncClient(base_url=base, timeout=ANSWER_SECONDS) as http:
        opened = await http.post("/v1/session", json={"site_key": "demo", "locale": "pl"})
        session = opened.raise_for_status().json()
        head = {"Authorization": f"Bearer {session['token']}"}
        frame = {"type": "send", "cid": str(uuid4()), "body": QUESTION}
        post = {"conversation_id": session["conversation_id"], "frame": frame}
        (await http.post("/v1/messages", headers=head, json=post)).raise_for_status()
        since, until = session["head"], time.monotonic() + ANSWER_SECONDS
        while not answer and time.monotonic() < until:
            query = {"conversation_id": session["conversation_id"], "since": since, "wait": 5}
            reply = await http.get("/v1/events", headers=head, params=query)
            for got in reply.raise_for_status().json()["frames"]:
                since = max(since, got.get("seq", since))
                if got["type"] == "msg" and got["author"]["kind"] == "assistant":
                    answer = got["body"]
    return answer


def prepare_shop(folder: Path, seed: int, articles: int, *, exact: bool) -> Shop:
    """Make a shop with a first edition, and a second model: a copy of the first under another name."""
    models = folder / "models"
    installed = folder_for(Path(sys.prefix) / "share" / "okienko" / "models", BUNDLED_MODEL)
    bundled = prepare(BUNDLED_MODEL, installed)
    for name in (BUNDLED_MODEL, TWIN):
        shutil.copytree(bundled, folder_for(models, name))
    meta = folder_for(models, TWIN) / "meta.json"
    described = json.loads(meta.read_text(encoding="utf-8"))
    meta.write_text(json.dumps(described | {"model": TWIN, "id": f"{TWIN}@1"}), encoding="utf-8")
    settings = {"OKIENKO_MODELS_DIR": str(models)}
    if not exact:
        settings["OKIENKO_EXACT_PASSAGES"] = "0"
    shop = Shop(folder, random.Random(seed), settings, articles)
    shop.write_next_edition()
    shop.run("knowledge", "add", str(folder / "articles"))
    return shop


def torment(folder: Path, kills: int, seed: int, *, articles: int = 20, exact: bool = False) -> Counter[str]:
    """Kill so many processes in a new shop; return what was killed how often.

    Raises:
        AssertionError: A restart did not serve the right answer, or something differs.
    """
    shop = prepare_shop(folder, seed, articles, exact=exact)
    shop.write_next_edition()
    started = time.monotonic()
    shop.run("knowledge", "add", str(folder / "articles"))
    usual_seconds = time.monotonic() - started
    try:
        while shop.kills.total() < kills:
            one_round(shop, usual_seconds)
            print(f"{shop.kills.total()} of {kills}: {dict(shop.kills)}", file=sys.stderr, flush=True)
    finally:
        shop.kill_server()
    return shop.kills


def main() -> None:
    """Run the long form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--exact", action="store_true", help="With exact search instead of Chroma.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okienko-faults-") as folder:
        kills = torment(Path(folder), given.kills, given.seed, articles=given.articles, exact=given.exact)
    print(f"{sum(kills.values())} kills: {dict(kills)}. Every restart served, every check was clean.")


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
