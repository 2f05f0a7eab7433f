"""What the words around a number say it is; over plain text (`redaction_view.py`). Pure."""

# ruff: noqa: E501 - a pattern reads best on one line
from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum, auto

BEFORE_CHARS, AFTER_CHARS = 64, 28


class Topic(Enum):
    """What a number is said to be."""

    OURS = auto()  # an order, a parcel, an invoice, a product: must stay
    PHONE = auto()
    PESEL = auto()
    NIP = auto()
    REGON = auto()
    ACCOUNT = auto()
    CARD = auto()
    DOCUMENT = auto()
    CODE = auto()


# Longer phrases first: "dowód nadania" is no identity card, "my number" is a phone.
_TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        Topic.OURS,
        r"zamowien\w*|zamow\b|zam\b|order\w*|zlecen\w*|faktur\w*|fv\b|invoice\w*|paragon\w*|receipt\w*"
        r"|przesylk\w*|przesylek|paczk(?!omat)\w*|paczek|paczce|paczuszk\w*|parcel\w*|package\w*|shipment\w*"
        r"|list\w{0,2} przewozow\w*|waybill\w*|awb|nadani\w*|sledz\w*|track\w*|dhl|dpd|gls|ups|fedex|inpost\w*"
        r"|pocztex\w*|poczt\w*|orlen\w*|kurier\w*|courier\w*|consignment\w*|delivery (?:number|no|id)|n\w+ dostawy"
        r"|sku|ean|gtin|isbn|upc|kod\w* (?:produkt\w*|towar\w*|kreskow\w*|rabatow\w*)|barcode|index\w*|indeks\w*"
        r"|symbol\w*|model\w*|artykul\w*|product\w*|produkt\w*|item\w*|towar\w*|katalog\w*|seri\w+ n\w+"
        r"|ref|refer\w*|rma|reklamacj\w*|zwrot\w*|return\w*|refund\w*|zgloszeni\w*|ticket\w*|case|spraw\w*"
        r"|transakcj\w*|transact\w*|payment\w*|voucher\w*|dow[oó]d\w* (?:zakup\w*|nadani\w*|wplat\w*|dostaw\w*)"
        r"|tytul\w*|koszyk\w*|cart|basket|klient\w* n\w+|n\w+ klienta|customer (?:number|id|no)",
    ),
    (
        Topic.PHONE,
        r"tel(?:efon\w*|ef|eph\w*)?\b|kom(?:orka|orki|orke|orkowy|orkowego|orce)?\b|mobile\w*|mob\b|phone\w*"
        r"|cell\w*|\w{0,3}dzwon\w*|call\w*|kontakt\w*|contact\w*|ring me|text me|sms\w*|whats ?app\w*|viber|signal"
        r"|fax\w*|faks\w*|infolini\w*|(?:moj|mojego|na|pod) (?:nr|numer\w*)|n(?:ume)?r\w* kontaktow\w*|my (?:number|no)"
        r"|reach me|blik na",
    ),
    (Topic.PESEL, r"pesel\w*"),
    (
        Topic.NIP,
        r"nip\w{0,3}\b|vat(?: ?id| ?number| ?no)?\b|n(?:ume)?r\w* podatkow\w*|tax (?:id|number|no)|tin\b",
    ),
    (Topic.REGON, r"regon\w*"),
    (
        Topic.ACCOUNT,
        r"kont(?:o|a|u|em)\b|koncie|iban\w*|nrb|rachun\w*|account\w*|przelew\w*|przelac|bank\w*|transfer\w*",
    ),
    (
        Topic.CARD,
        r"kart(?:a|y|e|o|ach)\b|karcie|card\w*|visa|visy|mastercard\w*|maestro|amex|american express|debet\w*|debit",
    ),
    (
        Topic.DOCUMENT,
        r"dowod\w*|id card|identity card|identity document|paszport\w*|passport\w*|praw\w* jazdy"
        r"|driv\w*'?s? licen[cs]e|legitymacj\w*",
    ),
    (
        Topic.CODE,
        r"blik\w*|kod\w* (?:odbior\w*|sms|autoryz\w*|weryf\w*|jednoraz\w*)|pickup code|otp|pin|cvv|cvc",
    ),
)
_WORD = re.compile(
    r"\b(?:" + "|".join(f"(?P<{topic.name}>{pattern})" for topic, pattern in _TOPICS) + ")", re.IGNORECASE
)
_BRIDGE = re.compile(
    r"[ (]*(?:(?:-|to|jest|is|jako|as) ?)*(?:moj\w* |my |the |nr |numer\w* |a ){0,3}", re.IGNORECASE
)
_FILLING = re.compile(
    r"(?:[\s:;,.#=()\"'*>-]|\b(?:nr|numer\w*|no|num|number|id|o|to|jest|is|was|ma|moj\w*|my|the|of|na|pod|z|w|do|kod\w*"
    r"|code|firm\w*|dla|klient\w*|bankow\w*|platnicz\w*|kredytow\w*|debetow\w*|credit|debit|kontaktow\w*|komorkow\w*"
    r"|stacjonarn\w*|osobist\w*|prywatn\w*|sluzbow\w*|mozna|prosze|me|mnie|mi|on|at|najlepiej|brzmi|please|oto|czyli"
    r"|podaje|tez|also|now|new|nowy|aktualny|w razie|czego|pl|ze|that|this|ten|ta|tej|te|jako|as|przewozow\w*|w razie"
    r"|uk|polski|polish|see|here|tu|tutaj|or|lub|a|dotycz\w*|chodzi|in question|regarding|concerning|about)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the words say.

    Attributes:
        topic: Of the nearest word that says anything; None if none does.
        tight: Nothing but words like "nr" stands between it and the number.
    """

    topic: Topic | None = None
    tight: bool = False

    def says(self, *topics: Topic) -> bool:
        """Return whether it is surely one of these topics."""
        return self.tight and self.topic in topics


class Surroundings:
    """The telling words of a text, found once for all its numbers."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._words = [(m.start(), m.end(), Topic[m.lastgroup or ""]) for m in _WORD.finditer(plain)]
        self._ends = [end for _, end, _ in self._words]

    def before(self, start: int) -> Context:
        """Return what the words before a place say of the number there."""
        nearest = bisect_right(self._ends, start) - 1
        if nearest < 0:
            return Context()
        _, end, topic = self._words[nearest]
        if start - end > BEFORE_CHARS:
            return Context()
        return Context(topic, _FILLING.fullmatch(self._plain, end, start) is not None)

    def after(self, end: int) -> Context | None:
        """Return what is said right behind a number ("600 100 200 to mój telefon"), if anything."""
        following = bisect_right(self._ends, end)
        if following == len(self._words) or self._words[following][0] > end + AFTER_CHARS:
            return None
        start, _, topic = self._words[following]
        return Context(topic, tight=True) if _BRIDGE.fullmatch(self._plain, end, start) else None
