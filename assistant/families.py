"""Which words of an answer say the same as which of its evidence. Closed, and pure.

Forms of one word, words made of one another, and strict paraphrases (`paraphrases_pl`, `paraphrases_en`).
Names of goods and carriers are never equal, and complaint, guarantee and withdrawal stay apart. The synonyms
that find articles support nothing.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

from assistant import everyday, paraphrases_en, paraphrases_pl
from foundation.language import Language
from knowledge.analysis.stopwords import ENGLISH, POLISH
from knowledge.analysis.words import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_EVERYDAY_PL = everyday.EVERYDAY_PL


@lru_cache(maxsize=65536)
def is_everyday(word: str, language: Language) -> bool:
    """Return whether a folded word only helps to say what others say."""
    if language is Language.PL:
        return len(word) <= 13 and word.startswith(_EVERYDAY_PL)
    return _english(word) in _EVERYDAY_EN


_LIGHT_WORDS = {
    Language.PL: frozenset(everyday.LIGHT_PL) | frozenset(map(fold, POLISH)),
    Language.EN: frozenset(everyday.LIGHT_EN) | frozenset(map(fold, ENGLISH)),
}


def is_light(word: str, language: Language) -> bool:
    """Return whether a folded word claims nothing by itself, beside what it goes with."""
    return word in _LIGHT_WORDS[language]


_ENDINGS_PL = tuple(
    sorted(
        _words(
            """
    iami ami ach ych ich ego emu owi owie iej ej om ymi imi iem iom ow em ie ia iu a e i o u y emy amy
    imy ymy esz asz isz ysz cie ac ec ic yc al ala alo aly ali il ila ilo ily ili
    alismy alysmy ilismy ilysmy aliscie alyscie ales alas iles ilas alem alam ilem ilam acie icie ycie
"""
        ),
        key=len,
        reverse=True,
    )
)
_LEAST_STEM = 3


@lru_cache(maxsize=65536)
def key_of(word: str, language: Language) -> str:
    """Return what a folded word is compared by first: the word without its ending."""
    if language is Language.PL:
        if word.endswith("ek") and len(word) > _LEAST_STEM + 1:
            return f"{word[:-2]}k"  # paczek, of paczka
        if word.endswith("pisz"):
            return word[:-1]  # napisz, of napisać
        for ending in _ENDINGS_PL:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
                return word[: -len(ending)]
        return word
    return _english(word)


def _english(word: str) -> str:
    if len(word) <= _LEAST_STEM or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("us", "is")):
        word = word[:-1]
    for ending in ("ing", "ied", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)] + ("y" if ending == "ied" else "")
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    word = word.removesuffix("e") if len(word) > _LEAST_STEM else word
    return f"{word[:-1]}i" if word.endswith("y") else word


def _grouped(lines: str, language: Language) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(lines.strip().split("\n")):
        for word in line.split():
            key = word if language is Language.PL else _english(word)
            found[key] = found.get(key, frozenset()) | {number}
    if language is Language.PL:
        # A longer beginning of a line is the same word: it has all that the shorter one has.
        for line in lines.strip().split("\n"):
            for short, long in permutations(line.split(), 2):
                if long.startswith(short):
                    found[long] |= found[short]
    return found


_GROUP = {
    Language.PL: _grouped(paraphrases_pl.GROUPS, Language.PL),
    Language.EN: _grouped(paraphrases_en.GROUPS, Language.EN),
}
_NONE: frozenset[int] = frozenset()


@lru_cache(maxsize=1 << 17)
def same(one: str, other: str, language: Language) -> bool:
    """Return whether two keys are of one word or one family."""
    if one == other:
        return True
    mine, theirs = _groups(one, language), _groups(other, language)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    if mine or theirs:
        return min(len(one), len(other)) > _LEAST_BEGINNING and (
            one.startswith(other) or other.startswith(one)
        )
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    longest = max(len(one), len(other))
    if language is Language.PL:
        if max(len(one), len(other)) - common > 5:
            return False
        return common >= max(4, 0.7 * longest) or (common >= 6 and common >= 0.55 * longest)
    return common >= 5 and common >= 0.7 * longest


@lru_cache(maxsize=65536)
def _groups(key: str, language: Language) -> frozenset[int]:
    """Return the groups of a key: those of the longest beginning, which leaves an ending at most."""
    groups = _GROUP[language]
    if language is Language.EN:
        return groups.get(key, _NONE)
    for length in range(len(key), max(2, len(key) - 5), -1):
        numbers = groups.get(key[:length])
        if numbers is not None and (length >= _LEAST_BEGINNING or length == len(key)):
            return numbers
    return _NONE


_LEAST_BEGINNING = 4


_EVERYDAY_EN = frozenset(map(_english, everyday.EVERYDAY_EN))
