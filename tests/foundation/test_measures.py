"""What is measured reaches who listens, and no label can hold what a person wrote."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from foundation.measures import OTHER, Counter, Gauge, Histogram, declared, reported_to

COUNTED = Counter("test_counted", "For this test.", kind=("a", "b"))
NOW = Gauge("test_now", "For this test.")
TIMED = Histogram("test_timed", "For this test.")


@dataclass
class Heard:
    """A sink that remembers."""

    counts: list[tuple[str, tuple[str, ...], float]] = field(default_factory=list)
    now: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def add(self, measure: Counter, labels: tuple[str, ...], amount: float) -> None:
        self.counts.append((measure.name, labels, amount))

    def set(self, measure: Gauge, value: float) -> None:
        self.now.append(value)

    def observe(self, measure: Histogram, labels: tuple[str, ...], value: float) -> None:
        self.times.append(value)


def test_who_listens_hears_and_nobody_else_does() -> None:
    heard = Heard()
    COUNTED.add(kind="a")
    with reported_to(heard):
        COUNTED.add(2, kind="b")
    COUNTED.add(kind="a")
    assert heard.counts == [("test_counted", ("b",), 2)]


@pytest.mark.parametrize("written", ["anna@example.com", "ile mam na zwrot?", "", "other"])
def test_a_value_that_was_not_declared_is_other(written: str) -> None:
    heard = Heard()
    with reported_to(heard):
        COUNTED.add(kind=written)
    assert heard.counts == [("test_counted", (OTHER,), 1)]


@pytest.mark.parametrize("labels", [{}, {"kind": "a", "who": "anna"}, {"who": "anna"}])
def test_labels_are_those_that_were_declared(labels: dict[str, str]) -> None:
    with reported_to(Heard()), pytest.raises(TypeError):
        COUNTED.add(1, **labels)


def test_a_gauge_goes_up_and_down_whatever_happens() -> None:
    heard = Heard()
    with NOW.one_more(), reported_to(heard), pytest.raises(ValueError, match="broken"), NOW.one_more():
        raise ValueError("broken")
    assert heard.now == [2, 1]


def test_a_block_is_timed_however_it_ends_and_never_below_zero() -> None:
    heard = Heard()
    with reported_to(heard):
        with pytest.raises(ValueError, match="broken"), TIMED.time():
            raise ValueError("broken")
        TIMED.observe(-3.0)
    assert heard.times[0] > 0
    assert heard.times[1] == 0


def test_each_measure_of_the_house_has_a_name_of_its_own() -> None:
    import server.app  # noqa: F401 - declares what all rooms measure

    names = [measure.name for measure in declared()]
    assert len(names) == len(set(names)) > 15
