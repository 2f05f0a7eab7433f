"""`okienko bench retrieval`: how long finding takes, by size, beside LangChain's retriever and numpy.

Every engine runs in a process of its own, on one thread, with the same passages, vectors and questions; ours
and LangChain's take turns, ten questions each. Ratios hold on a busy machine, milliseconds do not.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from foundation.errors import Misconfigured
from server.benches.job import Job, run_in_turns
from server.settings import Settings
from server.telling import printer

# Questions are asked twenty first to warm up, then the rest.
_WARM = 20
_REPEATS = (25, 40)

#: Up to so many passages LangChain is measured too: it builds a Chroma index of its own, in minutes above.
RIVAL_UP_TO = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure.

    Attributes:
        sizes: Numbers of passages.
        distinct: How many different questions.
        rival: Whether LangChain is measured too.
        indexes_only: Whether only the vector indexes are.
    """

    sizes: tuple[int, ...]
    distinct: int = 300
    rival: bool = True
    indexes_only: bool = False


def parse_sizes(text: str) -> tuple[int, ...]:
    """Read ``200,1000,10000``.

    Raises:
        Misconfigured: It is no list of numbers from 1 to a million.
    """
    try:
        sizes = tuple(int(part) for part in text.split(","))
    except ValueError:
        sizes = ()
    if not sizes or not all(1 <= size <= 1_000_000 for size in sizes):
        raise Misconfigured(f"--passages {text!r} is no list of sizes: write it like 200,1000,10000.")
    return sizes


def bench_retrieval(settings: Settings, plan: Plan, *, as_json: bool) -> None:
    """Measure and print."""
    measured = measure(settings, plan, Console(stderr=True))
    if as_json:
        print(json.dumps(measured, indent=1))
        return
    console = printer()
    for table in tables(measured):
        console.print(table)
    for line in _ratios(measured):
        console.print(line)


def tables(measured: dict[str, dict[str, Any]]) -> list[Table]:
    """Return what was measured as tables: the engines, our stages, the indexes alone."""
    whole = all("serve" in engines for engines in measured.values())
    return [*([_engines_table(measured), _stages_table(measured)] if whole else []), _indexes_table(measured)]


def measure(settings: Settings, plan: Plan, console: Console) -> dict[str, dict[str, Any]]:
    """Return what each engine has measured, by number of passages and name of the engine."""
    from knowledge.embedding.embedder import Embedder, folder_for
    from server.benches.langchain import HOW_TO, is_installed

    rival = plan.rival and not plan.indexes_only and is_installed()
    if plan.rival and not plan.indexes_only and not rival:
        console.print(f"LangChain is not installed, so it is left out. To compare: {HOW_TO}")
    if rival and max(plan.sizes) > RIVAL_UP_TO:
        console.print(
            f"Above {RIVAL_UP_TO} passages LangChain is left out: its index takes minutes to build."
        )
    model_folder = folder_for(settings.models_dir, settings.embedding_model)
    embedder = Embedder.open(model_folder, settings.embedding_model)
    measured: dict[str, dict[str, Any]] = {}
    with Progress(console=console) as bar, tempfile.TemporaryDirectory(prefix="okienko-bench-") as root:
        for size in plan.sizes:
            steps = steps_for(size, plan, rival=rival)
            base = _prepare(Path(root) / str(size), size, plan, model_folder, embedder, bar)
            task = bar.add_task(f"{size} passages", total=len(steps))
            measured[str(size)] = {}
            for names in steps:
                bar.update(task, description=f"{size} passages: {' and '.join(names)}")
                folders = {name: name if name == "langchain" else "ours" for name in names}
                jobs = {
                    name: replace(base, folder=str(Path(base.folder) / folder))
                    for name, folder in folders.items()
                }
                measured[str(size)] |= run_in_turns(jobs)
                bar.advance(task)
            bar.update(task, description=f"{size} passages")
    return measured


def steps_for(size: int, plan: Plan, *, rival: bool) -> list[tuple[str, ...]]:
    """Return the engines that are run for a size: one after the other, and by turns where there are two."""
    if plan.indexes_only:
        return [("indexes",)]
    asked = ("serve", "langchain") if rival and size <= RIVAL_UP_TO else ("serve",)
    return [("publish",), asked, ("indexes",)]


