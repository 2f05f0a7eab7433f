"""Questions as people type them in a hurry: without diacritics, with a slip of the finger. Seeded, pure."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]{4,}")
_UNDECOMPOSED = str.maketrans("łŁ", "lL")
_LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuvwyzźż"


class Perturbation(StrEnum):
    """What is done to every question."""

    STRIP = "strip"
    TYPO = "typo"
    BOTH = "both"


def perturbed(queries: Mapping[str, str], perturbation: Perturbation, seed: int) -> dict[str, str]:
    """Return every question perturbed, by its id, in the same order.

    Args:
        queries: Question by id.
        perturbation: `STRIP` takes the diacritics off, `TYPO` puts one slip into one word of four letters or
            more, `BOTH` does either, first the slip. A question without such a word is left as it is.
        seed: Of the slips. A question's slip depends on it and on the question's id alone.
    """
    result = dict(queries)
    if perturbation is not Perturbation.STRIP:
        result = {key: with_typo(text, _chance(seed, key)) for key, text in result.items()}
    if perturbation is not Perturbation.TYPO:
        result = {key: stripped(text) for key, text in result.items()}
    return result


def stripped(text: str) -> str:
    """Return `text` without diacritics, its capitals kept: ``Łódź`` → ``Lodz``."""
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare).translate(_UNDECOMPOSED)


def with_typo(text: str, chance: random.Random) -> str:
    """Return `text` with one slip in one word: a letter lost, added or hit wrong, or two swapped."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    slipped = _slip(word[0], chance)
    return text[: word.start()] + slipped + text[word.end() :]


def _chance(seed: int, key: str) -> random.Random:
    return random.Random(f"{seed}:{key}")  # noqa: S311 - no secret, but the same slips every time


def _slip(word: str, chance: random.Random) -> str:
    kind, at = chance.randrange(4), chance.randrange(len(word))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(_LETTERS) + word[at:]
    if kind == 2:
        other = chance.choice([letter for letter in _LETTERS if letter != word[at].lower()])
        return word[:at] + other + word[at + 1 :]
    pairs = [i for i in range(len(word) - 1) if word[i] != word[i + 1]]
    if not pairs:
        return word[:at] + word[at + 1 :]
    at = chance.choice(pairs)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
