"""Numbers in a text, told apart: whose they are, by shape, check digits and the words around. Pure.

Check digits alone say too little: a tenth of all 16-digit numbers pass as cards. So a number that the text
calls an order or a parcel stays, and the longest reading of a row of digits is tried first: the 24 digits
of a parcel hide no card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import redaction_checks as checks
from assistant.redaction_context import Context, Surroundings, Topic
from assistant.redaction_view import Found, Kind

_ROW = re.compile(r"(?P<lead>\+|(?<![\w+])\(\+?)?\d+(?:[ ./()-]{1,2}\d+)*")
_GROUP = re.compile(r"\d+")
_GLUED_BEFORE = re.compile(r"(?:#|(?P<word>[^\W_]{1,12})(?P<sign>[-/_.:]?))\Z")
_GLUED_AFTER = re.compile(r"-?[^\W\d_]+")
_AND = re.compile(r"\s*(?:(?P<comma>,|;|/)|i|oraz|and|&|lub|albo|or|a)\s*(?:nr|no\.?|#)?\s*", re.IGNORECASE)
_NAMES_A_NUMBER = {
    "tel", "telefon", "kom", "komorka", "mob", "mobile", "phone", "fax", "t", "m", "nr", "numer", "call",
    "sms",
    "pesel", "nip", "regon", "konto", "iban", "pl", "karta", "card", "blik", "kod", "nrb", "vat",
}  # fmt: skip
"""Glued to a number, these say what it is; other letters make it a code."""

_POLISH_SHAPES = {
    (9,), (3, 3, 3), (2, 3, 2, 2), (3, 2, 2, 2), (2, 7), (3, 6), (6, 3), (2, 3, 4), (1, 2, 3, 3),
    (3, 3, 2, 1), (1,) * 9,
}  # fmt: skip
_WITH_48_SHAPES = {(11,), (2, 9), (2, 3, 3, 3), (2, 2, 3, 2, 2), (2, 2, 7)}
_WITH_0_SHAPES = {(10,), (3, 3, 2, 2), (3, 7), (1, 2, 3, 2, 2), (1, 9), (1, 3, 3, 3), (2, 2, 2, 2, 2)}
_FOREIGN_SHAPES = {(5, 6), (3, 4, 4), (4, 3, 4), (5, 3, 3), (11,), (3, 3, 4), (4, 6), (1, 3, 3, 4), (4, 4, 3)}
_NIP_SHAPES = {(3, 3, 2, 2), (3, 2, 2, 3)}
_CARD_SHAPES = {(16,), (4, 4, 4, 4), (15,), (4, 6, 5)}
_SHORTEST, _LONGEST, _MOST_GROUPS, _SHORTEST_CODE = 4, 26, 9, 5


@dataclass(frozen=True, slots=True)
class _Row:
    """Neighbouring groups of digits that may be one number."""

    plain: str
    groups: tuple[tuple[int, int], ...]

    def digits(self) -> str:
        return "".join(self.plain[a:b] for a, b in self.groups)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(b - a for a, b in self.groups)

    @property
    def start(self) -> int:
        return self.groups[0][0]

    @property
    def end(self) -> int:
        return self.groups[-1][1]

    def said(self) -> str:
        return self.plain[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Before:
    """The number before: where it ended, how long it was, whether it was an order's or a parcel's."""

    end: int
    size: int
    ours: bool

    def goes_on(self, plain: str, group: tuple[int, int]) -> bool:
        """Return whether the next number is of the same kind: "zamówienia 10457 i 10458"."""
        between = _AND.fullmatch(plain[self.end : min(group[0], self.end + 16)])
        return between is not None and (not between["comma"] or self.size == group[1] - group[0])


_Verdict = tuple[Kind | None] | None
"""``(kind,)``: it is this, or must stay; None: this reading is none."""


def find_numbers(plain: str) -> Iterator[Found]:
    """Yield the numbers of a view that are personal, and those that must stay."""
    last: _Before | None = None
    around = Surroundings(plain)
    for row in _ROW.finditer(plain):
        groups = [(row.start() + g.start(), row.start() + g.end()) for g in _GROUP.finditer(row[0])]
        code = _code_until(plain, row.start(), groups)
        at = 0
        if code:
            if groups[code - 1][1] - groups[0][0] >= _SHORTEST_CODE:
                yield Found(groups[0][0], groups[code - 1][1], None)
            last = _Before(groups[code - 1][1], 0, ours=around.before(row.start()).topic is Topic.OURS)
            at = code
        while at < len(groups):
            found, used = _read(plain, row.start(), groups, at, last, around)
            if found is not None:
                yield found
                last = _Before(found.end, found.end - found.start, ours=found.kind is None)
            at += used


def _read(
    plain: str, start: int, groups: list[tuple[int, int]], at: int, last: _Before | None, around: Surroundings
) -> tuple[Found | None, int]:
    """Return the longest reading of the groups from `at` on, and how many of them it took."""
    if _is_postcode(plain, groups, at):
        return None, 2
    lead = plain[start : groups[0][0]] if at == 0 else ""
    first = start if lead else groups[at][0]
    size = groups[at][1] - groups[at][0]
    if last is not None and last.ours and size >= _SHORTEST_CODE and last.goes_on(plain, groups[at]):
        return Found(groups[at][0], groups[at][1], None), 1
    said = around.before(first)
    for row in reversed(_rows(plain, groups, at)):
        verdict = _verdict(row, lead, said if said.tight else around.after(row.end) or said)
        if verdict is not None:
            return Found(first, row.end, verdict[0]), len(row.groups)
    return None, 1


def _rows(plain: str, groups: list[tuple[int, int]], at: int) -> list[_Row]:
    """Return the groups from `at` on as ever longer rows, as long as any number may be."""
    rows, total = [], 0
    for to in range(at, min(at + _MOST_GROUPS, len(groups))):
        total += groups[to][1] - groups[to][0]
        if total > _LONGEST:
            break
        row = _Row(plain, tuple(groups[at : to + 1]))
        if total >= _SHORTEST and not _letters_follow(plain, row, groups):
            rows.append(row)
    return rows


def _verdict(row: _Row, lead: str, around: Context) -> _Verdict:
    digits, shape = row.digits(), row.shape
    size = len(digits)
    if "+" in lead or digits.startswith("00"):
        verdict = _international(row, digits, "+" in lead)
        if verdict is not None and not (around.says(Topic.OURS) and "+" not in lead):
            return verdict
    if around.says(Topic.OURS) and not (size == 26 and checks.is_iban(digits)):
        return (None,) if _parcel_shape(shape) or _one_code(row) else None
    if size >= 15:
        return _long(digits, shape, around)
    if around.says(Topic.CARD) and size in (13, 14) and checks.is_card(digits):
        return (Kind.CARD,)
    if around.topic is Topic.REGON and size in (9, 14):
        return (Kind.REGON,)
    if size == 11:
        return _eleven(digits, shape, around)
    if size == 10 and (around.says(Topic.NIP) or _nip(row, around)):
        return (Kind.NIP,)
    if around.says(Topic.CODE) and size in (4, 6) and len(row.groups) <= 2:
        return (Kind.CODE,)
    if around.says(Topic.DOCUMENT) and 6 <= size <= 12:
        return (Kind.DOCUMENT,)
    return _phone(row, digits, shape, around)


def _long(digits: str, shape: tuple[int, ...], around: Context) -> _Verdict:
    size = len(digits)
    if size == 26 and (checks.is_iban(digits) or shape in ((26,), (2, 4, 4, 4, 4, 4, 4)) or _account(around)):
        return (Kind.ACCOUNT,)
    if around.says(Topic.ACCOUNT) and size >= 20:
        return (Kind.ACCOUNT,)
    if size in (24, 20) and _parcel_shape(shape):
        return (None,)
    if size <= 19 and around.says(Topic.CARD):
        return (Kind.CARD,) if size == 16 or checks.is_card(digits) else None
    if shape in _CARD_SHAPES and around.topic is not Topic.OURS and checks.is_card(digits):
        return (Kind.CARD,) if size == 16 or digits[:2] in ("34", "37") else None
    return None


def _eleven(digits: str, shape: tuple[int, ...], around: Context) -> _Verdict:
    if around.topic is Topic.PESEL or (shape in ((11,), (6, 5)) and checks.is_pesel(digits)):
        return (Kind.PESEL,)
    if shape in _WITH_48_SHAPES and digits.startswith("48") and checks.is_phone(digits[2:]):
        return (Kind.PHONE,)
    if around.says(Topic.PHONE):
        return (Kind.PHONE,)
    if shape in _FOREIGN_SHAPES and digits.startswith("0") and checks.is_foreign_phone(digits):
        return (Kind.PHONE,)
    return None


def _phone(row: _Row, digits: str, shape: tuple[int, ...], around: Context) -> _Verdict:
    size = len(digits)
    if size == 9 and shape in _POLISH_SHAPES and (around.topic is Topic.PHONE or checks.is_phone(digits)):
        return (Kind.PHONE,)
    if shape == (2, 3, 2, 2) or (around.says(Topic.PHONE) and 7 <= size <= 12 and _even(row)):
        return (Kind.PHONE,)
    if digits.startswith("0") and size == 10 and shape in _WITH_0_SHAPES and len(shape) > 1:
        return (Kind.PHONE,) if checks.is_phone(digits[1:]) else None
    if len(shape) > 1 and shape in _FOREIGN_SHAPES and checks.is_foreign_phone(digits):
        return (Kind.PHONE,)
    return None


def _international(row: _Row, digits: str, plus: bool) -> _Verdict:
    number = digits if plus else digits[2:]
    if not 8 <= len(number) <= 15 or (not plus and row.said()[2:3] == "-"):
        return None
    if number.startswith("48"):
        return (Kind.PHONE,) if len(number) == 11 else None
    if checks.is_phone(f"+{number}"):
        return (Kind.PHONE,)
    # No number of any plan: fiction or a slip. After a plus it is still meant as one.
    return (Kind.PHONE,) if plus and len(row.groups) <= 5 else None


def _nip(row: _Row, around: Context) -> bool:
    dashed = row.shape in _NIP_SHAPES and "-" in row.said()
    return (dashed or around.topic is Topic.NIP) and checks.is_nip(row.digits())


def _account(around: Context) -> bool:
    return around.topic in (Topic.ACCOUNT, None)


def _parcel_shape(shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or (set(shape[:-1]) == {4} and shape[-1] <= 4)


def _even(row: _Row) -> bool:
    """Return whether one kind of sign, or none, parts the groups: then they are one number."""
    signs = {row.plain[a[1] : b[0]] for a, b in zip(row.groups, row.groups[1:], strict=False)}
    return len(signs) <= 1


def _one_code(row: _Row) -> bool:
    """Return whether groups are surely one: no spaces between, or all of a length ("123 456 789")."""
    return _even(row) and (len(set(row.shape)) == 1 or " " not in row.said())


def _is_postcode(plain: str, groups: list[tuple[int, int]], at: int) -> bool:
    if at + 1 >= len(groups):
        return False
    (a, b), (c, d) = groups[at], groups[at + 1]
    return b - a == 2 and d - c == 3 and plain[b:c] == "-" and plain[d : d + 1] != "-"


def _letters_follow(plain: str, row: _Row, groups: list[tuple[int, int]]) -> bool:
    """Return whether a number runs into a word: a code, unless it is long ("600100200prosze")."""
    if row.end != groups[-1][1]:
        return False
    glued = _GLUED_AFTER.match(plain, row.end)
    return glued is not None and len(glued[0]) < 5


def _code_until(plain: str, start: int, groups: list[tuple[int, int]]) -> int:
    """Return how many groups belong to a code such as ``LS-2026/10457``: letters or ``#`` stand before."""
    before = _GLUED_BEFORE.search(plain[max(0, start - 14) : start])
    if before is None or plain[start] == "+":
        return 0
    if before["word"]:
        word = before["word"].lower()
        if before["sign"] in (":", ".") or word in _NAMES_A_NUMBER:
            return 0
        whole = len(groups) == 1 and groups[0][1] - groups[0][0] == 9
        if whole and before["word"].isalpha() and not before["word"].isupper() and before["sign"] != "/":
            return 0  # "dzwon600100200": a word that a number was glued to
    until = 1
    while until < len(groups) and plain[groups[until - 1][1] : groups[until][0]] in ("-", "/", ".", "_"):
        until += 1
    return until
