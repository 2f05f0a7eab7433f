from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from foundation.errors import Unavailable
from knowledge.index import ChromaIndex

KEYS = [f"pl/a@1#{n}" for n in range(40)]
rng = np.random.default_rng(7)
VECTORS = rng.normal(size=(40, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    opened = ChromaIndex(tmp_path / "index")
    yield opened
    opened.close()


def again(index: ChromaIndex, folder: Path) -> ChromaIndex:
    index.close()
    return ChromaIndex(folder / "index")


def test_another_process_finds_what_one_has_built(index: ChromaIndex, tmp_path: Path) -> None:
    index.rebuild("e", KEYS, VECTORS)
    fresh = again(index, tmp_path)
    assert fresh.agrees_with("e", KEYS, VECTORS)
    assert fresh.search(VECTORS[7], 1)[0][0] == KEYS[7]
    fresh.close()


@pytest.mark.parametrize("pattern", ["*", "*.sqlite3", "*.bin"])
def test_a_ruined_folder_is_noticed_and_built_anew(index: ChromaIndex, tmp_path: Path, pattern: str) -> None:
    index.rebuild("e", KEYS, VECTORS)
    ruined = again(index, tmp_path)
    for file in (tmp_path / "index").rglob(pattern):
        if file.is_file():
            file.write_bytes(b"ruined" * 9)
    # Few vectors live in the write-ahead log alone: then the other files are not missed.
    assert not ruined.agrees_with("e", KEYS, VECTORS) or pattern == "*.bin"
    ruined.rebuild("e", KEYS, VECTORS)
    assert ruined.agrees_with("e", KEYS, VECTORS)
    ruined.close()


def test_a_build_cut_short_leaves_the_old_one(index: ChromaIndex, tmp_path: Path) -> None:
    index.rebuild("e", KEYS, VECTORS)
    (tmp_path / "index" / "build-unfinished").mkdir()
    fresh = again(index, tmp_path)
    assert fresh.agrees_with("e", KEYS, VECTORS)
    fresh.rebuild("e", KEYS, VECTORS)
    assert len([p for p in (tmp_path / "index").iterdir() if p.is_dir()]) == 1
    fresh.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be written"):
        ChromaIndex(tmp_path / "file" / "index").rebuild("e", KEYS, VECTORS)


def test_who_comes_second_gets_an_index_of_its_own(index: ChromaIndex, tmp_path: Path) -> None:
    index.rebuild("e", KEYS, VECTORS)
    second = ChromaIndex(tmp_path / "index")
    assert not second.agrees_with("e", KEYS, VECTORS)
    assert second.examine("e", KEYS, VECTORS)[0]
    assert not second.examine("e", KEYS[1:], VECTORS[1:])[0]
    assert not second.examine("another", KEYS, VECTORS)[0]
    second.rebuild("e", KEYS[:5], VECTORS[:5])
    assert len(second.search(VECTORS[0], 40)) == 5
    second.close()
    assert len(index.search(VECTORS[0], 40)) == 40
    assert index.agrees_with("e", KEYS, VECTORS)
