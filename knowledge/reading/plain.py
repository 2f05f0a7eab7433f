"""Markdown and HTML into plain text that keeps its structure: headings, paragraphs, list items, table rows.

The result is what `Article.body` holds: ``## Heading`` lines, ``- item`` or ``1. item`` lines, paragraphs
parted by empty lines. The home of markdown-it-py and BeautifulSoup. Pure: text in, text out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_UNSEEN = """
script style noscript template svg canvas iframe object head nav footer form button input select textarea
"""
_BLOCK = "p div section article main header aside blockquote pre table ul ol dl figure address details"
_DROPPED = _UNSEEN.split()
_BLOCKS = frozenset(_BLOCK.split())
_HIDDEN_STYLE = re.compile(
    r"""display\s*:\s*none | visibility\s*:\s*(?:hidden|collapse)
    | (?:font-size|opacity)\s*:\s*0*(?:\.0\d*)?(?:px|pt|r?em|%)?\s*(?:;|!|$)
    | font-size\s*:\s*[12](?:\.\d+)?(?:px|pt)
    | (?:left|right|top|text-indent)\s*:\s*-(?:[5-9]\d\d|\d{4,})
    | clip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]|inset\(\s*(?:50|100)%|circle\(\s*0)
    | scale(?:x|y|3d)?\(\s*0\s*[,)]""",
    re.IGNORECASE | re.VERBOSE,
)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_NEARLY_WHITE = re.compile(r"#(?:f[8-9a-f]){3}|rgb\((?:(?:24[89]|25[0-5])[,)]){3}")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_CLEAR = frozenset({"transparent", "rgba(0,0,0,0)", "rgba(255,255,255,0)"})


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a page.

    Attributes:
        title: The first level-1 heading, else of HTML the ``<title>``; "" without either.
        body: As `knowledge.articles.Article.body`.
        language: The ``lang`` attribute of HTML.
        scripts: How many scripts were left out.
        hidden: How many places with text that was hidden from the eye were left out.
        struck: How many that were crossed out: an old price must not be quoted.
    """

    title: str
    body: str
    language: str | None = None
    scripts: int = 0
    hidden: int = 0
    struck: int = 0


def markdown_to_text(markdown: str) -> Plain:
    """Return the text of Markdown, HTML in it included."""
    from bs4 import BeautifulSoup

    html = _markdown().render(markdown)
    soup = BeautifulSoup(html, "html.parser")
    left_out = _drop_hidden(soup)
    title = _take_title(soup)
    return Plain(title, _text_of(soup), None, **left_out)


def html_to_text(html: str) -> Plain:
    """Return the text of a page's ``<main>``, else ``<article>``, else ``<body>``."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    root = soup.find(lang=True)
    language = str(root["lang"]).strip() if root is not None else None
    named = soup.find("title")
    title = _line(named.get_text()) if named else ""
    left_out = _drop_hidden(soup)
    body = soup.find("main") or soup.find("article") or soup.find("body") or soup
    return Plain(_take_title(body) or title, _text_of(body), language or None, **left_out)


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _drop_hidden(soup: BeautifulSoup) -> dict[str, int]:
    """Drop what a reader of the page would not see, or sees crossed out; return how much, as in `Plain`."""
    from bs4 import Comment, Tag

    scripts = len(soup.find_all("script"))
    for button in soup.select("h1 button, h2 button, h3 button, h4 button, h5 button, h6 button, dt button"):
        button.unwrap()  # the question of a folded answer
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    hidden = struck = 0
    for tag in soup.find_all(True):
        if tag.decomposed or not isinstance(tag, Tag):
            continue
        if _is_hidden(tag):
            hidden += bool(tag.get_text().strip())
            tag.decompose()
        elif tag.name in ("del", "s", "strike") or _STRUCK_STYLE.search(str(tag.get("style") or "")):
            struck += bool(tag.get_text().strip())
            tag.decompose()
        elif tag.get("aria-hidden") == "true":
            tag.decompose()  # seen, but by its author's word an ornament: an icon, a copy
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    return {"scripts": scripts, "hidden": hidden, "struck": struck}


def _is_hidden(tag: Tag) -> bool:
    """Tell whether the tag itself hides its text.

    Style sheets are not looked at: folded answers of an FAQ are hidden by them until they are clicked.
    """
    style = str(tag.get("style") or "")
    if tag.has_attr("hidden") or _HIDDEN_STYLE.search(style):
        return True
    if tag.name == "dialog" and not tag.has_attr("open"):
        return True
    colour = _colour(_COLOUR, style) or _named(tag.get("color"))
    return colour in _CLEAR or (bool(colour) and colour == _ground(tag))


def _ground(tag: Tag) -> str:
    """Return the colour behind a tag, "" if a style sheet may have set it."""
    for outer in (tag, *tag.parents):
        ground = _colour(_GROUND, str(outer.get("style") or "")) or _named(outer.get("bgcolor"))
        if ground and ground not in _CLEAR:
            return ground
        if outer.get("class") or outer.get("id"):
            return ""
    return "white"


def _colour(pattern: re.Pattern[str], style: str) -> str:
    match = pattern.search(style)
    return _named(match[1]) if match else ""


def _named(colour: object) -> str:
    """Return a colour as it is compared, whichever way white is written; "" for none."""
    bare = "".join(str(colour or "").split()).lower()
    return "white" if bare in _WHITE or _NEARLY_WHITE.fullmatch(bare) else bare


def _take_title(root: Any) -> str:
    heading = root.find("h1")
    if heading is None:
        return ""
    heading.extract()
    return _line(heading.get_text())


def _text_of(root: Any) -> str:
    lines: list[str] = []
    _walk(root, lines, 0)
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _walk(node: Tag, lines: list[str], depth: int) -> None:
    """Append the blocks of `node`; runs of text between blocks are paragraphs."""
    from bs4 import Tag
    from bs4.element import NavigableString

    run: list[str] = []

    def flush() -> None:
        paragraph = "\n".join(filter(None, map(_line, "".join(run).split("\v"))))
        run.clear()
        if paragraph:
            lines.extend([paragraph, ""])

    for child in node.children:
        if isinstance(child, NavigableString):
            run.append(str(child))
            continue
        if not isinstance(child, Tag):
            continue
        name = child.name
        if re.fullmatch(r"h[1-6]", name):
            flush()
            heading = _line(child.get_text())
            if heading:
                lines.extend(["", f"{'#' * int(name[1])} {heading}", ""])
        elif name in ("ul", "ol"):
            flush()
            _list(child, lines, depth)
            if depth == 0:
                lines.append("")
        elif name == "table":
            flush()
            _table(child, lines)
        elif name in ("dt", "dd", "li", "hr"):
            flush()
            _walk(child, lines, depth)
        elif name == "br":
            run.append("\v")
        elif name in _BLOCKS or child.find(list(_BLOCKS)):
            flush()
            _walk(child, lines, depth)
        else:
            run.append(_inline(child))
    flush()


def _inline(tag: Tag) -> str:
    for br in tag.find_all("br"):
        br.replace_with("\v")
    return tag.get_text()


def _list(tag: Tag, lines: list[str], depth: int) -> None:
    for number, item in enumerate(tag.find_all("li", recursive=False), 1):
        inner: list[str] = []
        _walk(item, inner, depth + 1)
        content = [line for line in "\n".join(inner).split("\n") if line.strip()]
        if not content:
            continue
        mark = f"{number}." if tag.name == "ol" else "-"
        first, *rest = content
        # An item that only holds a deeper list has nothing of its own to say.
        lines.append(first if re.match(r"\s*(-|\d+\.) ", first) else f"{mark} {first}")
        lines.extend(f"  {line}" for line in rest)


def _table(tag: Tag, lines: list[str]) -> None:
    """Write a table by rows, each value with the name of its column, so that a row can stand alone."""
    rows = [[_line(cell.get_text()) for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    first = tag.find("tr")
    has_header = first is not None and first.find("td") is None and len(rows) > 1
    header = rows.pop(0) if has_header else []
    for row in rows:
        cells = [
            f"{header[n]}: {cell}" if 0 < n < len(header) and header[n] else cell
            for n, cell in enumerate(row)
            if cell
        ]
        lines.append(f"- {'; '.join(cells)}")
    lines.append("")


def _line(text: str) -> str:
    return " ".join(text.split())
