"""CSV tables of questions and answers, as a spreadsheet of either country saves them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from knowledge.reading.draft import Parsed, Said
from knowledge.reading.formats.table import MAX_ROWS, Row, columns_of, read_rows
from knowledge.reading.formats.text import spreadsheet
from knowledge.remarks import Refused

_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = "sep="  # Excel's own first line, which says what parts the cells
_SNIFFED_LINES = 20
_MAX_CELL_CHARS = 200_000


def parse(content: bytes, name: str) -> Parsed:
    """Read one article a row.

    Raises:
        Refused: It is no text, or has no columns of questions and answers.
    """
    text, encoding = spreadsheet(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith(_SEPARATOR_LINE):
        text, skipped = rest, 1
    csv.field_size_limit(_MAX_CELL_CHARS)
    broken: list[Said] = []
    table, more = read_rows(_rows(text, _delimiter(text), skipped, broken))
    if table is None:
        raise Refused("no_columns")
    if more:
        broken.append(Said("too_many_rows", {"limit": MAX_ROWS}))
    notes = [Said("encoding", {"encoding": encoding})] if encoding else []
    return table.parsed(broken, notes)


def _rows(text: str, delimiter: str, skipped: int, broken: list[Said]) -> Iterator[Row]:
    """Yield each row with the line in which it begins; what ends the reading goes to `broken`."""
    last = _open_quote(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1 + skipped
    try:
        for cells in reader:
            if number - skipped == last:
                broken.append(Said("open_quote", row=number))
                return
            yield number, cells
            number = reader.line_num + 1 + skipped
    except csv.Error as error:
        broken.append(Said("bad_table", {"reason": str(error)}, number))


def _open_quote(text: str, delimiter: str) -> int:
    """Return the line in which a row begins whose quotation mark is never closed, 0 if there is none.

    Such a row holds all the rest of the table as one answer.
    """
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    begins, last = 1, 0
    try:
        for _ in reader:
            begins, last = last + 1, reader.line_num
        if last - begins < 1:
            return 0
        rest = text.split("\n")[begins - 1 :]
        next(csv.reader([f"{line}\n" for line in rest], delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        return begins if "unexpected end" in str(error) else 0
    return 0


def _delimiter(text: str) -> str:
    """Return the mark by which the names of the columns come apart; by its count if they do not."""
    lines = text.split("\n", _SNIFFED_LINES)[:_SNIFFED_LINES]
    for line in lines:
        for delimiter in _DELIMITERS:
            cells = next(csv.reader([line], delimiter=delimiter), [])
            if columns_of(cells):
                return delimiter
    return max(_DELIMITERS, key=lines[0].count)
