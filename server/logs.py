"""The server's log: a line or a JSON object a record, with ids and milliseconds, without what people wrote.

Our own sentences are written so that they hold none of it. What others log is not: of libraries only the
template of a line is written, never what is put into it, and of an exception its class, its stable codes and
the lines of code it came through, never its message. Libraries below `warning` are not heard at all,
but for uvicorn.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal
from uuid import uuid4

from foundation.errors import OkienkoError
from foundation.logs import about, what_about

OURS = ("okienko", "knowledge")
"""Loggers whose sentences are ours, by the beginning of their names."""
FIELDS = ("ms", "outcome", "method", "route", "status")
"""What a line may carry as `extra`: numbers and codes."""
MOST_LINKS = 5
"""So many exceptions of a chain are written."""

logger = logging.getLogger("okienko.http")

Format = Literal["text", "json"]


def set_up_logging(level: str, form: Format) -> None:
    """Let this process log to stderr, in our form; what was set up before is replaced."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    for known in list(root.handlers):
        root.removeHandler(known)
    root.addHandler(handler)
    root.setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    # Levels that a library set for itself would let it speak below ours.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level.upper())))
    logging.captureWarnings(True)
    threading.excepthook = _thread_broke


def hear_of_lost_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Log what a task or a callback died of that nobody waited for, in our form."""

    def heard(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        logging.getLogger("okienko.server").error("something died that nobody waited for", exc_info=error)

    loop.set_exception_handler(heard)


def _thread_broke(broken: threading.ExceptHookArgs) -> None:
    logging.getLogger("okienko.server").error("a thread broke", exc_info=broken.exc_value)


def event_of(record: logging.LogRecord) -> str:
    """Return the sentence of a record: ours whole, a library's without what is put into it."""
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    constant = isinstance(record.msg, str) and (record.args or record.name.startswith("uvicorn"))
    # Of several lines the first one only: what follows is a traceback that somebody has written out.
    return (
        str(record.msg).strip().partition("\n")[0] if constant else "(what this library says is not written)"
    )


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came from, the newest first, `MOST_LINKS` at most."""
    link: BaseException | None = error
    for _ in range(MOST_LINKS):
        if link is None:
            return
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def kind_of(error: BaseException) -> str:
    """Return what an exception is: its class, and codes that cannot hold what people wrote."""
    codes = []
    if isinstance(error, OkienkoError):
        codes.append(error.code)
    if isinstance(error, OSError) and error.errno:
        codes.append(os.strerror(error.errno))
    driver = getattr(error, "orig", None)  # what SQLAlchemy wraps
    for source in (error, driver):
        for name in ("sqlite_errorname", "sqlstate"):
            code = getattr(source, name, None)
            if isinstance(code, str) and len(code) < 60 and code.replace("_", "").isalnum():
                codes.append(code)
    name = type(error).__qualname__
    module = type(error).__module__
    whole = name if module in ("builtins", "__main__") else f"{module}.{name}"
    return f"{whole} ({', '.join(dict.fromkeys(codes))})" if codes else whole


def frames_of(trace: TracebackType | None) -> list[str]:
    """Return the way an exception came, oldest first: file, line and function; no values."""
    return [f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(trace)]


def _ours(record: logging.LogRecord) -> dict[str, Any]:
    found = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    return {**what_about(), **found}


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JsonLines(logging.Formatter):
    """One JSON object a record: time, level, logger, event, ids, milliseconds, an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object on one line."""
        line: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event_of(record),
            **_ours(record),
        }
        error = _error(record)
        if error is not None:
            chain = [(kind_of(link), frames_of(link.__traceback__)) for link in chain_of(error)]
            line["error"] = [{"kind": kind, "frames": frames} for kind, frames in chain]
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """One line a record, for people: time, level, logger, sentence, ids; an error's frames below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or the lines where there is an error."""
        ids = " ".join(f"{name}={value}" for name, value in _ours(record).items())
        said = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in event_of(record))
        lines = [f"{_moment(record)} {record.levelname} {record.name}: {said}{f' [{ids}]' if ids else ''}"]
        error = _error(record)
        for number, link in enumerate(chain_of(error) if error else ()):
            lines += [f"  at {frame}" for frame in frames_of(link.__traceback__)]
            lines.append(f"  {'from ' if number else ''}{kind_of(link)}")
        return "\n".join(lines)


Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Requests:
    """Around an application: gives each request and socket an id, which its log lines and its answer carry.

    Args:
        app: What is wrapped.
        stopping: Whether the server stops: then clients are told not to keep their connection.
    """

    def __init__(self, app: App, stopping: Callable[[], bool]) -> None:
        self._app, self._stopping = app, stopping

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request, socket or the application's life."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        # Ours, never the client's: a stranger's words have no place in the log.
        request, started, status = uuid4().hex[:16], time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", request.encode())]
                if self._stopping():
                    headers.append((b"connection", b"close"))
                message = {**message, "headers": headers}
            await send(message)

        with about(request=request):
            try:
                await self._app(scope, receive, answer)
            finally:
                self._tell(scope, status, started)

    def _tell(self, scope: Mapping[str, Any], status: int, started: float) -> None:
        found = {
            "method": scope["method"] if scope["type"] == "http" else "SOCKET",
            "route": route_of(scope),
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.info("a request ended", extra=found)


def route_of(scope: Mapping[str, Any]) -> str:
    """Return which of our routes a request came to, as it stands in the code; never the address itself."""
    return str(getattr(scope.get("route"), "path", "")) or "none"
