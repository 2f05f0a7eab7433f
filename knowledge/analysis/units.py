"""Units beside numbers, however they are written: *48h*, *48 godz.*, *14-dniowy*, *2 tyg*. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from foundation.language import Language
from knowledge.analysis.words import fold

# Folded: the key under which a unit's spellings meet, and what they look like.
_UNITS = {
    Language.PL: {
        "godzina": r"h|godz|godzin\w*|godzinn\w*",
        "dzien": r"dzien|dni|dnia|dniu|dniach|dniom|dniow\w*|dzienn\w*",
        "tydzien": r"tyg|tydz|tydzien|tygodn\w*",
        "miesiac": r"mies|msc|miesiac\w*|miesiec\w*",
        "minuta": r"min|minut|minut[aeyo]\w{0,2}",
        "zloty": r"zl|pln|zlot(?:y|ych|e|ego|ym|owk\w*)",
        "sztuka": r"szt|sztuk|sztuk[aieo]\w{0,2}",
        "kilogram": r"kg|kilo|kilogram\w*",
        "centymetr": r"cm|centymetr\w*",
    },
    Language.EN: {
        "hour": r"h|hr|hrs|hours?|hourly",
        "day": r"days?",
        "week": r"wks?|weeks?|weekly",
        "month": r"mths?|months?|monthly",
        "minute": r"mins?|minutes?",
        "kilogram": r"kg|kgs|kilos?|kilograms?",
        "centimetre": r"cm|centimet(?:re|er)s?",
    },
}
_PATTERN = {
    language: re.compile("|".join(f"(?P<{key}>{spelled})" for key, spelled in units.items()))
    for language, units in _UNITS.items()
}


@lru_cache(maxsize=65536)
def unit_of(word: str, language: Language) -> str | None:
    """Return the key of the unit that a word is, ``godzina`` for *godzin* and *h*; None if it is none."""
    found = _PATTERN[language].fullmatch(fold(word))
    return found.lastgroup if found is not None else None
