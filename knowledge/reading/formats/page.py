"""Pages of the web: the main text, without menus, banners and footers. The home of trafilatura.

Trafilatura says *where* the main text is; what is there is read as any HTML, so that lists, tables and folded
answers keep their form. A page that marks its main text itself is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.formats import text
from knowledge.reading.formats.html import remarks_on
from knowledge.reading.plain import html_to_text
from knowledge.remarks import Refused
from knowledge.web.robots import NAME, forbids_indexing

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_ASIDE = re.compile(
    r"""(cookies?|consent|gdpr|rodo|newsletter|breadcrumbs?|okruszki|nav|navbar|navigation|menu|topbar|header|footer
    |stopka|sidebar|social|share|related|recommended|popup|minicart|basket|koszyk|search|login|pagination
    |skip-?link)([-_]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "complementary"})
_ASIDE_TAGS = ("nav", "footer", "aside", "form", "script", "style", "noscript", "template")
_CONTAINERS = ("div", "section", "article", "main", "center", "table", "tbody", "tr", "td")
_ASIDE_SHARE = 0.3
"""What holds more of a page's text is no aside, whatever it is called."""
_LINKS, _LINKS_SHARE = 4, 0.8
"""A list of at least so many links that make up this share of its text is a menu."""
_FOUND_SHARE = 0.85
"""The region of the main text holds at least this share of what trafilatura found."""


def parse(content: bytes, name: str) -> Parsed:
    """Read one article.

    Raises:
        Refused: It is no text, or has none.
    """
    from bs4 import BeautifulSoup

    html = text.html(content)
    soup = BeautifulSoup(html, "html.parser")
    title, language, unlisted = _title(soup), _language(soup), _is_unlisted(soup)
    body = soup.body or soup
    _drop_asides(body)
    region = _own_region(body) or _found_region(body)
    plain = html_to_text(f"<html><body><main>{region}</main></body></html>")
    if not plain.body:
        raise Refused("no_text")
    # Every page of the web has scripts; hidden words amidst the text are worth a note.
    notes = (*remarks_on(replace(plain, scripts=0)), *([Said("noindex_read")] if unlisted else []))
    return Parsed((Draft(plain.body, {"title": title or plain.title, "language": language}),), notes=notes)


def _title(soup: BeautifulSoup) -> str:
    """Return the first heading of level 1, else the title without the name of the shop."""
    heading = soup.find("h1")
    if heading is not None and (said := _line(heading.get_text(" "))):
        return said
    named = soup.find("title")
    said = _line(named.get_text()) if named is not None else ""
    return re.split(r"\s+[|–—·»]\s+", said)[0]


def _is_unlisted(soup: BeautifulSoup) -> bool:
    """Tell whether the page asks robots, or us by name, not to be indexed."""
    names = ("robots", NAME.casefold())
    tags = (tag for tag in soup.find_all("meta") if str(tag.get("name") or "").strip().casefold() in names)
    return any(forbids_indexing(str(tag.get("content") or "")) for tag in tags)


def _language(soup: BeautifulSoup) -> str | None:
    root = soup.find("html")
    return str(root.get("lang") or "").strip() or None if root is not None else None


def _drop_asides(body: Tag) -> None:
    """Drop what stands around the main text, by what its author calls it, and lists of links."""
    for tag in body.find_all(_ASIDE_TAGS):
        if not tag.decomposed:
            tag.decompose()
    most = _ASIDE_SHARE * len(body.get_text())
    for tag in body.find_all(True):
        if tag.decomposed:
            continue
        of_the_site = tag.name == "header" and tag.find_parent(["main", "article", "section"]) is None
        aside = of_the_site or _is_link_list(tag) or (_is_aside(tag) and len(tag.get_text()) <= most)
        if aside and tag.find(["h1", "main"]) is None:
            tag.decompose()


def _is_aside(tag: Tag) -> bool:
    if str(tag.get("role") or "").lower() in _ASIDE_ROLES:
        return True
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(_ASIDE.match(str(name)) for name in names if name)


def _is_link_list(tag: Tag) -> bool:
    if tag.name not in ("ul", "ol"):
        return False
    links = [len(_line(link.get_text())) for link in tag.find_all("a")]
    return len(links) >= _LINKS and sum(links) >= _LINKS_SHARE * len(_line(tag.get_text()))


def _own_region(body: Tag) -> Tag | None:
    """Return what the page itself calls its main text, if it does so once."""
    for selector in ("main", "[role=main]", "article"):
        found = body.select(selector)
        if len(found) == 1 and found[0].get_text().strip():
            return found[0]
    return None


def _found_region(body: Tag) -> Tag:
    """Return the smallest part of the page that holds nearly all of the main text."""
    import trafilatura

    found = trafilatura.extract(
        f"<html><body>{body}</body></html>", output_format="txt", include_comments=False, favor_recall=True
    )
    spans, letters = _spans(body)
    marked = _marked(letters, (found or "").split("\n"))
    needed = _FOUND_SHARE * marked[-1]

    def holds_enough(tag: Tag) -> bool:
        start, end = spans[id(tag)]
        return marked[end] - marked[start] >= needed

    region = body
    while needed:
        inner = next(
            (tag for tag in region.find_all(_CONTAINERS, recursive=False) if holds_enough(tag)), None
        )
        if inner is None:
            return region
        region = inner
    return region


def _spans(body: Tag) -> tuple[dict[int, tuple[int, int]], str]:
    """Return from where to where each element's letters go, by the element's id, and all the letters."""
    from bs4.element import NavigableString, Tag

    starts: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    pieces: list[str] = []
    at = 0
    path: list[Tag] = []
    for node in (body, *body.descendants):
        while path and node.parent is not path[-1] and node is not body:
            closed = path.pop()
            spans[id(closed)] = (starts[id(closed)], at)
        if isinstance(node, NavigableString):
            pieces.append(_squeezed(str(node)))
            at += len(pieces[-1])
        elif isinstance(node, Tag):
            starts[id(node)] = at
            path.append(node)
    for closed in path:
        spans[id(closed)] = (starts[id(closed)], at)
    return spans, "".join(pieces)


def _marked(letters: str, lines: Iterable[str]) -> list[int]:
    """Return for each place in `letters` how many before it belong to one of `lines`."""
    is_found = bytearray(len(letters))
    last = 0
    for line in map(_squeezed, lines):
        at = letters.find(line, last)
        if line and at >= 0:
            last = at + len(line)
            is_found[at:last] = b"\1" * len(line)
    return [0, *accumulate(is_found)]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _line(text: str) -> str:
    return " ".join(text.split())
