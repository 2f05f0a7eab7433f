"""What is personal in one text of a turn is so in the others, where other words stand beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.brief import Intent, Utterance
from assistant.prompt import compose
from assistant.redaction import Redactor
from assistant.writer import WritingBrief
from foundation.language import Language


@pytest.mark.parametrize(
    ("written", "reworded", "left"),
    [
        ("600 100 200", "And when will it arrive 600 100 200 order", "600"),
        ("tel. 0048 600 100 200!", "A kiedy dojdzie 600-100-200 moje zamówienie", "600"),
        ("odeślijcie na al. Słoneczna 29b/43, Mława", "send al słoneczna 29b/43 mława order", "29b"),
        ("Kod BLIK 614 331 nie działa", "nie działa 614331 zamówienie", "614"),
        ("NIP 691-034-60-81", "faktura 6910346081 order", "691"),
        ("card 5509 7995 4090 3392", "5509799540903392 order", "5509"),
    ],
)
def test_it_is_hidden_in_other_words_too(written: str, reworded: str, left: str) -> None:
    redactor = Redactor()
    redactor.notice([written])
    assert left not in redactor.redact(reworded)
    assert redactor.restore(redactor.redact(reworded)).invented == ()


def test_what_one_text_calls_an_order_stays_in_all() -> None:
    redactor = Redactor()
    redactor.notice(["gdzie jest zamówienie 500741480?", "500 741 480", "tel. 600 100 200"])
    assert "500741480" in redactor.redact("zamówienie 500741480")
    assert "600100200" not in redactor.redact("zamówienie 600100200")


def test_the_question_is_read_as_it_was_written() -> None:
    draft = WritingBrief(
        "And when will it arrive 600 100 200 order",
        Language.EN,
        Intent.QUESTION,
        (),
        datetime(2026, 11, 17, tzinfo=UTC),
        (Utterance("shopper", "where is my order?"),),
        messages=("And when will it arrive? 600 100 200",),
    )
    prompt = compose(draft, mark="0123456789abcdef", redaction=Redactor())
    assert "600 100 200" not in prompt.user
    assert "when will it arrive ⟦PHONE_1⟧ order" in prompt.user
