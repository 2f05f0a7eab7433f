"""Fields that are made of what was told of them search like those that were built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.articles import StoredPassage
from knowledge.passage import Passage
from knowledge.reading.readers import read
from knowledge.retrieval.fields import digest
from knowledge.retrieval.postings import Arrays
from knowledge.retrieval.snapshot import Scale, Side, Snapshot
from knowledge.split import split

PL, EN = Language.PL, Language.EN
SCALE = Scale(speaks=False, reads=False, low=0.0, high=0.6)
DEMO = Path(__file__).parents[2] / "server" / "demo" / "articles"
QUESTIONS = {
    PL: ("ile mam dni na zwrot?", "czy moge zaplacic blikeim", "paczkomt", "kiedy bedzie moja paczka", ""),
    EN: ("how long do I have to return it?", "can I pay by crad", "where is my parcel", "wxyz", ""),
}


def shop() -> list[StoredPassage]:
    chance = np.random.default_rng(3)
    passages = [passage for article in read([DEMO]).articles for passage in split(article, 1)]
    vectors = chance.normal(size=(len(passages), 8)).astype(np.float32)
    return [StoredPassage(p, None, None, "h", "e", v) for p, v in zip(passages, vectors, strict=True)]


SHOP = shop()


def kept(snapshot: Snapshot) -> dict[str, Arrays]:
    return {each.digest: each.fields.arrays() for each in snapshot.every_side}


def rankings(side: Side, language: Language) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for question in QUESTIONS[language]:
        cosines = {stored.key: 0.3 for stored in SHOP[:20]}
        ranking = side.rank(question, cosines, SCALE, date(2026, 11, 21))
        parts = {name: part.tobytes() for name, part in ranking.parts.items()}
        found.append((ranking.fused.tobytes(), ranking.form.tobytes(), parts, ranking.words))
        found.append((side.mended(question), side.char_ceiling(ranking.grams), side.rarest))
        found += [(side.weight(word), side.knows(word), side.families(word)) for word in question.split()]
        rows = range(0, len(side.passages), 7)
        found += [tuple(side.has_beginning(word[:5], row) for row in rows) for word in question.split()]
    return found


def test_what_was_kept_scores_exactly_as_what_is_built() -> None:
    built = Snapshot(SHOP)
    taken = Snapshot(SHOP, kept=kept(built))
    assert not any(side.is_new for side in taken.every_side if side.passages)
    for language in Language:
        assert rankings(taken.sides[language], language) == rankings(built.sides[language], language)
        assert rankings(taken.abroad[language], language) == rankings(built.abroad[language], language)
        first, again = built.sides[language].fields.arrays(), taken.sides[language].fields.arrays()
        assert {name: array.tobytes() for name, array in first.items()} == {
            name: array.tobytes() for name, array in again.items()
        }


def first_of(language: Language) -> int:
    return next(n for n, stored in enumerate(SHOP) if stored.passage.language is language)


def test_an_edit_of_one_language_leaves_the_other_one_as_kept() -> None:
    told = kept(Snapshot(SHOP))
    at = first_of(PL)
    changed = replace(SHOP[at], passage=replace(SHOP[at].passage, text="Masz 99 dni."))
    edited = [*SHOP[:at], changed, *SHOP[at + 1 :]]
    after, whole = Snapshot(edited, kept=told), Snapshot(edited)
    assert [after.sides[language].is_new for language in (PL, EN)] == [True, False]
    for language in Language:
        assert rankings(after.sides[language], language) == rankings(whole.sides[language], language)


def without(told: Arrays, how: str) -> Arrays:
    match how:
        case "missing":
            return {name: array for name, array in told.items() if name != "stem/rows"}
        case "short":
            return {**told, "char/values": told["char/values"][:-1]}
        case "other passages":
            return {**told, "forms": told["forms"][:-1]}
        case "out of range":
            return {**told, "own/rows": told["own/rows"] + 100_000}
        case _:
            return {**told, "counts": told["counts"][:-1]}


@pytest.mark.parametrize("how", ["missing", "short", "other passages", "out of range", "words"])
def test_what_does_not_fit_is_built(how: str) -> None:
    built = Snapshot(SHOP)
    spoilt = {key: without(told, how) for key, told in kept(built).items()}
    again = Snapshot(SHOP, kept=spoilt)
    assert again.sides[PL].is_new
    assert rankings(again.sides[PL], PL) == rankings(built.sides[PL], PL)


def told_apart(passages: Sequence[Passage]) -> str:
    return digest(PL, passages, bundled())


def test_fields_are_told_apart_by_all_that_they_are_built_of() -> None:
    one = replace(SHOP[first_of(PL)].passage, title="ab", heading="c", questions=("d", "e"))
    others = [
        [],
        [one, one],
        [replace(one, title="a", heading="bc")],
        [replace(one, questions=("de",))],
        [replace(one, questions=("d",)), replace(one, title="eab", questions=())],
        [replace(one, article_id="pl/other")],
        [replace(one, text=f"{one.text}.")],
    ]
    digests = {told_apart(passages) for passages in [[one], *others]}
    assert len(digests) == 1 + len(others)
    assert told_apart([replace(one, article_version=7)]) == told_apart([one])
    assert digest(EN, [one], bundled()) != told_apart([one])
    assert digest(PL, [one], bundled().with_lines("pl: kubek = kubas")) != told_apart([one])


def test_the_numbers_of_an_article_are_part_of_it() -> None:
    one = SHOP[first_of(PL)].passage
    apart = [one, replace(one, article_id="pl/other")]
    assert told_apart(apart) != told_apart([one, one])
