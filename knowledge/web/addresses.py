"""Addresses of web pages: what may be asked for, and which machines may be asked. Pure.

An address that an owner types, or that a page redirects to, must not make this server look into the network
it stands in. Source: OWASP, Server-Side Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from foundation.errors import InvalidInput, NotFound, OkienkoError, Unavailable
from foundation.language import Language
from knowledge.remarks import Problem, Remark

MAX_CHARS = 2000
_PORTS = {"http": 80, "https": 443}
# What may stand in a path or query as it is; the rest is percent-encoded. Source: RFC 3986, 3.3 and 3.4.
_AS_IT_IS = "/%:@!$&'()*+,;=-._~"
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\\]")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # Source: RFC 6052
# Special ones that Python calls global, all or by version.
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "5f00::/16")))


class PageProblem(OkienkoError):
    """Why a page was not read.

    Attributes:
        code: Which sentence of `knowledge.remarks` it is.
        fields: What the sentence names.
    """

    def __init__(self, code: str, **fields: str | int) -> None:
        self.fields: Mapping[str, str | int] = fields
        sentence = Remark("", code, fields).sentence(Language.EN)
        super().__init__(f"{sentence[:1].upper()}{sentence[1:]}.")
        self.code = code

    def about(self, source: str) -> Problem:
        """Return this as a remark about `source`."""
        return Problem(source, self.code, self.fields)


class PageRefused(PageProblem, InvalidInput):
    """We do not read it; asking again changes nothing."""


class PageGone(PageProblem, NotFound):
    """The server says that there is no such page any more."""


class PageUnreachable(PageProblem, Unavailable):
    """It could not be read now; it may be read later."""


class PageBusy(PageUnreachable):
    """The server asks to be left in peace for a while.

    Attributes:
        wait_seconds: How long.
    """

    def __init__(self, code: str, wait_seconds: float, **fields: str | int) -> None:
        super().__init__(code, **fields)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page, in one spelling.

    Attributes:
        host: In ascii and lower case, without brackets.
        target: Path and query, percent-encoded; begins with a slash.
    """

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address; a fragment is dropped.

        Raises:
            PageRefused: It is no http or https address, or holds a password.
        """
        text = text.strip()
        if len(text) > MAX_CHARS or _NOT_IN_ADDRESSES.search(text):
            raise _no_address(text)
        try:
            parts = urlsplit(text)
            port, host = parts.port, parts.hostname or ""
        except ValueError as error:
            raise _no_address(text) from error
        if parts.scheme not in _PORTS or not host:
            raise _no_address(text)
        if parts.username is not None or parts.password is not None:
            raise PageRefused("credentials")
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            raise _no_address(ascii(text))
        target = quote(parts.path or "/", safe=_AS_IT_IS)
        if parts.query:
            target += "?" + quote(parts.query, safe=_AS_IT_IS + "?")
        return cls(parts.scheme, _ascii(host, text), port or _PORTS[parts.scheme], target)

    def joined(self, location: str) -> Address:
        """Return where a link or a redirect on this page leads. Raises as `parse`."""
        try:
            return Address.parse(urljoin(str(self), location.strip().replace(" ", "%20")))
        except ValueError as error:
            raise _no_address(location) from error

    @property
    def origin(self) -> str:
        """Scheme, host and port, as in ``https://shop.example``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.has_usual_port else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def authority(self) -> str:
        """Host and port, as the Host header wants them."""
        return self.origin.partition("://")[2]

    @property
    def site(self) -> str:
        """The same for all pages of one host: with or without ``www.``, by http or https."""
        port = "" if self.port in _PORTS.values() else f":{self.port}"
        return self.host.removeprefix("www.") + port

    @property
    def has_usual_port(self) -> bool:
        """Whether this is the port of its scheme."""
        return self.port == _PORTS[self.scheme]

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    def __str__(self) -> str:
        return self.origin + self.target


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts that the owner trusts although they are private, or serve on another port.

    Attributes:
        named: ``host`` for its usual ports, or ``host:port``.
    """

    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Iterable[str]) -> AllowedHosts:
        """Take names as a person writes them."""
        return cls(frozenset(name.strip().lower() for name in named if name.strip()))

    def __contains__(self, address: Address) -> bool:
        return self.holds(address.host, address.port)

    def holds(self, host: str, port: int) -> bool:
        """Tell whether this host may be asked on this port whatever it resolves to."""
        spelled = f"[{host}]" if ":" in host else host
        return f"{spelled}:{port}" in self.named or (port in _PORTS.values() and spelled in self.named)


def is_public(ip: str) -> bool:
    """Tell whether an address of a machine is one of the public internet.

    Not public are private, shared, loopback, link-local, multicast and reserved ones, Teredo, and what stands
    for such an IPv4 address: mapped, 6to4, NAT64. What is no IP address is not public.
    Source: IANA special-purpose address registries; RFC 6890.
    """
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None or found.teredo is not None:
            return False
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    if found.is_multicast or found.is_reserved or any(found in network for network in _SPECIAL):
        return False
    return found.is_global


def _ascii(host: str, text: str) -> str:
    try:
        if "%" not in host:  # a zone names a network card of ours
            return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _no_address(text) from error
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?", name):
        raise _no_address(text)
    return name


def _no_address(text: str) -> PageRefused:
    return PageRefused("no_address", address=text[:100])
