"""What an edit would change, tried on the demo shop's articles by the real search and assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foundation.language import Language
from knowledge.articles import Article
from server import rehearsing
from server.house import House, open_house
from server.rehearsing import Rehearsing
from server.settings import Settings

LOCKER = ("ile czasu paczka czeka w paczkomacie?", Language.PL)
ZIPS = ("czy naprawiacie zamki błyskawiczne w kurtkach?", Language.PL)
THANKS = ("dziękuję", Language.PL)
RETURNS = ("ile mam dni na zwrot?", Language.PL)


@pytest.fixture
async def house(demo_data: Path) -> AsyncIterator[House]:
    async with open_house(Settings(data_dir=demo_data)) as opened:
        yield opened


async def article(house: House, article_id: str) -> Article:
    found = await house.library.article(article_id)
    assert found is not None
    return found.article


async def test_an_edit_is_tried_and_changes_nothing(house: House) -> None:
    locker = await article(house, "pl/paczkomat")
    state, held = house.library.state, house.library.searched_by
    edited = replace(locker, body=locker.body.replace("48", "96"))
    found = await Rehearsing(house)(edited, [LOCKER, RETURNS, THANKS])
    assert found.problem == ""
    (now, after), returns, thanks = found.told
    assert now.outcome == after.outcome == "answered"
    assert "48" in now.answer
    assert "96" in after.answer
    assert after.passage is not None
    assert after.passage.article_id == "pl/paczkomat"
    assert returns[0].answer == returns[1].answer
    assert returns[0].zone == returns[1].zone
    assert thanks[0] == thanks[1]
    assert thanks[0].passage is None
    assert (house.library.state, house.library.searched_by) == (state, held)
    assert await article(house, "pl/paczkomat") == locker
    again = await house.library.retriever.retrieve(LOCKER[0], language=Language.PL)
    assert "48" in again.passages[0].passage.text


async def test_what_is_tried_is_what_comes(house: House) -> None:
    zips = Article(
        "pl/zamki",
        Language.PL,
        "Czy naprawiacie zamki?",
        "Zamki błyskawiczne w kurtkach naprawiamy za 45 zł.",
    )
    questions = [ZIPS, LOCKER, RETURNS]
    tried = await Rehearsing(house)(zips, questions)
    assert tried.told[0][0].outcome == "abstained"
    assert "45 zł" in tried.told[0][1].answer
    await house.library.publish([zips])
    same = await Rehearsing(house)(zips, questions)
    assert [(now.answer, now.zone) for now, _ in same.told] == [
        (after.answer, after.zone) for _, after in tried.told
    ]
    assert [now.answer for now, _ in same.told] == [after.answer for _, after in same.told]


async def test_an_article_that_does_not_hold_today_answers_nothing(house: House) -> None:
    over = replace(await article(house, "pl/paczkomat"), valid_until=date(2020, 1, 1))
    ((now, after),) = (await Rehearsing(house)(over, [LOCKER])).told
    assert now.outcome == "answered"
    assert after.passage is None or after.passage.article_id != "pl/paczkomat"


async def test_what_would_take_too_long_is_not_begun(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    locker = await article(house, "pl/paczkomat")
    long = replace(locker, body="\n\n".join(f"## Część {n}\n\nAkapit." for n in range(300)))
    assert (await Rehearsing(house)(long, [LOCKER])).problem == "too_large"
    monkeypatch.setattr(rehearsing, "SECONDS", -1.0)
    assert (await Rehearsing(house)(locker, [LOCKER])).told == ()
    monkeypatch.setattr(rehearsing, "MAX_PASSAGES", 10)
    assert (await Rehearsing(house)(locker, [LOCKER])).problem == "too_large"


async def test_without_its_model_it_says_so(demo_data: Path, house: House, tmp_path: Path) -> None:
    away = replace(house, settings=Settings(data_dir=demo_data, models_dir=tmp_path / "none"))
    found = await Rehearsing(away)(await article(house, "pl/paczkomat"), [LOCKER])
    assert (found.problem, found.told) == ("unavailable", ())


async def test_only_what_is_new_is_embedded(house: House) -> None:
    from knowledge.embedding.embedder import Embedder, folder_for
    from knowledge.store import vectors

    embedder = Embedder.open(folder_for(house.settings.models_dir, house.library.model))
    async with house.database.reading() as connection:
        stored, _, _ = await vectors.load(connection, embedder.id, embedder.dimensions)
    locker = await article(house, "pl/paczkomat")
    same = rehearsing.edited(stored, locker, embedder)
    assert len(same) == len(stored)
    before = {one.passage.id: one for one in stored}
    assert all(np.array_equal(one.vector, before[one.passage.id].vector) for one in same)
    assert len({one.key for one in same}) == len(same)
