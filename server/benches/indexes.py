"""The vector indexes alone, over the same vectors: where do exact search and Chroma take equally long?

Chroma's index of 100 000 vectors takes minutes to build. Where our library has built one already, of the same
vectors, that one is searched.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from foundation.language import Language
from knowledge.embedding.embedder import Embedder
from knowledge.index import ChromaIndex, ExactIndex, VectorIndex
from server.benches.corpus import articles, passages_of
from server.benches.job import Job
from server.benches.ours import CHROMA
from server.benches.timing import resident_mib, timed

_NEIGHBOURS = 200  # as many as the retriever asks for
_QUESTIONS = 300


def indexes(job: Job) -> dict[str, Any]:
    """Fill each index and search it; return times, memory, and how much of the truth Chroma finds.

    `build_seconds` is None where an index was there already.
    """
    embedder = Embedder.open(Path(job.model_folder))
    vectors = np.load(job.vectors)
    questions = json.loads(Path(job.questions).read_text())[:_QUESTIONS]
    asked = [embedder.embed_question(text, Language(code)) for text, code in questions]
    keys = _keys(job.passages)
    kinds: dict[str, Callable[[], VectorIndex]] = {
        "exact": ExactIndex,
        "chroma": lambda: ChromaIndex(Path(job.folder) / CHROMA),
    }
    result: dict[str, Any] = {}
    found: dict[str, list[set[str]]] = {}
    for name, opened in kinds.items():
        before, started = resident_mib(), time.perf_counter()
        index = opened()
        built = None
        if not index.agrees_with(embedder.id, keys, vectors):
            index.rebuild(embedder.id, keys, vectors)
            built = time.perf_counter() - started
        search = partial(index.search, k=_NEIGHBOURS)
        times = timed(search, asked)
        found[name] = [{key for key, _ in index.search(vector, 10)} for vector in asked]
        result[name] = {"search": asdict(times), "build_seconds": built, "mib": resident_mib() - before}
        index.close()
    pairs = zip(found["exact"], found["chroma"], strict=True)
    result["recall_at_10"] = sum(len(a & b) / max(1, len(a)) for a, b in pairs) / len(asked)
    return result


def _keys(passages: int) -> list[str]:
    """Return the keys under which our library has published them, in order."""
    made = passages_of(articles(passages))
    return [f"{p.article_id}@{p.article_version}#{p.id.rpartition('#')[2]}" for p in made]
