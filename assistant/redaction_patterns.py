"""Shapes of what is personal but no plain number, address or name; and of what only looks so. Pure.

Every repetition is bounded, or begins only where none of its own kind stands before: time grows with length.
"""

# ruff: noqa: E501 - a pattern reads best on one line
from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from assistant.redaction_checks import is_iban, is_s10
from assistant.redaction_context import Surroundings, Topic
from assistant.redaction_view import Found, Kind

_URL = re.compile(r"(?<![\w@])(?:[a-z][a-z+.-]{1,10}://|www\.)[^\s<>\"'\ufffc]{3,}", re.IGNORECASE)
_SECRET = re.compile(
    r"(?:token|key|sig|signature|session|sess|sid|auth|code|hash|secret|password|passwd|pwd|access|jwt|otp|invite"
    r"|reset|confirm|uid|user|login|mail|email|phone|tel|name|customer|client|klient)\w{0,12}[=/][\w%.~+@-]{3,}"
    r"|[?&#;][\w.-]{1,30}=[\w-]{0,200}[%@][\w%.-]{2,}|@|%40|eyJ[\w-]{8}|//[^/\s]{1,80}:[^/\s]{1,80}@",
    re.IGNORECASE,
)
_LONG_TOKEN = re.compile(r"(?<![\w-])(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[a-zA-Z])[A-Za-z0-9_-]{24,}")
_TRACKING = re.compile(r"sledz|track|przesyl|parcel|paczk|shipment|nadani", re.IGNORECASE)

_AT = r"(?:@| ?[\[({] ?(?:at|malpa|@) ?[\])}] ?| ?@ ?| (?:at|malpa) )"
_DOT = r"(?: ?[\[({] ?(?:dot|kropka|\.) ?[\])}] ?| (?:dot|kropka) |\.)"
_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,128}}(?:@|{_AT})(?:[\w-]{{1,63}}{_DOT}){{1,5}}[a-z]{{2,24}}(?![\w])",
    re.IGNORECASE,
)
_SPOKEN_DOT_NEEDED = re.compile(r"(?:at|malpa)", re.IGNORECASE)

