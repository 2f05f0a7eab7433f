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
from knowledge.reading.formats.docx_xml import (
    W,
    ancestry,
    contents_of,
    inside,
    is_struck,
    names_columns,
    ordered_lists,
    outline_level,
    shades,
    vanishes,
    whole,
)
from knowledge.reading.formats.outline import Block, drafts_of
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

# Deleted text, comments' marks, field codes, and the second of two forms of the same drawing.
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_NOTES = ("footnote", "endnote")
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
        self._ordered = ordered_lists(document)
        self._counts: Counter[tuple[str, int]] = Counter()
        self._notes = _notes_of(document)

    def blocks(self) -> Iterator[Block]:
        for number, (kind, element) in enumerate(contents_of(self._body)):
            if number > _MAX_PARAGRAPHS:
                raise Refused("too_many_lines", limit=_MAX_PARAGRAPHS)
            if kind == "table":
                yield from self._table(element)
            else:
                yield from self._paragraph(element)
            yield from self._notes_in(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        text = self._text(element)
        style = self._style(element)
        if text and any(vanishes(one.element) for one in ancestry(style)):
            self.hidden += 1
        elif text:
            name = (style.name or "").lower() if style is not None else ""
            if name == "title" and not self.title:
                self.title = text
            elif not name.startswith("toc"):
                yield self._block(element, style, name, text)
        for box in element.iter(_BOX):
            # Boxes in a box are met with the paragraph that holds them.
            if not (inside(box, _FALLBACK, element) or inside(box, _BOX, element)):
                for inner in box.iter(f"{W}p"):
                    if not inside(inner, _BOX, box):
                        yield from self._paragraph(inner)

    def _notes_in(self, element: Any) -> Iterator[Block]:
        """Yield the notes that a paragraph or a table refers to: conditions often stand there."""
        for name in _NOTES:
            for mark in element.iter(f"{W}{name}Reference"):
                run = mark.getparent()
                if any(inside(mark, one, element) for one in _LEFT_OUT) or self._is_hidden(run):
                    continue
                # A note is read once, wherever else it is referred to.
                for paragraph in self._notes.pop((name, str(mark.get(f"{W}id"))), ()):
                    yield from self._paragraph(paragraph)

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
        found = element.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(found.get(f"{W}val"), self._default) if found is not None else self._default

    def _level(self, element: Any, style: Any) -> int:
        """Return the level of a heading: of its own outline, or of its style or what that is based on."""
        own = element.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return outline_level(own)
        for one in ancestry(style):
            match = _HEADING.fullmatch(one.name or "")
            if match:
                return min(6, int(match[1]))
            outline = one.element.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return outline_level(outline)
        return 0

    def _numbering(self, element: Any, style: Any) -> tuple[str, int] | None:
        """Return (list, depth) of a list item, None of a paragraph."""
        places = [element, *(one.element for one in ancestry(style))]
        for place in places:
            found = place.find(f"{W}pPr/{W}numPr")
            if found is not None:
                number, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
                if number is None or number.get(f"{W}val") == "0":
                    return None
                return str(number.get(f"{W}val")), min(5, whole(depth))
        return None

    def _table(self, element: Any) -> Iterator[Block]:
        """Yield a table by rows, each value with the name of its column, so that a row can stand alone."""
        rows = [self._row(row) for row in element.iter(f"{W}tr") if not inside(row, f"{W}tbl", element)]
        rows = [row for row in rows if any(row)]
        header = rows.pop(0) if len(rows) > 1 and names_columns(rows[0]) else []
        for row in rows:
            cells = [
                f"{header[n]}: {cell}" if 0 < n < len(header) and header[n] else cell
                for n, cell in enumerate(row)
                if cell
            ]
            yield Block(f"- {'; '.join(cells)}", item="table")

    def _row(self, row: Any) -> list[str]:
        cells = [cell for cell in row.iter(f"{W}tc") if not inside(cell, f"{W}tbl", row)]
        return [
            " ".join(" ".join(self._text(paragraph) for paragraph in self._lines(cell)).split())
            for cell in cells
        ]

    def _lines(self, cell: Any) -> list[Any]:
        """Return the paragraphs of a cell, those in its boxes too, each once."""
        return [one for one in cell.iter(f"{W}p") if not inside(one, _FALLBACK, cell)]

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
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif tag == f"{W}tab":
                parts.append(" ")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{W}r" and is_struck(child):
                self.struck += any((text.text or "").strip() for text in child.iter(f"{W}t"))
            elif tag == f"{W}r" and self._is_hidden(child):
                self.hidden += any((text.text or "").strip() for text in child.iter(f"{W}t"))
            else:
                self._collect(child, parts)

    def _is_hidden(self, run: Any) -> bool:
        own = run.find(f"{W}rPr")
        if own is None:
            return False
        named = own.find(f"{W}rStyle")
        style = self._styles.get(named.get(f"{W}val")) if named is not None else None
        if vanishes(run) or any(vanishes(one.element) for one in ancestry(style)):
            return True
        size, colour = own.find(f"{W}sz"), own.find(f"{W}color")
        if size is not None and whole(size, 99) <= _TINY_HALF_POINTS:
            return True
        # White is hidden unless a shade may lie behind it: of the run, its paragraph, its cell.
        white = colour is not None and str(colour.get(f"{W}val")).upper() == "FFFFFF"
        return white and not any(True for outer in (run, *run.iterancestors()) for _ in shades(outer))


def _notes_of(document: Any) -> dict[tuple[str, str], list[Any]]:
    """Return the paragraphs of each footnote and endnote, by what refers to it."""
    from docx.oxml import parse_xml

    found: dict[tuple[str, str], list[Any]] = {}
    for relation in document.part.rels.values():
        name = relation.reltype.rpartition("/")[2].removesuffix("s")
        if relation.is_external or name not in _NOTES:
            continue
        part = relation.target_part
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        for note in root.iter(f"{W}{name}"):
            found[name, str(note.get(f"{W}id"))] = list(note.iterchildren(f"{W}p"))
    return found


def _paragraph_type() -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    return WD_STYLE_TYPE.PARAGRAPH
