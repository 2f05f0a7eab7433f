"""Rows of questions and answers into drafts, whatever kind of file the rows are from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from knowledge.analysis.words import fold
from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.plain import html_to_text

MAX_ROWS = 5_000
MAX_ANSWER_CHARS = 20_000
_LOOKED_AT = 20  # rows in which the names of the columns may stand, below a heading or a date

Cell = object
Row = tuple[int, Sequence[Cell]]
"""The number of a row, from 1, and its cells."""

_COLUMNS = {
    "question": "title",
    "pytanie": "title",
    "title": "title",
    "tytul": "title",
    "temat": "title",
    "q": "title",
    "answer": "body",
    "odpowiedz": "body",
    "body": "body",
    "tresc": "body",
    "text": "body",
    "tekst": "body",
    "tresc pytania": "title",
    "tresc odpowiedzi": "body",
    "a": "body",
    "language": "language",
    "lang": "language",
    "jezyk": "language",
    "questions": "questions",
    "other questions": "questions",
    "alternative questions": "questions",
    "phrasings": "questions",
    "pytania": "questions",
    "inne pytania": "questions",
    "inne sformulowania": "questions",
    "tags": "tags",
    "tag": "tags",
    "tagi": "tags",
    "category": "tags",
    "kategoria": "tags",
    "valid from": "valid_from",
    "wazne od": "valid_from",
    "obowiazuje od": "valid_from",
    "valid until": "valid_until",
    "valid to": "valid_until",
    "wazne do": "valid_until",
    "obowiazuje do": "valid_until",
    "id": "id",
    "identyfikator": "id",
}
"""The names of columns, folded, in both languages, and the field that each is."""

_HTML = re.compile(
    r"</?(?:p|br|ul|ol|li|div|span|b|i|strong|em|a|h[1-6]|table|script|style)\b[^>]*>", re.IGNORECASE
)
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|#(?:ADR|N/D|ARG|NAZWA|LICZBA|ZERO)[!?]?")
_BULLET = re.compile(r"^[ \t]*[•·▪◦‣*–][ \t]+", re.MULTILINE)


@dataclass
class Table:
    """Collects the drafts of the rows below the names of the columns.

    Attributes:
        columns: The place of each field in a row.
    """

    columns: Mapping[str, int]
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Said] = field(default_factory=list)
    scripts: int = 0
    hidden: int = 0
    struck: int = 0

    def add(self, number: int, cells: Sequence[Cell]) -> None:
        """Read one row; an empty one is passed over."""
        found = {name: cells[place] for name, place in self.columns.items() if place < len(cells)}
        values = {name: value for name, value in found.items() if _text(value)}
        if not values:
            return
        title, body = _text(values.pop("title", None)), self._body(_text(values.pop("body", None)))
        refused = _lacking(title, body)
        if refused:
            self.problems.append(Said(refused, {"limit": MAX_ANSWER_CHARS}, number))
            return
        self.drafts.append(Draft(body, {"title": title, **_fields(values)}, number, title))

    def parsed(self, problems: Iterable[Said] = (), notes: Iterable[Said] = ()) -> Parsed:
        """Return all rows that were read; without any, why."""
        said = [*self.problems, *problems]
        if not self.drafts and not said:
            said.append(Said("no_rows"))
        left_out = {"scripts": self.scripts, "hidden": self.hidden, "struck": self.struck}
        notes = [*(Said(code, {"count": count}) for code, count in left_out.items() if count), *notes]
        return Parsed(tuple(self.drafts), tuple(said), tuple(notes))

    def _body(self, text: str) -> str:
        """Return an answer as text; shops export answers as HTML too."""
        if _HTML.search(text):
            plain = html_to_text(text)
            self.scripts += plain.scripts
            self.hidden += plain.hidden
            self.struck += plain.struck
            return "\n\n".join(part for part in (plain.title, plain.body) if part)
        return as_lines(text)


def as_lines(text: str) -> str:
    """Return plain text as `knowledge.articles.Article.body`: bullets of any form are ``-``."""
    lines = (line.rstrip() for line in _BULLET.sub("- ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def columns_of(cells: Sequence[Cell]) -> dict[str, int] | None:
    """Return the place of each field that a row names, None if it does not name a question and an answer."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = " ".join(re.sub(r"[^\w]|_", " ", fold(_text(cell))).split())
        if name in _COLUMNS:
            columns.setdefault(_COLUMNS[name], place)
    return columns if {"title", "body"} <= columns.keys() else None


def read_rows(rows: Iterable[Row]) -> tuple[Table | None, bool]:
    """Return the table in `rows`, None without names of columns, and whether there were too many rows."""
    table: Table | None = None
    looked_at = 0
    for number, cells in rows:
        if table is None:
            looked_at += any(_text(cell) for cell in cells)
            columns = columns_of(cells)
            if columns is not None:
                table = Table(columns)
            elif looked_at >= _LOOKED_AT:
                return None, False
        elif len(table.drafts) + len(table.problems) >= MAX_ROWS:
            return table, any(_text(cell) for cell in cells)
        else:
            table.add(number, cells)
    return table, False


def _lacking(title: str, body: str) -> str:
    if not title:
        return "no_question"
    if not body:
        return "no_answer"
    return "long_answer" if len(body) > MAX_ANSWER_CHARS else ""


def _fields(values: Mapping[str, Cell]) -> dict[str, object]:
    """Return the other fields; questions are parted by lines or ``|``, tags also by ``,`` and ``;``."""
    fields: dict[str, object] = {name: _text(value) for name, value in values.items()}
    for name, parts in (("questions", r"[|\n]"), ("tags", r"[|;,\n]")):
        if name in fields:
            fields[name] = [part.strip() for part in re.split(parts, str(fields[name])) if part.strip()]
    return fields


def _text(cell: Cell) -> str:
    """Return a cell as it is read by people."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).strip()
    return "" if _ERROR.fullmatch(text) else text