def _prepare(folder: Path, size: int, plan: Plan, model: Path, embedder: Any, bar: Progress) -> Job:
    """Write the passages' vectors and the questions where the engines find them."""
    import numpy as np

    from server.benches.corpus import questions
    from server.benches.vectors import vectors_of

    folder.mkdir(parents=True)
    task = bar.add_task(f"{size} passages: embedding", total=None)
    vectors = vectors_of(
        size,
        embedder,
        Path(tempfile.gettempdir()),
        lambda done, total: bar.update(task, completed=done, total=total),
    )
    np.save(folder / "vectors.npy", vectors)
    bar.remove_task(task)
    asked = [(q.text, q.language.value) for q in questions(_WARM + plan.distinct, size)]
    (folder / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
    return Job(
        size,
        str(folder),
        str(model),
        str(folder / "vectors.npy"),
        str(folder / "questions.json"),
        _REPEATS,
    )


def _engines_table(measured: dict[str, dict[str, Any]]) -> Table:
    table = Table(title="A question, milliseconds", box=None, title_justify="left")
    for column in ("passages", "engine"):
        table.add_column(column)
    for column in (
        "distinct p50",
        "p95",
        "CPU",
        "repeated p50",
        "p95",
        "CPU",
        "RSS MiB",
        "peak",
        "index s",
        "cold CPU s",
    ):
        table.add_column(column, justify="right")
    for size, engines in measured.items():
        ours = engines["serve"]
        table.add_row(
            size,
            "Okienko",
            *_numbers(ours["distinct"]),
            *_numbers(ours["repeated"]),
            f"{ours['rss_mib']:.0f}",
            f"{ours['peak_mib']:.0f}",
            f"{engines['publish']['seconds']:.1f}",
            f"{ours['cold_cpu_seconds']:.2f}",
        )
        if rival := engines.get("langchain"):
            table.add_row(
                "",
                "LangChain, torch",
                *_numbers(rival["distinct"]),
                *_numbers(rival["repeated"]),
                f"{rival['rss_mib']:.0f}",
                f"{rival['peak_mib']:.0f}",
                f"{rival['index_seconds']:.1f}",
                "",
            )
    return table


def _stages_table(measured: dict[str, dict[str, Any]]) -> Table:
    stages = ("embed", "lexical", "vector", "fuse")
    table = Table(title="Okienko by stage: p50 / p95 / CPU", box=None, title_justify="left")
    table.add_column("passages")
    for stage in (*stages, "all"):
        table.add_column(stage, justify="right")
    for size, engines in measured.items():
        found = engines["serve"]
        parts = [found["stages"][stage] for stage in stages]
        table.add_row(size, *(" / ".join(_numbers(part)) for part in [*parts, found["distinct"]]))
    return table


def _indexes_table(measured: dict[str, dict[str, Any]]) -> Table:
    table = Table(title="200 nearest vectors: p50 / p95 / CPU", box=None, title_justify="left")
    for column in ("passages", "exact numpy", "MiB", "Chroma", "MiB", "build s", "recall@10"):
        table.add_column(column, justify="right")
    for size, engines in measured.items():
        exact, chroma = engines["indexes"]["exact"], engines["indexes"]["chroma"]
        table.add_row(
            size,
            " / ".join(_numbers(exact["search"])),
            f"{exact['mib']:.0f}",
            " / ".join(_numbers(chroma["search"])),
            f"{chroma['mib']:.0f}",
            "" if chroma["build_seconds"] is None else f"{chroma['build_seconds']:.1f}",
            f"{engines['indexes']['recall_at_10']:.3f}",
        )
    return table


def _ratios(measured: dict[str, dict[str, Any]]) -> Sequence[str]:
    """Return how Okienko's times are to LangChain's, in sentences."""
    lines = []
    for size, engines in measured.items():
        if "langchain" not in engines:
            continue
        ours, rival = engines["serve"], engines["langchain"]
        parts = [
            f"{kind} p50 {ours[kind]['p50'] / rival[kind]['p50']:.3f}, CPU "
            f"{ours[kind]['cpu'] / rival[kind]['cpu']:.3f}"
            for kind in ("distinct", "repeated")
        ]
        lines.append(f"{size} passages, Okienko ÷ LangChain: {'; '.join(parts)}")
    return lines


def _numbers(times: dict[str, float]) -> tuple[str, str, str]:
    digits = 2 if times["p50"] < 10 else 1
    return f"{times['p50']:.{digits}f}", f"{times['p95']:.{digits}f}", f"{times['cpu']:.{digits}f}"
