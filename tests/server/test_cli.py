"""The commands, as a person types them: what they print, and how they fail."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.server.conftest import okienko
from tests.server.inside import command

ORDERS = """order_number,customer_id,status,placed_at,item_name,quantity,unit_price,total
A-1,c1,shipped,2026-11-10,Buty,1,199.00,199.00
A-2,c1,teleported,2026-11-10,Buty,1,199.00,199.00
"""


def test_the_keys_of_ask_json_are_as_promised(loaded_demo: Path) -> None:
    done = okienko(loaded_demo, "ask", "ile mam dni na zwrot?", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said) == [
        "answer",
        "language",
        "citations",
        "outcome",
        "handoff_reason",
        "confidence",
        "ms",
    ]
    assert (said["language"], said["outcome"], said["handoff_reason"]) == ("pl", "answered", None)
    assert list(said["citations"][0]) == ["passage_id", "article_id", "title", "quote"]
    assert "14 dni" in said["answer"]
    assert said["ms"] > 0


def test_language_can_be_forced(loaded_demo: Path) -> None:
    said = json.loads(command(loaded_demo, "ask", "zwrot", "--language", "en", "--json").stdout)
    assert said["language"] == "en"


def test_a_known_customer_asks_about_an_order(loaded_demo: Path) -> None:
    arguments = ("ask", "gdzie jest moje zamówienie", "--json")
    known = json.loads(command(loaded_demo, *arguments, "--customer", "c-1001").stdout)
    guest = json.loads(command(loaded_demo, *arguments).stdout)
    assert "LS-" in known["answer"]
    assert "LS-" not in guest["answer"]


def test_an_unknown_customer_is_said_in_one_line(loaded_demo: Path) -> None:
    done = okienko(loaded_demo, "ask", "gdzie paczka", "--customer", "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "no customer 'nobody'" in done.stderr


def test_asking_an_empty_shop_says_what_to_do(tmp_path: Path) -> None:
    done = command(tmp_path / "empty", "ask", "hej")
    assert done.returncode == 2
    assert "okienko knowledge add" in done.stderr


def test_a_wrong_setting_stops_before_anything_starts(tmp_path: Path) -> None:
    done = okienko(tmp_path / "data", "serve", OKIENKO_PORT="eighty")
    assert done.returncode == 2
    assert "OKIENKO_PORT" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_busy_port_is_one_line(loaded_demo: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = okienko(loaded_demo, "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"Port {port} is busy" in done.stderr


def test_articles_are_added_and_an_unreadable_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.md").write_text("---\ntitle: Zwroty\nlanguage: pl\n---\nNa zwrot masz 14 dni.\n")
    (folder / "bad.md").write_bytes(b"---\ntitle: [unclosed\n---\nx")
    data = tmp_path / "data"
    done = command(data, "knowledge", "add", str(folder))
    assert done.returncode == 1
    assert "bad.md" in done.stderr
    assert "1 articles added" in done.stdout
    listed = json.loads(command(data, "knowledge", "list", "--json").stdout)
    assert [(row["title"], row["version"], row["language"]) for row in listed] == [("Zwroty", 1, "pl")]
    again = command(data, "knowledge", "add", str(folder / "good.md"))
    assert again.returncode == 0
    assert "1 unchanged" in again.stdout
    unknown = command(data, "knowledge", "remove", "pl/nothing")
    assert (unknown.returncode, "pl/nothing" in unknown.stderr) == (2, True)
    assert command(data, "knowledge", "remove", "pl/good").returncode == 0
    assert json.loads(command(data, "knowledge", "list", "--json").stdout) == []


def test_orders_are_imported_and_a_broken_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS)
    done = okienko(tmp_path / "data", "orders", "import", str(file))
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "1 orders imported" in done.stdout


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    for words in (("orders", "import"), ("knowledge", "add")):
        done = command(tmp_path / "data", *words, str(tmp_path / "nothing.csv"))
        assert done.returncode in (1, 2)
        assert "nothing.csv" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_demo_does_not_mix_with_a_shop(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: A\nlanguage: pl\n---\nTekst artykułu.\n")
    assert command(tmp_path / "data", "knowledge", "add", str(file)).returncode == 0
    done = command(tmp_path / "data", "demo", "load")
    assert done.returncode == 2
    assert "OKIENKO_DATA_DIR" in done.stderr


def test_loading_the_demo_again_changes_nothing(demo_data: Path) -> None:
    done = command(demo_data, "demo", "load")
    assert done.returncode == 0
    assert "(0 new, 0 changed)" in done.stdout


def test_doctor_is_content_with_the_demo_and_not_with_an_empty_shop(
    loaded_demo: Path, tmp_path: Path
) -> None:
    good = command(loaded_demo, "doctor")
    assert good.returncode == 0, good.stdout
    assert "Everything needed works." in good.stdout
    assert "searched by exact search in memory" in good.stdout
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "synonyms.txt").write_text("one\n", encoding="utf-8")
    empty = command(tmp_path / "empty", "doctor")
    assert empty.returncode == 1
    assert "okienko knowledge add" in empty.stdout
    assert "okienko knowledge synonyms check" in empty.stdout
    wrong = command(tmp_path / "empty", "doctor", OKIENKO_PORT="x")
    assert wrong.returncode == 1
    assert "OKIENKO_PORT" in wrong.stdout


def test_doctor_names_a_missing_model(loaded_demo: Path, tmp_path: Path) -> None:
    done = command(loaded_demo, "doctor", OKIENKO_MODELS_DIR=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "okienko models prepare" in done.stdout


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")
    done = command(file, "ask", "hej")
    assert done.returncode == 2
    assert "OKIENKO_DATA_DIR" in done.stderr


def test_a_damaged_database_is_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "okienko.db").write_bytes(b"not a database" * 1000)
    done = command(data, "ask", "hej")
    assert done.returncode == 2
    assert "backup" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "question", ["", "   ", "😀😀", "a" * 10_000, "Wo ist mein Paket? Ich warte schon lange"]
)
def test_odd_questions_get_a_sensible_reply(loaded_demo: Path, question: str) -> None:
    done = command(loaded_demo, "ask", question, "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["answer"]) > 20


def test_evals_leave_the_shop_alone(tmp_path: Path) -> None:
    files = {
        "corpus": [{"id": "p1", "title": "", "text": "Na zwrot masz 14 dni."}],
        "queries": [{"id": "q1", "text": "ile na zwrot"}],
        "qrels": [{"query": "q1", "passage": "p1"}],
    }
    for name, rows in files.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    options = [part for name in files for part in (f"--{name}", str(tmp_path / f"{name}.jsonl"))]
    rankings = tmp_path / "rankings.jsonl"
    done = command(tmp_path / "data", "evals", "retrieval", *options, "--rankings", str(rankings), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ndcg@10"] == 1.0
    (line,) = [json.loads(text) for text in rankings.read_text().splitlines()]
    assert (line["query"], line["passages"]) == ("q1", ["p1"])
    assert set(line) == {"query", "passages", "scores", "confidence"}
    assert not (tmp_path / "data").exists()


def test_products_are_imported_and_a_broken_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("sku,name,price\nA,Buty,199.00\nB,Skarpety,free\n")
    done = okienko(tmp_path / "data", "products", "import", str(file))
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "1 products imported" in done.stdout
