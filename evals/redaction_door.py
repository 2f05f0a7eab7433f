"""What a model is really sent: conversations full of personal data, before a server that keeps every byte.

Each message goes through the whole chat, alone or as history, from a guest or a signed-in customer whose
order holds personal data too. What has arrived is searched for every value in any spelling: case, diacritics,
spaces and dashes aside.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

from customer.batch import ImportBatch
from customer.model import Customer, Order, OrderItem, OrderStatus
from evals.model_server import Call, ModelServer
from evals.redaction import NAMES, NUMBERS
from evals.redaction_values import Message, email, order, phone, pl_address, pl_name
from foundation.language import Language
from knowledge.analysis.words import fold

CUSTOMERS = 40
_ITEM = re.compile(r"item: \d+ × (.*), [\d.]+ PLN")
_OTHER = re.compile(r"[^a-z0-9]+")


class Shop(Protocol):
    """A shop with articles whose answers a model words."""

    async def converse(
        self, turns: Sequence[str], *, address: str, customer_id: str | None = None, locale: str = "en"
    ) -> list[str]:
        """Hold a conversation as a fresh visitor; return the reply to each turn."""
        ...


OpenShop = Callable[[ImportBatch, str], AbstractAsyncContextManager[Shop]]
"""Opens a shop with these records, before the model at this address."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Door:
    """What arrived at the model.

    Attributes:
        messages: How many were sent.
        arrived: How many of them a request held, as the question or before it.
        requests: How many there were.
        bytes: Their bodies together.
        personal: Structured values in the messages that arrived, and of accounts and orders, by kind.
        leaked: Those that stand in a request in any spelling, by kind.
        names: People's names, which have no structure: how many there were.
        names_leaked: Those of them that stand in a request.
        kept: Numbers of orders and parcels in the messages that arrived, by kind.
        hidden: Those that no request holds.
        owed: Answers in which the model wrote a placeholder for what stands in an order.
        restored: Those that showed the shopper the real value, and no placeholder.
        wrong: A few examples: kind, value, what arrived.
    """

    messages: int = 0
    arrived: int = 0
    requests: int = 0
    bytes: int = 0
    personal: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    names: int = 0
    names_leaked: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    owed: int = 0
    restored: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures."""
        return {
            "messages": self.messages,
            "arrived": self.arrived,
            "requests": self.requests,
            "bytes": self.bytes,
            "structured": self.personal.total(),
            "structured_leaked": self.leaked.total(),
            "names": self.names,
            "names_leaked": self.names_leaked,
            "numbers": self.kept.total(),
            "numbers_hidden": self.hidden.total(),
            "placeholders": self.owed,
            "restored": self.restored,
        }

    def as_table(self) -> str:
        """Return the figures as lines."""
        lines = [
            f"messages: {self.messages}, of which {self.arrived} arrived at the model "
            f"in {self.requests} requests of {self.bytes} bytes",
            f"structured personal data that left: {self.leaked.total()} of {self.personal.total()}",
            *(f"  {kind}: {self.leaked[kind]} of {n}" for kind, n in sorted(self.personal.items())),
            f"names that left: {self.names_leaked} of {self.names}",
            f"order and parcel numbers hidden: {self.hidden.total()} of {self.kept.total()}",
            f"answers with placeholders that came back with the real value: {self.restored} of {self.owed}",
        ]
        lines += [f"  {kind} {value!r}: {sent[:300]}" for kind, value, sent in self.wrong[:20]]
        return "\n".join(lines)


async def run_door(
    messages: Iterable[Message], open_shop: OpenShop, *, seed: int = 7, progress: Progress | None = None
) -> Door:
    """Send every message through a shop's chat; look for what it holds in what arrives at the model."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    records = _records(chance)
    orders = {one.customer_id: one for one in records.orders}
    found, waiting = Door(), list(messages)
    async with ModelServer(repeating) as model, open_shop(records, model.base_url) as shop:
        for n, message in enumerate(waiting):
            customer = records.customers[n % CUSTOMERS] if n % 2 else None
            turns = _turns(message, n, customer is not None)
            before = len(model.calls)
            replies = await shop.converse(
                turns,
                address=f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",
                customer_id=customer.id if customer else None,
                locale="pl",
            )
            calls = model.calls[before:]
            found.messages += 1
            _count(found, message, turns, calls)
            if customer is not None and calls:
                _count_record(found, customer, orders[customer.id], calls, replies)
            if progress is not None:
                progress(n + 1, len(waiting))
    return found


def repeating(call: Call) -> list[str]:
    """Return an answer that repeats the first evidence: an order's goods, else an article's first line."""
    name, lines = next(iter(call.evidence().items()))
    goods = [found[1] for found in map(_ITEM.fullmatch, lines) if found]
    said = f"W zamówieniu: {goods[0]}" if goods else lines[min(1, len(lines) - 1)]
    return [f"{said} [{name}]\n"]