_MONTH = (
    r"(?:stycz\w*|lut\w{1,4}|mar(?:ca|zec)|kwie\w*|maj\w?|czerw\w*|lip(?:ca|iec)|sierp\w*|wrze\w*|pazdz\w*|listop\w*"
    r"|grud\w*|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)?\d\d"
    r"|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)? (?:of )?{_MONTH}\.?,? (?:19|20)\d\d"
    rf"|{_MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
_BIRTHDATE = re.compile(
    r"\b(?:ur\.|urodz\w*|dat\w+ ur\w*\.?|d\.? ?o\.? ?b\.?|date of birth|birth ?date|birthday|born|urodziny|rocznik)"
    rf"(?:[\s:=,-]|\b(?:sie|dnia|w|dn\.|r\.|to|jest|is|on|mam|mi|my|am|i|was|moja|moje)\b){{0,8}}"
    rf"(?P<date>{_DATE})(?![\d/-])",
    re.IGNORECASE,
)
_PLAIN_DATE = re.compile(rf"(?<![\w.+/-]){_DATE}(?!\d)(?![./-]\d)", re.IGNORECASE)
_LAST_BIRTH_YEAR = 2012
"""A full date of this year or before is a birthday: nobody asks a shop about an order of so long ago."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"(?<![\w.:+-])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\w:])")
_AMOUNT = re.compile(
    r"(?<![\w,.+/-])(?<!\d )(?:[$£€] ?\d{1,3}(?:[ .,]\d{3}){0,2}(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:[ .]\d{3}){0,2}(?:[.,]\d{1,2})? ?(?:zl\b|zlot\w*|pln\b|eur\b|euro\b|usd\b|gbp\b|czk\b|€|\$|£|gr\b)"
    r"|\d{1,6}(?:[.,]\d{1,3})? ?(?:zl\b|pln\b|eur\b|euro\b|usd\b|gbp\b|€|\$|£)"
    r"|\d{1,5}(?:[.,-]\d{1,3})? ?(?:%|szt\b|sztuk\w*|cm\b|mm\b|kg\b|ml\b|dni\b|days?\b|godz\w*|hours?\b|min\b|lat\b))",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-])(?!\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")
_POLISH_IBAN = re.compile(r"(?<![A-Za-z0-9])PL[ -]?\d{2}(?:[ -]?\d){24}(?!\d)", re.IGNORECASE)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_IDENTITY_CARD = re.compile(r"[A-Z]{3} ?\d{6}", re.IGNORECASE)
_SORT_CODE = re.compile(r"sort ?code\W{0,4}(?:is )?(?P<code>\d{2}[ -]?\d{2}[ -]?\d{2})(?!\d)", re.IGNORECASE)
_UK_ACCOUNT = re.compile(r"account (?:number|no\.?)\W{0,4}(?:is )?(?P<code>\d{8})(?!\d)", re.IGNORECASE)
_POST = re.compile(r"(?<!\w)[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?(?:PL|DE|GB|CN|CZ|NL|US|SE|FR|UA|LT)(?!\w)")
_DOCUMENT = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3} ?\d{5,8}|[A-Z]{1,2}\d{1,2}[A-Z]?\d{5,6}|\d{5}/\d{2}/\d{4}|\d{9})(?![\w-])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:blik\w*|kod\w* (?:blik\w*|odbioru|sms|autoryzacyjn\w*|weryfikacyjn\w*)|pickup code|otp|pin|cvv2?|cvc2?)"
    r"(?:[\s:=,#\"'-]|\b(?:kod|code|to|jest|is|was|mam|nr|number|my|the|o|numerze)\b){0,6}"
    r"(?P<code>\d{3}[ -]?\d{3}|\d{3,6})(?![\w-])",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"\b(?:haslo|hasla|haslem|password|passwd)(?: do \w{1,15}| to \w{1,15} account)?"
    r"(?: to| jest| is|:| =|=| -){1,2} {0,2}(?P<code>(?=[^\s\ufffc]{0,30}[\d!@#$%^&*_+=?-])[^\s\ufffc,;]{4,64})",
    re.IGNORECASE,
)


def find_links(plain: str) -> Iterator[Found]:
    """Yield links that carry a secret or a person; other links are read like any text."""
    for url in _URL.finditer(plain):
        said = url[0].rstrip(".,;:!?)]}")
        query = re.split(r"[?#]", said, maxsplit=1)
        tracking = _TRACKING.search(said) and "@" not in said and not re.search(r"token|eyJ", said)
        if tracking or not (_SECRET.search(said) or any(map(_LONG_TOKEN.search, query))):
            continue
        yield Found(url.start(), url.start() + len(said), Kind.LINK)


def find_emails(plain: str) -> Iterator[Found]:
    """Yield e-mail addresses, those written for people too ("jan (at) example kropka pl")."""
    for found in _EMAIL.finditer(plain):
        if "@" not in found[0] and not re.search(r"[\[({]|malpa|dot|kropka", found[0], re.IGNORECASE):
            continue  # "look at example.com"
        yield Found(found.start(), found.end(), Kind.EMAIL)


def find_network(plain: str) -> Iterator[Found]:
    """Yield IP addresses of both kinds."""
    for found in _IPV4.finditer(plain):
        if all(int(part) < 256 for part in found[0].split(".")):
            yield Found(found.start(), found.end(), Kind.IP)
    for found in _IPV6.finditer(plain):
        if found[0].count(":") >= 2 and len(found[0]) > 3 and _is_ipv6(found[0]):
            yield Found(found.start(), found.end(), Kind.IP)


def find_dated(plain: str) -> Iterator[Found]:
    """Yield birth dates."""
    for found in _BIRTHDATE.finditer(plain):
        yield Found(found.start("date"), found.end("date"), Kind.BIRTHDATE)
    for found in _PLAIN_DATE.finditer(plain):
        year = _YEAR.search(found[0])
        if year is not None and int(year[0]) <= _LAST_BIRTH_YEAR:
            yield Found(found.start(), found.end(), Kind.BIRTHDATE)


def find_coded(plain: str) -> Iterator[Found]:
    """Yield account numbers with letters, documents, and codes that open or pay something."""
    for found in _POLISH_IBAN.finditer(plain):
        yield Found(found.start(), found.end(), Kind.ACCOUNT)
    for found in _IBAN.finditer(plain):
        if (end := _iban_end(found)) is not None:
            yield Found(found.start(), end, Kind.ACCOUNT)
    for pattern, kind in ((_SORT_CODE, Kind.ACCOUNT), (_UK_ACCOUNT, Kind.ACCOUNT), (_CODE, Kind.CODE)):
        for found in pattern.finditer(plain):
            yield Found(found.start("code"), found.end("code"), kind)
    for found in _PASSWORD.finditer(plain):
        yield Found(found.start("code"), found.end("code"), Kind.CODE)
    around = Surroundings(plain)
    for found in _DOCUMENT.finditer(plain):
        said = around.before(found.start())
        if said.says(Topic.DOCUMENT) or (said.topic is Topic.DOCUMENT and _IDENTITY_CARD.fullmatch(found[0])):
            yield Found(found.start(), found.end(), Kind.DOCUMENT)


def find_harmless(plain: str) -> Iterator[Found]:
    """Yield what looks like something else: dates, times, amounts, numbers of registered mail."""
    for pattern in (_PLAIN_DATE, _TIME, _AMOUNT):
        for found in pattern.finditer(plain):
            yield Found(found.start(), found.end(), None)
    for found in _POST.finditer(plain):
        if is_s10(found[0].replace(" ", "")):
            yield Found(found.start(), found.end(), None)


def _iban_end(found: re.Match[str]) -> int | None:
    """Return where an IBAN ends: words that were swept along are taken off again."""
    said = found[0]
    while len(said) >= 15:
        if is_iban(said.replace(" ", "")):
            return found.start() + len(said)
        said = said[: max(said.rfind(" "), 0)]
    return None


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
