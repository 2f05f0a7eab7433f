"""The clock of machines that share a database: set by its clock, at once if somebody sets the machine's."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from foundation.agreed_clock import AgreedClock
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import Unavailable


class There(Database):
    """A database with a clock of its own, which may be out of reach."""

    away = False

    def __init__(self, path: Path, clock: SettableClock) -> None:
        super().__init__(f"sqlite:///{path / 'there.db'}")
        self._clock = clock

    async def now(self) -> datetime | None:
        if self.away:
            raise Unavailable("It is away.")
        return self._clock.now()


class Machine:
    """A machine with a clock that may be set and one that may not."""

    def __init__(self, there: There, start: datetime) -> None:
        self.clock, self.steady = SettableClock(start), 100.0
        self.agreed = AgreedClock(there, self.clock, lambda: self.steady)

    def passes(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))
        self.steady += seconds


@pytest.fixture
def there(tmp_path: Path, clock: SettableClock) -> There:
    return There(tmp_path, clock)


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(minutes=7), -timedelta(minutes=7)])
async def test_a_clock_that_is_set_is_noticed_and_put_right(
    there: There, clock: SettableClock, apart: timedelta
) -> None:
    machine = Machine(there, clock.now() + apart)
    await machine.agreed.agree()
    machine.passes(59)
    clock.advance(timedelta(seconds=59))
    assert not machine.agreed.was_set
    machine.clock.advance(timedelta(seconds=-15))
    assert machine.agreed.was_set
    assert machine.agreed.now() == clock.now() - timedelta(seconds=15)
    await machine.agreed.agree()
    assert not machine.agreed.was_set
    assert machine.agreed.now() == clock.now()


async def test_it_is_looked_again_until_the_database_says_what_time_it_is(
    there: There, clock: SettableClock
) -> None:
    machine = Machine(there, clock.now())
    await machine.agreed.agree()
    machine.clock.advance(timedelta(hours=1))
    there.away = True
    with pytest.raises(Unavailable):
        await machine.agreed.agree()
    assert machine.agreed.was_set
    there.away = False
    await machine.agreed.agree()
    assert machine.agreed.now() == clock.now()
