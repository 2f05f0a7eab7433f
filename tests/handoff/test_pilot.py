"""The pilot switches: what they say, for whom, at once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import InvalidInput
from handoff.pilot import Mode, Pilot, PilotState


async def test_everybody_is_answered_until_an_owner_says_otherwise(
    database: Database, clock: SettableClock
) -> None:
    pilot = Pilot(database, clock)
    assert (await pilot.state()).mode is Mode.ALL
    await pilot.set(Mode.OFF, by="Ewa")
    state = await Pilot(database, clock).state()
    assert (state.mode, state.changed_by, state.changed_at) == (Mode.OFF, "Ewa", clock.now())


@pytest.mark.parametrize("percent", [-1, 101])
async def test_a_share_is_a_percentage(database: Database, clock: SettableClock, percent: int) -> None:
    with pytest.raises(InvalidInput):
        await Pilot(database, clock).set(Mode.SHARE, share_percent=percent, by="Ewa")


def test_a_share_of_visitors_is_that_share_and_the_same_ones() -> None:
    visitors = [str(uuid4()) for _ in range(4000)]
    some = PilotState(Mode.SHARE, 20)
    answered = {visitor for visitor in visitors if some.for_visitor(visitor) is Mode.ALL}
    assert 0.16 < len(answered) / len(visitors) < 0.24
    more = PilotState(Mode.SHARE, 60)
    assert all(more.for_visitor(visitor) is Mode.ALL for visitor in answered)
    assert PilotState(Mode.SHARE, 0).for_visitor("v") is Mode.OFF
    assert PilotState(Mode.SHARE, 100).for_visitor("v") is Mode.ALL
    assert PilotState(Mode.SUGGEST, 0).for_visitor("v") is Mode.SUGGEST
