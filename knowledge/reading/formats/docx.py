"""Word documents. The home of python-docx.

Read is what a reader of the accepted document sees: insertions count, deletions do not, hidden runs are left
out. python-docx parses without resolving entities.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from knowledge.reading.draft import Parsed, Said
from knowledge.reading.formats.archive import check_archive
from knowledge.reading.formats.outline import Block, drafts_of
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted text, comments' marks, field codes, and the second of two forms of the same drawing.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}footnoteReference"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TINY_HALF_POINTS = 3
_MAX_PARAGRAPHS = 50_000


def parse(content: bytes, name: str) -> Parsed:
    """Read one article, or of a long document one a chapter.

    Raises:
        Refused: It is no document, a bomb, or has no text.
    """
    check_archive(content, "word/document.xml", Kind.DOCX)
    import docx

    document = _Document(docx.Document(io.BytesIO(content)))
    blocks = list(document.blocks())
    title = document.title or _leading_title(blocks)
    if not document.title and title:
        blocks = blocks[1:]
    drafts = drafts_of(title, blocks)
    if not drafts:
        raise Refused("no_text")
    left_out = {"hidden": document.hidden, "struck": document.struck}
    notes = tuple(Said(code, {"count": count}) for code, count in left_out.items() if count)
    return Parsed(tuple(drafts), notes=notes)


def _leading_title(blocks: list[Block]) -> str:
    """Return the first heading if the document begins with it and has no other so high."""
    if not blocks or blocks[0].level != 1 or sum(block.level == 1 for block in blocks) > 1:
        return ""
    return blocks[0].text


class _Document:
    """Walks a document in order."""

    def __init__(self, document: Any) -> None:
        self.title = ""
        self.hidden = 0
        self.struck = 0
        self._body = document.element.body
        self._styles = {style.style_id: style for style in document.styles if style.style_id}
        self._default = document.styles.default(_paragraph_type())
        self._ordered = _ordered_lists(document)
        self._counts: Counter[tuple[str, int]] = Counter()

    def blocks(self) -> Iterator[Block]:
        for number, (kind, element) in enumerate(_content(self._body)):
            if number > _MAX_PARAGRAPHS:
                raise Refused("too_many_lines", limit=_MAX_PARAGRAPHS)
            if kind == "table":
                yield from self._table(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        text = self._text(element)
        style = self._style(element)
        if text and any(_vanishes(one.element) for one in _ancestry(style)):
            self.hidden += 1
        elif text:
            name = (style.name or "").lower() if style is not None else ""
            if name == "title" and not self.title:
                self.title = text
            elif not name.startswith("toc"):
                yield self._block(element, style, name, text)
        for box in element.iter(_BOX):
            # Boxes in a box are met with the paragraph that holds them.
            if not (_inside(box, _FALLBACK, element) or _inside(box, _BOX, element)):
                for inner in box.iter(f"{_W}p"):
                    if not _inside(inner, _BOX, box):
                        yield from self._paragraph(inner)

    def _block(self, element: Any, style: Any, name: str, text: str) -> Block:
        level = self._level(element, style)
        if level and len(text) <= 200:
            return Block(" ".join(text.split()), level)
        numbered = self._numbering(element, style)
        if numbered is None:
            return Block(f"- {text}", item="list") if name.startswith("list bullet") else Block(text)
        if numbered not in self._ordered:
            return Block(f"{'  ' * numbered[1]}- {text}", item=f"list {numbered[0]}")
        self._counts[numbered] += 1
        return Block(f"{'  ' * numbered[1]}{self._counts[numbered]}. {text}", item=f"list {numbered[0]}")

    def _style(self, element: Any) -> Any:
        found = element.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(found.get(f"{_W}val"), self._default) if found is not None else self._default

    def _level(self, element: Any, style: Any) -> int:
        """Return the level of a heading: of its own outline, or of its style or what that is based on."""
        own = element.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None:
            return _outline(own)
        for one in _ancestry(style):
            match = _HEADING.fullmatch(one.name or "")
            if match:
                return min(6, int(match[1]))
            outline = one.element.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return _outline(outline)
        return 0

    def _numbering(self, element: Any, style: Any) -> tuple[str, int] | None:
        """Return (list, depth) of a list item, None of a paragraph."""
        places = [element, *(one.element for one in _ancestry(style))]
        for place in places:
            found = place.find(f"{_W}pPr/{_W}numPr")
            if found is not None:
                number, depth = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
                if number is None or number.get(f"{_W}val") == "0":
                    return None
                return str(number.get(f"{_W}val")), min(5, _whole(depth))
        return None

    def _table(self, element: Any) -> Iterator[Block]:
        """Yield a table by rows, each value with the name of its column, so that a row can stand alone."""
        rows = [self._row(row) for row in element.iter(f"{_W}tr") if not _inside(row, f"{_W}tbl", element)]
        rows = [row for row in rows if any(row)]
        header = rows.pop(0) if len(rows) > 1 and _names_columns(rows[0]) else []
        for row in rows:
            cells = [
                f"{header[n]}: {cell}" if 0 < n < len(header) and header[n] else cell
                for n, cell in enumerate(row)
                if cell
            ]
            yield Block(f"- {'; '.join(cells)}", item="table")

    def _row(self, row: Any) -> list[str]:
        cells = [cell for cell in row.iter(f"{_W}tc") if not _inside(cell, f"{_W}tbl", row)]
        return [
            " ".join(" ".join(self._text(paragraph) for paragraph in cell.iter(f"{_W}p")).split())
            for cell in cells
        ]

    def _text(self, paragraph: Any) -> str:
        parts: list[str] = []
        self._collect(paragraph, parts)
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        return "\n".join(filter(None, lines))

    def _collect(self, element: Any, parts: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT or tag in (_FALLBACK, _BOX):
                continue
            if tag == f"{_W}t":
                parts.append(child.text or "")
            elif tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif tag == f"{_W}tab":
                parts.append(" ")
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_W}r" and _is_struck(child):
                self.struck += any((text.text or "").strip() for text in child.iter(f"{_W}t"))
            elif tag == f"{_W}r" and self._is_hidden(child):
                self.hidden += any((text.text or "").strip() for text in child.iter(f"{_W}t"))
            else:
                self._collect(child, parts)

    def _is_hidden(self, run: Any) -> bool:
        own = run.find(f"{_W}rPr")
        if own is None:
            return False
        named = own.find(f"{_W}rStyle")
        style = self._styles.get(named.get(f"{_W}val")) if named is not None else None
        if _vanishes(run) or any(_vanishes(one.element) for one in _ancestry(style)):
            return True
        size, colour = own.find(f"{_W}sz"), own.find(f"{_W}color")
        if size is not None and _whole(size, 99) <= _TINY_HALF_POINTS:
            return True
        # White is hidden unless a shade may lie behind it: of the run, its paragraph, its cell.
        white = colour is not None and str(colour.get(f"{_W}val")).upper() == "FFFFFF"
        return white and not any(True for outer in (run, *run.iterancestors()) for _ in _shades(outer))


def _content(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield paragraphs and tables in order, those inside content controls too."""
    for child in body:
        if child.tag == f"{_W}p":
            yield "paragraph", child
        elif child.tag == f"{_W}tbl":
            yield "table", child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _content(child)


