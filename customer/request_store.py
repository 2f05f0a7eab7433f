"""Requests as rows of `customer/request_tables.py`, and back; inside a caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from customer.request import CustomerRequest, RequestKind, RequestState, Wanted
from customer.request_tables import counters
from customer.request_tables import requests as table
from foundation.language import Language

_PLAIN = (
    "number",
    "conversation_id",
    "cid",
    "received_at",
    "due_at",
    "handled_by",
    "settled_at",
    "customer_id",
    "order_number",
    "words",
    "email",
    "receipt_id",
)
_LISTS = ("items", "doubts", "photos")

ERASED: dict[str, Any] = {
    "conversation_id": "",
    "customer_id": None,
    "order_number": "",
    "words": "",
    "details": {},
    "email": None,
    "receipt_id": None,
}
"""What is left of a person once they are erased. Its `cid` becomes its number, which is unique too."""


def row_of(request: CustomerRequest) -> dict[str, Any]:
    """Return the columns of a request."""
    details: dict[str, Any] = {name: list(getattr(request, name)) for name in _LISTS}
    details["last_day"] = request.last_day.isoformat() if request.last_day else None
    details["wanted"] = request.wanted.value if request.wanted else None
    details["since"] = request.since
    return {name: getattr(request, name) for name in _PLAIN} | {
        "kind": request.kind.value,
        "state": request.state.value,
        "language": request.language.value,
        "details": details,
    }


def request_of(row: Mapping[Any, Any]) -> CustomerRequest:
    """Return the request of a row; an erased one has empty fields."""
    details: dict[str, Any] = row["details"]
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    lists: dict[str, Any] = {name: tuple(details.get(name, ())) for name in _LISTS}
    return CustomerRequest(
        **plain,
        **lists,
        kind=RequestKind(row["kind"]),
        state=RequestState(row["state"]),
        language=Language(row["language"]),
        last_day=date.fromisoformat(details["last_day"]) if details.get("last_day") else None,
        wanted=Wanted(details["wanted"]) if details.get("wanted") else None,
        since=details.get("since", ""),
    )


def exported(request: CustomerRequest) -> dict[str, Any]:
    """Return what a person is given of their request when they ask for their data; JSON types only."""
    row = row_of(request)
    details: dict[str, Any] = row.pop("details")
    for inner in ("handled_by", "receipt_id", "cid"):
        del row[inner]
    for moment in ("received_at", "due_at", "settled_at"):
        row[moment] = row[moment].isoformat() if row[moment] else None
    return row | details


async def read_one(connection: AsyncConnection, condition: ColumnElement[bool]) -> CustomerRequest | None:
    """Return the request that a condition of one row finds, or None."""
    row = (await connection.execute(select(table).where(condition))).mappings().one_or_none()
    return None if row is None else request_of(row)


async def read(
    connection: AsyncConnection, condition: ColumnElement[bool], limit: int | None = None
) -> list[CustomerRequest]:
    """Return requests, what is due first first."""
    query = select(table).where(condition).order_by(table.c.due_at, table.c.number).limit(limit)
    return [request_of(row) for row in (await connection.execute(query)).mappings()]


async def insert_unless_there(connection: AsyncConnection, request: CustomerRequest) -> bool:
    """Write a request; return whether it is new, by its id in its conversation."""
    new = _insert(connection, table).values(row_of(request))
    same = ["conversation_id", "cid"]
    return (await connection.execute(new.on_conflict_do_nothing(index_elements=same))).rowcount == 1


async def next_number(connection: AsyncConnection, kind: RequestKind, year: int) -> str:
    """Return a number that no other request has or will have; a transaction rolled back may leave a gap."""
    # The counter's row is locked until the caller's transaction ends, so no two get the same.
    first = _insert(connection, counters).values(series=kind.series, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": counters.c.last + 1}
    ).returning(counters.c.last)
    last = (await connection.execute(counted)).scalar_one()
    return f"{kind.series}-{year}-{last:05}"


def _insert(connection: AsyncConnection, into: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(into) if connection.dialect.name == "sqlite" else postgresql.insert(into)
