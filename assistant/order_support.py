"""Is a sentence about orders said by their records? A closed vocabulary for each status and field. Pure.

A record has no sentences: a status stands for the words that tell it, in both languages, and a date for its
field. A word that no status or field of the order allows fails; so does *not*, since records deny nothing.
The name of goods may be told as it stands. Its words alone may be told too, unless it is no name but a text, or
they are words of another status: who names goods tells nothing of an order.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claim_support import supports
from assistant.claims import Claim, claims
from assistant.clauses import Clause, clauses
from assistant.evidence import Evidence
from assistant.marks import Mark
from foundation.language import Language
from knowledge.analysis.words import fold, tokens

_ANY = "zosta zamowieni order paczk przesylk parcel towar goods produkt product rzecz item numer number status etap stage twoj your konto konci inne more oto here obecnie currently teraz now sklep shop"
"""Beginnings of words that say nothing of how an order stands."""

_STATUS = {
    "awaiting_payment": "czek oczekuj platnos zaplat oplac wait await payment pay unpaid nieoplacon",
    "paid": "oplacon zaplacon czek spakowani pakowani paid wait packed packing",
    "packing": "pakowan spakowani przygotow packed packing prepared being wlasnie",
    "shipped": "drodz wyslan nadan jedzie way shipped dispatched sent transit",
    "ready_for_pickup": "czek odbi odebra gotow ready collect collected wait pickup punkt point",
    "delivered": "dostarczon doreczon delivered",
    "cancelled": "anulowan cancelled canceled",
    "returned": "zwrocon wrocil returned",
    "refunded": "zwrocon pieniadz zwrot refunded money refund",
}
_FIELDS = {
    "placed": "zlozon dni data placed dated made",
    "total": "kwot wartos suma lacznie total amount value razem",
    "payment": "platnos zaplat metod payment method paid",
    "carrier": "przewoznik kurier carrier courier",
    "parcel": "przesylk paczk parcel tracking sledz",
    "pickup point": "punkt odbior point pickup",
    "shipped": "wyslan nadan shipped dispatched sent wysylk",
    "expected": "dostawa dostawy dostawe przewidzian przewidywan planowan spodziewan oczekiwan delivery expected due estimated planned",
    "delivered": "dostarczon doreczon delivered",
    "invoice": "faktur invoice",
}
_DATED = ("shipped", "expected", "delivered")
"""Fields whose date needs a word of its own; a date without one is the day the order was placed."""

_NAMED = re.compile(r"\d+ × (.*), \d[\d.]* \w+")
_MAX_NAME_WORDS = 12
_SENTENCES = re.compile(r"[.!?…:;]\s")

_ALLOWED = frozenset({Mark.SHOP, Mark.CUSTOMER, Mark.AFTER, Mark.EXCEPT, Mark.IF})


def refused(line: str, cited: Sequence[Evidence]) -> str:
    """Return why a line is not said by these records; empty if it is said by one of them."""
    reasons = [_refused_by(line, source.text) for source in cited]
    return "" if "" in reasons else reasons[0]


def _refused_by(line: str, record: str) -> str:
    fields = _fields(record)
    known = _known(record)
    named = any(name in line for name in _names(record))
    for name in _names(record):
        line = line.replace(name, " ")
    made, parts = claims(line), _parts(line)
    if not (made or named or any(not word.light for part in parts for word in part.words)):
        return "says_nothing"
    for claim in made:
        if not any(supports(k, claim) for values in known.values() for k in values):
            return f"unsupported_{claim.kind}: {claim.said}"
    allowed = _allowed(record)
    for part in parts:
        for turn in part.turns:
            # "In a parcel locker 24/7 after…" does not come up in records; a bare "po" of a name may.
            if turn.mark not in _ALLOWED:
                return f"turned_{turn.mark}"
        for word in part.words:
            if not word.light and not word.form.startswith(allowed):
                return f"unsupported_word: {word.form}"
        wrong = _misdated(part, fields, known)
        if wrong:
            return wrong
    return ""


def _parts(line: str) -> Sequence[Clause]:
    polish = sum(not w.light for c in clauses(line, Language.PL) for w in c.words)
    english = sum(not w.light for c in clauses(line, Language.EN) for w in c.words)
    return clauses(line, Language.PL if polish <= english else Language.EN)


def _misdated(part: Clause, fields: dict[str, str], known: dict[str, tuple[Claim, ...]]) -> str:
    """Return a date or amount that stands beside the words of another field."""
    for said in part.said:
        if said.claim.kind not in ("date", "weekday"):
            continue
        named = [
            name
            for name in _DATED
            if any(word.form.startswith(tuple(_FIELDS[name].split())) for word in part.words)
        ]
        if "delivered" in named:
            named = ["delivered"]
        where = [name for name in (named or ["placed"]) if name in fields]
        if not any(supports(k, said.claim) for name in where for k in known[name]):
            return f"other_subject: {said.claim.said}"
    return ""


@lru_cache(maxsize=512)
def _names(record: str) -> tuple[str, ...]:
    """Return the names of an order's goods, the longest first."""
    items = [line.removeprefix("item: ") for line in record.split("\n") if line.startswith("item: ")]
    named = (_NAMED.fullmatch(item) for item in items)
    return tuple(sorted({found[1] for found in named if found}, key=len, reverse=True))


@lru_cache(maxsize=512)
def _fields(record: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in record.split("\n"):
        name, _, value = line.partition(": ")
        found[name] = f"{found[name]} {value}" if name in found else value
    return found


@lru_cache(maxsize=512)
def _known(record: str) -> dict[str, tuple[Claim, ...]]:
    return {name: claims(value) for name, value in _fields(record).items()}


@lru_cache(maxsize=512)
def _allowed(record: str) -> tuple[str, ...]:
    """Return the beginnings of words that a record allows, and the words of its values."""
    fields = _fields(record)
    words = set(_ANY.split()) | set(_STATUS.get(fields.get("status", ""), "").split())
    for name, labels in _FIELDS.items():
        if name in fields:
            words |= set(labels.split())
    if fields.get("status") not in ("delivered", "returned", "refunded"):
        words -= {"dostarczon", "doreczon", "delivered"}
    for name, value in fields.items():
        if name not in ("status", "item"):
            words |= {fold(token) for token in tokens(value)}
    told = tuple(
        word for name, told in _STATUS.items() if name != fields.get("status") for word in told.split()
    )
    for value in _names(record):
        if len(tokens(value)) <= _MAX_NAME_WORDS and not _SENTENCES.search(value):
            words |= {word for word in map(fold, tokens(value)) if not word.startswith(told)}
    return tuple(sorted(words | {re.sub(r"\W", "", name) for name in fields if name != "status"}))
