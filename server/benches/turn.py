"""`okienko bench turn`: how long a whole turn takes, and what it adds to a model's time; by passages.

Without a model: from a shopper's message to the reply in the log. With one that streams slowly: from its
first whole line to the sentence at the shopper's socket. Every question is another one, and begins a
conversation.
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

from server.benches.job import Job, run_apart
from server.benches.whole_turns import WARM
from server.settings import Settings
from server.telling import printer

TURN_P95_MS = 60.0
"""Goal for a turn without a model, on two cores."""

ADDED_P50_MS = 20.0
"""Goal for what a turn adds to a model's first sentence."""


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """What to measure.

    Attributes:
        sizes: Numbers of passages.
        questions: So many different ones without a model.
        streamed: So many with one; 0: none.
        delay_ms: How long the model waits before each piece of four characters.
    """

    sizes: tuple[int, ...]
    questions: int = 300
    streamed: int = 100
    delay_ms: float = 10.0


def bench_turn(settings: Settings, plan: TurnPlan, *, as_json: bool) -> None:
    """Measure and print."""
    measured = measure(settings, plan, Console(stderr=True))
    if as_json:
        print(json.dumps(measured))
        return
    console = printer()
    for table in turn_tables(measured):
        console.print(table)
    for line in ratios(measured):
        console.print(line)


def measure(settings: Settings, plan: TurnPlan, console: Console) -> dict[str, dict[str, Any]]:
    """Return what was measured, by number of passages: ``unstreamed`` and, if asked for, ``streamed``."""
    from knowledge.embedding.embedder import Embedder, folder_for

    model_folder = folder_for(settings.models_dir, settings.embedding_model)
    embedder = Embedder.open(model_folder, settings.embedding_model)
    measured: dict[str, dict[str, Any]] = {}
    with Progress(console=console) as bar, tempfile.TemporaryDirectory(prefix="okienko-bench-") as root:
        for size in plan.sizes:
            steps = ["publish", "unstreamed", *(["streamed"] if plan.streamed else [])]
            task = bar.add_task(f"{size} passages: preparing", total=1 + len(steps))
            jobs = _jobs(Path(root) / str(size), size, plan, model_folder, embedder)
            bar.advance(task)
            measured[str(size)] = {}
            for step in steps:
                bar.update(task, description=f"{size} passages: {step}")
                measured[str(size)][step] = run_apart(step, jobs[step])
                bar.advance(task)
            bar.update(task, description=f"{size} passages")
    return measured


def _jobs(folder: Path, size: int, plan: TurnPlan, model: Path, embedder: Any) -> dict[str, Job]:
    """Write vectors and questions where the engines find them; return what each has to do."""
    import numpy as np

    from server.benches.corpus import questions
    from server.benches.vectors import vectors_of

    shop = folder / "shop"
    shop.mkdir(parents=True)
    np.save(folder / "vectors.npy", vectors_of(size, embedder, Path(tempfile.gettempdir())))
    numbers = {"unstreamed": WARM + plan.questions, "streamed": plan.streamed}
    made = questions(max(numbers.values()), size)
    base = Job(size, str(shop), str(model), str(folder / "vectors.npy"), "", delay_ms=plan.delay_ms)
    jobs = {"publish": base}
    for name, number in numbers.items():
        file = folder / f"{name}.json"
        asked = [(question.text, question.language.value) for question in made[:number]]
        file.write_text(json.dumps(asked), encoding="utf-8")
        jobs[name] = replace(base, questions=str(file))
    return jobs


def turn_tables(measured: dict[str, dict[str, Any]]) -> list[Table]:
    """Return what was measured as tables: whole turns, their stages, and with a model."""
    found = [_whole_table(measured), _stages_table(measured)]
    with_model = {size: steps["streamed"] for size, steps in measured.items() if "streamed" in steps}
    return [*found, _model_table(with_model)] if with_model else found


def ratios(measured: dict[str, dict[str, Any]]) -> list[str]:
    """Return how times grow with the number of passages, and whether the goals are met, in sentences."""
    lines = []
    first, *more = measured
    base = measured[first]["unstreamed"]
    for size in more:
        now = measured[size]["unstreamed"]
        parts = [
            f"{name} {now[kind][rank] / base[kind][rank]:.2f}"
            for name, kind, rank in (
                ("p50", "wall", "p50"),
                ("p95", "wall", "p95"),
                ("CPU p50", "cpu", "p50"),
            )
        ]
        lines.append(f"{size} ÷ {first} passages: {', '.join(parts)}")
    for size, steps in measured.items():
        lines.append(_goal(size, "a turn, p95", steps["unstreamed"]["wall"]["p95"], TURN_P95_MS))
        if "streamed" in steps:
            lines.append(_goal(size, "added, p50", steps["streamed"]["added"]["p50"], ADDED_P50_MS))
    return lines


def _goal(size: str, what: str, found: float, goal: float) -> str:
    verdict = "met" if found <= goal else "missed"
    return f"{size} passages, {what}: {found:.1f} ms, goal {goal:.0f} ms: {verdict}"


def _whole_table(measured: dict[str, dict[str, Any]]) -> Table:
    columns = ("wall p50", "p95", "CPU p50", "p95", "answered", "not", "RSS MiB")
    table = _table("A turn without a model, milliseconds", columns)
    for size, steps in measured.items():
        one = steps["unstreamed"]
        answered = one["outcomes"].get("answered", 0)
        table.add_row(
            size,
            *(f"{one[kind][rank]:.1f}" for kind in ("wall", "cpu") for rank in ("p50", "p95")),
            str(answered),
            str(one["wall"]["runs"] - answered),
            f"{one['rss_mib']:.0f}",
        )
    return table


def _stages_table(measured: dict[str, dict[str, Any]]) -> Table:
    names = sorted({name for steps in measured.values() for name in steps["unstreamed"]["stages"]})
    names.sort(key=lambda name: name == "around")
    table = _table("By stage, wall p50 / p95; around: the log, before and after", names)
    for size, steps in measured.items():
        stages = steps["unstreamed"]["stages"]
        cells = (stages.get(name) for name in names)
        table.add_row(size, *(f"{cell['p50']:.1f} / {cell['p95']:.1f}" if cell else "" for cell in cells))
    return table


def _model_table(with_model: dict[str, dict[str, Any]]) -> Table:
    columns = ("before it p50", "p95", "added after p50", "p95", "measured", "asked", "questions")
    table = _table("With a model that streams, milliseconds around it", columns)
    for size, one in with_model.items():
        times = (f"{one[part][rank]:.1f}" for part in ("before", "added") for rank in ("p50", "p95"))
        table.add_row(size, *times, str(one["worded"]), str(one["asked"]), str(one["questions"]))
    return table


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=title, box=None, title_justify="left")
    table.add_column("passages")
    for column in columns:
        table.add_column(column, justify="right")
    return table
