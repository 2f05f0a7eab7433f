"""The commands about the life of the library and its models."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.embedding.embedder import BUNDLED_MODEL, folder_for, prepare
from tests.server.inside import command

ZWROTY, DOSTAWA = "pl/zwroty", "pl/dostawa"


def write(folder: Path, returns: str) -> Path:
    place = folder / "articles" / "pl"
    place.mkdir(parents=True, exist_ok=True)
    for name, title, text in (("zwroty", "Zwrot", returns), ("dostawa", "Dostawa", "Kurier kosztuje 19 zł.")):
        (place / f"{name}.md").write_text(f"---\ntitle: {title}\n---\n{text}\n", encoding="utf-8")
    return folder / "articles"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three states: two articles, one of them changed, the other taken back. Not to be written."""
    folder = tmp_path_factory.mktemp("shop")
    for returns in ("Na zwrot masz 14 dni.", "Na zwrot masz 30 dni."):
        said(folder / "data", "knowledge", "add", str(write(folder, returns)))
    said(folder / "data", "knowledge", "remove", DOSTAWA)
    return folder / "data"


@pytest.fixture
def data(shop: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shop, tmp_path / "data"))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The bundled model, and a copy of it under another name."""
    installed = folder_for(Path(sys.prefix) / "share" / "okienko" / "models", BUNDLED_MODEL)
    for name in (BUNDLED_MODEL, "twin"):
        shutil.copytree(prepare(BUNDLED_MODEL, installed), tmp_path / "models" / name)
    meta = tmp_path / "models" / "twin" / "meta.json"
    described = json.loads(meta.read_text(encoding="utf-8"))
    meta.write_text(json.dumps(described | {"model": "twin", "id": "twin@1"}), encoding="utf-8")
    return tmp_path / "models"


def said(data: Path, *words: str, **settings: str) -> str:
    done = command(data, *words, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_history_tells_states_and_versions(shop: Path) -> None:
    states = json.loads(said(shop, "knowledge", "history", "--json"))
    assert [(s["number"], s["reason"], s["came"], s["went"]) for s in states] == [
        (3, "retired", 0, 1),
        (2, "published", 1, 1),
        (1, "published", 2, 0),
    ]
    assert [line.split()[0] for line in said(shop, "knowledge", "history").splitlines()] == [
        "state",
        "3",
        "2",
        "1",
    ]
    versions = json.loads(said(shop, "knowledge", "history", ZWROTY, "--json"))
    assert [(v["version"], v["state"], v["retired_in"]) for v in versions] == [(2, 2, None), (1, 1, 2)]


def test_going_back_to_a_version_and_to_a_state(data: Path) -> None:
    assert "1 changed" in said(data, "knowledge", "restore", ZWROTY, "--version", "1")
    assert "14 dni" in said(data, "ask", "ile dni na zwrot?")
    assert "1 articles brought back" in said(data, "knowledge", "restore", "--state", "2")
    listed = json.loads(said(data, "knowledge", "list", "--json"))
    assert [(row["id"], row["version"], row["state"]) for row in listed] == [(DOSTAWA, 2, 5), (ZWROTY, 4, 5)]
    assert "30 dni" in said(data, "ask", "ile dni na zwrot?")
    assert "Nothing to restore" in said(data, "knowledge", "restore", "--state", "5")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("history", "pl/nic"), "no article 'pl/nic'"),
        (("restore", "pl/nic", "--version", "1"), "no version 1"),
        (("restore", "--state", "9"), "no state 9"),
        (("restore", ZWROTY), "--version"),
    ],
)
def test_what_there_is_not_is_a_sentence(shop: Path, words: tuple[str, ...], sentence: str) -> None:
    done = command(shop, "knowledge", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_check_names_what_is_wrong_and_mends_it(data: Path) -> None:
    assert all(line.startswith("OK") for line in said(data, "knowledge", "check").splitlines())
    with closing(sqlite3.connect(data / "okienko.db")) as file, file:
        file.execute("DELETE FROM passage_vectors")
    done = command(data, "knowledge", "check")
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert "vectors" in wrong[0]
    assert "okienko knowledge check --mend" in done.stdout
    assert all(row["good"] for row in json.loads(said(data, "knowledge", "check", "--mend", "--json")))
    assert "30 dni" in said(data, "ask", "ile dni na zwrot?")


def test_changing_the_model(data: Path, models: Path) -> None:
    place = {"OKIENKO_MODELS_DIR": str(models)}
    used = said(data, "models", "use", "twin", **place)
    assert "The model twin is in use (state 4)" in used
    listed = json.loads(said(data, "models", "list", "--json", **place))
    assert [(row["name"], row["exported"], row["in_use"]) for row in listed] == [
        (BUNDLED_MODEL, True, False),
        ("twin", True, True),
    ]
    for words in (("models", "check"), ("knowledge", "check")):
        assert all(line.startswith("OK") for line in said(data, *words, **place).splitlines())
    assert "30 dni" in said(data, "ask", "ile dni na zwrot?", **place)
    named = place | {"OKIENKO_EMBEDDING_MODEL": BUNDLED_MODEL}
    assert f"okienko models use {BUNDLED_MODEL}" in command(data, "doctor", **named).stdout
    assert "30 dni" in said(data, "ask", "ile dni na zwrot?", **named)
    gone = command(data, "ask", "ile dni na zwrot?")
    assert gone.returncode == 2
    assert "okienko models prepare twin" in gone.stderr


def test_models_are_listed_without_a_shop(tmp_path: Path, models: Path) -> None:
    listed = json.loads(
        said(tmp_path / "none", "models", "list", "--json", OKIENKO_MODELS_DIR=str(models / "none"))
    )
    assert listed == [{"name": BUNDLED_MODEL, "exported": False, "in_use": True}]
    assert not (tmp_path / "none").exists()
    done = command(tmp_path / "none", "models", "check", OKIENKO_MODELS_DIR=str(models / "none"))
    assert done.returncode == 1
    assert f"okienko models prepare {BUNDLED_MODEL}" in done.stdout
