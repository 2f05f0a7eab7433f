"""Fetching, against real servers on loopback: what is read, what is refused and why, what is asked again."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from httpcore import AnyIOBackend, AsyncNetworkStream

from foundation.language import Language
from knowledge.web.addresses import (
    Address,
    AllowedHosts,
    PageGone,
    PageProblem,
    PageRefused,
    PageUnreachable,
    is_public,
)
from knowledge.web.fetching import AT_ONCE, Fetcher
from knowledge.web.line import Fetched, Limits, NotModified, user_agent
from knowledge.web.robots import forbids_indexing
from tests.knowledge.site import Misbehave, Page, Site, moved, serving

KB = 1024


@asynccontextmanager
async def a_site(pages: dict[str, Page | Misbehave], **options: Any) -> AsyncIterator[tuple[Site, Fetcher]]:
    """A site, and a fetcher that may ask it."""
    async with serving(pages) as site:
        fetcher = Fetcher(AllowedHosts.of([site.host, *options.pop("also", ())]), **options)
        try:
            yield site, fetcher
        finally:
            await fetcher.close()


async def problem_of(fetcher: Fetcher, url: str, **options: Any) -> PageProblem:
    with pytest.raises(PageProblem) as caught:
        await fetcher.fetch(Address.parse(url), **options)
    return caught.value


def resolving(**names: str) -> Callable[[str, int], Awaitable[list[str]]]:
    """A resolver that knows these hosts of .example, and numbers in every spelling that the system takes."""

    async def resolve(host: str, port: int) -> list[str]:
        if host.removesuffix(".example") in names:
            return names[host.removesuffix(".example")].split()
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(where[0]) for *_, where in found]

    return resolve


async def test_a_page_is_read_with_what_asking_again_needs() -> None:
    page = Page("<p>Zwroty", headers={"ETag": '"7"', "Last-Modified": "Tue, 17 Nov 2026 11:00:00 GMT"})
    async with a_site({"/pomoc/zwroty?x=%C4%85": page}) as (site, fetcher):
        found = await fetcher.fetch(Address.parse(site.url("/pomoc/zwroty?x=ą#sekcja")))
        assert isinstance(found, Fetched)
        assert (found.content, found.etag) == (b"<p>Zwroty", '"7"')
        assert found.last_modified == "Tue, 17 Nov 2026 11:00:00 GMT"
        assert found.media_type == "text/html; charset=utf-8"
        sent = site.asked[-1].headers
        assert (sent["host"], sent["user-agent"]) == (site.host, user_agent())
        assert user_agent().startswith("Okienko/")
        assert not {"cookie", "authorization", "referer"} & set(sent)


@pytest.mark.parametrize("key", ["etag", "last_modified"])
async def test_what_has_not_changed_is_not_sent_again(key: str) -> None:
    page = Page("x", headers={"ETag": '"7"', "Last-Modified": "Tue, 17 Nov 2026 11:00:00 GMT"})
    async with a_site({"/": page}) as (site, fetcher):
        address = Address.parse(site.url("/"))
        found = await fetcher.fetch(address)
        assert isinstance(found, Fetched)
        assert await fetcher.fetch(address, **{key: getattr(found, key)}) == NotModified(address)
        page.headers = {"ETag": '"8"', "Last-Modified": "Wed, 18 Nov 2026 11:00:00 GMT"}
        assert isinstance(await fetcher.fetch(address, **{key: getattr(found, key)}), Fetched)


async def test_redirects_are_followed_on_the_site() -> None:
    pages: dict[str, Page | Misbehave] = {
        "/a": moved("b", 301),
        "/b": moved("/c?d=1", 308),
        "/c?d=1": Page("C"),
    }
    async with a_site(pages) as (site, fetcher):
        found = await fetcher.fetch(Address.parse(site.url("/a")), site=f"127.0.0.1:{site.port}")
        assert isinstance(found, Fetched)
        assert (found.content, str(found.address)) == (b"C", site.url("/c?d=1"))


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.7/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "//localhost/",
        "http://intranet.example/",
        "http://both.example/",
    ],
)
async def test_a_redirect_to_a_private_address_is_refused(location: str) -> None:
    known = resolving(localhost="127.0.0.1 ::1", intranet="192.168.1.2", both="93.184.215.14 fd00::1")
    async with a_site({"/": moved(location)}, resolve=known) as (site, fetcher):
        problem = await problem_of(fetcher, site.url("/"))
        assert (problem.code, type(problem)) == ("private_address", PageRefused)
        assert "OKIENKO_KNOWLEDGE_ALLOW_HOSTS" in problem.message


async def test_a_private_address_is_refused_whoever_names_it() -> None:
    async with serving({"/": Page("secret")}) as site:
        fetcher = Fetcher(AllowedHosts.of(["intranet.example"]), resolve=resolving(shop="127.0.0.1"))
        for url in ("http://127.0.0.1/", "http://shop.example/", "http://localhost.example@127.0.0.1/"):
            assert (await problem_of(fetcher, url)).code in ("private_address", "credentials")
        assert (await problem_of(fetcher, site.url("/"))).code == "port"
        await fetcher.close()
        assert site.asked == []


def through(**ports: int) -> Callable[[str, int], Awaitable[AsyncNetworkStream]]:
    """Stands for the internet: public addresses (dots as underscores) are ports of loopback."""

    async def connect(ip: str, port: int) -> AsyncNetworkStream:
        port = ports.get("ip_" + ip.replace(".", "_"), port)
        return await AnyIOBackend().connect_tcp("127.0.0.1", port)

    return connect


async def test_the_internet_cannot_send_us_to_a_host_that_the_owner_allowed() -> None:
    async with serving({"/": Page("intranet")}) as inner, serving({"/": moved(inner.url("/"))}) as outer:
        fetcher = Fetcher(
            AllowedHosts.of([inner.host]),
            resolve=resolving(shop="93.184.215.14"),
            connect=through(ip_93_184_215_14=outer.port),
        )
        assert (await problem_of(fetcher, "http://shop.example/")).code == "private_address"
        assert (len(outer.paths), inner.asked) == (1, [])
        assert isinstance(await fetcher.fetch(Address.parse(inner.url("/"))), Fetched)
        await fetcher.close()


async def test_what_was_checked_is_what_is_asked() -> None:
    """A name that is public when it is checked and private a moment later (DNS rebinding) gains nothing."""
    answers = ["93.184.215.14", "127.0.0.1", "127.0.0.1"]

    async def rebinding(host: str, port: int) -> list[str]:
        return [answers.pop(0)]

    async with serving({"/": Page("x")}) as site:
        fetcher = Fetcher(resolve=rebinding, connect=through(ip_93_184_215_14=site.port))
        assert (await problem_of(fetcher, "http://shop.example/")).code == "private_address"
        await fetcher.close()
        # robots.txt came from the public address; for the page the name was looked up, and checked, again.
        assert [asked.path for asked in site.asked] == ["/robots.txt"]


async def test_redirects_end() -> None:
    async with a_site({"/": moved("/")}) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/"))).code == "redirects"
        assert len(site.paths) == 6


async def test_a_site_is_not_left() -> None:
    async with serving({"/": Page("other")}) as other:
        async with a_site({"/": moved(other.url("/"))}, also=[other.host]) as (site, fetcher):
            problem = await problem_of(fetcher, site.url("/"), site=f"127.0.0.1:{site.port}")
            assert problem.code == "other_site"
        assert other.asked == []


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "page_gone", PageGone),
        (410, "page_gone", PageGone),
        (403, "page_withheld", PageRefused),
        (429, "server_error", PageUnreachable),
        (500, "server_error", PageUnreachable),
        (304, "server_error", PageUnreachable),
    ],
)
async def test_a_status_says_whether_the_page_is_gone_or_only_away(
    status: int, code: str, kind: type[PageProblem]
) -> None:
    async with a_site({"/x": Page("x", status)}) as (site, fetcher):
        problem = await problem_of(fetcher, site.url("/x"))
        assert (problem.code, type(problem), problem.fields["status"]) == (code, kind, status)


async def test_a_long_body_is_cut_off_early() -> None:
    sent = 0

    async def endless(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while sent < 200 * KB * KB:
            writer.write(b"x" * 64 * KB)
            sent += 64 * KB
            await writer.drain()

    async with a_site({"/": endless}, limits=Limits(page_bytes=256 * KB)) as (site, fetcher):
        problem = await problem_of(fetcher, site.url("/"))
        assert problem.code == "page_too_large"
        assert "0.25 MB" in problem.message
    assert sent < 20 * KB * KB


async def test_a_long_body_that_says_so_is_not_read_at_all() -> None:
    huge = Page("", headers={"Content-Length": str(200 * KB * KB)})
    async with a_site({"/": huge, "/x.pdf": huge}) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/"))).fields == {"limit": "5"}
        huge.media_type = "application/pdf"
        assert (await problem_of(fetcher, site.url("/x.pdf"))).fields == {"limit": "20"}


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
async def test_a_bomb_is_not_unpacked(pack: Callable[[bytes], bytes]) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    bomb = Page(pack(bytes(50 * KB * KB)), headers={"Content-Encoding": name})
    plain = Page(pack(b"Zwroty"), headers={"Content-Encoding": name})
    torn = Page(pack(b"Zwroty")[:4] + b"torn", headers={"Content-Encoding": name})
    other = Page(b"?", headers={"Content-Encoding": "br"})
    assert len(bomb.content) < 100 * KB
    pages: dict[str, Page | Misbehave] = {"/bomb": bomb, "/plain": plain, "/torn": torn, "/other": other}
    async with a_site(pages) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/bomb"))).code == "page_too_large"
        assert (await problem_of(fetcher, site.url("/torn"))).code == "sent_damaged"
        assert (await problem_of(fetcher, site.url("/other"))).code == "packed"
        found = await fetcher.fetch(Address.parse(site.url("/plain")))
        assert isinstance(found, Fetched)
        assert found.content == b"Zwroty"


async def test_a_drip_is_cut_off() -> None:
    """The server sends a byte now and then, so that no single read is slow."""
    gone = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        try:
            while True:
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.01)
        finally:
            gone.set()

    async with a_site({"/": drip}, limits=Limits(seconds=2)) as (site, fetcher):
        problem = await problem_of(fetcher, site.url("/"))
        assert (problem.code, problem.fields) == ("page_too_slow", {"limit": "2"})
        await gone.wait()


async def test_a_server_that_says_nothing_is_given_up() -> None:
    async def silent(writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async with a_site({"/": silent}, limits=Limits(seconds=0.2)) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/"))).code == "page_too_slow"


async def test_robots_are_respected_on_every_hop() -> None:
    robots = Page("User-agent: *\nDisallow: /\n\nUser-agent: Okienko\nDisallow: /cart*\nAllow: /\n")
    pages: dict[str, Page | Misbehave] = {
        "/robots.txt": robots, "/pomoc": Page("x"), "/cart?id=1": Page("x"), "/to-cart": moved("/cart?id=1"),
    }  # fmt: skip
    async with a_site(pages) as (site, fetcher):
        assert isinstance(await fetcher.fetch(Address.parse(site.url("/pomoc"))), Fetched)
        for path in ("/cart?id=1", "/to-cart"):
            problem = await problem_of(fetcher, site.url(path))
            assert (problem.code, type(problem)) == ("robots", PageRefused)
        assert site.paths == ["/pomoc", "/to-cart"]
        assert len(site.asked) == 3  # robots.txt was read once


async def test_while_robots_cannot_be_read_nothing_is() -> None:
    async with a_site({"/robots.txt": Page("", 503), "/": Page("x")}) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/"))).code == "server_error"
        assert site.paths == []


async def test_the_wished_delay_is_kept_within_reason() -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    robots = Page("User-agent: *\nCrawl-delay: 3\n")
    async with a_site({"/robots.txt": robots, "/": Page("x")}, pause=pause) as (site, fetcher):
        for _ in range(3):
            await fetcher.fetch(Address.parse(site.url("/")))
    assert len(waits) == 2
    assert all(2 < seconds <= 3 for seconds in waits)
    waits.clear()
    robots = Page("User-agent: *\nCrawl-delay: 86400\n")
    async with a_site({"/robots.txt": robots, "/": Page("x")}, pause=pause) as (site, fetcher):
        for _ in range(2):
            await fetcher.fetch(Address.parse(site.url("/")))
    assert all(seconds <= 5 for seconds in waits)


async def test_one_host_is_asked_by_few_at_once() -> None:
    async with a_site({"/": Page("x")}) as (site, fetcher):
        await asyncio.gather(*(fetcher.fetch(Address.parse(site.url("/"))) for _ in range(20)))
        assert len(site.paths) == 20
        assert site.most_at_once <= AT_ONCE


async def test_a_host_that_only_fails_is_left_in_peace() -> None:
    async with a_site({"/": Page("", 503), "/well": Page("x")}) as (site, fetcher):
        found = [await problem_of(fetcher, site.url("/")) for _ in range(20)]
        assert {problem.code for problem in found} == {"server_error", "host_away"}
        assert len(site.paths) == 5
        assert (await problem_of(fetcher, site.url("/well"))).code == "host_away"


async def test_a_host_that_asks_for_a_moment_gets_it() -> None:
    waited: list[float] = []
    pages: dict[str, Page | Misbehave] = {"/a": Page("", 503, headers={"Retry-After": "2"})}

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        pages["/a"] = site.pages["/a"] = Page("A")

    async with a_site(pages, pause=pause) as (site, fetcher):
        found = await fetcher.fetch(Address.parse(site.url("/a")))
        assert isinstance(found, Fetched)
        assert (found.content, waited) == (b"A", [2.0])


@pytest.mark.parametrize("wish", ["120", "Sun, 22 Nov 2026 12:00:00 GMT"])
async def test_a_host_that_wants_peace_is_not_asked_for_more(wish: str) -> None:
    pages: dict[str, Page | Misbehave] = {"/a": Page("", 429, headers={"Retry-After": wish}), "/b": Page("B")}
    async with a_site(pages) as (site, fetcher):
        assert (await problem_of(fetcher, site.url("/a"))).code == "server_error"
        assert (await problem_of(fetcher, site.url("/b"))).code == "host_away"
        assert site.paths == ["/a"]


async def test_a_redirect_may_be_written_in_utf_8() -> None:
    async def away(writer: asyncio.StreamWriter) -> None:
        writer.write("HTTP/1.1 301 So\r\nLocation: /zażółć\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()

    pages: dict[str, Page | Misbehave] = {"/a": away, "/za%C5%BC%C3%B3%C5%82%C4%87": Page("Z")}
    async with a_site(pages) as (site, fetcher):
        found = await fetcher.fetch(Address.parse(site.url("/a")))
        assert isinstance(found, Fetched)
        assert found.content == b"Z"


async def test_a_host_that_is_away_or_unknown_is_said() -> None:
    async with serving({}) as site:
        host = site.host
    fetcher = Fetcher(AllowedHosts.of([host]), resolve=resolving())
    assert (await problem_of(fetcher, f"http://{host}/")).code == "no_connection"
    problem = await problem_of(fetcher, "http://nothing.example/")
    assert (problem.code, problem.fields) == ("unknown_host", {"host": "nothing.example"})
    await fetcher.close()


def make_certificate(key: Path, certificate: Path, host: str) -> None:
    what = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    named = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *what.split(), *named, *files], check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here to make a certificate")
async def test_certificates_are_checked_for_the_name(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    await asyncio.to_thread(make_certificate, key, certificate, "shop.example")
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(certificate, key)
    known = resolving(shop="127.0.0.1", other="127.0.0.1")
    async with serving({"/": Page("safe")}, tls=ours) as site:
        hosts = AllowedHosts.of(f"{name}.example:{site.port}" for name in ("shop", "other"))
        trusting = ssl.create_default_context(cafile=str(certificate))
        fetcher = Fetcher(hosts, resolve=known, tls=trusting)
        found = await fetcher.fetch(Address.parse(f"https://shop.example:{site.port}/"))
        assert isinstance(found, Fetched)
        assert (await problem_of(fetcher, f"https://other.example:{site.port}/")).code == "certificate"
        await fetcher.close()
        fetcher = Fetcher(hosts, resolve=known)
        assert (await problem_of(fetcher, f"https://shop.example:{site.port}/")).code == "certificate"
        await fetcher.close()


@pytest.mark.parametrize(
    "text",
    ["", "shop.example", "ftp://shop.example/", "file:///etc/passwd", "http://", "http:///x", "http://a b/",
     "http://a..b/", "http://shop.example:99999/", "http://shop.example\\@x/", "http://x\n/", "http://x%2f/",
     "http://[fe80::1%25eth0]/", "https://" + "x" * 3000, "http://x/\udcb3"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(PageRefused) as caught:
        Address.parse(text)
    assert caught.value.code == "no_address"


def test_one_page_has_one_spelling() -> None:
    assert str(Address.parse(" HTTPS://Żółw.Example:443 ".strip())) == "https://xn--w-uga1v8h.example/"
    assert str(Address.parse("https://shop.example/ą b?x=ą#here".replace(" ", "%20"))).endswith(
        "/%C4%85%20b?x=%C4%85"
    )
    assert Address.parse("https://www.shop.example/").site == Address.parse("http://shop.example/x").site
    assert Address.parse("http://shop.example:8080/").site == "shop.example:8080"
    assert Address.parse("http://[::1]:81/").authority == "[::1]:81"


@pytest.mark.parametrize(
    "ip", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_the_internet_is_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.0.8",
        "198.18.0.1",
        "::",
        "::1",
        "fd00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff0e::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a00:1::",
        "2001:0:1::1",
        "2001:db8::1",
        "shop.example",
        "",
    ],
)
def test_what_is_special_is_not_public(ip: str) -> None:
    assert not is_public(ip)


def test_a_problem_is_said_in_both_languages() -> None:
    problem = PageGone("page_gone", status=404).about("https://shop.example/x")
    assert (
        problem.say(Language.EN)
        == "https://shop.example/x: the server says that there is no such page (404)."
    )
    assert "nie ma takiej strony (404)" in problem.say(Language.PL)


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("", False),
        ("noindex", True),
        ("NoIndex, nofollow", True),
        ("none", True),
        ("index, follow", False),
        ("googlebot: noindex", False),
        ("googlebot: nofollow, noindex", False),
        ("googlebot: nofollow\nnoindex", True),
        ("okienko: noindex", True),
        ("unavailable_after: 25 Jun 2010 15:00:00 PST, noindex", True),
        ("max-snippet: 20, noindex", True),
        ("noindexing", False),
    ],
)
def test_what_is_said_to_robots(said: str, forbidden: bool) -> None:
    assert forbids_indexing(said) is forbidden
