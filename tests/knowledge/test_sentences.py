"""Vectors of sentences: what is embedded, what is kept, and how near a question is to each."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.articles import Article
from knowledge.index.exact import ExactIndex
from knowledge.library import Library
from knowledge.passage import Passage
from knowledge.retrieval.sentences import sentence_text
from knowledge.store.kept_sentences import FILE, KeptSentences

from .fakes import WordEmbedder

PL, EN = Language.PL, Language.EN


def parts(text: str) -> list[str]:
    return text.split(" | ")


def passage(text: str, heading: str = "Godziny", language: Language = PL) -> Passage:
    return Passage("pl/a#1", "pl/a", 1, "Kontakt", heading, text, language)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


def test_a_sentence_is_embedded_after_the_heading_above_it() -> None:
    assert sentence_text(passage("x", "Biuro › Godziny"), "Od dziewiątej.") == ("Godziny. Od dziewiątej.", PL)
    assert sentence_text(passage("x", ""), "Od dziewiątej.").views == "Kontakt. Od dziewiątej."


def test_of_a_passage_s_sentences_the_one_that_says_what_is_asked_is_nearest(path: Path) -> None:
    embedder = WordEmbedder()
    one, other = passage("biuro działa rano | kurier jedzie jutro"), passage("nic tu nie ma", language=EN)
    vectors = KeptSentences(path, parts).of([one], embedder)
    assert vectors is not None
    near, unknown = vectors.near(embedder.embed_question("kiedy kurier jedzie", PL), [one, other])
    assert near["kurier jedzie jutro"] > near["biuro działa rano"] + 0.1
    assert unknown == {}


def test_each_sentence_is_embedded_once_over_states_and_starts(path: Path) -> None:
    embedder = WordEmbedder()
    kept = KeptSentences(path, parts)
    kept.of([passage("raz | dwa")], embedder)
    kept.of([passage("dwa | trzy | dwa")], embedder)
    assert embedder.embedded == ["Godziny. raz", "Godziny. dwa", "Godziny. trzy"]
    after = WordEmbedder()
    again = KeptSentences(path, parts).of([passage("dwa | trzy")], after)
    assert after.embedded == []
    question = embedder.embed_question("trzy", PL)
    assert again is not None
    assert again.near(question, [passage("trzy")])[0]["trzy"] == pytest.approx(
        float(embedder.embed_question("Godziny. trzy", PL) @ question), abs=1e-3
    )
    # What no passage has any more is forgotten.
    KeptSentences(path, parts).of([passage("raz")], after)
    assert after.embedded == ["Godziny. raz"]


def test_another_model_makes_its_own(path: Path) -> None:
    first, second = WordEmbedder(edition="1"), WordEmbedder(edition="2")
    kept = KeptSentences(path, parts)
    kept.of([passage("raz")], first)
    kept.of([passage("raz")], second)
    assert second.embedded == ["Godziny. raz"]


@pytest.mark.parametrize("damage", [b"", b"x", b"okienko arrays 1\n" + b"0" * 60])
def test_a_file_that_is_damaged_costs_time_only(path: Path, damage: bytes) -> None:
    KeptSentences(path, parts).of([passage("raz")], WordEmbedder())
    path.write_bytes(damage)
    after = WordEmbedder()
    assert KeptSentences(path, parts).of([passage("raz")], after) is not None
    assert after.embedded == ["Godziny. raz"]


def test_a_file_that_cannot_be_written_costs_time_only(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.mkdir()
    with caplog.at_level(logging.WARNING):
        assert KeptSentences(path, parts).of([passage("raz")], WordEmbedder()) is not None
    assert "cannot be written" in caplog.text


def test_of_too_many_sentences_none_is_embedded(path: Path) -> None:
    embedder = WordEmbedder()
    kept = KeptSentences(path, parts, most=2)
    assert kept.of([passage("raz | dwa | trzy")], embedder) is None
    assert kept.beside([passage("raz | dwa | trzy")], embedder) is None
    assert embedder.embedded == []
    assert kept.of([passage("raz | dwa")], embedder) is not None


def test_what_is_not_published_is_neither_kept_nor_forgets(path: Path) -> None:
    embedder = WordEmbedder()
    kept = KeptSentences(path, parts)
    kept.of([passage("raz | dwa")], embedder)
    beside = kept.beside([passage("dwa | trzy")], embedder)
    assert embedder.embedded == ["Godziny. raz", "Godziny. dwa", "Godziny. trzy"]
    assert beside is not None
    assert set(beside.near(embedder.embed_question("x", PL), [passage("dwa | trzy")])[0]) == {"dwa", "trzy"}
    kept.of([passage("raz | dwa | trzy")], embedder)
    assert embedder.embedded[3:] == ["Godziny. trzy"]


async def test_a_library_tells_how_near_the_sentences_are(
    path: Path, database: Database, clock: SettableClock
) -> None:
    library = Library(database, WordEmbedder(), ExactIndex(), clock, sentences=KeptSentences(path, parts))
    await library.start()
    await library.publish([Article("pl/a", PL, "Kontakt", "biuro działa rano | kurier jedzie jutro")])
    for _ in range(2):  # the second time from what was found before
        found = await library.retriever.retrieve("kiedy kurier jedzie", language=PL)
        assert set(found.passages[0].near) == {"biuro działa rano", "kurier jedzie jutro"}
    await library.publish([Article("pl/a", PL, "Kontakt", "kurier jedzie dziś")])
    found = await library.retriever.retrieve("kiedy kurier jedzie", language=PL)
    assert set(found.passages[0].near) == {"kurier jedzie dziś"}
    await library.close()


async def test_without_vectors_of_sentences_nothing_is_told(database: Database, clock: SettableClock) -> None:
    library = Library(database, WordEmbedder(), ExactIndex(), clock)
    await library.start()
    await library.publish([Article("pl/a", PL, "Kontakt", "kurier jedzie jutro")])
    found = await library.retriever.retrieve("kiedy kurier jedzie", language=PL)
    assert found.passages
    assert found.passages[0].near == {}
    assert library.sentences_beside([], WordEmbedder()) is None
    await library.close()
