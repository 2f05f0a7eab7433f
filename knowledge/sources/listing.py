"""Which pages a sitemap leads to: of one site, bounded, with what was left out."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from knowledge.remarks import Note, Problem
from knowledge.sources.source import Options
from knowledge.web.addresses import Address, PageProblem, PageRefused
from knowledge.web.fetching import Fetcher
from knowledge.web.line import Fetched
from knowledge.web.sitemap import MAX_ADDRESSES, Sitemap, looks_like_sitemap

MAX_PAGES = 500
MAX_SITEMAPS = 50

ReadSitemap = Callable[[bytes], Awaitable[Sitemap]]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a sitemap lists.

    Attributes:
        pages: In its order, each once.
        problems: Further sitemaps that could not be read.
        notes: What was left out: too much, of other sites, no addresses.
        whole: Whether a page that is not among them is gone from the sitemap; not so if something was left
            out or could not be read.
    """

    pages: tuple[Address, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    whole: bool = True


async def list_pages(fetcher: Fetcher, address: Address, options: Options, read: ReadSitemap) -> Listing:
    """Read a sitemap and the sitemaps that it leads to.

    All of them are of one host: a site that was sold, and sends us on, must not replace the shop's articles.

    Args:
        fetcher: Asks.
        address: Of the sitemap; or of any page of a site: its robots.txt names its sitemaps, else
            ``/sitemap.xml`` is taken.
        options: Which pages are wanted.
        read: Tells what is in a sitemap, or raises PageProblem: see `knowledge.web.sitemap.parse_sitemap`.

    Raises:
        PageProblem: The sitemap cannot be read, or is none.
    """
    first = await fetcher.fetch(address, site=address.site)
    assert isinstance(first, Fetched), "asked without conditions"
    lister = _Lister(fetcher, read, str(address), address.site, options)
    if looks_like_sitemap(first.content):
        await lister.take(first)
    else:
        await lister.begin(await _named(fetcher, first.address))
    await lister.follow()
    return lister.listing()


async def _named(fetcher: Fetcher, page: Address) -> list[Address]:
    """Return the sitemaps of a site as its robots.txt names them, else where one usually is."""
    named = []
    for text in (await fetcher.robots(page)).sitemaps:
        with suppress(PageRefused):
            named.append(page.joined(text))
    here = [address for address in named if address.site == page.site]
    return list(dict.fromkeys(here)) or [page.joined("/sitemap.xml")]


class _Lister:
    """Follows sitemaps of one site, each once, and gathers their pages."""

    def __init__(self, fetcher: Fetcher, read: ReadSitemap, source: str, site: str, options: Options) -> None:
        self._fetcher = fetcher
        self._read_sitemap = read
        self._source = source
        self._site = site
        self._options = options
        self._pages: dict[Address, None] = {}
        self._waiting: deque[Address] = deque()
        self._seen: set[Address] = set()
        self._left_out: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._notes: list[Note] = []
        self._read = 0
        self._addresses = 0

    async def begin(self, sitemaps: list[Address]) -> None:
        """Begin with sitemaps of which at least one must be readable."""
        problems = []
        for address in sitemaps:
            try:
                await self._take_from(address)
            except PageProblem as problem:
                problems.append((address, problem))
        if len(problems) == len(sitemaps):
            raise problems[0][1]
        self._problems.extend(problem.about(str(address)) for address, problem in problems)

    async def follow(self) -> None:
        """Read the sitemaps that were met, and those that they lead to."""
        while self._waiting:
            if self._read >= MAX_SITEMAPS or self._addresses >= MAX_ADDRESSES:
                self._notes.append(Note(self._source, "too_many_sitemaps", {"limit": MAX_SITEMAPS}))
                return
            address = self._waiting.popleft()
            try:
                await self._take_from(address)
            except PageProblem as problem:
                self._problems.append(problem.about(str(address)))

    async def _take_from(self, address: Address) -> None:
        self._seen.add(address)
        self._read += 1
        answer = await self._fetcher.fetch(address, site=self._site)
        assert isinstance(answer, Fetched), "asked without conditions"
        await self.take(answer)

    async def take(self, answer: Fetched) -> None:
        """Take over what a sitemap lists."""
        sitemap = await self._read_sitemap(answer.content)
        # Fifty thousand addresses take a second or two, in which others are served.
        await asyncio.to_thread(self._take, answer.address, sitemap)

    def _take(self, here: Address, sitemap: Sitemap) -> None:
        self._seen.add(here)
        self._addresses += len(sitemap.pages) + len(sitemap.sitemaps)
        for address in self._of_the_site(here, sitemap.sitemaps):
            if address not in self._seen:
                self._seen.add(address)
                self._waiting.append(address)
        wanted = (page for page in self._of_the_site(here, sitemap.pages) if self._options.wants(page.path))
        self._pages.update(dict.fromkeys(wanted))

    def _of_the_site(self, here: Address, texts: Iterable[str]) -> Iterator[Address]:
        for text in texts:
            try:
                address = here.joined(text)
            except PageRefused:
                self._left_out[""] += 1
                continue
            if address.site == self._site:
                yield address
            else:
                self._left_out[address.host] += 1

    def listing(self) -> Listing:
        """Return what was found."""
        notes = list(self._notes)
        for host, count in self._left_out.most_common(5):
            code = "other_sites" if host else "no_addresses"
            notes.append(Note(self._source, code, {"host": host, "count": count}))
        pages = tuple(self._pages)
        whole = not (self._problems or self._notes) and len(pages) <= MAX_PAGES
        if len(pages) > MAX_PAGES:
            fields = {"limit": MAX_PAGES, "count": len(pages) - MAX_PAGES}
            notes.append(Note(self._source, "too_many_listed", fields))
        return Listing(pages[:MAX_PAGES], tuple(self._problems), tuple(notes), whole)
