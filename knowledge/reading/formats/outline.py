"""Headings and paragraphs of a long document into articles. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.reading.draft import Draft

LONG_CHARS = 6_000
"""A document up to this long stays one article: its passages are cut at headings anyway."""
MAX_ARTICLES = 500
_PREFACE_CHARS = 80
_LEAST_CHARS = 200  # on average: below it, what look like headings are a list
_TALKATIVE = 3  # letters of a heading that says anything by itself, as "§ 4" does not


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item, in the order of the document.

    Attributes:
        text: One line; of a paragraph several if the document breaks it itself.
        level: Of a heading 1 (the highest) to 6, else 0.
        item: Which list or table it is of, "" of none: no empty line parts it from its neighbours there.
    """

    text: str
    level: int = 0
    item: str = ""


def drafts_of(title: str, blocks: Sequence[Block], fields: dict[str, object] | None = None) -> list[Draft]:
    """Return one article, or of a long document one a chapter.

    Args:
        title: Of the document, "" if it has none.
        blocks: Its text, without the title.
        fields: What every article of it has.
    """
    fields = fields or {}
    chapters = _chapters(blocks)
    if len(chapters) < 2:
        body = text_of(blocks)
        return [Draft(body, {**fields, "title": title})] if body else []
    drafts = []
    for heading, inside in chapters:
        body = text_of(inside)
        if not body or (not heading and len(body) < _PREFACE_CHARS):
            continue
        named = ": ".join(part for part in (title, heading) if part)
        drafts.append(Draft(body, {**fields, "title": named}, part=heading))
    return drafts


def text_of(blocks: Sequence[Block]) -> str:
    """Return blocks as `knowledge.articles.Article.body` has them."""
    highest = min((block.level for block in blocks if block.level), default=1)
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and not (block.item and before.item == block.item):
            lines.append("")
        marks = "#" * min(6, block.level - highest + 2)
        lines.append(f"{marks} {block.text}" if block.level else block.text)
        before = block
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _chapters(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Return (heading, blocks below it) of the highest level with several headings; [] if it is short."""
    chars = sum(len(block.text) for block in blocks)
    if chars <= LONG_CHARS:
        return []
    for level in range(1, 7):
        count = sum(block.level == level for block in blocks)
        if count > MAX_ARTICLES or (count and chars / count < _LEAST_CHARS):
            return []
        if count > 1:
            return _cut(blocks, level)
    return []


def _cut(blocks: Sequence[Block], level: int) -> list[tuple[str, list[Block]]]:
    chapters: list[tuple[str, list[Block]]] = [("", [])]
    for block in joined(blocks):
        if 0 < block.level <= level:
            chapters.append((block.text, []))
        else:
            chapters[-1][1].append(block)
    return chapters


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with a heading that is a bare number, such as ``§ 4``, put before the next heading."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last is not None and last.level and last.level == block.level and _bare(last.text):
            found[-1] = replace(block, text=f"{last.text} {block.text}")
        else:
            found.append(block)
    return found


def _bare(heading: str) -> bool:
    return sum(c.isalpha() for c in heading) < _TALKATIVE
