"""Fetching pages and files from the web: redirects, robots.txt, turns and time, on a guarded line.

Only http and https, and their usual ports. Every redirect is checked like the first address.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from knowledge.web.addresses import (
    Address,
    AllowedHosts,
    PageBusy,
    PageGone,
    PageProblem,
    PageRefused,
    PageUnreachable,
)
from knowledge.web.line import Connect, Fetched, Headers, Limits, Line, NotModified, Resolve
from knowledge.web.robots import Robots

MAX_REDIRECTS = 5
AT_ONCE = 4
"""Connections to one host."""
_ROBOTS_KEPT_SECONDS = 600.0
_FAILURES, _IN_PEACE_SECONDS = 5, 60.0
MAX_WAIT_SECONDS = 5.0
"""If a server asks for no longer (Retry-After), it is waited for, once; else its host is left in peace."""
_LONGEST_PEACE_SECONDS = 600.0

Pause = Callable[[float], Awaitable[None]]


class Fetcher:
    """Fetches pages. For one event loop; whoever opened it closes it.

    Args:
        allowed: Hosts that may be private, or serve on another port.
        limits: Of each page.
        resolve: Name and port to IP addresses; by default the system's resolver.
        pause: Waits between two requests to a host whose robots.txt wishes it.
        tls: Which certificates are believed; by default the system's.
        connect: Opens a connection to an IP address and port; by default over TCP.
    """

    def __init__(
        self,
        allowed: AllowedHosts | None = None,
        *,
        limits: Limits | None = None,
        resolve: Resolve | None = None,
        pause: Pause = asyncio.sleep,
        tls: ssl.SSLContext | None = None,
        connect: Connect | None = None,
    ) -> None:
        self._allowed = allowed or AllowedHosts()
        self._limits = limits or Limits()
        self._line = Line(self._allowed, self._limits, resolve=resolve, tls=tls, connect=connect)
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, _KnownRobots] = {}

    async def close(self) -> None:
        """Close every connection."""
        await self._line.close()

    async def fetch(
        self,
        address: Address,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        site: str | None = None,
    ) -> Fetched | NotModified:
        """Fetch a page; redirects are followed.

        Args:
            address: What to ask for.
            etag: What the server named it by when it was read before; as `last_modified`.
            last_modified: See `etag`.
            site: If given, the `Address.site` that it must not leave.

        Returns:
            `NotModified` only if `etag` or `last_modified` is given.

        Raises:
            PageRefused: A private address, forbidden by robots.txt, too large, on another site…
            PageGone: The server knows no such page: 404 or 410.
            PageUnreachable: No connection, no whole answer in time, or an answer that is an error.
        """
        known = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
        conditions = [(name, value.encode("latin-1", "ignore")) for name, value in known if value]
        budget = _Budget(self._limits.seconds)
        for _ in range(MAX_REDIRECTS + 1):
            self._refuse(address, site)
            async with budget.spending():
                robots = await self._rules(address)
            if not robots.allows(address):
                raise PageRefused("robots", host=address.host)
            try:
                answer = await self._ask(address, robots, conditions, budget)
            except PageBusy as busy:
                if busy.wait_seconds > MAX_WAIT_SECONDS:
                    raise
                await self._pause(busy.wait_seconds)
                answer = await self._ask(address, robots, conditions, budget)
            if not isinstance(answer, Address):
                return answer
            address = self._redirected(address, answer)
        raise PageRefused("redirects", limit=MAX_REDIRECTS)

    async def _ask(
        self, address: Address, robots: Robots, conditions: Headers, budget: _Budget
    ) -> Fetched | NotModified | Address:
        async with self._turn(address, robots.delay_seconds), budget.spending():
            return await self._line.ask(address, conditions)

    async def robots(self, address: Address) -> Robots:
        """Return the rules of the origin of `address`. Raises PageUnreachable if they cannot be read."""
        async with _Budget(self._limits.seconds).spending():
            return await self._rules(address)

    def _refuse(self, address: Address, site: str | None) -> None:
        if not address.has_usual_port and address not in self._allowed:
            raise PageRefused("port", port=address.port)
        if site is not None and address.site != site:
            raise PageRefused("other_site", host=address.host)

    def _redirected(self, before: Address, after: Address) -> Address:
        """Return where to ask next: the internet must not send us to a host that only an owner may name."""
        if after in self._allowed and before not in self._allowed:
            raise PageRefused("private_address", host=after.host)
        return after

    async def _rules(self, address: Address) -> Robots:
        """Return the rules of an origin, read once in ten minutes.

        Without a robots.txt all is allowed; while it cannot be read, nothing is.
        Source: RFC 9309, 2.3.1.
        """
        known = self._robots.setdefault(address.origin, _KnownRobots())
        async with known.lock:
            if known.until < time.monotonic():
                known.robots, known.problem = Robots(), None
                try:
                    # A slow robots.txt leaves time to say so within the time of the page.
                    async with _Budget(self._limits.seconds / 2).spending():
                        known.robots = await self._read_robots(address.joined("/robots.txt"))
                except (PageGone, PageRefused):
                    known.robots = Robots()
                except PageUnreachable as error:
                    known.problem = error
                known.until = time.monotonic() + _ROBOTS_KEPT_SECONDS
        if known.problem is not None:
            raise known.problem
        return known.robots

    async def _read_robots(self, address: Address) -> Robots:
        for _ in range(MAX_REDIRECTS + 1):
            self._refuse(address, None)
            answer = await self._line.ask(address, [])
            if isinstance(answer, Fetched):
                return Robots.parse(answer.content)
            if isinstance(answer, Address):
                address = self._redirected(address, answer)
        return Robots()

    @asynccontextmanager
    async def _turn(self, address: Address, delay_seconds: float) -> AsyncIterator[None]:
        """Wait until this host may be asked again; a host that only fails is left in peace for a while."""
        host = self._hosts.setdefault(address.site, _Host())
        async with host.at_once:
            host.refuse_if_away(address)
            if delay_seconds:
                async with host.in_turn:
                    wait = host.asked_at + delay_seconds - time.monotonic()
                    if wait > 0:
                        await self._pause(wait)
                    host.asked_at = time.monotonic()
            try:
                yield
            except PageUnreachable as problem:
                host.note(problem)
                raise
            except PageProblem:
                host.failures = 0  # it does answer
                raise
            host.failures = 0


@dataclass(slots=True)
class _Host:
    """Whose turn it is to ask a host."""

    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked_at: float = float("-inf")
    failures: int = 0
    in_peace_until: float = float("-inf")

    def note(self, problem: PageUnreachable) -> None:
        """Remember a failure: after several in a row, or when the host asks for it, it is left in peace."""
        self.failures += 1
        wait = _IN_PEACE_SECONDS if self.failures >= _FAILURES else 0.0
        if isinstance(problem, PageBusy) and problem.wait_seconds > MAX_WAIT_SECONDS:
            wait = max(wait, min(problem.wait_seconds, _LONGEST_PEACE_SECONDS))
        self.in_peace_until = max(self.in_peace_until, time.monotonic() + wait)

    def refuse_if_away(self, address: Address) -> None:
        """Raise PageUnreachable if the host is left in peace."""
        if time.monotonic() < self.in_peace_until:
            raise PageUnreachable("host_away", host=address.host)


@dataclass(slots=True)
class _KnownRobots:
    """The rules of an origin as read, or why they could not be, until when."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Robots = field(default_factory=Robots)
    problem: PageUnreachable | None = None
    until: float = float("-inf")


class _Budget:
    """The time that one page may take. Waiting for one's turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Cut the block off when the time is used up; raises PageUnreachable then."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError as error:
            raise PageUnreachable("page_too_slow", limit=f"{self._seconds:g}") from error
        finally:
            self._left = max(0.0, self._left - (time.monotonic() - begun))
