"""Tables as CSV that a spreadsheet opens as a table and nothing else.

Source: RFC 4180 (commas, CRLF, quotes doubled); OWASP, "CSV Injection" (a cell that begins like a formula
is made text by a leading apostrophe). The byte order mark makes Excel read UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fastapi.responses import Response

from foundation.clock import SHOP_ZONE

Cell = str | int | float | date | None
"""Texts come from anyone and are made harmless; numbers and moments are ours and stay what they are."""

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]
"""A header and the rows under it."""

# Full-width forms count too: spreadsheets with East Asian settings read them as the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sheet(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as UTF-8 with a byte order mark; moments in the shop's zone, to the second."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def download(name: str, table: Table) -> Response:
    """Return a table as a CSV file to be kept."""
    header, rows = table
    return Response(
        sheet(header, rows),
        media_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Disposition": f'attachment; filename="okienko-{name}.csv"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, datetime):
        return value.astimezone(SHOP_ZONE).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
