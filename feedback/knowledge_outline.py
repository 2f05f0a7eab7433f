"""An article's text as blocks that a page can draw: headings, lists, paragraphs. Pure; text stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

DEEPEST = 3
"""Headings below this depth are drawn as deep as this: a page has only so many levels."""

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"^(\s*)(?:[-*•]|(\d{1,4})[.)])\s+(.*)$")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    ITEMS = "items"
    PARAGRAPH = "paragraph"


@dataclass(slots=True)
class Item:
    """An item of a list. `number` is its own, empty for a dash; `depth` counts lists around its list."""

    text: str
    depth: int
    number: str = ""


@dataclass(slots=True)
class Block:
    """A piece of the text.

    Attributes:
        depth: Of a heading: 0 for the uppermost; never more than one deeper than the heading before it.
        lines: Of a heading or a paragraph.
        items: Of a list.
    """

    kind: Kind
    depth: int = 0
    lines: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def outline(body: str) -> list[Block]:
    """Return the blocks of a text whose headings are ``## Heading`` and whose items are ``- item`` lines."""
    blocks: list[Block] = []
    trail: list[int] = []
    open_block: Block | None = None
    for line in body.splitlines():
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if not line.strip():
            open_block = None
        elif heading:
            level = len(heading[1])
            trail = [above for above in trail if above < level]
            blocks.append(Block(Kind.HEADING, min(len(trail), DEEPEST), [heading[2]]))
            trail.append(level)
            open_block = None
        elif item:
            if open_block is None or open_block.kind is not Kind.ITEMS:
                open_block = Block(Kind.ITEMS)
                blocks.append(open_block)
            open_block.items.append(Item(item[3], min(len(item[1]) // 2, DEEPEST), item[2] or ""))
        elif open_block is not None and open_block.kind is Kind.ITEMS and line.startswith(" "):
            open_block.items[-1].text += f"\n{line.strip()}"
        else:
            if open_block is None or open_block.kind is not Kind.PARAGRAPH:
                open_block = Block(Kind.PARAGRAPH)
                blocks.append(open_block)
            open_block.lines.append(line.strip())
    return blocks
