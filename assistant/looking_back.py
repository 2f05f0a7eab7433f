"""Whether a message refers to an earlier conversation, asks of one, or asks how a request stands. Pure.

What a shopper says of it decides only *that* the records are looked at, never what they hold.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.claims_words import MONTHS
from assistant.plain import simplify
from customer.request import RequestKind
from knowledge.analysis.words import fold

_WEEKDAYS = (
    ("poniedzialek", "monday"), ("wtorek", "tuesday"), ("srode", "wednesday"), ("czwartek", "thursday"),
    ("piatek", "friday"), ("sobote", "saturday"), ("niedziele", "sunday"),
)  # fmt: skip
_DAY = "|".join(name for pair in _WEEKDAYS for name in pair)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_WROTE = r"(?:(?:(?:na)?pisa|(?:za)?pyta|(?:s)?kontaktowa|(?:po)?rozmawia|zglasza|zglosi|wspomina|czatowa)(?:lam|lem|lismy|lysmy)|(?:pomogli|odpisali|odpowiedzieli|obiecali|powiedzieli)scie)"
_WROTE_EN = r"(?:(?:i|we)(?: \w+)? (?:wrote|asked|messaged|contacted|chatted|spoke|talked|reported|raised|discussed|chatting|talking|got in touch)|you (?:helped|told|answered|wrote|replied|promised))"
_THEN = (
    r"(?:wczoraj|przedwczoraj|(?:dzien|dwa dni|trzy dni|kilka dni|pare dni|tydzien|dwa tygodnie|miesiac|\d{1,2} (?:dni|tygodnie|tygodni)) temu|"
    rf"w (?:zeszlym|ubieglym|poprzednim|tamtym) (?:tygodniu|miesiacu)|(?:w|we) (?:{_DAY})|\d{{1,2}} (?:{_MONTH})|(?:ostatnim|poprzednim|zeszlym) razem)"
)
_THEN_EN = (
    r"(?:yesterday|(?:the )?day before yesterday|last (?:time|week|month|night)|(?:a|one|two|three|several|few|a few|a couple of|\d{1,2}) (?:days?|weeks?|months?) ago|"
    rf"(?:on|last) (?:{_DAY})|on (?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|on (?:{_MONTH}) \d{{1,2}})"
)
_BEFORE = r"(?:juz|wczesniej|ostatnio|poprzednio|kiedys)"
_BEFORE_EN = r"(?:before|already|earlier|previously|recently)"
_ELSEWHERE = re.compile(
    r"\b(?:maila?|mailem|mejl\w*|email\w*|e mail\w*|telefon\w*|dzwoni\w+|listem|phoned?|called|letter|recenzj\w*|opini\w*|reviews?)\b"
)
"""Another way than this chat: of that the log knows nothing."""

_SURELY = re.compile(
    rf"\b{_WROTE}(?: \w+){{0,4}} {_THEN}\b|\b{_THEN}(?: \w+){{0,4}} {_WROTE}\b"
    rf"|\b{_WROTE_EN}(?: \w+){{0,6}} {_THEN_EN}\b|\b{_THEN_EN},? (?:\w+ ){{0,2}}{_WROTE_EN}\b"
    r"|\b(?:ostatni|poprzedni|wczesniejsz|wczorajsz)\w* (?:rozmow\w*|czat\w*)\b|\b(?:nasz|moj|mo|z|do)\w* (?:ostatni|poprzedni|wczesniejsz|wczorajsz)\w* wiadomosc\w*\b"
    r"|\b(?:last|previous|earlier|yesterdays?) (?:chat|conversation)\b|\b(?:our|my|the) (?:last|previous|earlier|yesterdays?) (?:talk|message)\b|^got in touch yesterday\b"
    r"|\b(?:jak|co) (?:mowil|pisal|ustali|wspomnial)\w+ (?:wczoraj|ostatnim razem|poprzednim razem)\b"
    r"|\bas (?:(?:i|we) )?(?:said|wrote|mentioned|told you|discussed|agreed) (?:last time|yesterday|last week)\b"
    r"|\b(?:ostatnim|poprzednim|zeszlym) razem (?:\w+ ){0,2}(?:mowi|powiedzia|ustali|obieca|odpisa)\w+\b"
    r"|\blast time (?:i|we|you) (?:said|told|wrote|asked|spoke|talked|chatted|promised|answered|replied|agreed)\b"
)  # fmt: skip
_PERHAPS = re.compile(
    rf"\b{_WROTE}(?: \w+){{0,2}} {_BEFORE}\b|\b{_BEFORE}(?: \w+){{0,2}} {_WROTE}\b"
    rf"|\b{_WROTE_EN}(?: \w+){{0,5}} {_BEFORE_EN}\b|\b(?:i|we)(?: have|ve)? (?:already|previously) (?:wrote|asked|messaged|contacted|spoke|reported|raised|written|spoken)\b"
    r"|\bjak (?:juz )?(?:pisalam|pisalem|mowilam|mowilem|wspominalam|wspominalem|wspomnialam|wspomnialem)\b|\bas i (?:said|wrote|mentioned|told you)\b"
    r"|\bwracam (?:do|z) (?:tej |ta |moj\w+ )?(?:spraw\w+|temat\w*)\b|\bfollow(?:ing)? up on\b"
)  # fmt: skip
"""Said in a conversation that has begun, these refer to it."""

_ASKS = re.compile(
    r"\b(?:o czym|co) (?:\w+ ){0,2}(?:rozmawialismy|pisalismy|ustalilismy|pisalam|pisalem|pytalam|pytalem)\b"
    r"|\b(?:czy )?pamieta(?:sz|cie) (?:mnie|nasz\w* rozmow\w*|mo[ij]\w* (?:ostatni\w* |poprzedni\w* )?(?:rozmow\w*|pytani\w*|spraw\w*)|(?:ostatni\w*|poprzedni\w*) rozmow\w*|o czym|co (?:pisal\w*|mowil\w*))"
    r"|\bo czym (?:byla|byl) (?:\w+ )?(?:ostatni|poprzedni|wczorajsz)\w* (?:rozmow|czat)\w*|\bw jakiej sprawie (?:ostatnio|wczoraj|poprzednio) pisal\w+|\bco mi (?:ostatnio|wczoraj|poprzednio) (?:odpisali|odpowiedzieli|powiedzieli|napisali)\w*\b"
    r"|\bwhat did you (?:tell|say|answer|write|reply)(?: \w+){0,2} (?:yesterday|last time|last week|before)\b|\brecall our (?:last|previous|earlier)\b|\bwhat (?:i|we) (?:asked|wrote|discussed) (?:before|last time|yesterday|last week)\b"
    r"|\bczy mnie pamieta(?:sz|cie)\b|\bprzypomnij(?:cie)? (?:mi )?(?:o czym|co|nasz\w+ (?:ostatni|poprzedni)\w* rozmow\w*|(?:ostatni|poprzedni)\w* rozmow\w*)\b"
    r"|\bwhat (?:was|were) (?:our|my) (?:last|previous|earlier) (?:chat|conversation|question)s?\b|\bremind me (?:of )?what (?:we|i) (?:talked|chatted|spoke|discussed|asked|wrote|said)\b"
    r"|\bhave we (?:talked|chatted|spoken|met) before\b|\bwhat have (?:we|i) (?:discussed|talked|asked|written|said)(?: \w+){0,2} (?:before|so far|earlier)\b"
    r"|\bco (?:o mnie|na moj temat) (?:wiesz|pamietasz|wiecie|pamietacie)\b|\bco (?:wiesz|pamietasz) o mnie\b"
    r"|\bwhat did (?:we|i) (?:talk|chat|speak|discuss|ask|write)(?: \w+){0,2}(?: last time| yesterday| before| earlier| last week)"
    r"|\bdo you remember (?:me|our|my (?:last|previous|earlier)|what (?:i|we))\b|\bwhat do you (?:know|remember) about me\b"
)  # fmt: skip

_COMPLAINT, _BACK, _REQUEST = (
    r"(?:reklamacj\w+)",
    r"(?:zwrot\w*|odstapieni\w+)",
    r"(?:zgloszeni\w+|spraw(?:a|y|e|ie))",
)
_THING = rf"(?:{_COMPLAINT}|{_BACK}|{_REQUEST})"
_THING_EN = r"(?:complaint|return|withdrawal|request|claim|case)"
_STANDS = re.compile(
    rf"\bco (?!(?:\w+ ){{0,2}}(?:robic|zrobic|mam|trzeba|nalezy|gdy|jesli)\b)(?:\w+ ){{0,3}}z (?:mo[ij]\w+ |ta |tym |nasz\w+ )?{_THING}\b"
    rf"|\b(?:na jakim etapie|jaki(?:e)? (?:jest |ma )?(?:status|stan)|status|stan) (?:\w+ ){{0,2}}{_THING}\b|\b(?:numer|termin) (?:\w+ )?mo[ij]\w+ {_THING}\b"
    rf"|\b(?:kiedy|do kiedy) (?:\w+ ){{0,3}}(?:odpowie\w*|rozpatrz\w*|zalatwi\w*)(?: \w+){{0,3}} {_THING}\b"
    rf"|\bczy (?:\w+ ){{0,2}}{_THING} (?:\w+ ){{0,3}}(?:dotar\w+|doszl\w+|doszed\w*|przyjet\w+|rozpatrzon\w+|uznan\w+|zaakceptowan\w+|zalatwion\w+)\b"
    rf"|\bczy (?:\w+ )?(?:dostali|otrzymali|przyjeli|rozpatrzyli|widzi|dotar|doszl|doszed)\w* (?:\w+ ){{0,2}}mo[ij]\w+ {_THING}\b"
    rf"|\bczeka\w* (?:\w+ ){{0,3}}na (?:odpowiedz|rozpatrzenie|decyzje)(?: \w+){{0,3}} {_THING}\b|\bw jakim stanie (?:\w+ ){{0,3}}{_THING}\b|\b{_THING} (?:\w+ ){{0,2}}(?:status|etap)\b"
    rf"|\b(?:wiesci|nowosci|informacj\w+|wiadomo\w*) (?:\w+ ){{0,2}}(?:o|w sprawie|na temat) (?:mo[ij]\w+ |tej |nasz\w+ )?{_THING}\b"
    rf"|\bjak (?:tam |idzie |wyglada )(?:\w+ ){{0,2}}{_THING}\b|\bjakie mam (?:\w+ )?(?:zgloszeni\w+|reklamacj\w+)\b"
    rf"|\b(?:whats|what is|what about|hows|how is|any news (?:on|about|of)|any update (?:on|about)|where is|wheres|status of|what happened (?:to|with)|whats happening with|what is happening with)(?: the status of| going on with| up with| happening with)? my (?:\w+ )?{_THING_EN}\b"
    rf"|\b(?:has|have|did|was|is) (?:you )?(?:\w+ ){{0,2}}my (?:\w+ )?{_THING_EN} (?:\w+ ){{0,3}}(?:received|arrived?|decided|accepted|answered|settled|handled|processed)\b"
    rf"|\bdid you (?:\w+ )?(?:get|receive|see) my (?:\w+ )?{_THING_EN}\b|\bwhere are we (?:with|on) my (?:\w+ )?{_THING_EN}\b"
    rf"|\b(?:check|look|updates?|info|information|news|progress|anything new|word)(?: \w+){{0,2}} (?:on|with|about|into|of|regarding) my (?:\w+ )?{_THING_EN}\b"
    rf"|\bis my (?:\w+ )?{_THING_EN} (?:\w+ ){{0,2}}(?:resolved|done|closed|ready|still|being|late)\b|\b(?:what are|which are|show|list) (?:me )?my (?:open )?(?:requests|complaints|cases)\b"
    rf"|\bwhen will (?:\w+ ){{0,4}}my (?:\w+ )?{_THING_EN}\b|\bwhat (?:requests|complaints) do i have\b"
)  # fmt: skip
_OWN = re.compile(
    rf"\b(?:mo[ij]\w*|nasz\w*) (?:\w+ )?{_THING}\b|\bmy (?:\w+ )?{_THING_EN}\b"
    rf"|\b(?:decyzj\w+|odpowiedz) (?:w sprawie|na) {_THING}\b|\bgdzie jest {_THING}\b|\bzlozyl\w+ {_COMPLAINT}\b"
)
_DOING = re.compile(
    r"\b(?:anulo\w+|cofn\w+|cofam|wycof\w+|zmien\w+|odesl\w+|odsyl\w+|wysl\w+|wysyl\w+|zlozyc|zglosic|nadac|nadaj\w*|spakow\w+|koszt\w*|kosztuje|zaplac\w+|formularz\w*|etykiet\w*|kurier\w*|adres\w*|napraw\w*"
    r"|cancel|change|withdraw|take back|send|ship|post|file|make|start|submit|cost|pay|form|label|courier|address|print|how do i|how can i|jak (?:moge|mozna|mam))\b"
)
"""What somebody wants to do: of that an article tells."""
_NUMBER = re.compile(r"(?<![\w-])(ZW|RK)[- ]?(\d{4})[- ]?(\d{5})(?![\w-])", re.IGNORECASE)

MAX_WORDS = 25
"""A longer message tells a story of its own: it is answered as one."""


def refers_back(text: str, *, begun: bool) -> bool:
    """Return whether a message refers to an earlier conversation with this chat.

    Args:
        text: What the shopper wrote.
        begun: Something was said before in this conversation: "as I said" is about that.
    """
    plain = simplify(text)
    if _ELSEWHERE.search(plain):
        return False
    return _SURELY.search(plain) is not None or (not begun and _PERHAPS.search(plain) is not None)


def asks_of_earlier(text: str, *, begun: bool) -> bool:
    """Return whether a message asks what an earlier conversation was about; arguments as `refers_back`."""
    plain = simplify(text)
    found = None if _OF_DATA.search(plain) else _ASKS.search(plain)
    return found is not None and not (
        begun and found[0].startswith(("co ", "o czym")) and not _THEN_SAID.search(plain)
    )


def asks_of_oneself(text: str) -> bool:
    """Return whether a message asks what is remembered of who writes it."""
    return _OF_ME.search(simplify(text)) is not None


_OF_DATA = re.compile(
    r"\b(?:dan(?:e|ych) osobow\w+|mo(?:je|ich) dan(?:e|ych)|rodo|gdpr|my data|personal data|prywatnosc\w*|privacy)\b"
)
"""Which data a shop keeps, and by what right, an article tells."""
_OF_ME = re.compile(r"\b(?:o mnie|na moj temat|about me)\b")
_THEN_SAID = re.compile(rf"\b(?:{_THEN}|{_BEFORE}|o mnie|na moj temat)\b")


def without_reference(text: str) -> str:
    """Return what a message says besides its reference to an earlier conversation; all of it if that is little.

    "Pisałam wczoraj w sprawie zwrotu, ile mam dni?" asks about a return, not about writing.
    """
    plain = fold(text)
    found = _SURELY.search(plain) if len(plain) == len(text) else None
    if found is None:
        return text
    end = found.end()
    about = _ABOUT.match(plain, end)
    rest = f"{text[: found.start()].rstrip()} {text[about.end() if about else end :].lstrip()}".strip(
        " \n\t,.;:–-"
    )
    return rest if len(simplify(rest).split()) >= LEAST_WORDS else text


LEAST_WORDS = 3
_ABOUT = re.compile(
    r"[ ,]*(?:w sprawie|odnosnie|w temacie|na temat|o|about|regarding|concerning|because of)\b"
)


def day_named(text: str, today: date) -> date | None:
    """Return the day that a message names for what was before, the latest one not after today; None: none."""
    plain = simplify(text)
    for words, back in (("przedwczoraj", 2), ("day before yesterday", 2), ("wczoraj", 1), ("yesterday", 1)):
        if re.search(rf"\b{words}\b", plain):
            return today - timedelta(days=back)
    named = re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})\b", plain)
    if named:
        return _latest(today, MONTHS[named[2]], int(named[1]))
    for number, pair in enumerate(_WEEKDAYS):
        if re.search(rf"\b(?:w|we|on|last) (?:{'|'.join(pair)})\b", plain):
            return today - timedelta(days=(today.weekday() - number) % 7 or 7)
    return None


def asks_of_request(text: str) -> frozenset[RequestKind]:
    """Return of which kinds of one's own requests a message asks how they stand; empty if it does not."""
    plain = simplify(text)
    found = _STANDS.search(plain)
    if found is None and ("?" in text or "co dalej" in plain) and not _DOING.search(plain):
        found = _OWN.search(plain)
    if found is None or len(plain.split()) > MAX_WORDS:
        return frozenset()
    said = found[0]
    if re.search(rf"\b{_COMPLAINT}\b|\bcomplaints?\b", said):
        return frozenset({RequestKind.COMPLAINT})
    if re.search(rf"\b{_BACK}\b|\b(?:return|withdrawal)\b", said):
        return frozenset({RequestKind.WITHDRAWAL})
    return frozenset(RequestKind)


def request_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of requests that a text names, as they are printed."""
    found = (f"{series.upper()}-{year}-{count}" for series, year, count in _NUMBER.findall(text))
    return tuple(dict.fromkeys(found))


def _latest(today: date, month: int, day: int) -> date | None:
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
