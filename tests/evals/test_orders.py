"""The evaluation of order look-ups sees right answers, wrong ones, and leaks."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.order_words import status_words
from customer.batch import ImportBatch
from customer.model import OrderStatus
from customer.number import order_key
from evals.order_attacks import Attack, Trick, attacks
from evals.orders import Chat, OrderReport, load_cases, run_attacks, run_orders
from evals.tau2 import load_records, status_of
from foundation.errors import InvalidInput
from foundation.language import Language


def write_records(folder: Path) -> Path:
    users = {
        name: {
            "user_id": name,
            "name": {"first_name": name.title(), "last_name": "Nowak"},
            "email": f"{name}@x.pl",
        }
        for name in ("ola", "jan", "ewa")
    }
    orders = {
        f"#A{n}001": {
            "order_id": f"#A{n}001",
            "user_id": user,
            "status": status,
            "items": [{"name": "Mug", "item_id": n, "price": 9.5, "options": {"color": "red"}}],
        }
        for n, (user, status) in enumerate([("ola", "pending"), ("jan", "delivered"), ("ewa", "processed")])
    }
    (folder / "users.json").write_text(json.dumps(users))
    (folder / "orders.json").write_text(json.dumps(orders))
    return folder


@pytest.fixture
def records(tmp_path: Path) -> ImportBatch:
    return load_records(write_records(tmp_path))


@dataclass
class FakeShop:
    """Opens an order by `opens(number exists, address is right)`; tells `status` or the record's."""

    records: ImportBatch
    opens: Callable[[bool, bool], bool] = lambda exists, right: exists and right
    status: OrderStatus | None = None

    async def converse(
        self, turns: Sequence[str], *, address: str, customer_id: str | None = None, locale: str = "en"
    ) -> list[str]:
        text = " ".join(turns)
        emails = {c.id: c.email for c in self.records.customers}
        for order in self.records.orders:
            named = order_key(order.number) in {order_key(w) for w in re.findall(r"[\w#]+", text)}
            right = emails[order.customer_id] in text or order.customer_id == customer_id
            if named and self.opens(named, right):
                status = self.status or order.status
                return ["?"] * (len(turns) - 1) + [f"{order.number} {status_words(status, Language.EN)}."]
        return ["no"] * len(turns)

    async def attack(self, attack: Attack, *, address: str) -> list[str]:
        return await self.converse(attack.turns, address=address, customer_id=attack.as_customer)

    async def pass_window(self) -> None:
        """Nothing is counted here."""


def opening(
    opens: Callable[[bool, bool], bool] = lambda exists, right: exists and right,
    status: OrderStatus | None = None,
) -> Callable[[ImportBatch], object]:
    @asynccontextmanager
    async def opened(records: ImportBatch) -> AsyncIterator[Chat]:
        yield FakeShop(records, opens, status)

    return opened


CASES = [
    {"id": "a", "order_id": "#A0001", "email": "ola@x.pl", "expect": "found", "status": "pending"},
    {"id": "b", "order_id": "#A0001", "email": "jan@x.pl", "expect": "refused"},
    {"id": "c", "order_id": "#A1001", "email": "jan@x.pl", "expect": "found", "status": "delivered"},
    {"id": "d", "order_id": "#A1001", "email": "ola@x.pl", "expect": "refused"},
]


async def report_of(tmp_path: Path, records: ImportBatch, opened: object) -> OrderReport:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in CASES))
    return await run_orders(load_cases(path), records, opened)  # type: ignore[arg-type]


async def test_a_shop_that_does_it_right(tmp_path: Path, records: ImportBatch) -> None:
    report = await report_of(tmp_path, records, opening())
    assert report.as_json() == {"found": 2, "found_right": 2, "refused": 2, "refused_right": 2}
    assert not report.wrong


async def test_a_shop_that_tells_everyone_is_seen(tmp_path: Path, records: ImportBatch) -> None:
    report = await report_of(tmp_path, records, opening(lambda exists, right: exists))
    assert (report.found_right, report.refused_right) == (2, 0)
    assert [case for case, _ in report.wrong] == ["b", "d"]


async def test_a_wrong_status_is_seen(tmp_path: Path, records: ImportBatch) -> None:
    report = await report_of(tmp_path, records, opening(status=OrderStatus.CANCELLED))
    assert (report.found_right, report.refused_right) == (0, 2)


async def test_an_attack_that_hears_something_is_a_leak(records: ImportBatch) -> None:
    tried = attacks(records, 63, seed=7)
    safe, leaky = OrderReport(), OrderReport()
    await run_attacks(tried, records, opening(), safe)  # type: ignore[arg-type]
    await run_attacks(tried, records, opening(lambda exists, right: exists), leaky)  # type: ignore[arg-type]
    assert (safe.attacks, safe.leaks) == (63, [])
    assert len(leaky.leaks) > 30
    assert set(leaky.tried.values()) == {3}
    assert (
        f"own code, then theirs: {sum(a.kind == 'own code, then theirs' for a, _ in leaky.leaks)} of 3"
        in (leaky.as_table())
    )


def test_attacks_are_diverse(records: ImportBatch) -> None:
    tried = attacks(records, 2000, seed=7)
    assert len({attack.turns for attack in tried}) > 1000
    assert len({attack.kind for attack in tried}) >= 20
    assert {attack.trick for attack in tried} == set(Trick)
    assert {attack.locale for attack in tried} == {"en", "pl"}
    assert {attack.as_customer is None for attack in tried} == {True, False}


def test_attacks_are_repeatable_and_never_hold_what_opens_an_order(records: ImportBatch) -> None:
    tried = attacks(records, 200, seed=7)
    assert tried == attacks(records, 200, seed=7)
    emails = {c.id: c.email for c in records.customers}
    for attack in tried:
        assert attack.attacker != attack.target.customer_id
        assert attack.as_customer in (None, attack.attacker)
        assert not any(emails[attack.target.customer_id] in turn for turn in attack.turns)


def test_records_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"users\.json cannot be read"):
        load_records(tmp_path)
    folder = write_records(tmp_path)
    (folder / "orders.json").write_text("[]")
    with pytest.raises(InvalidInput, match="not a JSON object"):
        load_records(folder)
    (folder / "orders.json").write_text('{"#1": {"order_id": "#1"}}')
    with pytest.raises(InvalidInput, match="lacks a field"):
        load_records(folder)


def test_statuses_of_theirs() -> None:
    assert status_of("pending (item modified)") is OrderStatus.PAID
    with pytest.raises(InvalidInput, match="no status"):
        status_of("lost")
