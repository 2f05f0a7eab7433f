"""Whether a message asks how else to reach the shop, and by which way. Polish and English. Pure."""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from enum import StrEnum

from assistant.plain import simplify
from foundation.letter import ADDRESS_IN_TEXT


class Way(StrEnum):
    """A way to reach the shop."""

    EMAIL = "email"
    PHONE = "phone"


EITHER = frozenset(Way)

_EMAIL = re.compile(
    r"\b(?:jaki\w*|podaj\w*|macie|poprosze|gdzie|na jaki)(?: \w+){0,3} (?:e ?mail\w*|mail\w*)\b"
    r"|\b(?:wasz|panstwa) (?:adres )?(?:e ?mail|mail)\b"
    r"|\b(?:whats|what is|give|have|which)(?: \w+){0,3} (?:e ?mail)(?: address)?\b|\byour e ?mail\b"
    r"|\bcan i e ?mail you\b"
)
_PHONE = re.compile(
    r"\b(?:jaki\w*|podaj\w*|macie|poprosze|wasz|panstwa|o)(?: \w+){0,2} (?:nume?r\w*|nr) (?:telefonu|tel|kontaktow\w+|do was|do panstwa|infolinii)\b"
    r"|\b(?:nume?r|nr|telefon)(?: telefonu| kontaktowy)? (?:do was|do sklepu|do panstwa|do obslugi|do biura|do infolinii)\b"
    r"|\b(?:macie|jest|podajcie|jaki macie|wasz) (?:jakis )?telefon$|\binfolini\w+\b"
    r"|\b(?:zadzwonic|dzwonic|zatelefonowac)(?: \w+){0,2} (?:do was|do panstwa|do sklepu|do obslugi)\b"
    r"|\b(?:do was|do panstwa|do sklepu)(?: \w+){0,2} (?:zadzwonic|dzwonic|zatelefonowac)\b"
    r"|\b(?:gdzie|pod jaki numer|jaki numer|czy)(?: \w+){0,2} (?:zadzwonic|dzwonic)\b|^(?:nume?r telefonu|nr tel\w*|telefon)$"
    r"|\b(?:whats|what is|give|have|which|your|shops|got a)(?: \w+){0,3} (?:tele)?phone(?: number)?\b|^(?:tele)?phone(?: number)?$"
    r"|\bcan i (?:call|phone|ring)(?: you| the shop)?$|\bcan i (?:call|phone|ring) (?:you|the shop|somebody|someone)\b|\b(?:hotline|helpline)\b"
    r"|\bnumber (?:can|do|should|to) (?:i )?(?:call|ring|phone)\b"
)
_GENERAL = re.compile(
    r"\b(?:jak|gdzie|ktoredy)(?: \w+){0,4} (?:skontaktowac|kontaktowac|dodzwonic)\b"
    r"|^(?:dane )?(?:kontakt|kontaktowe)(?: do (?:was|sklepu|panstwa|obslugi))?$"
    r"|\b(?:podaj\w*|poprosze o|prosze o|jaki(?: jest)?|macie|jakis) (?:jakis )?(?:dane kontaktowe|kontakt)\b|\bdane kontaktowe\b"
    r"|\bhow (?:can|do|could|may) (?:i|we) (?:contact|reach|get in touch)\b|\bhow to (?:contact|reach) (?:you|the shop|support)\b"
    r"|\bget in touch with (?:you|the shop)\b|\b(?:your|shops) contact(?: details| data)?\b|^contact(?: details| us)?$"
)
_OF_OTHERS = re.compile(
    r"\b(?:moj\w* (?:adres|e ?mail|mail|telefon|nume?r|nr|kont|dan)\w*|my (?:e ?mail|phone|number|address|account|contact)"
    r"|konto|koncie|account|zmien\w*|change|potwierdzeni\w*|newsletter\w*|kod\w*"
    r"|kurier\w*|courier\w*|przewoznik\w*|carrier\w*|paczkomat\w*|producent\w*|manufacturer\w*"
    r"|inpost\w*|dpd|dhl|ups|poczt[ay]|banku?|(?:przy|do|w) zamowieni\w*)\b"
)
"""What is asked then is the shopper's own address, or whoever brings the parcel."""
_NUMBER = re.compile(r"(?<![\w/-])\+?\d(?:[ ()-]?\d){6,14}(?![\w/-])")


def asked_contact(message: str) -> frozenset[Way]:
    """Return by which ways a shopper asks to reach the shop; empty if they ask for something else."""
    plain = simplify(message)
    if _OF_OTHERS.search(plain):
        return frozenset()
    asked = {way for way, signs in ((Way.EMAIL, _EMAIL), (Way.PHONE, _PHONE)) if signs.search(plain)}
    return frozenset(asked) or (EITHER if _GENERAL.search(plain) else frozenset())


def gives_contact(sentence: str) -> bool:
    """Return whether a sentence has an address or a telephone number in it."""
    return bool(ADDRESS_IN_TEXT.search(sentence) or _NUMBER.search(sentence))
