"""Whether a message asks when people of the shop are there, and about which days. Pure.

Hours of deliveries, returns, pick-up points and shops to walk into are none of these: articles have them.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.days_asked import Days, days_in
from assistant.plain import simplify

MAX_CHARS = 200
"""A longer message is about more than hours."""


class Want(StrEnum):
    """What is to be told."""

    NOW = "now"
    """Whether people are there, until when, and when they are back."""
    DAYS = "days"
    WEEK = "week"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about hours.

    Attributes:
        person: Asks for people who answer here, whatever articles say of other hours.
        days: For `Want.DAYS`, in order; at least one.
    """

    want: Want
    person: bool = False
    days: tuple[date, ...] = ()


_YOU = r"(?:jestescie|bedziecie|macie)"
_DESK = r"(?:obslug\w*|biur[oa]|bok|konsultan\w+|doradc\w+|infolini\w+|czat\w*|chat\w*|pomoc|wsparcie|pracowni\w+)"
_SHOP = r"(?:sklep\w*|firm\w*|panstwo|panstwa|wy)"
_OPEN = r"(?:otwart\w*|otwarci|czynn\w*|zamkniet\w*|dostepni)"
_WORK = rf"(?:pracujecie|pracuja|otwieracie|zamykacie|otwieraja|zamykaja|{_OPEN})"
_TIME = (
    r"(?:w|we|o|do|od|po|na|teraz|dzis\w*|jutro|pojutrze|jeszcze|juz|tam|tu|tutaj|czacie|godzin\w*|\d+|rano|wieczor\w*|"
    r"poniedzial\w+|wtor\w+|srod[aey]|czwart\w+|piat\w+|sobot\w*|niedziel\w*|weekend\w*|wigili\w*|swiet\w*|"
    r"normalnie|caly|dzien|noc\w*|ten|ta|te|moze)"
)
_IN_DAYS = (
    r"(?! we? (?!poniedz|wtor|srod|czwart|piat|sobot|niedziel|weekend|wigil|swi|dni|dzien|tym|\d|now|sylwest|wielk|boz|maj|"
    r"poludni|nocy|t[aeo]|kazd|przyszl|najbliz|pon\b|wt\b|sr\b|czw\b|pt\b|sob\b|nd\b|jakich|stycz|lut|grud|lip|sierp|trzech|lany))"
)
"""After "w" stands a day, no place and no state."""
_THEN = rf"{_IN_DAYS}(?= {_TIME}\b| (?:jestescie|macie|bedziecie|sklep$|panstwo|czy|i|a)\b|$)"
_SOON = (
    r"(?= (?:now|today|tonight|tomorrow|tmrw|tmr|on|at|this|next|right|still|until|till|in the|during|over|for (?:christmas|easter)|"
    r"yet|please|pls|or|and|between|late|later|after|before|every|all|most|sundays?|saturdays?|weekends?|\d+)\b|$)"
)
_ANYONE = r"(?:ktos|ktokolwiek|ktos z was|czlowiek)"
_ANSWERS = r"(?:odpisuje\w*|odpowiada\w*|odpisz\w+|odpowie\w*|odbier\w+|dyzur\w*|siedzi|pracuje|dostepn\w+)"
_WHEN = r"(?:do ktorej|do kiedy|od ktorej|o ktorej|od kiedy|kiedy|w jakich godzinach|w jakie dni|od ktorej do ktorej|w ktore dni)"
_FILL = r"(?:\w+ ){0,3}"

