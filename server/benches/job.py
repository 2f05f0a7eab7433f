"""One engine of a benchmark in a process of its own: the job comes as JSON, the result goes as JSON.

A process of its own makes memory and cold start honest: nothing that another engine has imported is there.
This module imports nothing heavy, or it would be counted to every engine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from foundation.errors import Unavailable

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
) | {"TOKENIZERS_PARALLELISM": "false", "ANONYMIZED_TELEMETRY": "false", "LANGSMITH_TRACING": "false"}

_ENGINES = {
    "publish": "server.benches.ours",
    "serve": "server.benches.ours",
    "langchain": "server.benches.langchain",
    "indexes": "server.benches.indexes",
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
    """

    passages: int
    folder: str
    model_folder: str
    vectors: str
    questions: str
    repeats: tuple[int, int]


def run_apart(engine: str, job: Job) -> dict[str, Any]:
    """Run an engine in a process of its own, on one thread; return what it has measured.

    Raises:
        Unavailable: It could not be run; its last words are in the message.
    """
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "server.benches.job", engine, json.dumps(asdict(job))],
        capture_output=True,
        text=True,
        env=os.environ | _ONE_THREAD,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Unavailable(f"The benchmark's engine {engine!r} stopped: {last}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(engine: str, text: str) -> None:
    """Do a job and print the result."""
    data = json.loads(text)
    job = Job(**{**data, "repeats": tuple(data["repeats"])})
    print(json.dumps(getattr(import_module(_ENGINES[engine]), engine)(job)))


if __name__ == "__main__":
    main(*sys.argv[1:])
