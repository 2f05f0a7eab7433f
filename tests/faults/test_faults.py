"""The short form of the fault harness; the long one is ``make faults`` (`tests/faults/__main__.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MadeOnce
from tests.faults.injector import Fault, faults_of
from tests.faults.run import Plan
from tests.faults.story import as_expected, figures, prepare, tell


@pytest.fixture(scope="session")
def shop(made_once: MadeOnce) -> Path:
    """A demo shop with agents; not to be written."""
    return made_once("faults", prepare)


async def test_nothing_is_lost_and_nothing_is_said_twice(shop: Path, tmp_path: Path) -> None:
    plan = Plan(messages=60, kills=4, reconnects=20, seed=20, shoppers=8, minutes=2)
    run = await tell(plan, shop, tmp_path)
    assert as_expected(run), figures(run)
    # It was a story worth telling.
    assert run.counts["kill"] + run.counts["kill_in_turn"] == plan.kills
    assert min(run.counts[what] for what in ("cuts", "stop", "freeze", "disk_full", "clock_step")) > 0
    assert len(run.back_seconds) >= plan.reconnects


@pytest.mark.parametrize("variant", ["no-dedupe", "ack-before-commit", "no-resume"])
async def test_a_server_that_is_broken_on_purpose_is_caught(shop: Path, tmp_path: Path, variant: str) -> None:
    plan = Plan(messages=600, kills=120, reconnects=0, seed=3, shoppers=8, variant=variant, minutes=2)
    run = await tell(plan, shop, tmp_path)
    assert as_expected(run), figures(run)


def test_a_seed_gives_the_same_faults_again() -> None:
    plan, other = (Plan(messages=100, kills=40, reconnects=0, seed=seed) for seed in (1, 2))
    assert faults_of(plan) == faults_of(plan) != faults_of(other)
    assert sum(fault in (Fault.KILL, Fault.KILL_IN_TURN) for fault in faults_of(plan)) == 40
