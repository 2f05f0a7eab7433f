from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import update

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import InvalidInput, Unavailable
from foundation.language import Language
from knowledge.articles import Published
from knowledge.embedding.embedder import Embedder
from knowledge.index import ChromaIndex
from knowledge.library import Library
from knowledge.store.tables import states_table, vectors_table
from tests.knowledge.conftest import POTTERY, OpenLibrary


async def first(library: Library, question: str, language: Language = Language.PL) -> str:
    found = await library.retriever.retrieve(question, language=language)
    return found.passages[0].passage.text if found.passages else ""


async def test_publishing_counts_what_is_new_changed_and_the_same(library: Library) -> None:
    changed = replace(POTTERY[3], body="Fakturę wystawiamy w KSeF.")
    fresh = replace(POTTERY[3], id="pl/paragon", title="Paragon", body="Paragon wysyłamy e-mailem.")
    assert await library.publish(POTTERY) == Published(0, 0, len(POTTERY), 0)
    assert await library.publish([POTTERY[0], changed, fresh]) == Published(1, 1, 1, 2)
    listed = {p.article.id: p for p in await library.articles()}
    assert len(listed) == len(POTTERY) + 1
    assert listed["pl/faktura"].version == 2
    assert listed["pl/faktura"].article == changed
    assert listed["pl/zwroty"].version == 1
    assert listed["pl/zwroty"].passages == 2
    assert list(listed) == sorted(listed)


async def test_a_changed_article_answers_at_once_and_the_old_words_are_gone(library: Library) -> None:
    assert await first(library, "faktura nip") == "Fakturę wystawiamy po podaniu numeru NIP w koszyku."
    await library.publish([replace(POTTERY[3], body="Fakturę wyślemy, gdy napiszesz do nas NIP.")])
    assert await first(library, "faktura nip") == "Fakturę wyślemy, gdy napiszesz do nas NIP."
    found = await library.retriever.retrieve("faktura", language=Language.PL, limit=50)
    assert [p.passage.article_version for p in found.passages if p.passage.article_id == "pl/faktura"] == [2]


async def test_only_texts_that_were_never_embedded_are_embedded(library: Library, embedder: Embedder) -> None:
    steps: list[tuple[int, int]] = []
    longer = replace(POTTERY[1], body=POTTERY[1].body + "\n\n## Za granicę\n\nWysyłamy do Czech za 39 zł.")
    await library.publish([longer], lambda done, total: steps.append((done, total)))
    assert steps == [(1, 1)]


async def test_removed_articles_are_not_found_and_come_back_as_a_new_version(library: Library) -> None:
    assert await library.remove(["pl/faktura", "pl/unknown"]) == 1
    assert await library.remove(["pl/faktura"]) == 0
    found = await library.retriever.retrieve("faktura nip", language=Language.PL, limit=50)
    assert all(p.passage.article_id != "pl/faktura" for p in found.passages)
    assert await library.publish([POTTERY[3]]) == Published(1, 0, 0, 1)
    assert {p.article.id: p.version for p in await library.articles()}["pl/faktura"] == 2


async def test_old_versions_of_a_passage_stay_readable(library: Library) -> None:
    await library.publish([replace(POTTERY[3], body="Nowa treść.")])
    current = await library.passage("pl/faktura#1")
    before = await library.passage("pl/faktura#1", version=1)
    assert current is not None
    assert (current.text, current.article_version) == ("Nowa treść.", 2)
    assert before is not None
    assert before.text == POTTERY[3].body


@pytest.mark.parametrize("unknown", ["", "x", "pl/faktura", "pl/faktura#9", "pl/faktura#²", "#1", "pl/x#1"])
async def test_an_unknown_passage_is_none(library: Library, unknown: str) -> None:
    assert await library.passage(unknown) is None


async def test_an_id_twice_is_refused_and_nothing_changes(library: Library) -> None:
    with pytest.raises(InvalidInput, match="pl/zwroty"):
        await library.publish([POTTERY[0], replace(POTTERY[0], title="Inny")])
    assert len(await library.articles()) == len(POTTERY)


async def test_a_restart_finds_everything_again(library: Library, open_library: OpenLibrary) -> None:
    await library.close()
    restarted = await open_library()
    assert await first(restarted, "ile dni na zwrot") == await_text(POTTERY[0].body)


def await_text(body: str) -> str:
    return body.split("\n")[0]


