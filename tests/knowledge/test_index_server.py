"""A Chroma server that comes and goes, and that several processes share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.embedding.embedder import Embedder
from knowledge.index import ChromaServerIndex
from knowledge.library import Library
from tests.knowledge.chroma_server import ChromaServer
from tests.knowledge.conftest import POTTERY
from tests.knowledge.test_index import KEYS, VECTORS


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    owned = ChromaServer(tmp_path / "server")
    owned.start()
    yield owned
    owned.stop()


class Processes:
    """Opens the index as each process of a shop would."""

    def __init__(self, server: ChromaServer) -> None:
        self.server = server
        self.opened: list[ChromaServerIndex] = []

    def one(self, shop: str = "shop") -> ChromaServerIndex:
        self.opened.append(ChromaServerIndex(self.server.url, shop, rest_seconds=0))
        return self.opened[-1]

    def collections(self) -> int:
        client = self.opened[0]._client(10)
        try:
            return len(client.list_collections())
        finally:
            for half in (client, client._admin_client):
                half._server._session.close()


@pytest.fixture
def processes(server: ChromaServer) -> Iterator[Processes]:
    opened = Processes(server)
    yield opened
    for index in opened.opened:
        index.close()


def nearest(index: ChromaServerIndex, row: int) -> str:
    return index.search(VECTORS[row], 1)[0][0]


def test_two_processes_share_one_index(processes: Processes) -> None:
    first, second = processes.one(), processes.one()
    first.rebuild("e", KEYS[:20], VECTORS[:20])
    assert second.agrees_with("e", KEYS[:20], VECTORS[:20])
    first.add(KEYS[20:], VECTORS[20:])
    second.add(KEYS[20:], VECTORS[20:])
    assert nearest(second, 30) == KEYS[30]
    second.remove(KEYS[:10])
    first.remove(KEYS[:10])
    assert first.agrees_with("e", KEYS[10:], VECTORS[10:])


def test_a_new_build_is_followed_by_the_other_process_and_leaves_no_old_one(processes: Processes) -> None:
    first, second = processes.one(), processes.one()
    first.rebuild("e", KEYS[:20], VECTORS[:20])
    assert second.agrees_with("e", KEYS[:20], VECTORS[:20])
    for _ in range(3):
        first.rebuild("e", KEYS, VECTORS)
    assert nearest(second, 30) == KEYS[30]
    second.add(["new"], VECTORS[:1])
    assert first.agrees_with("e", [*KEYS, "new"], np.concatenate([VECTORS, VECTORS[:1]]))
    assert processes.collections() == 2


def test_shops_and_models_do_not_meet(processes: Processes) -> None:
    first, other, moved = processes.one(), processes.one("other"), processes.one()
    first.rebuild("e", KEYS[:20], VECTORS[:20])
    other.rebuild("e", KEYS[20:], VECTORS[20:])
    moved.rebuild("f", KEYS[30:], VECTORS[30:])
    assert first.agrees_with("e", KEYS[:20], VECTORS[:20])
    assert other.agrees_with("e", KEYS[20:], VECTORS[20:])
    assert moved.agrees_with("f", KEYS[30:], VECTORS[30:])


def test_a_server_out_of_reach_is_unavailable_and_used_again_when_it_is_back(processes: Processes) -> None:
    index = processes.one()
    index.rebuild("e", KEYS, VECTORS)
    processes.server.stop()
    with pytest.raises(Unavailable, match="out of reach"):
        index.search(VECTORS[0], 3)
    with pytest.raises(Unavailable, match="OKIENKO_CHROMA_URL"):
        index.describe()
    assert not index.wants_rebuild()
    processes.server.start()
    assert nearest(index, 7) == KEYS[7]
    assert not index.wants_rebuild()


def test_what_a_server_out_of_reach_has_missed_is_asked_for_when_it_is_back(processes: Processes) -> None:
    index = processes.one()
    index.rebuild("e", KEYS[:20], VECTORS[:20])
    processes.server.stop()
    with pytest.raises(Unavailable):
        index.add(KEYS[20:], VECTORS[20:])
    index.rebuild("e", KEYS, VECTORS)
    assert not index.wants_rebuild()
    processes.server.start()
    assert index.wants_rebuild()
    index.rebuild("e", KEYS, VECTORS)
    assert not index.wants_rebuild()
    assert nearest(index, 30) == KEYS[30]


def test_a_server_that_lost_everything_is_filled_again(processes: Processes) -> None:
    index = processes.one()
    index.rebuild("e", KEYS, VECTORS)
    processes.server.forget()
    processes.server.start()
    with pytest.raises(Unavailable, match="lost"):
        index.search(VECTORS[0], 3)
    assert index.wants_rebuild()
    index.rebuild("e", KEYS, VECTORS)
    assert nearest(index, 30) == KEYS[30]


def test_after_a_failure_the_server_is_left_alone_for_a_while(server: ChromaServer) -> None:
    now = [0.0]
    index = ChromaServerIndex(server.url, "shop", rest_seconds=5, monotonic=lambda: now[0])
    index.rebuild("e", KEYS, VECTORS)
    server.stop()
    with pytest.raises(Unavailable, match="out of reach"):
        index.search(VECTORS[0], 1)
    server.start()
    with pytest.raises(Unavailable, match="a moment ago"):
        index.search(VECTORS[0], 1)
    now[0] = 6
    assert nearest(index, 7) == KEYS[7]
    index.close()


def test_what_is_no_chroma_server_is_said(tmp_path: Path) -> None:
    index = ChromaServerIndex("http://127.0.0.1:9", "shop")
    assert not index.agrees_with("e", KEYS, VECTORS)
    with pytest.raises(Unavailable, match="out of reach"):
        index.search(VECTORS[0], 1)


async def test_a_library_answers_by_words_until_its_server_is_back(
    database: Database, clock: SettableClock, embedder: Embedder, processes: Processes
) -> None:
    processes.server.stop()
    library = Library(database, embedder, processes.one(), clock)
    await library.publish(POTTERY)
    found = await library.retriever.retrieve("ile dni na zwrot", language=Language.PL)
    assert found.passages[0].passage.article_id == "pl/zwroty"
    assert "dense" not in found.passages[0].signals or not found.passages[0].signals["dense"]
    assert not await library.refresh()
    processes.server.start()
    assert await library.refresh()
    assert "vectors (OKIENKO_CHROMA_URL)" in library.searched_by
    found = await library.retriever.retrieve("can I send the mug back", language=Language.EN)
    assert found.passages[0].signals["dense"] > 0
    assert not await library.refresh()
    await library.close()
