"""What placeholders look like, and how far a model may bend one before it is not ours any more. Pure.

``⟦PERSON_1⟧``: a word that says what it stands for, so that a sentence around it stays a sentence in any
language; a number, so that two people stay two; and brackets that no shop's text contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.redaction_view import Kind

OPEN, CLOSE = "⟦", "⟧"

_POLISH_WORDS = {
    r"OSOB\w{1,2}": Kind.PERSON,
    r"E-?MAIL\w{0,4}": Kind.EMAIL,
    r"TELEFON\w{0,3}": Kind.PHONE,
    r"ADRES\w{0,3}": Kind.ADDRESS,
    r"KONT\w{1,2}": Kind.ACCOUNT,
    r"KART\w{1,2}": Kind.CARD,
    r"DOKUMENT\w{0,3}": Kind.DOCUMENT,
    r"KOD\w{0,3}": Kind.CODE,
    r"TEKST\w{0,3}": Kind.TEXT,
}
"""A model that writes Polish may translate the word, and decline it."""

_WORDS = "|".join((*Kind, *_POLISH_WORDS))
_LIKE = re.compile(
    r"(?P<open>(?:⟦{1,2}|〚|【|\[{1,2}|\{{1,2}|<{1,2}) ?)?(?<!\w)"
    rf"(?P<word>{_WORDS})(?P<gap>[ _-]{{1,2}})(?P<number>\d{{1,4}})(?!\w)"
    r"(?P<close> ?(?:⟧{1,2}|〛|】|\]{1,2}|\}{1,2}|>{1,2}))?"
    r"(?P<ending>(?:owi|iem|em|ami|ach|om|ego|emu|ej|ów|[aąeęiouy]|ie|ią|ię|ze|rze)(?!\w))?"
    rf"|[{OPEN}{CLOSE}]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """What looks like a placeholder, or is one of its brackets.

    Attributes:
        start: Of the whole, an ending that Polish grammar added included.
        bare_end: Where it ends without the ending.
        name: ``PERSON_1``; empty for a lone bracket.
    """

    start: int
    bare_end: int
    end: int
    name: str


def placeholder(kind: Kind, number: int) -> str:
    """Return the placeholder of a kind and number."""
    return f"{OPEN}{kind}_{number}{CLOSE}"


def lookalikes(text: str) -> Iterator[Lookalike]:
    """Yield what `restore` could take for a placeholder: redacting escapes all of it, restoring reads it.

    Case, spaces, other brackets, a Polish word and a Polish ending are forgiven. Without brackets
    it takes an underscore: "kod 12" is a person's own words.
    """
    for found in _LIKE.finditer(text):
        if not found["word"]:
            yield Lookalike(found.start(), found.end(), found.end(), "")
        elif (found["open"] and found["close"]) or "_" in found["gap"]:
            bare_end = found.end("close") if found["close"] else found.end("number")
            enclosed = found["open"] and found["close"]
            end = found.end() if enclosed else bare_end
            yield Lookalike(found.start(), bare_end, end, _name(found["word"], found["number"]))
        else:
            yield from _brackets(text, found.start(), found.end())


def _brackets(text: str, start: int, end: int) -> Iterator[Lookalike]:
    for place in range(start, end):
        if text[place] in OPEN + CLOSE:
            yield Lookalike(place, place + 1, place + 1, "")


def _name(word: str, number: str) -> str:
    kind = word.upper()
    if kind not in set(Kind):
        known = (k for pattern, k in _POLISH_WORDS.items() if re.fullmatch(pattern, word, re.IGNORECASE))
        kind = next(known, word)
    return f"{kind}_{int(number)}"
