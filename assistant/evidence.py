"""Every fact that an answer may use, each with an id. Pure: what was found in, evidence out.

What a shopper writes is never evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from assistant.brief import CitedQuote
from assistant.kept import Itself
from customer.model import Order, OrderStanding
from foundation.clock import SHOP_ZONE
from foundation.language import Language
from knowledge.passage import Passage, RankedPassage


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that may be said.

    Attributes:
        id: Unique within a turn: the passage's id, or ``order:<number>``.
        text: What a statement is checked against. For an order: its fields, one a line.
        language: Of the text; None where the text is fields.
        score: 0 to 1, how well it fits the question; comparable within one turn only.
        near: Of a passage, by sentence: its cosine with the question; empty if that is not known.
    """

    id: str
    text: str
    language: Language | None = None
    score: float = 1.0
    passage: Passage | None = None
    order: Order | None = None
    standing: OrderStanding | None = None
    near: Mapping[str, float] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        """Tell it by its text, of which the hash is known: it is looked up many times a turn."""
        return hash((self.id, self.text))

    def cite(self, quote: str) -> CitedQuote | None:
        """Return a citation of `quote`, or None unless it is a literal part of a passage."""
        passage = self.passage
        if passage is None or not quote or quote not in passage.text:
            return None
        return CitedQuote(
            passage_id=passage.id,
            article_id=passage.article_id,
            article_version=passage.article_version,
            title=passage.title,
            quote=quote,
            language=passage.language.value,
        )


def from_passages(ranked: Iterable[RankedPassage]) -> tuple[Evidence, ...]:
    """Return passages as evidence, in the given order; for the very same ones, the very same."""
    return _from_passages(Itself(tuple(ranked)))


@lru_cache(maxsize=256)
def _from_passages(ranked: Itself[tuple[RankedPassage, ...]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(r.passage.id, r.passage.text, r.passage.language, r.score, passage=r.passage, near=r.near)
        for r in ranked.of
    )


def from_orders(orders: Iterable[Order]) -> tuple[Evidence, ...]:
    """Return orders as evidence, in the given order."""
    return tuple(Evidence(f"order:{o.number}", order_fields(o), order=o) for o in orders)


def from_standings(standings: Iterable[OrderStanding]) -> tuple[Evidence, ...]:
    """Return what a guest may hear of orders as evidence: number and status."""
    return tuple(
        Evidence(f"order:{s.number}", f"number: {s.number}\nstatus: {s.status.value}", standing=s)
        for s in standings
    )


def from_fact(fact_id: str, text: str, language: Language) -> Evidence:
    """Return what code has computed as evidence; it is said word for word."""
    return Evidence(fact_id, text, language)


def by_id(evidence: Sequence[Evidence]) -> Mapping[str, Evidence]:
    """Return evidence by its id."""
    return {e.id: e for e in evidence}


def order_fields(order: Order) -> str:
    """Return an order as lines ``field: value``; dates as ISO 8601 days in the shop's zone.

    A value stands on one line, whatever is in it: no name of goods can add a field.
    """
    fields: dict[str, str] = {
        "number": order.number,
        "status": order.status.value,
        "placed": _day(order.placed_at),
        "total": f"{order.total} {order.currency}",
        "payment": order.payment_method,
        "carrier": order.carrier,
        "parcel": order.parcel_number,
        "pickup point": order.pickup_point,
        "shipped": _day(order.shipped_at),
        "expected": order.expected_on.isoformat() if order.expected_on else "",
        "delivered": _day(order.delivered_at),
        "invoice": order.invoice_number,
    }
    lines = [f"{name}: {_on_one_line(value)}" for name, value in fields.items() if value]
    for item in order.items:
        named = _on_one_line(f"{item.quantity} × {item.name} {item.variant}")
        lines.append(f"item: {named}, {item.unit_price} {order.currency}")
    return "\n".join(lines)


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


def _day(moment: datetime | None) -> str:
    return moment.astimezone(SHOP_ZONE).date().isoformat() if moment else ""
