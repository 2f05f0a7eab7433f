"""Checkable claims in a text: amounts, dates, durations, codes… in one normal form. Pure.

``1 299,00 zł`` and ``1299 PLN`` are one claim, so are ``31.12.2026`` and ``31 grudnia 2026``, ``14 dni`` and
``fourteen days``. What cannot be read as something better is a plain number or a code: nothing with a digit
in it escapes.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from assistant.claims_words import CURRENCIES, MONTHS, UNITS, WEEKDAYS, in_digits
from knowledge.analysis.words import fold


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    Attributes:
        kind: ``email``, ``url``, ``date``, ``weekday``, ``time``, ``amount``, ``percent``, ``duration``, ``phone``,
            ``size``, ``code`` or ``number``.
        value: Normal form, comparable by equality within a kind.
        said: As it stands in the text.
        span: Where it stands in the `plain` text.
    """

    kind: str
    value: str
    said: str
    span: tuple[int, int] = field(default=(0, 0), compare=False)


_WORKING = "robocz\\w*|working|business|pracuj\\w*"

_HALF = {"pol": 0.5, "half": 0.5, "poltora": 1.5, "poltorej": 1.5}

_NUM = r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)*"
_WORDNUM = "|".join(sorted(_HALF, key=len, reverse=True))
_RANGE = rf"(?P<a>{_NUM})(?: ?(?:-|do|to|i|or|lub|and) ?(?P<b>{_NUM}))?"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SHORT_DAYS = frozenset(
    [
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thurs",
        "fri",
        "sat",
        "sun",
        "pon",
        "pn",
        "wt",
        "sr",
        "czw",
        "pt",
        "sob",
        "niedz",
        "nd",
    ]
)
_WEEKDAY = "|".join(sorted(WEEKDAYS.keys() - _SHORT_DAYS, key=len, reverse=True))
_SHORT_DAY = "|".join(sorted(_SHORT_DAYS, key=len, reverse=True))
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_CURRENCY = "|".join(re.escape(c) for c in sorted(CURRENCIES, key=len, reverse=True))


def claims(text: str) -> tuple[Claim, ...]:
    """Return the claims of `text` in order of kind; a character belongs to one claim only."""
    return claims_of(plain(text))


def claims_of(text: str) -> tuple[Claim, ...]:
    """Return the claims of a text that is `plain` already."""
    rest = text
    found: list[Claim] = []
    for kind, pattern, read in _READERS:
        for match in pattern.finditer(rest):
            values = list(read(match))
            if values:
                found += [Claim(kind, value, match[0].strip(" ."), match.span()) for value in values]
                # What is read is blanked at once, its length kept: no other reader may have a part of it.
                rest = rest[: match.start()] + _READ * (match.end() - match.start()) + rest[match.end() :]
    return tuple(found)


_READ = "\x00"


def plain(text: str) -> str:
    """Return a text folded, numbers in digits, every kind of space as one space and of dash as one dash."""
    return in_digits(fold(spaced(text)))


def spaced(text: str) -> str:
    """Return a text as it is written, with plain spaces and dashes."""
    text = re.sub(r"[\x00\u200b\u200c\u200d\u2060\ufeff\u00ad]", "", text)
    text = unicodedata.normalize("NFKC", re.sub(r"[\u2010-\u2015\u2212]", "-", text))
    return re.sub(r"[^\S\n]+", " ", text)


def _decimal(written: str) -> str:
    """Return a number's normal form: ``1 299,00``, ``1,299.00`` and ``1299`` are ``1299``; ``41.12.26`` stays."""
    digits = written.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    else:
        digits = digits.replace(",", ".")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return digits
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbers(match: re.Match[str]) -> Iterator[str]:
    for group in ("a", "b"):
        written = match.groupdict().get(group)
        if written:
            yield _decimal(written) if written[0].isdigit() else f"{_HALF[written]:g}"


def _amount(match: re.Match[str]) -> Iterator[str]:
    currency = CURRENCIES[match["currency"]]
    for value in _numbers(match):
        if currency == "GROSZ" and value.isdigit():
            yield f"{_decimal(str(Decimal(value) / 100))} PLN"
        else:
            yield f"{value} {currency}"


def _duration(match: re.Match[str]) -> Iterator[str]:
    unit = UNITS[match["unit"]]
    working = "working " if match["before"] or match["after"] else ""
    values = list(_numbers(match))
    if unit == "year" and any(v.isdigit() and int(v) >= 1900 for v in values):
        return
    for value in values:
        yield f"{value} {working}{unit}"


