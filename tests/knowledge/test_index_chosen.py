"""Exact search for few passages, Chroma for many, and the way from one to the other under readers."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import ChosenIndex, ChromaServerIndex, open_index
from tests.knowledge.test_index import KEYS, VECTORS


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChosenIndex]:
    opened = ChosenIndex(tmp_path / "index", exact_up_to=10)
    yield opened
    opened.close()


def serving(index: ChosenIndex) -> str:
    return index.describe().split()[0]


def test_the_number_of_passages_chooses(index: ChosenIndex) -> None:
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    assert index.describe() == "exact search in memory over 10 vectors (Chroma above 10)"
    index.rebuild("e", KEYS[:11], VECTORS[:11])
    assert serving(index) == "Chroma"
    assert index.describe().endswith("over 11 vectors (exact search up to 10)")
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    assert serving(index) == "exact"


def test_chroma_as_it_was_left_is_used_at_the_next_start(tmp_path: Path, index: ChosenIndex) -> None:
    index.rebuild("e", KEYS, VECTORS)
    index.close()
    again = ChosenIndex(tmp_path / "index", exact_up_to=10)
    assert again.agrees_with("e", KEYS, VECTORS)
    assert serving(again) == "Chroma"
    again.close()


def test_growing_moves_to_chroma_at_twice_the_limit_or_when_old_passages_leave(index: ChosenIndex) -> None:
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    index.add(KEYS[10:20], VECTORS[10:20])
    assert serving(index) == "exact"
    index.remove(KEYS[:10])
    assert serving(index) == "exact"
    index.add(KEYS[20:31], VECTORS[20:31])
    assert serving(index) == "Chroma"
    assert index.agrees_with("e", KEYS[10:31], VECTORS[10:31])


def test_removal_that_leaves_more_than_the_limit_moves_to_chroma(index: ChosenIndex) -> None:
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    index.add(KEYS[10:14], VECTORS[10:14])
    index.remove(KEYS[:2])
    assert serving(index) == "Chroma"
    assert index.agrees_with("e", KEYS[2:14], VECTORS[2:14])


def test_a_library_that_shrank_goes_back_at_the_next_check(index: ChosenIndex) -> None:
    index.rebuild("e", KEYS[:20], VECTORS[:20])
    index.remove(KEYS[5:20])
    assert serving(index) == "Chroma"
    assert not index.agrees_with("e", KEYS[:5], VECTORS[:5])
    index.rebuild("e", KEYS[:5], VECTORS[:5])
    assert serving(index) == "exact"


def test_if_chroma_cannot_be_built_exact_search_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = ChosenIndex(tmp_path / "file" / "index", exact_up_to=10)
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    index.add(KEYS[10:], VECTORS[10:])
    assert serving(index) == "exact"
    assert index.search(VECTORS[30], 1)[0][0] == KEYS[30]


def test_readers_see_a_whole_index_while_it_moves_and_is_built_anew(index: ChosenIndex) -> None:
    index.rebuild("e", KEYS[:10], VECTORS[:10])
    moved, wrong = threading.Event(), list[object]()

    def read() -> None:
        row = 0
        while not moved.wait(0.001):  # leaves the writer some time
            row = (row + 1) % 10
            found = index.search(VECTORS[row], 3)
            if len(found) != 3 or found[0][0] != KEYS[row]:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        index.add(KEYS[10:], VECTORS[10:])
        assert serving(index) == "Chroma"
        index.rebuild("e", KEYS, VECTORS)
        index.rebuild("e", KEYS[:10], VECTORS[:10])
        assert serving(index) == "exact"
    finally:
        moved.set()
        for reader in readers:
            reader.join()
    assert not wrong


def test_an_address_of_a_server_chooses_the_server(tmp_path: Path) -> None:
    assert isinstance(open_index(tmp_path, url="http://127.0.0.1:9", shop="s"), ChromaServerIndex)
    assert isinstance(open_index(tmp_path), ChosenIndex)


def test_a_small_shop_never_imports_chroma(tmp_path: Path) -> None:
    code = """
import sys, numpy as np
from pathlib import Path
from knowledge.index import open_index
index = open_index(Path(sys.argv[1]))
vectors = np.eye(4, dtype=np.float32)
assert not index.agrees_with("e", list("abcd"), vectors)
index.rebuild("e", list("abcd"), vectors)
index.add(["e"], vectors[:1])
index.remove(["a"])
assert index.search(vectors[0], 1)[0][0] == "e"
index.close()
print("chromadb" in sys.modules, any(Path(sys.argv[1]).iterdir()))
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
