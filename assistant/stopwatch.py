"""How long the stages of a turn take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.tracing import span


class Stopwatch:
    """Adds up milliseconds by stage. A stage inside another is not counted to the outer one."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._outer: list[str] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block to `name`."""
        started = time.perf_counter()
        self._outer.append(name)
        try:
            with span(name):
                yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self._outer.pop()
            self.milliseconds[name] = self.milliseconds.get(name, 0.0) + spent
            if self._outer:
                self.milliseconds[self._outer[-1]] = self.milliseconds.get(self._outer[-1], 0.0) - spent
