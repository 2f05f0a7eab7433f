"""One engine of a benchmark in a process of its own: the job comes as JSON, the result goes as JSON.

A process of its own makes memory and cold start honest: nothing that another engine has imported is there.
This module imports nothing heavy, or it would be counted to every engine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from foundation.errors import Unavailable

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
) | {"TOKENIZERS_PARALLELISM": "false", "ANONYMIZED_TELEMETRY": "false", "LANGSMITH_TRACING": "false"}

_TURN = "turn"

_ENGINES = {
    "publish": "server.benches.ours",
    "serve": "server.benches.ours",
    "langchain": "server.benches.langchain",
    "indexes": "server.benches.indexes",
    "unstreamed": "server.benches.whole_turns",
    "streamed": "server.benches.streamed_turns",
}


@dataclass(frozen=True, slots=True)
class Job:
    """What an engine has to do.

    Attributes:
        passages: How many articles' passages are searched.
        folder: Where it may keep what it needs; empty at first, the same for `publish` and `serve`.
        model_folder: Of the exported model.
        vectors: A file of the passages' vectors: float32, (passages, d).
        questions: A file: a list of (text, language), all different.
        repeats: How many questions are asked again, and how often each.
        delay_ms: How long a model waits before each piece of its answer.
    """

    passages: int
    folder: str
    model_folder: str
    vectors: str
    questions: str
    repeats: tuple[int, int] = (1, 1)
    delay_ms: float = 0.0


def run_apart(engine: str, job: Job) -> dict[str, Any]:
    """Run an engine in a process of its own, on one thread; return what it has measured.

    Raises:
        Unavailable: It could not be run; its last words are in the message.
    """
    return run_in_turns({engine: job})[engine]


def run_in_turns(jobs: Mapping[str, Job]) -> dict[str, dict[str, Any]]:
    """Run engines in processes of their own that take turns, so that a busy machine is as busy for each.

    Raises:
        Unavailable: One could not be run; its last words are in the message.
    """
    with ExitStack() as stack:
        running = {name: _Running(name, job, stack) for name, job in jobs.items()}
        # Each gets ready alone; then they ask some questions each, one process at a time.
        for each in running.values():
            each.wait()
        while any(each.result is None for each in running.values()):
            for each in running.values():
                each.take_turn()
        return {name: each.result or {} for name, each in running.items()}


def your_turn() -> None:
    """Say that this engine could go on, and wait until it may."""
    print(_TURN, flush=True)
    sys.stdin.readline()


class _Running:
    """An engine's process, told when it is its turn."""

    def __init__(self, name: str, job: Job, stack: ExitStack) -> None:
        self.name = name
        self.result: dict[str, Any] | None = None
        said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - the stack closes it
        self._said = stack.enter_context(said)
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "server.benches.job", name, json.dumps(asdict(job))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            env=os.environ | _ONE_THREAD,
            cwd=Path(__file__).parents[2],
        )
        stack.callback(self._end)

    def take_turn(self) -> None:
        """Let it go on until it waits again, or has its result."""
        if self.result is None:
            assert self._process.stdin
            with suppress(BrokenPipeError):
                self._process.stdin.write("\n")
                self._process.stdin.flush()
            self.wait()

    def wait(self) -> None:
        """Wait until it waits for its turn, or has its result."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.strip() == _TURN:
                return
            if line.startswith("{"):
                self.result = json.loads(line)
                return
        self._process.wait()
        self._said.seek(0)
        last = (self._said.read().strip().splitlines() or ["it said nothing"])[-1]
        raise Unavailable(f"The benchmark's engine {self.name!r} stopped: {last}")

    def _end(self) -> None:
        if self.result is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(BrokenPipeError):
                pipe.close()
        self._process.wait()


def main(engine: str, text: str) -> None:
    """Do a job and print the result."""
    data = json.loads(text)
    job = Job(**{**data, "repeats": tuple(data["repeats"])})
    print(json.dumps(getattr(import_module(_ENGINES[engine]), engine)(job)))


if __name__ == "__main__":
    main(*sys.argv[1:])
