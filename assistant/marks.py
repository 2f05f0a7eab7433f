"""Words that turn what a sentence says: not, may, must, only, usually, if, before, free… Pure.

A mark belongs to the word that follows it in its clause, its head: *nie* of *nie przysługuje*.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from foundation.language import Language


class Mark(StrEnum):
    """What a word does to its sentence."""

    NOT = "not"
    NOT_ONLY = "not_only"
    NEVER = "never"
    ALWAYS = "always"
    USUALLY = "usually"
    ONLY = "only"
    CAN = "can"
    MAY = "may"
    MUST = "must"
    IF = "if"
    UNLESS = "unless"
    EXCEPT = "except"
    BEFORE = "before"
    AFTER = "after"
    FREE = "free"
    AT_ONCE = "at_once"
    IN_TIME = "in_time"
    EVERY = "every"
    EARLIEST = "earliest"
    LEAST = "least"
    MOST = "most"
    SHOP = "shop"
    CUSTOMER = "customer"


_PATTERNS: dict[Language, tuple[tuple[Mark, str], ...]] = {
    Language.PL: (
        (Mark.NOT_ONLY, r"nie tylko"),
        (Mark.FREE, r"bezplatn\w+|darmow\w+|za darmo|gratis\w*|nic (?:za \w+ )?nie (?:kosztuje|placi\w*|zaplaci\w*)|nie (?:kosztuje|placi\w*|zaplaci\w*) (?:nic|za)|bez (?:dodatkowych )?(?:oplat\w*|kosztow)|nie placisz|nie zaplacisz|na (?:nasz |swoj )?koszt (?:sklepu|nasz)|na nasz koszt"),
        (Mark.AT_ONCE, r"od razu|natychmiast\w*|niezwlocznie|blyskawicznie|w tej chwili|od reki"),
        (Mark.IN_TIME, r"bez zbednej zwloki"),
        (Mark.EXCEPT, r"oprocz|poza(?! tym)|z wyjatkiem|za wyjatkiem|z wylaczeniem|wyjatk\w+|wyjatek"),
        (Mark.UNLESS, r"chyba ze|dopoki|zanim|az(?= (?!do |o |po |tak |tyle |\x00))"),
        (Mark.ALWAYS, r"zawsze|kazdorazowo|bezwarunkowo|w kazdej chwili|w (?:dowolnym|kazdym) momencie|o kazdej porze|kiedy (?:tylko )?(?:chcesz|zechcesz)"),
        (Mark.IF, r"jesli|jezeli|gdy|gdyby|o ile|pod warunkiem|w razie|w przypadku|kiedy"),
        (Mark.NEVER, r"nigdy|w zadnym \w+|pod zadnym \w+"),
        (Mark.EARLIEST, r"najwczesniej(?: po)?|dopiero po|nie wczesniej niz"),
        (Mark.EVERY, r"kazd\w+|jakikolwiek|jakiegokolwiek|jakichkolwiek|wszystk\w+|wszelk\w+|dowoln\w+|zadn\w+|zaden|nikt|calkowicie|w calosci|caly|cala|cale"),
        (Mark.USUALLY, r"zwykle|zazwyczaj|przewaznie|najczesciej|na ogol|czesto|czasem|czasami|okolo|ok|mniej wiecej|niemal|prawie|wkrotce|orientacyjnie|przynajmniej czesc"),
        (Mark.ONLY, r"tylko|jedynie|wylacznie|dopiero"),
        (Mark.LEAST, r"co najmniej|przynajmniej|minimum|nie mniej niz|nie krocej niz|ponad|powyzej|wiecej niz|dluzej niz|pozniej niz"),
        (Mark.MOST, r"najpozniej|maksymalnie|najwyzej|nie wiecej niz|nie dluzej niz|nie pozniej niz|maksimum|ponizej|mniej niz|krocej niz"),
        (Mark.MAY, r"moze|moga|(?<!bysmy )(?<!bys )(?<!by )mogl\w*"),
        (Mark.CAN, r"mozna|mozesz|mozecie|mozemy|moge|mozliw\w+|da sie|wolno"),
        (Mark.MUST, r"musi\w*|musz\w*|trzeba|nalezy|koniecz\w+|powin\w+|wymag\w+|obowiazk\w+|obowiazan\w+|zobowiazan\w+|niezbedn\w+|potrzebn\w+|potrzebuj\w+"),
        (Mark.NOT, r"nie|bez(?! (?:wzgledu|trudu|problemu|klopotu|obaw))|brak\w*"),
        (Mark.BEFORE, r"przed|do czasu|wczesniej"),
        (Mark.AFTER, r"po|pozniej|od(?= (?:dnia|daty|momentu|chwili|otrzym|odebr|odbior|dostarcz|dorecz|wysyl|wyslan|nadan|zlozen|zakup|zaplat|wplat|poczatk|konca|zawarc|wyjec|jej |jego |tego |\w+(?:ania|enia|ecia)\b)|\x00)"),
        (Mark.SHOP, r"sklep|sklepu|sklepowi|sklepem|my|nas|nam|nami|nasz\w*|sprzedawc\w+"),
        (Mark.CUSTOMER, r"ty|ci|cie|ciebie|tobie|twoj\w*|twoi\w*|klient\w*|kupujac\w+|konsument\w*|pan|pani|panu|panstwo|panstwa|panstwu"),
    ),
    Language.EN: (
        (Mark.NOT_ONLY, r"not only|not just"),
        (Mark.FREE, r"free(?: of charge)?|(?:at|for) no (?:extra |additional )?(?:cost|charge)|no (?:extra |additional )?(?:charge|cost|fee)s?|(?:costs?|pay|paying|charged?) (?:you )?nothing|at (?:our|the shop(?:['’]s)?) (?:own )?(?:cost|expense)|on us\b|on the house|nothing to pay|without (?:charge|payment|paying)|do(?:es)? not (?:have to |need to )?(?:pay|cost) (?:anything|for)|do not pay|don't pay"),
        (Mark.AT_ONCE, r"at once|immediately|instantly|right away|straight away|without delay|promptly"),
        (Mark.IN_TIME, r"without undue delay"),
        (Mark.EXCEPT, r"except\w*|apart from|other than|excluding|excludes?"),
        (Mark.UNLESS, r"unless|until|till"),
        (Mark.ALWAYS, r"always|any ?time|at any (?:moment|point)|whenever you (?:like|want|wish)|unconditional\w*"),
        (Mark.IF, r"if|when|once|whenever|provided|as long as|in case|in the event|where"),
        (Mark.NEVER, r"never|under no circumstances"),
        (Mark.EARLIEST, r"no sooner than|no earlier than|at the earliest(?: after)?|not until|not before"),
        (Mark.EVERY, r"every|each|(?:of )?any (?:kind|sort)|whatsoever|all|whole|entire|everything|everyone|everybody|completely|guaranteed"),
        (Mark.USUALLY, r"usually|normally|typically|generally|often|mostly|sometimes|around|approximately|roughly|almost|nearly|occasionally|soon|probably|likely"),
        (Mark.ONLY, r"only|solely|exclusively"),
        (Mark.LEAST, r"at least|minimum|no less than|not less than|over|more than|longer than|later than|above|exceed\w*"),
        (Mark.MOST, r"at (?:the )?latest|at (?:the )?most|no more than|not more than|no later than|not later than|maximum|up to|within|below|less than|under|fewer than"),
        (Mark.MAY, r"may|might|could"),
        (Mark.CAN, r"can(?!['’]t)|possible|able|allowed|permitted"),
        (Mark.MUST, r"must|have to|has to|had to|need to|needs to|needed|requires?|required|should|necessary|mandatory|obliged|ought to|you need|you'll need"),
        (Mark.NOT, r"not|no|without|cannot|can['’]t|neither|nobody|nothing|none|(?:ca|do|does|did|is|are|was|were|has|have|had|wo|would|should|could|must|need)nt|[a-z]+n['’]t"),
        (Mark.BEFORE, r"before|prior to|by the time"),
        (Mark.AFTER, r"after|afterwards|following|since|from(?= (?:the |your |its )?(?:day|date|moment|time|minute|receipt|delivery|dispatch|collection|purchase|start|end|beginning|\w+ing\b))|from(?= \x00)|starting"),
        (Mark.SHOP, r"we|us|our|ours|we'll|we're|we've|the shop|shop|shop's|store|seller"),
        (Mark.CUSTOMER, r"you|your|yours|yourself|you'll|you're|you've|customers?|customer's|buyers?|buyer's|consumers?|shoppers?"),
    ),
}  # fmt: skip
_ALL = {
    language: re.compile(
        "|".join(rf"(?P<m{n}>\b(?:{pattern})\b)" for n, (_, pattern) in enumerate(patterns)),
    )
    for language, patterns in _PATTERNS.items()
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with its place in the text, the contraction of *can't* and *cannot* as two."""

    mark: Mark
    start: int
    end: int


def marks(text: str, language: Language) -> list[Marked]:
    """Return the marks of a folded text in order, no two of them of the same letters but *cannot*."""
    patterns = _PATTERNS[language]
    found = []
    for match in _ALL[language].finditer(text):
        mark = patterns[int((match.lastgroup or "m0")[1:])][0]
        if match[0] in ("cannot", "can't", "can’t"):
            found.append(Marked(Mark.CAN, match.start(), match.end()))
        found.append(Marked(mark, match.start(), match.end()))
    return found
