"""Special cases of shopping: returns, gift cards, Christmas, cash on delivery… Data and a pure look-up.

"Ile kosztuje paczkomat?" is about delivery: an article on the cost of a return would answer something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.reading import words_of
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.words import fold

_POLISH = (
    r"zwr[oau]\w+|odda\w*|odesl\w+|odsyl\w+|odstap\w+|odstep\w+",
    r"reklam\w+|wad[ayel]\w*",
    r"gwaranc\w+",
    r"podarun\w+|bon|bony|bonu|bonow|voucher\w*|prezentow[aey]|upomin\w+",
    r"prezent|prezent(?:u|y|em|ow)|gwiazdk\w+|choink\w+|swiat\w*|swie[ct]\w*|wigili\w*|mikolaj\w*",
    r"zagrani\w+|czech\w*|niem\w+|slowac\w+|litw\w+|angli\w*|brytani\w*|irland\w+|ukrain\w+|norweg\w+|szwe[cd]\w*|szwajc\w+|"
    r"austri\w*|francj\w+|wloch\w*|hiszpan\w+|holandi\w+|belgi\w+|dani[aię]|finlandi\w+|usa|europ\w+|kraj\w*|uni[ai]",
    r"firm\w*|spol\w+|dzialaln\w+|przedsieb\w+|nip\w*",
    r"pobrani\w*|odbiorze|gotowk\w+|kurierowi",
    r"paypo|rat\w{1,3}|odroczon\w+|pozniej",
    r"newsletter\w*|zapis\w*",
    r"wymian\w*|wymien\w+|zamian\w+|zamien\w+",
    r"uszkodz\w+|zniszcz\w+|zgniec\w+|pogniec\w+|rozerw\w+|rozwal\w+|polam\w+|rozbit\w+|stlucz\w+",
)
_ENGLISH = (
    r"return\w*|back|withdraw\w*|refund\w*",
    r"complain\w*|fault\w*|defect\w*",
    r"guarantee\w*|warrant\w*",
    r"gift cards?|gift|vouchers?|cards?",
    r"presents?|christmas|xmas|gifts?|holidays?",
    r"abroad|international\w*|overseas|german\w*|czech\w*|slovak\w*|lithuania|uk|britain|england|scotland|ireland|ukraine|norway|"
    r"sweden|denmark|finland|switzerland|austria|france|italy|spain|netherlands|belgium|usa|america|europe\w*|countr\w+|eu",
    r"compan\w+|business\w*|traders?|tax|nip",
    r"cash|on delivery",
    r"paypo|instal\w+|later|deferred",
    r"newsletter\w*|subscri\w+|unsubscri\w+|sign\w*",
    r"exchang\w*|swap\w*",
    r"damag\w+|torn|crush\w+|broken|dented|smash\w*",
)
_CASES = {
    Language.PL: tuple(re.compile(rule) for rule in _POLISH),
    Language.EN: tuple(re.compile(rule) for rule in _ENGLISH),
}
_WORD = re.compile(r"on delivery\b|\w+")
"""The one name of two words, and single ones: "gift card" is named by its first."""


@lru_cache(maxsize=1 << 13)
def cases_in(text: str, language: Language) -> frozenset[int]:
    """Return the special cases that a text names, by their numbers."""
    return frozenset().union(*(_cases_of(word, language) for word in _WORD.findall(fold(text))))


@lru_cache(maxsize=1 << 13)
def _cases_of(word: str, language: Language) -> frozenset[int]:
    return frozenset(number for number, rule in enumerate(_CASES[language]) if rule.fullmatch(word))


def besides(title: str, question: str, language: Language, synonyms: Synonyms) -> float:
    """Return which share of the special cases that a title names the question does not, 0 to 1.

    A case is named by a word of its family too: broken shoes are a complaint.
    """
    named = cases_in(title, language)
    unasked = named - cases_in(question, language)
    if not unasked:
        return 0.0
    asked = _families_of(question, language, synonyms)
    known = _words_with_families(title, language, synonyms)
    words = [word for word, families in known if not asked.isdisjoint(families)]
    return len(unasked - cases_in(" ".join(words), language)) / len(named)


@lru_cache(maxsize=1 << 13)
def _words_with_families(
    text: str, language: Language, synonyms: Synonyms
) -> tuple[tuple[str, frozenset[int]], ...]:
    """Return the words of an article's title or sentence that belong to families, in order."""
    read = ((word, synonyms.families_of(word, language)) for word in words_of(text))
    return tuple((word, families) for word, families in read if families)


@lru_cache(maxsize=256)
def _families_of(question: str, language: Language, synonyms: Synonyms) -> frozenset[int]:
    return frozenset().union(*(synonyms.families_of(word, language) for word in words_of(question)))
