"""Changing the embedding model: whoever asks is answered all the time, by one model or the other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Misconfigured, Unavailable
from foundation.language import Language
from knowledge.articles import Reason
from knowledge.index import ExactIndex, VectorIndex
from knowledge.library import Library
from knowledge.store.switching import switch_model
from knowledge.store.tables import vectors_table
from tests.knowledge.conftest import POTTERY
from tests.knowledge.fakes import WordEmbedder

INVOICE = POTTERY[3]


class Machine:
    """A machine with some models on it. Vectors of different lengths: a mixture of two would raise."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database, self.clock = database, clock
        self.models = {"small": WordEmbedder("small", 24), "large": WordEmbedder("large", 40)}
        self.indexes: list[str] = []

    def open(self, name: str) -> WordEmbedder:
        if name not in self.models:
            raise Unavailable(f"The model {name} is not here.")
        return self.models[name]

    def open_index(self, embedder_id: str) -> VectorIndex:
        self.indexes.append(embedder_id)
        return ExactIndex()

    def library(self) -> Library:
        return Library(
            self.database,
            None,
            None,
            self.clock,
            model="small",
            open_embedder=self.open,
            open_index=self.open_index,
        )


@pytest.fixture
def machine(database: Database, clock: SettableClock) -> Machine:
    return Machine(database, clock)


async def first(library: Library, question: str = "faktura NIP") -> str:
    found = await library.retriever.retrieve(question, language=Language.PL)
    assert "dense" in found.passages[0].signals
    return found.passages[0].passage.article_id


