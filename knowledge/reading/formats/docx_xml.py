"""What the elements of a Word document say of themselves. Works on parsed XML; the parser is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def contents_of(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield paragraphs and tables in order, those inside content controls too."""
    for child in body:
        if child.tag == f"{W}p":
            yield "paragraph", child
        elif child.tag == f"{W}tbl":
            yield "table", child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from contents_of(child)


def names_columns(row: list[str]) -> bool:
    """Tell whether the cells of a row look like names of columns."""
    return all(row) and not any(c.isdigit() for cell in row for c in cell)


def ordered_lists(document: Any) -> set[tuple[str, int]]:
    """Return (list, depth) of the lists that count."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return set()
    kinds: dict[str, set[int]] = {}
    for abstract in numbering.iter(f"{W}abstractNum"):
        levels = {
            whole_of(level, f"{W}ilvl")
            for level in abstract.iter(f"{W}lvl")
            if (form := level.find(f"{W}numFmt")) is not None
            and form.get(f"{W}val") not in ("bullet", "none")
        }
        kinds[str(abstract.get(f"{W}abstractNumId"))] = levels
    found: set[tuple[str, int]] = set()
    for one in numbering.iter(f"{W}num"):
        of = one.find(f"{W}abstractNumId")
        levels = kinds.get(str(of.get(f"{W}val")), set()) if of is not None else set()
        found |= {(str(one.get(f"{W}numId")), level) for level in levels}
    return found


def ancestry(style: Any) -> Iterator[Any]:
    """Yield a style and those that it is based on; a circle of them ends."""
    for _ in range(10):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def vanishes(element: Any) -> bool:
    """Tell whether a run, or a style, hides its text."""
    return _has(element, "vanish")


def is_struck(run: Any) -> bool:
    """Tell whether a run is crossed out."""
    return _has(run, "strike") or _has(run, "dstrike")


def _has(element: Any, name: str) -> bool:
    found = element.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")


def shades(element: Any) -> Iterator[Any]:
    """Yield the coloured grounds that an element gives itself."""
    for properties in ("rPr", "pPr", "tcPr", "tblPr"):
        found = element.find(f"{W}{properties}/{W}shd")
        if found is not None and str(found.get(f"{W}fill")).upper() not in ("FFFFFF", "AUTO", "NONE"):
            yield found


def inside(element: Any, tag: str, top: Any) -> bool:
    """Tell whether a `tag` lies between `top` and `element`."""
    for outer in element.iterancestors():
        if outer is top:
            return False
        if outer.tag == tag:
            return True
    return False


def outline_level(element: Any) -> int:
    """Return the level of a heading, from 1; 0 of what is none."""
    level = whole(element, 9)
    return level + 1 if level < 6 else 0


def whole(element: Any, default: int = 0) -> int:
    """Return the value of an element as a whole number."""
    return default if element is None else whole_of(element, f"{W}val", default)


def whole_of(element: Any, attribute: str, default: int = 0) -> int:
    """Return an attribute as a whole number."""
    value = str(element.get(attribute) or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default
