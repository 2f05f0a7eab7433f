"""The owner's pages of articles on a real database and library, with a small model of words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from fastapi import FastAPI

from feedback.knowledge_drafts import Drafts
from feedback.knowledge_pages import knowledge_router
from feedback.knowledge_ports import Rehearsal, Told, Tried
from feedback.knowledge_publishing import Publishing
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import OkienkoError
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.staff import Role
from knowledge.articles import Article
from knowledge.index import ExactIndex
from knowledge.library import Library
from knowledge.passage import Zone
from knowledge.sources.syncing import Sources
from knowledge.web.addresses import AllowedHosts
from knowledge.web.fetching import Fetcher
from server.app import _said
from server.auth import Auth
from server.pages.rendering import Pages
from server.staff import StaffBook
from tests.knowledge.fakes import WordEmbedder

PASSWORD = "zielone-okienko"
HOME = "/owner/knowledge"
RETURNS = Article(
    "pl/zwroty",
    Language.PL,
    "Ile dni jest na zwrot?",
    "Na zwrot jest 14 dni.\n\n## Jak odesłać\n\n- Zapakuj kubki.\n- Dołącz formularz.",
    tags=("zwroty",),
    questions=("do kiedy mogę oddać kubek",),
)
DELIVERY = Article("en/dostawa", Language.EN, "Delivery cost", "Courier delivery costs 19 zł.")


@dataclass
class WordTrial:
    """Searches the library; the answer is a fixed one."""

    library: Library
    asked: list[tuple[str, Language | None]] = field(default_factory=list)
    rehearsed: list[tuple[Article, list[str]]] = field(default_factory=list)
    tells: tuple[Told, Told] = (Told("abstained", Zone.UNKNOWN, None, "Nie wiem."),) * 2
    problem: str = ""

    async def __call__(self, question: str, language: Language | None) -> Tried:
        self.asked.append((question, language))
        retrieval = await self.library.retriever.retrieve(
            question, language=language or Language.PL, limit=10
        )
        cited = frozenset(one.passage.id for one in retrieval.passages[:1])
        explanation = await self.library.retriever.explain(retrieval)
        return Tried(retrieval, explanation, 1.25, "Masz <b>14 dni</b>.", "answered", cited, 3.5)

    async def rehearse(self, article: Article, questions: Sequence[tuple[str, Language]]) -> Rehearsal:
        self.rehearsed.append((article, [question for question, _ in questions]))
        told = () if self.problem else tuple(self.tells for _ in questions)
        return Rehearsal(told, self.problem)


@dataclass
class Shop:
    """An app with what is behind it."""

    app: FastAPI
    library: Library
    embedder: WordEmbedder
    publishing: Publishing
    drafts: Drafts
    trial: WordTrial
    book: StaffBook
    sources: Sources


@asynccontextmanager
async def open_shop(
    database: Database, clock: SettableClock, *articles: Article, allowed: str = ""
) -> AsyncIterator[Shop]:
    """Open the pages over a library with some articles, and the accounts of two owners and an agent."""
    embedder = WordEmbedder()
    library = Library(database, embedder, ExactIndex(), clock)
    await library.start()
    if articles:
        await library.publish(articles, changed_by="Maria")
    book = StaffBook(database, clock, hashing_kib=64)
    await book.add("maria@shop.example", Role.OWNER, PASSWORD, "Maria")
    await book.add("jan@shop.example", Role.OWNER, PASSWORD, "Jan")
    await book.add("ewa@shop.example", Role.AGENT, PASSWORD, "Ewa")
    pages = Pages(Letterhead("Sklep"), Language.PL)
    auth = Auth(book, pages, wake=lambda: None)
    drafts = Drafts(database, clock)
    fetcher = Fetcher(AllowedHosts.of([allowed]))
    sources = Sources(database, fetcher, library, clock)
    publishing, trial = Publishing(drafts, library, sources), WordTrial(library)
    app = FastAPI()
    app.state.pages = pages
    app.add_exception_handler(OkienkoError, _said)
    app.include_router(auth.router())
    app.include_router(pages.router())
    app.include_router(
        knowledge_router(
            require=auth.require,
            render=pages,
            database=database,
            clock=clock,
            shelf=library,
            publishing=publishing,
            sources=sources,
            trial=trial,
            stale_after_days=180,
        )
    )
    try:
        yield Shop(app, library, embedder, publishing, drafts, trial, book, sources)
    finally:
        await publishing.close()
        await fetcher.close()
        await library.close()


class Visitor:
    """A browser's requests."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.token = ""

    async def get(self, path: str = "", **query: str) -> httpx.Response:
        """Fetch a page below the home of articles."""
        return await self.client.get(HOME + path, params=query or None, headers={"Accept": "text/html"})

    async def learn(self) -> str:
        """Return the page's token."""
        if not self.token:
            found = re.search(r'name="csrf" content="(\w+)"', (await self.get("/try")).text)
            self.token = found.group(1) if found else ""
        return self.token

    async def post(self, path: str, **form: str) -> httpx.Response:
        """Send a form with the page's token."""
        await self.learn()
        return await self.client.post(
            HOME + path, data={"csrf": self.token, **form}, headers={"Accept": "text/html"}
        )

    async def write(
        self, article: Article, base: int = 0, do: str = "publish", **other: str
    ) -> httpx.Response:
        """Send the form of an article, as the page does."""
        form = {
            "base": str(base),
            "id": article.id,
            "title": article.title,
            "language": article.language.value,
            "body": article.body,
            "questions": "\n".join(article.questions),
            "tags": ", ".join(article.tags),
            "valid_from": str(article.valid_from or ""),
            "valid_until": str(article.valid_until or ""),
            "do": do,
            **other,
        }
        return await self.post("/edit", **form)


@asynccontextmanager
async def visitor(shop: Shop, email: str = "") -> AsyncIterator[Visitor]:
    """Open a browser, signed in as somebody or as nobody."""
    transport = httpx.ASGITransport(shop.app)
    async with httpx.AsyncClient(transport=transport, base_url="https://shop") as client:
        if email:
            reply = await client.post("/login", data={"email": email, "password": PASSWORD})
            assert reply.status_code == 303
        yield Visitor(client)


def sent_to(reply: httpx.Response) -> tuple[str, dict[str, str]]:
    """Return where a reply leads: path below the home of articles, and query."""
    assert reply.status_code == 303, reply.text
    parts = urlsplit(reply.headers["location"])
    return parts.path.removeprefix(HOME), {name: value[0] for name, value in parse_qs(parts.query).items()}
