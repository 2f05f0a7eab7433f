"""The vector indexes alone, over the same vectors: where do exact search and Chroma take equally long?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedding.embedder import Embedder
from knowledge.index import ChromaIndex, ExactIndex, VectorIndex
from server.benches.job import Job
from server.benches.timing import resident_mib, timed

_NEIGHBOURS = 200  # as many as the retriever asks for
_QUESTIONS = 300


def indexes(job: Job) -> dict[str, Any]:
    """Fill each index and search it; return times, memory, and how much of the truth Chroma finds."""
    embedder = Embedder.open(Path(job.model_folder))
    vectors = np.load(job.vectors)
    asked = [
        embedder.embed_question(text) for text, _ in json.loads(Path(job.questions).read_text())[:_QUESTIONS]
    ]
    kinds: dict[str, Callable[[], VectorIndex]] = {
        "exact": ExactIndex,
        "chroma": lambda: ChromaIndex(Path(job.folder) / "chroma"),
    }
    result: dict[str, Any] = {}
    found: dict[str, list[set[str]]] = {}
    for name, opened in kinds.items():
        before, started = resident_mib(), time.perf_counter()
        index = opened()
        index.rebuild(embedder.id, [str(row) for row in range(len(vectors))], vectors)
        built = time.perf_counter() - started
        search = partial(index.search, k=_NEIGHBOURS)
        times = timed(search, asked)
        found[name] = [{key for key, _ in index.search(vector, 10)} for vector in asked]
        result[name] = {"search": asdict(times), "build_seconds": built, "mib": resident_mib() - before}
        index.close()
    pairs = zip(found["exact"], found["chroma"], strict=True)
    result["recall_at_10"] = sum(len(a & b) / max(1, len(a)) for a, b in pairs) / len(asked)
    return result
