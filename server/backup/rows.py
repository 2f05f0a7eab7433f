"""Rows of a table as JSON lines, and back: the same text from SQLite and from Postgres.

A line is a list of values in the order of the columns, which the first line names with their kinds. Where no
JSON type fits: moments and days as ISO 8601, bytes as base64.
"""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    column,
    insert,
    select,
    table,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator, TypeEngine

from foundation.database import UtcDateTime
from foundation.errors import InvalidInput

BATCH = 500

_KINDS: tuple[tuple[type[TypeEngine[Any]] | type[UtcDateTime], str], ...] = (
    (UtcDateTime, "moment"),
    (Boolean, "boolean"),
    (Integer, "integer"),
    (Date, "day"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
    (String, "text"),
)
_TYPES: dict[str, TypeEngine[Any]] = {
    "moment": UtcDateTime(),
    "boolean": Boolean(),
    # Any whole number: Postgres takes the wide type for a narrow column, and says if it does not fit.
    "integer": BigInteger(),
    "day": Date(),
    "bytes": LargeBinary(),
    "json": JSON(none_as_null=True),
    "text": Text(),
}
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "moment": lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    "day": lambda value: value.isoformat(),
    "bytes": lambda value: base64.b64encode(value).decode(),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": lambda value: base64.b64decode(value, validate=True),
}


def kinds_of(of: Table) -> list[tuple[str, str]]:
    """Return each column's name and kind.

    Raises:
        TypeError: A column is of a type that no archive knows yet.
    """
    return [(one.name, _kind(one.type)) for one in of.columns]


def _kind(type_: TypeEngine[Any]) -> str:
    if isinstance(type_, TypeDecorator) and not isinstance(type_, UtcDateTime):
        type_ = type_.impl_instance  # as the database has it, not as a room reads it
    for known, kind in _KINDS:
        if isinstance(type_, known):
            return kind
    raise TypeError(f"an archive has no kind for a column of {type_!r}")


async def dumped(connection: AsyncConnection, of: Table) -> AsyncIterator[bytes]:
    """Yield a table's lines in the order of its key, the columns first; memory holds a few rows at a time."""
    kinds = kinds_of(of)
    yield _line([list(one) for one in kinds])
    written = [_WRITTEN.get(kind) for _, kind in kinds]
    rows = await connection.stream(
        select(*(type_coerce(of.c[name], _TYPES[kind]) for name, kind in kinds))
        .order_by(*of.primary_key.columns)
        .execution_options(yield_per=BATCH)
    )
    async for row in rows:
        yield _line(
            [
                value if value is None or make is None else make(value)
                for value, make in zip(row, written, strict=True)
            ]
        )


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


async def load(
    connection: AsyncConnection,
    name: str,
    lines: Iterator[bytes],
    columns: set[str],
    on_rows: Callable[[int], None],
) -> int:
    """Insert a table's lines; return how many rows that were.

    Args:
        connection: The transaction.
        name: Of the table, which is there.
        lines: As `dumped` yields them.
        columns: That the table has; no other may be named.
        on_rows: Told how many rows more were inserted.

    Raises:
        InvalidInput: The lines are no rows of this table.
    """
    try:
        kinds = [(str(one), _TYPES[kind], _READ.get(kind)) for one, kind in json.loads(next(lines))]
        if not {one for one, _, _ in kinds} <= columns:
            raise ValueError("a column that the table has not")
        into = insert(table(name, *(column(one, type_) for one, type_, _ in kinds)))
        batch: list[dict[str, Any]] = []
        done = 0
        for line in lines:
            values = json.loads(line)
            batch.append(
                {
                    one: value if value is None or read is None else read(value)
                    for (one, _, read), value in zip(kinds, values, strict=True)
                }
            )
            if len(batch) == BATCH:
                await connection.execute(into, batch)
                done += len(batch)
                on_rows(len(batch))
                batch = []
        if batch:
            await connection.execute(into, batch)
            on_rows(len(batch))
    except (ValueError, KeyError, TypeError, StopIteration, RecursionError) as error:
        raise InvalidInput(f"The rows of {name} in this backup cannot be read; it is broken.") from error
    return done + len(batch)
