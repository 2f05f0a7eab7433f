"""Runs evaluations through the real rooms, in a temporary folder: the shop's own data is never touched."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evals.abstention import Abstention
from evals.dataset import CorpusPassage, Dataset, load
from evals.holdout import hold_out
from evals.perturb import Perturbation, perturbed
from evals.report import RetrievalReport
from evals.scorers import mrr_at, ndcg_at, recall_at
from foundation.clock import SystemClock
from foundation.database import Database, metadata
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.analysis.text import detect_language
from knowledge.articles import Article
from knowledge.embedding.embedder import Embedder, folder_for
from knowledge.index import open_index
from knowledge.library import Library
from knowledge.passage import Passage, Retrieval

_DEPTH = 100  # how far a ranking is kept

LibraryFactory = Callable[[Path], Awaitable[Library]]


def run_retrieval(
    corpus: Path,
    queries: Path,
    qrels: Path,
    *,
    rankings: Path | None,
    models_dir: Path,
    embedding_model: str,
    perturb: Perturbation | None = None,
    held_out: float | None = None,
    seed: int = 7,
) -> RetrievalReport:
    """Index a corpus in a temporary folder, ask every question, and score the rankings.

    Args:
        corpus: See `evals.dataset.load`, as `queries` and `qrels`.
        queries: The questions.
        qrels: Which passages answer which question.
        rankings: Where to write one line a question: ``{"query": id, "passages": [ids, best first],
            "scores": […], "confidence": x}``; None for nowhere.
        models_dir: Where exported embedding models live.
        embedding_model: The name of the one to use.
        perturb: What is done to the questions first; None for nothing.
        held_out: The share of the right passages that is taken out (`evals.holdout`); None for none. Ranking
            is then measured on the questions that can still be answered.
        seed: Of the typos, and of what is taken out.

    Raises:
        InvalidInput: A file cannot be used; names it and the line.
        Unavailable: The embedding model is not there.
    """
    dataset = load(corpus, queries, qrels)
    if perturb is not None:
        dataset = replace(dataset, queries=perturbed(dataset.queries, perturb, seed))
    held = hold_out(dataset, held_out, seed) if held_out is not None else None
    task = held.dataset if held else dataset
    with tempfile.TemporaryDirectory(prefix="okienko-evals-") as folder:
        report, answers = asyncio.run(
            evaluate_retrieval(
                task, _opener(models_dir, embedding_model), Path(folder), model=embedding_model
            )
        )
    if rankings is not None:
        _write_rankings(rankings, answers)
    if held is None:
        return report
    there = [answers[key][1] for key in task.queries if key in held.answerable]
    gone = [answers[key][1] for key in task.queries if key in held.unanswerable]
    return replace(report, abstention=Abstention.of(there, gone))


def ask_all(dataset: Dataset, *, models_dir: Path, embedding_model: str) -> dict[str, Retrieval]:
    """Index a corpus in a temporary folder and return what is found for each question, by its id.

    Raises:
        Unavailable: The embedding model is not there.
    """
    with tempfile.TemporaryDirectory(prefix="okienko-evals-") as folder:
        _, answers = asyncio.run(
            evaluate_retrieval(
                dataset, _opener(models_dir, embedding_model), Path(folder), model=embedding_model
            )
        )
    return {key: found for key, (_, found) in answers.items()}


def _opener(models_dir: Path, embedding_model: str) -> LibraryFactory:
    """Return what opens an empty library; the model is opened at once, so that its lack is said first."""
    embedder = Embedder.open(folder_for(models_dir, embedding_model))

    async def open_library(folder: Path) -> Library:
        database = Database.in_folder(folder)
        async with database.transaction() as connection:
            await connection.run_sync(metadata.create_all)
        return Library(database, embedder, open_index(folder / "index"), SystemClock(), splitter=one_passage)

    return open_library


async def evaluate_retrieval(
    dataset: Dataset, open_library: LibraryFactory, folder: Path, *, model: str
) -> tuple[RetrievalReport, dict[str, tuple[list[str], Retrieval]]]:
    """Publish the corpus into a fresh library and ask every question.

    Args:
        dataset: What to ask.
        open_library: Opens an empty library in a folder; it must keep an article as one passage.
        folder: Empty; the caller removes it.
        model: The embedding model's name, for the report.

    Returns:
        The report, and by question the corpus ids, best first, with the retrieval they come from.
    """
    library = await open_library(folder)
    try:
        started = time.perf_counter()
        articles = articles_of(dataset.passages)
        corpus_ids = {a.id: p.id for a, p in zip(articles, dataset.passages, strict=True)}
        await library.start()
        await library.publish(articles)
        prior = Counter(article.language for article in articles).most_common(1)[0][0]
        indexed = time.perf_counter()
        answers: dict[str, tuple[list[str], Retrieval]] = {}
        for key, question in dataset.queries.items():
            language = detect_language(question, prior)
            found = await library.retriever.retrieve(question, language=language, limit=_DEPTH)
            answers[key] = ([corpus_ids[ranked.passage.article_id] for ranked in found.passages], found)
        asked = time.perf_counter()
    finally:
        await library.close()
        await library.database.close()
    report = RetrievalReport(
        metrics=_metrics(dataset, answers),
        questions=len(answers),
        passages=len(articles),
        answerable=sum(found.answerable for _, found in answers.values()) / max(1, len(answers)),
        seconds=asked - indexed,
        indexing_seconds=indexed - started,
        model=model,
    )
    return report, answers


def _metrics(dataset: Dataset, answers: dict[str, tuple[list[str], Retrieval]]) -> dict[str, float]:
    def mean(values: Sequence[float]) -> float:
        return sum(values) / max(1, len(values))

    pairs = [
        (ranked, dataset.relevant[key]) for key, (ranked, _) in answers.items() if dataset.relevant.get(key)
    ]
    metrics = {
        "ndcg@10": mean([ndcg_at(10, ranked, relevant) for ranked, relevant in pairs]),
        "mrr@10": mean([mrr_at(10, ranked, relevant) for ranked, relevant in pairs]),
    }
    for k in (1, 5, 10, 100):
        metrics[f"recall@{k}"] = mean([recall_at(k, ranked, relevant) for ranked, relevant in pairs])
    return metrics


def articles_of(passages: Sequence[CorpusPassage]) -> list[Article]:
    """Return one article a passage, each in the language that most of the corpus seems to be in."""
    counted = Counter(detect_language(f"{p.title}\n{p.text}") for p in passages)
    most = counted.most_common(1)[0][0]
    return [
        Article(
            id=f"corpus/{number}",
            language=_own_language(passage, most),
            title=passage.title,
            body=passage.text,
        )
        for number, passage in enumerate(passages)
    ]


def _own_language(passage: CorpusPassage, most: Language) -> Language:
    """Return the passage's language; one or two foreign words do not make a passage foreign."""
    text = f"{passage.title}\n{passage.text}".strip()
    return detect_language(text, most) if len(text) >= 40 else most


def one_passage(article: Article, version: int) -> list[Passage]:
    """Return an article as the one passage that it is."""
    passage = Passage(
        f"{article.id}#1", article.id, version, article.title, "", article.body, article.language
    )
    return [passage]


def _write_rankings(path: Path, answers: dict[str, tuple[list[str], Retrieval]]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            for key, (ranked, found) in answers.items():
                row = {
                    "query": key,
                    "passages": ranked,
                    "scores": [round(each.score, 6) for each in found.passages],
                    "confidence": round(found.confidence, 4),
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InvalidInput(f"{path}: the rankings cannot be written ({error.strerror}).") from error
