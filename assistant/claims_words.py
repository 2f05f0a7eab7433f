"""Months, weekdays, currencies, units and number words of claims, folded; numbers read from words. Pure."""

from __future__ import annotations

import re

MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "stycznia styczen styczniu january jan",
            "lutego luty lutym february feb",
            "marca marzec marcu march mar",
            "kwietnia kwiecien kwietniu april apr",
            "maja maj maju may",
            "czerwca czerwiec czerwcu june jun",
            "lipca lipiec lipcu july jul",
            "sierpnia sierpien sierpniu august aug",
            "wrzesnia wrzesien wrzesniu september sept sep",
            "pazdziernika pazdziernik pazdzierniku october oct",
            "listopada listopad listopadzie november nov",
            "grudnia grudzien grudniu december dec",
        ),
        start=1,
    )
    for month in months.split()
}

WEEKDAYS = {
    day: number
    for number, days in enumerate(
        (
            "poniedzialek poniedzialku poniedzialki poniedzialkiem monday mondays mon pon pn",
            "wtorek wtorku wtorki wtorkiem tuesday tuesdays tue tues wt",
            "sroda srode srody srodzie wednesday wednesdays wed sr",
            "czwartek czwartku czwartki czwartkiem thursday thursdays thu thurs czw",
            "piatek piatku piatki piatkiem friday fridays fri pt",
            "sobota sobote soboty sobocie sobota saturday saturdays sat sob",
            "niedziela niedziele niedzieli niedziela sunday sundays sun niedz nd",
        )
    )
    for day in days.split()
}
"""From Monday, 0, on."""

CURRENCIES = {
    "zl": "PLN",
    "zlotych": "PLN",
    "zlote": "PLN",
    "zloty": "PLN",
    "zlotego": "PLN",
    "zlotymi": "PLN",
    "zlotowka": "PLN",
    "zlotowek": "PLN",
    "zlotys": "PLN",
    "pln": "PLN",
    "gr": "GROSZ",
    "groszy": "GROSZ",
    "grosze": "GROSZ",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "dolarow": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "funtow": "GBP",
    "kc": "CZK",
    "czk": "CZK",
}

UNITS = {
    unit: name
    for name, units in {
        "minute": "minuta minuty minut minute minutach minutes min",
        "hour": "godzina godziny godzin godzine godzinach godzinami hour hours h hrs godz",
        "day": "dzien dni dnia dniu dniach dniami day days doba doby dob dobe dniowy dniowego dniowym dniowa "
        "dniowej dniowe",
        "week": "tydzien tygodnie tygodni tygodnia tygodniach tygodniowy tygodniowego tygodniowym week weeks",
        "month": "miesiac miesiace miesiecy miesiaca miesiacach miesiecznym miesieczny miesiecznego month "
        "months",
        "year": "rok roku lata lat latach year years",
    }.items()
    for unit in units.split()
}