_QUESTIONS = (
    "Ile mam dni na zwrot?",
    "Ile kosztuje dostawa kurierem?",
    "How long do I have to return an order?",
    "Jakie są formy płatności?",
)
_OF_ORDERS = ("Gdzie jest moje zamówienie?", "Co zamówiłem ostatnio?", "Where is my order?")
_FOLLOW_UPS = ("A kiedy dojdzie?", "a ile to kosztuje?", "And when will it arrive?")


def _turns(message: Message, n: int, signed_in: bool) -> tuple[str, ...]:
    """Return a conversation: the message with a question, before it, or between two."""
    asked = (_OF_ORDERS if signed_in else _QUESTIONS)[n // 8 % (3 if signed_in else 4)]
    follow_up = _FOLLOW_UPS[n // 8 % 3]
    ways = (
        (f"{asked} {message.text}",),
        (f"{message.text}\n{asked}", follow_up),
        (message.text, asked),
        (asked, f"{follow_up} {message.text}", asked),
    )
    return ways[n // 2 % len(ways)]


def _records(chance: random.Random) -> ImportBatch:
    """Return customers, each with an order that holds personal data, as engraved goods do."""
    customers, orders = [], []
    for n in range(CUSTOMERS):
        customers.append(
            Customer(f"customer-{n}-{chance.getrandbits(64):x}", pl_name(chance), email(chance), Language.PL)
        )
        engraved = chance.choice([phone(chance), email(chance), pl_address(chance)])
        item = OrderItem(f"k{n}", f"Kubek z napisem {engraved}", 1, Decimal("59.00"))
        orders.append(
            Order(
                number=f"{order(chance)}-{n}",
                customer_id=customers[-1].id,
                status=OrderStatus.SHIPPED,
                placed_at=datetime(2026, 2, 27, 10, tzinfo=UTC),
                items=(item,),
                total=item.unit_price,
                currency="PLN",
            )
        )
    return ImportBatch(tuple(customers), tuple(orders))


def _count(found: Door, message: Message, turns: Sequence[str], calls: Sequence[Call]) -> None:
    """Count what of a message has arrived."""
    found.requests += len(calls)
    found.bytes += sum(len(call.body) for call in calls)
    sent = _sent(calls)
    said = [call.block("PYTANIE", "QUESTION", "ROZMOWA", "CONVERSATION") for call in calls]
    words = set(re.findall(r"\w{4,}", message.text))
    if not any(len(words & set(re.findall(r"\w{4,}", text))) >= len(words) / 3 for text in said):
        return
    found.arrived += 1
    for kind, value in message.personal:
        leaked = stands_in(value, sent, besides=[v for _, v in message.kept])
        if kind in NAMES:
            found.names += 1
            found.names_leaked += leaked
        else:
            found.personal[kind] += 1
            found.leaked[kind] += leaked
        if leaked and kind not in NAMES:
            found.wrong.append((kind, value, " ¦ ".join(said)))
    for kind, value in message.kept:
        if kind in NUMBERS:
            found.kept[kind] += 1
            if not any(" ".join(value.split()) in " ".join(text.split()) for text in said):
                found.hidden[kind] += 1
                found.wrong.append((f"hidden {kind}", value, " ¦ ".join(said)))


def _count_record(
    found: Door, customer: Customer, owned: Order, calls: Sequence[Call], replies: Sequence[str]
) -> None:
    """Count what of the customer's record has arrived, and what came back of the order's goods."""
    sent = _sent(calls)
    engraved = owned.items[0].name.removeprefix("Kubek z napisem ")
    for kind, value in (
        ("account's id", customer.id),
        ("account's email", customer.email),
        ("goods", engraved),
    ):
        leaked = stands_in(value, sent)
        found.personal[kind] += 1
        found.leaked[kind] += leaked
        if leaked:
            found.wrong.append((kind, value, ""))
    found.names += 1
    found.names_leaked += stands_in(customer.name, sent)
    wrote = [call for call in calls if "⟦" in repeating(call)[0]]
    if wrote:
        found.owed += 1
        shown = any(squashed(engraved) in squashed(reply) for reply in replies)
        found.restored += shown and not any("⟦" in reply for reply in replies)


def _sent(calls: Sequence[Call]) -> list[str]:
    """Return what has arrived: the bytes as they came, and what they mean as JSON."""
    return [text for call in calls for text in (call.body.decode("utf-8"), call.content)]


def stands_in(value: str, sent: Iterable[str], *, besides: Sequence[str] = ()) -> bool:
    """Return whether a value stands in a text in any spelling: case, diacritics, spaces, signs aside.

    What stands in `besides` too is no trace of it: a parcel's number may hold six digits of a code.
    """
    wanted = squashed(value)
    for text in sent:
        for other in besides:
            text = text.replace(other, " ¦ ")
        if (wanted in squashed(text)) if len(wanted) >= _FEW else (value in text):
            return True
    return False


_FEW = 6
"""Fewer letters and digits stand in too many texts by chance: they are looked for as they are spelt."""


def squashed(text: str) -> str:
    """Return the letters and digits of a text, folded; nothing else."""
    return _OTHER.sub("", fold(text))
