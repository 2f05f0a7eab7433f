"""Of thousands of made-up messages, hardly a datum leaves and hardly a parcel is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from evals.redaction import NAMES, run_redaction
from evals.redaction_mails import mails
from evals.redaction_messages import messages
from evals.redaction_values import KEPT, PERSONAL, Message


def test_five_thousand_messages_leave_without_personal_data() -> None:
    result = run_redaction(messages(5_000, seed=1))
    assert result.recall() >= 0.995, result.report()
    assert result.touched_share() <= 0.005, result.report()
    assert result.recall(NAMES) >= 0.97, result.report()
    assert result.touched_share(("invoice", "ean", "price", "date")) <= 0.005, result.report()
    assert set(result.personal) == set(PERSONAL)
    assert set(result.kept) == set(KEPT)


def test_long_mails_leave_without_personal_data() -> None:
    result = run_redaction(mails(500, seed=7))
    assert result.recall() >= 0.995, result.report()
    assert result.touched_share() <= 0.005, result.report()


@pytest.mark.parametrize("made", [messages, mails])
def test_what_is_measured_can_fail(made: Callable[[int, int], Iterator[Message]]) -> None:
    assert run_redaction(made(50, 3), str).recall() == 0
    assert run_redaction(made(50, 3), lambda text: "").touched_share() == 1


def test_a_seed_gives_the_same_messages() -> None:
    assert list(messages(20, 5)) == list(messages(20, 5))
    assert list(messages(20, 5)) != list(messages(20, 6))


def test_half_a_number_left_is_a_leak() -> None:
    message = Message("tel. 600 100 200", (("phone", "600 100 200"),), ())
    assert run_redaction([message], lambda text: "tel. ⟦PHONE_1⟧ 200").leaked["phone"] == 1
    assert run_redaction([message], lambda text: "tel. ⟦PHONE_1⟧").leaked["phone"] == 0
