"""The text of a file → orders as they were written, not understood yet. Pure.

CSV has a row an order item and repeats the order's columns; JSON nests the items. Both end as
`Draft`, with each item's place in the file, so that whatever is wrong later can be named.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from customer.batch import ImportProblem
from customer.columns import ALL_COLUMNS, ITEM_COLUMNS, ORDER_COLUMNS
from customer.columns import REQUIRED_ITEM_COLUMNS as REQUIRED_ITEM
from customer.columns import REQUIRED_ORDER_COLUMNS as REQUIRED_ORDER
from customer.number import order_key
from foundation.errors import InvalidInput

_DELIMITERS = ",;\t"


@dataclass(slots=True)
class DraftItem:
    """An item as text by column, and where it stands."""

    place: str
    columns: Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """An order as text by column.

    Attributes:
        place: Where it stands; in CSV its first row.
        broken: Something of it could not be read: it is to be left out.
    """

    place: str
    columns: dict[str, str]
    items: list[DraftItem] = field(default_factory=list)
    broken: bool = False


@dataclass(slots=True)
class Drafts:
    """All that a file holds: orders, records of customers alone, and what could not be read."""

    orders: list[Draft] = field(default_factory=list)
    customers: list[Draft] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def problem(self, place: str, message: str) -> None:
        """Name something that could not be read."""
        self.problems.append(ImportProblem(place, message))

    def note_unknown(self, names: Sequence[str]) -> None:
        """Say which columns are ignored."""
        if names:
            self.notes.append(f"Columns that Okienko does not know are ignored: {', '.join(names)}.")


def drafts_from_csv(text: str) -> Drafts:
    """Return what a CSV text holds, orders in the order of their first rows.

    The delimiter is the commonest of comma, semicolon and tab in the header. A value does not span
    lines: so an unclosed quote breaks its own row only, not all that follow.

    Raises:
        InvalidInput: No header, or one that lacks a required column or repeats one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise InvalidInput("The file is empty: it needs a header with the names of its columns.")
    delimiter = max(_DELIMITERS, key=lines[first].count)
    header = [name.strip().lower().replace(" ", "_") for name in _cells(lines[first], delimiter)]
    drafts = Drafts()
    _check_header(header, drafts)
    by_key: dict[str, Draft] = {}
    broken_rows = []
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        if not line.strip(f'{delimiter} "'):
            continue
        if trouble := _add_row(f"line {number}", line, delimiter, header, by_key):
            broken_rows.append((f"line {number}", trouble, line))
    for place, trouble, line in broken_rows:
        _leave_out(place, trouble, line, by_key, drafts)
    drafts.orders = list(by_key.values())
    return drafts


def _check_header(header: Sequence[str], drafts: Drafts) -> None:
    if missing := [name for name in REQUIRED_ORDER + REQUIRED_ITEM if name not in header]:
        raise InvalidInput(
            f"The file lacks these columns: {', '.join(missing)}. Name them in its first line."
        )
    if repeated := sorted({name for name in header if name in ALL_COLUMNS and header.count(name) > 1}):
        raise InvalidInput(f"The file has these columns more than once: {', '.join(repeated)}.")
    drafts.note_unknown([name for name in header if name and name not in ALL_COLUMNS])


def _cells(line: str, delimiter: str, *, strict: bool = False) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, strict=strict))


def _add_row(place: str, line: str, delimiter: str, header: Sequence[str], by_key: dict[str, Draft]) -> str:
    """Add a row to its order; return what is wrong with the row, if anything."""
    try:
        cells = _cells(line, delimiter, strict=True)
    except csv.Error:
        return "a quotation mark is not closed, or stands inside a value"
    if len(cells) != len(header):
        return f"{len(cells)} values where the header names {len(header)}"
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    key = order_key(row["order_number"])
    if not key:
        return f"order_number “{row['order_number'][:80]}” is no number of an order"
    draft = by_key.setdefault(key, Draft(place, {}))
    draft.items.append(DraftItem(place, {name: row[name] for name in ITEM_COLUMNS if name in row}))
    return _merge(draft, row)


