"""One guarded request: look the name up, check, connect, read within limits. The home of httpcore.

Only the public internet is asked, and what the owner allows by name. A name is resolved here, every address
of it is checked, and the connection goes to the very address that was checked: a name that resolves to
something else the next moment changes nothing. TLS goes on checking the certificate for the name.
There are no cookies, no credentials, no proxies; an answer that is too large is cut off.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import zlib
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpcore

from knowledge.web.addresses import (
    Address,
    AllowedHosts,
    PageBusy,
    PageGone,
    PageRefused,
    PageUnreachable,
    is_public,
)

Resolve = Callable[[str, int], Awaitable[list[str]]]
Connect = Callable[[str, int], Awaitable[httpcore.AsyncNetworkStream]]
Headers = list[tuple[bytes, bytes]]
_MB = 1024 * 1024
_BUSY_SECONDS = 60.0
_CONNECT_SECONDS = 3.0  # to one address: a name may have another that answers


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost.

    Attributes:
        seconds: From the first byte sent to the last received, redirects included.
        page_bytes: Of a page or another text, unpacked.
        file_bytes: Of any other file, unpacked.
    """

    seconds: float = 8.0
    page_bytes: int = 5 * _MB
    file_bytes: int = 20 * _MB

    def bytes_of(self, media_type: str) -> int:
        """Return how large a thing of this kind may be."""
        kind = media_type.partition(";")[0].strip().lower()
        is_page = kind in ("", "text/html", "application/xhtml+xml", "text/plain")
        return self.page_bytes if is_page else self.file_bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent.

    Attributes:
        address: Where it was found in the end, after redirects.
        media_type: The Content-Type as sent, with its charset; may be empty.
        etag: For asking again, as `last_modified`; None if the server names none.
        said_to_robots: Its X-Robots-Tag headers, as lines; see `knowledge.web.robots.forbids_indexing`.
    """

    address: Address
    content: bytes
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    said_to_robots: str = ""

    @property
    def content_hash(self) -> str:
        """The sha256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing has changed since."""

    address: Address


class Line:
    """Asks servers. For one event loop; whoever opened it closes it.

    Args:
        allowed: Hosts that may be private.
        limits: Of each answer.
        resolve: Name and port to IP addresses; by default the system's resolver.
        tls: Which certificates are believed; by default the system's.
        connect: Opens a connection to an IP address and port; by default over TCP.
    """

    def __init__(
        self,
        allowed: AllowedHosts,
        limits: Limits,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        connect: Connect | None = None,
    ) -> None:
        self._limits = limits
        self._tls = tls
        self._dialer = _CheckedDialer(allowed, resolve or _system_resolve, connect or _connect)
        self._opened: httpcore.AsyncConnectionPool | None = None

    def _pool(self) -> httpcore.AsyncConnectionPool:
        """Return the connections, opened at the first request: loading certificates takes a while."""
        if self._opened is None:
            self._opened = httpcore.AsyncConnectionPool(
                ssl_context=self._tls or ssl.create_default_context(),
                max_connections=32,
                keepalive_expiry=2.0,
                network_backend=self._dialer,
            )
        return self._opened

    async def close(self) -> None:
        """Close every connection."""
        if self._opened is not None:
            await self._opened.aclose()

    async def ask(self, address: Address, conditions: Headers) -> Fetched | NotModified | Address:
        """Send one request; a redirect is not followed but returned as where it leads.

        Args:
            address: What to ask for; nothing but its machine is checked here.
            conditions: If-None-Match and the like; may be empty.

        Raises:
            PageRefused: A private address, an answer that is too large, a status that stays.
            PageGone: 404 or 410.
            PageUnreachable: No connection, or an answer that is an error.
        """
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        try:
            async with self._pool().stream("GET", url, headers=[*_headers(address), *conditions]) as response:
                sent = _by_name(response.headers)
                if response.status in (301, 302, 303, 307, 308) and sent.get("location"):
                    return address.joined(_as_meant(sent["location"]))
                if response.status == 304 and conditions:
                    return NotModified(address)
                _refuse_status(response.status, sent.get("retry-after", ""))
                kind = sent.get("content-type", "")
                limit = self._limits.bytes_of(kind)
                _refuse_length(sent.get("content-length", ""), limit)
                content = await _body(response.aiter_stream(), sent.get("content-encoding", ""), limit)
        # An OSError is what TLS makes of nonsense amidst an answer.
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            raise _unreachable(address, error) from error
        said = "\n".join(value for name, value in _decoded(response.headers) if name == "x-robots-tag")
        etag, last_modified = sent.get("etag") or None, sent.get("last-modified") or None
        return Fetched(address, content, kind, etag, last_modified, said)


class _CheckedDialer(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, and to the very ones that it looked at."""

    def __init__(self, allowed: AllowedHosts, resolve: Resolve, connect: Connect) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._connect = connect

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect. Raises PageRefused if any address of the name is not public."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise PageUnreachable("unknown_host", host=host) from error
        if not self._allowed.holds(host, port) and not all(map(is_public, found)):
            raise PageRefused("private_address", host=host)
        failed: Exception = httpcore.ConnectError("the name has no address")
        for ip in dict.fromkeys(found):
            try:
                return await self._connect(ip, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


async def _connect(ip: str, port: int) -> httpcore.AsyncNetworkStream:
    return await httpcore.AnyIOBackend().connect_tcp(ip, port, timeout=_CONNECT_SECONDS)


async def _system_resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


def _headers(address: Address) -> Headers:
    return [
        (b"Host", address.authority.encode()),
        (b"User-Agent", user_agent().encode()),
        (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        (b"Accept-Encoding", b"gzip"),
    ]


def user_agent() -> str:
    """Return what we tell servers that we are."""
    try:
        number = version("okienko")
    except PackageNotFoundError:
        number = "0"
    return f"Okienko/{number} (+knowledge reader)"


def _by_name(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; of two with one name the first."""
    found: dict[str, str] = {}
    for name, value in _decoded(raw):
        found.setdefault(name, value)
    return found


def _decoded(raw: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    for name, value in raw:
        yield name.decode("ascii", "replace").lower(), value.decode("latin-1").strip()


def _as_meant(location: str) -> str:
    """Return an address in a header as its server means it: many write theirs in UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location


def _refuse_status(status: int, retry_after: str) -> None:
    if status in (429, 503) and retry_after:
        # A date instead of seconds is a clock that we would have to trust.
        seconds = float(retry_after) if retry_after.isdecimal() and len(retry_after) < 7 else _BUSY_SECONDS
        raise PageBusy("server_error", seconds, status=status)
    if status in (404, 410):
        raise PageGone("page_gone", status=status)
    if 400 <= status < 500 and status != 429:
        raise PageRefused("page_withheld", status=status)
    if status != 200:
        raise PageUnreachable("server_error", status=status)


def _refuse_length(told: str, limit: int) -> None:
    if told.isdecimal() and len(told) < 19 and int(told) > limit:
        raise _too_large(limit)


async def _body(sent: AsyncIterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the body, unpacked; cut off as soon as it is over `limit` bytes."""
    encoding = encoding.lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise PageRefused("packed", encoding=encoding[:20])
    # 47: gzip or zlib, whichever the first bytes show.
    unpacker = zlib.decompressobj(47) if encoding not in ("", "identity") else None
    content = bytearray()
    async for chunk in sent:
        try:
            content += unpacker.decompress(chunk, limit + 1 - len(content)) if unpacker else chunk
        except zlib.error as error:
            raise PageUnreachable("sent_damaged") from error
        if len(content) > limit:
            raise _too_large(limit)
    if unpacker and not unpacker.eof:
        raise PageUnreachable("sent_damaged")
    return bytes(content)


def _too_large(limit: int) -> PageRefused:
    return PageRefused("page_too_large", limit=f"{limit / _MB:.3g}")


def _unreachable(address: Address, error: Exception) -> PageUnreachable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return PageUnreachable("certificate", host=address.host, reason=cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    return PageUnreachable("no_connection", host=address.host)