_NUMBERS = {
    word: number
    for number, words in {
        1: "jeden jedna jedno jednego jednej jednym one",
        2: "dwa dwie dwoch dwu dwoma two",
        3: "trzy trzech trzem trzema three",
        4: "cztery czterech czterem czterema four",
        5: "piec pieciu piecioma five",
        6: "szesc szesciu szescioma six",
        7: "siedem siedmiu siedmioma seven",
        8: "osiem osmiu osmioma eight",
        9: "dziewiec dziewieciu dziewiecioma nine",
        10: "dziesiec dziesieciu dziesiecioma ten",
        11: "jedenascie jedenastu jedenastoma eleven",
        12: "dwanascie dwunastu dwunastoma twelve",
        13: "trzynascie trzynastu trzynastoma thirteen",
        14: "czternascie czternastu czternastoma fourteen",
        15: "pietnascie pietnastu pietnastoma fifteen",
        16: "szesnascie szesnastu szesnastoma sixteen",
        17: "siedemnascie siedemnastu siedemnastoma seventeen",
        18: "osiemnascie osiemnastu osiemnastoma eighteen",
        19: "dziewietnascie dziewietnastu dziewietnastoma nineteen",
        20: "dwadziescia dwudziestu dwudziestoma twenty",
        30: "trzydziesci trzydziestu trzydziestoma thirty",
        40: "czterdziesci czterdziestu czterdziestoma forty",
        50: "piecdziesiat piecdziesieciu piecdziesiecioma fifty",
        60: "szescdziesiat szescdziesieciu szescdziesiecioma sixty",
        70: "siedemdziesiat siedemdziesieciu siedemdziesiecioma seventy",
        80: "osiemdziesiat osiemdziesieciu osiemdziesiecioma eighty",
        90: "dziewiecdziesiat dziewiecdziesieciu dziewiecdziesiecioma ninety",
        100: "sto stu hundred",
        200: "dwiescie dwustu",
        300: "trzysta trzystu",
        400: "czterysta czterystu",
        500: "piecset pieciuset",
        600: "szescset szesciuset",
        700: "siedemset siedmiuset",
        800: "osiemset osmiuset",
        900: "dziewiecset dziewieciuset",
    }.items()
    for word in words.split()
}
_STEMS_BEFORE_UNITS = {
    "jedno": 1, "dwu": 2, "trzy": 3, "cztero": 4, "piecio": 5, "szescio": 6, "siedmio": 7, "osmio": 8,
    "dziewiecio": 9, "dziesiecio": 10, "dwunasto": 12, "czternasto": 14, "pietnasto": 15, "dwudziesto": 20,
    "trzydziesto": 30, "szescdziesiecio": 60, "dziewiecdziesiecio": 90, "stu": 100,
}  # fmt: skip
_COMPOUND = re.compile(
    rf"\b({'|'.join(sorted(_STEMS_BEFORE_UNITS, key=len, reverse=True))})"
    r"(dniow\w+|tygodniow\w+|miesieczn\w+)\b"
)
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SPELLED = re.compile(rf"\b(?:{_WORD})(?:(?: and | i |[ -])(?:{_WORD}))*\b")
_COUNTED = re.compile(
    r" ?(?:%|procent|percent|robocz|working|business|dni|dzien|dnia|dob|godzin|minut|tyg|miesi|rok|lat|day"
    r"|week|hour|minute|month|year|zl|pln|eur|grosz|gr\b)"
)
_THIS_TIME = re.compile(r" (?:dzien|tydzien|miesiac|rok)\b")
_CLAUSE = re.compile(r"[^.!?;\n]*")
_POLISH = re.compile(
    r"\b(?:nie|jest|sa|sie|na|w|z|ze|od|czy|jak|juz|tez|bo|wiec|tego|tym|mam|masz|mozesz|mozna|prosze|kod|temat|towar|produkt)\b"
)
_ENGLISH = re.compile(
    r"\b(?:the|is|are|was|be|of|and|or|you|your|we|our|it|its|for|with|within|in|at|by|from|after|not|off|than|last|up)\b"
)
_A_UNIT = re.compile(r"\b(?:a|an)(?= (?:minute|hour|day|week|month|year)\b)")


def in_digits(folded: str) -> str:
    """Return a folded text with its number words as digits: *czternascie dni* → *14 dni*.

    *One*, *jeden* and the Polish *ten* are pronouns too, and stay unless a unit follows them; *ten* is Polish
    where its clause has Polish words and no English ones. Words that make no number together (*five six*)
    become one each.
    """
    text = _COMPOUND.sub(lambda m: f"{_STEMS_BEFORE_UNITS[m[1]]} {m[2]}", folded)
    text = _A_UNIT.sub("1", text)
    return _SPELLED.sub(lambda found: _digits(found, text), text)


def _digits(found: re.Match[str], text: str) -> str:
    read: list[str | int] = []
    between = ""
    for word in re.split(r"( and | i |[ -])", found[0]):
        value = _NUMBERS.get(word)
        last = read[-1] if read else None
        if value is None:
            between = word
        elif isinstance(last, int) and word == "hundred" and last < 10:
            read[-1] = last * 100
        elif isinstance(last, int) and _joins(last, value, between):
            read[-1] = last + value
        else:
            read += [between, value] if read else [value]
    if found[0] == "ten" and _THIS_TIME.match(text, found.end()):
        return found[0]
    pronoun = read == [1] or (found[0] == "ten" and _in_polish(found, text))
    if pronoun and not _COUNTED.match(text, found.end()):
        return found[0]
    return "".join(map(str, read))


def _in_polish(found: re.Match[str], text: str) -> bool:
    """Return whether the clause around a word is Polish; in doubt it is not, and the word is a number."""
    before = max(text.rfind(mark, 0, found.start()) for mark in ".!?;\n") + 1
    clause = _CLAUSE.match(text, before)
    return clause is not None and bool(_POLISH.search(clause[0])) and not _ENGLISH.search(clause[0])


def _joins(before: int, value: int, mark: str) -> bool:
    """Return whether a smaller number goes on the one before: *two hundred* (and) *fifty*, *twenty one*."""
    if mark.strip() == "i":
        return False
    if mark.strip() == "and":
        return before % 100 == 0 and value < 100
    return (before % 100 == 0 and value < 100) or (before % 10 == 0 and before % 100 >= 20 and value < 10)
