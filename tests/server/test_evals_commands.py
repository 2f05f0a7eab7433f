"""The commands that measure and fit, on rows of a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.retrieval.calibration import FILE
from tests.server.inside import command

CORPUS = [
    {"id": "p1", "title": "Zwroty", "text": "Na zwrot towaru masz 14 dni od odebrania paczki."},
    {"id": "p2", "title": "Dostawa", "text": "Przesyłka kurierska kosztuje 19 zł i idzie dwa dni."},
    {"id": "p3", "title": "Płatność", "text": "Zapłacić można kartą, przelewem albo BLIK-iem."},
]
OURS = [
    {"id": "1", "text": "ile dni na zwrot towaru"},
    {"id": "2", "text": "ile kosztuje przesyłka kurierska"},
    {"id": "3", "text": "czy można zapłacić kartą"},
]
STRANGE = [
    {"id": "1", "text": "kto wygrał wczoraj mecz", "intent": "sport"},
    {"id": "2", "text": "jak ugotować żurek", "intent": "kuchnia"},
    {"id": "3", "text": "ile kosztuje przesyłka kurierska", "intent": "prawie_nasze"},
]
ARTICLES = {
    "zwroty": ("Na zwrot masz 14 dni.", "do kiedy mogę oddać buty", "ile dni na zwrot", "termin zwrotu"),
    "dostawa": ("Kurier kosztuje 19 zł.", "ile za kuriera", "koszt przesyłki", "cena dostawy kurierem"),
    "platnosc": ("Płacisz kartą albo BLIK-iem.", "czy mogę kartą", "jak zapłacić", "czy macie blik"),
    "faktura": ("Fakturę wystawiamy po podaniu NIP.", "chcę fakturę", "faktura na firmę", "gdzie podać nip"),
    "rozmiary": ("Tabela rozmiarów jest przy butach.", "jaki rozmiar butów", "tabela rozmiarów", "numeracja"),
    "naprawa": ("Naprawa w serwisie trwa tydzień.", "ile trwa naprawa", "serwis butów", "oddać do naprawy"),
    "odbior": ("Odbiór osobisty jest w Krakowie.", "gdzie odebrać osobiście", "odbiór w sklepie", "salon"),
    "konto": ("Konto założysz w koszyku.", "jak założyć konto", "rejestracja konta", "nie mam konta"),
    "rabat": ("Rabat 10% daje newsletter.", "skąd kod rabatowy", "zniżka na start", "kod za newsletter"),
}


def lines(path: Path, rows: list[dict[str, str]]) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(path)


def shelf(folder: Path, phrasings: int) -> str:
    """Write the articles with so many phrasings each; return the folder."""
    place = folder / "articles" / "pl"
    place.mkdir(parents=True)
    for name, (text, *questions) in ARTICLES.items():
        listed = "".join(f"  - {question}\n" for question in questions[:phrasings])
        head = f"title: {text.split()[0]}\nquestions:\n{listed}"
        (place / f"{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
    return str(folder / "articles")


def test_other_topics_are_told_from_ours(tmp_path: Path) -> None:
    files = {"--corpus": CORPUS, "--in-scope": OURS, "--off-topic": STRANGE}
    options = [part for name, rows in files.items() for part in (name, lines(tmp_path / name[2:], rows))]
    (tmp_path / "out.tsv").write_text("# intent\treason\nprawie_nasze\ta shop may be asked this\n")
    data = tmp_path / "data"
    done = command(data, "evals", "offtopic", *options, "--leave-out", str(tmp_path / "out.tsv"), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["answerable_questions"], found["unanswerable_questions"]) == (3, 2)
    assert found["auroc"] == 1
    everything = command(data, "evals", "offtopic", *options)
    table = dict(line.split() for line in everything.stdout.splitlines())
    assert table["unanswerable_questions"] == "3"
    assert float(table["auroc"]) < 1, "one question is in both"
    assert not data.exists()


def test_an_intent_left_out_needs_a_reason(tmp_path: Path) -> None:
    files = {"--corpus": CORPUS, "--in-scope": OURS, "--off-topic": STRANGE}
    options = [part for name, rows in files.items() for part in (name, lines(tmp_path / name[2:], rows))]
    (tmp_path / "out.tsv").write_text("sport\n")
    done = command(tmp_path / "data", "evals", "offtopic", *options, "--leave-out", str(tmp_path / "out.tsv"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "out.tsv:1:" in done.stderr


def test_subjects_are_counted_and_an_unknown_intent_is_named(tmp_path: Path) -> None:
    rows = [
        {"text": "I want to cancel my order", "intent": "cancel_order"},
        {"text": "where is my invoice", "intent": "get_invoice"},
        {"text": "let me speak to a human agent", "intent": "contact_human_agent"},
        {"text": "where is my invoice", "intent": "cancel_order"},
    ]
    file = lines(tmp_path / "messages.jsonl", rows)
    done = command(tmp_path / "data", "evals", "intents", "--messages", file, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["messages"], found["accuracy"], found["balanced_accuracy"]) == (4, 0.75, 0.8333)
    assert found["confusion"]["cancellation"] == {"cancellation": 1, "invoice": 1}
    table = command(tmp_path / "data", "evals", "intents", "--messages", file).stdout
    assert "accuracy 0.7500 over 4 messages" in table
    unknown = lines(tmp_path / "unknown.jsonl", [*rows, {"text": "hi", "intent": "small_talk"}])
    refused = command(tmp_path / "data", "evals", "intents", "--messages", unknown)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "unknown.jsonl:5: the intent 'small_talk'" in refused.stderr


def test_confidence_is_fitted_to_the_shops_phrasings_and_used(tmp_path: Path) -> None:
    data, report = tmp_path / "data", tmp_path / "report"
    assert command(data, "knowledge", "add", shelf(tmp_path, 3)).returncode == 0
    question = ("ask", "ile dni mam na zwrot", "--json")
    before = json.loads(command(data, *question).stdout)
    done = command(data, "evals", "calibrate", "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert f"Kept in {data / FILE}." in done.stdout
    kept = json.loads((data / FILE).read_text(encoding="utf-8"))
    assert kept["fitted_on"]["own phrasings"] >= 40
    assert "AUROC answerable / missing" in (report / "calibration.md").read_text(encoding="utf-8")
    assert (report / "words.svg").read_text(encoding="utf-8").startswith("<svg")
    after = json.loads(command(data, *question).stdout)
    assert after["confidence"] != before["confidence"]


@pytest.mark.parametrize(
    ("phrasings", "says"), [(0, "okienko knowledge add"), (1, "two or more alternative phrasings")]
)
def test_what_cannot_be_fitted_to_is_said(tmp_path: Path, phrasings: int, says: str) -> None:
    if phrasings:
        assert command(tmp_path / "data", "knowledge", "add", shelf(tmp_path, phrasings)).returncode == 0
    done = command(tmp_path / "data", "evals", "calibrate")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert says in done.stderr
    assert not (tmp_path / "data" / FILE).exists()
