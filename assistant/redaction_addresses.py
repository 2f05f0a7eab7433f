"""Where people live: Polish and English postal addresses in running text. Pure; over plain text.

What looks like one is one: a street word with a house number, a postcode with a town, or a place named after
"mieszkam" or "adres". A street without any of these ("Kwiatowa 5" alone) cannot be told from a product and its
size.
"""

# ruff: noqa: E501 - a pattern reads best on one line
from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.redaction_context import Surroundings, Topic
from assistant.redaction_view import Found, Kind

_STOP = (
    r"(?:i|a|w|we|na|z|ze|do|oraz|mam|nie|czy|ale|to|jest|za|o|od|po|przy|moj\w*|prosz\w*|chc\w*|bo|ciagu|przez|juz"
    r"|and|the|of|in|on|for|to|my|is|but|from|with|at|i'm|you|please|tel\w*|kod|nr|numer|email|mail|pozdrawiam"
    r"|zamowien\w*|paczk\w*|dni|days|gdzie|kiedy|jak|dostaw\w*|wysylk\w*|mieszkani\w*|bloku?|pietr\w*)"
)
_WORD = r"(?:[^\W\d_][\w'’-]{0,29}\.?)"
_HOUSE = (
    r"(?:nr ?|numer |dom |bud\.? ?)?\d{1,4}[A-Za-z]?(?!\w)"
    r"(?:,? ?(?:/|m\.?|lok\.?|lokal|mieszk\w*|miesz\.?|m-?kania|flat|apt\.?) ?(?:nr ?|numer ?)?\d{1,4}[A-Za-z]?(?!\w))?"
    r"(?:,? (?:klatka|pietro|kl\.) ?\w{1,4})?"
)
_NOT_HOUSE = r"(?! ?(?:zl|pln|szt|cm|mm|kg|dni|dniach|godz|lat|minut|km|%|days|euro?)\b)(?![.,:/-]\d)"
_TOWN_WORD = (
    r"(?!(?i:tel|kom|email|mail|pozdraw|dzieku|prosz|zamow|numer|nr|paczk|kontakt|phone|order|thank|kind|best|nip|pesel"
    r"|regon|faktur|fv)[a-z.]*\b)[A-Z][^\W\d_]{1,24}"
)
_TOWN = rf"{_TOWN_WORD}(?:[ '-]{_TOWN_WORD}){{0,2}}(?![\w])"
_LOWER_TOWN = (
    r"(?:warszaw\w{1,2}|krakow\w?|lodz|lodzi|wroclaw\w{0,2}|poznan\w{0,2}|gdansk\w?|gdyni\w?|szczecin\w{0,2}|bydgoszcz\w?"
    r"|lublin\w{0,2}|bialystok|katowic\w{1,4}|torun\w{0,2}|radom\w?|sosnow\w{1,3}|rzeszow\w?|kielc\w{1,4}|gliwic\w{1,3}"
    r"|zabrz\w|olsztyn\w{0,2}|bielsk\w{1,3}[ -]bial\w|rybnik\w?|tych\w|opol\w|plock\w?|elblag\w?|walbrzych\w?|tarnow\w?"
    r"|koszalin\w{0,2}|kalisz\w?|legnic\w|slupsk\w?|sopo\w{1,3}|pil\w|london|manchester|birmingham|leeds|glasgow|bristol)"
)
_POSTCODE = r"(?<![\w,.+/-])\d{2}-\d{3}(?![\w-])(?!,\d)"
_SMALL_TOWN = rf"(?!{_STOP}\b)[a-z]{{3,20}}(?:[ -](?!{_STOP}\b)[a-z]{{3,20}})?(?= ?(?:[,.;:!?\n)|]|$))"
_POST_LINE = rf"{_POSTCODE}(?:,? (?:{_TOWN}|(?i:{_LOWER_TOWN}\b)|{_SMALL_TOWN}))?"
_REST = (
    rf"(?:,? ?\n? {{0,2}}{_POST_LINE}|(?:,| w) ?(?:{_TOWN}|{_SMALL_TOWN})(?:,? {_POST_LINE})?"
    rf"|,? (?i:{_LOWER_TOWN}\b)(?:,? {_POST_LINE})?)?"
)
_REST_NEEDED = rf"(?:,? ?\n? {{0,2}}{_POST_LINE})"

