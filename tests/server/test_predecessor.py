"""A process that comes alone goes on at once with what a killed one had; one that does not, leaves it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from conversation.events import SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from conversation.turns import ClaimedTurn, Turns
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Unavailable
from foundation.language import Language
from server.house import open_house
from server.predecessor import after_predecessor
from server.settings import Settings


async def begun_by_a_killed_one(database: Database, clock: SettableClock) -> ClaimedTurn:
    """Leave a turn that was claimed by a process of which nothing is left."""
    log, author = Log(database, clock), Author(AuthorKind.SHOPPER, "v")
    one = await log.open(visitor_id="v", language=Language.PL, opening=[Draft(Kind.DISCLOSURE, SYSTEM, {})])
    await log.receive(one.id, Draft(Kind.MESSAGE, author, {"body": "czy?"}, cid=str(uuid4())))
    turn = await Turns(database, clock).claim("killed")
    assert turn is not None
    return turn


async def test_who_comes_alone_goes_on_at_once(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    turns = Turns(database, clock)
    begun = await begun_by_a_killed_one(database, clock)
    assert await turns.claim("next") is None
    async with after_predecessor(tmp_path, turns):
        turn = await turns.claim("next")
    assert turn is not None
    assert (turn.id, turn.attempts) == (begun.id, begun.attempts + 1)


async def test_who_comes_second_leaves_the_others_turn(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    turns = Turns(database, clock)
    async with after_predecessor(tmp_path, turns):
        await begun_by_a_killed_one(database, clock)
        async with after_predecessor(tmp_path, turns), after_predecessor(tmp_path, turns):
            assert await turns.claim("second") is None
    async with after_predecessor(tmp_path, turns):
        assert await turns.claim("next") is not None


class Away(Turns):
    """Turns of a database that cannot be written just now."""

    async def end_leases(self) -> int:
        raise Unavailable("Its disk is full.")


async def test_a_database_that_cannot_be_written_for_a_while_keeps_nobody_from_opening(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    turns = Turns(database, clock)
    begun = await begun_by_a_killed_one(database, clock)
    async with after_predecessor(tmp_path, Away(database, clock)):
        assert await turns.claim("next") is None
        clock.advance(turns.lease * 1.1)
        turn = await turns.claim("next")
    assert turn is not None
    assert turn.id == begun.id


async def test_a_house_that_is_opened_alone_goes_on_at_once(clock: SettableClock, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    async with open_house(settings, clock) as house:
        await begun_by_a_killed_one(house.database, clock)
        async with open_house(settings, clock) as beside:
            assert await beside.turns.claim("beside") is None
    async with open_house(settings, clock) as house:
        assert await house.turns.claim("next") is not None
