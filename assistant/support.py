"""How well a short answer is supported by what is known, 0 to 1. Pure; no model.

Graded where `assistant/grounding.py` says yes or no: what is known supports an answer by having its words,
most of all in one run, and an answer loses by what neither it nor the question names. How long it is counts
nothing.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claims import plain
from assistant.families import key_of
from foundation.language import Language


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOKEN = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    _words(
        """
    a an the of in on at to for by with and or is are was were be been as that this it its from who
    which what he she they his her their not did do does has have had also both than then into about
    when how s w i z na do o od po za jest sa byl byla byly to ten ta te sie ze oraz lub a
"""
    )
)
_YES_NO = frozenset({"yes", "no", "tak", "nie"})
_YES_NO_QUESTION = re.compile(
    r"^\W*(?:are|is|was|were|do|does|did|has|have|had|can|could|will|would|should|may|czy)\b|\bboth\b"
)
_NUMBER_ASKED = re.compile(
    r"\b(?:how (?:many|much|long|old|far|tall|large|big|often)|what (?:year|date|number)|which year|when|ile|kiedy)\b"
)

_WEIGHTS = {"together": 4.0, "known": 1.0, "foreign": -1.0, "bare": 0.3, "kind": 0.3}
_BIAS = -2.5
"""Round numbers: what matters is their order, and the bias makes a half supported answer a half."""


def support_score(answer: str, knowledge: str, question: str = "") -> float:
    """Return how well `knowledge` supports `answer`, 0 to 1; comparable between answers of any length."""
    total = _BIAS + sum(_WEIGHTS[name] * value for name, value in signs(answer, knowledge, question).items())
    return 1 / (1 + math.exp(-total))


def signs(answer: str, knowledge: str, question: str) -> dict[str, float]:
    """Return what speaks for and against an answer.

    Returns:
        ``together``: the longest run of its words that stands in the knowledge, as a share of them;
        ``known``: the share of its words of content that stand there;
        ``foreign``: how many stand neither there nor in the question, three or more as 1;
        ``bare``: 1 for a yes or no to a question that asks for one, -1 to any other;
        ``kind``: 1 for a number where one is asked for, -1 for none.
    """
    said, known, asked = _keys(answer), _keys(knowledge), frozenset(_keys(question))
    folded = plain(question)
    if len(said) == 1 and said[0] in _YES_NO:
        bare = 1.0 if _YES_NO_QUESTION.search(folded) else -1.0
        return {"together": 1.0, "known": 1.0, "foreign": 0.0, "bare": bare, "kind": 0.0}
    held = frozenset(known)
    content = [key for key in said if key not in _EMPTY] or list(said)
    numbered = any(any(c.isdigit() for c in key) for key in said)
    return {
        "together": _longest(said, known) / max(1, len(said)),
        "known": sum(key in held for key in content) / max(1, len(content)),
        "foreign": min(3, sum(key not in held and key not in asked for key in content)) / 3,
        "bare": 0.0,
        "kind": 0.0 if not _NUMBER_ASKED.search(folded) else 1.0 if numbered else -1.0,
    }


@lru_cache(maxsize=1024)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(key_of(token, Language.EN) for token in _TOKEN.findall(re.sub(r"['’]s\b", "", plain(text))))


def _longest(said: Sequence[str], known: Sequence[str]) -> int:
    """Return the length of the longest run of `said` that stands in `known`."""
    best = 0
    before = [0] * (len(known) + 1)
    for key in said:
        here = [0] * (len(known) + 1)
        for place, other in enumerate(known, 1):
            if key == other:
                here[place] = before[place - 1] + 1
                best = max(best, here[place])
        before = here
    return best
