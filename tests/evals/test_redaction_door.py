"""Of what is said in a chat no structured personal datum arrives at the model; what does arrive is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from customer.batch import ImportBatch
from evals.redaction_door import Shop, run_door, stands_in
from evals.redaction_messages import messages
from evals.redaction_values import PERSONAL

ORDER_LINES = "[E1] order\n| number: 1\n| item: 1 × {goods}, 59.00 PLN"


@dataclass
class FakeShop:
    """Sends all that is said to the model, as it is or with every letter and digit of it taken out."""

    records: ImportBatch
    model_url: str
    hides: bool

    async def converse(
        self, turns: Sequence[str], *, address: str, customer_id: str | None = None, locale: str = "en"
    ) -> list[str]:
        goods = next((o.items[0].name for o in self.records.orders if o.customer_id == customer_id), "")
        account = next((f"{c.id} {c.email}" for c in self.records.customers if c.id == customer_id), "")
        told = "\n".join(f"| {line}" for line in "\n".join([*turns, account]).splitlines())
        evidence = ORDER_LINES.format(goods="⟦EMAIL_1⟧" if self.hides else goods)
        prompt = f"<<<EVIDENCE ab>>>\n{evidence}\n<<<END ab>>>\n\n<<<QUESTION ab>>>\n{told}\n<<<END ab>>>"
        if self.hides:
            prompt = prompt.replace(told, "| " + " ".join("?" * len(word) for word in told.split()))
        body = {"messages": [{"role": "user", "content": prompt}]}
        async with httpx.AsyncClient() as client:
            await client.post(self.model_url, json=body)
        return ["⟦EMAIL_1⟧"] * len(turns)


def opening(*, hides: bool) -> object:
    @asynccontextmanager
    async def opened(records: ImportBatch, model_url: str) -> AsyncIterator[Shop]:
        yield FakeShop(records, model_url, hides)

    return opened


async def test_a_shop_that_hides_nothing_is_seen() -> None:
    door = await run_door(messages(60, 3), opening(hides=False))  # type: ignore[arg-type]
    assert (door.messages, door.arrived, door.requests) == (60, 60, 60)
    assert door.leaked == door.personal
    assert door.leaked["account's email"] == door.leaked["goods"] == 30
    assert set(door.personal) & set(PERSONAL)
    assert door.hidden.total() == 0
    assert door.wrong


async def test_a_shop_that_hides_all_and_restores_nothing_is_seen() -> None:
    door = await run_door(messages(60, 3), opening(hides=True))  # type: ignore[arg-type]
    assert door.requests == 60
    assert door.arrived == 0
    assert door.leaked.total() == 0
    assert (door.owed, door.restored) == (30, 0)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("600 100 200", "tel. 600-100-200"),
        ("600100200", '"tel. +48 600 100 200"'),
        ("jan.nowak@wp.pl", "JAN.NOWAK@WP.PL"),
        ("ul. Łąkowa 5/7", "| ul. Lakowa 5 / 7"),
        ("PL61 1090 1014", "pl61\n| 10901014"),
        ("1.2.3.4", "ip 1.2.3.4"),
    ],
)
def test_a_value_is_found_in_any_spelling(value: str, sent: str) -> None:
    assert stands_in(value, [sent])


def test_what_is_another_value_is_no_leak() -> None:
    assert not stands_in("123456", ["parcel 9123456789"], besides=["9123456789"])
    assert stands_in("123456", ["parcel 9123456789, code 123456"], besides=["9123456789"])
    assert not stands_in("1.2.3.4", ["| 12 345"])
