"""The question proper out of a message: greetings and courtesy cut, a long text shortened. Pure."""

from __future__ import annotations

import re

from assistant import lexicon
from knowledge.analysis.words import fold

MAX_QUESTION_CHARS = 500
"""A retriever gets no more: of a longer text its questions, else how it begins and ends."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def cut_courtesy(text: str) -> str:
    """Return `text` without the greeting and courtesy it opens with; all of it if nothing else is left."""
    courtesy = lexicon.GREETING_WORDS | lexicon.COURTESY_WORDS
    rest = text.strip()
    while rest:
        match = re.match(r"[\W_]*([^\W_]+)", rest)
        if match is None:
            break
        word, after = fold(match[1]), rest[match.end() :]
        keeps = word in lexicon.QUESTION_OPENERS and not _opens_with_courtesy(after)
        if word not in courtesy or keeps:
            break
        rest = after
    rest = rest.lstrip(" \t\r\n,.;:!-–—)(")
    return rest if any(c.isalnum() for c in rest) else ""


def _opens_with_courtesy(text: str) -> bool:
    match = re.match(r"[\W_]*([^\W_]+)", text)
    return match is not None and fold(match[1]) in lexicon.GREETING_WORDS


def shorten(text: str) -> str:
    """Return at most `MAX_QUESTION_CHARS`: a long text's questions, else how it begins and ends."""
    if len(text) <= MAX_QUESTION_CHARS:
        return text
    asked = [s.strip() for s in _SENTENCE.findall(text) if s.rstrip().endswith("?")]
    half = MAX_QUESTION_CHARS // 2
    if asked:
        joined = " ".join(asked)
        return joined if len(joined) <= MAX_QUESTION_CHARS else _whole_words(joined, MAX_QUESTION_CHARS)
    return f"{_whole_words(text, half)} {_whole_words(text[-half:][::-1], half)[::-1]}"


def _whole_words(text: str, limit: int) -> str:
    cut = text[:limit]
    return cut.rsplit(None, 1)[0] if len(text) > limit and " " in cut.strip() else cut