_PERSON = tuple(
    re.compile(rule)
    for rule in (
        rf"\b(?:jest|bedzie)(?: {_TIME})* (?:{_ANYONE}|kto)(?: {_TIME})*$",
        rf"\b{_ANYONE} (?:mi |tu |tam |wam |teraz |dzis\w* |jutro |jeszcze |w \w+ )*(?:{_ANSWERS}|jest|bedzie)(?: mi)?{_THEN}",
        rf"\b(?:{_ANSWERS}) (?:mi |tu |tam |teraz |dzis\w* |jutro |jeszcze )*{_ANYONE}\b",
        rf"\b{_WHEN} {_FILL}(?:ktos|{_DESK}) {_FILL}(?:jest|bedzie|wroci|wraca|{_ANSWERS})\b",
        rf"\b{_WHEN} {_FILL}(?:wroci|wraca|wracacie|wrocicie|bedzie|odpisuje|odpowiada|odpisujecie|odpowiadacie|jest) ?{_FILL}(?:ktos|{_DESK}|na cza\w+)\b",
        rf"^(?:\w+ ){{0,2}}{_WHEN} (?:wracacie|wrocicie|odpisujecie|odpowiadacie)\b",
        rf"\b(?:{_DESK} {_FILL}(?:{_WORK}|pracuje|dziala|online)|(?:{_WORK}|pracuje|dziala) {_FILL}{_DESK})\b",
        r"\b(?:is|are|will|was) (?:there )?(?:still )?(?:anyone|anybody|someone|somebody|people|any one)(?: be)?(?: still)? (?:there|here|in|around|available|online|on duty|working|at work|now|today|tomorrow|on|at)\b",
        r"^(?:hello |hi |hey )*(?:anyone|anybody|someone|somebody) (?:there|here|around|available|online)\b",
        r"\b(?:when|until when|till when|what time|how long) (?:\w+ ){0,3}(?:someone|somebody|anyone|anybody|people|agents?|staff|support|(?:a |the )?team|customer service) (?:\w+ ){0,2}(?:back|there|here|available|online|answer\w*|working|in|reply|open|close\w*)\b",
        r"\b(?:someone|somebody|anyone|anybody|agents?|support|customer service|help ?desk|live chat) (?:is |be )?(?:available|online|working|open|answering|on duty)\b",
        r"\b(?:is|are) (?:the |your )?(?:support|customer (?:service|support|care)|help ?desk|live chat|chat|agents?|staff|team|people) (?:\w+ ){0,2}(?:available|online|working|open|there|closed)\b",
        r"\bwhen (?:are you|will you be|do you come) back\b",
    )
)

_GENERAL = tuple(
    re.compile(rule)
    for rule in (
        rf"\b{_YOU} {_FILL}{_OPEN}{_THEN}",
        rf"\b{_OPEN}(?: {_TIME})* (?:jestescie|macie|bedziecie|{_SHOP})\b",
        rf"\b{_SHOP} (?:{_TIME} |jest |sa |bedzie |beda )*(?:{_OPEN}|pracuj\w+|otwieraj\w*|zamykaj\w*)\b",
        rf"^(?:czy )?(?:jest|bedzie) (?:{_TIME} )*(?:otwarte|czynne|zamkniete){_THEN}",
        rf"^(?:\w+ )?(?:jestescie|bedziecie)(?: {_TIME})+$",
        r"^(?:czynne|otwarte|otwarci|czynni) (?:dzis\w*|teraz|jutro|w \w+)$",
        rf"\b(?:pracujecie|otwieracie|zamykacie|pracuja {_SHOP}|macie wolne){_THEN}",
        r"\bgodzin\w* (?:\w+ )?(?:otwarcia|pracy|obslugi|urzedowania|dzialania|czatu|biura)\b",
        rf"\b{_WHEN} (?:\w+ ){{0,3}}(?:{_WORK}|zaczynacie|konczycie|jestescie|bedziecie){_THEN}",
        r"\bjak dlugo (?:\w+ )?(?:pracujecie|jestescie|pracuja panstwo)\b",
        r"^(?:a |to |czyli |hej |czesc )*(?:do|od) ktorej(?: godziny)? (?:dzis|dzisiaj|jutro|w \w+)$",
        r"\b(?:dziala|pracuje) (?:\w+ ){0,2}(?:sklep|firma)\b",
        r"\b(?:opening|office|business|working|support|service|store|shop) (?:hours|times)\b",
        r"\b(?:what|which) (?:\w+ ){0,2}hours (?:are|do) you\b|\byour hours\b|^hours$",
        rf"\b(?:are|will|r) (?:you|u|ya) (?:guys )?(?:\w+ ){{0,3}}(?:open|closed|working|available|there){_SOON}(?! for (?!christmas|easter))(?! on (?:an?|my|the(?! \d)|it|your|this)\b)",
        rf"\b(?:do|will) (?:you|u) (?:guys )?(?:\w+ ){{0,2}}(?:open|close|work){_SOON}",
        r"\b(?:is|are) (?:the |your |this )?(?:shop|store|office|company) (?:\w+ ){0,2}(?:open|closed)\b",
        r"\b(?:you|shop|store|office) (?:still )?open (?:now|today|tomorrow|on|at|this|till|until|late)\b",
        r"^(?:are )?(?:you )?open (?:now|today|tomorrow|on \w+|this weekend)$",
        r"\b(?:when|what time|until when|till when|how late) (?:\w+ ){0,2}(?:you|u|shop|store|office) (?:\w+ ){0,2}(?:open|close|closing|working|there|shut)\b",
    )
)

