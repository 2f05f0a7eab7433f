"""When a model is asked again, and after how long."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.llm_retries import LONGEST_WAIT_SECONDS, TRIES, ModelTrouble, retry_after, wait_seconds

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)


def wait(tried: int, trouble: ModelTrouble, left_seconds: float = 1e9, draw: float = 1.0) -> float | None:
    return wait_seconds(tried, trouble, left_seconds=left_seconds, draw=lambda: draw)


def test_waits_double_and_differ_between_askers() -> None:
    busy = ModelTrouble("busy", again=True)
    assert [wait(n, busy) for n in range(1, TRIES)] == [0.25, 0.5]
    assert wait(1, busy, draw=0.0) == 0.125
    assert max(wait(n, busy) or 0 for n in range(1, TRIES)) <= LONGEST_WAIT_SECONDS


def test_nobody_is_asked_for_ever() -> None:
    busy = ModelTrouble("busy", again=True)
    assert wait(TRIES, busy) is None
    assert wait(1, ModelTrouble("refused")) is None
    assert wait(1, busy, left_seconds=0.4) is None
    assert wait(1, ModelTrouble("busy", again=True, after_seconds=11), left_seconds=20) is None
    assert wait(1, ModelTrouble("busy", again=True, after_seconds=9), left_seconds=20) == 9


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("-4", 0.0),
        ("Tue, 17 Nov 2026 11:00:30 GMT", 30.0),
        ("Tue, 17 Nov 2026 10:00:00 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
