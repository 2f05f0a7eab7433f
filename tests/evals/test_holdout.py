from __future__ import annotations

from pathlib import Path

import pytest

from evals.abstention import Abstention
from evals.dataset import CorpusPassage, Dataset
from evals.holdout import hold_out
from evals.offtopic import left_out
from evals.scorers import auroc, auroc_error, refused_keeping
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.passage import Retrieval, Zone

TASK = Dataset(
    tuple(CorpusPassage(f"p{n}", "", "text") for n in range(10)),
    {f"q{n}": "question" for n in range(6)},
    {
        "q0": frozenset({"p0"}),
        "q1": frozenset({"p0"}),
        "q2": frozenset({"p1", "p2"}),
        "q3": frozenset({"p3"}),
        "q4": frozenset({"p4"}),
        "q5": frozenset({"p5"}),
    },
)


@pytest.mark.parametrize("seed", range(12))
def test_half_of_the_right_passages_go(seed: int) -> None:
    held = hold_out(TASK, 0.5, seed)
    left = {passage.id for passage in held.dataset.passages}
    gone = {f"p{n}" for n in range(10)} - left
    assert len(gone) == 3
    assert gone <= {"p0", "p1", "p2", "p3", "p4", "p5"}
    for key, right in TASK.relevant.items():
        assert (key in held.answerable) is (right <= left)
        assert (key in held.unanswerable) is (right <= gone)
    assert set(held.dataset.queries) == held.answerable | held.unanswerable
    assert all(not held.dataset.relevant[key] for key in held.unanswerable)
    assert hold_out(TASK, 0.5, seed) == held


def test_other_seeds_take_others() -> None:
    assert len({hold_out(TASK, 0.5, seed).answerable for seed in range(12)}) > 1


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, 2.0])
def test_a_share_is_between_none_and_all(share: float) -> None:
    with pytest.raises(InvalidInput, match="more than 0 and less than 1"):
        hold_out(TASK, share, 7)


def test_areas_by_hand() -> None:
    assert auroc([3, 2], [1, 0]) == 1
    assert auroc([0, 1], [2, 3]) == 0
    assert auroc([1, 3], [2, 1]) == pytest.approx((0.5 + 0 + 1 + 1) / 4)
    assert auroc([], [1]) == 0.5
    assert auroc_error(0.5, 100, 100) == pytest.approx(0.041, abs=0.001)
    assert auroc_error(0.9, 0, 5) == 0
    assert refused_keeping(0.5, [0.9, 0.5], [0.1, 0.9, 0.95, 0.2]) == 0.5
    assert refused_keeping(1.0, [0.9, 0.5], [0.1, 0.6]) == 0.5
    assert refused_keeping(0.95, [], [0.1]) == 0


def found(sure: float, zone: Zone) -> Retrieval:
    return Retrieval("question", Language.PL, (), sure, zone)


def test_the_report_counts_zones() -> None:
    report = Abstention.of(
        [found(0.9, Zone.ANSWER), found(0.3, Zone.ASK_BACK)], [found(0.1, Zone.UNKNOWN)]
    ).as_json()
    assert report["auroc"] == 1
    assert (report["answerable_answer"], report["answerable_ask_back"]) == (0.5, 0.5)
    assert (report["unanswerable_unknown"], report["unanswerable_questions"]) == (1, 1)
    assert report["refused_keeping_95%"] == 1


def test_what_is_left_out_is_listed_with_a_reason(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "evals" / "cases" / "clinc_shop_like.tsv"
    assert {"order_status", "order", "shopping_list"} <= left_out(path).keys()
    bare = tmp_path / "bare.tsv"
    bare.write_text("# remark\norder\n")
    with pytest.raises(InvalidInput, match=r"bare\.tsv:2: write the intent"):
        left_out(bare)
    with pytest.raises(InvalidInput, match="cannot be opened"):
        left_out(tmp_path / "none.tsv")
