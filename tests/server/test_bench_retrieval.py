"""The benchmark of retrieval: its corpus, its processes, what it prints. Its times are nobody's promise."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foundation.errors import Misconfigured, Unavailable
from foundation.language import Language
from knowledge.embedding.embedder import BUNDLED_MODEL, folder_for, prepare
from knowledge.passage import PassageText
from server.benches.corpus import articles, passages_of, questions
from server.benches.job import Job, run_apart
from server.benches.ours import STAGES
from server.benches.retrieval import RIVAL_UP_TO, Plan, parse_sizes, steps_for, tables
from server.benches.timing import Times, timed
from server.benches.vectors import Given, Vectors, texts_of, vectors_of
from server.settings import load_settings


@pytest.mark.parametrize("number", [1, 2, 29, 150])
def test_there_are_exactly_so_many_passages_and_fewer_are_their_beginning(number: int) -> None:
    texts = texts_of(number)
    assert len(texts) == len(set(texts)) == number
    assert texts == texts_of(151)[:number]


def test_articles_are_in_both_languages_and_name_what_no_other_does() -> None:
    made = articles(400)
    assert {article.language for article in made} == set(Language)
    assert len({article.id for article in made}) == len(made)
    words = [len({word for text in texts_of(size) for word in text.views.split()}) for size in (100, 400)]
    assert words[1] > 1.5 * words[0]


def test_questions_are_different_and_always_the_same() -> None:
    asked = questions(300, 100)
    assert asked == questions(300, 100)
    assert len({question.text for question in asked}) == 300
    assert {question.language for question in asked} == set(Language)


class CountingEmbedder:
    """Vectors by the letters of a text."""

    id = "letters"
    dimensions = 64
    speaks_polish = False
    reads_polish = True
    cosine_range = dict.fromkeys(Language, (0.0, 0.6))

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None) -> Vectors:
        rng = np.random.default_rng(len(texts))
        self.embedded += len(texts)
        vectors = rng.normal(size=(len(texts), 64)).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_vectors_are_embedded_once_and_those_beyond_are_made_up(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    first = vectors_of(300, embedder, tmp_path, embedded=40)
    assert embedder.embedded == 40
    np.testing.assert_array_equal(vectors_of(300, embedder, tmp_path, embedded=40), first)
    assert embedder.embedded == 40
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert len(np.unique(first, axis=0)) == 300


def test_given_vectors_are_those_of_the_texts() -> None:
    vectors = np.eye(3, dtype=np.float32)
    a, b, c = (PassageText(each, Language.PL) for each in "abc")
    given = Given(CountingEmbedder(), [a, b, c], vectors)  # type: ignore[arg-type]
    np.testing.assert_array_equal(given.embed([c, a]), vectors[[2, 0]])


@pytest.mark.parametrize("text", ["", "many", "10,,20", "0", "10,-1", "2000000"])
def test_sizes_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="200,1000,10000"):
        parse_sizes(text)


def test_sizes_are_written_with_commas() -> None:
    assert parse_sizes("200, 1000,100000") == (200, 1000, 100_000)


def test_percentiles_are_of_the_nearest_rank() -> None:
    times = Times.of(range(1, 101), [2.0, 4.0])
    assert (times.p50, times.p95, times.cpu, times.runs) == (51, 96, 3, 100)
    assert timed(lambda number: sum(range(number)), [10, 20, 30]).runs == 3


def test_what_stops_an_engine_is_said(tmp_path: Path) -> None:
    job = Job(5, str(tmp_path), str(tmp_path / "no model"), "", "", (1, 1))
    with pytest.raises(Unavailable, match=r"'serve' stopped: .*missing or damaged"):
        run_apart("serve", job)


def test_every_engine_of_ours_measures_what_is_printed(tmp_path: Path) -> None:
    model = prepare(BUNDLED_MODEL, folder_for(load_settings().models_dir, BUNDLED_MODEL))
    size = 40
    np.save(tmp_path / "vectors.npy", _unit(size, 384))
    asked = [(question.text, question.language.value) for question in questions(30, size)]
    (tmp_path / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
    measured: dict[str, Any] = {}
    for engine in ("publish", "serve", "indexes"):
        folder = tmp_path / ("indexes" if engine == "indexes" else "ours")
        paths = (str(folder), str(model), str(tmp_path / "vectors.npy"), str(tmp_path / "questions.json"))
        measured[engine] = run_apart(engine, Job(size, *paths, (5, 2)))
    found = measured["serve"]
    assert measured["publish"]["passages"] == size
    assert found["searched_by"].startswith("exact search in memory over 40 vectors")
    assert found["distinct"]["runs"] == found["repeated"]["runs"] == 10
    assert set(found["stages"]) == set(STAGES)
    assert found["stages"]["embed"]["cpu"] > 0
    assert sum(stage["cpu"] for stage in found["stages"].values()) <= found["distinct"]["cpu"] * 1.01
    assert found["repeated"]["cpu"] < found["distinct"]["cpu"]
    assert measured["indexes"]["recall_at_10"] > 0.95
    assert len(tables({str(size): measured})) == 3
    # An index that is there already is not built once more.
    assert measured["indexes"]["chroma"]["build_seconds"] > 0
    measured["indexes"] = run_apart("indexes", Job(size, *paths, (5, 2)))
    assert measured["indexes"]["chroma"]["build_seconds"] is None
    assert measured["indexes"]["recall_at_10"] > 0.95
    assert len(tables({str(size): measured})) == 3


def test_langchain_is_left_out_where_its_index_takes_minutes() -> None:
    plan = Plan((1,))
    assert ("serve", "langchain") in steps_for(RIVAL_UP_TO, plan, rival=True)
    above = steps_for(RIVAL_UP_TO + 1, plan, rival=True)
    assert above == steps_for(1, plan, rival=False) == [("publish",), ("serve",), ("indexes",)]
    assert steps_for(1, Plan((1,), indexes_only=True), rival=False) == [("indexes",)]


def _unit(number: int, dimensions: int) -> Vectors:
    vectors = np.random.default_rng(1).normal(size=(number, dimensions)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_passages_of_articles_are_those_that_are_published() -> None:
    made = articles(30)
    assert [passage.article_id for passage in passages_of(made)][-1] == made[-1].id
