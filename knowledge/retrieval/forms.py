"""What kind of answer a question asks for, and which passages have its form. Pure.

"Czy mogę…" is answered by a passage that opens with *Tak* or *Nie*, "jak…" by one that says where to click,
"ile…" by one with a number and a unit. Among passages on the same topic that tells the answer from the rest.
"""

# ruff: noqa: E501 - an alternative reads best on one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.words import fold


class Kind(StrEnum):
    """What a question asks for, and what a passage gives."""

    YES_NO = "yes_no"
    STEPS = "steps"
    AMOUNT = "amount"
    REASON = "reason"
    MEANING = "meaning"
    OTHER = "other"


# How much more a passage counts that has the form asked for; fitted (docs/decisions/0014).
_WORTH = {
    Kind.YES_NO: 0.25,
    Kind.STEPS: 0.12,
    Kind.AMOUNT: 0.10,
    Kind.REASON: 0.10,
    Kind.MEANING: 0.10,
    Kind.OTHER: 0.0,
}
# How much less one counts that says yes or no when nobody asked whether.
_UNASKED = 0.18

# All folded. The first of these in a sentence decides.
_ASKS = {
    Language.PL: (
        (Kind.AMOUNT, r"ile|ilu|kiedy|jak (?:dlugo|duzo|czesto|szybko)|jaki\w* (?:\w+ )?(?:koszt|cen|termin|czas|oplat)\w*"),
        (Kind.MEANING, r"czym (?:jest|sa|sie)|co to(?: jest| sa|(?= ))|co (?:oznacza|znaczy)\w*|na czym polega\w*"),
        (Kind.REASON, r"dlaczego|czemu|skad|z jakiego powodu"),
        (Kind.STEPS, r"jak|gdzie|w jaki sposob|co (?:mam |moge |musze |nalezy |trzeba )?(?:z?robic)"),
        (Kind.YES_NO, r"czy"),
        (Kind.OTHER, r"jak[aie]\w*|co|czym|czego|czemu|kto|kogo|kim|ktor\w+"),
    ),
    Language.EN: (
        (Kind.AMOUNT, r"when|how (?:long|much|many|soon|often|fast|big|late)|what(?: s| is| are) the (?:\w+ )?(?:costs?|prices?|fees?|deadline)"),
        (Kind.REASON, r"why|how come"),
        (Kind.STEPS, r"how|where|what (?:should|do|can|must) (?:i|we) do"),
        (Kind.MEANING, r"what(?: s| is| are| does)"),
        (Kind.YES_NO, r"^(?:can|could|do|does|did|is|are|was|were|will|would|may|must|should|have|has|am)"),
        (Kind.OTHER, r"what|which|who|whose|whom"),
    ),
}  # fmt: skip
_SENTENCE = re.compile(r"[.?!]+(?:\s+|$)|\n+")
_QUESTION = {
    language: re.compile("|".join(f"(?P<k{n}>\\b(?:{words})\\b)" for n, (_, words) in enumerate(kinds)))
    for language, kinds in _ASKS.items()
}

_OPENS = {
    Language.PL: r"\W*(?:tak|nie|niestety|oczywiscie|owszem)\b",
    Language.EN: r"\W*(?:yes|no|unfortunately|certainly|absolutely|sure|of course|sorry)\b",
}
_GUIDES = {
    Language.PL: """kliknij przejdz wybierz zaznacz wpisz wejdz zaloguj skontaktuj wypelnij podaj kliknac ustaw
    dodaj otworz wyslij wydrukuj naklej spakuj napisz zadzwon""",
    Language.EN: """click select choose enter log follow contact open fill visit go print pack attach sign
    write call email""",
}
_GIVES = {
    Language.PL: r"\d ?(?:dni|dnia|dniow|godz|h\b|zl|%|proc|min|mies|lat\b|roku|gr\b|kg|cm|tyg|robocz|rob\b)",
    Language.EN: r"\d[ -]?(?:day|business|working|hour|h\b|week|month|year|min|%|percent|usd|eur|zl|kg|cm)|[$€£] ?\d",
}
_EXPLAINS = {
    Language.PL: "poniewaz bo gdyz dlatego powod powody przyczyna przyczyny przyczyn wynika oznacza",
    Language.EN: "because since reason reasons due cause causes therefore means",
}
_DEFINES = {
    Language.PL: r"[^.\n]{0,90}?\b(?:to|jest|sa|oznacza\w*|polega|nazwa)\b",
    Language.EN: r"[^.\n]{0,90}?\b(?:is|are|means|refers)\b",
}
_LIST = re.compile(r"^\s*1[.)]", re.MULTILINE)
_WORDS = re.compile(r"\w+")


def asked_kinds(question: str, language: Language) -> frozenset[Kind]:
    """Return what a question asks for, one kind a sentence at most; mostly one, or none."""
    kinds = set()
    for sentence in _SENTENCE.split(fold(question)):
        found = _QUESTION[language].search(" ".join(_WORDS.findall(sentence)))
        if found is not None and found.lastgroup is not None:
            kinds.add(_ASKS[language][int(found.lastgroup[1:])][0])
    return frozenset(kinds)


def given_kinds(text: str, language: Language) -> frozenset[Kind]:
    """Return which forms of an answer a passage has."""
    folded = fold(text)
    words = set(_WORDS.findall(folded))
    shown = {
        Kind.YES_NO: bool(re.match(_OPENS[language], folded)),
        Kind.STEPS: not words.isdisjoint(_GUIDE_WORDS[language]) or bool(_LIST.search(folded)),
        Kind.AMOUNT: bool(re.search(_GIVES[language], folded)),
        Kind.REASON: not words.isdisjoint(_REASON_WORDS[language]),
        Kind.MEANING: bool(re.match(_DEFINES[language], folded)),
    }
    return frozenset(kind for kind, has in shown.items() if has)


_GUIDE_WORDS = {language: frozenset(words.split()) for language, words in _GUIDES.items()}
_REASON_WORDS = {language: frozenset(words.split()) for language, words in _EXPLAINS.items()}


Noted = Callable[[Iterable[str], Callable[[str], int]], NDArray[np.int32]]


def _note_all(texts: Iterable[str], note: Callable[[str], int]) -> NDArray[np.int32]:
    return np.fromiter(map(note, texts), dtype=np.int32)


def _bits(kinds: frozenset[Kind]) -> int:
    return sum(1 << bit for bit, kind in enumerate(Kind) if kind in kinds)


class Forms:
    """The forms of a corpus' passages.

    Args:
        texts: What each passage says itself.
        language: Theirs.
        noted: Remembers what a function tells of each text; nothing is remembered if None.
    """

    def __init__(self, texts: Sequence[str], language: Language, noted: Noted | None = None) -> None:
        self._language = language
        given = (noted or _note_all)(texts, lambda text: _bits(given_kinds(text, language)))
        self._has = {kind: (given >> bit & 1).astype(np.float32) for bit, kind in enumerate(Kind)}

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return what each passage's form adds to its relevance, as a share of it: float32, (n,), −0.2 to 0.5."""
        asked = asked_kinds(question, self._language)
        total = np.zeros_like(self._has[Kind.YES_NO])
        for kind in asked:
            total += np.float32(_WORTH[kind]) * self._has[kind]
        if asked and Kind.YES_NO not in asked:
            total -= np.float32(_UNASKED) * self._has[Kind.YES_NO]
        return total
