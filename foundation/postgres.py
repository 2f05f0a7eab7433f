"""PostgreSQL behind SQLAlchemy, by asyncpg: for shops that one process is too small for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

DRIVER = "postgresql+asyncpg"

# Times in seconds, those of the server in milliseconds.
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10, "pool_recycle": 1800}
_COMMAND_SECONDS = 60
_SESSION = {
    "application_name": "okienko",
    "jit": "off",
    # Who waits for a row so long is told to come again; who died with one open lets go of it.
    "lock_timeout": "10000",
    "idle_in_transaction_session_timeout": "60000",
}

_MENDED_BY = {
    "08": "its server cannot be reached: check that it runs and OKIENKO_DATABASE_URL",
    "28": "its server refuses the user: check the name and the password in OKIENKO_DATABASE_URL",
    "3D": "there is no such database: make it with createdb, or correct OKIENKO_DATABASE_URL",
    "40": "others changed the same at the same moment: try again",
    "53": "its server is out of room or of connections: look at its log",
    "55": "others hold what was to be changed: try again in a moment",
    "57": "its server is stopping or starting: try again in a moment",
    "25": "it may only be read: OKIENKO_DATABASE_URL names a standby",
}
"""What to do, by class of error. Source: PostgreSQL's documentation, appendix A, Error Codes."""


def engine_options(*, patient: bool = False) -> dict[str, Any]:
    """Return what an engine is made with; `patient`: a change of a large schema is not cut off."""
    session = {**_SESSION, "lock_timeout": "0"} if patient else _SESSION
    seconds = None if patient else _COMMAND_SECONDS
    return _POOL | {"connect_args": {"timeout": 10, "command_timeout": seconds, "server_settings": session}}


def read_consistently() -> dict[str, Any]:
    """Return the options of a connection whose transaction sees one moment, and writes nothing."""
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def advice(error: DBAPIError) -> str | None:
    """Return what to do about an error that is the server's, not the statement's; None for others."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    # The second is what asyncpg says of a connection that was cut while it spoke.
    if not state and (error.connection_invalidated or "InternalClientError" in type(error.orig).__name__):
        state = "08"
    return _MENDED_BY.get(state[:2])


def tune(engine: AsyncEngine) -> None:
    """Replace what PostgreSQL cannot store in a text: NUL, and halves of characters, as SQLite's tests do."""
    event.listen(engine.sync_engine, "before_cursor_execute", _storable, retval=True)
    event.listen(engine.sync_engine, "handle_error", _keep_values_out)


def _storable(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
) -> tuple[str, Any]:
    if many:
        return statement, [_cleaned(row) for row in parameters]
    return statement, _cleaned(parameters)


def _cleaned(values: Sequence[Any]) -> Sequence[Any]:
    if all(not isinstance(value, str) or (value.isascii() and "\0" not in value) for value in values):
        return values
    return tuple(_text(value) if isinstance(value, str) else value for value in values)


def _text(value: str) -> str:
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _keep_values_out(context: ExceptionContext) -> None:
    """Take what was to be stored out of an error's words: they go into logs, and it may be a shopper's."""
    error: BaseException | None = context.original_exception
    if context.sqlalchemy_exception is not None and error is not None:
        context.sqlalchemy_exception.args = (_bare(error),)
    while error is not None:
        error.args = (_bare(error),)
        if hasattr(error, "detail"):
            error.detail = None
        error = error.__cause__


def _bare(error: BaseException) -> str:
    """Return an error's first line; of one about a value, only its kind, for the line repeats the value."""
    about_value = "DataError" in str(error) or type(error).__name__ == "DataError"
    if about_value or str(getattr(error, "sqlstate", None) or "").startswith("22"):
        return "a value that cannot be stored so"
    return str(error.args[0] if error.args else error).partition("\n")[0]


def url_of(text: str) -> URL:
    """Return a URL with our driver, as people write it: ``postgres://``, ``postgresql://`` or with a driver.

    Raises:
        ValueError: It is no PostgreSQL URL, or names no database; says how to write it.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    known = ("postgres", "postgresql", DRIVER)
    if url is None or url.drivername not in known or not url.database:
        raise ValueError("write it like postgresql+asyncpg://user:password@db.example:5432/okienko")
    return url.set(drivername=DRIVER)
