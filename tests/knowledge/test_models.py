"""A model from its weights to vectors: exported, listed, checked; its prefixes are kept to."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import pytest

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.embedding.bundled import check_weights
from knowledge.embedding.embedder import BUNDLED_MODEL, Embedder, folder_for, prepare
from knowledge.embedding.models import check_bundled, check_export, exported
from knowledge.passage import PassageText
from tests.knowledge.tiny_model import make_model


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def e5(place: Path) -> Path:
    return make_model(place / "weights" / "tiny-e5-small")


@pytest.fixture(scope="module")
def declared(place: Path) -> Path:
    prompts = {"query": "pytanie: ", "document": "tekst: "}
    return make_model(place / "weights" / "tiny-declared", seed=2, prompts=prompts)


@pytest.fixture(scope="module")
def models_dir(place: Path, e5: Path, declared: Path) -> Path:
    folder = place / "exported"
    for model in (e5, declared):
        prepare(str(model), folder_for(folder, str(model)))
    return folder


@pytest.mark.parametrize(
    ("name", "question", "passage"), [("e5", "query: ", "passage: "), ("declared", "pytanie: ", "tekst: ")]
)
def test_prefixes_stand_before_what_is_embedded(
    models_dir: Path, request: pytest.FixtureRequest, name: str, question: str, passage: str
) -> None:
    weights: Path = request.getfixturevalue(name)
    embedder = Embedder.open(folder_for(models_dir, str(weights)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        original = SentenceTransformer(str(weights), device="cpu")
        text = "gdzie jest moja paczka"
        texts = [question + text, passage + text, text]
        wanted = original.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False)
    as_question, as_passage = (
        embedder.embed_question(text, Language.EN),
        embedder.embed([PassageText(text, Language.EN)])[0],
    )
    assert as_question @ wanted[0] > 0.98 > as_question @ wanted[2]
    assert as_passage @ wanted[1] > 0.98 > as_passage @ wanted[2]
    assert as_question @ as_passage < 0.999


def test_models_are_listed_by_name(models_dir: Path, e5: Path, declared: Path) -> None:
    (models_dir / ".half-made").mkdir(exist_ok=True)
    (models_dir / "nothing").mkdir(exist_ok=True)
    found = exported(models_dir)
    assert [model.name for model in found] == sorted([str(e5), str(declared)])
    for model in found:
        assert model.dimensions == 48
        assert model.bytes == (folder_for(models_dir, model.name) / "model.onnx").stat().st_size
        assert model.agreement >= 0.98
        assert model.embedder_id.startswith(f"{model.name}@")
    assert found[0].embedder_id != found[1].embedder_id
    assert exported(models_dir / "missing") == []


def test_a_sound_model_is_clean(models_dir: Path, e5: Path) -> None:
    found = check_export(str(e5), models_dir)
    assert [(one.what, one.good) for one in found] == [("export", True), ("probes", True)]
    assert "SHA-256" in found[0].says


def test_a_model_that_is_not_there_says_how_to_get_it(models_dir: Path) -> None:
    (found,) = check_export("some/model", models_dir)
    assert (found.good, found.mend) == (False, "okienko models prepare some/model")


def copied(models_dir: Path, name: str, into: Path) -> Path:
    return Path(shutil.copytree(folder_for(models_dir, name), folder_for(into, name)))


def test_a_changed_file_is_found_by_its_digest(models_dir: Path, e5: Path, tmp_path: Path) -> None:
    folder = copied(models_dir, str(e5), tmp_path)
    content = bytearray((folder / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / "model.onnx").write_bytes(content)
    assert [one.good for one in check_export(str(e5), tmp_path)] == [False]


def test_a_model_that_embeds_otherwise_than_at_its_export_is_found(
    models_dir: Path, e5: Path, declared: Path, tmp_path: Path
) -> None:
    folder = copied(models_dir, str(e5), tmp_path)
    shutil.copy(folder_for(models_dir, str(declared)) / "model.onnx", folder / "model.onnx")
    meta = json.loads((folder / "meta.json").read_text())
    del meta["sha256"]  # as exported before digests were kept
    meta["bytes"] = (folder / "model.onnx").stat().st_size
    (folder / "meta.json").write_text(json.dumps(meta))
    assert [(one.what, one.good) for one in check_export(str(e5), tmp_path)] == [
        ("export", True),
        ("probes", False),
    ]


def test_the_bundled_weights_are_the_published_ones(tmp_path: Path) -> None:
    assert check_bundled().good
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(Unavailable, match="not the published"):
        check_weights(tmp_path / "model.safetensors")


def test_the_bundled_model_keeps_its_folder(tmp_path: Path) -> None:
    assert folder_for(tmp_path, BUNDLED_MODEL) == tmp_path / BUNDLED_MODEL
