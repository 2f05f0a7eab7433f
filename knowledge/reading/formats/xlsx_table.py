"""Excel tables of questions and answers. The home of openpyxl.

Only values are read: of a formula the one that was saved with it. defusedxml, when it is installed, is what
openpyxl parses with: no entity is expanded.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import Any

from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.formats.archive import check_archive
from knowledge.reading.formats.table import MAX_ROWS, Row, read_rows
from knowledge.reading.formats.xlsx_shown import shown
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

_MAX_SHEETS = 50
_MAX_COLUMNS = 50
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MAX_ROW_NUMBER = 1_048_576  # Excel's own limit


def parse(content: bytes, name: str) -> Parsed:
    """Read one article a row, of every sheet that is not hidden.

    Raises:
        Refused: It is no workbook, a bomb, or no sheet has columns of questions and answers.
    """
    check_archive(content, "xl/workbook.xml", Kind.XLSX)
    book = _open(content)
    drafts: list[Draft] = []
    problems: list[Said] = []
    notes: list[Said] = []
    found = False
    for sheet in book.worksheets[:_MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            notes.append(Said("hidden_sheet", {"name": sheet.title}))
            continue
        hidden = _hidden_rows(book, sheet)
        if hidden:
            notes.append(Said("hidden_rows", {"name": sheet.title, "count": len(hidden)}))
        table, more = read_rows(_rows(sheet, hidden))
        if table is None:
            notes.append(Said("other_sheet", {"name": sheet.title}))
            continue
        found = True
        parsed = table.parsed([Said("too_many_rows", {"limit": MAX_ROWS})] if more else ())
        drafts.extend(parsed.drafts)
        problems.extend(parsed.problems)
        notes.extend(parsed.notes)
    if not found:
        raise Refused("no_columns")
    return Parsed(tuple(drafts), tuple(problems), tuple(notes))


def _open(content: bytes) -> Any:
    from openpyxl import DEFUSEDXML, load_workbook

    assert DEFUSEDXML, "a dependency of ours"
    return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def _hidden_rows(book: Any, sheet: Any) -> set[int]:
    """Return the numbers of the rows that are hidden, by hand or by a filter: openpyxl does not say."""
    content = book._archive.read(sheet._worksheet_path)  # it has no name for this
    hidden: set[int] = set()
    number = 0
    for row in _ROW.finditer(content):
        told = _NUMBER.search(row[1])
        number = int(told[1]) if told else number + 1
        if _HIDDEN.search(row[1]):
            hidden.add(number)
    return hidden


def _rows(sheet: Any, hidden: Collection[int]) -> Iterator[Row]:
    # What the file says of its own size is not trusted: a claim of 16 000 columns would be filled up.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS), 1):
        if number > _MAX_ROW_NUMBER:
            return
        if number not in hidden and any(cell.value is not None for cell in row):
            yield number, [shown(cell.value, cell.number_format) for cell in row]
