"""Which language a text is in: Polish, English, or neither. The home of py3langid.

Shoppers write short, without diacritics and with shop words that are the same everywhere (*paczkomat*,
*blik*, *status*). So Polish letters and function words decide first, then statistics, then what the
conversation was in before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from foundation.language import Language
from knowledge.analysis.stopwords import ENGLISH, POLISH
from knowledge.analysis.synonyms import bundled
from knowledge.analysis.words import fold, tokens

_POLISH_LETTERS = frozenset("ąćęłńśźż")  # ó is Spanish, Czech and Hungarian too
_FOREIGN_LETTERS = frozenset("áéíúýäöüßøåæãõñçâêîôûëïìòàèùčřšžěůďťőűășțğışėįųāēīūģķļņ")

_FOLDED_POLISH = frozenset(map(fold, POLISH))
# Words that both languages write alike say nothing.
_POLISH_ONLY = _FOLDED_POLISH - ENGLISH
_ENGLISH_ONLY = ENGLISH - _FOLDED_POLISH

# Shop words as people type them; by the start of the folded word.
_POLISH_STARTS = """
paczk przesyl zamow zwrot zwroc oddac oddam reklam wymian rozmiar dostaw platnos zaplac faktur paragon kupi
rabat promocj konsult czlowiek ludz sklep kont hasl kurier pieniad pieniedz buty butow butach ubran kurtk
spodn skarp towar odstap gwarancj koszt odbi wysyl zagubi uszkodz zmian anulow plac kosztuj szukam
dziala dlugo
"""
_ENGLISH_STARTS = """
invoice receipt refund return parcel package order payment deliver shipping shipment cancel warrant complain
password account human talk track exchange discount voucher courier shoe cloth size locker store shop speak
check change paying paid money back where
"""
_STARTS = {1: tuple(_POLISH_STARTS.split()), -1: tuple(_ENGLISH_STARTS.split())}

_SHORT_CHARS = 24

# A shorter beginning of a word on our lists begins words of the other language too.
_TELLING_CHARS = 4

# Words that Poles use as they are.
_ALIKE = frozenset("apple google pay box gift sms newsletter cookies cookie link status online ok".split())  # noqa: SIM905
_TELLING_CHARS = 4


def detect_language(
    text: str,
    prior: Language = Language.PL,
    allowed: Collection[Language] = tuple(Language),
) -> Language:
    """Return the language of `text` among `allowed`.

    Args:
        text: Any length; only the first 2000 characters are looked at.
        prior: The language for a text that does not tell, such as ``BLIK?`` or a number.
        allowed: At least one; if `prior` is not among them, the first one takes its place.
    """
    choices = tuple(dict.fromkeys(allowed)) or tuple(Language)
    before = prior if prior in choices else choices[0]
    if len(choices) == 1:
        return choices[0]
    words = tokens(text[:2000])
    if not any(word.isalpha() for word in words) or all(fold(word) in _ALIKE for word in words):
        return before
    marked = marked_language(text)
    if marked is not None:
        return marked
    probability = _probabilities(" ".join(words), (Language.PL.value, Language.EN.value))
    chosen = Language(max(probability, key=probability.__getitem__))
    # On a word or two the statistics are a guess; the conversation so far knows better.
    sure = 0.97 if len(text.strip()) < _SHORT_CHARS else 0.7
    return chosen if probability[chosen.value] >= sure else before


def marked_language(text: str) -> Language | None:
    """Return the language that letters and known words alone tell, no statistics; None if they do not."""
    marks = _evidence(text[:2000])
    return (Language.PL if marks > 0 else Language.EN) if marks else None


def third_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text` if it is confidently neither Polish nor English, else None."""
    words = tokens(text[:2000])
    letters = "".join(words)
    script = _other_script(letters)
    if len(letters) < 4 or (script is None and _is_ours(words, letters)):
        return None
    probability = _probabilities(" ".join(words), script or (*_OURS, *_NEIGHBOURS))
    best = max(probability.values())
    if script is not None:
        # Where statistics waver between two, the first is the likelier to write to a Polish shop.
        return next(code for code in script if probability.get(code, best) >= best / 2)
    code = max(probability, key=probability.__getitem__)
    marked = any(c in _FOREIGN_LETTERS for c in letters)
    needed = 0.6 if marked or len(words) >= 4 else 0.9
    return code if code not in _OURS and probability[code] >= needed and len(letters) >= 8 else None


