"""Sitemaps: what they list, what they lead to, and what in them would do harm."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

import pytest

from knowledge.sources.listing import MAX_PAGES, Listing, list_pages
from knowledge.sources.source import Options
from knowledge.web.addresses import Address, PageProblem, PageRefused
from knowledge.web.sitemap import MAX_ADDRESSES, Sitemap, looks_like_sitemap, parse_sitemap
from tests.knowledge.site import Page, Site, moved
from tests.knowledge.test_web import a_site

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(addresses: Iterable[str]) -> bytes:
    found = "".join(
        f"<url><loc> {address} </loc><lastmod>2026-11-20</lastmod></url>" for address in addresses
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE}>{found}</urlset>'.encode()


def index(addresses: Iterable[str]) -> bytes:
    found = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NAMESPACE}>{found}</sitemapindex>".encode()


def xml(content: bytes) -> Page:
    return Page(content, media_type="application/xml")


async def read_here(content: bytes) -> Sitemap:
    return parse_sitemap(content)


async def paths_of(
    pages: dict[str, Page], start: str = "/sitemap.xml", options: Options | None = None
) -> list[str]:
    async with a_site(dict(pages)) as (site, fetcher):
        found = await list_pages(fetcher, Address.parse(site.url(start)), options or Options(), read_here)
        return [page.target for page in found.pages]


def test_pages_are_listed_in_order_each_once() -> None:
    content = urlset(["https://s.example/b", "https://s.example/a?x=1&amp;y=2", "https://s.example/b"])
    assert looks_like_sitemap(content)
    assert parse_sitemap(content).pages == ("https://s.example/b", "https://s.example/a?x=1&y=2")
    assert parse_sitemap(gzip.compress(content)) == parse_sitemap(content)
    assert looks_like_sitemap(gzip.compress(content))
    assert not any(map(looks_like_sitemap, (b"", b"\x1f\x8bnonsense", b"<html></html>")))


def test_pictures_are_no_pages() -> None:
    content = b"""<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://i.example">
    <s:url><s:loc>https://s.example/a</s:loc><i:image><i:loc>https://s.example/a.png</i:loc></i:image></s:url>
    <s:url><i:loc/></s:url></s:urlset>"""
    assert parse_sitemap(content).pages == ("https://s.example/a",)


def test_as_many_addresses_are_taken_as_the_protocol_allows() -> None:
    content = urlset(f"/{number}" for number in range(MAX_ADDRESSES + 1))
    assert len(parse_sitemap(content).pages) == MAX_ADDRESSES


BOMB = b"""<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<urlset><url><loc>&b;</loc></url></urlset>"""
FILE = (
    b'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>'
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "xml_doctype"),
        (FILE, "xml_doctype"),
        (b'<?xml version="1.0"?><!DOCTYPE urlset SYSTEM "http://10.0.0.1/x.dtd"><urlset/>', "xml_doctype"),
        (b"<urlset><url><loc>https://s.example/a</loc>", "bad_xml"),
        (b'<?xml version="1.0" encoding="klingon"?><urlset/>', "bad_xml"),
        (b"", "bad_xml"),
        (b"<urlset>" + b"<url>" * 1000, "bad_xml"),
        (b"<html><body>404</body></html>", "no_sitemap"),
        (gzip.compress(bytes(30 * 1024 * 1024)), "page_too_large"),
        (gzip.compress(urlset(["https://s.example/"]))[:-12], "sent_damaged"),
        (b"\x1f\x8bnonsense", "sent_damaged"),
    ],
)
def test_what_is_broken_or_would_do_harm_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(PageRefused) as caught:
        parse_sitemap(content)
    assert caught.value.code == code


async def test_an_index_is_followed_and_loops_end() -> None:
    pages = {
        "/sitemap.xml": xml(index(["/one.xml", "/two.xml.gz", "/sitemap.xml"])),
        "/one.xml": xml(index(["/one.xml", "/sitemap.xml", "/three.xml"])),
        "/two.xml.gz": Page(gzip.compress(urlset(["/b", "/a"])), media_type="application/gzip"),
        "/three.xml": xml(urlset(["/c", "/a"])),
    }
    assert await paths_of(pages) == ["/b", "/a", "/c"]


async def test_pages_are_chosen_by_pattern() -> None:
    pages = {"/sitemap.xml": xml(urlset(["/pomoc/zwroty", "/pomoc/stare/x", "/produkt/1", "/kontakt"]))}
    chosen = Options(include=("/pomoc/*", "/kontakt"), exclude=("*/stare/*",))
    assert await paths_of(pages, options=chosen) == ["/pomoc/zwroty", "/kontakt"]


async def listing_of(pages: dict[str, Page]) -> tuple[Site, Listing]:
    async with a_site(dict(pages)) as (site, fetcher):
        return site, await list_pages(fetcher, Address.parse(site.url("/sitemap.xml")), Options(), read_here)


async def test_other_sites_and_nonsense_are_left_out_and_counted() -> None:
    listed = ["/a", "https://other.example/x", "https://other.example/y", "javascript:alert(1)"]
    _, listing = await listing_of({"/sitemap.xml": xml(urlset(listed))})
    assert [page.path for page in listing.pages] == ["/a"]
    assert {note.code: note.fields["count"] for note in listing.notes} == {
        "other_sites": 2,
        "no_addresses": 1,
    }
    assert listing.whole


async def test_too_many_pages_are_cut_off_and_said() -> None:
    _, listing = await listing_of({"/sitemap.xml": xml(urlset(f"/p/{n}" for n in range(MAX_PAGES + 7)))})
    assert len(listing.pages) == MAX_PAGES
    assert [(note.code, note.fields["count"]) for note in listing.notes] == [("too_many_listed", 7)]
    assert not listing.whole


async def test_a_sitemap_that_cannot_be_read_leaves_the_others() -> None:
    pages = {
        "/sitemap.xml": xml(index(["/gone.xml", "/broken.xml", "/good.xml"])),
        "/broken.xml": xml(b"<urlset>"),
        "/good.xml": xml(urlset(["/a"])),
    }
    site, listing = await listing_of(pages)
    assert [page.path for page in listing.pages] == ["/a"]
    said = {problem.source: problem.code for problem in listing.problems}
    assert said == {site.url("/gone.xml"): "page_gone", site.url("/broken.xml"): "bad_xml"}
    assert not listing.whole


async def test_a_site_is_asked_for_its_sitemaps() -> None:
    home = {"/": Page("<h1>Sklep")}
    assert await paths_of({**home, "/sitemap.xml": xml(urlset(["/a"]))}, "/") == ["/a"]
    robots = Page("Sitemap: /help.xml\nSitemap: https://other.example/sitemap.xml\nSitemap: /gone.xml\n")
    pages = {**home, "/robots.txt": robots, "/help.xml": xml(urlset(["/h"]))}
    assert await paths_of(pages, "/") == ["/h"]
    with pytest.raises(PageProblem) as caught:
        await paths_of(home, "/")
    assert caught.value.code == "page_gone"


async def test_a_sitemap_that_leads_to_another_site_is_not_read() -> None:
    with pytest.raises(PageProblem) as caught:
        await listing_of({"/sitemap.xml": moved("http://bought.example/sitemap.xml")})
    assert caught.value.code == "other_site"


async def test_of_very_many_addresses_enough_are_looked_at() -> None:
    many = [f"/{n}" for n in range(MAX_ADDRESSES)]
    pages = {
        "/sitemap.xml": xml(index(["/one.xml", "/two.xml"])),
        "/one.xml": Page(gzip.compress(urlset(many)), media_type="application/gzip"),
        "/two.xml": xml(urlset(["/x"])),
    }
    site, listing = await listing_of(pages)
    assert "/two.xml" not in site.paths
    assert {note.code for note in listing.notes} == {"too_many_sitemaps", "too_many_listed"}