_ELSEWHERE = re.compile(
    r"\b(?:zwr[oa]\w+|zwroc\w*|przes[yl]\w+|paczk\w*|paczuszk\w*|kurier\w*|dostaw\w*|dostarcz\w*|dorecz\w*|zamow\w*|zamaw\w*|"
    r"wysyl\w*|wysle\w*|wyslac|nada\w+|reklam\w*|odbior\w*|odebra\w*|odbierz\w*|odbieram|salon\w*|stacjonarn\w*|showroom\w*|"
    r"punk(?:t|cie|tu|ty)\w*|magazyn\w*|automat\w*|promocj\w*|wyprzedaz\w*|rabat\w*|kod\w*|kupon\w*|platnosc\w*|plac[ie]\w*|"
    r"przelew\w*|gwaranc\w*|cen[ay]?|konto|koncie|konta|stron\w*|aplikacj\w*|link\w*|rozmiar\w*|koszyk\w*|faktur\w*|"
    r"opakowani\w*|pudelk\w*|otworzy\w*|wymian\w*|wymien\w*|serwis\w*|przyjmuj\w*|przymierz\w*|oferta|ofercie|rekrut\w*|"
    r"returns?|returned|refund\w*|parcels?|packages?|couriers?|deliver\w*|ship\w*|orders?|ordered|pick ?up\w*|collect\w*|"
    r"showrooms?|in person|physical|brick|lockers?|sale|sales|promo\w*|discount\w*|codes?|voucher\w*|pay\w*|accounts?|"
    r"warrant\w*|moj\w*|my|stock|invoice\w*|box|website|page|link|complain\w*|claims?|exchang\w*|sizes?|worldwide|abroad|"
    r"position\w*|vacanc\w*|hiring|to (?:new )?(?:ideas|suggestions|negotiat\w+|talk\w*))\b"
)
"""Of other hours than those of the people who answer."""

_WEEK = re.compile(
    r"(?<!ktorej )\b(?:godzin\w*|w jakie dni|w ktore dni|hours|opening times|which days|what days)\b|\bod ktorej do ktorej\b"
)
_HOLIDAYS = re.compile(r"\b(?:swiet[aao]?|swiat|swieto|dni wolne|(?:public |bank )?holidays?)\b")
_LEAN = re.compile(r"^(?:a |i |to |and |what about |how about |or |co )*")
_FOLLOWS = re.compile(
    r"(?:a |i |an |and |or |to |co |z |w |we |what |how |about |on |the |czy |przyszl\w+ |najblizsz\w+ |next |this )*"
)


def asked_hours(text: str, today: date) -> Asked | None:
    """Return what a message asks about the hours of the shop's people; None if it asks no such thing."""
    plain = simplify(text)
    if not plain or len(text) > MAX_CHARS or _ELSEWHERE.search(plain):
        return None
    person = any(rule.search(plain) for rule in _PERSON)
    if not person and not any(rule.search(plain) for rule in _GENERAL):
        return None
    return _asked(text, plain, days_in(text, today), person)


def asked_days_only(text: str, today: date) -> Asked | None:
    """Return the days that a message names and nothing else ("a w niedzielę?"); None for any other."""
    plain = simplify(text)
    days = days_in(text, today)
    if _ELSEWHERE.search(plain) or days is None or not days.alone:
        return None
    return _asked(text, plain, days, person=False)


def _asked(text: str, plain: str, days: Days | None, person: bool) -> Asked | None:
    if days is None:
        return None  # a day is named that there is not, or that is over
    if days.days:
        return Asked(Want.DAYS, person, days.days)
    if _HOLIDAYS.search(plain):
        return Asked(Want.HOLIDAYS, person)
    week = _WEEK.search(plain) is not None and not days.today
    return Asked(Want.WEEK if week else Want.NOW, person)
