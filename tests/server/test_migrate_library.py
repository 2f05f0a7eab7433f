"""A shop from before states were numbered keeps its articles, passages and vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.articles import Reason
from knowledge.index import ExactIndex
from knowledge.library import Library
from knowledge.passage import Passage
from knowledge.split import embedded_text
from knowledge.store.vectors import digest
from server.migrate import MIGRATIONS, migrate
from tests.knowledge.fakes import WordEmbedder

ARTICLE = text(
    "INSERT INTO articles (id, version, language, title, body, tags, questions, source, content_hash, "
    "published_at, retired_at) VALUES (:id, :version, 'pl', :title, :body, '[]', '[]', '', :hash, "
    ":published_at, :retired_at)"
)
PASSAGE = text(
    "INSERT INTO passages (article_id, article_version, number, heading, text, embedded_hash, embedder_id, "
    "vector) VALUES (:id, :version, 1, '', :body, :hash, :embedder_id, :vector)"
)
BEFORE, THEN = "2026-01-01 10:00:00.000000", "2026-02-01 10:00:00.000000"


def up_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def insert(connection: Connection, one: str, version: int, body: str, retired: str | None) -> None:
    from knowledge.articles import Article

    article = Article(one, Language.PL, "Tytuł", body)
    passage = Passage(f"{one}#1", one, version, "Tytuł", "", body, Language.PL)
    embedder = WordEmbedder(edition="old" if retired else "1")
    words = embedded_text(passage)
    row = {
        "id": one,
        "version": version,
        "title": "Tytuł",
        "body": body,
        "published_at": BEFORE if retired else THEN,
        "retired_at": retired,
    }
    connection.execute(ARTICLE, row | {"hash": article.content_hash})
    vector = embedder.embed_question(*words).astype("<f4").tobytes()
    connection.execute(PASSAGE, row | {"hash": digest(words), "embedder_id": embedder.id, "vector": vector})


@pytest.fixture
async def old(tmp_path: Path) -> Database:
    database = Database.in_folder(tmp_path)
    async with database.transaction() as connection:
        await connection.run_sync(up_to, "0004")
        await connection.run_sync(insert, "pl/a", 1, "Dawna treść.", THEN)
        await connection.run_sync(insert, "pl/a", 2, "Nowa treść.", None)
        await connection.run_sync(
            insert, "pl/b", 1, "Nowa treść.", None
        )  # the same words, embedded once more
        await connection.run_sync(insert, "pl/c", 1, "Wycofana treść.", THEN)
    return database


async def test_what_was_published_becomes_state_1(old: Database, clock: SettableClock) -> None:
    await migrate(old)
    embedder = WordEmbedder()
    library = Library(old, embedder, ExactIndex(), clock)
    await library.start()
    assert embedder.embedded == []
    assert [(s.number, s.reason, s.embedder_id) for s in await library.states()] == [
        (1, Reason.PUBLISHED, "words@1")
    ]
    listed = [(row.article.id, row.version, row.article.body, row.state) for row in await library.articles()]
    assert listed == [("pl/a", 2, "Nowa treść.", 1), ("pl/b", 1, "Nowa treść.", 1)]
    assert [row.article.id for row in await library.articles_in(1)] == ["pl/a", "pl/b"]
    assert all(row.confirmed_at == row.published_at for row in await library.articles())
    before = await library.passage("pl/a#1", version=1)
    assert before is not None
    assert before.text == "Dawna treść."
    assert [found.what for found in await library.check() if not found.good] == []
    found = await library.retriever.retrieve("nowa treść", language=Language.PL)
    assert (found.passages[0].passage.article_id, found.state) == ("pl/a", 1)
    restored = await library.restore("pl/c", 1)
    assert (restored.added, restored.state) == (1, 2)
    await library.close()
    await old.close()


async def test_vectors_are_moved_as_they_are(old: Database) -> None:
    await migrate(old)
    async with old.reading() as connection:
        rows = (await connection.execute(text("SELECT embedder_id, vector FROM passage_vectors"))).all()
    assert sorted(row.embedder_id for row in rows) == ["words@1", "words@old", "words@old"]
    for row in rows:
        np.testing.assert_allclose(np.linalg.norm(np.frombuffer(row.vector, dtype="<f4")), 1, atol=1e-5)
    await old.close()


async def test_an_empty_shop_has_no_state_yet(tmp_path: Path, clock: SettableClock) -> None:
    database = Database.in_folder(tmp_path)
    async with database.transaction() as connection:
        await connection.run_sync(up_to, "0004")
    await migrate(database)
    library = Library(database, WordEmbedder(), ExactIndex(), clock)
    await library.start()
    assert (library.state, await library.states()) == (0, [])
    await library.close()
    await database.close()
