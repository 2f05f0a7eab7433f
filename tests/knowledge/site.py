"""A web site on loopback: pages as data, and servers that misbehave on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ssl import SSLContext

Misbehave = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Page:
    """What is sent for a path; with an etag or a date, 304 to whoever has it."""

    body: bytes | str = ""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


def moved(location: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": location})


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]


class Site:
    """Serves `pages` by path (with query); whoever is not among them is 404."""

    def __init__(self, port: int, pages: dict[str, Page | Misbehave]) -> None:
        self.port = port
        self.pages = pages
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self.answering: set[asyncio.Task[None]] = set()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.answering.add(task)
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the fetcher has hung up
        finally:
            self.answering.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        asked = Asked(head[0].split(" ")[1], {name.lower(): value for name, value in headers.items()})
        self.asked.append(asked)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await self._send(asked, writer)
        finally:
            self._at_once -= 1

    async def _send(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        page = self.pages.get(asked.path, Page("Not here.", 404))
        if not isinstance(page, Page):
            await page(writer)
            return
        await asyncio.sleep(0)  # lets the others in, to see how many come at once
        headers, status, content = (
            {"Content-Type": page.media_type, **page.headers},
            page.status,
            page.content,
        )
        same = (
            headers.get("ETag", "") == asked.headers.get("if-none-match")
            or headers.get("Last-Modified", "") == asked.headers.get("if-modified-since")
        )  # fmt: skip
        if same:
            status, content = 304, b""
        headers = {"Content-Length": str(len(content)), **headers, "Connection": "close"}
        lines = [f"HTTP/1.1 {status} So", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        writer.write("\r\n".join(lines).encode("latin-1") + content)
        await writer.drain()


@asynccontextmanager
async def serving(pages: dict[str, Page | Misbehave], tls: SSLContext | None = None) -> AsyncIterator[Site]:
    """Open a site on a free port of loopback."""
    site = Site(0, pages)
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        left = list(site.answering)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await server.wait_closed()
