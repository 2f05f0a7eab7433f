"""Every change is a numbered state; any of them can be listed, and gone back to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Conflict, NotFound
from foundation.language import Language
from knowledge.articles import Article, Published, Reason
from knowledge.index import ChromaIndex, ExactIndex
from knowledge.library import Library
from knowledge.store.publishing import Change, Publisher
from knowledge.store.tables import articles_table
from tests.knowledge.conftest import POTTERY
from tests.knowledge.fakes import WordEmbedder

INVOICE = POTTERY[3]


@pytest.fixture
async def library(database: Database, clock: SettableClock) -> AsyncIterator[Library]:
    opened = Library(database, WordEmbedder(), ExactIndex(), clock)
    await opened.publish(POTTERY)
    yield opened
    await opened.close()


async def bodies(library: Library) -> dict[str, str]:
    return {row.article.id: row.article.body for row in await library.articles()}


async def test_states_count_without_holes_and_say_what_happened(
    library: Library, clock: SettableClock
) -> None:
    clock.advance(timedelta(days=1))
    changed = await library.publish([replace(INVOICE, body="Nowa.")], changed_by="Olga")
    assert (changed, changed.state, library.state) == (Published(0, 1, 0, 1), 2, 2)
    same = await library.publish([replace(INVOICE, body="Nowa.")])
    assert (same, same.state) == (Published(0, 0, 1, 0), 2)
    assert await library.retire(["pl/faktura", "pl/unknown"]) == 1
    assert await library.retire(["pl/faktura"]) == 0
    back = await library.restore("pl/faktura", 1, changed_by="Jan")
    assert (back, back.state) == (Published(1, 0, 0, 1), 4)
    listed = [(s.number, s.reason, s.changed_by, s.came, s.went, s.model) for s in await library.states()]
    assert listed == [
        (4, Reason.RESTORED, "Jan", 1, 0, "words"),
        (3, Reason.RETIRED, "", 0, 1, "words"),
        (2, Reason.PUBLISHED, "Olga", 1, 1, "words"),
        (1, Reason.PUBLISHED, "", 7, 0, "words"),
    ]


async def test_an_article_has_its_history(library: Library, clock: SettableClock) -> None:
    clock.advance(timedelta(days=1))
    until = clock.now().date()
    await library.publish([replace(INVOICE, title="Faktury", valid_until=until)], changed_by="Olga")
    await library.retire(["pl/faktura"])
    newest, first = await library.history("pl/faktura")
    assert (newest.version, newest.title, newest.state, newest.retired_in) == (2, "Faktury", 2, 3)
    assert (newest.changed_by, newest.reason, newest.valid_until) == ("Olga", Reason.PUBLISHED, until)
    assert (first.version, first.state, first.retired_in) == (1, 1, 2)
    assert first.published_at == clock.now() - timedelta(days=1)
    assert first.retired_at == newest.published_at == clock.now()
    assert await library.history("pl/unknown") == []


async def test_any_version_can_be_read(library: Library) -> None:
    await library.publish([replace(INVOICE, body="Nowa.")])
    await library.retire(["pl/faktura"])
    assert await library.article("pl/faktura") is None
    assert await library.article("pl/faktura", 3) is None
    old, new = await library.article("pl/faktura", 1), await library.article("pl/faktura", 2)
    assert old is not None
    assert new is not None
    assert (old.article, old.state, old.passages) == (INVOICE, 1, 1)
    assert (new.article.body, new.state) == ("Nowa.", 2)
    assert new.retired_at is not None
    assert [row.article.id for row in await library.articles(retired=True)] == ["pl/faktura"]
    assert [row.version for row in await library.articles(retired=True)] == [2]
    assert len(await library.articles()) == len(POTTERY) - 1


async def test_going_back_to_a_version_is_a_new_one(library: Library) -> None:
    await library.publish([replace(INVOICE, body="Nowa.")])
    assert await library.restore("pl/faktura", 1) == Published(0, 1, 0, 1)
    current = await library.article("pl/faktura")
    assert current is not None
    assert (current.article, current.version, current.state) == (INVOICE, 3, 3)
    assert await library.restore("pl/faktura", 3) == Published(0, 0, 1, 0)
    with pytest.raises(NotFound, match="no version 9"):
        await library.restore("pl/faktura", 9)
    found = await library.retriever.retrieve("faktura NIP", language=Language.PL)
    assert found.passages[0].passage.article_version == 3
    assert found.state == 3


async def test_the_whole_library_goes_back_to_a_state(library: Library) -> None:
    first = await bodies(library)
    await library.publish(
        [replace(INVOICE, body="Nowa."), replace(INVOICE, id="pl/paragon", body="Paragon.")]
    )
    await library.retire(["pl/zwroty", "en/zwroty"])
    third = await bodies(library)
    assert [row.article.body for row in await library.articles_in(1)] == list(first.values())
    assert {row.article.id: row.article.body for row in await library.articles_in(3)} == third
    done = await library.restore_state(1, changed_by="Olga")
    assert (done, done.state) == (Published(2, 1, 4, 4, retired=1), 4)
    assert await bodies(library) == first
    assert await library.restore_state(1) == Published(0, 0, 7, 0)
    await library.restore_state(3)
    assert await bodies(library) == third
    for unknown in (0, -1, 6):
        with pytest.raises(NotFound, match=f"no state {unknown}"):
            await library.restore_state(unknown)


async def test_confirming_says_that_an_article_is_still_true(library: Library, clock: SettableClock) -> None:
    published = clock.now()
    clock.advance(timedelta(days=100))
    await library.confirm("pl/faktura")
    await library.confirm("pl/zwroty", published + timedelta(days=3))
    confirmed = {row.article.id: row.confirmed_at for row in await library.articles()}
    assert confirmed["pl/faktura"] == clock.now()
    assert confirmed["pl/zwroty"] == published + timedelta(days=3)
    assert confirmed["pl/dostawa"] == published
    assert library.state == 1
    assert not await library.refresh()
    clock.advance(timedelta(days=1))
    await library.publish([replace(INVOICE, body="Nowa.")])
    current = await library.article("pl/faktura")
    assert current is not None
    assert current.confirmed_at == clock.now()
    await library.retire(["pl/zwroty"])
    for unknown in ("pl/zwroty", "pl/unknown"):
        with pytest.raises(NotFound):
            await library.confirm(unknown)


async def test_midnight_in_the_shops_zone_changes_what_is_found_without_a_restart(
    library: Library, clock: SettableClock
) -> None:
    today = clock.now().date()
    await library.publish([replace(INVOICE, valid_until=today)])

    async def found() -> bool:
        result = await library.retriever.retrieve("faktura NIP", language=Language.PL, limit=50)
        return any(p.passage.article_id == "pl/faktura" for p in result.passages)

    assert await found()
    clock.advance(timedelta(hours=11, minutes=59))  # 23:59 in Warsaw
    assert await found()
    clock.advance(timedelta(minutes=2))
    assert not await found()


async def test_only_changed_passages_are_embedded(database: Database, clock: SettableClock) -> None:
    embedder = WordEmbedder()
    library = Library(database, embedder, ExactIndex(), clock)
    await library.publish(POTTERY)
    assert len(embedder.embedded) == 10
    embedder.embedded.clear()
    two_parts = POTTERY[0]
    await library.publish([replace(two_parts, body=two_parts.body + "\n- Napisz numer zamówienia.")])
    assert len(embedder.embedded) == 1
    assert "Napisz numer zamówienia" in embedder.embedded[0]
    embedder.embedded.clear()
    await library.retire(["pl/zwroty"])
    await library.restore("pl/zwroty", 1)
    await library.restore_state(2)
    await library.publish([replace(POTTERY[1], valid_until=clock.now().date())])
    again = Library(database, embedder, ExactIndex(), clock)
    await again.start()
    assert embedder.embedded == []
    await library.close()
    await again.close()


async def test_two_publishers_at_once_never_make_one_version_twice(
    tmp_path: Path, database: Database, clock: SettableClock
) -> None:
    second = Database(database.url)
    libraries = [Library(db, WordEmbedder(), ExactIndex(), clock) for db in (database, second)]
    for library in libraries:
        await library.start()

    async def publish(library: Library, who: str) -> list[int]:
        numbers = []
        for turn in range(6):
            done = await library.publish([replace(INVOICE, body=f"Zdanie {turn} od {who}.")])
            numbers.append(done.state)
        return numbers

    one, two = await asyncio.gather(publish(libraries[0], "Olgi"), publish(libraries[1], "Jana"))
    assert sorted(one + two) == list(range(1, 13))
    versions = await libraries[0].history("pl/faktura")
    assert [v.version for v in versions] == list(range(12, 0, -1))
    assert [v.state for v in versions] == list(range(12, 0, -1))
    for library in libraries:
        await library.refresh()
        assert library.state == 12
        assert all(found.good for found in await library.check())
        await library.close()
    await second.close()


async def test_what_was_changed_meanwhile_is_not_published_over(library: Library) -> None:
    with pytest.raises(Conflict, match="'pl/faktura' was changed meanwhile"):
        await library.publish([replace(INVOICE, body="Zdanie Olgi.")], expected={"pl/faktura": 0})
    await library.publish([replace(INVOICE, body="Zdanie Jana.")], expected={"pl/faktura": 1})
    with pytest.raises(Conflict):
        await library.publish([], retire=["pl/faktura"], expected={"pl/faktura": 1})
    assert [v.version for v in await library.history("pl/faktura")] == [2, 1]
    await library.retire(["pl/faktura"])
    await library.publish([INVOICE], expected={"pl/faktura": 0})
    assert library.state == 4


@pytest.mark.parametrize("chroma", [False, True])
async def test_who_asks_while_others_publish_finds_one_whole_state(
    tmp_path: Path, database: Database, clock: SettableClock, chroma: bool
) -> None:
    index = ChromaIndex(tmp_path / "index") if chroma else ExactIndex()
    library = Library(database, WordEmbedder(), index, clock)
    names = [f"pl/kubek-{n}" for n in range(5)]

    async def publish(edition: int) -> None:
        articles = [Article(name, Language.PL, "Kubek", f"Kubek {name} wydanie{edition}.") for name in names]
        await library.publish(articles)

    await publish(1)
    done = asyncio.Event()
    seen: set[int] = set()

    async def ask(who: str) -> None:
        asked = 0
        while not done.is_set():
            asked += 1  # what was asked before would come from memory
            question = f"jaki kubek {who}{asked}{who}"
            found = await library.retriever.retrieve(question, language=Language.PL, limit=20)
            editions = {p.passage.text.split("wydanie")[1] for p in found.passages}
            assert (len(found.passages), editions) == (5, {f"{found.state}."})
            assert {p.passage.article_version for p in found.passages} == {found.state}
            seen.add(found.state)

    async def publish_all() -> None:
        for edition in range(2, 9):
            await publish(edition)
        done.set()

    await asyncio.gather(ask("q"), ask("x"), publish_all())
    assert len(seen) > 1
    await library.close()


async def test_who_comes_second_with_the_same_words_changes_nothing(
    database: Database, clock: SettableClock
) -> None:
    rival = Publisher(database, clock)
    quick = WordEmbedder()
    change = Change((INVOICE,))
    overtaken = asyncio.Event()

    class Slow(WordEmbedder):
        """Lets a rival publish the same article while it embeds."""

        def embed(self, texts, progress=None):  # type: ignore[no-untyped-def]
            if not overtaken.is_set():
                asyncio.run_coroutine_threadsafe(rival.make(change, quick), loop).result(timeout=60)
                overtaken.set()
            return super().embed(texts, progress)

    loop = asyncio.get_running_loop()
    done = await Publisher(database, clock).make(change, Slow())
    assert (done, done.state) == (Published(0, 0, 1, 0), 1)


async def test_an_article_from_before_states_keeps_its_publication_as_confirmation(
    library: Library, database: Database, clock: SettableClock
) -> None:
    async with database.transaction() as connection:
        await connection.execute(update(articles_table).values(confirmed_at=None))
    assert {row.confirmed_at for row in await library.articles()} == {clock.now()}


def test_articles_of_one_content_have_one_hash() -> None:
    here = Article("pl/a", Language.PL, "Tytuł", "Treść", source="a.md")
    assert here.content_hash == replace(here, source="b.md").content_hash
    assert here.content_hash != replace(here, questions=("jak?",)).content_hash
