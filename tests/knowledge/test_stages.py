from __future__ import annotations

from knowledge.retrieval.stages import measured, stage


@stage("inner")
def inner(number: int) -> int:
    return sum(range(number))


@stage("outer")
def outer(number: int) -> int:
    return inner(number) + inner(number)


def test_a_stage_does_what_its_function_does() -> None:
    assert outer(4) == 12
    assert outer.__name__ == "outer"


def test_inner_stages_are_not_counted_to_the_outer_one() -> None:
    with measured() as spent:
        outer(200_000)
    assert set(spent.wall_ms) == set(spent.cpu_ms) == {"outer", "inner"}
    assert 0 <= spent.wall_ms["outer"] < spent.wall_ms["inner"]
    assert spent.cpu_ms["inner"] > 0


def test_nothing_is_counted_outside() -> None:
    with measured() as spent:
        pass
    outer(10)
    assert not spent.wall_ms


def test_a_stage_that_fails_is_counted_and_left() -> None:
    @stage("failing")
    def fail() -> None:
        raise ValueError("no")

    with measured() as spent:
        try:
            fail()
        except ValueError:
            inner(10)
    assert set(spent.wall_ms) == {"failing", "inner"}