async def test_a_ruined_index_is_rebuilt_at_start(
    library: Library, open_library: OpenLibrary, tmp_path: Path
) -> None:
    await library.close()
    for file in (tmp_path / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"ruined")
    restarted = await open_library()
    found = await restarted.retriever.retrieve("how do I wash plates", language=Language.EN)
    assert found.passages[0].passage.article_id == "en/pielegnacja"
    assert found.passages[0].signals["dense"] > 0.5


async def test_vectors_of_another_model_are_made_anew_at_start(
    library: Library, open_library: OpenLibrary, database: Database
) -> None:
    await library.close()
    async with database.transaction() as connection:
        ruined = np.zeros(5, dtype="<f4").tobytes()
        await connection.execute(update(vectors_table).values(embedder_id="old@1", vector=ruined))
        await connection.execute(update(states_table).values(embedder_id="old@1"))
    restarted = await open_library()
    found = await restarted.retriever.retrieve("how do I wash plates", language=Language.EN)
    assert found.passages[0].signals["dense"] > 0.5


async def test_articles_count_only_on_their_days(library: Library, clock: SettableClock) -> None:
    today = clock.now().date()
    holiday = replace(
        POTTERY[0],
        id="pl/swieta",
        title="Zwrot prezentów świątecznych",
        body="Prezenty można oddać do końca stycznia.",
        valid_from=today + timedelta(days=2),
        valid_until=today + timedelta(days=4),
    )
    await library.publish([holiday])
    seen = []
    for _ in range(6):
        found = await library.retriever.retrieve("zwrot prezentów", language=Language.PL, limit=50)
        seen.append(any(p.passage.article_id == "pl/swieta" for p in found.passages))
        clock.advance(timedelta(days=1))
    assert seen == [False, False, True, True, True, False]


async def test_a_day_begins_in_the_shops_zone(library: Library, clock: SettableClock) -> None:
    day = clock.now().date() + timedelta(days=1)
    await library.publish([replace(POTTERY[3], valid_from=day)])
    clock.advance(timedelta(hours=11, minutes=30))  # 23:30 in Warsaw is 22:30 UTC
    assert await first(library, "faktura nip") != POTTERY[3].body
    clock.advance(timedelta(hours=1))  # 00:30 in Warsaw, the day before in UTC
    assert await first(library, "faktura nip") == POTTERY[3].body


class FailingIndex:
    """Holds nothing and fails on every search."""

    def __init__(self) -> None:
        self.rebuilt: list[Sequence[str]] = []

    def agrees_with(self, embedder_id: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> bool:
        return False

    def rebuild(self, embedder_id: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self.rebuilt.append(keys)

    def add(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        raise OSError("disk gone")

    def remove(self, keys: Sequence[str]) -> None:
        raise AssertionError("nothing was added")

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        raise Unavailable("gone")

    def wants_rebuild(self) -> bool:
        return False

    def examine(
        self, embedder_id: str, keys: Sequence[str], vectors: NDArray[np.float32]
    ) -> tuple[bool, str]:
        return False, "nothing"

    def describe(self) -> str:
        return "nothing"

    def close(self) -> None:
        pass


async def test_without_its_index_the_library_answers_by_words(
    database: Database, embedder: Embedder, clock: SettableClock
) -> None:
    index = FailingIndex()
    library = Library(database, embedder, index, clock)
    await library.publish(POTTERY)
    found = await library.retriever.retrieve("ile dni na zwrot", language=Language.PL)
    assert found.passages[0].passage.article_id == "pl/zwroty"
    assert found.answerable
    found = await library.retriever.retrieve("how many days to return an item", language=Language.EN)
    assert found.passages[0].passage.article_id == "en/zwroty"
    assert found.answerable
    assert [len(keys) for keys in index.rebuilt] == [0, 10]
    await library.close()


async def test_what_another_process_publishes_is_taken_over(
    library: Library, database: Database, embedder: Embedder, clock: SettableClock, tmp_path: Path
) -> None:
    other = Library(database, embedder, ChromaIndex(tmp_path / "another-index"), clock)
    await other.start()
    assert not await library.refresh()
    clock.advance(timedelta(seconds=1))
    await other.publish([replace(POTTERY[3], body="Fakturę wyślemy, gdy napiszesz do nas NIP.")])
    assert await library.refresh()
    assert await first(library, "faktura nip") == "Fakturę wyślemy, gdy napiszesz do nas NIP."
    await other.remove(["pl/faktura"])
    assert await library.refresh()
    assert not await library.refresh()
    found = await library.retriever.retrieve("faktura nip", language=Language.PL, limit=50)
    assert all(p.passage.article_id != "pl/faktura" for p in found.passages)
    await other.close()
