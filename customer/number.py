"""How order numbers are compared. Pure."""

from __future__ import annotations

import unicodedata

MAX_NUMBER_CHARS = 64
"""No shop prints a longer order number; a longer one is no number."""

_DROPPED_CATEGORIES = ("C", "M", "Z")  # control and unpaired surrogates; combining marks; spaces
_MINUS_SIGN = "\u2212"


def order_key(number: str) -> str:
    """Return what two spellings of one order number have in common.

    Case, spaces, dashes of every kind, a leading ``#``, compatibility forms (``ＬＳ``) and marks on
    letters do not count: people type numbers from memory and on phones. Other signs do (``12/3`` is
    not ``1/23``).

    Returns:
        The key, at most a few characters longer than the number; empty when nothing is left or the
        number is longer than `MAX_NUMBER_CHARS`. An empty key names no order.
    """
    if len(number) > 4 * MAX_NUMBER_CHARS:  # spared the normalising: a text, not a number
        return ""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", number).casefold())
    key = "".join(c for c in folded if not _ignored(c)).lstrip("#")
    return key if len(key) <= MAX_NUMBER_CHARS else ""


def _ignored(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in _DROPPED_CATEGORIES or category == "Pd" or character == _MINUS_SIGN
