"""Questions in one language, articles in the other only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.articles import Article, StoredPassage
from knowledge.index import ChromaIndex
from knowledge.library import Library
from knowledge.passage import PassageText, Zone
from knowledge.retrieval.abroad import likeness, phrased_in, twin
from knowledge.split import split
from tests.knowledge.conftest import POTTERY, OpenLibrary, article

PL, EN = Language.PL, Language.EN
ENGLISH = [a for a in POTTERY if a.language is EN]
POLISH = [a for a in POTTERY if a.language is PL]


@pytest.fixture
async def english_shop(open_library: OpenLibrary) -> Library:
    library = await open_library()
    await library.publish(ENGLISH)
    return library


@pytest.fixture
async def polish_shop(open_library: OpenLibrary) -> Library:
    library = await open_library()
    await library.publish(POLISH)
    return library


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Ile mam dni na zwrot?", "en/zwroty"),
        ("do kiedy moge oddac rzecz, ile dni", "en/zwroty"),
        ("ile kosztuje dostawa", "en/dostawa"),
        ("koszt przesylki", "en/dostawa"),
    ],
)
async def test_a_polish_question_finds_an_english_article(
    english_shop: Library, question: str, expected: str
) -> None:
    found = await english_shop.retriever.retrieve(question, language=PL)
    assert found.passages[0].passage.article_id == expected
    assert found.zone is Zone.ANSWER
    assert (found.language, found.question) == (PL, question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many days do I have to return it", "pl/zwroty"),
        ("how much is delivery", "pl/dostawa"),
        ("I need a VAT invoice", "pl/faktura"),
    ],
)
async def test_an_english_question_finds_a_polish_article(
    polish_shop: Library, question: str, expected: str
) -> None:
    found = await polish_shop.retriever.retrieve(question, language=EN)
    assert found.passages[0].passage.article_id == expected
    assert found.zone is Zone.ANSWER


@pytest.mark.parametrize(
    "question", ["jaka jest stolica Australii", "kto wygrał wczoraj mecz", "kto napisał Lalkę"]
)
async def test_trivia_stays_unknown_in_an_english_shop(english_shop: Library, question: str) -> None:
    found = await english_shop.retriever.retrieve(question, language=PL)
    assert found.zone is Zone.UNKNOWN


async def test_with_both_languages_the_own_one_leads(library: Library) -> None:
    for one in POTTERY:
        found = await library.retriever.retrieve(one.title, language=one.language)
        assert found.passages[0].passage.article_id == one.id


async def test_polish_phrasings_of_an_english_article_find_it(open_library: OpenLibrary) -> None:
    library = await open_library()
    care = article(
        "szkliwo",
        "Glaze and food",
        "The glaze is lead-free and meets food contact rules.",
        "czy szkliwo ma ołów",
        "is the glaze lead-free",
        language=EN,
    )
    await library.publish([*POLISH, care])
    found = await library.retriever.retrieve("czy szkliwo ma olow", language=PL)
    assert found.passages[0].passage.article_id == "en/szkliwo"
    assert found.passages[0].passage.language is EN
    assert found.zone is Zone.ANSWER
    scores = [each.score for each in found.passages]
    assert scores == sorted(scores, reverse=True)


def passages_of(one: Article) -> list[StoredPassage]:
    return [StoredPassage(p, None, None, "", "", np.zeros(1, np.float32)) for p in split(one, 1)]


def test_an_article_that_exists_in_both_languages_needs_no_stand_in() -> None:
    english = article("dostawa", "Delivery", "Two days.", "kiedy dojdzie paczka", language=EN)
    polish = article("dostawa", "Dostawa", "Dwa dni.")
    assert [s.passage.text for s in phrased_in(PL, passages_of(english))] == ["kiedy dojdzie paczka"]
    assert phrased_in(PL, passages_of(english) + passages_of(polish)) == []
    assert phrased_in(EN, passages_of(english)) == []


def test_a_twin_has_the_other_languages_prefix() -> None:
    passage = split(article("dostawa", "Dostawa", "Dwa dni."), 1)[0]
    assert twin(passage) == "en/dostawa"


def test_likeness_is_of_letters() -> None:
    assert likeness("czy szkliwo ma olow", "Czy szkliwo ma ołów?") == 1.0
    assert likeness("czy szkliwo ma ołów", "ile trwa dostawa") < 0.2
    assert likeness("", "") == 0.0


class Reader:
    """An embedder that reads both languages: of each text only whether it is about lead."""

    id = "reader"
    dimensions = 2
    speaks_polish = reads_polish = True
    cosine_range: ClassVar[Mapping[Language, tuple[float, float]]] = dict.fromkeys(Language, (0.1, 0.9))

    def embed_question(self, text: str, language: Language) -> NDArray[np.float32]:
        """Return one of two directions."""
        lead = "ołów" in text.lower() or "lead-free" in text.lower()
        return np.array([1, 0] if lead else [0, 1], dtype=np.float32)

    def embed(
        self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages like questions."""
        return np.stack([self.embed_question(*text) for text in texts])


async def test_a_model_that_reads_both_languages_needs_no_pairs(
    tmp_path: Path, database: Database, clock: SettableClock
) -> None:
    glaze = article("szkliwo", "Glaze", "Our glaze is lead-free.", language=EN)
    library = Library(database, Reader(), ChromaIndex(tmp_path / "index"), clock)
    try:
        await library.start()
        await library.publish([glaze, *(a for a in POLISH if a.id != "pl/pielegnacja")])
        found = await library.retriever.retrieve("czy polewa zawiera ołów", language=PL, limit=9)
        english = next(each for each in found.passages if each.passage.language is EN)
        assert english.passage.article_id == "en/szkliwo"
        assert max(each.score for each in found.passages) == found.passages[0].score
        assert found.passages[0].passage.article_id == "en/szkliwo"
    finally:
        await library.close()
