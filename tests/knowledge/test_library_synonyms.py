"""A shop's own words reach the search that is under way."""

from __future__ import annotations

from pathlib import Path

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.analysis.shop_words import ShopWords
from knowledge.embedding.embedder import Embedder
from knowledge.index import ChromaIndex
from knowledge.library import Library
from tests.knowledge.conftest import POTTERY


async def test_a_shops_words_are_taken_over_when_their_file_changes(
    tmp_path: Path, database: Database, clock: SettableClock, embedder: Embedder
) -> None:
    path = tmp_path / "synonyms.txt"
    index = ChromaIndex(tmp_path / "index")
    library = Library(database, embedder, index, clock, synonyms=ShopWords(path))
    try:
        await library.start()
        await library.publish(POTTERY)
        before = await library.retriever.retrieve("skorupka ile dni", language=Language.PL)
        assert not await library.refresh()
        path.write_text("skorupka kubek\n", encoding="utf-8")
        assert await library.refresh()
        after = await library.retriever.retrieve("skorupka ile dni", language=Language.PL)
        assert library.synonyms.families_of("skorupki", Language.PL)
        assert after.state == before.state
        # What was found before is not answered from memory: other words find other things.
        assert after.confidence > before.confidence
        assert not await library.refresh()
    finally:
        await library.close()