_STREET_SIGN = (
    r"(?:(?i:ul\.|ulic[aeyi]\b|ul\b|al\.|alej[aei]\b|alejach\b|alei\b|os\.|osiedl[aeu]\b|pl\.|plac(?:u|em)?\b|rond[oa]\b"
    r"|rondzie\b|skwer\w?\b|bulwar\w?\b|szos[ay]\b|trakt\w?\b)|(?:[Aa]l|[Oo]s|[Pp]l)\b(?= [A-Z]))"
)
_NAMED = rf"(?:\d{{1,2}}(?:-?go)? )?(?:(?!(?i:{_STOP})\b){_WORD} ){{1,5}}?"
_STREET = re.compile(rf"(?:{_POST_LINE},? \n?)?(?<!\w){_STREET_SIGN} ?{_NAMED}{_HOUSE}{_NOT_HOUSE}{_REST}")
_RANK = r"(?:(?i:gen|ks|dr|prof|plk|sw|im|rotm|bp|kard)\.? )"
_BARE_STREET = re.compile(
    rf"(?<![\w-]){_RANK}?(?:(?:\d{{1,2}} )?[A-Z][\w'-]{{1,24}} ){{1,3}}{_HOUSE}{_REST_NEEDED}"
    rf"|(?<![\w-])(?i:(?!{_STOP}\b)[^\W\d_]{{3,24}} ){_HOUSE},? ?\n?{_POST_LINE}"
)
_TOLD = re.compile(
    r"\b(?i:mieszka\w{1,3}|adres\w{0,2}(?: (?:dostawy|do wysylki|wysylki|zamieszkania|korespondencyjny|domowy|doreczen\w*))?"
    r"|zamieszkal\w{1,2}|przeprowadz\w+(?: sie)?|live|address|wyslijcie|wyslac|przeslac|dostarczyc|dowiezc)"
    r"(?i:[ :,\n-]|\b(?:to|jest|na|przy|pod|w|we|nowy|moj|is|at|mnie|mi|sie|teraz|obecnie|ul|ulicy|adres|now)\b){0,9}"
    rf"(?P<place>{_RANK}?(?:[A-Z][\w'-]{{2,24}} ){{1,4}}{_HOUSE}{_NOT_HOUSE}{_REST}"
    rf"|(?:(?!(?i:{_STOP})\b)[^\W\d_]{{2,20}} ){{0,2}}[^\W\d_]{{2,20}}(?:ej|ego|a|y|ow|i) {_HOUSE}{_NOT_HOUSE}{_REST})"
)
_POST_ALONE = re.compile(rf"{_POST_LINE}(?! ?(?:zl|pln|szt|cm|mm|kg|g|ml|dni|osob|%)\b)")

_SURE_STREET = r"(?:Street|Road|Avenue|Lane|Boulevard|Crescent|Terrace|Gardens|Mews)"
_STREET_KIND = rf"(?:{_SURE_STREET}|St|Rd|Ave|Ln|Drive|Dr|Court|Ct|Close|Way|Place|Square|Sq|Blvd|Row|Grove|Hill|Park|Walk|Green|Quay)"
_FLAT = r"(?:Flat|Apt\.?|Apartment|Unit|Suite|Room|flat|apt|apartment|unit|#) ?\w{1,5}"
_UK = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_ZIP = r"[A-Z]{2},? \d{5}(?:-\d{4})?(?!\d)"
_EIRCODE = r"[A-Z]\d[\dW] ?[A-Z0-9]{4}\b"
_ENGLISH_REST = rf"(?:,? {_FLAT})?(?:(?:,|,? ?\n) ?(?!{_ZIP}){_TOWN}){{0,3}}(?:,? ?\n?(?:{_UK}|{_ZIP}|{_EIRCODE}|{_POST_LINE}))?"
_ENGLISH = re.compile(
    rf"(?<![\w.-])(?:{_FLAT},? )?\d{{1,5}}[A-Za-z]?,? (?:[A-Z][\w'.-]{{0,24}} ){{1,4}}{_STREET_KIND}\b\.?{_ENGLISH_REST}"
    rf"|(?<![\w.-])(?i:(?:{_FLAT},? )?\d{{1,5}}[a-z]? (?:(?!{_STOP}\b)[a-z]{{2,20}} ){{1,3}}(?:street|road|avenue|lane"
    rf"|boulevard|crescent|rd|ave)\b(?:,? (?:{_LOWER_TOWN}\b|{_FLAT}))?(?:,? {_UK})?)"
)
_UK_ALONE = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\w-])")
_UK_TOLD = re.compile(
    r"\b(?:post ?code|zip(?: code)?|eircode|kod pocztowy)\W{0,4}(?:is |to )?(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{4})?"
    r"|\d{2}[ -]?\d{3}|[A-Z]\d[\dW] ?[A-Z0-9]{4})(?!\w)",
    re.IGNORECASE,
)


def find_streets(plain: str) -> Iterator[Found]:
    """Yield what a street word or "mieszkam" announces, as much of each address as stands together."""
    for found in _STREET.finditer(plain):
        yield Found(found.start(), found.end(), Kind.ADDRESS)
    for found in _TOLD.finditer(plain):
        yield Found(found.start("place"), found.end("place"), Kind.ADDRESS)


def find_places(plain: str) -> Iterator[Found]:
    """Yield English addresses, and Polish ones that only their postcode gives away."""
    for pattern in (_ENGLISH, _BARE_STREET):
        for found in pattern.finditer(plain):
            yield Found(found.start(), found.end(), Kind.ADDRESS)


def find_postcodes(plain: str) -> Iterator[Found]:
    """Yield postcodes that stand alone or with a town; for after the others."""
    for found in _UK_TOLD.finditer(plain):
        yield Found(found.start("code"), found.end("code"), Kind.ADDRESS)
    around = Surroundings(plain)
    for pattern in (_POST_ALONE, _UK_ALONE):
        for found in pattern.finditer(plain):
            if " " in found[0] or not around.before(found.start()).says(Topic.OURS):
                yield Found(found.start(), found.end(), Kind.ADDRESS)