def _date(match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else MONTHS[parts["month"]]
    day = int(parts["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return
    year = parts.get("y")
    yield f"{year or '*'}-{month:02d}-{day:02d}"


def _month_year(match: re.Match[str]) -> Iterator[str]:
    yield f"{match['y']}-{MONTHS[match['month']]:02d}"


def _weekday(match: re.Match[str]) -> Iterator[str]:
    yield str(WEEKDAYS[match[0].rstrip(".")])


def _size(match: re.Match[str]) -> Iterator[str]:
    yield match["size"]


def _time(match: re.Match[str]) -> Iterator[str]:
    hour, minute = int(match["h"]), int(match.groupdict().get("min") or 0)
    half = (match.groupdict().get("half") or "").replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour <= 24 and minute < 60:
        yield f"{hour:02d}:{minute:02d}"


def _phone(match: re.Match[str]) -> Iterator[str]:
    digits = re.sub(r"\D", "", match[0])
    yield digits[2:] if len(digits) == 11 and digits.startswith("48") else digits


def _code(match: re.Match[str]) -> Iterator[str]:
    if re.search(r"\d", match[0]):
        yield re.sub(r"[^a-z0-9]", "", match[0])


def _literal(match: re.Match[str]) -> Iterator[str]:
    yield (
        match[0]
        .rstrip(".,;:!?)")
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
        .rstrip("/")
    )


_Reader = tuple[str, re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]]

_READERS: tuple[_Reader, ...] = tuple(
    (kind, re.compile(pattern), read)
    for kind, pattern, read in (
        ("email", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", _literal),
        ("url", r"(?:https?://|www\.)[^\s<>\"”»)]+", _literal),
        ("url", r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b(?:/[^\s<>\"”»)]*)?(?<![.,])", _literal),
        ("date", r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b", _date),
        ("date", r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})\b", _date),
        (
            "date",
            rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}}))?",
            _date,
        ),
        (
            "date",
            rf"\b(?P<month>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}}))?"
            rf"(?! ?(?:-|%|{_WORKING}|{_UNIT}|{_CURRENCY}))",
            _date,
        ),
        ("date", rf"\b(?P<month>{_MONTH}) (?P<y>\d{{4}})\b", _month_year),
        ("weekday", rf"\b(?:(?:{_WEEKDAY})\b|(?:{_SHORT_DAY})\.)", _weekday),
        ("size", r"\b(?:rozmiar\w{0,4}|sizes?) (?P<size>\d?x{0,3}[sml])\b", _size),
        ("time", r"\b(?P<h>\d{1,2}):(?P<min>\d{2})\b(?: ?(?P<half>[ap]\.? ?m\b\.?))?", _time),
        ("time", r"\b(?P<h>\d{1,2})(?:\.(?P<min>\d{2}))? ?(?P<half>[ap]\.?m\b\.?)", _time),
        (
            "time",
            r"\bgodz(?:\.|ina|iny|inie|ine)? ?(?P<h>\d{1,2})(?:[.:](?P<min>\d{2}))?\b(?! ?(?:zl|%))",
            _time,
        ),
        ("amount", rf"(?<![\w.,]){_RANGE} ?(?P<currency>{_CURRENCY})(?![\w])", _amount),
        ("amount", rf"(?<!\w)(?P<currency>€|\$|£|pln|eur|usd|gbp|zl) ?{_RANGE}(?![\w])", _amount),
        ("amount", rf"\b(?P<a>{_WORDNUM}) (?P<currency>zloty|zlote|zlotych|groszy|euro|euros)\b", _amount),
        ("percent", rf"(?<![\w.,]){_RANGE} ?(?:%|procent\w*|proc\b\.?|percent|per cent)", _numbers),
        (
            "duration",
            rf"(?<![\w.,]){_RANGE}[ -]?(?P<before>{_WORKING})? ?(?P<unit>{_UNIT})\b(?: (?P<after>{_WORKING})\b)?",
            _duration,
        ),
        (
            "duration",
            rf"\b(?P<a>{_WORDNUM})(?: (?:do|to|or|lub|-) (?P<b>{_WORDNUM}))?[ -](?P<before>{_WORKING})? ?"
            rf"(?P<unit>{_UNIT})\b(?: (?P<after>{_WORKING})\b)?",
            _duration,
        ),
        (
            "phone",
            r"(?<![\w-])(?:\+ ?48 ?|0048 ?)?(?:\d{3} \d{3} \d{3}|\d{2} \d{3} \d{2} \d{2}|\d{3}-\d{3}-\d{3})(?![\w-])",
            _phone,
        ),
        ("phone", r"(?<!\w)\+ ?\d[\d -]{6,}\d", _phone),
        (
            "code",
            r"(?<!\w)(?=[\w/-]{0,60}[a-z])(?=[\w/-]{0,60}\d)[a-z0-9]{1,40}(?:[-/][a-z0-9]{1,40}){0,8}(?!\w)",
            _code,
        ),
        ("code", r"(?<![\w,./-])\d{1,20}(?:[-/]\d{1,20}){0,6}[-/]\d{3,20}(?!\w)", _code),
        ("number", rf"(?P<a>{_NUM})", _numbers),
    )
)
