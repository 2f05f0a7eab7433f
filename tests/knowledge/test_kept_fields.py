from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.articles import Article, StoredPassage
from knowledge.index.exact import ExactIndex
from knowledge.library import Library
from knowledge.retrieval.snapshot import Scale, Snapshot
from knowledge.split import split
from knowledge.store import array_file
from knowledge.store.kept_fields import FILE, WORTH, KeptFields
from knowledge.store.kept_texts import FILE as TEXTS_FILE
from knowledge.store.kept_texts import KeptTexts

from .fakes import WordEmbedder

PL, EN = Language.PL, Language.EN
SCALE = Scale(speaks=False, reads=False, low=0.0, high=0.6)


def shop(number: int, word: str = "ucho") -> list[StoredPassage]:
    articles = [
        *(Article(f"pl/{n}", PL, f"Kubek {n}", f"Kubek numer {n} ma {word}.") for n in range(number)),
        *(Article(f"en/{n}", EN, f"Mug {n}", f"Mug number {n} has a handle.") for n in range(number)),
    ]
    vector = np.full(4, 0.5, dtype=np.float32)
    return [StoredPassage(p, None, None, "h", "e", vector) for a in articles for p in split(a, 1)]


def scores(snapshot: Snapshot) -> list[bytes]:
    day = date(2026, 11, 21)
    pl = snapshot.sides[PL].rank("jakie uhco ma kubek 3", {}, SCALE, day)
    en = snapshot.sides[EN].rank("handel of mug 3", {}, SCALE, day)
    return [pl.fused.tobytes(), en.fused.tobytes()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


@pytest.fixture
def kept(path: Path) -> KeptFields:
    return KeptFields(path, worth=5)


def test_a_snapshot_of_the_file_scores_exactly_as_one_that_is_built(path: Path, kept: KeptFields) -> None:
    built = Snapshot(shop(9))
    kept.keep(built)
    assert [each.name for each in path.parent.iterdir()] == [FILE]
    taken = Snapshot(shop(9), kept=KeptFields(path).load())
    assert [taken.sides[language].is_new for language in Language] == [False, False]
    assert scores(taken) == scores(built)


def test_what_has_changed_is_not_taken(path: Path, kept: KeptFields) -> None:
    kept.keep(Snapshot(shop(9)))
    edited = shop(9, "dwa ucha")
    after = Snapshot(edited, kept=KeptFields(path).load())
    assert [after.sides[language].is_new for language in (PL, EN)] == [True, False]
    assert scores(after) == scores(Snapshot(edited))


@pytest.mark.parametrize("how", ["cut off", "a bit", "zeros", "longer", "empty", "in the head", "its length"])
def test_a_damaged_file_is_built_anew(
    path: Path, kept: KeptFields, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept.keep(Snapshot(shop(9)))
    data = path.read_bytes()
    middle = {"in the head": 80, "its length": 23}.get(how, len(data) // 2)
    path.write_bytes(
        {
            "cut off": data[:middle],
            "zeros": bytes(len(data)),
            "longer": data + b"\0",
            "empty": b"",
        }.get(how, data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    )
    with caplog.at_level(logging.INFO):
        assert KeptFields(path).load() == {}
    assert "built anew" in caplog.text
    KeptFields(path, worth=5).keep(Snapshot(shop(9)))
    assert path.read_bytes() == data


def test_there_may_be_no_file_and_another_codes_is_not_used(path: Path) -> None:
    assert KeptFields(path).load() == {}
    KeptFields(path, "older", worth=5).keep(Snapshot(shop(9)))
    assert KeptFields(path).load() == {}
    assert len(KeptFields(path, "older").load()) == 2


def test_it_is_written_only_when_enough_is_new(path: Path, kept: KeptFields) -> None:
    kept.keep(Snapshot(shop(2)))
    assert not path.exists()
    kept.keep(Snapshot(shop(9)))
    path.unlink()
    kept.keep(Snapshot(shop(9)))
    assert not path.exists()
    again = KeptFields(path, worth=5)
    again.keep(Snapshot(shop(9, "dwa ucha")))
    path.rename(path.with_name("moved"))
    loaded = KeptFields(path.with_name("moved"), worth=10)
    loaded.load()
    before = path.with_name("moved").read_bytes()
    loaded.keep(Snapshot(shop(9)))  # nine of eighteen
    assert path.with_name("moved").read_bytes() == before


def test_a_folder_that_cannot_be_written_costs_time_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    kept = KeptFields(tmp_path / "taken" / FILE, worth=5)
    kept.keep(Snapshot(shop(9)))
    assert "cannot be written" in caplog.text
    assert kept.load() == {}


def test_arrays_of_every_kind_come_back(tmp_path: Path) -> None:
    path = tmp_path / "arrays"
    parts: dict[str, array_file.Arrays] = {
        "first": {
            "odd": np.arange(3, dtype=np.uint8),
            "none": np.empty(0, dtype=np.int64),
            "long": np.array([1 << 40, -1]),
            "real": np.array([0.1, -2.5, 3e-9], dtype=np.float32),
        },
        "second": {"rows": np.arange(5, dtype=np.int32)},
    }
    array_file.write(path, "us", parts)
    found = array_file.read(path, "us")
    assert found.keys() == parts.keys()
    for part, arrays in parts.items():
        for name, array in arrays.items():
            assert found[part][name].dtype == array.dtype
            np.testing.assert_array_equal(found[part][name], array)
    assert array_file.read(path, "us", {"second"}).keys() == {"second"}
    with pytest.raises(ValueError, match="another version"):
        array_file.read(path, "them")


async def test_a_library_starts_with_what_it_kept(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    def opened() -> Library:
        texts = KeptTexts(tmp_path / TEXTS_FILE)
        return Library(database, WordEmbedder(), ExactIndex(), clock, texts=texts)

    async def asked(library: Library) -> object:
        return await library.retriever.retrieve("ucho kubka 7", language=PL)

    articles = [Article(f"pl/{n}", PL, f"Kubek {n}", f"Numer {n} ma ucho.") for n in range(WORTH)]
    first = opened()
    await first.start()
    await first.publish(articles)
    found = await asked(first)
    assert not (tmp_path / FILE).exists()
    await first.close()
    assert len(KeptFields(tmp_path / FILE).load()) == 1

    second = opened()
    await second.start()
    assert second.known[PL].read == 0
    assert await asked(second) == found
    # What was taken is edited like what was built.
    await second.publish([Article("pl/7", PL, "Kubek 7", "Numer 7 ma dwa ucha.")])
    assert second.known[PL].read == 2
    edited = await asked(second)
    await second.close()

    (tmp_path / FILE).write_bytes(b"ruined")
    third = opened()
    await third.start()
    assert await asked(third) == edited
    await third.close()
    assert len(KeptFields(tmp_path / FILE).load()) == 1
