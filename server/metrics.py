"""What is measured, as Prometheus reads it. The home of prometheus-client.

It is imported when metrics are switched on. Where several processes serve one shop they share a folder of
files, so that whichever of them is asked answers for all; the library chooses that when it is imported.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foundation import measures
from foundation.measures import OTHER, SECONDS

if TYPE_CHECKING:
    from prometheus_client import Metric

PREFIX = "okienko"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_ZEROS = 64
"""A measure of at most so many combinations of labels is there from the start, at zero."""


class Prometheus:
    """Keeps what is measured in this process, and writes it down. A `foundation.measures.Sink`.

    Args:
        shared: The folder that the processes of one server share; None: there is only this one.
    """

    def __init__(self, shared: Path | None = None) -> None:
        if shared is not None:
            # The library looks for it once, when it is imported.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(shared)
        import prometheus_client

        library: Any = prometheus_client
        library.disable_created_metrics()
        self._library, self._shared = library, shared
        self._registry = library.CollectorRegistry()
        self._kept: dict[object, Any] = {}
        library.ProcessCollector(registry=self._registry)
        for measure in measures.declared():
            self._keep(measure)

    def _keep(self, measure: measures.Counter | measures.Gauge | measures.Histogram) -> None:
        name, about, labels = f"{PREFIX}_{measure.name}", measure.about, tuple(measure.labels)
        kept: Any
        if isinstance(measure, measures.Counter):
            kept = self._library.Counter(name, about, labels, registry=self._registry)
        elif isinstance(measure, measures.Gauge):
            kept = self._library.Gauge(name, about, registry=self._registry, multiprocess_mode="livesum")
        else:
            kept = self._library.Histogram(name, about, labels, buckets=SECONDS, registry=self._registry)
        self._kept[measure] = kept
        sets = [tuple(value for value in allowed if value != OTHER) for allowed in measure.labels.values()]
        if labels and prod(map(len, sets)) <= MOST_ZEROS:
            for values in product(*sets):
                kept.labels(*values)

    def add(self, measure: measures.Counter, labels: tuple[str, ...], amount: float) -> None:
        """Count on."""
        kept = self._kept[measure]
        (kept.labels(*labels) if labels else kept).inc(amount)

    def set(self, measure: measures.Gauge, value: float) -> None:
        """Note how many there are now."""
        self._kept[measure].set(value)

    def observe(self, measure: measures.Histogram, labels: tuple[str, ...], value: float) -> None:
        """Note one more duration."""
        kept = self._kept[measure]
        (kept.labels(*labels) if labels else kept).observe(value)

    def text(self, now: Mapping[str, tuple[str, float]]) -> bytes:
        """Return everything, with what was looked up for this answer: name → sentence and value."""
        from prometheus_client.core import GaugeMetricFamily

        class Looked:
            def collect(self) -> Iterable[Metric]:
                for name, (about, value) in now.items():
                    yield GaugeMetricFamily(f"{PREFIX}_{name}", about, value=value)

        looked = self._library.CollectorRegistry()
        looked.register(Looked())
        return bytes(self._library.generate_latest(self._all()) + self._library.generate_latest(looked))

    def _all(self) -> Any:
        if self._shared is None:
            return self._registry
        from prometheus_client import multiprocess

        files: Any = multiprocess

        for pid in _pids(self._shared):
            if not _lives(pid):
                files.mark_process_dead(pid, str(self._shared))
        together = self._library.CollectorRegistry()
        files.MultiProcessCollector(together, path=str(self._shared))
        return together


def shared_folder(data_dir: Path, server: int) -> Path:
    """Return the folder that the processes of a server share, made; those of ended servers are removed.

    Args:
        data_dir: The shop's.
        server: The process number of the one that started them.
    """
    root = data_dir / "metrics"
    folder = root / str(server)
    folder.mkdir(parents=True, exist_ok=True)
    for other in root.iterdir():
        if other.name.isdigit() and not _lives(int(other.name)):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _pids(folder: Path) -> set[int]:
    """Return the processes that left a file of what lives: ``gauge_livesum_4711.db``."""
    numbers = (path.stem.rpartition("_")[2] for path in folder.glob("gauge_live*.db"))
    return {int(number) for number in numbers if number.isdigit()}


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
