"""How to address a customer. Pure.

A name is what somebody once typed: data, never markup and never an instruction. Whoever writes
"Cześć, Kasiu!" must be sure of the form, so Polish vocatives are built for known first names only.
"""

from __future__ import annotations

import re
import unicodedata

from customer.model import Customer
from customer.names import KNOWN, VOCATIVE_EXCEPTIONS
from foundation.language import Language

MAX_NAME_CHARS = 40

_TAG = re.compile(r"<[^<>]*>")
_FIRST_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TITLES = frozenset("pan pani dr mgr inż prof mr mrs ms miss".split())  # noqa: SIM905 - a word list
_COMPANY = re.compile(
    r"\b(sp\.?\s*z\s*o\.?\s*o|s\.\s*[acj]|spółka|firma|sklep|hurtownia|fundacja|phu|fhu|ltd|llc|inc|gmbh)(?!\w)",
    re.IGNORECASE,
)

# Nominative ending → vocative ending, the longest that fits: hard consonants soften before -e,
# soft and velar ones take -u.
_ENDINGS = {
    # women (and men in -a)
    "sia": "siu",
    "zia": "ziu",
    "cia": "ciu",
    "nia": "niu",
    "a": "o",
    # unchanged
    "o": "o",
    "i": "i",
    "y": "y",
    # men: velars and soft consonants
    "siek": "śku",
    "ciek": "ćku",
    "niek": "ńku",
    "ek": "ku",
    "k": "ku",
    "g": "gu",
    "ch": "chu",
    "j": "ju",
    "l": "lu",
    "sz": "szu",
    "cz": "czu",
    "rz": "rzu",
    "ż": "żu",
    "ś": "siu",
    # men: hard consonants
    "b": "bie",
    "d": "dzie",
    "f": "fie",
    "ł": "le",
    "m": "mie",
    "n": "nie",
    "p": "pie",
    "r": "rze",
    "s": "sie",
    "st": "ście",
    "t": "cie",
    "w": "wie",
    "z": "zie",
}
_LONGEST_ENDING = max(map(len, _ENDINGS))


def greeting_name(customer: Customer, language: Language) -> str | None:
    """Return the name to greet this customer by, in the form that a greeting takes.

    Returns:
        Polish: the vocative (``Kasiu``); English: the first name as it is. None when there is no
        name, or none that is surely a first name (a company, a surname put first, in Polish any
        foreign name): greet without one then.
    """
    first = first_name(customer.name)
    if first is None:
        return None
    return vocative(first) if language is Language.PL else first


def first_name(name: str) -> str | None:
    """Return the first name out of a full one, written as names are; None if there is none.

    A text with markup or signs that names do not have, or far too long, is taken for something else.
    """
    if len(name) > 4 * MAX_NAME_CHARS or _COMPANY.search(name) or _cleaned(name) != _spaced(name):
        return None
    words = [word for word in _spaced(name).split() if word.rstrip(".").lower() not in _TITLES]
    if not words or not 2 <= len(words[0]) <= MAX_NAME_CHARS or not _FIRST_NAME.fullmatch(words[0]):
        return None
    return _cased(words[0])


def vocative(first: str) -> str | None:
    """Return the Polish vocative of a first name in its usual spelling; None if it is not known."""
    if first not in KNOWN:
        return None
    if first in VOCATIVE_EXCEPTIONS:
        return VOCATIVE_EXCEPTIONS[first]
    for size in range(_LONGEST_ENDING, 0, -1):
        ending = first[-size:]
        if len(first) > size and ending in _ENDINGS:
            return first[:-size] + _ENDINGS[ending]
    return None


def clean_name(name: str) -> str:
    """Return a name fit to be shown: no markup, no control characters, at most `MAX_NAME_CHARS`.

    Letters with their marks, digits, spaces, hyphens, apostrophes and full stops stay; all else goes.
    """
    return _cleaned(name[: 100 * MAX_NAME_CHARS])[:MAX_NAME_CHARS].rstrip()


def _cleaned(name: str) -> str:
    text = _TAG.sub(" ", unicodedata.normalize("NFC", name))
    return _spaced("".join(character if _belongs(character) else " " for character in text))


def _belongs(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in "-'’."


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _cased(word: str) -> str:
    """Write ``ANNA`` and ``anna`` as ``Anna``; leave ``McKenna`` and ``O'Neil`` as they are."""
    return word.title() if word.isupper() or word.islower() else word