def _names_columns(row: list[str]) -> bool:
    return all(row) and not any(c.isdigit() for cell in row for c in cell)


def _ordered_lists(document: Any) -> set[tuple[str, int]]:
    """Return (list, depth) of the lists that count."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return set()
    kinds: dict[str, set[int]] = {}
    for abstract in numbering.iter(f"{_W}abstractNum"):
        levels = {
            _whole_of(level, f"{_W}ilvl")
            for level in abstract.iter(f"{_W}lvl")
            if (form := level.find(f"{_W}numFmt")) is not None
            and form.get(f"{_W}val") not in ("bullet", "none")
        }
        kinds[str(abstract.get(f"{_W}abstractNumId"))] = levels
    found: set[tuple[str, int]] = set()
    for one in numbering.iter(f"{_W}num"):
        of = one.find(f"{_W}abstractNumId")
        levels = kinds.get(str(of.get(f"{_W}val")), set()) if of is not None else set()
        found |= {(str(one.get(f"{_W}numId")), level) for level in levels}
    return found


def _ancestry(style: Any) -> Iterator[Any]:
    """Yield a style and those that it is based on; a circle of them ends."""
    for _ in range(10):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def _vanishes(element: Any) -> bool:
    """Tell whether a run, or a style, hides its text."""
    return _has(element, "vanish")


def _is_struck(run: Any) -> bool:
    return _has(run, "strike") or _has(run, "dstrike")


def _has(element: Any, name: str) -> bool:
    found = element.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off")


def _shades(element: Any) -> Iterator[Any]:
    for properties in ("rPr", "pPr", "tcPr", "tblPr"):
        found = element.find(f"{_W}{properties}/{_W}shd")
        if found is not None and str(found.get(f"{_W}fill")).upper() not in ("FFFFFF", "AUTO", "NONE"):
            yield found


def _inside(element: Any, tag: str, top: Any) -> bool:
    """Tell whether a `tag` lies between `top` and `element`."""
    for outer in element.iterancestors():
        if outer is top:
            return False
        if outer.tag == tag:
            return True
    return False


def _outline(element: Any) -> int:
    level = _whole(element, 9)
    return level + 1 if level < 6 else 0


def _whole(element: Any, default: int = 0) -> int:
    return default if element is None else _whole_of(element, f"{_W}val", default)


def _whole_of(element: Any, attribute: str, default: int = 0) -> int:
    value = str(element.get(attribute) or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _paragraph_type() -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    return WD_STYLE_TYPE.PARAGRAPH
