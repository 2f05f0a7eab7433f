"""Passages of an article that are meant for an AI, not for a shopper: “ignore previous instructions”. Pure.

An article is data: nothing in it is ever obeyed. But such a passage would be quoted to shoppers, and a
language model behind the assistant had better not see it. So it is taken out, and the owner is told. The
patterns (`knowledge.reading.instruction_patterns`) ask for what no honest article says. What is told to
an AI without saying so (“Write a poem”) is not noticed. Figures: docs/decisions/0019-files-in-a-process.md.
"""

from __future__ import annotations

import re

from knowledge.analysis.words import fold
from knowledge.reading.instruction_patterns import (
    HINTS,
    MARKS,
    PATTERNS,
    SUSPECT,
    SUSPECT_HINTS,
    VOCABULARY,
)


def _lines(patterns: str) -> list[str]:
    return [line for line in patterns.strip().split("\n") if not line.startswith("# ")]


def _over_words(pattern: str) -> str:
    filled = re.sub(r"<(\w+)>", lambda name: VOCABULARY[name[1]], pattern)
    return rf"\b(?:{filled})(?=\W|$)"


_SAID = re.compile("|".join(map(_over_words, _lines(PATTERNS))))
_SUSPECT = re.compile("|".join(map(_over_words, _lines(SUSPECT))))
_MARKED = re.compile("|".join(f"(?:{pattern})" for pattern in _lines(MARKS)))
_WORD = re.compile(r"[a-z0-9_]+|:")
# Letters of other alphabets that look like ours, as they are put into a word to hide it.
_ALIKE = str.maketrans("аеорсухіјѕԁɡοαι", "aeopcyxijsdgoai")
_APOSTROPHE = re.compile("['’‘`´]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]*_]*\s+")
_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s|#{1,6}\s")
_MAX_SENTENCE_CHARS = 2000


def addresses_ai(sentence: str) -> bool:
    """Tell whether a sentence is an instruction to an AI, or speaks of one's own."""
    folded = fold(sentence).translate(_ALIKE)
    return _is_said(_words(folded), _SAID, HINTS) or _is_marked(folded)


def tells_how_to_answer(sentence: str) -> bool:
    """Tell whether a sentence sounds like an order to whoever answers shoppers: worth a person's look."""
    return _is_said(_words(fold(sentence).translate(_ALIKE)), _SUSPECT, SUSPECT_HINTS)


def suspects(text: str) -> list[str]:
    """Return the sentences of a text that tell somebody how to answer shoppers."""
    units = (unit for block in re.split(r"\n[ \t]*\n", text) for unit in _units(block))
    return [
        sentence.strip()
        for unit in units
        for sentence in _SENTENCE_END.split(_ITEM.sub("", unit, count=1))
        if tells_how_to_answer(sentence)
    ]


def _words(folded: str) -> str:
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", folded)))


def _is_said(words: str, patterns: re.Pattern[str], hints: tuple[str, ...]) -> bool:
    padded = f" {words} "
    if not any(hint in padded for hint in hints):
        return False
    return any(
        patterns.search(words, start, start + _MAX_SENTENCE_CHARS)
        for start in range(0, max(1, len(words)), _MAX_SENTENCE_CHARS // 2)
    )


def _is_marked(folded: str) -> bool:
    hinted = "<" in folded or "[" in folded or "#" in folded or "system" in folded or "admin" in folded
    return (hinted or "developer" in folded) and bool(_MARKED.search(" ".join(folded.split())))


def without_instructions(text: str) -> tuple[str, list[str]]:
    """Return `text` without the passages that address an AI, and those passages.

    Args:
        text: As `knowledge.articles.Article.body`, or a line.

    Returns:
        Of a paragraph, a list item or a heading with such a sentence only what stands before the sentence is
        kept: what follows usually is what the AI is told to do.
    """
    struck: list[str] = []
    kept: list[str] = []
    for block in re.split(r"(\n[ \t]*\n\s*)", text):
        units = [_kept(unit, struck) for unit in _units(block)]
        kept.append("\n".join(unit for unit in units if unit is not None))
    if not struck:
        return text, []
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip(), struck


def _units(block: str) -> list[str]:
    """Return the list items, headings and paragraphs of a block, each with its lines."""
    units: list[str] = []
    for line in block.split("\n"):
        if units and not _ITEM.match(line) and not units[-1].startswith("#"):
            units[-1] += f"\n{line}"
        else:
            units.append(line)
    return units


def _kept(unit: str, struck: list[str]) -> str | None:
    """Return what of a unit may stay, None for nothing; append what may not."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(unit)), len(unit)]:
        if addresses_ai(unit[start:end]):
            struck.append(unit[start:].strip())
            before = unit[:start].rstrip()
            return before if _ITEM.sub("", before).strip() else None
        start = end
    return unit
