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


_EMAIL = re.compile(r"(?<!\S)[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\W\d_]{2,24}(?![\w@])[,;]?")
_CAPITAL = r"[A-ZĄĆĘŁŃÓŚŹŻ][^\W\d_]+"
_INTRODUCTION = re.compile(
    rf"\b(?:[Nn]azywam si[ęe]|[Mm]y name is|[Ii]'m|[Ii] am|[Jj]estem) {_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}"
    r"\s*(?:[,.;!–-]|$|(?=\n))"
)
"""A name is told by its capitals: "jestem zadowolona" stays."""


def cut_person(text: str) -> str:
    """Return `text` without who writes it, which is not what is asked: a name given, an e-mail address.

    All of it if nothing else is left.
    """
    rest = re.sub(r"[ \t]{2,}", " ", _EMAIL.sub(" ", _INTRODUCTION.sub(" ", text))).strip(" ,;")
    return rest if any(c.isalnum() for c in rest) else text


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
