"""How often something was timed, and how long it took: wall and processor milliseconds, memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

#: So many questions an engine answers before it is the other one's turn.
CHUNK = 10


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of many runs.

    Attributes:
        p50: Half took no longer; by the clock on the wall.
        p95: 95 of 100 took no longer.
        cpu: Mean of the processor time of all threads.
        runs: How many there were.
    """

    p50: float
    p95: float
    cpu: float
    runs: int

    @classmethod
    def of(cls, wall_ms: Iterable[float], cpu_ms: Iterable[float]) -> Times:
        """Return the summary; there must be one run at least."""
        walls, cpus = sorted(wall_ms), list(cpu_ms)
        return cls(_rank(walls, 0.5), _rank(walls, 0.95), sum(cpus) / len(cpus), len(walls))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Times:
        """Read what `dataclasses.asdict` has written."""
        return cls(data["p50"], data["p95"], data["cpu"], data["runs"])


def timed(
    act: Callable[[T], object], inputs: Iterable[T], *, wait: Callable[[], None] = lambda: None
) -> Times:
    """Run `act` on each input; `wait` is called before every `CHUNK` of them, for a rival's turn."""
    walls, cpus = [], []
    for number, each in enumerate(inputs):
        if number % CHUNK == 0:
            wait()
        wall, cpu = time.perf_counter(), time.process_time()
        act(each)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return Times.of(walls, cpus)


def resident_mib() -> float:
    """Return the memory of this process now, in MiB. Source: proc(5)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def peak_mib() -> float:
    """Return the most memory that this process ever had, in MiB. Source: getrusage(2), in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _rank(ordered: list[float], share: float) -> float:
    """Return the nearest-rank percentile."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
