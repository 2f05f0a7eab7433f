"""What a question lends to the check of its answer: its topic, and what a mere yes or no says. Pure.

A question is no evidence, and no word of it may be said that the evidence lacks. But *Tak.* and *No, you don't
have to.* say the question itself, or deny it, and are held against the evidence as that; a condition that the
question meets need not be said again.
"""

# ruff: noqa: E501 - a pattern reads best on one line
from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.claims import Claim, claims, plain
from assistant.clauses import Clause, clauses
from assistant.families import key_of
from assistant.marks import Mark
from foundation.language import Language

_ASKS_FOR = {
    Language.PL: re.compile(
        r"\b(?:ile|ilu|kiedy|gdzie|jak|kto|kogo|komu|kim|co|czego|czym|czemu|jak(?:i|a|ie|im|ich|iego|iej|imi)|ktor\w+|dlaczego|skad|dokad|na kiedy)\b"
    ),
    Language.EN: re.compile(
        r"\b(?:what|whats|what's|when|where|wheres|where's|how|hows|who|whom|whose|which|why)\b"
    ),
}
_QUESTION_WORD = {
    Language.PL: re.compile(r"^(?:(?:hej|czesc|witam|dzien dobry|przepraszam|pytanie|a|i|no|to|wiec)[ ,:!]+)*czy\b"),
    Language.EN: re.compile(r"^(?:(?:hi|hello|hey|and|so|but|ok|sorry|quick question)[ ,:!]+)*(?:do|does|did|will|would)\b"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the check of an answer sees it.

    Attributes:
        keys: What its words of content are compared by.
        said: Its claims: figures that the shopper gave.
        proposition: What a yes to it says; empty if it cannot be answered by yes or no.
        granted: Marks of the question that an opening yes says: "Tak, jeśli…" to "czy mogę".
        without: Words that it denies: what is true *with* them is no answer to *without*.
    """

    keys: frozenset[str] = frozenset()
    said: tuple[Claim, ...] = ()
    proposition: tuple[Clause, ...] = field(default=(), compare=False)
    granted: frozenset[Mark] = frozenset()
    without: frozenset[str] = frozenset()


NOTHING = Asked()
_WITHOUT = re.compile(r"\b(?:bez|without|with no) (?:the |any |a |your |my )?(\w{3,})")


@lru_cache(maxsize=512)
def asked(question: str, language: Language) -> Asked:
    """Return what a question lends to answers in one language."""
    if not question.strip():
        return NOTHING
    read = clauses(question, language)
    keys = frozenset(word.key for clause in read for word in clause.words if not word.light)
    without = frozenset(key_of(found[1], language) for found in _WITHOUT.finditer(plain(question)))
    return Asked(keys, claims(question), _proposition(question, language), without=without)


def _proposition(question: str, language: Language) -> tuple[Clause, ...]:
    """Return what a yes or no to a question says or denies."""
    last = re.split(r"(?<=[.!?])\s+|\n", question.strip())[-1]
    folded = plain(last)
    if not last.strip() or _ASKS_FOR[language].search(folded):
        return ()
    said = _QUESTION_WORD[language].sub("", folded).rstrip(" ?!.")
    read = clauses(said, language)
    if any(turn.mark in (Mark.NOT, Mark.NEVER) for clause in read for turn in clause.turns):
        return ()
    return read


_YES = re.compile(
    r"(?:-\s)?(?:tak|owszem|zgadza sie|yes|yeah|yep|of course|oczywiscie|jasne|pewnie|sure|certainly)\b(?: jest)?(?=[\s,.!:;-]|$)"
)
_NO = re.compile(
    r"(?:-\s)?(?:(?:niestety|unfortunately|sorry),? )?(?:nie|no|nope)(?=[,.!:;]| -|$)|(?:please )?(?:don't|do not)[.!]?$"
)


def answers(line: str) -> bool | None:
    """Return whether a line opens as a yes or as a no; None if it does neither."""
    folded = plain(line.replace("’", "'")).strip()
    if _NO.match(folded):
        return False
    return True if _YES.match(folded) else None
