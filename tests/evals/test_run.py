from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from evals.report import RetrievalReport
from evals.run import run_retrieval
from foundation.errors import InvalidInput, Unavailable
from knowledge.embedding.embedder import BUNDLED_MODEL, folder_for, prepare

MODELS = Path(sys.prefix) / "share" / "okienko" / "models"

CORPUS = [
    {
        "id": "k1",
        "title": "",
        "text": "Kubek można zwrócić w ciągu 14 dni.\n\n## Nie nagłówek\n\nDalszy ciąg.",
    },
    {"id": "k2", "title": "Dostawa", "text": "Kurier przyjeżdża następnego dnia i kosztuje 19 zł."},
    {"id": "k 3/ą", "text": "Talerze można myć w zmywarce. " * 150},
]
QUERIES = [
    {"id": "q1", "text": "ile dni na zwrot kubka"},
    {"id": 2, "text": "czy talerz do zmywarki"},
    {"id": "q3", "text": "ile kosztuje kurier"},
]
QRELS = [{"query": "q1", "passage": "k1"}, {"query": 2, "passage": "k 3/ą"}, {"query": "q3", "passage": "k2"}]


def lines(folder: Path, name: str, rows: list[object]) -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def run(folder: Path, **changed: list[object]) -> RetrievalReport:
    tables: dict[str, list[object]] = {
        "corpus": [*CORPUS],
        "queries": [*QUERIES],
        "qrels": [*QRELS],
        **changed,
    }
    corpus, queries, qrels = (lines(folder, f"{name}.jsonl", rows) for name, rows in tables.items())
    prepare(BUNDLED_MODEL, folder_for(MODELS, BUNDLED_MODEL))
    return run_retrieval(
        corpus,
        queries,
        qrels,
        rankings=folder / "rankings.jsonl",
        models_dir=MODELS,
        embedding_model=BUNDLED_MODEL,
    )


def test_every_passage_is_kept_whole_under_its_own_id(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert report.metrics["ndcg@10"] == report.metrics["mrr@10"] == report.metrics["recall@1"] == 1
    assert (report.questions, report.passages) == (3, 3)
    rows = [json.loads(line) for line in (tmp_path / "rankings.jsonl").read_text().splitlines()]
    assert [row["query"] for row in rows] == ["q1", "2", "q3"]
    assert {name for row in rows for name in row["passages"]} == {"k 3/ą", "k1", "k2"}
    for row in rows:
        assert row["scores"] == sorted(row["scores"], reverse=True)
        assert 0 <= row["confidence"] <= 1
    assert json.loads(json.dumps(report.as_json()))["ndcg@10"] == 1
    assert "recall@100" in report.as_table()


@pytest.mark.parametrize(
    ("table", "rows", "message"),
    [
        ("corpus", [*CORPUS, "{broken"], "corpus.jsonl:4: this is not a JSON object"),
        ("corpus", [*CORPUS, CORPUS[0]], "corpus.jsonl:4: the id 'k1' comes twice"),
        ("corpus", [{"id": "k1"}], 'corpus.jsonl:1: "text" is missing'),
        ("corpus", [], "corpus.jsonl: it is empty"),
        ("queries", ["[]"], "queries.jsonl:1: this is not a JSON object"),
        ("queries", [{"id": "q1", "text": " "}], 'queries.jsonl:1: "text" is missing'),
        ("qrels", [{"query": "q9", "passage": "k1"}], "qrels.jsonl:1: there is no query 'q9'"),
        ("qrels", [{"query": "q1", "passage": "k9"}], "qrels.jsonl:1: there is no passage 'k9'"),
        ("qrels", [{"query": "q1", "passage": "k1"}], "no passage is named for the query '2'"),
    ],
)
def test_a_bad_row_is_named_with_its_line(
    tmp_path: Path, table: str, rows: list[object], message: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(tmp_path, **{table: rows})
    assert message in caught.value.message


def test_missing_files_and_models_are_said(tmp_path: Path) -> None:
    missing = tmp_path / "no.jsonl"
    with pytest.raises(InvalidInput, match=r"no\.jsonl: it cannot be opened"):
        run_retrieval(
            missing, missing, missing, rankings=None, models_dir=MODELS, embedding_model=BUNDLED_MODEL
        )
    files = [
        lines(tmp_path, "c", [*CORPUS]),
        lines(tmp_path, "q", [*QUERIES]),
        lines(tmp_path, "r", [*QRELS]),
    ]
    with pytest.raises(Unavailable, match="okienko models prepare"):
        run_retrieval(*files, rankings=None, models_dir=tmp_path, embedding_model=BUNDLED_MODEL)


DATA = Path(os.environ.get("OKIENKO_EVAL_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))


@pytest.mark.parametrize(("name", "least"), [("allegro_faq", 0.64), ("ecommerce_faq_en", 0.86)])
def test_real_questions_reach_the_goal(name: str, least: float) -> None:
    folder = DATA / name
    if not folder.is_dir():
        pytest.skip(f"no evaluation data: set OKIENKO_EVAL_DATA to a folder that holds {name}/")
    prepare(BUNDLED_MODEL, folder_for(MODELS, BUNDLED_MODEL))
    report = run_retrieval(
        folder / "corpus.jsonl",
        folder / "queries.jsonl",
        folder / "qrels.jsonl",
        rankings=None,
        models_dir=MODELS,
        embedding_model=BUNDLED_MODEL,
    )
    assert report.metrics["ndcg@10"] >= least
