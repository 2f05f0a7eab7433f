"""How long the stages of a turn take."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from types import TracebackType

from foundation.tracing import Span, span


class Stopwatch:
    """Adds up milliseconds by stage. A stage inside another is not counted to the outer one."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._outer: list[str] = []

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Count the time of a block to `name`."""
        return _Stage(name, self.milliseconds, self._outer)


class _Stage:
    """One block that is timed."""

    __slots__ = ("_milliseconds", "_name", "_outer", "_span", "_started")

    def __init__(self, name: str, milliseconds: dict[str, float], outer: list[str]) -> None:
        self._name, self._milliseconds, self._outer = name, milliseconds, outer
        self._span: AbstractContextManager[Span] = span(name)
        self._started = 0.0

    def __enter__(self) -> None:
        self._started = time.perf_counter()
        self._outer.append(self._name)
        self._span.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._span.__exit__(kind, error, traceback)
        finally:
            name, outer, found = self._name, self._outer, self._milliseconds
            spent = (time.perf_counter() - self._started) * 1000
            outer.pop()
            found[name] = found.get(name, 0.0) + spent
            if outer:
                found[outer[-1]] = found.get(outer[-1], 0.0) - spent
