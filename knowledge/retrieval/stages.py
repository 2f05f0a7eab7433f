"""How long the stages of a search take, when somebody asks. Otherwise a stage costs next to nothing.

with measured() as spent:
retriever.search(question, language)
spent.wall_ms["embed"]
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Spent:
    """Milliseconds by stage. A stage inside another is not counted to the outer one.

    Attributes:
        wall_ms: As a clock on the wall shows them.
        cpu_ms: Of all threads of this process.
    """

    def __init__(self) -> None:
        self.wall_ms: dict[str, float] = {}
        self.cpu_ms: dict[str, float] = {}
        self._inner: list[tuple[float, float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block to `name`."""
        wall, cpu = time.perf_counter(), time.process_time()
        self._inner.append((0.0, 0.0))
        try:
            yield
        finally:
            wall, cpu = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
            inner_wall, inner_cpu = self._inner.pop()
            self.wall_ms[name] = self.wall_ms.get(name, 0.0) + wall - inner_wall
            self.cpu_ms[name] = self.cpu_ms.get(name, 0.0) + cpu - inner_cpu
            if self._inner:
                outer_wall, outer_cpu = self._inner[-1]
                self._inner[-1] = outer_wall + wall, outer_cpu + cpu


_watch: ContextVar[Spent | None] = ContextVar("okienko_stages", default=None)


@contextmanager
def measured() -> Iterator[Spent]:
    """Measure the stages of what runs in this block, in this thread."""
    spent = Spent()
    token = _watch.set(spent)
    try:
        yield spent
    finally:
        _watch.reset(token)


def stage(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a stage of that name."""

    def staged(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            spent = _watch.get()
            if spent is None:
                return function(*args, **kwargs)
            with spent.stage(name):
                return function(*args, **kwargs)

        return timed

    return staged
