"""Articles into passages that can each stand alone as an answer. Pure."""

from __future__ import annotations

import re

from knowledge.articles import Article
from knowledge.passage import VIEW, Passage, PassageText

MAX_CHARS = 900

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def split(article: Article, version: int, *, max_chars: int = MAX_CHARS) -> list[Passage]:
    """Split an article at its headings, and long sections at their paragraphs.

    Args:
        article: Its body has headings as ``## Heading`` lines.
        version: The version that the passages belong to.
        max_chars: Aim for the length of a passage; a single paragraph may be longer up to twice that,
            after which it is cut at the end of a sentence.

    Returns:
        In the article's order; at least one, for an article without text its title.
    """
    pieces = [
        (heading, text) for heading, section in _sections(article) for text in _portions(section, max_chars)
    ]
    return [
        Passage(
            id=f"{article.id}#{number}",
            article_id=article.id,
            article_version=version,
            title=article.title,
            heading=heading,
            text=text,
            language=article.language,
            questions=article.questions,
        )
        for number, (heading, text) in enumerate(pieces or [("", article.title)], 1)
    ]


def _sections(article: Article) -> list[tuple[str, list[str]]]:
    """Return (headings joined, paragraphs) in order, sections without text left out."""
    sections: list[tuple[str, list[str]]] = []
    trail: list[tuple[int, str]] = []
    lines: list[str] = []

    def close() -> None:
        paragraphs = [block.strip("\n") for block in re.split(r"\n\s*\n", "\n".join(lines))]
        paragraphs = [block for block in paragraphs if block.strip()]
        if paragraphs:
            headings = [name for _, name in trail if name != article.title]
            sections.append((" › ".join(headings), paragraphs))
        lines.clear()

    for line in article.body.splitlines():
        match = _HEADING.match(line)
        if not match:
            lines.append(line.rstrip())
            continue
        close()
        level = len(match[1])
        trail = [(above, name) for above, name in trail if above < level]
        trail.append((level, match[2]))
    close()
    return sections


def _portions(paragraphs: list[str], max_chars: int) -> list[str]:
    """Join neighbouring paragraphs up to `max_chars`."""
    portions: list[str] = []
    for paragraph in [part for whole in paragraphs for part in _cut(whole, 2 * max_chars)]:
        joined = f"{portions[-1]}\n{paragraph}" if portions else paragraph
        if portions and len(joined) <= max_chars:
            portions[-1] = joined
        else:
            portions.append(paragraph)
    return portions


def _cut(paragraph: str, max_chars: int) -> list[str]:
    """Cut a paragraph that is too long, at lines or sentences; one without either, anywhere."""
    if len(paragraph) <= max_chars:
        return [paragraph]
    separator = "\n" if "\n" in paragraph else " "
    units = paragraph.split("\n") if "\n" in paragraph else _SENTENCE_END.split(paragraph)
    parts: list[str] = []
    for unit in units:
        if parts and len(parts[-1]) + len(unit) < max_chars:
            parts[-1] += separator + unit
        elif len(unit) > max_chars and len(units) > 1:
            parts.extend(_cut(unit, max_chars))
        else:
            parts.extend(unit[i : i + max_chars] for i in range(0, len(unit), max_chars))
    return parts


def own_text(passage: Passage) -> str:
    """Return what this passage says apart from what its article is about: its headings and its text."""
    return "\n".join(own_parts(passage))


def own_parts(passage: Passage) -> list[str]:
    """Return the parts of `own_text`, none of them empty."""
    return [part for part in (passage.heading, passage.text) if part]


def searched_text(passage: Passage) -> str:
    """Return all by which a passage is found, as it is indexed, and the first view of it that is embedded.

    What it is about, what it says, and last, where a long passage is cut off for the model, the owner's
    alternative phrasings: a shopper's words are nearer to them than to any answer.
    """
    return "\n".join(searched_parts(passage))


def searched_parts(passage: Passage) -> list[str]:
    """Return the parts of `searched_text`, none of them empty."""
    return [part for part in (_about(passage), passage.text, *passage.questions) if part]


def embedded_text(passage: Passage) -> PassageText:
    """Return the views of a passage that make up its vector, each once, parted by `VIEW`.

    The whole, what it is about, and what it says: a question is near to the one or to the other, and the
    middle of all three is near to both (docs/decisions/0014).
    """
    views = (searched_text(passage), _about(passage), passage.text)
    joined = VIEW.join(dict.fromkeys(view.replace(VIEW, " ") for view in views if view))
    return PassageText(joined, passage.language)


def _about(passage: Passage) -> str:
    return " › ".join(part for part in (passage.title, passage.heading) if part)
