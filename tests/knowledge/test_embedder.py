from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from foundation.errors import Misconfigured, Unavailable
from foundation.language import Language
from knowledge.analysis.gloss import bundled_glosses
from knowledge.embedding.embedder import BUNDLED_MODEL, Embedder, folder_for, prepare
from knowledge.embedding.export import prefixes_of
from knowledge.passage import VIEW, PassageText

PL, EN = Language.PL, Language.EN


def in_english(*texts: str) -> list[PassageText]:
    return [PassageText(text, EN) for text in texts]


def test_vectors_are_unit_length_in_order_and_independent_of_neighbours(embedder: Embedder) -> None:
    texts = in_english("Where is my parcel?", "Kubek z uchem " * 200, "", "A")
    vectors = embedder.embed(texts)
    assert vectors.shape == (4, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(embedder.embed(texts[::-1])[::-1], vectors)
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_a_question_lies_nearer_to_its_answer(embedder: Embedder) -> None:
    question = embedder.embed_question("How long does shipping take?", EN)
    answer, other = embedder.embed(in_english("Delivery takes two working days.", "Wash the mug by hand."))
    low, high = embedder.cosine_range[Language.EN]
    assert question @ answer > question @ other + (high - low) / 2


def test_the_bundled_model_knows_that_it_does_not_speak_polish(embedder: Embedder) -> None:
    assert embedder.speaks_polish is False
    low, high = embedder.cosine_range[Language.EN]
    assert low < 0.3 < high


def test_polish_lies_where_it_means_word_by_word(embedder: Embedder) -> None:
    assert embedder.reads_polish
    question = embedder.embed_question("kiedy oddacie mi kasę za buty", PL)
    shop = ("Zwrot pieniędzy trafia na konto w ciągu 14 dni.", "Kubek myj ręcznie w ciepłej wodzie.")
    refund, mug = embedder.embed([PassageText(text, PL) for text in shop])
    assert question @ refund > question @ mug + 0.1
    english = embedder.embed(in_english("The refund reaches your account within 14 days."))[0]
    assert question @ english > question @ mug + 0.1
    low, high = embedder.cosine_range[PL]
    raw_low, raw_high = embedder.noted[PL]
    assert high - low > 1.5 * (raw_high - raw_low)


def test_another_list_of_glosses_makes_other_vectors(embedder: Embedder) -> None:
    assert embedder.id.endswith(f"+{bundled_glosses().digest[:8]}")


def test_int8_agrees_with_the_original(embedder: Embedder) -> None:
    meta = json.loads((embedder.folder / "meta.json").read_text())
    assert meta["precision"] == "int8"
    assert meta["agreement"] >= 0.98


def test_progress_counts_every_text(embedder: Embedder) -> None:
    steps: list[int] = []
    embedder.embed(in_english("a", "b", "c"), steps.append)
    assert sum(steps) == 3


def test_the_vector_of_several_views_is_their_middle(embedder: Embedder) -> None:
    views = ["Returns", "Send it back in 14 days."]
    first, second, both = embedder.embed(in_english(*views, VIEW.join(views)))
    middle = (first + second) / np.linalg.norm(first + second)
    np.testing.assert_allclose(both, middle, atol=1e-6)


def test_a_missing_or_damaged_model_says_how_to_mend_it(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(Unavailable, match="okienko models prepare"):
        Embedder.open(tmp_path)
    shutil.copytree(embedder.folder, tmp_path / "copy")
    (tmp_path / "copy" / "model.onnx").write_bytes(b"cut off")
    with pytest.raises(Unavailable, match="okienko models prepare"):
        Embedder.open(tmp_path / "copy")


def test_a_model_that_is_there_is_left_as_it_is(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(embedder.folder, folder)
    before = (folder / "model.onnx").stat().st_mtime_ns
    assert prepare(BUNDLED_MODEL, folder) == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == before


def test_an_unknown_model_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="OKIENKO_EMBEDDING_MODEL"):
        prepare(str(tmp_path / "no-such-model"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_folders_of_different_models_differ(tmp_path: Path) -> None:
    names = [BUNDLED_MODEL, "intfloat/multilingual-e5-base", "intfloat-multilingual-e5-base", "../../etc"]
    folders = {folder_for(tmp_path, name) for name in names}
    assert len(folders) == len(names)
    assert {folder.parent for folder in folders} == {tmp_path}


def test_serving_imports_no_torch(embedder: Embedder) -> None:
    code = (
        "import sys, pathlib; from knowledge.embedding.embedder import Embedder; import knowledge.library;"
        "from foundation.language import Language;"
        "Embedder.open(pathlib.Path(sys.argv[1])).embed_question('x', Language.EN);"
        "print(sorted({'torch', 'sentence_transformers', 'chromadb'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(embedder.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("sdadas/mmlw-e5-large", {"query": "zapytanie: "}, ("zapytanie: ", "")),
        ("all-MiniLM-L6-v2", {}, ("", "")),
        ("some/theme5-base", {}, ("", "")),
        ("/srv/models/multilingual-e5-small/", {}, ("query: ", "passage: ")),
        ("intfloat/e5-base-v2", {}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-base", {"query": "q: ", "passage": "p: "}, ("q: ", "p: ")),
        (
            "intfloat/multilingual-e5-large-instruct",
            {},
            (
                "Instruct: Given a web search query, retrieve relevant passages that answer the query\n"
                "Query: ",
                "",
            ),
        ),
    ],
)
def test_models_get_the_prefixes_they_were_trained_with(
    name: str, prompts: dict[str, str], expected: tuple[str, str]
) -> None:
    assert prefixes_of(name, prompts) == expected
