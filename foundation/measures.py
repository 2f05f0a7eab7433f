"""What is measured of a running shop: counters, gauges and histograms that any room reports to. Pure.

Nothing is kept and nothing happens until somebody listens (`reported_to`); `server/metrics.py` does where it
is switched on. The values of a label are a closed set that stands beside the measure, and whatever else is
given counts as ``other``: no text, id or address of a person can become a label.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

OTHER = "other"

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes that durations are counted in."""


class Sink(Protocol):
    """Who listens. `labels` are values in the order of the measure's `labels`."""

    def add(self, measure: Counter, labels: tuple[str, ...], amount: float) -> None:
        """Count on."""
        ...

    def set(self, measure: Gauge, value: float) -> None:
        """Note how many there are now."""
        ...

    def observe(self, measure: Histogram, labels: tuple[str, ...], value: float) -> None:
        """Note one more duration."""
        ...


_sink: Sink | None = None
_declared: list[Counter | Gauge | Histogram] = []


@contextmanager
def reported_to(sink: Sink) -> Iterator[None]:
    """Let `sink` hear of everything in this process for the length of the block."""
    global _sink
    before, _sink = _sink, sink
    try:
        yield
    finally:
        _sink = before


def declared() -> Sequence[Counter | Gauge | Histogram]:
    """Return every measure of the modules that are imported, in no particular order."""
    return tuple(_declared)


class _Measure:
    """A name, a sentence about it, and its labels with their closed sets of values."""

    def __init__(self, name: str, about: str, **labels: Collection[str]) -> None:
        self.name, self.about, self.labels = name, about, labels

    def _values(self, given: dict[str, str]) -> tuple[str, ...]:
        if given.keys() != self.labels.keys():
            raise TypeError(f"{self.name} has the labels {sorted(self.labels)}")
        return tuple(
            value if (value := given[name]) in allowed else OTHER for name, allowed in self.labels.items()
        )


class Counter(_Measure):
    """Something that is counted and never gets less."""

    def __init__(self, name: str, about: str, **labels: Collection[str]) -> None:
        super().__init__(name, about, **labels)
        _declared.append(self)

    def add(self, amount: float = 1, /, **labels: str) -> None:
        """Count one more, or `amount` more; 0 or above."""
        if _sink is not None:
            _sink.add(self, self._values(labels), amount)


class Gauge(_Measure):
    """How many of something there are in this process now."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__(name, about)
        self._now = 0
        _declared.append(self)

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one more for the length of the block."""
        self._change(1)
        try:
            yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        self._now += by
        if _sink is not None:
            _sink.set(self, self._now)


class Histogram(_Measure):
    """Durations in seconds, counted in classes (`SECONDS`)."""

    def __init__(self, name: str, about: str, **labels: Collection[str]) -> None:
        super().__init__(name, about, **labels)
        _declared.append(self)

    def observe(self, seconds: float, /, **labels: str) -> None:
        """Note one duration; below zero, as after a step of the clock, it counts as zero."""
        if _sink is not None:
            _sink.observe(self, self._values(labels), max(0.0, seconds))

    def time(self, **labels: str) -> AbstractContextManager[None]:
        """Note how long the block takes, however it ends."""
        return nullcontext() if _sink is None else self._time(labels)

    @contextmanager
    def _time(self, labels: dict[str, str]) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.observe(time.perf_counter() - started, **labels)
