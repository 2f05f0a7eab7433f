"""A snapshot that takes over what has not changed searches like one that was built of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.articles import Article, StoredPassage
from knowledge.retrieval.fusion import Scale
from knowledge.retrieval.snapshot import Snapshot
from knowledge.split import split

PL, EN = Language.PL, Language.EN
DAY = date(2026, 11, 21)


def stored(*articles: Article) -> list[StoredPassage]:
    vector = np.full(4, 0.5, dtype=np.float32)
    return [StoredPassage(p, None, None, "h", "e", vector) for a in articles for p in split(a, 1)]


SHOP = stored(
    Article("pl/zwroty", PL, "Zwroty", "Masz 14 dni na zwrot kubka.", questions=("ile dni?",)),
    Article("pl/dostawa", PL, "Dostawa", "Paczka idzie dwa dni."),
    Article("en/returns", EN, "Returns", "You have 14 days to return a mug."),
)


def scores(snapshot: Snapshot, language: Language, question: str) -> list[float]:
    scale = Scale(speaks=False, reads=False, low=0.0, high=1.0)
    return [float(score) for score in snapshot.sides[language].rank(question, {}, scale, DAY).fused]


def changed(how: str) -> list[StoredPassage]:
    first, rest = SHOP[0], SHOP[1:]
    match how:
        case "text":
            return [replace(first, passage=replace(first.passage, text="Masz 30 dni.")), *rest]
        case "version":
            return [replace(first, passage=replace(first.passage, article_version=2)), *rest]
        case "day":
            return [replace(first, valid_until=date(2026, 11, 20)), *rest]
        case "vector":
            return [replace(first, vector=np.eye(4, dtype=np.float32)[0]), *rest]
        case "order":
            return [rest[0], first, *rest[1:]]
        case _:
            return rest


@pytest.mark.parametrize("how", ["text", "version", "day", "vector", "order", "gone"])
def test_only_the_language_that_has_changed_is_built(how: str) -> None:
    before = Snapshot(SHOP, bundled())
    after, whole = Snapshot(changed(how), bundled(), before=before), Snapshot(changed(how), bundled())
    assert after.sides[EN] is before.sides[EN]
    assert after.sides[PL] is not before.sides[PL]
    for language, question in ((PL, "ile dni na zwrot"), (PL, "paczka"), (EN, "return a mug")):
        assert scores(after, language, question) == scores(whole, language, question)
    assert np.array_equal(after.sides[PL].vectors, whole.sides[PL].vectors)


def test_what_is_the_same_is_taken_over() -> None:
    before = Snapshot(SHOP, bundled())
    after = Snapshot(list(SHOP), bundled(), before=before)
    assert all(after.sides[language] is before.sides[language] for language in Language)