def _leave_out(place: str, trouble: str, line: str, by_key: Mapping[str, Draft], drafts: Drafts) -> None:
    """Name a broken row, and leave out every order that it may belong to.

    Its columns may have slipped, so the order's number is looked for in all of them.
    """
    keys = {order_key(cell.strip(" \"'")) for cell in re.split(f"[{_DELIMITERS}]", line)}
    suspects = [by_key[key] for key in sorted(keys) if key in by_key]
    for draft in suspects:
        draft.broken = True
    numbers = ", ".join(draft.columns.get("order_number", "") for draft in suspects)
    drafts.problem(
        place, f"{trouble}. " + (f"Order {numbers} is left out." if numbers else "The row is left out.")
    )


def _merge(draft: Draft, row: Mapping[str, str]) -> str:
    """Add a row's order columns to the draft; return what contradicts an earlier row, if anything."""
    for name in ORDER_COLUMNS:
        value, known = row.get(name, ""), draft.columns.get(name, "")
        # one number in two spellings is one number: it brought the row here
        if known and value and value.casefold() != known.casefold() and name != "order_number":
            return f"{name} “{value[:80]}” contradicts “{known[:80]}” of {draft.place}"
        if value and not known:
            draft.columns[name] = value
    return ""


def drafts_from_json(text: str) -> Drafts:
    """Return what a JSON text holds: a list of orders, or ``{"customers": […], "orders": […]}``.

    Raises:
        InvalidInput: It is no JSON, or has another shape.
    """
    try:
        # numbers stay as written: no float comes near an amount
        content = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"The file is no JSON that can be read: {error}.") from error
    if isinstance(content, list):
        content = {"orders": content}
    orders, customers = _list_of(content, "orders"), _list_of(content, "customers")
    drafts, unknown = Drafts(), set[str]()
    for index, record in enumerate(customers):
        draft = _draft(f"customers[{index}]", record, drafts, unknown)
        if draft is not None and not draft.broken:
            drafts.customers.append(draft)
    for index, record in enumerate(orders):
        draft = _draft(f"orders[{index}]", record, drafts, unknown)
        if draft is not None:
            drafts.orders.append(draft)
    drafts.note_unknown(sorted(unknown))
    return drafts


def _list_of(content: object, name: str) -> list[object]:
    if isinstance(content, dict) and ("orders" in content or "customers" in content):
        found = content.get(name, [])
        if isinstance(found, list):
            return found
    raise InvalidInput('The file must be a list of orders, or {"customers": […], "orders": […]}.')


def _draft(place: str, record: object, drafts: Drafts, unknown: set[str]) -> Draft | None:
    if not isinstance(record, dict):
        drafts.problem(place, "an object is expected here.")
        return None
    draft = Draft(place, {})
    draft.columns = _texts(draft, place, record, ORDER_COLUMNS, drafts)
    items = record.get("items", [])
    unknown |= record.keys() - {*ORDER_COLUMNS, "items"}
    for index, item in enumerate(items if isinstance(items, list) else [items]):
        item_place = f"{place}.items[{index}]"
        if isinstance(item, dict):
            unknown |= item.keys() - set(ITEM_COLUMNS)
            columns = _texts(draft, item_place, item, ITEM_COLUMNS, drafts)
            draft.items.append(DraftItem(item_place, columns))
        else:
            draft.broken = True
            drafts.problem(item_place, "an object is expected here; the order is left out.")
    return draft


def _texts(
    draft: Draft, place: str, record: Mapping[str, object], names: Sequence[str], drafts: Drafts
) -> dict[str, str]:
    texts = {}
    for name in names:
        value = record.get(name)
        if isinstance(value, str):
            texts[name] = value.strip()
        elif value is not None:
            draft.broken = True
            drafts.problem(place, f"{name} must be a text or a number; the record is left out.")
    return texts
