"""Okienko's own knowledge room in a benchmark: published into SQLite, then opened by a fresh process."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from foundation.clock import SystemClock
from foundation.database import Database
from foundation.language import Language
from knowledge.embedding.embedder import Embedder
from knowledge.index import open_index
from knowledge.library import Library, PassageEmbedder
from knowledge.retrieval.stages import Spent, measured
from knowledge.store.kept_texts import FILE as TEXTS_FILE
from knowledge.store.kept_texts import KeptTexts
from server.benches.job import Job, your_turn
from server.benches.timing import Times, peak_mib, resident_mib, timed

#: Where in the job's folder Chroma's index is, once there is one.
CHROMA = "chroma"

STAGES = ("embed", "lexical", "vector", "fuse")
_FIRST = ("Ile mam dni na zwrot?", Language.PL)


def publish(job: Job) -> dict[str, Any]:
    """Publish the articles, whose vectors are given; return seconds and the peak of memory."""
    return asyncio.run(_publish(job))


def serve(job: Job) -> dict[str, Any]:
    """Open the published library and ask; return cold start, times by stage and memory."""
    return asyncio.run(_serve(job))


def _library(job: Job, database: Database, embedder: PassageEmbedder) -> Library:
    folder = Path(job.folder)
    texts = KeptTexts(folder / TEXTS_FILE)
    return Library(database, embedder, open_index(folder / CHROMA), SystemClock(), texts=texts)


async def _publish(job: Job) -> dict[str, Any]:
    import numpy as np

    from server.benches.corpus import articles
    from server.benches.vectors import Given, texts_of
    from server.migrate import migrate

    embedder = Given(
        Embedder.open(Path(job.model_folder)), texts_of(job.passages), np.load(job.vectors, mmap_mode="r")
    )
    made = articles(job.passages)
    database = Database.in_folder(Path(job.folder))
    await migrate(database)
    library = _library(job, database, embedder)
    await library.start()
    wall, cpu = time.perf_counter(), time.process_time()
    done = await library.publish(made)
    spent = {"seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}
    peak = peak_mib()
    await library.close()
    # The first start builds what later ones find, such as Chroma's index: a cold start is one of those.
    first = _library(job, database, embedder)
    await first.start()
    await first.close()
    await database.close()
    return {**spent, "passages": done.passages, "peak_mib": peak}


async def _serve(job: Job) -> dict[str, Any]:
    started = time.perf_counter()
    database = Database.in_folder(Path(job.folder))
    embedder = Embedder.open(Path(job.model_folder))
    library = _library(job, database, embedder)
    await library.start()
    await library.retriever.retrieve(_FIRST[0], language=_FIRST[1])
    # All the processor time of this process, from its first instruction: imports are part of a cold start.
    cold = {"cold_cpu_seconds": time.process_time(), "cold_seconds": time.perf_counter() - started}
    cold_mib = resident_mib()
    asked = _questions(job)
    watched: list[Spent] = []

    def ask(question: tuple[str, Language]) -> None:
        with measured() as spent:
            library.retriever.search(*question)
        watched.append(spent)

    warm, fresh = asked[:20], asked[20:]
    timed(ask, warm)
    watched.clear()
    distinct = timed(ask, fresh, wait=your_turn)
    stages = {name: asdict(_stage(watched, name)) for name in STAGES}
    some, often = job.repeats
    again = fresh[-some:] * often
    repeated = timed(lambda question: library.retriever.search(*question), again)
    result = {
        **cold,
        "searched_by": library.searched_by,
        "distinct": asdict(distinct),
        "stages": stages,
        "repeated": asdict(repeated),
        "cold_rss_mib": cold_mib,
        "rss_mib": resident_mib(),
        "peak_mib": peak_mib(),
    }
    await library.close()
    await database.close()
    return result


def _questions(job: Job) -> list[tuple[str, Language]]:
    written = json.loads(Path(job.questions).read_text(encoding="utf-8"))
    return [(text, Language(code)) for text, code in written]


def _stage(watched: list[Spent], name: str) -> Times:
    walls = [spent.wall_ms.get(name, 0.0) for spent in watched]
    return Times.of(walls, [spent.cpu_ms.get(name, 0.0) for spent in watched])
