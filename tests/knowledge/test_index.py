"""What every index must do, whichever serves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from knowledge.index import ChosenIndex, ChromaIndex, ChromaServerIndex, ExactIndex, VectorIndex
from tests.knowledge.chroma_server import ChromaServer

KEYS = [f"pl/a@1#{n}" for n in range(40)]
rng = np.random.default_rng(7)
VECTORS = rng.normal(size=(40, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(params=["exact", "chroma", "server", "chosen below", "chosen above"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    kinds: dict[str, Callable[[], VectorIndex]] = {
        "exact": ExactIndex,
        "chroma": lambda: ChromaIndex(tmp_path / "index"),
        "server": lambda: ChromaServerIndex(request.getfixturevalue("server").url, tmp_path.name),
        "chosen below": lambda: ChosenIndex(tmp_path / "index"),
        "chosen above": lambda: ChosenIndex(tmp_path / "index", exact_up_to=4),
    }
    with ExitStack() as stack:
        opened = kinds[request.param]()
        stack.callback(opened.close)
        yield opened


def test_what_was_built_is_found_by_cosine(index: VectorIndex) -> None:
    index.rebuild("e", KEYS, VECTORS)
    found = index.search(VECTORS[7], 40)
    assert found[0][0] == "pl/a@1#7"
    assert found[0][1] == pytest.approx(1, abs=1e-4)
    expected = VECTORS @ VECTORS[7]
    assert [key for key, _ in found] == [KEYS[n] for n in np.argsort(-expected)]
    np.testing.assert_allclose([cosine for _, cosine in found], np.sort(expected)[::-1], atol=1e-4)


@pytest.mark.parametrize("k", [0, 1, 5, 39, 40, 400])
def test_no_more_are_returned_than_asked_for_or_there(index: VectorIndex, k: int) -> None:
    index.rebuild("e", KEYS, VECTORS)
    expected = [KEYS[n] for n in np.argsort(-(VECTORS @ VECTORS[3]))[:k]]
    assert [key for key, _ in index.search(VECTORS[3], k)] == expected


def test_agreement_needs_the_same_embedder_keys_and_vectors(index: VectorIndex) -> None:
    assert not index.agrees_with("e", KEYS, VECTORS)
    index.rebuild("e", KEYS, VECTORS)
    assert index.agrees_with("e", KEYS, VECTORS)
    assert index.agrees_with("e", KEYS[::-1], VECTORS[::-1])
    assert not index.agrees_with("another", KEYS, VECTORS)
    assert not index.agrees_with("e", KEYS[1:], VECTORS[1:])
    assert not index.agrees_with("e", ["x", *KEYS[1:]], VECTORS)
    assert not index.agrees_with("e", KEYS, -VECTORS)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    index.rebuild("e", [], VECTORS[:0])
    assert index.agrees_with("e", [], VECTORS[:0])
    assert index.search(VECTORS[0], 3) == []
    index.add(KEYS[:2], VECTORS[:2])
    assert [key for key, _ in index.search(VECTORS[1], 1)] == KEYS[1:2]


def test_added_and_removed_keys(index: VectorIndex) -> None:
    index.rebuild("e", KEYS[:20], VECTORS[:20])
    index.add(KEYS[20:], VECTORS[20:])
    assert index.search(VECTORS[30], 1)[0][0] == KEYS[30]
    index.remove([*KEYS[30:], "unknown"])
    assert index.agrees_with("e", KEYS[:30], VECTORS[:30])
    assert KEYS[30] not in [key for key, _ in index.search(VECTORS[30], 40)]


def test_adding_again_changes_nothing(index: VectorIndex) -> None:
    index.rebuild("e", KEYS[:20], VECTORS[:20])
    index.add(KEYS[10:30], VECTORS[10:30])
    index.add([], VECTORS[:0])
    index.remove([])
    assert index.agrees_with("e", KEYS[:30], VECTORS[:30])


def test_a_new_build_replaces_the_one_before(index: VectorIndex) -> None:
    index.rebuild("e", KEYS[:20], VECTORS[:20])
    index.rebuild("another", KEYS[10:], VECTORS[10:])
    assert index.agrees_with("another", KEYS[10:], VECTORS[10:])
    assert KEYS[0] not in [key for key, _ in index.search(VECTORS[0], 40)]


def test_a_whole_index_asks_for_nothing_and_says_what_it_is(index: VectorIndex) -> None:
    index.rebuild("e", KEYS, VECTORS)
    assert not index.wants_rebuild()
    assert "40 vectors" in index.describe()


def test_what_is_kept_can_be_examined_without_changing_it(index: VectorIndex) -> None:
    index.rebuild("e", KEYS, VECTORS)
    same, says = index.examine("e", KEYS, VECTORS)
    assert (same, bool(says)) == (True, True)
    assert index.agrees_with("e", KEYS, VECTORS)