async def kept(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        ids = list(await connection.scalars(select(vectors_table.c.embedder_id)))
    return {one: ids.count(one) for one in ids}


async def test_a_switch_embeds_everything_and_sweeps_the_old_vectors(machine: Machine) -> None:
    library = machine.library()
    await library.publish(POTTERY)
    assert (library.model, await kept(machine.database)) == ("small", {"small@1": 10})
    steps: list[tuple[int, int]] = []
    state = await library.use_embedder(
        machine.open("large"), lambda done, total: steps.append((done, total)), changed_by="Olga"
    )
    assert (state, library.state, library.model, steps) == (2, 2, "large", [(10, 10)])
    assert await kept(machine.database) == {"large@1": 10}
    newest = (await library.states())[0]
    assert (newest.reason, newest.model, newest.changed_by) == (Reason.MODEL, "large", "Olga")
    assert machine.indexes == ["small@1", "large@1"]
    assert await first(library) == "pl/faktura"
    assert all(found.good for found in await library.check())
    assert await library.use_embedder(machine.open("large")) == 2
    await library.close()


async def test_whoever_asks_during_a_switch_is_answered(machine: Machine) -> None:
    library = machine.library()
    await library.publish(POTTERY)
    done = asyncio.Event()
    answers: list[tuple[str, int]] = []
    news: asyncio.Queue[int] = asyncio.Queue()

    async def ask() -> None:
        while not done.is_set():
            question = f"{INVOICE.title} {INVOICE.body} q{len(answers)}q"  # never the same
            found = await library.retriever.retrieve(question, language=Language.PL)
            answers.append((found.passages[0].passage.article_id, found.state))
            assert found.passages[0].signals["dense"] > 0
            news.put_nowait(found.state)

    async def switch() -> None:
        for name in ("large", "small", "large"):
            state = await library.use_embedder(machine.open(name))
            while await news.get() != state:
                pass
        done.set()

    await asyncio.gather(ask(), switch())
    assert {article for article, _ in answers} == {"pl/faktura"}
    assert {state for _, state in answers} == {1, 2, 3, 4}
    assert [state for _, state in answers] == sorted(state for _, state in answers)
    await library.close()


async def test_the_model_before_serves_until_all_is_embedded(machine: Machine) -> None:
    library, loop = machine.library(), asyncio.get_running_loop()
    await library.publish(POTTERY)
    seen: list[tuple[str, int, str]] = []

    def look() -> None:
        article = asyncio.run_coroutine_threadsafe(first(library), loop).result(timeout=60)
        seen.append((library.model, library.state, article))

    machine.models["large"].before = look
    await library.use_embedder(machine.open("large"))
    assert seen == [("small", 1, "pl/faktura")]
    await library.close()


async def test_articles_published_meanwhile_are_embedded_before_the_flip(machine: Machine) -> None:
    library, loop = machine.library(), asyncio.get_running_loop()
    await library.publish(POTTERY)
    fresh = [replace(INVOICE, id=f"pl/nowy-{n}", body=f"Nowy artykuł numer {n}.") for n in range(3)]

    def publish_one() -> None:
        if fresh:
            asyncio.run_coroutine_threadsafe(library.publish([fresh.pop()]), loop).result(timeout=60)

    machine.models["large"].before = publish_one
    assert await library.use_embedder(machine.open("large")) == 5
    assert [state.reason for state in await library.states()] == [Reason.MODEL] + [Reason.PUBLISHED] * 4
    assert await kept(machine.database) == {"large@1": 13}
    assert all(found.good for found in await library.check())
    await library.close()


async def test_another_process_takes_the_new_model_over(machine: Machine) -> None:
    serving = machine.library()
    await serving.publish(POTTERY)
    await switch_model(machine.database, machine.open("large"), machine.clock)
    assert serving.model == "small"
    assert await first(serving) == "pl/faktura"
    assert await serving.refresh()
    assert (serving.model, serving.state) == ("large", 2)
    assert await first(serving) == "pl/faktura"
    assert not await serving.refresh()
    await serving.close()


async def test_who_publishes_with_the_model_before_goes_over_to_the_new_one(machine: Machine) -> None:
    library = machine.library()
    await library.publish(POTTERY)
    await switch_model(machine.database, machine.open("large"), machine.clock)
    done = await library.publish([replace(INVOICE, body="Fakturę z NIP wystawia sprzedawca.")])
    assert (done.state, library.model) == (3, "large")
    assert all(found.good for found in await library.check())
    await library.close()


async def test_a_switch_cut_short_changes_nothing_and_goes_on_where_it_was(machine: Machine) -> None:
    library = machine.library()
    many = [replace(INVOICE, id=f"pl/nr-{n}", body=f"Artykuł {n}.") for n in range(150)]
    await library.publish(many)
    large = machine.models["large"]

    def fail_in_the_second_batch() -> None:
        if large.embedded:
            raise RuntimeError("cut short")

    large.before = fail_in_the_second_batch
    with pytest.raises(RuntimeError, match="cut short"):
        await library.use_embedder(large)
    restarted = machine.library()
    await restarted.start()
    assert (restarted.model, restarted.state) == ("small", 1)
    large.before, before = None, len(large.embedded)
    assert 0 < before < 150
    await restarted.use_embedder(large)
    assert len(large.embedded) == 150
    for one in (library, restarted):
        await one.close()


async def test_a_model_that_is_not_here_leaves_the_one_before_serving(machine: Machine) -> None:
    serving = machine.library()
    await serving.publish(POTTERY)
    await switch_model(machine.database, WordEmbedder("elsewhere", 16), machine.clock)
    with pytest.raises(Unavailable, match="elsewhere"):
        await serving.refresh()
    assert await first(serving) == "pl/faktura"
    restarted = machine.library()
    with pytest.raises(Unavailable, match="elsewhere"):
        await restarted.start()
    machine.models["elsewhere"] = WordEmbedder("elsewhere", 16)
    assert await serving.refresh()
    assert serving.model == "elsewhere"
    for one in (serving, restarted):
        await one.close()


async def test_another_edition_of_the_model_makes_vectors_anew_at_start_only(machine: Machine) -> None:
    library = machine.library()
    await library.publish(POTTERY)
    machine.models["small"] = WordEmbedder("small", 24, edition="2")
    elsewhere = machine.library()
    await elsewhere.start()
    assert (elsewhere.state, await kept(machine.database)) == (2, {"small@2": 10})
    machine.models["small"] = WordEmbedder("small", 24, edition="1")
    with pytest.raises(Unavailable, match="another edition"):
        await library.refresh()
    assert await first(library) == "pl/faktura"
    for one in (library, elsewhere):
        await one.close()


async def test_a_library_for_one_model_cannot_change_it(database: Database, clock: SettableClock) -> None:
    library = Library(database, WordEmbedder(), ExactIndex(), clock)
    with pytest.raises(Misconfigured):
        await library.use_embedder(WordEmbedder("other"))
    await library.close()


async def test_a_model_can_be_chosen_before_anything_is_published(machine: Machine) -> None:
    assert await switch_model(machine.database, machine.open("large"), machine.clock) == 1
    library = machine.library()
    await library.start()
    assert library.model == "large"
    await library.publish(POTTERY)
    assert await first(library) == "pl/faktura"
    await library.close()


async def test_a_model_changed_again_while_it_is_loaded_is_followed(machine: Machine) -> None:
    library, loop = machine.library(), asyncio.get_running_loop()
    await library.publish(POTTERY)
    small, large = machine.models["small"], machine.models["large"]
    await switch_model(machine.database, large, machine.clock)
    plain_open = machine.open

    def open_and_switch_back(name: str) -> WordEmbedder:
        if name == "large":
            back = switch_model(machine.database, small, machine.clock)
            asyncio.run_coroutine_threadsafe(back, loop).result(timeout=60)
        return plain_open(name)

    machine.open = open_and_switch_back  # type: ignore[method-assign]
    overtaken = machine.library()
    await overtaken.start()
    assert (overtaken.model, overtaken.state) == ("small", 3)
    assert await first(overtaken) == "pl/faktura"
    assert await library.refresh()
    assert (library.model, library.state) == ("small", 3)
    for one in (library, overtaken):
        await one.close()


async def test_a_check_that_mends_goes_over_to_this_machines_edition(machine: Machine) -> None:
    library = machine.library()
    await library.publish(POTTERY)
    await library.close()
    machine.models["small"] = WordEmbedder("small", 24, edition="2")
    looking = machine.library()
    assert [found.what for found in await looking.check() if not found.good] == ["vectors", "index"]
    assert all(found.good for found in await looking.check(mend=True))
    assert await kept(machine.database) == {"small@2": 10}
    assert machine.indexes == ["small@1", "small@2"]
    await looking.close()
