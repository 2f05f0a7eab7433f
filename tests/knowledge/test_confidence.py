from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foundation.errors import InvalidInput
from knowledge.passage import Zone
from knowledge.retrieval.calibration import (
    FILE,
    Calibration,
    Zones,
    bundled_calibration,
    calibration_for,
    read,
    write,
)
from knowledge.retrieval.confidence import NAMES, SIGNALS_VERSION, Judgement, Signals, Weights, confidence
from knowledge.retrieval.standing import above, ahead, nearer
from knowledge.retrieval.wording import AskedWord, compare, opening_of

NOTHING = Signals(**dict.fromkeys(NAMES, 0.0))
MODEL = "model@1234"


def word(
    beginning: str, weight: float = 1.0, *, there: bool = False, share: float | None = None
) -> AskedWord:
    return AskedWord(weight, beginning, there, False, float(there) if share is None else share, there)


def test_confidence_is_the_product_of_two_logistics() -> None:
    sure = Weights(30.0, {})
    answer = Weights(-1.0, {"coverage": 2.0, "missing": -1.0})
    for judgement in (Judgement(sure, answer), Judgement(answer, sure)):
        assert confidence(NOTHING, judgement) == pytest.approx(0.2689, abs=1e-4)
        assert confidence(replace(NOTHING, coverage=0.5), judgement) == pytest.approx(0.5)
        lacking = replace(NOTHING, coverage=0.5, missing=1.0)
        assert confidence(lacking, judgement) == pytest.approx(0.2689, abs=1e-4)
        assert confidence(replace(NOTHING, dense=99), judgement) == confidence(NOTHING, judgement)
    half = Weights(0.0, {})
    assert confidence(NOTHING, Judgement(half, half)) == 0.25


def test_zones_part_the_scale_in_three() -> None:
    zones = Zones(answer_from=0.5, ask_from=0.2)
    assert [zones.zone(sure) for sure in (0.0, 0.19, 0.2, 0.49, 0.5, 1.0)] == [
        Zone.UNKNOWN,
        Zone.UNKNOWN,
        Zone.ASK_BACK,
        Zone.ASK_BACK,
        Zone.ANSWER,
        Zone.ANSWER,
    ]


def test_topics_are_offered_only_for_questions_that_are_ours() -> None:
    zones = Zones(answer_from=0.5, ask_from=0.2)
    assert zones.zone(0.3, about=0.6) is Zone.ASK_BACK
    assert zones.zone(0.3, about=0.4) is Zone.UNKNOWN
    assert zones.zone(0.5, about=0.5) is Zone.ANSWER


def test_the_bundled_numbers_are_of_these_signals() -> None:
    calibration = bundled_calibration()
    assert calibration.signals == SIGNALS_VERSION
    assert calibration.whose == "bundled"
    assert 0 < calibration.zones.ask_from <= calibration.zones.answer_from < 1
    judged = (calibration.words, calibration.meaning)
    for weights in [each for judgement in judged for each in (judgement.topic, judgement.answer)]:
        against = {name for name, weight in weights.by_name.items() if weight < 0}
        assert against <= {"missing", "strange"}
        assert weights.by_name.keys() <= set(NAMES)


def own() -> Calibration:
    return Calibration(
        embedder=MODEL,
        words=Judgement(Weights(-2.0, {"coverage": 3.0}), Weights(1.0, {})),
        meaning=Judgement(Weights(-3.0, {"dense": 4.0}), Weights(1.0, {"nearer": 2.0})),
        zones=Zones(0.6, 0.3),
        fitted_on={"own phrasings": 120},
    )


def test_a_shop_s_own_calibration_is_kept_and_used(tmp_path: Path) -> None:
    used, why = calibration_for(tmp_path, MODEL)
    assert used is bundled_calibration()
    assert "okienko evals calibrate" in why
    write(own(), tmp_path / FILE)
    used, why = calibration_for(tmp_path, MODEL)
    assert used == replace(own(), whose="shop")
    assert "120 questions" in why
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    ("changed", "embedder", "said"),
    [
        ({"signals": SIGNALS_VERSION - 1}, MODEL, "an older version"),
        ({}, "other@1", "the embedding model model@1234"),
        (
            {"words": {"topic": {"bias": 1, "moon": 2}, "answer": {"bias": 1}}},
            MODEL,
            "this is no calibration",
        ),
        ({"answer_from": 7}, MODEL, "this is no calibration"),
        ({"fitted_on": 3}, MODEL, "this is no calibration"),
    ],
)
def test_one_that_does_not_fit_is_left_alone_and_said(
    tmp_path: Path, changed: dict[str, object], embedder: str, said: str
) -> None:
    (tmp_path / FILE).write_text(json.dumps(own().as_json() | changed))
    used, why = calibration_for(tmp_path, embedder)
    assert used is bundled_calibration()
    assert said in why


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened"):
        read(tmp_path / "none.json")
    with pytest.raises(InvalidInput, match="cannot be written"):
        write(own(), tmp_path / "no" / FILE)


def test_words_by_hand() -> None:
    asked = [word("bagaz", 1.0), word("sklep", 0.2, there=True), word("rower", 0.8, there=True)]
    wording = compare(asked, {"rower": 0.8, "kask": 0.9}, [{"rower": 0.8}, {"bagaz": 1.0, "rower": 0.8}])
    assert wording.begun == wording.coverage == pytest.approx(0.5)
    assert wording.missing == 1.0
    assert wording.opening == pytest.approx(0.4)
    assert wording.heading == pytest.approx(0.9)
    assert wording.strange == 1.0
    assert wording.known == pytest.approx(2 / 3)
    assert wording.matched == pytest.approx(0.25)


def test_a_question_without_words_has_nothing() -> None:
    wording = compare([], {}, [{"rower": 1.0}])
    assert {getattr(wording, name) for name in wording.__slots__} == {0.0}


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Zwrot trwa 14 dni. Potem nic.", "Zwrot trwa 14 dni."),
        ("Tak. Możesz zwrócić buty. Napisz do nas.", "Tak. Możesz zwrócić buty."),
        ("No.\nWe do not ship there.\nSorry.", "No.\nWe do not ship there."),
        ("Bez końca", "Bez końca"),
        ("", ""),
    ],
)
def test_the_opening_is_a_sentence_that_says_something(text: str, opening: str) -> None:
    assert opening_of(text) == opening


def test_standing_out() -> None:
    scores = np.array([0.1, 0.2, 0.1, 0.9, 0.2, 0.1], dtype=np.float32)
    assert above(scores, 3) > above(scores, 1)
    assert above(scores, 0) < 0
    assert above(np.ones(5, dtype=np.float32), 2) == 0
    assert above(np.ones(1, dtype=np.float32), 0) == 0
    assert ahead(0.9, 0.2) == pytest.approx(0.7 / 0.9)
    assert ahead(0.9, 0.0) == 1
    assert ahead(0.2, 0.9) < 0
    assert ahead(0.0, 0.0) == 0


def test_nearer_to_the_question_than_to_the_neighbours() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float16)
    assert nearer(0.9, vectors) == pytest.approx(0.6, abs=1e-3)
    assert nearer(0.9, vectors[:1]) == 0
