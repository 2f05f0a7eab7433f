from __future__ import annotations

import logging
from pathlib import Path

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.articles import Article
from knowledge.index.exact import ExactIndex
from knowledge.library import Library
from knowledge.store.kept_texts import FILE, KeptTexts

from .fakes import WordEmbedder

PL, EN = Language.PL, Language.EN


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


def known(*texts: str) -> dict[Language, KnownTexts]:
    made = {PL: KnownTexts(PL), EN: KnownTexts(EN)}
    for each in made.values():
        each.words([text] for text in texts)
        each.noted(texts, len)
        each.stem("kubków")
    return made


def numbers(language: Language, of: KnownTexts) -> list[int]:
    again = KnownTexts(language, of)
    again.words([["Zwrot kubków"], ["14 dni"]])
    return [again.read, len(of)]


def test_what_was_kept_comes_back(path: Path) -> None:
    KeptTexts(path).keep(known("Zwrot kubków", "14 dni"))
    found = KeptTexts(path).load()
    assert {language: numbers(language, each) for language, each in found.items()} == {PL: [0, 2], EN: [0, 2]}
    assert [each.name for each in path.parent.iterdir()] == [FILE]


def test_there_may_be_no_file(path: Path) -> None:
    assert KeptTexts(path).load() == {}


def damage(data: bytes, how: str) -> bytes:
    middle = len(data) // 2
    match how:
        case "cut off":
            return data[:middle]
        case "a bit":
            return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        case "zeros":
            return bytes(len(data))
        case "longer":
            return data + b"\0"
        case _:
            return b""


@pytest.mark.parametrize("how", ["cut off", "a bit", "zeros", "longer", "empty"])
def test_a_damaged_file_is_not_used(path: Path, how: str, caplog: pytest.LogCaptureFixture) -> None:
    kept = KeptTexts(path)
    kept.keep(known("Zwrot kubków"))
    path.write_bytes(damage(path.read_bytes(), how))
    with caplog.at_level(logging.INFO):
        assert kept.load() == {}
    assert "read again" in caplog.text
    KeptTexts(path).keep(known("Zwrot kubków"))
    assert numbers(PL, kept.load()[PL]) == [1, 1]


def test_a_file_of_other_code_is_not_used(path: Path) -> None:
    KeptTexts(path, "older").keep(known("Zwrot kubków"))
    assert KeptTexts(path).load() == {}
    assert numbers(PL, KeptTexts(path, "older").load()[PL]) == [1, 1]


def test_a_writer_that_was_killed_leaves_the_file_as_it_was(path: Path) -> None:
    kept = KeptTexts(path)
    kept.keep(known("Zwrot kubków"))
    path.with_name(f"{FILE}.making").write_bytes(path.read_bytes()[:40])
    assert numbers(PL, kept.load()[PL]) == [1, 1]
    KeptTexts(path).keep(known("Zwrot kubków", "14 dni"))
    assert numbers(PL, kept.load()[PL]) == [0, 2]


def test_a_folder_that_cannot_be_written_costs_time_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    kept = KeptTexts(tmp_path / "taken" / FILE)
    kept.keep(known("Zwrot kubków"))
    assert "cannot be written" in caplog.text
    assert kept.load() == {}


def test_few_new_texts_are_not_worth_writing_all(path: Path) -> None:
    kept = KeptTexts(path)
    texts = [f"Kubek numer {number}" for number in range(200)]
    first = known(*texts)
    kept.keep(first)
    written = path.read_bytes()
    later = first
    for number in range(1, 5):
        later = {language: KnownTexts(language, each) for language, each in later.items()}
        for each in later.values():
            each.words([text] for text in [*texts, *(f"Nowy {n}" for n in range(number))])
        kept.keep(later)
        assert path.read_bytes() == written
    later = {language: KnownTexts(language, each) for language, each in later.items()}
    for each in later.values():
        each.words([text] for text in [*texts, *(f"Nowy {n}" for n in range(5))])
    kept.keep(later)
    assert path.read_bytes() != written


def numbers_of(path: Path) -> int:
    return len(KeptTexts(path).load()[PL])


def ruin(path: Path) -> None:
    path.write_bytes(b"ruined")


async def test_a_library_starts_with_what_was_read(
    database: Database, clock: SettableClock, path: Path
) -> None:
    def opened() -> Library:
        return Library(database, WordEmbedder(), ExactIndex(), clock, texts=KeptTexts(path))

    articles = [Article(f"pl/{n}", PL, f"Kubek {n}", f"Kubek numer {n} ma ucho.") for n in range(9)]
    first = opened()
    await first.start()
    await first.publish(articles)
    found = await first.retriever.retrieve("ucho kubka 7", language=PL)
    await first.close()
    for _ in range(2):
        again = opened()
        await again.start()
        assert await again.retriever.retrieve("ucho kubka 7", language=PL) == found
        await again.close()
        assert numbers_of(path) == 9 + 9 + 9  # titles, texts, openings
        ruin(path)


async def test_an_edit_reads_only_what_it_changes(
    database: Database, clock: SettableClock, path: Path
) -> None:
    library = Library(database, WordEmbedder(), ExactIndex(), clock, texts=KeptTexts(path))
    await library.start()
    await library.publish([Article(f"pl/{n}", PL, f"Kubek {n}", f"Numer {n}.") for n in range(9)])
    await library.publish([Article("pl/3", PL, "Kubek 3", "Numer 3 ma teraz ucho.")])
    found = await library.retriever.retrieve("Kubek 3 Numer 3 ma teraz ucho.", language=PL)
    assert found.passages[0].passage.text == "Numer 3 ma teraz ucho."
    # The text, and the opening of all that is searched.
    assert library.known[PL].read == 2
    changed = library.known
    await library.publish([Article("en/1", EN, "Mug 1", "Mug number one.")])
    assert library.known[PL] is changed[PL]
    assert library.known[EN].read == 3
    await library.close()
