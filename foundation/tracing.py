"""Spans of a trace, for any room: what took how long, inside of what. Pure.

Nothing happens until somebody listens; `server/traces.py` does where a collector is set. A message and the
turn that answers it are one trace, though they may run in two processes: both make its ids of the message's
`cid`, so nothing is handed over. Attributes are ids, codes and numbers, never what people wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol

Value = str | int | float | bool


class Span(Protocol):
    """One span that runs."""

    def note(self, **attributes: Value) -> None:
        """Add attributes."""
        ...

    def fail(self, code: str) -> None:
        """Mark it as failed, by a stable code or the name of an exception's class."""
        ...

    def end(self) -> None:
        """End it; for spans that `Tracer.begin` began."""
        ...


class Tracer(Protocol):
    """Who listens."""

    def within(
        self, name: str, attributes: dict[str, Value], *, own: Ids | None, below: Ids | None
    ) -> AbstractContextManager[Span]:
        """Return a span for the length of a block, the parent of those that begin in it.

        `own`: the ids it must have. `below`: the ids of its parent; None: the span we are in.
        """
        ...

    def begin(self, name: str, attributes: dict[str, Value]) -> Span:
        """Begin a span inside the present one that is nobody's parent."""
        ...


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a span as W3C Trace Context has them: 128 and 64 bits, never 0."""

    trace: int
    span: int


def ids_of(conversation_id: str, cid: str) -> Ids:
    """Return the ids of the span of a message; who answers it finds them by the same two."""
    digest = hashlib.sha256(f"{conversation_id}\0{cid}".encode("utf-8", "surrogatepass")).digest()
    return Ids(int.from_bytes(digest[:16], "big") or 1, int.from_bytes(digest[16:24], "big") or 1)


class _Nothing:
    def note(self, **attributes: Value) -> None:
        pass

    def fail(self, code: str) -> None:
        pass

    def end(self) -> None:
        pass


_NOTHING = _Nothing()
_tracer: Tracer | None = None


@contextmanager
def traced_by(tracer: Tracer) -> Iterator[None]:
    """Let `tracer` hear of every span in this process for the length of the block."""
    global _tracer
    before, _tracer = _tracer, tracer
    try:
        yield
    finally:
        _tracer = before


def span(
    name: str,
    *,
    own: tuple[str, str] | None = None,
    below: tuple[str, str] | None = None,
    **attributes: Value,
) -> AbstractContextManager[Span]:
    """Return a span for the length of a block; an exception out of it marks it as failed.

    Args:
        name: What is done, e.g. ``turn``.
        own: A message's conversation and `cid`, of which this span's ids are made.
        below: The same of the message whose span this one belongs below.
        attributes: Ids, codes and numbers.
    """
    if _tracer is None:
        return nullcontext(_NOTHING)
    made = (None if pair is None else ids_of(*pair) for pair in (own, below))
    return _tracer.within(name, attributes, own=next(made), below=next(made))


def begin(name: str, **attributes: Value) -> Span:
    """Begin a span that the caller ends, where a block is none: in a generator."""
    return _NOTHING if _tracer is None else _tracer.begin(name, attributes)
