"""Does a size table say which size the shopper's own measure is? Pure and fail-closed.

"Obwód klatki 96 cm to rozmiar M" is in no article; "M: klatka 94–99 cm" and the shopper's 96 say it. One
figure of the question, one size, one row; nothing else may be claimed beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.asked import Asked
from assistant.claims import plain
from assistant.clauses import clauses
from assistant.evidence_units import Book, has_kin, joined
from assistant.families import is_everyday, key_of
from foundation.language import Language

_LABEL = r"(?:x{0,3}[sl]|m|\d{2})"
_FIGURE = r"\d{1,3}(?:[.,]\d)?"
_ROW = re.compile(
    rf"(?:^|[;\s(])(?:rozmiar |size )?(?P<label>{_LABEL}) ?: (?P<what>[^\W\d]+) "
    rf"(?P<low>{_FIGURE})(?: ?- ?(?P<high>{_FIGURE}))? ?cm\b"
)
_SAID_SIZE = re.compile(rf"\b(?:rozmiar\w{{0,3}}|sizes?) (?P<label>{_LABEL})\b")
_SPANS = ("cm", "covers", "spans", "obejmuje", "miesci", "wybierz", "wez", "choose", "take", "pick")
"""Beside a size these say its row."""
_SAID_FIGURE = re.compile(rf"(?<![\w.,]){_FIGURE}(?![\w.,]*\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    what: str
    low: Fraction
    high: Fraction


def fits(line: str, question: str, lent: Asked, book: Book) -> bool:
    """Return whether a line says which size a measure from the question is, as a table has it.

    Args:
        line: What an answer says.
        question: What was asked, with the measure.
        lent: The same, read.
        book: All the evidence.
    """
    said = plain(line)
    sizes = {found["label"] for found in _SAID_SIZE.finditer(said)}
    asked = {_number(figure) for figure in _SAID_FIGURE.findall(plain(question))}
    if len(sizes) != 1 or not asked:
        return False
    label = sizes.pop()
    part = joined(clauses(line, book.language))
    if part.marks or not all(
        word.light
        or word.form in (label, *_SPANS)
        or is_everyday(word.form, book.language)
        or book.knows(word.key)
        for word in part.words
    ):
        return False
    keys = [word.key for word in part.words] + list(lent.keys)
    figures = {_number(figure) for figure in _SAID_FIGURE.findall(_SAID_SIZE.sub(" ", said))}
    rows = []
    for unit in book.units:
        if all(unit.has_name(name) for name in part.names):
            rows += [row for row in _rows(unit.text, book.language) if has_kin(row.what, keys, book.language)]
    return any(
        _is_in(row, label, figures, measure) and all(_agrees(other, row, measure) for other in rows)
        for row in rows
        for measure in asked
    )


def _rows(text: str, language: Language) -> list[_Row]:
    found = []
    for row in _ROW.finditer(plain(text)):
        low = _number(row["low"])
        what = key_of(row["what"], language)
        found.append(_Row(row["label"], what, low, _number(row["high"]) if row["high"] else low))
    return found


def _is_in(row: _Row, label: str, figures: set[Fraction], measure: Fraction) -> bool:
    """Return whether a measure is of a row, and nothing but it and the row's ends is said."""
    return row.label == label and row.low <= measure <= row.high and figures <= {measure, row.low, row.high}


def _agrees(other: _Row, row: _Row, measure: Fraction) -> bool:
    """Return whether no other row has the same measure for another size."""
    return other.label == row.label or not other.low <= measure <= other.high


def _number(written: str) -> Fraction:
    return Fraction(written.replace(",", "."))
