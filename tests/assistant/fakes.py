"""Stand-ins for the other rooms: queue-driven, shorter than any patching."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from assistant.brief import Brief, TurnResult
from assistant.extractive import ExtractiveWriter
from assistant.turn import take_turn
from assistant.writer import DraftSentence, Writer, WritingBrief
from customer.model import Customer, Order, OrderItem, OrderStatus
from customer.number import order_key
from foundation.errors import OkienkoError
from foundation.language import Language
from knowledge.passage import Passage, RankedPassage, Retrieval, Zone

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
"""A Tuesday at noon in Warsaw."""


def passage(
    text: str,
    *,
    id: str = "pl/zwroty#1",  # noqa: A002 - as the field is named
    title: str = "Ile mam czasu na zwrot?",
    heading: str = "",
    language: Language = Language.PL,
    questions: tuple[str, ...] = (),
) -> Passage:
    """Return a passage; its article's id is what stands before ``#``."""
    return Passage(id, id.split("#")[0], 1, title, heading, text, language, questions)


def retrieval(
    *passages: Passage,
    confidence: float = 0.9,
    language: Language = Language.PL,
    scores: Sequence[float] = (),
) -> Retrieval:
    """Return a retrieval with falling scores."""
    given = tuple(scores) or tuple(1.0 - 0.1 * n for n in range(len(passages)))
    ranked = tuple(RankedPassage(p, s) for p, s in zip(passages, given, strict=True))
    return Retrieval("", language, ranked, confidence, zone(confidence), about=confidence)


def zone(confidence: float) -> Zone:
    """Return the zone of a confidence, as a shop that set nothing has it."""
    return Zone.ANSWER if confidence >= 0.5 else Zone.ASK_BACK if confidence >= 0.1 else Zone.UNKNOWN


NOTHING = Retrieval("", Language.PL, (), 0.0, Zone.UNKNOWN, about=0.0)


class FakeFinder:
    """Gives the queued retrievals one after the other, the last one for ever; keeps what it was asked."""

    def __init__(self, *queue: Retrieval) -> None:
        self._queue = list(queue) or [NOTHING]
        self.asked: list[str] = []

    async def retrieve(self, question: str, *, language: Language, limit: int = 6) -> Retrieval:
        """Return the next of the queue."""
        self.asked.append(question)
        return self._queue.pop(0) if len(self._queue) > 1 else self._queue[0]


@dataclass
class FakeOrders:
    """Orders in memory; raises `trouble` if given. Keeps for whom it was asked."""

    orders: Iterable[Order] = ()
    trouble: OkienkoError | None = None
    asked_for: list[str] = field(default_factory=list)

    async def customer(self, customer_id: str) -> Customer | None:
        """Return a nameless customer."""
        return Customer(customer_id, "", "", Language.PL)

    async def orders_of(self, customer_id: str) -> Sequence[Order]:
        """Return the customer's orders, newest first."""
        self._note(customer_id)
        own = [o for o in self.orders if o.customer_id == customer_id]
        return sorted(own, key=lambda o: o.placed_at, reverse=True)

    async def order(self, customer_id: str, number: str) -> Order | None:
        """Return the customer's own order of that number."""
        self._note(customer_id)
        wanted = order_key(number)
        return next((o for o in await self.orders_of(customer_id) if order_key(o.number) == wanted), None)

    def _note(self, customer_id: str) -> None:
        self.asked_for.append(customer_id)
        if self.trouble is not None:
            raise self.trouble


class FakeWriter:
    """Writes the given sentences, whatever it is asked."""

    def __init__(self, *sentences: DraftSentence) -> None:
        self._sentences = sentences
        self.briefs: list[WritingBrief] = []

    async def write(self, draft: WritingBrief) -> AsyncIterator[DraftSentence]:
        """Yield the given sentences."""
        self.briefs.append(draft)
        for sentence in self._sentences:
            yield sentence


def order(
    number: str = "AB-1001",
    status: OrderStatus = OrderStatus.SHIPPED,
    *,
    customer_id: str = "anna",
    placed: datetime = datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
    items: Sequence[str] = ("Buty „Turnia”",),
    carrier: str = "InPost Paczkomat",
    parcel_number: str = "620123456789012345678901",
    pickup_point: str = "",
    expected_on: date | None = date(2026, 11, 18),
    delivered_at: datetime | None = None,
) -> Order:
    """Return an order on its way, unless told otherwise."""
    return Order(
        number,
        customer_id,
        status,
        placed,
        tuple(OrderItem(f"s{n}", name, 1, Decimal("199.00")) for n, name in enumerate(items)),
        Decimal("1299.00"),
        "PLN",
        "BLIK",
        carrier,
        parcel_number,
        pickup_point,
        None,
        expected_on,
        delivered_at,
    )


async def ask(
    *messages: str,
    finder: FakeFinder | None = None,
    orders: FakeOrders | None = None,
    writer: Writer | None = None,
    shown: list[str] | None = None,
    already_shown: tuple[str, ...] = (),
    brief: Mapping[str, object] | None = None,
) -> TurnResult:
    """Take a turn with fakes; `brief` overrides fields of the brief."""
    fields: dict[str, object] = {"language": Language.PL, "now": NOW} | dict(brief or {})

    async def show(sentence: str) -> None:
        if shown is not None:
            shown.append(sentence)

    return await take_turn(
        Brief(messages=messages, **fields),  # type: ignore[arg-type]
        finder=finder or FakeFinder(),
        orders=orders or FakeOrders(),
        writer=writer or ExtractiveWriter(),
        show=show,
        already_shown=already_shown,
    )