_OURS = ("pl", "en")
_NEIGHBOURS = tuple("de cs sk lt lv et es fr it nl pt sv da nb fi hu ro hr sl tr".split())  # noqa: SIM905

# Codes that a script may stand for, the likeliest first.
_SCRIPTS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0x0370, 0x03FF, ("el",)),
    (0x0400, 0x04FF, ("uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "mn")),
    (0x0590, 0x05FF, ("he",)),
    (0x0600, 0x06FF, ("ar", "fa", "ur", "ps")),
    (0x0900, 0x097F, ("hi", "mr", "ne")),
    (0x0E00, 0x0E7F, ("th",)),
    (0x10A0, 0x10FF, ("ka",)),
    (0x3040, 0x30FF, ("ja",)),
    (0x4E00, 0x9FFF, ("zh", "ja")),
    (0xAC00, 0xD7AF, ("ko",)),
)


def _other_script(letters: str) -> tuple[str, ...] | None:
    """Return the languages of the script that most of the letters are in, None for Latin."""
    if letters.isascii() or ord(max(letters)) < _SCRIPTS[0][0]:
        return None
    for first, last, codes in _SCRIPTS:
        if sum(first <= ord(c) <= last for c in letters) * 2 > len(letters):
            return codes
    return None


def _evidence(text: str) -> int:
    """Return what the words themselves tell: above 0 Polish, below 0 English, 0 nothing or a draw."""
    score = 0
    for match in re.finditer(r"[^\W\d_]+", text):
        word = fold(match[0])
        if word in _POLISH_ONLY or word.startswith(_STARTS[1]):
            score += 1
        elif word in _ENGLISH_ONLY or word.startswith(_STARTS[-1]):
            score -= 1
        elif any(c in _POLISH_LETTERS for c in match[0].lower()):
            # One Polish name in an English sentence does not make it Polish.
            score += 1 if match[0][0].isupper() else 2
        else:
            score += _listed(word)
    return score


@lru_cache(maxsize=8192)
def _listed(folded: str) -> int:
    """Return 1 for a word that is on our lists in Polish only, −1 in English only, 0 in both or none."""
    polish, english = (
        folded in whole or any(folded[:n] in begun for n in range(_TELLING_CHARS, len(folded) + 1))
        for whole, begun in map(_shop_words, (Language.PL, Language.EN))
    )
    return 0 if folded in _ALIKE else int(polish) - int(english)


@lru_cache(maxsize=2)
def _shop_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the whole words of one side of the bundled pairs, and the beginnings that are long enough."""
    words = [word for pair in bundled().pairs for word in pair.side(language)]
    return frozenset(w.letters for w in words if w.whole), frozenset(w.letters for w in words if not w.whole)


def _is_ours(words: Sequence[str], letters: str) -> bool:
    """Tell whether function words, or half of all words with those on our lists, show Polish or English."""
    if any(c in _FOREIGN_LETTERS for c in letters):
        return False
    folded = [fold(word) for word in words]
    known = sum(word in _FOLDED_POLISH or word in ENGLISH for word in folded)
    if any(c in _POLISH_LETTERS for c in letters) or known * 3 >= len(folded):
        return True
    return bool(known) and 3 * sum(abs(_evidence(word)) for word in folded) > 2 * len(folded)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # Not the module's own functions: they share one identifier, whose languages we would restrict for all.
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)


@lru_cache(maxsize=512)
def _probabilities(text: str, codes: tuple[str, ...] | None) -> dict[str, float]:
    """Return the probability of each language, of those in `codes` only if given."""
    # Divided by the root of the length, as the library itself does to keep probabilities honest.
    scale = math.sqrt(len(text.encode()) or 1)
    ranked = [(code, float(score) / scale) for code, score in _identifier().rank(text)]
    if codes is not None:
        ranked = [(code, score) for code, score in ranked if code in codes]
    best = max(score for _, score in ranked)
    weights = {code: math.exp(max(-700.0, score - best)) for code, score in ranked}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}
